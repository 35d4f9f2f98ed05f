"""How the child shuts itself in on Windows: a job object, as far as that goes.

It bounds memory and processor time, lets the child start no program, and keeps it from the clipboard, other
programs' windows and the desktop. Files it could still read as its user can; that takes a restricted account.
"""

from __future__ import annotations

import ctypes

from cairn.paths.system import windows_library

_BASIC_UI, _EXTENDED = 4, 9
_TIME, _ACTIVE, _MEMORY, _DIE = 0x0002, 0x0008, 0x0100, 0x0400
_EVERYTHING_OF_THE_SCREEN = 0x00FF
_A_SECOND = 10_000_000
"""In units of 100 nanoseconds."""


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("counters", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    ]


def shut_in(memory: int, seconds: int) -> list[str]:
    """Put this process into a job of its own, for good: at most `memory` bytes and `seconds` of the processor.

    Returns the names of the guards that stand.
    """
    try:
        kernel = windows_library("kernel32")
        make, put = kernel.CreateJobObjectW, kernel.AssignProcessToJobObject
        current, change = kernel.GetCurrentProcess, kernel.SetInformationJobObject
    except (OSError, AttributeError):
        return []
    make.argtypes, make.restype = [ctypes.c_void_p, ctypes.c_wchar_p], ctypes.c_void_p
    current.argtypes, current.restype = [], ctypes.c_void_p
    put.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    change.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32]
    # The handle is never closed: the job lasts as long as the process that is in it.
    job = make(None, None)
    if not job:
        return []
    limits = Limits(
        flags=_TIME | _ACTIVE | _MEMORY | _DIE,
        process_time=seconds * _A_SECOND,
        processes=1,
        memory=memory,
    )
    screen = ctypes.c_uint32(_EVERYTHING_OF_THE_SCREEN)
    found = []
    if change(job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits)):
        found += ["limit-cpu", "limit-memory", "limit-processes"]
    if change(job, _BASIC_UI, ctypes.byref(screen), ctypes.sizeof(screen)):
        found.append("no-clipboard")
    return found if put(job, current()) else []
