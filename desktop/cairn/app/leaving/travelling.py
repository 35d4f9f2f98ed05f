"""What of an interview goes into a bundle: exact revisions, stubs of what stays, and the bytes of its files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from cairn.app.kernel import identities, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.bundle.identity_files import BundleOpening
from cairn.bundle.writer import BundleMedia, BundleRoot
from cairn.crypto.cobblestone import CobReader
from cairn.errors import IntegrityError
from cairn.model.exchange import Stub
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.recording import Recording
from cairn.storage.work import Reader


@dataclass(frozen=True)
class Parcel:
    """One interview made ready to travel."""

    interview: BundleRoot
    media: tuple[BundleMedia, ...]
    openings: tuple[BundleOpening, ...] = ()
    """Of identities that leave, as far as they can be read now: the others can follow later."""


def parcel(
    s: Session,
    reader: Reader,
    interview: str,
    heads: dict[str, list[Version]],
    leaving: Collection[str],
) -> Parcel:
    """The current heads of the records in `leaving`, whole; everything else as id and hash.

    Raises IntegrityError `file.bytes-missing`.
    """
    revisions: list[tuple[bytes, bytes]] = []
    stubs: list[Stub] = []
    media: list[BundleMedia] = []
    openings: list[BundleOpening] = []
    for record, found in heads.items():
        whole = [head for head in found if head.state == CURRENT] if record in leaving else []
        travelling = {head.sha for head in whole}
        for head in whole:
            revisions.append((head.stored.data, head.stored.signature))
        openings += identities.travelling(s, reader, whole)
        with_bytes = [head for head in whole if isinstance(head.body, Attachment | Recording)]
        if with_bytes:
            # Heads of one file or recording differ in what is said of it; its bytes go once.
            media.append(_media(s, reader, with_bytes[0]))
        kept = revising.versions(reader, record)
        stubs += [
            Stub(record, version.sha, version.envelope.kind, list(version.envelope.parents))
            for version in kept
            if version.sha not in travelling and version.state == CURRENT
        ]
        stubs += _unknown_ancestors(record, kept)
    unique = {stub.sha256: stub for stub in reversed(stubs)}
    return Parcel(BundleRoot(interview, revisions, list(unique.values())), tuple(media), tuple(openings))


def _unknown_ancestors(record: str, kept: list[Version]) -> list[Stub]:
    """Ancestors that never were here themselves: handed on by hash, as they came."""
    here = {version.sha for version in kept}
    named = {sha for version in kept for sha in (*version.envelope.parents, *version.stored.ancestors)} - here
    return [Stub(record, sha, kept[0].envelope.kind) for sha in sorted(named)]


def _media(s: Session, reader: Reader, head: Version) -> BundleMedia:
    body = head.body
    envelope = head.envelope
    if not isinstance(body, Attachment | Recording):
        raise IntegrityError("file.bytes-missing")
    info = revising.media_of(s, reader, envelope.root, envelope.id, body.sha256)
    if info is None:
        raise IntegrityError("file.bytes-missing")
    return BundleMedia(
        record=envelope.id,
        root=envelope.root,
        sha256=info.sha256,
        size=info.size,
        open=partial(_open, s, info.media_id, revising.title_of(body)),
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


def _open(s: Session, media_id: str, name: str) -> _Named:
    try:
        return _Named(s.media.open(media_id), name)
    except IntegrityError as error:
        raise IntegrityError("sealing.damaged", name=name) from error
