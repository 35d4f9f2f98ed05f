"""The values that use cases hand to the window and the command line: plain, frozen, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cairn.errors import Value
from cairn.model import exchange
from cairn.model.consent import Row
from cairn.model.drafts import Draft
from cairn.model.ids import (
    NO_MEDIA,
    NO_RECORD,
    NO_REVISION,
    NO_ROOT,
    Fingerprint,
    MediaId,
    RecordId,
    RevisionHash,
    RootId,
    Sha256,
)
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.preparation import Preparation
from cairn.model.kinds.recording import Mark
from cairn.model.values import BEGINNING, LengthMs, MomentMs, Span

Problem = exchange.Problem


@dataclass(frozen=True)
class VaultInfo:
    """Whose vault this is."""

    label: str
    role: str
    """`field` or `office`."""
    author: str
    """Name or code written into everything made here; empty means the label."""
    fingerprint: Fingerprint
    folder: Path
    practice: bool
    created: str


@dataclass(frozen=True)
class KnownVault:
    """A vault folder that was opened on this computer before."""

    folder: Path
    name: str
    """The folder's name: what is inside stays inside."""
    last: bool
    """The one opened most recently."""


# Interviews


@dataclass(frozen=True)
class InterviewRow:
    """One row of the list of interviews."""

    id: RootId
    title: str
    line: str
    """A second line: date, place, or the beginning of the summary."""
    state: str
    """`draft` (typed, not saved), `saved` or `final` (finalised)."""
    conflict: bool
    """Something here waits for a person to settle it."""
    foreign: str
    """Label of the device it came from; empty for this vault's own."""
    sent: bool
    changed: str
    unsaved: bool = False
    """Something of it is typed and is no version yet."""
    created: str = ""
    date: str = ""
    """When it was told, as it was told."""
    first: str = ""
    """The first day that this may be, `2031-03-14`; empty where it is open or not known."""
    last: str = ""
    place: str = ""
    protected: bool = False
    """A name in it is protected."""


@dataclass(frozen=True)
class ConsentView:
    """What the person agreed to. `set` is False while nobody has asked."""

    choice: str = "nothing"
    """`nothing`, `keep`, `share`; `custom` for a grid that is none of these (`app.consent.wording` has it in words)."""
    share_with: str = "verified"
    contacts: tuple[tuple[Fingerprint, str], ...] = ()
    """(fingerprint, label) of the named contacts."""
    given: str = ""
    set: bool = False
    conflict: bool = False
    """Several versions stand side by side: the most restrictive holds until they are settled."""
    record: RecordId = NO_RECORD
    grid: tuple[Row, ...] = ()
    created: str = ""
    """When it was written down, UTC."""


@dataclass(frozen=True)
class NoteView:
    """A note of the interviewer."""

    id: RecordId
    text: str
    created: str
    author: str
    device_label: str
    """Empty for this device."""
    removed: bool = False
    sha: RevisionHash = NO_REVISION
    recording: RecordId = NO_RECORD
    """The recording during which it was begun; empty for none."""
    at: MomentMs = BEGINNING
    """Where in that recording's sound, in milliseconds."""


@dataclass(frozen=True)
class FileView:
    """A file of an interview. `type` is a hint, never trusted."""

    id: RecordId
    name: str
    size: int
    type: str
    sha256: Sha256
    removed: bool
    added: str = ""
    present: bool = True
    """Whether its bytes are in this vault."""
    of: RecordId = NO_RECORD
    """Of a copy: id of the file that it was made from."""
    how: tuple[str, ...] = ()
    """Of a copy: what was done, as in the record."""


@dataclass(frozen=True)
class RecordingView:
    """Sound of an interview. Times are milliseconds of its sound."""

    id: RecordId
    interview: RootId
    name: str
    started: str
    """UTC, RFC 3339; empty where it is not known (imported sound)."""
    duration: LengthMs
    size: int
    sha256: Sha256
    type: str
    source: str
    """`microphone`, `import`, `excerpt`, `copy` or `cut`."""
    interrupted: bool
    marks: tuple[Mark, ...]
    excluded: tuple[Span, ...]
    """Off the record, here or in another recording of the same sound: with any of it this one stays."""
    kept: tuple[Span, ...]
    """Of what was made from a master: which stretches of the master it holds."""
    master: Sha256
    """SHA-256 of the sound that it was made from."""
    of: RecordId
    """Id of the recording that it was made from."""
    removed: bool
    present: bool
    """Whether its bytes are in this vault."""
    own: bool
    added: str
    media: MediaId = NO_MEDIA
    """The media object, where it is present."""


