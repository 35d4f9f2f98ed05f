"""Reading a bundle to its end: everything in it as values, its files handed on as they pass by.

Used both to look (nothing is kept) and to take in. The reader has checked signatures and manifest before
the first payload byte; here what travels of the custody log is checked and the files are held against their records.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cairn import paths
from cairn.app.kernel import revising
from cairn.app.kernel.views import OpenedFile, OpenedRoot
from cairn.bundle import bag, identity_files, records
from cairn.bundle.cards import card_keys
from cairn.bundle.custody_files import Collected
from cairn.bundle.reader import BundleReader, Head, PayloadFile
from cairn.custody.excerpt import Excerpt, Shown
from cairn.errors import InputError, IntegrityError
from cairn.intake import log
from cairn.intake.log import LogHead
from cairn.model.exchange import IncomingRevision, MediaEntry, OpeningEntry, Stub
from cairn.model.ids import NO_REVISION, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import read as body_of


@dataclass
class Incoming:
    """What a bundle holds, while it is being read and afterwards."""

    head: Head
    revisions: list[IncomingRevision] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)
    media: list[MediaEntry] = field(default_factory=list)
    openings: list[OpeningEntry] = field(default_factory=list)
    """Of identities: which revision each belongs to, as the sender says."""
    opening_files: list[bytes] = field(default_factory=list)
    """Their age files, in the same order."""
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


def roots(found: Incoming) -> list[OpenedRoot]:
    """The interviews, library and office records in a bundle, as they are shown."""
    of_root: dict[RootId, list[IncomingRevision]] = {}
    for revision in found.revisions:
        of_root.setdefault(revision.envelope.root, []).append(revision)
    return [_shown(root, revisions) for root, revisions in of_root.items()]


def root_ids(found: Incoming) -> list[RootId]:
    """Ids of the roots in a bundle, in order."""
    return list(dict.fromkeys(revision.envelope.root for revision in found.revisions))


INTERVIEWS = ("", "interview")
"""Kinds of a root that is an interview: of one whose own record did not travel, nobody says what it is."""


def root_kinds(shown: Iterable[OpenedRoot]) -> list[tuple[str, int]]:
    """(kind, how many) of the roots of a bundle, interviews first. The kind is empty for what a newer version wrote."""
    order = {each.name: number for number, each in enumerate(registry.every())}
    counts: dict[str, int] = {}
    for each in shown:
        kind = "interview" if each.kind in INTERVIEWS else each.kind if each.kind in order else ""
        counts[kind] = counts.get(kind, 0) + 1
    places = {"interview": -1} | {kind: order.get(kind, len(order)) for kind in counts if kind != "interview"}
    return sorted(counts.items(), key=lambda each: places[each[0]])


def _small(found: Incoming, file: PayloadFile) -> None:
    if found.custody.take(file, file.name):
        return
    if bag.is_records(file.name):
        held = records.read_records(file)
        found.revisions += held.revisions
        found.stubs += held.stubs
    elif file.name == bag.OPENINGS:
        found.openings = identity_files.read_index(file, found.head.files)
    elif bag.is_opening(file.name):
        found.opening_files.append(identity_files.read_file(file))
    elif file.name == bag.MEDIA_INDEX:
        found.media = records.read_media_index(file, found.head.files)


def _check_media(found: Incoming) -> None:
    """Each file belongs to a record in this bundle that names it, and is what its record says."""
    said: set[tuple[str, str, str, int]] = set()
    newer: set[tuple[str, str]] = set()
    for revision in found.revisions:
        envelope = revision.envelope
        body = body_of(envelope)
        if body is None:
            newer.add((envelope.id, envelope.root))
            continue
        media = registry.of_body(body).media(body)
        if media is not None:
            said.add((envelope.id, envelope.root, media.sha256, media.size))
    for entry in found.media:
        place = (entry.record, entry.root, entry.sha256, entry.size)
        if place not in said and (entry.record, entry.root) not in newer:
            raise IntegrityError("taking.media-mixed")


def _shown(root: RootId, revisions: Iterable[IncomingRevision]) -> OpenedRoot:
    kind = title = ""
    named = NO_REVISION
    final = False
    files: list[OpenedFile] = []
    counts: dict[str, int] = {}
    for each in revisions:
        envelope = each.envelope
        body = body_of(envelope)
        if envelope.is_root:
            kind, named, final = envelope.kind, each.sha256, final or envelope.final
            title = revising.title_of(body) or title
            continue
        if body is None:
            counts[""] = counts.get("", 0) + 1
            continue
        spec = registry.of_body(body)
        if spec.removed(body):
            continue
        media = spec.media(body)
        if media is not None:
            files.append(OpenedFile(spec.name, paths.safe_name(media.name), media.size, media.sha256))
        else:
            counts[spec.name] = counts.get(spec.name, 0) + 1
    order = {each.name: number for number, each in enumerate(registry.every())}
    counted = sorted(counts.items(), key=lambda each: order.get(each[0], len(order)))
    return OpenedRoot(root, kind, title, named, final, tuple(files), tuple(counted))
