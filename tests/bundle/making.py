"""Makes bundles for tests: real keys, real records, real custody log; and takes them apart to be spoilt."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

import begun
from cairn.bundle import bag, tar
from cairn.bundle.cards import write_card
from cairn.bundle.padme import padded_size
from cairn.bundle.reader import BundleReader, Head
from cairn.bundle.writer import (
    BundleMedia,
    BundlePlan,
    BundleRoot,
    Recipient,
    Written,
    write_bundle,
)
from cairn.crypto.age import AgeReader, AgeWriter
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256, sha256_hex
from cairn.custody import checkpoint as checkpoints
from cairn.custody import excerpt, log, tree
from cairn.custody.excerpt import Excerpt
from cairn.custody.memory import MemoryRows
from cairn.model.agreement import agreed_to
from cairn.model.exchange import Stub
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.envelope import decode, encode
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.model.time.understanding import understood

TIME = "2026-11-22T03:00:00Z"


@cache
def sender() -> DeviceKeys:
    return DeviceKeys.generate()[0]


@cache
def office() -> DeviceKeys:
    return DeviceKeys.generate()[0]


@cache
def stranger() -> DeviceKeys:
    return DeviceKeys.generate()[0]


@cache
def card(keys: DeviceKeys) -> bytes:
    return write_card(keys, label="현장 7", role="field", created="2026-11-22")


@dataclass
class Bytes:
    """An attachment's source in memory; remembers whether it was closed."""

    data: bytes
    closed: bool = field(default=False)

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, length: int, /) -> bytes:
        return self.data[offset : offset + length]

    def close(self) -> None:
        self.closed = True


def revision(
    body: Body,
    *,
    root: str = "",
    id: str = "",
    keys: DeviceKeys | None = None,
    parents: Sequence[str] = (),
    reason: str = "",
    final: bool = False,
    v: int = 0,
    about: Sequence[str] = (),
) -> tuple[bytes, bytes]:
    """(exact bytes, signature) of a new revision: of the record `id`, or of a new one of `root`."""
    keys = keys or sender()
    is_root = registry.of_body(body).is_root
    envelope = begun.envelope(
        body,
        keys=keys,
        record=id or (root if is_root else ""),
        root=root,
        parents=parents,
        v=v,
        author="박 기록",
        created=TIME,
        reason=reason,
        final=final,
        about=about,
    )
    data = encode(envelope)
    return data, keys.sign_revision(sha256(data))


def custody(
    keys: DeviceKeys,
    revisions: Sequence[tuple[bytes, bytes]] = (),
    *,
    before: int = 3,
    heads: Sequence[int] = (),
    rows: MemoryRows | None = None,
) -> Excerpt:
    """What travels of a custody log with some entries that stay, then one for each of the device's revisions."""
    rows = MemoryRows() if rows is None else rows
    at: dict[str, Any] = {"device": keys.fingerprint, "author": "박", "at": TIME}
    for _ in range(before):
        log.append(rows, act="backup", obj="", root="", detail={}, **at)
    told = []
    for data, _ in revisions:
        envelope = decode(data)
        detail = {"revision": sha256_hex(data), "state": "current", "kind": envelope.kind}
        made = log.append(rows, act="record.revise", obj=envelope.id, root=envelope.root, detail=detail, **at)
        told.append((made.seq, *(rows.payload(made.seq) or (b"", b""))))
    size = rows.size()
    signed = checkpoints.sign(keys, size, tree.root(size, rows.node).hex(), TIME)
    return excerpt.take(rows, signed, told, heads)


FILES = {"국경 사진.jpg": b"\xff\xd8" + bytes(range(256)) * 40, "empty.txt": b"", "소리.ogg": b"OggS" * 3000}


def plan(
    files: Mapping[str, bytes] | None = None,
    *,
    keys: DeviceKeys | None = None,
    to: Sequence[DeviceKeys] | None = None,
    sources: Callable[[bytes], object] = Bytes,
    language: str = "ko",
) -> BundlePlan:
    """A plan with one interview in Korean, a consent, a note, a stub and some files."""
    keys = keys or sender()
    interview = begun.root(keys)
    note = begun.part(keys, interview, "note")
    old = sha256_hex(b"an older revision of the note")
    made = [
        revision(
            Interview(
                title="W-017 압록강",
                date=understood("2009년 겨울?").told,
                place="신의주",
                languages=["ko", "zh"],
                people=[Person("증인 가", "told"), Person("최", "interpreter")],
                summary="국경을 건넘.",
                account="첫째 날.\n<script>alert(1)</script> & 'quoted' \"text\"\n둘째 날.",
            ),
            root=interview,
            keys=keys,
        ),
        revision(agreed_to(choice="share", given="말로, 녹음함"), root=interview, keys=keys),
        revision(
            Note(text="손이 떨렸다."),
            root=interview,
            id=note,
            keys=keys,
            parents=[old],
            reason="고침",
        ),
    ]
    media = []
    for name, data in (FILES if files is None else files).items():
        record = begun.part(keys, interview, "attachment")
        attachment = Attachment(
            name=name, size=len(data), sha256=sha256_hex(data), type="image/jpeg", media="ab" * 16
        )
        made.append(revision(attachment, root=interview, id=record, keys=keys))
        media.append(
            BundleMedia(record, interview, sha256_hex(data), len(data), lambda data=data: sources(data))  # type: ignore[misc]
        )
    return BundlePlan(
        card=card(keys),
        created=TIME,
        recipients=[Recipient(each.public, 1) for each in (to or [office()])],
        roots=[BundleRoot(interview, made, [Stub(note, old, "note", [])])],
        media=media,
        custody=custody(keys, made),
        language=language,
    )


