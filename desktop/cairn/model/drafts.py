"""Drafts: what is being typed and is no revision yet."""

from __future__ import annotations

import msgspec

from cairn.model.ids import RevisionHash


class Draft(msgspec.Struct, omit_defaults=True):
    """The unsaved state of one record, enough to go on where the person stopped.

    `body` is the record's body as a plain JSON object (see `cairn.model.kinds`).
    """

    base: RevisionHash | None
    """SHA-256 of the revision that was being edited; None for a record without one."""
    body: msgspec.Raw
    composing: str = ""
    """Text that the input method was still composing (Hangul, Pinyin)."""
    field: str = ""
    """The field that had the cursor."""
    cursor: int = 0
    undo: list[str] = []
    """The newest earlier states of `field`, oldest first, for undo after unlocking."""
    sealed: bytes = b""
    """Of an identity: its opening, sealed under the identity key. `body` says only what it commits to."""
