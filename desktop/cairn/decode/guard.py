"""How the child shuts itself in, before it sees the first byte of a file.

`limit` comes first thing: limits, no dumps, dies with its parent, a network namespace of its own.
`seal` comes after the decoder is loaded and has run once on a harmless sample: Landlock takes the
file system away, the system-call filter takes the rest. Every guard is put up where the system
offers it; `guards` names those that stand, and the self-test shows them. The limits are no hope for
good behaviour: what they refuse, the kernel refuses.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys

from cairn.decode import seccomp

MEMORY = 1 << 30
"""Address space of the child, in bytes; numpy and libsndfile alone take some 130 MiB of it."""
CPU_SECONDS = 1800
"""Processor time of a child's whole life; the parent watches each request on the wall clock."""
FILES = 32

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FONTS = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)

guards: list[str] = []
"""The guards that stand in this process."""


def limit() -> None:
    """Everything that can be had before the decoders are loaded. Call once, single-threaded."""
    if sys.platform == "win32":
        from cairn.decode import job

        guards.extend(job.shut_in(MEMORY, CPU_SECONDS))
        return
    if sys.platform != "linux":
        _set_limits()
        return
    libc = ctypes.CDLL(None, use_errno=True)
    # A user namespace of its own is what allows an ordinary user a network namespace: an empty one,
    # without even a loopback that is up. Kernels that forbid it leave this to the system-call filter.
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0:
        guards.append("own-network")
    # After unshare: a namespace keeps the limit on threads that its maker had, and HEIC needs some.
    _set_limits()
    # After unshare, which clears it. The parent's thread that started us lives as long as we shall.
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
        guards.append("no-dump")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        guards.append("no-new-privileges")


def _set_limits() -> None:
    import resource

    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": FILES,
        "RLIMIT_CPU": CPU_SECONDS,
        "RLIMIT_NPROC": 0,
        "RLIMIT_AS": MEMORY,
    }
    for name, value in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        try:
            # How many threads there may be is settled for good in `seal`.
            most = resource.getrlimit(which)[1] if name == "RLIMIT_NPROC" else value
            resource.setrlimit(which, (value, most))
        except (OSError, ValueError):
            # macOS knows RLIMIT_AS but refuses it; the parent's watch still holds.
            continue
        guards.append(name.lower().replace("rlimit_", "limit-"))


def seal(*, needs_fonts: bool, needs_threads: bool = False) -> None:
    """Take away the file system and every system call that computing does not need, for good."""
    if sys.platform == "win32":
        return
    _limit_threads(needs_threads)
    if sys.platform != "linux":
        return
    if _landlock(_FONTS if needs_fonts else ()):
        guards.append("no-files")
    if seccomp.install(may_read_files=needs_fonts, may_start_threads=needs_threads):
        guards.append("system-calls")


def _limit_threads(needs_threads: bool) -> None:
    import resource

    most = resource.getrlimit(resource.RLIMIT_NPROC)[1] if needs_threads else 0
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def _landlock(readable: tuple[str, ...]) -> bool:
    """Forbid every use of the file system but reading beneath `readable` (Landlock, Linux 5.13)."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(ctypes.c_long(_LANDLOCK_CREATE), None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    # The rights that each ABI version knows: 13 at first, then refer, truncate, ioctl on devices.
    files = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1
    network = 0b11 if version >= 4 else 0
    rules = struct.pack("=QQ", files, network)[: 16 if version >= 4 else 8]
    handle = libc.syscall(
        ctypes.c_long(_LANDLOCK_CREATE), rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0)
    )
    if handle < 0:
        return False
    try:
        for folder in readable:
            _allow_reading(libc, handle, folder)
        return bool(libc.syscall(ctypes.c_long(_LANDLOCK_RESTRICT), handle, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(handle)


def _allow_reading(libc: ctypes.CDLL, ruleset: int, folder: str) -> None:
    try:
        beneath = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR, beneath)
        path_beneath = ctypes.c_int(1)
        libc.syscall(ctypes.c_long(_LANDLOCK_ADD), ruleset, path_beneath, rule, ctypes.c_uint32(0))
    finally:
        os.close(beneath)
