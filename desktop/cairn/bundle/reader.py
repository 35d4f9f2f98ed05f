"""Open a bundle as a stream: first everything that is signed, then the payload file by file.

Nothing of the payload is handed on before the head, the manifests and both signatures were checked
against the enclosed card, and nothing at all is written anywhere. What a caller makes of a payload file
becomes final only after `finish`: until then the bundle may still turn out to be cut short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

from cairn.bundle import bag, manifest, outside, tar
from cairn.bundle.cards import card_keys, read_card
from cairn.bundle.padme import padded_size
from cairn.crypto.age import AgeReader, Identity
from cairn.crypto.hashes import RunningSha256, equal, sha256_hex
from cairn.crypto.pipeline import Behind, Lending
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.model.contacts import Card
from cairn.model.ids import Fingerprint, Sha256
from cairn.model.ports import Progress, no_progress

_ZEROS = bytes(bag.PIECE)
_BUFFERS = 4
"""Batches of plaintext that may wait for their hash."""


Admit = Callable[[Card, Sha256], object]
"""Given the card that a bundle is signed with, and the SHA-256 of its signed tag manifest; raises to refuse it."""


def _anybody(_card: Card, _tagmanifest: Sha256) -> None:
    return


@dataclass(frozen=True)
class Head:
    """What is known of a bundle, and verified, before its payload."""

    bundle_id: str
    sender: Card
    """As its own card says. The signatures are by its keys; who that is, the words tell."""
    card: bytes
    """The exact bytes of the sender's card."""
    recipients: tuple[manifest.Addressee, ...]
    created: str
    payload_octets: int
    payload_files: int
    files: tuple[tuple[bag.Listed, int], ...]
    """Name, SHA-256 and size of each payload file, in order."""
    custody: manifest.CustodyHead
    tagmanifest: str
    """SHA-256 of the signed tag manifest: what the next bundle names as `prev`."""

    def addressee(self, fingerprint: Fingerprint) -> manifest.Addressee | None:
        """The entry of the recipient with that card, or None when the sender did not address it.

        None although the file could be decrypted means that someone else passed the bundle on.
        """
        return next((to for to in self.recipients if to.fingerprint == fingerprint), None)


class PayloadFile:
    """One payload file while it passes by."""

    def __init__(self, reader: BundleReader, listed: bag.Listed, size: int) -> None:
        self.name = listed.name
        """Without `bundle/`: `data/media/000001`."""
        self.size = size
        self.sha256 = listed.sha256
        self._reader = reader
        self._left = size
        self._found = RunningSha256()
        self._started = False
        self.verified = False
        """Whether all bytes passed and their hash was right."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes, in pieces of at most 1 MiB, once.

        Raises IntegrityError `bundle.hash-wrong` after the last piece unless the whole is what was
        signed: keep nothing of it before this iterator has ended by itself.
        """
        for piece in self.views():
            yield bytes(piece)

    def views(self) -> Iterator[memoryview]:
        """As `chunks`, not copied: each piece is good until the next is asked for."""
        if self._started:
            raise ValueError("a payload file passes by once")
        self._started = True
        for piece in self._pieces():
            self._reader.report()
            yield piece
        self._reader.report()

    def drain(self) -> None:
        """Read what is left, so that the hash is checked also for bytes that nobody wanted."""
        self._started = True
        if not self.verified:
            for _ in self._pieces():
                self._reader.report()

    def _pieces(self) -> Iterator[memoryview]:
        # All state is in self, so that another iterator goes on where an abandoned one stopped.
        while self._left:
            piece = self._reader.read_some(min(self._left, bag.PIECE))
            if (
                not piece
            ):  # not covered: the file's length was held against the head, so age has said it before
                raise IntegrityError("bundle.truncated")
            self._left -= len(piece)
            self._reader.hash(self._found, piece)
            yield piece
        if not self.verified:
            self._reader.hash_settled()
            if not equal(self._found.digest(), bytes.fromhex(self.sha256)):
                raise IntegrityError("bundle.hash-wrong")
            filler = tar.filler(self.size)
            if self._reader.read(len(filler)) != filler:
                raise InputError("bundle.malformed")
            self.verified = True


