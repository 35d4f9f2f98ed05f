"""Ids of records for tests: derived as the program derives them, and remembered with what they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from cairn.crypto import record_ids
from cairn.crypto.hashes import random_bytes
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.kind import Body


class Keys(Protocol):
    """Whoever begins a record."""

    @property
    def fingerprint(self) -> str: ...


_BEGUN: dict[str, tuple[str, str, str, str]] = {}


def root(keys: Keys, kind: str = "interview") -> str:
    """The id of a new root of `keys`."""
    return _new("", kind, keys.fingerprint)


def part(keys: Keys, of: str, kind: str) -> str:
    """The id of a new record of `keys` under the root `of`."""
    return _new(of, kind, keys.fingerprint)


def _new(of: str, kind: str, origin: str) -> str:
    nonce = record_ids.new_nonce()
    made = record_ids.derive(of, kind, origin, nonce)
    _BEGUN[made] = (of or made, kind, origin, nonce)
    return made


def remember(envelope: Envelope) -> None:
    """What a revision from elsewhere says that its id comes from."""
    _BEGUN[envelope.id] = (envelope.root, envelope.kind, envelope.origin, envelope.nonce)


def envelope(
    body: Body,
    *,
    keys: Keys,
    record: str = "",
    root: str = "",
    parents: Sequence[str] = (),
    v: int = 0,
    author: str = "A",
    device: str = "",
    created: str = "2026-03-14T09:26:53Z",
    reason: str = "",
    final: bool = False,
    about: Sequence[str] = (),
) -> Envelope:
    """An envelope by `keys`: of the record that was begun under that id, or of a new one."""
    kind = registry.of_body(body)
    if not record:
        record = _new("" if kind.is_root else root, kind.name, keys.fingerprint)
    of, _, origin, nonce = _BEGUN[record]
    return Envelope(
        v=v or kind.version,
        id=record,
        kind=kind.name,
        root=of,
        origin=origin,
        nonce=nonce,
        about=list(about),
        final=final,
        parents=list(parents),
        author=author,
        device=device or keys.fingerprint,
        created=created,
        reason=reason,
        salt=random_bytes(32).hex(),
        body=msgspec.Raw(msgspec.json.encode(body)),
    )
