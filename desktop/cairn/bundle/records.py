"""The files of lines inside a bundle: a root's revisions, the media index."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

from cairn.bundle import bag
from cairn.crypto import record_ids
from cairn.crypto.hashes import sha256_hex
from cairn.crypto.ssh.wire import decode_base64
from cairn.errors import InputError
from cairn.model import limits, strict_json
from cairn.model.exchange import IncomingRevision, MediaEntry, Stub
from cairn.model.ids import Fingerprint, RevisionHash, RootId, is_id, is_sha256
from cairn.model.kinds.envelope import decode

_STUB = b'{"stub":'
_T = TypeVar("_T")


class Lines(Protocol):
    """A payload file of the reader, or anything else that gives its bytes in pieces."""

    @property
    def size(self) -> int: ...
    def chunks(self) -> Iterator[bytes | memoryview]: ...


class RootRecords(msgspec.Struct, frozen=True):
    """What one file of `data/records/` holds."""

    root: RootId
    revisions: list[IncomingRevision]
    stubs: list[Stub]


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sha256: RevisionHash
    device: Fingerprint
    ed25519: str


class _StubLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stub: Stub


class _SignatureLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sig: _Signature


def write_records(revisions: Sequence[tuple[bytes, bytes]], stubs: Sequence[Stub]) -> bytes:
    """The file of one root: each (exact bytes, signature) as two lines, then the stubs."""
    lines: list[bytes] = []
    for data, signature in revisions:
        envelope = decode(data)
        text = base64.b64encode(signature).decode("ascii")
        lines.append(data)
        lines.append(
            msgspec.json.encode(
                _SignatureLine(
                    _Signature(sha256=RevisionHash(sha256_hex(data)), device=envelope.device, ed25519=text)
                )
            )
        )
    lines.extend(msgspec.json.encode(_StubLine(stub)) for stub in stubs)
    return b"".join(line + b"\n" for line in lines)


def read_records(file: Lines) -> RootRecords:
    """Read the file of one root (an interview, a library or an office record); it is returned only when the whole file's hash was right.

    Signatures of revisions are carried along, not checked: whose they must be is for `intake` to say.
    Raises InputError `bundle.malformed`, `bundle.too-big`, and what reading the file raises.
    """
    revisions: list[IncomingRevision] = []
    stubs: list[Stub] = []
    pending: bytes | None = None
    for line in lines_of(file, limits.RECORDS_FILE):
        if pending is not None:
            revisions.append(_signed(pending, parse_line(line, _SignatureLine).sig))
            pending = None
        elif line.startswith(_STUB):
            stubs.append(_checked_stub(parse_line(line, _StubLine).stub))
        elif stubs:
            raise InputError("bundle.malformed")
        else:
            pending = line
    roots = {revision.envelope.root for revision in revisions}
    # A record that stays is not told of, not even by hash.
    strays = {stub.id for stub in stubs} - {revision.envelope.id for revision in revisions}
    names = [revision.sha256 for revision in revisions] + [stub.sha256 for stub in stubs]
    if pending is not None or len(roots) != 1 or len(set(names)) != len(names) or strays:
        raise InputError("bundle.malformed")
    return RootRecords(roots.pop(), revisions, stubs)


def require_amounts(revisions: Sequence[IncomingRevision], stubs: Sequence[Stub]) -> None:
    """A sender's heads of one record are few; deciding about very many would take time that grows with their square.

    Raises InputError `bundle.too-big`.
    """
    limits.VERSIONS.require(max(Counter(each.envelope.id for each in revisions).values(), default=0))
    limits.STUBS.require(max(Counter(stub.id for stub in stubs).values(), default=0))


def write_media_index(entries: Sequence[MediaEntry]) -> bytes:
    """`data/records/media.jsonl`: one line for each file of `data/media/`, in order."""
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def read_media_index(file: Lines, listed: Sequence[tuple[bag.Listed, int]]) -> list[MediaEntry]:
    """Read the media index and check it against the signed names, hashes and sizes.

    Raises InputError `bundle.malformed`.
    """
    entries = [parse_line(line, MediaEntry) for line in lines_of(file, limits.MEDIA_INDEX)]
    said = [(entry.file, entry.sha256, entry.size) for entry in entries]
    signed = [(line.name, line.sha256, size) for line, size in listed if bag.is_media(line.name)]
    records = {entry.record for entry in entries}
    ids = all(is_id(entry.record) and is_id(entry.root) for entry in entries)
    if said != signed or len(records) != len(entries) or not ids:
        raise InputError("bundle.malformed")
    return entries


def _signed(data: bytes, signature: _Signature) -> IncomingRevision:
    try:
        envelope = decode(data)
        record_ids.check(envelope)
        raw = decode_base64(signature.ed25519)
    except (InputError, ValueError) as error:
        raise InputError("bundle.malformed") from error
    name = RevisionHash(sha256_hex(data))
    if signature.sha256 != name or signature.device != envelope.device or len(raw) != 64:
        raise InputError("bundle.malformed")
    return IncomingRevision(data=data, sha256=name, envelope=envelope, signature=raw)


def _checked_stub(stub: Stub) -> Stub:
    well_formed = (
        is_id(stub.id)
        and is_sha256(stub.sha256)
        and 0 < len(stub.kind) <= 40
        and limits.STUB_PARENTS.allows(len(stub.parents))
        and all(is_sha256(parent) for parent in stub.parents)
        and stub.sha256 not in stub.parents
    )
    if not well_formed:
        raise InputError("bundle.malformed")
    return stub


def parse_line(line: bytes, kind: Callable[..., _T] | type[_T]) -> _T:
    """One line as JSON of one kind, no key twice. Raises InputError `bundle.malformed`, `bundle.too-big`."""
    try:
        strict_json.require(line)
        parsed: _T = msgspec.json.decode(line, type=kind)
    except strict_json.TooMuch as error:
        raise InputError("bundle.too-big") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError("bundle.malformed") from error
    return parsed


def lines_of(file: Lines, most: limits.Limit) -> Iterator[bytes]:
    """Lines without their newlines; every line must have one. Bounded in length and number.

    Raises InputError `bundle.malformed`, `bundle.too-big`, and what reading the file raises.
    """
    most.require(file.size)
    rest = b""
    count = 0
    for chunk in file.chunks():
        pieces = (rest + bytes(chunk)).split(b"\n")
        rest = pieces.pop()
        count += len(pieces)
        limits.REVISION.require(max(map(len, (rest, *pieces))))
        limits.LINES.require(count)
        yield from pieces
    if rest:
        raise InputError("bundle.malformed")
