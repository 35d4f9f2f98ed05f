"""Seal a bundle: everything is known and signed before the first byte of it is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from cairn.bundle import bag, custody_files, identity_files, manifest, outside, records, tar
from cairn.bundle.cards import read_card
from cairn.bundle.identity_files import BundleOpening
from cairn.bundle.padme import padded_size
from cairn.bundle.readme import render
from cairn.bundle.rehearsal import rehearse
from cairn.crypto.age import AgeWriter
from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.crypto.hashes import RunningSha256, random_bytes, sha256_hex
from cairn.crypto.pipeline import Behind, Lending
from cairn.crypto.streams import Sink, read_at_into, write_all
from cairn.custody import checkpoint as checkpoints
from cairn.custody.excerpt import Excerpt
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model import limits
from cairn.model.exchange import MediaEntry, Stub
from cairn.model.ids import RecordId, RootId, Sha256, is_sha256, new_id
from cairn.model.ports import Progress, no_progress
from cairn.paths import SteadyFile, free_bytes, machine_errors, patiently, require_file_size, sync_folder

_BUFFERS = 4
"""Pieces of the sealed file that may wait for their hash."""
_EACH = 2 * tar.BLOCK
"""Bytes at most that a file costs beside its content."""
_OTHERS = len(bag.TAGS) + len(bag.FIXED)
"""Files of every bundle, about."""


class MediaSource(Protocol):
    """Random access to an attachment's plain bytes, closed after use (`CobReader`).

    `read_into_at` is used where it exists.
    """

    size: int

    def read_at(self, offset: int, length: int, /) -> bytes: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Recipient:
    """Someone the bundle is for, and its place in the sequence from this sender to them."""

    keys: PublicKeys
    seq: int
    """From 1."""
    prev: str = ""
    """`Written.tagmanifest` of the bundle before; empty with the first."""


@dataclass(frozen=True)
class BundleRoot:
    """One root (an interview, a library or an office record): the revisions that travel, and the ancestors that
    don't."""

    id: RootId
    revisions: Sequence[tuple[bytes, bytes]]
    """(exact bytes, 64-byte signature)."""
    stubs: Sequence[Stub] = ()


@dataclass(frozen=True)
class BundleMedia:
    """One attachment's bytes. `size` and `sha256` are those the vault knows; what is read must fit.

    With `authentic` the source itself proves that its bytes are the ones that had `sha256`, and raises when they
    are not: they are not hashed a second time. Without, they are.
    """

    record: RecordId
    """Id of the attachment's record."""
    root: RootId
    sha256: Sha256
    size: int
    open: Callable[[], MediaSource]
    authentic: bool = False


@dataclass(frozen=True)
class BundlePlan:
    """Everything that goes into a bundle. What may leave was decided before this is made."""

    card: bytes
    """The sender's own card, exact bytes."""
    created: str
    """UTC, RFC 3339, seconds."""
    recipients: Sequence[Recipient]
    roots: Sequence[BundleRoot]
    media: Sequence[BundleMedia]
    custody: Excerpt
    """Of the sender's custody log: what of it travels."""
    openings: Sequence[BundleOpening] = ()
    """Of identities: sealed to the recipients' identity keys before anything else is done with them."""
    language: str = "en"
    """Of the headings in README.html."""
    bundle_id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Written:
    """A bundle that was written, whole."""

    bundle_id: str
    sha256: Sha256
    """Of the sealed file."""
    size: int
    """Of the sealed file, bytes."""
    tagmanifest: str
    """SHA-256 of the signed tag manifest: `prev` of the next bundle to the same recipients."""
    path: Path | None = None


def write_bundle(
    out: BinaryIO, plan: BundlePlan, keys: DeviceKeys, progress: Progress = no_progress
) -> Written:
    """Write a bundle to `out`, which is not closed.

    Progress counts plain bytes. Hashing what is written runs beside reading, encrypting and writing. Raises
    InputError `bundle.nothing`, `bundle.recipients`, `bundle.too-big`; IntegrityError
    `bundle.would-be-refused` when its own reader would refuse it, `bundle.source-altered` when an attachment is no longer what its record says, and what the source
    raises; MachineError. What was written to `out` until then is no bundle: remove it.
    """
    return _Sealing(plan, keys).write(out, progress)


