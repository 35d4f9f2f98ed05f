"""What a bundle shows to anyone, without a key: that it is an age file, how long, for how many at most."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO

from cairn.bundle.padme import MINIMUM, is_padded_size
from cairn.crypto.age import inspect
from cairn.crypto.age.stream import payload_size
from cairn.errors import InputError, IntegrityError
from cairn.model import limits
from cairn.paths import machine_errors

STANZA = "mlkem768x25519"
PAD_TO = 4
"""Stanzas that a writer makes at least; those beyond the recipients open with no key that exists."""

# age v1: the first line; for each recipient a line with 1,120 bytes in base64 and one with 32; the MAC's line.
_FIRST_LINE = 22
_EACH = 18 + 1494 + 1 + 43 + 1
_MAC_LINE = 48
_NONCE = 16
_CHUNK = 65536
_TAG = 16


@dataclass(frozen=True)
class Outside:
    """The outside of an age file."""

    size: int
    stanzas: tuple[str, ...]
    """The kind of each; their number is at least that of the recipients."""
    post_quantum: bool
    plausible: bool
    """Whether the size is one that a bundle can have. False mostly means a copy that broke off."""


def look(src: BinaryIO) -> Outside:
    """Look at a seekable file, from where it stands, and go back there.

    Raises InputError `bundle.malformed` for what isn't an age file, IntegrityError `bundle.truncated` for
    one that breaks off in its first lines, MachineError.
    """
    with machine_errors():
        start = src.tell()
        size = src.seek(0, os.SEEK_END) - start
        src.seek(start)
    try:
        found = inspect(src)
    except InputError as error:
        with machine_errors():
            src.seek(start)
        if error.code == "age.header-malformed" and size < sealed_size(MINIMUM, 1):
            raise IntegrityError("bundle.truncated") from error
        raise InputError("bundle.malformed") from error
    if found.armored:
        raise InputError("bundle.malformed")
    kinds = tuple(found.stanza_types)
    return Outside(size, kinds, set(kinds) == {STANZA}, _is_plausible(size - found.header_bytes))


def check(src: BinaryIO) -> Outside:
    """As `look`, and refuse what can't be a bundle of ours.

    Raises also InputError `bundle.encryption` when any stanza is not post-quantum (whoever could add
    one has weakened all), `bundle.too-big` for more than 64 stanzas.
    """
    found = look(src)
    limits.STANZAS.require(len(found.stanzas))
    if not found.post_quantum:
        raise InputError("bundle.encryption")
    return found


def sealed_size(plain: int, stanzas: int) -> int:
    """Bytes of an age file of `plain` bytes with that many stanzas."""
    return _FIRST_LINE + _EACH * stanzas + _MAC_LINE + payload_size(plain)


def _is_plausible(payload: int) -> bool:
    sealed = payload - _NONCE
    chunks = -(-sealed // (_CHUNK + _TAG))
    plain = sealed - _TAG * chunks
    return payload_size(plain) == payload and is_padded_size(plain)
