"""The textual header of an age file: parsed strictly, written canonically. Pure but for `read_header`.

Whatever is accepted serialises to exactly the bytes that were read, so the header's MAC covers one reading
and no other.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

import msgspec

from cairn.crypto.streams import LineSource
from cairn.errors import InputError
from cairn.paths import machine_errors

INTRO = b"age-encryption.org/v1\n"
MAX_STANZAS = 64
MAX_HEADER = 256 * 1024
_COLUMNS = 64
_ARGUMENT = re.compile(r"[\x21-\x7e]+")
_UNPADDED = re.compile(r"[A-Za-z0-9+/]*")
_MAC_SIZE = 32
_PREFIX = b"age-encryption.org/"


class Stanza(msgspec.Struct, frozen=True):
    """One wrapped copy of the file key: its type and arguments, and its body."""

    args: tuple[str, ...]
    body: bytes

    @property
    def type(self) -> str:
        """The first argument, which says what kind of recipient it is for."""
        return self.args[0]

    def serialise(self) -> bytes:
        """The stanza's lines. A body whose length fills the last line is followed by an empty one."""
        text = encode(self.body)
        lines = [text[place : place + _COLUMNS] for place in range(0, len(text) + 1, _COLUMNS)]
        return ("-> " + " ".join(self.args) + "\n" + "".join(line + "\n" for line in lines)).encode("ascii")


class Header(msgspec.Struct, frozen=True):
    """All stanzas and the MAC over them."""

    stanzas: tuple[Stanza, ...]
    mac: bytes

    def covered(self) -> bytes:
        """What the MAC is computed over: everything up to and with `---`."""
        return covered(self.stanzas)

    def serialise(self) -> bytes:
        """The header's bytes, with the line feed at its end."""
        return self.covered() + b" " + encode(self.mac).encode("ascii") + b"\n"


def covered(stanzas: tuple[Stanza, ...]) -> bytes:
    """The part of a header with these stanzas that its MAC covers."""
    return INTRO + b"".join(stanza.serialise() for stanza in stanzas) + b"---"


def encode(data: bytes) -> str:
    """Base64 without padding."""
    return base64.b64encode(data).decode("ascii").partition("=")[0]


def decode(text: str) -> bytes:
    """The bytes of canonical base64 without padding. Raises InputError `age.header-malformed`."""
    if not _UNPADDED.fullmatch(text):
        raise malformed()
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise malformed() from None
    if encode(data) != text:
        raise malformed()
    return data


def malformed() -> InputError:
    """The error for anything in a header that the format does not allow."""
    return InputError("age.header-malformed")


def read_header(source: LineSource) -> Header:
    """Read the header off `source`, which then stands at the payload.

    Raises InputError `age.not-age` when the first line is another, `age.header-malformed`, or
    MachineError.
    """
    left = MAX_HEADER

    def line() -> bytes:
        nonlocal left
        with machine_errors():
            taken = source.readline(left + 1)
        left -= len(taken)
        # Either the file ended inside its header, or the header is longer than any that is real.
        if not taken.endswith(b"\n") or left < 0:
            raise malformed()
        return taken[:-1]

    with machine_errors():
        first = source.readline(len(INTRO) + 1)
    if first != INTRO:
        # The first words are right: an age file, but of a version or with an ending that is not ours.
        raise malformed() if first.startswith(_PREFIX) else InputError("age.not-age")
    return parse_lines(line)


def parse_lines(line: Callable[[], bytes]) -> Header:
    """Parse what follows the first line; `line` gives the next one, without its line feed."""
    stanzas: list[Stanza] = []
    while True:
        taken = line()
        if taken.startswith(b"---"):
            return Header(tuple(stanzas), _parse_end(taken, bool(stanzas)))
        if len(stanzas) == MAX_STANZAS:
            raise malformed()
        stanzas.append(_parse_stanza(taken, line))


def _parse_end(taken: bytes, any_stanza: bool) -> bytes:
    mac = decode(_ascii(taken[4:]))
    if not taken.startswith(b"--- ") or len(mac) != _MAC_SIZE or not any_stanza:
        raise malformed()
    return mac


def _parse_stanza(taken: bytes, line: Callable[[], bytes]) -> Stanza:
    args = _ascii(taken).split(" ")
    if args.pop(0) != "->" or not args or not all(_ARGUMENT.fullmatch(arg) for arg in args):
        raise malformed()
    body = ""
    while True:
        part = _ascii(line())
        if len(part) > _COLUMNS:
            raise malformed()
        body += part
        if len(part) < _COLUMNS:
            return Stanza(tuple(args), decode(body))


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise malformed() from None