@dataclass(frozen=True)
class Unfinished:
    """A recording that is under way, or whose end was cut off."""

    recording: RecordId
    interview: RootId
    title: str
    started: str
    in_use: bool = False
    """It is being recorded at this moment."""
    found: bool = True
    """Whether its sound is in its place."""


@dataclass(frozen=True)
class VersionView:
    """One revision of one record, for the history."""

    sha: RevisionHash
    record: RecordId
    kind: str
    created: str
    author: str
    device: Fingerprint
    device_label: str
    """Empty for this device."""
    reason: str
    what: str
    """Code: `created`, `changed`, `finalised`, `corrected`, `removed`, `brought-back`, `settled`; `typed` for a draft."""
    head: bool
    state: str
    """`current`, `proposed` by another device and not settled yet, or `draft`: typed, and no version yet."""
    parents: tuple[RevisionHash, ...] = ()
    name: str = ""
    """Of a file or a recording: what it is called in this version."""


@dataclass(frozen=True)
class ConflictView:
    """A record that a person must look at: versions side by side, or a record that another device proposes."""

    record: RecordId
    kind: str
    name: str
    """Title, file name or the note's beginning."""
    versions: tuple[VersionView, ...]
    """All heads, the current one first. A single one that is `proposed` is a wholly new record."""


@dataclass(frozen=True)
class PartDraft:
    """A note or a consent that somebody has begun to write and not saved."""

    record: RecordId
    """The record that it is, or will be."""
    draft: Draft


@dataclass(frozen=True)
class InterviewView:
    """Everything the workspace shows of one interview."""

    id: RootId
    body: Interview
    """The saved state (head), or an empty one when nothing was saved yet. The draft is beside it."""
    base: RevisionHash | None
    """SHA-256 of the head shown; None before the first version."""
    draft: Draft | None
    final: bool
    read_only: str
    """Empty, or the code of the reason why nothing can be changed (`interview.newer`)."""
    own: bool
    device_label: str
    """Who it came from; empty for this device."""
    consent: ConsentView
    notes: tuple[NoteView, ...]
    files: tuple[FileView, ...]
    """Removed ones included, marked."""
    conflicts: tuple[ConflictView, ...]
    sent: bool = False
    note_draft: PartDraft | None = None
    stamped_draft: PartDraft | None = None
    """The note that is being written beside the recorder."""
    consent_draft: PartDraft | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Code of a protected person → name, what is typed and not saved included; none while they are closed."""
    names_open: bool = True
    """Whether protected names can be read and changed now."""
    unreadable: tuple[str, ...] = ()
    """Codes of why identities of this interview can't be used."""

    def on_a_page(self, *, notes: tuple[NoteView, ...], files: tuple[FileView, ...]) -> InterviewView:
        """The same with these notes and files alone, without drafts and without protected names."""
        nothing = {"draft": None, "note_draft": None, "stamped_draft": None, "consent_draft": None}
        return replace(self, notes=notes, files=files, names={}, **nothing)  # type: ignore[arg-type]

    unsaved: frozenset[str] = frozenset()
    """Kinds of which something is typed and is no version yet."""
    preparation: Preparation | None = None
    """What went before it, as recorded; None while nothing was, or while only a newer version knows it."""
    frozen: bool = False
    """Finalised, and nobody has begun a correction: what finalising freezes can only be read."""

    @property
    def fixed(self) -> bool:
        """Whether what finalising freezes can't be changed now; a consent always can, where it is understood."""
        return self.frozen or bool(self.read_only)


@dataclass(frozen=True)
class FieldChange:
    """What differs in one field: pieces ("same" | "gone" | "new", text) in order."""

    field: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HitView:
    """One place where the searched words stand."""

    interview_id: RootId
    title: str
    record_id: RecordId
    kind: str
    field: str
    snippet: tuple[tuple[str, bool], ...]
    """(text, is a hit) in order."""
    at: MomentMs | None = None
    """In a transcript: where in the recording's sound it was said, in milliseconds."""