def seal_to_folder(
    folder: Path,
    plan: BundlePlan,
    keys: DeviceKeys,
    progress: Progress = no_progress,
    *,
    before_naming: Callable[[Written], None] = lambda _written: None,
) -> Written:
    """Write a bundle into `folder` under a name of 16 random hex digits and `.age`.

    The name appears when the file is whole and durable, and `before_naming` has returned: what notes that a
    bundle leaves. On any failure or when cancelled nothing is left. Raises as `write_bundle`; MachineError
    `machine.disk-full` or `machine.file-too-big` at once where it can't lie.
    """
    sealing = _Sealing(plan, keys)
    if free_bytes(folder) < sealing.sealed_size:
        raise MachineError("machine.disk-full")
    require_file_size(folder, sealing.sealed_size)
    path = folder / f"{random_bytes(8).hex()}.age"
    part = path.with_suffix(".part")
    with machine_errors():
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                written = replace(sealing.write(SteadyFile(file), progress), path=path)
                os.fsync(file.fileno())
            before_naming(written)
            patiently(lambda: os.rename(part, path))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(folder)
    return written


def estimate(sizes: Sequence[int], recipients: int) -> int:
    """About how large the sealed file becomes, from the sizes in bytes of what goes into it."""
    plain = padded_size(sum(sizes) + _EACH * (len(sizes) + _OTHERS))
    return outside.sealed_size(plain, max(recipients, outside.PAD_TO))


class _Hashed:
    """Hashes, on another thread, and counts what it passes on to a file.

    It is handed pieces of a ring of `_BUFFERS`: what it returned from stays as it is for as many less one.
    """

    def __init__(self, out: Sink, hashing: Behind) -> None:
        self._out = out
        self._hashing = hashing
        self._lending = Lending(hashing, _BUFFERS)
        self.hash = RunningSha256()
        self.size = 0

    def write(self, data: bytes | memoryview, /) -> None:
        self._hashing.do(self.hash.update, data, lent=True)
        self.size += len(data)
        write_all(self._out, data)
        self._lending.turn()


class _Sealing:
    """A plan made ready: all small files in memory, the manifests signed, the exact size known."""

    def __init__(self, plan: BundlePlan, keys: DeviceKeys) -> None:
        _check(plan, keys)
        self._plan = plan
        small = _small_payload(plan)
        sizes = [len(data) for _, data in small] + [media.size for media in plan.media]
        listed = [bag.Listed(name, sha256_hex(data)) for name, data in small]
        listed += [bag.Listed(bag.media_name(n + 1), m.sha256) for n, m in enumerate(plan.media)]
        head = manifest.write_head(_head(plan, keys, sizes))
        tags = {
            bag.BAGIT: bag.BAGIT_TXT,
            bag.HEAD: head,
            bag.INFO: bag.bag_info(plan.bundle_id, plan.created, sum(sizes), len(sizes)),
            bag.SENDER: plan.card,
            bag.MANIFEST: bag.write_manifest(listed),
        }
        signed = bag.write_manifest([bag.Listed(name, sha256_hex(tags[name])) for name in bag.SIGNED_TAGS])
        tags[bag.TAGMANIFEST] = signed
        tags[bag.SIGNATURE] = keys.sign_text(bag.NAMESPACE, signed)
        tags[bag.SIGNATURE_PQ] = keys.sign_text_pq(bag.NAMESPACE, signed)
        rehearse(tags, small, keys.public)
        self._tagmanifest = sha256_hex(signed)
        self._files = [(bag.ROOT + name, tags[name]) for name in bag.TAGS]
        self._files += [(bag.ROOT + name, data) for name, data in small]
        length = sum(tar.span(name, len(data)) for name, data in self._files) + len(tar.END)
        length += sum(tar.span(bag.ROOT + bag.media_name(n + 1), m.size) for n, m in enumerate(plan.media))
        self._length = length
        self._padded = padded_size(length)
        self.sealed_size = outside.sealed_size(self._padded, max(len(plan.recipients), outside.PAD_TO))

    def write(self, out: Sink, progress: Progress) -> Written:
        done = 0
        progress(0, self._padded)
        with Behind() as hashing:
            target = _Hashed(out, hashing)
            recipients = [to.keys.recipient for to in self._plan.recipients]
            age = AgeWriter(target, recipients, pad=outside.PAD_TO, buffers=_BUFFERS)
            for piece in self._pieces():
                age.write(piece)
                done += len(piece)
                progress(done, self._padded)
            age.finish()
            hashing.wait()
        return Written(self._plan.bundle_id, target.hash.hexdigest(), target.size, self._tagmanifest)

    def _pieces(self) -> Iterator[bytes | memoryview]:
        """The padded tar, in pieces of at most about a megabyte, each good until the next is asked for."""
        held = bytearray()
        for name, data in self._files:
            held += tar.header(name, len(data))
            for start in range(0, len(data), bag.PIECE):
                held += data[start : start + bag.PIECE]
                if len(held) >= bag.PIECE:
                    yield bytes(held)
                    held.clear()
            held += tar.filler(len(data))
        yield bytes(held)
        for number, media in enumerate(self._plan.media, 1):
            yield tar.header(bag.ROOT + bag.media_name(number), media.size)
            yield from _verified(media)
            if filler := tar.filler(media.size):
                yield filler
        yield tar.END
        left = self._padded - self._length
        zeros = bytes(min(left, bag.PIECE))
        while left:
            yield zeros[: min(left, bag.PIECE)]
            left -= min(left, bag.PIECE)


