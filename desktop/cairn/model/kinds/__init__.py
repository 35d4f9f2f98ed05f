"""The kinds of record, one file each, and the registry that everyone else asks.

Everything that the program must know of a kind stands in `kinds/NAME.py`: its struct, its version, where it
belongs and whose word counts for it, what of it can be searched, shown, compared and cited, which media
and records it names, what "removed" means. Who needs that asks `registry`; nobody else tells bodies apart
but the kind's own file and its screen. `envelope` is the form of a signed revision, the same for all kinds.
"""
