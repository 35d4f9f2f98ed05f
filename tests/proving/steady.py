"""Hypothesis while something is proved: always the same examples, and no judgement about how fast the machine is.

Else a change could be noticed by luck or by load, and the same run would say something else tomorrow.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "proving",
    deadline=None,
    # Half of what is usual: a change that is noticed once in a hundred times is as good as unnoticed.
    max_examples=50,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def steady() -> None:
    """To be called before any test is imported: what a test sets itself comes on top."""
    settings.load_profile("proving")
