"""What every file of ours that is no file on a disk has in common: a size, and a place from which is read next."""

from __future__ import annotations

import io
import os


class Seekable(io.RawIOBase):
    """`size` bytes that can be read from any place; whoever derives from it says in `readinto` what they are."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at