def sealed(made: BundlePlan, keys: DeviceKeys | None = None) -> tuple[bytes, Written]:
    out = io.BytesIO()
    written = write_bundle(out, made, keys or sender())
    return out.getvalue(), written


@cache
def sample() -> bytes:
    """One good bundle, shared by the tests that spoil it."""
    return sealed(plan())[0]


@cache
def sample_tar() -> bytes:
    return plaintext(sample())


def plaintext(bundle: bytes, keys: DeviceKeys | None = None) -> bytes:
    return AgeReader(io.BytesIO(bundle), [(keys or office()).age_identity]).readall()


def encrypted(plain: bytes, to: DeviceKeys | None = None) -> bytes:
    out = io.BytesIO()
    age = AgeWriter(out, [(to or office()).public.recipient], pad=4)
    age.write(plain)
    age.finish()
    return out.getvalue()


def entries(plain: bytes) -> list[tuple[str, bytes]]:
    """The files of a tar, by the standard library's reader: a second opinion about the form."""
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
        found = []
        for member in archive.getmembers():
            content = archive.extractfile(member)
            found.append((member.name, content.read() if content else b""))
        return found


def repacked(files: Sequence[tuple[str, bytes]], *, tail: bytes = b"", pad: bool = True) -> bytes:
    """The tar of these files, padded as a bundle's."""
    plain = b"".join(tar.header(name, len(data)) + data + tar.filler(len(data)) for name, data in files)
    plain += tar.END + tail
    return plain.ljust(padded_size(len(plain)), b"\0") if pad else plain


def resigned(files: Mapping[str, bytes], keys: DeviceKeys | None = None) -> list[tuple[str, bytes]]:
    """Recompute manifests, sizes and signatures, as a sender who means harm could."""
    keys = keys or sender()
    found = dict(files)
    payload = [name for name in found if name.startswith("bundle/data/")]
    listed = [bag.Listed(name.removeprefix(bag.ROOT), sha256_hex(found[name])) for name in payload]
    head = msgspec.json.decode(found[bag.ROOT + bag.HEAD])
    sizes = [len(found[name]) for name in payload]
    head |= {"payload_sizes": sizes, "payload_octets": sum(sizes), "payload_files": len(sizes)}
    found[bag.ROOT + bag.HEAD] = msgspec.json.encode(head)
    found[bag.ROOT + bag.INFO] = bag.bag_info(head["bundle_id"], head["created"], sum(sizes), len(sizes))
    found[bag.ROOT + bag.MANIFEST] = bag.write_manifest(listed)
    return list(signed_anew(found, keys).items())


def signed_anew(files: Mapping[str, bytes], keys: DeviceKeys | None = None) -> dict[str, bytes]:
    """Only the tag manifest and its signatures made anew, over whatever the tag files say."""
    keys = keys or sender()
    found = dict(files)
    tags = [bag.Listed(name, sha256_hex(found[bag.ROOT + name])) for name in bag.SIGNED_TAGS]
    text = bag.write_manifest(tags)
    found[bag.ROOT + bag.TAGMANIFEST] = text
    found[bag.ROOT + bag.SIGNATURE] = keys.sign_text(bag.NAMESPACE, text)
    found[bag.ROOT + bag.SIGNATURE_PQ] = keys.sign_text_pq(bag.NAMESPACE, text)
    return found


@dataclass
class Opened:
    """What reading a bundle gave before it ended, or failed."""

    head: Head | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    complete: bool = False


def opened(bundle: bytes, keys: DeviceKeys | None = None, into: Opened | None = None) -> Opened:
    """Read a bundle to its end. Payload bytes land in `into` as they come, also when reading fails."""
    found = into or Opened()
    with BundleReader(io.BytesIO(bundle), (keys or office()).age_identity) as reader:
        found.head = reader.head
        for file in reader.payload():
            found.files[file.name] = b""
            for piece in file.chunks():
                found.files[file.name] += piece
        reader.finish()
        found.complete = reader.complete
    return found


__all__ = [name for name in dir() if not name.startswith("_") and name not in ("annotations", "manifest")]
