"""Keeping None, True and False alive under the Qt binding.

The binding's wheels are compiled with headers of a Python whose singletons are immortal (3.12 and later):
returning one of them takes no reference. Python 3.11 counts those references, so each call that answers
None takes away one that was never given, and after some ten thousand calls the interpreter ends itself
("deallocating None"). Here the singletons are given so many references that they can't run out.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 48
"""At a million wrong answers a second this lasts for nine years."""

_SINGLETONS: tuple[object, ...] = (None, True, False, NotImplemented, Ellipsis)


def pin() -> bool:
    """Pin the singletons where this Python counts them. True when there was something to do."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return False
    for one in _SINGLETONS:
        count = ctypes.c_ssize_t.from_address(id(one))
        # The count is the first field of an object; where it isn't (a debugging build), nothing is touched.
        if abs(count.value - sys.getrefcount(one)) < 16 and count.value < PLENTY // 2:
            count.value += PLENTY
    return True
