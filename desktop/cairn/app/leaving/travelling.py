"""What of an interview goes into a bundle, and nothing else: of the records that the gate let through the exact
revisions, what is logged of those, the hashes of what they follow, and the bytes of their files.

Of a record that stays nothing is added: no hash, no id, no entry of the log. (What a record that travels says itself
stays in it, because it is signed: a note names the recording that it was begun in, a cut the sound it was made from.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from cairn.app.kernel import identities, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.leaving.choosing import Choice
from cairn.bundle.identity_files import BundleOpening
from cairn.bundle.writer import BundleMedia, BundleRoot
from cairn.crypto.cobblestone import CobReader
from cairn.errors import IntegrityError
from cairn.model.exchange import Stub
from cairn.model.ids import MediaId, RecordId, RevisionHash
from cairn.storage.work import Reader


@dataclass(frozen=True)
class Parcel:
    """One root made ready to travel."""

    root: BundleRoot
    media: tuple[BundleMedia, ...]
    payloads: tuple[tuple[int, bytes, bytes], ...]
    """(seq, salt, payload) of the custody log's entries about it."""
    openings: tuple[BundleOpening, ...] = ()
    """Of identities that leave, as far as they can be read now: the others can follow later."""


def parcel(s: Session, reader: Reader, choice: Choice) -> Parcel:
    """The current heads of the records that leave, whole; what they follow as id and hash.

    Raises IntegrityError `file.bytes-missing`.
    """
    revisions: list[tuple[bytes, bytes]] = []
    stubs: list[Stub] = []
    media: list[BundleMedia] = []
    openings: list[BundleOpening] = []
    shas: set[RevisionHash] = set()
    leaving = choice.leaving
    for record, found in choice.asked.heads.items():
        whole = [head for head in found if head.state == CURRENT] if record in leaving else []
        revisions += [(head.stored.data, head.stored.signature) for head in whole]
        shas.update(head.sha for head in whole)
        openings += identities.travelling(s, reader, whole)
        with_bytes = [head for head in whole if revising.media_named(head.body) is not None]
        if with_bytes:
            # Heads of one file or recording differ in what is said of it; its bytes go once.
            media.append(_media(s, reader, with_bytes[0]))
        if any(head.envelope.parents or head.stored.ancestors for head in whole):
            stubs += _ancestors(record, whole, revising.versions(reader, record))
    payloads = reader.custody.of_records(leaving, shas)
    return Parcel(BundleRoot(choice.id, revisions, stubs), tuple(media), tuple(payloads), tuple(openings))


def _ancestors(record: RecordId, whole: Sequence[Version], kept: Sequence[Version]) -> list[Stub]:
    """Everything that these revisions of a record follow, by hash, the nearest first; also what never was here."""
    here = {version.sha: version for version in kept}
    seen = {version.sha for version in whole}
    stubs = []
    wanted = list(whole)
    while wanted:
        version = wanted.pop(0)
        for sha in (*version.envelope.parents, *version.stored.ancestors):
            if sha in seen:
                continue
            seen.add(sha)
            known = here.get(sha)
            stubs.append(
                Stub(
                    record,
                    sha,
                    whole[0].envelope.kind,
                    list(known.envelope.parents) if known is not None else [],
                )
            )
            if known is not None:
                wanted.append(known)
    return stubs


def _media(s: Session, reader: Reader, head: Version) -> BundleMedia:
    envelope = head.envelope
    named = revising.media_named(head.body)
    if named is None:
        raise IntegrityError("file.bytes-missing")
    info = revising.media_of(s, reader, envelope.root, envelope.id, named.sha256)
    if info is None:
        raise IntegrityError("file.bytes-missing")
    return BundleMedia(
        record=envelope.id,
        root=envelope.root,
        sha256=info.sha256,
        size=info.size,
        open=partial(_open, s, info.media_id, revising.title_of(head.body)),
        # Its key lies in one row with its hash, was made for it alone and never changes, and every chunk is
        # authentic under it: what opens is what was hashed when it came in.
        authentic=True,
    )


class _Named:
    """The bytes of a file that leaves: where they are not what was put in, the person learns which file it is."""

    def __init__(self, source: CobReader, name: str) -> None:
        self._source = source
        self._name = name
        self.size = source.size

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`. Raises IntegrityError `sealing.damaged`, MachineError."""
        try:
            return self._source.read_at(offset, length)
        except IntegrityError as error:
            raise IntegrityError("sealing.damaged", name=self._name) from error

    def read_into_at(self, offset: int, target: memoryview, /) -> int:
        """As `read_at`, into `target`; how much."""
        try:
            return self._source.read_into_at(offset, target)
        except IntegrityError as error:
            raise IntegrityError("sealing.damaged", name=self._name) from error

    def close(self) -> None:
        """Close the file."""
        self._source.close()


def _open(s: Session, media_id: MediaId, name: str) -> _Named:
    try:
        return _Named(s.media.open(media_id), name)
    except IntegrityError as error:
        raise IntegrityError("sealing.damaged", name=name) from error
