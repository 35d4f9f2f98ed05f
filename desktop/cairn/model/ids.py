"""Names of things: ids of records, hashes, fingerprints. What an id is derived from: `cairn.crypto.record_ids`.

They are plain strings of one form each; `NewType`s keep them apart wherever the program passes them on
(`tests/house/test_ids.py`).
"""

from __future__ import annotations

import re
import uuid
from typing import NewType

RecordId = NewType("RecordId", str)
"""UUID version 8 of a record, derived from where it belongs and who began it."""
RootId = NewType("RootId", RecordId)
"""Id of a root record: an interview, a library or an office record."""
Sha256 = NewType("Sha256", str)
"""SHA-256 in lower-case hex: of a file's bytes, and of what lies in a bundle."""
RevisionHash = NewType("RevisionHash", Sha256)
"""SHA-256 of a revision's exact bytes: its name."""
MediaId = NewType("MediaId", str)
"""32 hex digits: the name of an encrypted file in the vault that holds it; elsewhere its bytes are named by hash."""
Fingerprint = NewType("Fingerprint", str)
"""Of a card: `SHA256:` and 43 characters of unpadded base64."""

NO_RECORD = RecordId("")
NO_ROOT = RootId(NO_RECORD)
NO_HASH = Sha256("")
NO_REVISION = RevisionHash(NO_HASH)
NO_MEDIA = MediaId("")
NO_FINGERPRINT = Fingerprint("")
"""Where a value says that there is none with an empty text, as it stands in files and rows."""

_NEW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


def new_id() -> str:
    """A fresh random id of what is no record: a bundle, a vault."""
    return str(uuid.uuid4())


def new_draft_id() -> RecordId:
    """A fresh random id for the draft of a record that has none yet."""
    return RecordId(new_id())


def as_root(text: str) -> RootId:
    """The id of a root as it came from outside the program's own values: typed, or out of a row. Not checked."""
    return RootId(RecordId(text))


def is_new_id(text: str) -> bool:
    """Whether `text` has the exact form that `new_id` gives."""
    return bool(_NEW_ID.fullmatch(text))


def is_id(text: str) -> bool:
    """Whether `text` has the exact form of a record id."""
    return bool(_ID.fullmatch(text))


def is_nonce(text: str) -> bool:
    """Whether `text` has the exact form of a record's nonce: 16 bytes in lower-case hex."""
    return bool(_NONCE.fullmatch(text))


def is_fingerprint(text: str) -> bool:
    """Whether `text` has the exact form of a card's fingerprint."""
    return bool(_FINGERPRINT.fullmatch(text))


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hex: the name of a revision or of a file's bytes."""
    return bool(_SHA256.fullmatch(text))


def uuid8(digest: bytes) -> str:
    """The UUID version 8 (RFC 9562 §5.8) whose custom bits are the first 122 free ones of `digest`'s 16 bytes."""
    number = int.from_bytes(digest[:16], "big")
    number = (number & ~(0xF << 76)) | (0x8 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=number))