def _verified(media: BundleMedia) -> Iterator[memoryview]:
    """The bytes of an attachment, held against what was signed about them."""
    found = None if media.authentic else RunningSha256()
    buffer = memoryview(bytearray(min(bag.PIECE, media.size)))
    with closing(media.open()) as source:
        if source.size != media.size:
            raise IntegrityError("bundle.source-altered")
        for offset in range(0, media.size, bag.PIECE):
            piece = buffer[: min(bag.PIECE, media.size - offset)]
            if read_at_into(source, offset, piece) != len(piece):
                raise IntegrityError("bundle.source-altered")
            if found is not None:
                found.update(piece)
            yield piece
    if found is not None and found.hexdigest() != media.sha256:
        raise IntegrityError("bundle.source-altered")


def _small_payload(plan: BundlePlan) -> list[tuple[str, bytes]]:
    """All payload files but media, in their order."""
    roots = [records.write_records(each.revisions, each.stubs) for each in plan.roots]
    index = [
        MediaEntry(bag.media_name(n + 1), m.sha256, m.size, m.record, m.root)
        for n, m in enumerate(plan.media)
    ]
    readme = render(
        card=read_card(plan.card),
        created=plan.created,
        bundle_id=plan.bundle_id,
        roots=[[data for data, _ in each.revisions] for each in plan.roots],
        media=index,
        language=plan.language,
    )
    return [
        (bag.README, readme),
        *custody_files.write(plan.custody),
        *((bag.records_name(n + 1), data) for n, data in enumerate(roots)),
        *identity_files.write(plan.openings, [to.keys.identity_recipient for to in plan.recipients]),
        (bag.MEDIA_INDEX, records.write_media_index(index)),
    ]


def _head(plan: BundlePlan, keys: DeviceKeys, sizes: list[int]) -> manifest.BundleJson:
    pinned = checkpoints.parse(plan.custody.checkpoint.text)
    return manifest.BundleJson(
        format=manifest.FORMAT,
        bundle_id=plan.bundle_id,
        sender=keys.fingerprint,
        created=plan.created,
        clock="unverified",
        recipients=[manifest.Addressee(to.keys.fingerprint, to.seq, to.prev) for to in plan.recipients],
        payload_octets=sum(sizes),
        payload_files=len(sizes),
        payload_sizes=sizes,
        custody=manifest.CustodyHead(keys.fingerprint, pinned.size, pinned.root),
    )


def _check(plan: BundlePlan, keys: DeviceKeys) -> None:
    """Refuse plans that the reader would refuse; what only a bug can cause is a ValueError."""
    if not plan.roots:
        raise InputError("bundle.nothing")
    fingerprints = {to.keys.fingerprint for to in plan.recipients}
    if not 1 <= len(plan.recipients) <= limits.RECIPIENTS.most or len(fingerprints) != len(plan.recipients):
        raise InputError("bundle.recipients", most=limits.RECIPIENTS.most)
    if read_card(plan.card).fingerprint != keys.fingerprint:
        raise ValueError("the card is not of these keys")
    if any(to.seq < 1 or (is_sha256(to.prev) != (to.seq > 1)) for to in plan.recipients):
        raise ValueError("sequence without its previous bundle")
