"""The payload of an entry: what happened. Salted, committed to by its line, erasable. See FORMAT.md, section 3."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.crypto.hashes import RunningSha256
from cairn.errors import InputError
from cairn.model import limits, strict_json
from cairn.model.ids import Fingerprint, RootId

VERSION = 1
SALT_BYTES = 32
MAX_PAYLOAD_BYTES = limits.CUSTODY_PAYLOAD.most


STAYING = frozenset({"recording.device", "recording.give-up", "page.print", "page.print-failed"})
"""Acts whose payloads never travel: names that people give to their things, and words meant for this vault."""


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry says."""

    v: int = VERSION
    act: str
    obj: str
    """Id of the record, bundle, contact or slot that it was done to; may be empty."""
    root: RootId
    """Id of the root that it belongs to: an interview, a library or an office record; empty when it belongs to
    none or to many."""
    at: str
    """UTC, RFC 3339; the device's own clock."""
    clock: str = "unverified"
    device: Fingerprint
    """Card fingerprint of the device that wrote the entry."""
    author: str
    detail: dict[str, Any]
    """More about the act: `revision`, `state`, `reason`, `entries`, …"""


def serialise(payload: Payload) -> bytes:
    """The exact bytes to commit to: compact JSON, UTF-8."""
    return msgspec.json.encode(payload)


def parse(data: bytes) -> Payload:
    """Read a payload. Raises InputError `custody.not-a-payload`."""
    if len(data) > MAX_PAYLOAD_BYTES:
        raise InputError("custody.not-a-payload")
    try:
        strict_json.require(data)
        payload = msgspec.json.decode(data, type=Payload)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError("custody.not-a-payload") from error
    if payload.v < 1 or not payload.act:
        raise InputError("custody.not-a-payload")
    return payload


def commitment(salt: bytes, payload: bytes) -> str:
    """SHA-256 (hex) of salt and payload: binding, and silent about the payload while the salt is unknown."""
    if len(salt) != SALT_BYTES:
        raise InputError("custody.not-a-payload")
    digest = RunningSha256()
    digest.update(salt)
    digest.update(payload)
    return digest.hexdigest()