class BundleReader:
    """An open bundle. Making it reads and verifies everything up to the payload.

    `src` is a seekable binary file at the bundle's first byte; it is not closed here. Raises InputError
    `bundle.not-for-us`, `bundle.malformed`, `bundle.newer`, `bundle.too-big`, `bundle.encryption`;
    IntegrityError `bundle.altered`, `bundle.truncated`, `bundle.signature-bad`, `bundle.sender-wrong`,
    `bundle.hash-wrong`; MachineError. While payload passes also IntegrityError `bundle.extra-file`,
    `bundle.missing-file`, `bundle.reordered`, `bundle.size-wrong`, `bundle.padding`,
    `bundle.trailing-data`.
    """

    def __init__(
        self,
        src: BinaryIO,
        identities: Identity | Sequence[Identity],
        *,
        admit: Admit = _anybody,
        progress: Progress = no_progress,
    ) -> None:
        """`admit` is asked as soon as the signatures say whose bundle it is, before any JSON in it is read; what it
        raises refuses the bundle.
        """
        self._progress = progress
        self._done = 0
        self._total: int | None = None
        self._hashing: Behind | None = None
        self._lending: Lending | None = None
        self.complete = False
        """Whether the whole bundle was read and every check passed."""
        self._outside = outside.check(src)
        every = identities if isinstance(identities, Sequence) else [identities]
        with self._age_errors():
            self._age = AgeReader(src, every, buffers=_BUFFERS, reuse=self._turn)
        tags = {name: self._tag(name) for name in bag.TAGS}
        self.head = verified_head(tags, admit)
        self._length = sum(tar.span(bag.ROOT + name, len(data)) for name, data in tags.items()) + sum(
            tar.span(bag.ROOT + listed.name, size) for listed, size in self.head.files
        )
        self._length += len(tar.END)
        self._total = padded_size(self._length)
        self._check_size(self._total)
        # From here on another thread hashes while this one decrypts and uses what comes.
        self._hashing = Behind()
        self._lending = Lending(self._hashing, _BUFFERS)
        self._payload = self._files()

    def payload(self) -> Iterator[PayloadFile]:
        """The payload files in order. Each must be used before the next is asked for.

        After the last one the end of the bundle is checked, as by `finish`.
        """
        return self._payload

    def finish(self) -> None:
        """Read to the end, and check what was left: hashes of files nobody wanted, padding, the end itself."""
        for _ in self._payload:
            pass  # each is drained before the next comes
        if not self.complete:
            raise IntegrityError("bundle.truncated")

    def close(self) -> None:
        """End the thread that hashes. Idempotent; the source stays open, and nothing more can be verified."""
        if self._hashing is not None:
            self._hashing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, size: int, /) -> bytes:
        """Exactly `size` plain bytes; fewer only at the bundle's end. For the files of this reader."""
        with self._age_errors():
            data = self._age.read(size)
            # A short read may only mean that the next one fails, with the reason.
            if len(data) < size and self._age.read(1):  # not covered: it is the second read that raises
                raise IntegrityError("bundle.altered")
        self._done += len(data)
        return data

    def read_some(self, size: int, /) -> memoryview:
        """Up to `size` plain bytes, as they are ready, lent until the next are read; none only at the end.

        For the files of this reader.
        """
        with self._age_errors():
            data = self._age.read_view(size)
        self._done += len(data)
        return data

    def hash(self, state: RunningSha256, piece: memoryview, /) -> None:
        """Let `state` take in a piece, beside what is done with it meanwhile. For the files of this reader."""
        if self._hashing is None:
            raise ValueError("the head was not read")
        self._hashing.do(state.update, piece, lent=True)

    def hash_settled(self) -> None:
        """Return when every piece was taken in. For the files of this reader."""
        if self._hashing is not None:
            self._hashing.wait()

    def _turn(self) -> None:
        """Before a buffer is decrypted into again, what was lent of it has been hashed."""
        if self._lending is not None:
            self._lending.turn()

    def report(self) -> None:
        """Tell the Progress how far reading has come. For the files of this reader."""
        self._progress(self._done, self._total)

    def _check_size(self, plain: int) -> None:
        """The signed head says how long the file must be: a copy that broke off is known before its payload."""
        expected = outside.sealed_size(plain, len(self._outside.stanzas))
        if self._outside.size < expected:
            raise IntegrityError("bundle.truncated")
        if self._outside.size > expected:
            raise IntegrityError("bundle.trailing-data")

    @contextmanager
    def _age_errors(self) -> Iterator[None]:
        try:
            yield
        except CairnError as error:
            if error.code == "age.no-match":
                raise InputError("bundle.not-for-us") from error
            if error.code == "age.payload-truncated" or (
                error.code == "age.payload-altered" and not self._outside.plausible
            ):
                raise IntegrityError("bundle.truncated") from error
            if error.code in ("age.header-mac", "age.payload-altered"):
                raise IntegrityError("bundle.altered") from error
            if error.code.startswith("age."):
                raise InputError("bundle.malformed") from error
            raise

    def _tag(self, name: str) -> bytes:
        entry = tar.read_header(self)
        if entry is None or entry.name != bag.ROOT + name:
            raise InputError("bundle.malformed")
        bag.CAPS[name].require(entry.size)
        data = self.read(entry.size)
        filler = tar.filler(entry.size)
        if len(data) != entry.size or self.read(len(filler)) != filler:
            raise IntegrityError("bundle.truncated")
        if name == bag.HEAD:
            manifest.require_format(data)  # a newer one is named before anything of it is taken for damage
        return data

    def _files(self) -> Iterator[PayloadFile]:
        later = {bag.ROOT + listed.name for listed, _ in self.head.files}
        for listed, size in self.head.files:
            entry = tar.read_header(self)
            if entry is None:
                raise IntegrityError("bundle.missing-file")
            if entry.name not in later:
                raise IntegrityError("bundle.extra-file")
            if entry.name != bag.ROOT + listed.name:
                raise IntegrityError("bundle.reordered")
            if entry.size != size:
                raise IntegrityError("bundle.size-wrong")
            later.remove(entry.name)
            file = PayloadFile(self, listed, size)
            yield file
            file.drain()
        if tar.read_header(self) is not None:
            raise IntegrityError("bundle.extra-file")
        self._padding()
        self.close()
        self.complete = True

    def _padding(self) -> None:
        left = padded_size(self._length) - self._length
        while piece := self.read(min(left, bag.PIECE)) if left else b"":
            if piece != _ZEROS[: len(piece)]:
                raise IntegrityError("bundle.trailing-data")
            left -= len(piece)
            self.report()
        if left:  # not covered: the file's length was held against the head
            raise IntegrityError("bundle.padding")
        # Reading past the end makes the age layer check its last chunk and that nothing follows it.
        if self.read(1):  # not covered: the file's length was held against the head
            raise IntegrityError("bundle.padding")


