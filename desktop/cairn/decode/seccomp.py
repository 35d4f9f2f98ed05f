"""A system-call filter for the child: what is not needed to compute is refused.

A list of what is allowed, not of what is forbidden: a call that a newer kernel brings is refused
too. Refused calls answer EPERM rather than kill, so that a library that merely tries something
(asks for a terminal's size) goes on. No sockets, no new processes or threads (for HEIC: threads of its own),
no signals to others, no opening of files (for PDF: reading only, and Landlock narrows that to the fonts),
no memory that is executable. Linux on x86-64 and aarch64; elsewhere `install` answers False and changes nothing.

Numbers: the kernel's `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
The filter language: `linux/seccomp.h`, `linux/filter.h` (classic BPF).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from typing import NamedTuple

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _JEQ, _JSET, _JGE, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_AT, _ARCH_AT, _ARG0_AT, _ARG2_AT = 0, 4, 16, 32
_PROT_EXEC = 4
_THREADS = (0x3D0F00, 0x7D0F00)
"""The flags with which glibc and musl start a thread: all is shared, no namespace is new."""
_WRITING = 0o3 | 0o100 | 0o1000 | 0o2000  # O_ACCMODE, O_CREAT, O_TRUNC, O_APPEND


class _Machine(NamedTuple):
    audit: int
    seccomp: int
    plain: tuple[int, ...]
    memory: tuple[int, ...]  # mmap, mprotect: the third argument is the protection
    openat: int
    getdents64: int
    clone: int
    clone3: int


_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        seccomp=317,
        # read write close fstat poll lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64
        # readv writev sched_yield mremap madvise nanosleep getpid exit gettimeofday getrusage sysinfo
        # times sigaltstack gettid time futex sched_getaffinity restart_syscall clock_gettime
        # clock_getres clock_nanosleep exit_group newfstatat ppoll getcpu getrandom membarrier rseq
        plain=(0, 1, 3, 5, 7, 8, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 35, 39, 60, 96, 98, 99, 100,
               131, 186, 201, 202, 204, 219, 228, 229, 230, 231, 262, 271, 309, 318, 324, 334),
        memory=(9, 10),
        openat=257,
        getdents64=217,
        clone=56,
        clone3=435,
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        seccomp=277,
        # the same calls, where the generic table has them
        plain=(63, 64, 57, 80, 73, 62, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 101, 172, 93, 169,
               165, 179, 153, 132, 178, 98, 123, 128, 113, 114, 115, 94, 79, 168, 278, 283, 293),
        memory=(222, 226),
        openat=56,
        getdents64=61,
        clone=220,
        clone3=435,
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def program(machine: str, *, may_read_files: bool, may_start_threads: bool = False) -> bytes | None:
    """The filter as classic BPF for `machine` (as `platform.machine()` names it), or None."""
    table = _MACHINES.get(machine)
    if table is None:
        return None
    refuse = _op(_RETURN, _ERRNO | errno.EPERM)
    code = [
        _op(_LOAD, _ARCH_AT),
        _op(_JEQ, table.audit, 1, 0),
        _op(_RETURN, _KILL),
        _op(_LOAD, _NUMBER_AT),
        # x32 calls on x86-64 would pass under other numbers.
        _op(_JGE, 0x40000000, 0, 1),
        refuse,
    ]
    plain = (*table.plain, table.getdents64) if may_read_files else table.plain
    for number in plain:
        code += [_op(_JEQ, number, 0, 1), _op(_RETURN, _ALLOW)]
    for number in table.memory:
        code += _unless(number, _PROT_EXEC, refuse)
    if may_read_files:
        code += _unless(table.openat, _WRITING, refuse)
    if may_start_threads:
        allow = _op(_RETURN, _ALLOW)
        code += [_op(_JEQ, table.clone, 0, 5), _op(_LOAD, _ARG0_AT)]
        code += [_op(_JEQ, _THREADS[0], 1, 0), _op(_JEQ, _THREADS[1], 0, 1), allow, refuse]
    # ENOSYS makes the C library fall back to clone, which is refused like all the rest.
    code += [_op(_JEQ, table.clone3, 0, 1), _op(_RETURN, _ERRNO | errno.ENOSYS), refuse]
    return b"".join(code)


def _unless(number: int, bits: int, refuse: bytes) -> list[bytes]:
    """Allow call `number` unless its third argument has one of `bits`."""
    return [
        _op(_JEQ, number, 0, 4),
        _op(_LOAD, _ARG2_AT),
        _op(_JSET, bits, 0, 1),
        refuse,
        _op(_RETURN, _ALLOW),
    ]


def install(*, may_read_files: bool, may_start_threads: bool = False) -> bool:
    """Put the filter on all threads of this process, for good. False where the system has no such thing.

    `no_new_privs` must be set before (`guard.limit` does).
    """
    if sys.platform != "linux":
        return False
    code = program(platform.machine(), may_read_files=may_read_files, may_start_threads=may_start_threads)
    if code is None or struct.calcsize("P") != 8:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(code, len(code))
    rules = _Program(len(code) // 8, ctypes.addressof(buffer))
    number = ctypes.c_long(_MACHINES[platform.machine()].seccomp)
    set_mode_filter, on_all_threads = ctypes.c_long(1), ctypes.c_long(1)
    return bool(libc.syscall(number, set_mode_filter, on_all_threads, ctypes.byref(rules)) == 0)
