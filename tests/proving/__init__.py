"""Whether the tests would notice: `./dev cover` (every branch is taken) and `./dev mutate` (every change fails).

Both look at the rooms of `rooms.py`, where a mistake would cost most, and run only these rooms' own tests, which run
within one process. What the tests of other rooms, or of whole programs, notice as well does not count.
"""
