"""The pages of a database file that are authentic, whatever became of the others. Read-only; never for a database
that is open.

Its write-ahead log is read with it: what was committed there counts, in place of older pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cairn.crypto.page_seals import PAGE, SALT, PageSeals, with_salt_put_right
from cairn.errors import IntegrityError
from cairn.model.ports import Progress
from cairn.paths import machine_errors

_WAL_HEADER, _FRAME_HEADER = 32, 24
_TRIED = 64
"""Pages that are tried for the right salt: any one that is whole tells it."""


class Pages:
    """The pages of the database at `path` under `key`. Close it.

    Raises IntegrityError `vault.database-altered` when no page opens: another key, or nothing is left;
    MachineError.
    """

    def __init__(self, path: Path, key: bytes | bytearray) -> None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with machine_errors():
            self._file = os.open(path, flags)
        self._wal: int | None = None
        try:
            with machine_errors():
                self.count = -(-os.fstat(self._file).st_size // PAGE)
                wal = path.with_name(f"{path.name}-wal")
                if wal.is_file() and not wal.is_symlink():
                    self._wal = os.open(wal, flags)
            self._newer = self._committed()
            self.count = max([self.count, *self._newer])
            self._seals = self._find_seals(key)
        except BaseException:
            self.close()
            raise
        self.damaged: set[int] = set()
        """Pages that were asked for and are not authentic."""

    def read(self, number: int) -> bytes | None:
        """Page `number` (from 1) without its reserved bytes; None where it is not authentic. Raises MachineError."""
        if number in self._newer:
            plain = self._seals.open(number, self._frame(self._newer[number]))
            if plain is not None:
                return plain
            self.damaged.add(number)
        plain = self._seals.open(number, self._at(self._file, (number - 1) * PAGE, PAGE))
        if plain is None:
            self.damaged.add(number)
        return plain

    def all(self, progress: Progress) -> Iterator[tuple[int, bytes]]:
        """(number, page) of every page that is authentic. Progress counts bytes. Raises MachineError, Cancelled."""
        for number in range(1, self.count + 1):
            if number % 256 == 1:
                progress((number - 1) * PAGE, self.count * PAGE)
            plain = self.read(number)
            if plain is not None:
                yield number, plain
        progress(self.count * PAGE, self.count * PAGE)

    def close(self) -> None:
        """Close the files. Idempotent."""
        for handle in (self._file, self._wal):
            if handle is not None:
                with suppress(OSError):
                    os.close(handle)
        self._wal = None

    def _find_seals(self, key: bytes | bytearray) -> PageSeals:
        salt = self._at(self._file, 0, SALT)
        if len(salt) == SALT:
            plain = PageSeals(key, salt)
            for number in range(1, min(self.count, _TRIED) + 1):
                if plain.fits(number, self._at(self._file, (number - 1) * PAGE, PAGE)):
                    return plain
            # Two pages, should one of them be damaged as well.
            for number in (2, 3):
                sealed = self._at(self._file, (number - 1) * PAGE, PAGE)
                if len(sealed) == PAGE and (seals := with_salt_put_right(key, salt, number, sealed)):
                    return seals
        raise IntegrityError("vault.database-altered")

    def _committed(self) -> dict[int, int]:
        """Page → place of its newest committed frame in the write-ahead log (sqlite.org/fileformat2.html, §4).

        The frames' checksums are not needed: each page is held against its own seal.
        """
        found: dict[int, int] = {}
        if self._wal is None:
            return found
        header = self._at(self._wal, 0, _WAL_HEADER)
        if len(header) < _WAL_HEADER or int.from_bytes(header[8:12], "big") != PAGE:
            return found
        pending: dict[int, int] = {}
        place = _WAL_HEADER
        while len(frame := self._at(self._wal, place, _FRAME_HEADER)) == _FRAME_HEADER:
            if frame[8:16] != header[16:24]:
                # Left over from before the log was begun anew.
                break
            pending[int.from_bytes(frame[:4], "big")] = place + _FRAME_HEADER
            if int.from_bytes(frame[4:8], "big"):
                found |= pending
                pending = {}
            place += _FRAME_HEADER + PAGE
        return {number: at for number, at in found.items() if number}

    def _frame(self, place: int) -> bytes:
        return b"" if self._wal is None else self._at(self._wal, place, PAGE)

    def _at(self, handle: int, offset: int, length: int) -> bytes:
        """Bytes of a file; fewer at its end, none where the disk refuses to read them."""
        try:
            os.lseek(handle, offset, os.SEEK_SET)
            return os.read(handle, length)
        except OSError:
            return b""