# Contacts


@dataclass(frozen=True)
class CardSays:
    """What a card says beside its keys: the words prove nothing about it."""

    label: str
    role: str
    created: str
    expires: str
    card: Sha256
    """Of its exact bytes: whoever decides about it says which one was seen."""


@dataclass(frozen=True)
class ContactRow:
    """Somebody who can be written to, or who has written."""

    fingerprint: Fingerprint
    label: str
    role: str
    trust: str
    """`unverified`, `verified`, `expired` or `revoked` (`cairn.model.contacts.Trust`)."""
    words: tuple[str, ...]
    created: str
    expires: str
    verified_at: str
    reason: str = ""
    """Why it was revoked."""
    offered: CardSays | None = None
    """What a newer card of the same keys says otherwise, while a person has neither accepted nor declined it."""


# Opening and taking in


@dataclass(frozen=True)
class OutsideView:
    """What anybody can see of a file without a key."""

    size: int
    kind: str
    """`bundle`, `card`, `vault-backup`, `age` (something else encrypted with age) or `unknown`."""
    recipients_count: int
    post_quantum: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class OpenedFile:
    """A file, a recording or whatever else has bytes of its own, inside a bundle."""

    kind: str
    name: str
    size: int
    sha256: Sha256


@dataclass(frozen=True)
class OpenedRoot:
    """An interview, a library or an office record inside a bundle."""

    id: RootId
    kind: str
    """Empty where the root itself did not travel."""
    title: str
    revision: RevisionHash
    final: bool
    files: tuple[OpenedFile, ...]
    counts: tuple[tuple[str, int], ...] = ()
    """(kind, how many) of the other records; kind is empty for those of a newer version of Cairn."""


@dataclass(frozen=True)
class Refusal:
    """With what taking in would end, known before: the code and values of its error, and whose fault it is."""

    code: str
    values: Mapping[str, Value]
    exit_code: int
    """That of the error's class (`cairn.errors`)."""


@dataclass(frozen=True)
class OpenedView:
    """A bundle that was opened and verified to its last byte; nothing was written anywhere."""

    bundle_id: str
    sender_label: str
    """As the sender's card says; nobody vouches for it while the trust is not `verified`."""
    sender_role: str
    sender_fingerprint: Fingerprint
    sender_trust: str
    """A `Trust`, or `unknown` for someone who is no contact, or `own`."""
    sender_words: tuple[str, ...]
    whole: bool
    signed: bool
    for_me: bool
    created: str
    roots: tuple[OpenedRoot, ...]
    already: bool
    """This very bundle was taken in before."""
    seq_gap: bool
    size: int
    problems: tuple[Problem, ...]
    sender_card: bytes = b""
    """The exact bytes of the sender's card, so that it can be added and its words compared on the spot."""
    refusal: Refusal | None = None
    """Why it can't be taken in although it is whole and signed, whatever a person says of its sender."""


@dataclass(frozen=True)
class TakenIn:
    """What taking in has done."""

    bundle_id: str
    sender_label: str
    sender_fingerprint: Fingerprint
    roots: tuple[OpenedRoot, ...]
    new: int
    """Revisions of records that were not here."""
    updated: int
    same: int
    conflicts: int
    """Second versions that a person must settle, and proposals."""
    problems: tuple[Problem, ...]
    waiting: frozenset[RootId] = frozenset()
    """Ids of the roots in which something of this bundle waits for a person to settle it."""


# Custody and upkeep


@dataclass(frozen=True)
class CustodyReport:
    """The custody log, walked from its first entry to its last."""

    whole: bool
    entries: int
    head: str
    head_words: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class EntryView:
    """One entry of the custody log. `what` is empty when its payload was erased."""

    seq: int
    at: str
    act: str
    what: str
    """What it was about: a title, a file, a contact's label."""
    author: str
    device_label: str
    """Empty for this device."""
    interview: RootId = NO_ROOT
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SlotView:
    """One way to open the vault: `passphrase`, `recovery` or `escrow`."""

    id: str
    kind: str
    label: str
    created: str
