"""Records: the envelope of a revision and the bodies of each kind.

A revision is the exact bytes of an envelope; its SHA-256 names it. The bytes are kept and never
made anew, so a field that this version doesn't know survives. See storage/ for how they are kept and
bundle/FORMAT.md for how they travel.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from cairn.errors import InputError
from cairn.model.ids import is_id, is_sha256

VERSION = 1
"""Schema version that this program writes. A record with a greater one opens read-only."""

MAX_REVISION_BYTES = 8 * 1024 * 1024
"""Longest envelope accepted from outside: a free account of eight million characters is a mistake or an attack."""

MAX_SIZE = 1 << 53
"""Most bytes that a file can be said to have: greater numbers are not the same in every JSON reader."""

MAX_MS = 1 << 40
"""Greatest time inside a recording, in milliseconds."""

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)]

Kind = Literal["interview", "consent", "note", "attachment", "recording", "transcript"]
KINDS: tuple[Kind, ...] = ("interview", "consent", "note", "attachment", "recording", "transcript")


class Person(msgspec.Struct, omit_defaults=True):
    """Someone present at the interview. `name` is what the interviewer writes: a code name is enough."""

    name: str = ""
    role: str = ""
    """Code: `told`, `interviewer`, `interpreter`, `companion`, `guardian`, `observer`, or free text."""


class Interview(msgspec.Struct, omit_defaults=True):
    """The case file of one conversation."""

    title: str = ""
    """Code name, such as W-017. Never a real name by advice, but nobody is stopped."""
    date: str = ""
    """As told, uncertain allowed: `14 March 2026`, `winter 2009?`."""
    place: str = ""
    languages: list[str] = []
    """BCP 47 codes (`ko`, `zh`), or text where no code is known."""
    people: list[Person] = []
    summary: str = ""
    account: str = ""
    """The free account: plain text, paragraphs parted by newlines."""
    sealed: bool = False
    """Once true it stays true; later revisions are amendments and carry a reason."""


class Consent(msgspec.Struct, omit_defaults=True):
    """What the person agreed to. The rules that follow from it are in `cairn.app.consent.gate`."""

    choice: str = "nothing"
    """`nothing`, `keep` or `share`. An unknown (newer) code counts as `nothing`."""
    share_with: str = "verified"
    """With `share`: `verified` (any verified contact) or `named` (only those in `contacts`)."""
    contacts: list[str] = []
    """Card fingerprints, with `named`."""
    given: str = ""
    """How and when it was given, in the interviewer's words."""


class Note(msgspec.Struct, omit_defaults=True):
    """A note of the interviewer, apart from the account."""

    text: str = ""
    removed: bool = False
    recording: str = ""
    """Id of the recording during which it was begun, or empty."""
    at: Milliseconds = 0
    """Where in that recording's sound it was begun."""
    off: bool = False
    """Written off the record, also in part: it stays in the vault, whatever becomes of the recording."""


class Attachment(msgspec.Struct, omit_defaults=True):
    """A file that belongs to an interview. Its bytes are a media object, never changed."""

    name: str = ""
    size: Annotated[int, msgspec.Meta(ge=0, le=MAX_SIZE)] = 0
    sha256: str = ""
    type: str = "application/octet-stream"
    """Media type by content where known, else by ending: a hint for the viewer, never trusted."""
    media: str = ""
    """32 hex digits: the media object in this vault. Given anew when taken in elsewhere."""
    removed: bool = False
    master: str = ""
    """Of a copy: SHA-256 of the file that it was made from."""
    of: str = ""
    """Of a copy: id of the attachment that it was made from."""
    how: list[str] = []
    """Of a copy: what was done, as codes: `metadata-removed`, `turned`, `blacked-out`."""


class Mark(msgspec.Struct, omit_defaults=True):
    """Something that happened at a moment of a recording."""

    at: Milliseconds = 0
    """Where in the sound."""
    kind: str = "mark"
    """Code: `mark`, `break`, `distress`, `question`, `off`, `pause`, `gap`, `damaged`, or a newer one."""
    until: Milliseconds = 0
    """Where in the sound it ended; 0 for a moment, and for a span during which nothing was recorded."""
    away: Milliseconds = 0
    """How long nothing was recorded: a pause, a gap, off the record."""
    text: str = ""
    """The question that was asked, the reason of a pause."""


class Span(msgspec.Struct, frozen=True):
    """A stretch of a recording's sound, in milliseconds; `end` is not part of it."""

    start: Milliseconds
    end: Milliseconds


