"""What the process does against its own memory landing on a disk. Called first thing by the entry point."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def harden() -> list[str]:
    """Switch off core dumps and reading of this process's memory by other programs of the same user.

    Returns the names of the measures that took hold (`core`, `dumpable`); none exist on Windows. Memory
    that is swapped or hibernated is out of reach here: that takes full-disk encryption.
    """
    done: list[str] = []
    if sys.platform != "win32":
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        except (OSError, ValueError):
            pass
        else:
            done.append("core")
    if sys.platform == "linux" and _set_undumpable():
        done.append("dumpable")
    return done


def _set_undumpable() -> bool:
    import ctypes

    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return False
    # The unused arguments must be passed as full machine words: prctl is variadic.
    zero = ctypes.c_ulong(0)
    return bool(prctl(_PR_SET_DUMPABLE, zero, zero, zero, zero) == 0)
