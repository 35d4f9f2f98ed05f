"""What sealing shows: values for the window and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.app.consent import gate
from cairn.app.kernel.views import ConsentView, ContactRow, Problem
from cairn.model.ids import Fingerprint, RecordId, RootId, Sha256
from cairn.model.kinds import registry
from cairn.model.values import NO_LENGTH, LengthMs

HELD = gate.HELD
NOT_ASKED = ConsentView()


@dataclass(frozen=True)
class Leaving:
    """Something that leaves with a bundle."""

    kind: str
    """The record's kind (`cairn.model.kinds`)."""
    record: RecordId
    name: str
    size: int = 0
    has_bytes: bool = False
    """Whether it is a file, a recording, or whatever else has bytes of its own."""
    type: str = ""
    """Of what has bytes: the media type that its record names, a hint."""
    length: LengthMs = NO_LENGTH
    """Of sound: milliseconds."""
    of_people: bool = False
    """Whether somebody can be known by it: a voice, a face, a name."""
    can_be_held: bool = True
    """Whether the person may hold it back by itself."""


@dataclass(frozen=True)
class Staying(Leaving):
    """Something that stays, and the code of the sentence that says why."""

    code: str = ""

    @property
    def held(self) -> bool:
        """Whether it stays because the person holds it back, and for no other reason."""
        return self.code == HELD


def shown(facts: Mapping[str, Any], code: str = "") -> Leaving:
    """What is shown of an item of the gate (its `facts`): something that leaves, or that stays for the reason `code`."""
    return Staying(**facts, code=code) if code else Leaving(**facts)


def place(item: Leaving) -> tuple[object, ...]:
    """Where it is shown: what people can be known by first, then the root, then by kind and name."""
    known = registry.get(item.kind)
    order = (not known.is_root, known.order) if known is not None else (True, 99)
    return not item.of_people, *order, item.kind, item.name.casefold(), item.record


@dataclass(frozen=True)
class CopyPreview:
    """What a plain copy of one record would let out, and under which consent."""

    item: Leaving
    title: str
    """Of its interview."""
    consent: ConsentView
    unlogged: str = ""
    """Why the custody log could not tell of the copy, as a code: the vault can't be written. Mostly empty."""

    @property
    def refused(self) -> str:
        """Why it may not leave, as the gate's code; empty when it may."""
        return self.item.code if isinstance(self.item, Staying) else ""


@dataclass(frozen=True)
class SealInterview:
    """One chosen root, mostly an interview: what of it leaves, what stays."""

    id: RootId
    title: str
    items: tuple[Leaving, ...]
    """All of it by name, what people can be known by first; what stays is a `Staying`."""
    consent: ConsentView = NOT_ASKED
    """What the person agreed to, and in which words."""
    kind: str = "interview"
    referred: bool = False
    """Whether it goes along unchosen: a thing of the library that what leaves refers to."""

    @property
    def leaves(self) -> tuple[Leaving, ...]:
        """What leaves."""
        return tuple(each for each in self.items if not isinstance(each, Staying))

    @property
    def stays(self) -> tuple[Staying, ...]:
        """What stays."""
        return tuple(each for each in self.items if isinstance(each, Staying))

    @property
    def held(self) -> int:
        """How many things stay because the person holds them back."""
        return sum(each.held for each in self.stays)


@dataclass(frozen=True)
class SealGroup:
    """Recipients who may have the same: a bundle of their own, or none where nothing may leave to them."""

    recipients: tuple[ContactRow, ...]
    interviews: tuple[SealInterview, ...]
    size_estimate: int
    """Bytes of the sealed file, about."""
    files: int
    """Attachments and recordings that travel."""
    length: LengthMs = NO_LENGTH
    """Of the sound that travels."""

    @property
    def leaves(self) -> bool:
        """Whether anything leaves to them."""
        return any(each.leaves for each in self.interviews)


@dataclass(frozen=True)
class SealPreview:
    """Exactly what sealing would do now. `problems` that begin with `gate.` or `sealing.` stop it."""

    groups: tuple[SealGroup, ...]
    """In the order of their first recipients; one without recipients where none is chosen."""
    recipients: tuple[ContactRow, ...]
    """All that were chosen."""
    open_drafts: tuple[tuple[RootId, str], ...]
    """(interview id, title) with words that are typed but not saved as a version, and need no reason for that."""
    problems: tuple[Problem, ...]
    ready: bool
    """Whether `sealing.seal` would go ahead."""
    override: str = ""
    save_drafts: bool = True
    held: frozenset[RecordId] = frozenset()
    """Ids of the records that the person holds back."""
    open_transcripts: tuple[tuple[RootId, str], ...] = ()
    """(interview id, title) with words of a recording that are typed only: `transcripts.save_drafts` saves them."""
    corrections: tuple[tuple[RootId, str], ...] = ()
    """(interview id, title) with words that are typed and become a version only with a reason: `save_corrections`."""

    @property
    def bundles(self) -> tuple[SealGroup, ...]:
        """The groups that get a bundle."""
        return tuple(each for each in self.groups if each.leaves)


@dataclass(frozen=True)
class Sealed:
    """A bundle that was written."""

    path: Path
    size: int
    sha256: Sha256
    words: tuple[str, ...]
    """12 words of the file's SHA-256, to compare by voice."""
    bundle_id: str
    interviews: tuple[tuple[RootId, str], ...]
    """(id, title)."""
    recipients: tuple[tuple[Fingerprint, str], ...]
    """(fingerprint, label)."""


@dataclass(frozen=True)
class SentRow:
    """A bundle sealed earlier."""

    bundle_id: str
    created: str
    name: str
    """File name."""
    size: int
    sha256: Sha256
    recipients: tuple[tuple[Fingerprint, str], ...]
    """(fingerprint, label)."""
    interviews: tuple[tuple[RootId, str], ...]
