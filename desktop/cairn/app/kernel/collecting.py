"""Python's whole collection of garbage, put off while work goes on that makes very many objects.

It looks at every object there is and lets no other thread run meanwhile: 140 ms with the records of a large bundle in
memory, in which a word that is being typed would wait. The quick collections of what is new go on; what the whole one
would have found stays until the work ends.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NEVER = 1_000_000
"""Quick collections until a whole one: more than any work brings about."""
_lock = threading.Lock()
_works = 0
_before: tuple[int, int, int] = gc.get_threshold()


@contextmanager
def no_whole_collection() -> Iterator[None]:
    """While it is entered, by whatever threads and however often, no whole collection begins of itself."""
    global _works, _before
    with _lock:
        _works += 1
        if _works == 1:
            _before = gc.get_threshold()
            gc.set_threshold(_before[0], _before[1], NEVER)
    try:
        yield
    finally:
        with _lock:
            _works -= 1
            if not _works:
                gc.set_threshold(*_before)
