"""`bundle.json`: what a bundle is, from whom, to whom, in which place of the sequence, and how big."""

from __future__ import annotations

import re

import msgspec

from cairn.errors import InputError
from cairn.model import limits, strict_json
from cairn.model.ids import Fingerprint, Sha256, is_fingerprint, is_new_id, is_sha256

FORMAT = "cairn-bundle/1"

_BEGINNING = re.compile(rb'\{"format":"(cairn-bundle/([1-9][0-9]{0,5}))"')
_TIME = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")


class Addressee(msgspec.Struct, frozen=True):
    """One recipient, and this bundle's place in the sequence from this sender to that recipient."""

    fingerprint: Fingerprint
    """Of the recipient's card."""
    seq: int
    """From 1, one more with each bundle to this recipient."""
    prev: str
    """SHA-256 of the tag manifest of the bundle before; empty with the first."""


class CustodyHead(msgspec.Struct, frozen=True):
    """How far the sender's custody log had come."""

    device: Fingerprint
    size: int
    """Number of entries."""
    root: Sha256
    """Root of the tree over its lines, in hex."""


class BundleJson(msgspec.Struct, frozen=True):
    """The content of `bundle.json`. Fields of a later minor version are ignored."""

    format: str
    bundle_id: str
    sender: str
    """Fingerprint of the card in `sender.contact`."""
    created: str
    clock: str
    """Always `unverified`: an offline device can't prove the time."""
    recipients: list[Addressee]
    payload_octets: int
    payload_files: int
    payload_sizes: list[int]
    """Bytes of each payload file, in the order of the manifest."""
    custody: CustodyHead


def write_head(head: BundleJson) -> bytes:
    """The bytes of `bundle.json`: compact JSON, fields in the order above, one line."""
    return msgspec.json.encode(head) + b"\n"


def require_format(data: bytes) -> None:
    """Look at the first bytes of `bundle.json` alone, which name its format: nothing is parsed before the signatures
    say whose it is, and a format of which nothing else is known is still named.

    Raises InputError `bundle.newer` for a later format, `bundle.malformed`.
    """
    match = _BEGINNING.match(data)
    if match is None:
        raise InputError("bundle.malformed")
    if match[1].decode() != FORMAT:
        raise InputError("bundle.newer", version=match[2].decode())


def read_head(data: bytes, files: int = limits.PAYLOAD_FILES.most) -> BundleJson:
    """Read and check `bundle.json` of a bundle whose manifest lists so many payload files.

    Raises InputError `bundle.newer`, `bundle.too-big` and `bundle.malformed`.
    """
    require_format(data)
    try:
        strict_json.require(data, limits.HEAD_VALUES.most + files)
        head = msgspec.json.decode(data, type=BundleJson)
    except strict_json.TooMuch as error:
        raise InputError("bundle.too-big") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError("bundle.malformed") from error
    limits.PAYLOAD_FILES.require(head.payload_files)
    limits.NUMBER.require(head.payload_octets)
    if not _is_well_formed(head):
        raise InputError("bundle.malformed")
    return head


def _is_well_formed(head: BundleJson) -> bool:
    fingerprints = [to.fingerprint for to in head.recipients]
    return (
        is_new_id(head.bundle_id)
        and is_fingerprint(head.sender)
        and bool(_TIME.fullmatch(head.created))
        and head.clock == "unverified"
        and 1 <= len(fingerprints) <= limits.RECIPIENTS.most
        and len(set(fingerprints)) == len(fingerprints)
        and all(is_fingerprint(text) for text in fingerprints)
        and all(_is_place(to) for to in head.recipients)
        and head.payload_files == len(head.payload_sizes)
        and all(size >= 0 for size in head.payload_sizes)
        and head.payload_octets == sum(head.payload_sizes)
        and head.custody.device == head.sender
        and 0 <= head.custody.size <= limits.NUMBER.most
        and is_sha256(head.custody.root)
    )


def _is_place(to: Addressee) -> bool:
    if not 1 <= to.seq <= limits.NUMBER.most:
        return False
    return is_sha256(to.prev) if to.seq > 1 else to.prev == ""
