"""What sealing shows: values for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cairn.app.kernel.views import ContactRow, Problem
from cairn.model.ids import Fingerprint, RecordId, RootId, Sha256


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


@dataclass(frozen=True)
class Staying:
    """Something that stays, and the code of the sentence that says why."""

    kind: str
    record: RecordId
    name: str
    code: str
    has_bytes: bool = False


@dataclass(frozen=True)
class SealInterview:
    """One chosen interview: what of it leaves, what stays."""

    id: RootId
    title: str
    leaves: tuple[Leaving, ...]
    stays: tuple[Staying, ...]


@dataclass(frozen=True)
class SealGroup:
    """Recipients who may have the same: a bundle of their own, or none where nothing may leave to them."""

    recipients: tuple[ContactRow, ...]
    interviews: tuple[SealInterview, ...]
    size_estimate: int
    """Bytes of the sealed file, about."""
    files: int
    """Attachments and recordings that travel."""

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