def verified_head(tags: dict[str, bytes], admit: Admit = _anybody) -> Head:
    """What the tag files say, all of them given: signatures are checked first, then who has made them, then what they
    cover.

    Raises InputError `bundle.malformed`, `bundle.newer`, `bundle.too-big`; IntegrityError `bundle.signature-bad`,
    `bundle.hash-wrong`, `bundle.sender-wrong`.
    """
    card = _signer(tags)
    signed = tags[bag.TAGMANIFEST]
    admit(card, sha256_hex(signed))
    listed = bag.read_manifest(signed)
    if tuple(line.name for line in listed) != bag.SIGNED_TAGS:
        raise InputError("bundle.malformed")
    if any(sha256_hex(tags[line.name]) != line.sha256 for line in listed):
        raise IntegrityError("bundle.hash-wrong")
    lines = bag.read_manifest(tags[bag.MANIFEST])
    head = manifest.read_head(tags[bag.HEAD], len(lines))
    if head.sender != card.fingerprint:
        raise IntegrityError("bundle.sender-wrong")
    bag.check_payload_order([line.name for line in lines])
    info = bag.bag_info(head.bundle_id, head.created, head.payload_octets, head.payload_files)
    if tags[bag.BAGIT] != bag.BAGIT_TXT or tags[bag.INFO] != info or len(lines) != head.payload_files:
        raise InputError("bundle.malformed")
    return Head(
        bundle_id=head.bundle_id,
        sender=card,
        card=tags[bag.SENDER],
        recipients=tuple(head.recipients),
        created=head.created,
        payload_octets=head.payload_octets,
        payload_files=head.payload_files,
        files=tuple(zip(lines, head.payload_sizes, strict=True)),
        custody=head.custody,
        tagmanifest=sha256_hex(signed),
    )


def _signer(tags: dict[str, bytes]) -> Card:
    try:
        card = read_card(tags[bag.SENDER])
        keys = card_keys(card)
        keys.verify_text(bag.NAMESPACE, tags[bag.TAGMANIFEST], tags[bag.SIGNATURE])
        keys.verify_text_pq(bag.NAMESPACE, tags[bag.TAGMANIFEST], tags[bag.SIGNATURE_PQ])
    except IntegrityError as error:
        raise IntegrityError("bundle.signature-bad") from error
    except InputError as error:
        raise InputError("bundle.malformed") from error
    return card
