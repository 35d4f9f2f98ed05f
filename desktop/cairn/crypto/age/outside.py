"""What an age file tells anyone who holds it, without a key."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from cairn.crypto.age import keys
from cairn.crypto.age.armor import BEGIN, ArmorReader
from cairn.crypto.age.format import read_header
from cairn.paths import machine_errors


class Outside(msgspec.Struct, frozen=True):
    """The kinds of its stanzas in their order, the header's length in bytes, and whether it is text."""

    stanza_types: list[str]
    header_bytes: int
    armored: bool

    @property
    def post_quantum(self) -> bool:
        """Whether every stanza known to open it resists a quantum computer."""
        return all(kind == keys.PQ for kind in self.stanza_types)


def inspect(source: BinaryIO) -> Outside:
    """Read the header of the age file that a seekable `source` holds, from where it stands, and go back there.

    Raises InputError `age.not-age`, `age.header-malformed`, `age.armor-malformed`; MachineError.
    """
    with machine_errors():
        start = source.tell()
        armored = source.read(len(BEGIN)) == BEGIN
        source.seek(start)
    header = read_header(ArmorReader(source) if armored else source)
    with machine_errors():
        source.seek(start)
    return Outside([stanza.type for stanza in header.stanzas], len(header.serialise()), armored)
