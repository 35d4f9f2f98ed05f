"""SSH's binary encoding (RFC 4251 §5): strings with a length before them. Pure; raises ValueError."""

from __future__ import annotations

import base64
import binascii


def string(data: bytes) -> bytes:
    """`data` with its length in four bytes before it."""
    return len(data).to_bytes(4, "big") + data


class Reader:
    """Takes an encoding apart, front to back. Every method raises ValueError on what does not fit."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def fixed(self, count: int) -> bytes:
        """The next `count` bytes."""
        end = self._place + count
        if end > len(self._data):
            raise ValueError("short")
        taken = self._data[self._place : end]
        self._place = end
        return taken

    def string(self) -> bytes:
        """The next string."""
        return self.fixed(int.from_bytes(self.fixed(4), "big"))

    def end(self) -> None:
        """Nothing may follow."""
        if self._place != len(self._data):
            raise ValueError("long")


def decode_base64(text: str) -> bytes:
    """Canonical, padded base64 without line breaks."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("base64 is not canonical")
    return data
