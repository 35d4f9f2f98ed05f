"""From a passphrase to a key: Argon2id (RFC 9106), what it may cost, and how good a passphrase is.

The cost is chosen once, at creation, to fit the machine; it is stored beside the slot. A reader never
trusts it blindly: a floor stops a header that was weakened to make guessing cheap, a ceiling stops one that
would exhaust the machine.
"""

from __future__ import annotations

import os
import sys
import time
import unicodedata

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cairn.crypto.strength import strength_bits, suggest_passphrase
from cairn.errors import InputError, MachineError

__all__ = ["Argon2Cost", "calibrate", "derive", "strength_bits", "suggest_passphrase"]

FLOOR_KIB = 64 * 1024
CEILING_KIB = 4 * 1024 * 1024
MAX_PASSES = 16
MAX_LANES = 8
MIN_SALT = 16
_CALIBRATED_CEILING_KIB = 1024 * 1024


class Argon2Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Memory in KiB, passes, lanes. The default fits a machine of which nothing is known."""

    m_kib: int = 256 * 1024
    t: int = 3
    p: int = 4

    def check(self) -> None:
        """Raises InputError `vault.cost-refused` outside floor and ceiling."""
        if not (
            FLOOR_KIB <= self.m_kib <= CEILING_KIB and 1 <= self.t <= MAX_PASSES and 1 <= self.p <= MAX_LANES
        ):
            raise InputError("vault.cost-refused")


def calibrate(seconds: float = 0.8) -> Argon2Cost:
    """The largest cost that takes about `seconds` here: RFC 9106's second choice, memory doubled.

    At least 64 MiB however slow the machine is; at most 1 GiB and a quarter of the memory.
    """
    start = time.perf_counter()
    derive("calibrate", bytes(MIN_SALT), Argon2Cost(m_kib=FLOOR_KIB))
    return _fitting(time.perf_counter() - start, seconds, _memory_kib())


def _fitting(floor_seconds: float, seconds: float, memory_kib: int) -> Argon2Cost:
    # Time grows in proportion to memory, so one run at the floor tells the others.
    ceiling = min(_CALIBRATED_CEILING_KIB, memory_kib // 4)
    cost, expected = FLOOR_KIB, floor_seconds
    while cost * 2 <= ceiling and expected * 2 <= seconds:
        cost, expected = cost * 2, expected * 2
    return Argon2Cost(m_kib=cost)


def _memory_kib() -> int:
    """Physical memory of this machine in KiB."""
    if sys.platform == "win32":  # pragma: no cover - the other half of this function runs in the tests
        import ctypes

        class Status(ctypes.Structure):
            _fields_ = [
                ("length", ctypes.c_ulong),
                ("load", ctypes.c_ulong),
                ("total", ctypes.c_ulonglong),
                ("rest", ctypes.c_ulonglong * 6),
            ]

        status = Status(length=ctypes.sizeof(Status))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total) // 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024


def derive(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """The 32-byte key of a passphrase. Releases the interpreter lock while it works.

    NFKC first, because keyboards and input methods compose the same letters differently. Raises
    InputError `vault.cost-refused` for a cost or salt outside the limits, MachineError
    `machine.out-of-memory`.
    """
    cost.check()
    if len(salt) < MIN_SALT:
        raise InputError("vault.cost-refused")
    if cost.m_kib > _memory_kib():
        # A system that promises memory it doesn't have would kill the program instead of refusing.
        raise MachineError("machine.out-of-memory")
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return Argon2id(salt=salt, length=32, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib).derive(
            secret
        )
    except MemoryError:
        raise MachineError("machine.out-of-memory") from None