class Recording(msgspec.Struct, omit_defaults=True):
    """Sound of an interview. Its bytes are a media object, never changed: a master, or made from one."""

    name: str = ""
    size: Annotated[int, msgspec.Meta(ge=0, le=MAX_SIZE)] = 0
    sha256: str = ""
    type: str = "audio/ogg"
    media: str = ""
    removed: bool = False
    source: str = "microphone"
    """Code: `microphone`, `import`, and of what was made from a master: `excerpt`, `copy`, `cut`."""
    started: str = ""
    """UTC, RFC 3339, seconds; the device's own clock, unverified."""
    duration: Milliseconds = 0
    software: str = ""
    interrupted: bool = False
    """It did not end by being stopped: a crash, a power cut, a full disk."""
    marks: list[Mark] = []
    excluded: list[Span] = []
    """Off the record: in order, not touching. Such a recording never leaves the vault, only a `cut` of it."""
    master: str = ""
    """SHA-256 of the sound that it was made from."""
    of: str = ""
    """Id of the recording that it was made from."""
    kept: list[Span] = []
    """Of what was made from a master: which stretches of the master it holds, in order."""


class Paragraph(msgspec.Struct, omit_defaults=True):
    """A stretch of speech by one speaker."""

    start: Milliseconds = 0
    end: Milliseconds = 0
    """0 while unknown."""
    speaker: str = ""
    text: str = ""
    """What cannot be written stands as `[inaudible]`, `[unclear: …]` or `[name withheld]`."""
    translation: str = ""


class Transcript(msgspec.Struct, omit_defaults=True):
    """The words of one recording."""

    recording: str = ""
    """Id of the recording; times are those of its sound."""
    language: str = ""
    translation: str = ""
    """BCP 47 code of the translation's language, or empty."""
    paragraphs: list[Paragraph] = []
    removed: bool = False


Body = Interview | Consent | Note | Attachment | Recording | Transcript
BODY_TYPES: dict[str, type[Body]] = {
    "interview": Interview,
    "consent": Consent,
    "note": Note,
    "attachment": Attachment,
    "recording": Recording,
    "transcript": Transcript,
}

MediaBody = Attachment | Recording
"""Bodies that name a media object by `media`, `sha256` and `size`."""


class Envelope(msgspec.Struct, forbid_unknown_fields=False):
    """A revision as written: who says what about which record, and what it follows."""

    v: int
    id: str
    kind: str
    interview: str
    """Id of the interview record that this record belongs to (its own id for an interview)."""
    parents: list[str]
    """SHA-256 of the revisions it follows; none for the first, two or more where a conflict was settled."""
    author: str
    """Name or code of the person who wrote it, as set in the vault."""
    device: str
    """Card fingerprint `SHA256:…` of the device that made and signed it."""
    created: str
    """UTC, RFC 3339, seconds; the device's own clock, unverified."""
    reason: str
    salt: str
    """32 random bytes in hex: stops guessing removed words from the hash."""
    body: msgspec.Raw


def encode(envelope: Envelope) -> bytes:
    """The exact bytes of a new revision: compact JSON, UTF-8, one line."""
    return msgspec.json.encode(envelope)


def decode(data: bytes) -> Envelope:
    """Read and check the envelope of a revision (own or foreign).

    Raises InputError `record.malformed` for anything that isn't exactly one well-formed envelope.
    """
    if len(data) > MAX_REVISION_BYTES or b"\n" in data or b"\r" in data:
        raise InputError("record.malformed")
    try:
        refuse_duplicate_keys(data)
        envelope = msgspec.json.decode(data, type=Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError("record.malformed") from error
    well_formed = (
        envelope.v >= 1
        and is_id(envelope.id)
        and is_id(envelope.interview)
        and (envelope.kind == "interview") == (envelope.interview == envelope.id)
        and len(envelope.parents) <= 64
        and len(set(envelope.parents)) == len(envelope.parents)
        and all(is_sha256(parent) for parent in envelope.parents)
        and is_sha256(envelope.salt)
        and 0 < len(envelope.kind) <= 40
        and len(envelope.device) <= 64
    )
    if not well_formed:
        raise InputError("record.malformed")
    if envelope.v <= VERSION and envelope.kind in BODY_TYPES:
        body(envelope)
    return envelope


def body(envelope: Envelope) -> Body:
    """The body in its own type. Raises InputError `record.newer` or `record.malformed`."""
    if envelope.v > VERSION or envelope.kind not in BODY_TYPES:
        raise InputError("record.newer")
    try:
        return msgspec.json.decode(bytes(envelope.body), type=BODY_TYPES[envelope.kind])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error


def refuse_duplicate_keys(data: bytes) -> None:
    """Raise ValueError when any object in the JSON text `data` names a key twice.

    Two readers could pick different ones, and a signature would then hold for two meanings.
    """
    import json

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = {key for key, _ in pairs}
        if len(keys) != len(pairs):
            raise ValueError("duplicate key")
        return dict(pairs)

    json.loads(data, object_pairs_hook=unique, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
