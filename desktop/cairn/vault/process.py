"""What the process does against its own memory landing on a disk. Called first thing by the entry point."""

from __future__ import annotations

import sys

from cairn.paths import access
from cairn.paths.system import windows_library

_PR_SET_DUMPABLE = 4

# PROCESS_TERMINATE | PROCESS_QUERY_INFORMATION | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, and for the
# owner, who could otherwise always write a wider list: only to read this one.
PROCESS_RIGHTS = "D:P(A;;0x101401;;;{user})(A;;RC;;;OW)"

_NO_FAULT_BOX = 0x0003  # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: no report of a crash is begun
_NO_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP: a report that is made all the same holds no heap


def harden() -> list[str]:
    """Switch off core dumps and reading of this process's memory by other programs of the same user.

    Returns the names of the measures that took hold (`core`, `dumpable`; on Windows also `heap` and `search`).
    Memory that is swapped or hibernated is out of reach here: that takes full-disk encryption.
    """
    if sys.platform == "win32":
        return harden_windows()
    done: list[str] = []
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


def harden_windows() -> list[str]:
    """The measures of Windows: no crash report, none with the heap, no libraries from the current folder, and
    a process that no program of the same user opens for reading. A debugger with administrator rights does.
    """
    import ctypes

    done: list[str] = []
    try:
        kernel = windows_library("kernel32")
        mode = kernel.SetErrorMode
        mode.argtypes, mode.restype = [ctypes.c_uint32], ctypes.c_uint32
        mode(mode(_NO_FAULT_BOX) | _NO_FAULT_BOX)
        done.append("core")
        flags = kernel.WerSetFlags
        flags.argtypes, flags.restype = [ctypes.c_uint32], ctypes.c_int32
        if flags(_NO_HEAP) == 0:
            done.append("heap")
        folder = kernel.SetDllDirectoryW
        folder.argtypes, folder.restype = [ctypes.c_wchar_p], ctypes.c_int
        if folder(""):
            done.append("search")
        if access.restrict_process(PROCESS_RIGHTS):
            done.append("dumpable")
    except (OSError, AttributeError):
        # A library or a function that this Windows lacks: what took hold before it still does.
        return done
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
