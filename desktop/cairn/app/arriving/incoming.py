"""Reading a bundle to its end: everything in it as values, its files handed on as they pass by.

Used both to look (nothing is kept) and to take in. The reader has checked signatures and manifest before
the first payload byte; here what travels of the custody log is checked and the files are held against their records.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cairn import paths
from cairn.app.kernel.views import OpenedFile, OpenedInterview
from cairn.bundle import bag, records
from cairn.bundle.cards import card_keys
from cairn.bundle.custody_files import Collected
from cairn.bundle.reader import BundleReader, Head, PayloadFile
from cairn.custody.excerpt import Excerpt, Shown
from cairn.errors import InputError, IntegrityError
from cairn.intake import log
from cairn.intake.log import LogHead
from cairn.model import records as model
from cairn.model.exchange import IncomingRevision, MediaEntry, Stub
from cairn.model.records import Attachment, Interview, Note, Recording, Transcript


@dataclass
class Incoming:
    """What a bundle holds, while it is being read and afterwards."""

    head: Head
    revisions: list[IncomingRevision] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)
    media: list[MediaEntry] = field(default_factory=list)
    custody: Collected = field(default_factory=Collected)
    excerpt: Excerpt | None = None
    """Of the sender's custody log, as it came."""
    shown: Shown | None = None
    """What that shows, after its check."""


def read(
    bundle: BundleReader,
    on_records: Callable[[Incoming], None],
    on_media: Callable[[MediaEntry, PayloadFile], None],
) -> Incoming:
    """Read a bundle to its end. Raises what the reader raises, and IntegrityError for a wrong custody log.

    `on_records` is called once, when all but the files' bytes is known; `on_media` for each file, whose
    bytes it may use. What it makes of them is final only when this function has returned.
    """
    found = Incoming(bundle.head)
    waiting: deque[MediaEntry] = deque()
    announced = False
    for file in bundle.payload():
        if bag.is_media(file.name):
            entry = waiting.popleft()
            on_media(entry, file)
            file.drain()
            continue
        _small(found, file)
        if file.name == bag.MEDIA_INDEX:
            _check_media(found)
            check_custody(found)
            waiting = deque(found.media)
            announced = True
            on_records(found)
    bundle.finish()
    if not announced:
        raise InputError("bundle.malformed")
    return found


def check_custody(found: Incoming) -> None:
    """Check what travels of the sender's custody log: against itself, and against the records it came with.

    Raises IntegrityError `intake.log-wrong`, `intake.checkpoint-wrong`, `intake.entry-missing`.
    """
    found.excerpt = found.custody.excerpt()
    said = LogHead(found.head.custody.size, found.head.custody.root)
    found.shown = log.check_excerpt(said, found.excerpt, found.revisions, card_keys(found.head.sender))


def interviews(found: Incoming) -> list[OpenedInterview]:
    """The interviews in a bundle, as they are shown."""
    return [_shown(interview, found.revisions) for interview in interview_ids(found)]


def interview_ids(found: Incoming) -> list[str]:
    """Ids of the interviews in a bundle, in order."""
    return list(dict.fromkeys(revision.envelope.interview for revision in found.revisions))


def body(revision: IncomingRevision) -> model.Body | None:
    """The body of a revision; None when a newer version of Cairn wrote it."""
    try:
        return model.body(revision.envelope)
    except InputError:
        return None


def _small(found: Incoming, file: PayloadFile) -> None:
    if found.custody.take(file, file.name):
        return
    if bag.is_records(file.name):
        held = records.read_records(file)
        found.revisions += held.revisions
        found.stubs += held.stubs
    elif file.name == bag.MEDIA_INDEX:
        found.media = records.read_media_index(file, found.head.files)


def _check_media(found: Incoming) -> None:
    """Each file belongs to an attachment or recording in this bundle and is what its record says."""
    said = {
        (revision.envelope.id, revision.envelope.interview, each.sha256, each.size)
        for revision in found.revisions
        if isinstance(each := body(revision), Attachment | Recording)
    }
    newer = {
        (revision.envelope.id, revision.envelope.interview)
        for revision in found.revisions
        if body(revision) is None
    }
    for entry in found.media:
        place = (entry.record, entry.interview, entry.sha256, entry.size)
        if place not in said and (entry.record, entry.interview) not in newer:
            raise IntegrityError("taking.media-mixed")


def _shown(interview: str, revisions: Iterable[IncomingRevision]) -> OpenedInterview:
    title, revision, sealed, notes = "", "", False, 0
    files: list[OpenedFile] = []
    recordings: list[OpenedFile] = []
    transcripts = 0
    for each in revisions:
        if each.envelope.interview != interview:
            continue
        content = body(each)
        if each.envelope.kind == "interview":
            revision = each.sha256
        if isinstance(content, Interview):
            title, sealed = content.title, sealed or content.sealed
        elif isinstance(content, Attachment | Recording) and not content.removed:
            shown = files if isinstance(content, Attachment) else recordings
            shown.append(OpenedFile(paths.safe_name(content.name), content.size, content.sha256))
        elif isinstance(content, Note) and not content.removed:
            notes += 1
        elif isinstance(content, Transcript) and not content.removed:
            transcripts += 1
    return OpenedInterview(
        interview, title, revision, sealed, tuple(files), notes, tuple(recordings), transcripts
    )
