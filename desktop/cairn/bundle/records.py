"""The files of lines inside a bundle: an interview's revisions, the media index, custody payloads."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

from cairn.bundle import bag
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError
from cairn.model.exchange import IncomingRevision, MediaEntry, Stub
from cairn.model.ids import is_id, is_sha256
from cairn.model.records import MAX_REVISION_BYTES, decode, refuse_duplicate_keys

MAX_RECORDS_FILE = 128 * 1024 * 1024
"""Greatest file of one interview: it is held in memory until its hash is known to be right."""
MAX_LINES = 1_000_000

_STUB = b'{"stub":'
_SIG = b'{"sig":'
_T = TypeVar("_T")


class Lines(Protocol):
    """A payload file of the reader, or anything else that gives its bytes in pieces."""

    @property
    def size(self) -> int: ...
    def chunks(self) -> Iterator[bytes | memoryview]: ...


class CustodyPayload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry of the custody log commits to, for the interviews that travel."""

    seq: int
    salt: str
    """32 bytes in hex."""
    payload: str
    """Base64 of the exact bytes."""

    def open(self) -> tuple[bytes, bytes]:
        """(salt, payload) as bytes. Raises InputError `bundle.malformed`."""
        try:
            return bytes.fromhex(self.salt), base64.b64decode(self.payload, validate=True)
        except (ValueError, binascii.Error) as error:
            raise InputError("bundle.malformed") from error


class InterviewRecords(msgspec.Struct, frozen=True):
    """What one file of `data/records/` holds."""

    interview: str
    revisions: list[IncomingRevision]
    stubs: list[Stub]


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sha256: str
    device: str
    ed25519: str


class _StubLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stub: Stub


class _SignatureLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sig: _Signature


def write_records(revisions: Sequence[tuple[bytes, bytes]], stubs: Sequence[Stub]) -> bytes:
    """The file of one interview: each (exact bytes, signature) as two lines, then the stubs."""
    lines: list[bytes] = []
    for data, signature in revisions:
        envelope = decode(data)
        text = base64.b64encode(signature).decode("ascii")
        lines.append(data)
        lines.append(
            msgspec.json.encode(
                _SignatureLine(_Signature(sha256=sha256_hex(data), device=envelope.device, ed25519=text))
            )
        )
    lines.extend(msgspec.json.encode(_StubLine(stub)) for stub in stubs)
    return b"".join(line + b"\n" for line in lines)


def read_records(file: Lines) -> InterviewRecords:
    """Read the file of one interview; it is returned only when the whole file's hash was right.

    Signatures of revisions are carried along, not checked: whose they must be is for `intake` to say.
    Raises InputError `bundle.malformed`, `bundle.too-big`, and what reading the file raises.
    """
    revisions: list[IncomingRevision] = []
    stubs: list[Stub] = []
    pending: bytes | None = None
    for line in _lines(file, MAX_RECORDS_FILE):
        if pending is not None:
            revisions.append(_signed(pending, _parse(line, _SignatureLine).sig))
            pending = None
        elif line.startswith(_STUB):
            stubs.append(_checked_stub(_parse(line, _StubLine).stub))
        elif stubs or line.startswith(_SIG):
            raise InputError("bundle.malformed")
        else:
            pending = line
    interviews = {revision.envelope.interview for revision in revisions}
    names = [revision.sha256 for revision in revisions] + [stub.sha256 for stub in stubs]
    if pending is not None or len(interviews) != 1 or len(set(names)) != len(names):
        raise InputError("bundle.malformed")
    return InterviewRecords(interviews.pop(), revisions, stubs)


def write_media_index(entries: Sequence[MediaEntry]) -> bytes:
    """`data/records/media.jsonl`: one line for each file of `data/media/`, in order."""
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def read_media_index(file: Lines, listed: Sequence[tuple[bag.Listed, int]]) -> list[MediaEntry]:
    """Read the media index and check it against the signed names, hashes and sizes.

    Raises InputError `bundle.malformed`.
    """
    entries = [_parse(line, MediaEntry) for line in _lines(file, bag.MAX_MANIFEST * 4)]
    said = [(entry.file, entry.sha256, entry.size) for entry in entries]
    signed = [(line.name, line.sha256, size) for line, size in listed if bag.is_media(line.name)]
    records = {entry.record for entry in entries}
    ids = all(is_id(entry.record) and is_id(entry.interview) for entry in entries)
    if said != signed or len(records) != len(entries) or not ids:
        raise InputError("bundle.malformed")
    return entries


def write_custody_payloads(payloads: Sequence[tuple[int, bytes, bytes]]) -> bytes:
    """`data/custody/payloads.jsonl` from (seq, salt, payload)."""
    return b"".join(
        msgspec.json.encode(CustodyPayload(seq, salt.hex(), base64.b64encode(payload).decode("ascii")))
        + b"\n"
        for seq, salt, payload in payloads
    )


def read_custody_payloads(file: Lines) -> dict[int, tuple[bytes, bytes]]:
    """seq → (salt, payload). Raises InputError `bundle.malformed`, `bundle.too-big`."""
    found: dict[int, tuple[bytes, bytes]] = {}
    for line in _lines(file, MAX_RECORDS_FILE):
        entry = _parse(line, CustodyPayload)
        if entry.seq in found or entry.seq < 0:
            raise InputError("bundle.malformed")
        found[entry.seq] = entry.open()
    return found


def read_lines(file: Lines) -> list[bytes]:
    """The exact lines of `data/custody/log.jsonl`, without their newlines."""
    return list(_lines(file, MAX_RECORDS_FILE))


def read_small(file: Lines) -> bytes:
    """The bytes of a small payload file (a checkpoint, its signature). Raises InputError `bundle.too-big`."""
    if file.size > bag.MAX_SMALL:
        raise InputError("bundle.too-big")
    return b"".join(bytes(chunk) for chunk in file.chunks())


def _signed(data: bytes, signature: _Signature) -> IncomingRevision:
    try:
        envelope = decode(data)
        raw = base64.b64decode(signature.ed25519, validate=True)
    except (InputError, ValueError) as error:
        raise InputError("bundle.malformed") from error
    name = sha256_hex(data)
    if signature.sha256 != name or signature.device != envelope.device or len(raw) != 64:
        raise InputError("bundle.malformed")
    return IncomingRevision(data=data, sha256=name, envelope=envelope, signature=raw)


def _checked_stub(stub: Stub) -> Stub:
    well_formed = (
        is_id(stub.id)
        and is_sha256(stub.sha256)
        and 0 < len(stub.kind) <= 40
        and len(stub.parents) <= 64
        and all(is_sha256(parent) for parent in stub.parents)
        and stub.sha256 not in stub.parents
    )
    if not well_formed:
        raise InputError("bundle.malformed")
    return stub


def _parse(line: bytes, kind: Callable[..., _T] | type[_T]) -> _T:
    try:
        refuse_duplicate_keys(line)
        parsed: _T = msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError("bundle.malformed") from error
    return parsed


def _lines(file: Lines, most: int) -> Iterator[bytes]:
    """Lines without their newlines; every line must have one. Bounded in length and number."""
    if file.size > most:
        raise InputError("bundle.too-big")
    rest = b""
    count = 0
    for chunk in file.chunks():
        pieces = (rest + bytes(chunk)).split(b"\n")
        rest = pieces.pop()
        count += len(pieces)
        if len(rest) > MAX_REVISION_BYTES or count > MAX_LINES:
            raise InputError("bundle.too-big")
        yield from pieces
    if rest:
        raise InputError("bundle.malformed")
