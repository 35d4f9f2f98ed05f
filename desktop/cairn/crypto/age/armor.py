"""The text form of an age file: strict PEM (RFC 7468) with the label `AGE ENCRYPTED FILE`.

Accepts LF and CRLF and white space around the block, and nothing else that is not canonical: a text
that looks changed but decodes to the same bytes would be a place to hide a mark.
"""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING

from cryptography.utils import Buffer

from cairn.crypto.streams import LineSource, Sink, write_all
from cairn.errors import CairnError, InputError
from cairn.paths import machine_errors

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_BYTES = 48
_WHITE = b" \t\r\n"
_MAX_WHITE = 1024
_MAX_LINE = _MAX_WHITE
_LINES = 4096


class ArmorWriter:
    """Writes what is written to it as text into `out`, which is not closed here."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        self._held = bytearray()
        self._finished = False
        write_all(out, BEGIN + b"\n")

    def write(self, data: Buffer) -> int:
        """Take in `data`, whole. Returns its length in bytes."""
        if self._finished:
            raise ValueError("finished")
        view = memoryview(data).cast("B")
        self._held += view
        whole = len(self._held) // _BYTES * _BYTES
        self._put(bytes(self._held[:whole]))
        del self._held[:whole]
        return len(view)

    def finish(self) -> None:
        """Write what is held and the end line. Calling it again does nothing."""
        if self._finished:
            return
        self._finished = True
        self._put(bytes(self._held))
        write_all(self._out, END + b"\n")

    def _put(self, data: bytes) -> None:
        if data:
            lines = (base64.b64encode(data[place : place + _BYTES]) for place in range(0, len(data), _BYTES))
            write_all(self._out, b"\n".join(lines) + b"\n")


class ArmorReader(io.RawIOBase):
    """The binary form of an armored file. Raises InputError `age.armor-malformed`."""

    def __init__(self, source: LineSource) -> None:
        super().__init__()
        self._source = source
        self._ready = memoryview(b"")
        self._started = False
        self._done = False
        self._error: CairnError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not len(self._ready) and not self._done:
            if self._error is not None:
                raise self._error
            self._next()
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next(self) -> None:
        """Decode some lines. What stops it is kept until the lines before it were given out."""
        decoded = bytearray()
        try:
            if not self._started:
                self._begin()
            for _ in range(_LINES):
                line = self._line()
                if line == END:
                    self._drain()
                    break
                part = _decode_line(line)
                decoded += part
                if len(part) < _BYTES:
                    if self._line() != END:
                        raise InputError("age.armor-malformed")
                    self._drain()
                    break
        except CairnError as error:
            self._error = error
        self._ready = memoryview(bytes(decoded))

    def _line(self) -> bytes:
        with machine_errors():
            line = self._source.readline(_MAX_LINE)
        if not line:
            raise InputError("age.armor-malformed")
        return line.removesuffix(b"\n").removesuffix(b"\r")

    def _begin(self) -> None:
        white = 0
        while True:
            line = self._line()
            if line.strip(_WHITE):
                break
            white += len(line) + 1
            if white > _MAX_WHITE:
                raise InputError("age.armor-malformed")
        if line != BEGIN:
            raise InputError("age.armor-malformed")
        self._started = True

    def _drain(self) -> None:
        with machine_errors():
            rest = self._source.read(_MAX_WHITE + 1)
        if len(rest) > _MAX_WHITE or rest.strip(_WHITE):
            raise InputError("age.armor-malformed")
        self._done = True


def _decode_line(line: bytes) -> bytes:
    if not line or len(line) > _COLUMNS:
        raise InputError("age.armor-malformed")
    try:
        part = base64.b64decode(line, validate=True)
    except binascii.Error:
        raise InputError("age.armor-malformed") from None
    if base64.b64encode(part) != line:
        raise InputError("age.armor-malformed")
    return part
