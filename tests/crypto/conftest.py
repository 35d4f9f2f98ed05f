"""Samples, fakes and small helpers for the tests of crypto."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from cairn.crypto.age import PQIdentity
from cairn.crypto.device import DeviceKeys

# How long a test takes says something about the machine, not about the code.
settings.register_profile("cairn", deadline=None)
settings.load_profile("cairn")

SAMPLES = Path(__file__).resolve().parent.parent / "vectors" / "crypto"


@pytest.fixture(scope="session")
def sample() -> Callable[[str], bytes]:
    """The bytes of a file that another implementation made."""
    return lambda name: (SAMPLES / name).read_bytes()


@pytest.fixture(scope="session")
def keys() -> DeviceKeys:
    """A device's keys, always the same."""
    return DeviceKeys(bytes(range(128)), PQIdentity(bytes(range(200, 232))).recipient)


class Failing(io.BytesIO):
    """A file whose disk gives up: after `limit` bytes were read or written."""

    def __init__(self, data: bytes = b"", *, limit: int, code: int = errno.EIO) -> None:
        super().__init__(data)
        self._left = limit
        self._code = code

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise OSError(self._code, "the disk")

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._spend(len(data))
        return super().write(data)

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._spend(len(data))
        return data

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = super().readinto(buffer)
        self._spend(count)
        return count


@pytest.fixture(scope="session")
def failing() -> type[Failing]:
    return Failing


class Trickle(io.RawIOBase):
    """A raw file that reads and writes only a few bytes at a time, as pipes do."""

    def __init__(self, data: bytes = b"", step: int = 7) -> None:
        self._inside = io.BytesIO(data)
        self._step = step

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inside.read(min(self._step, len(buffer)))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: memoryview) -> int:  # type: ignore[override]
        return self._inside.write(bytes(data[: self._step]))

    def getvalue(self) -> bytes:
        return self._inside.getvalue()


@pytest.fixture(scope="session")
def trickle() -> type[Trickle]:
    return Trickle
