"""The BagIt bag inside a bundle (RFC 8493): which files there are, in which order, and the manifests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cairn.errors import InputError
from cairn.model import limits
from cairn.model.ids import Sha256

NAMESPACE = "bundle@cairn"
"""Of the two signatures over the tag manifest (SSHSIG)."""

PIECE = 1 << 20
"""Bytes that are read, hashed and encrypted at a time."""

ROOT = "bundle/"
"""What each name in the tar begins with."""

BAGIT = "bagit.txt"
HEAD = "bundle.json"
INFO = "bag-info.txt"
SENDER = "sender.contact"
MANIFEST = "manifest-sha256.txt"
TAGMANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
SIGNATURE_PQ = "tagmanifest-sha256.txt.pq.sig"

SIGNED_TAGS = (BAGIT, HEAD, INFO, SENDER, MANIFEST)
"""What the tag manifest lists, in this order."""
TAGS = (*SIGNED_TAGS, TAGMANIFEST, SIGNATURE, SIGNATURE_PQ)
"""The first files of the tar, in this order."""

README = "data/README.html"
LINES = "data/custody/lines.jsonl"
PAYLOADS = "data/custody/payloads.jsonl"
HEADS = "data/custody/heads.txt"
PROOF = "data/custody/proof.bin"
CHECKPOINT = "data/custody/checkpoint.txt"
CHECKPOINT_SIGNATURE = "data/custody/checkpoint.txt.sig"
CHECKPOINT_SIGNATURE_PQ = "data/custody/checkpoint.txt.pq.sig"
OPENINGS = "data/identity/openings.jsonl"
MEDIA_INDEX = "data/records/media.jsonl"
CUSTODY = (LINES, PAYLOADS, HEADS, PROOF, CHECKPOINT, CHECKPOINT_SIGNATURE, CHECKPOINT_SIGNATURE_PQ)
FIXED = (README, *CUSTODY)
"""The first payload files, in this order; then records, the index of openings, openings, the media index, media."""

CAPS = {name: limits.MANIFEST if name in (HEAD, MANIFEST) else limits.TAG_FILE for name in TAGS}
"""Greatest size of each tag file: all of them are held in memory before anything is trusted."""

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_LINE = re.compile(r"^([0-9a-f]{64})  ([A-Za-z0-9_/.-]{1,92})$")
_RECORDS = re.compile(r"^data/records/([0-9]{6})\.jsonl$")
_OPENING = re.compile(r"^data/identity/([0-9]{6})\.age$")
_MEDIA = re.compile(r"^data/media/([0-9]{6})$")


class Listed(NamedTuple):
    """A line of a manifest."""

    name: str
    sha256: Sha256


def records_name(number: int) -> str:
    """The file of the root with that number, from 1."""
    return f"data/records/{number:06d}.jsonl"


def media_name(number: int) -> str:
    """The file of the attachment with that number, from 1."""
    return f"data/media/{number:06d}"


def opening_name(number: int) -> str:
    """The file of the opening with that number, from 1."""
    return f"data/identity/{number:06d}.age"


def is_opening(name: str) -> bool:
    """Whether `name` is the file of an identity's opening."""
    return bool(_OPENING.fullmatch(name))


def is_records(name: str) -> bool:
    """Whether `name` is the file of a root."""
    return bool(_RECORDS.fullmatch(name))


def is_media(name: str) -> bool:
    """Whether `name` is the file of an attachment's bytes."""
    return bool(_MEDIA.fullmatch(name))


def bag_info(bundle_id: str, created: str, octets: int, files: int) -> bytes:
    """`bag-info.txt`: says nothing that bundle.json doesn't, so a reader can compare it as a whole."""
    return (
        "Bag-Software-Agent: Cairn\n"
        f"Bagging-Date: {created[:10]}\n"
        f"External-Identifier: urn:uuid:{bundle_id}\n"
        f"Payload-Oxum: {octets}.{files}\n"
    ).encode("ascii")


def write_manifest(lines: Sequence[Listed]) -> bytes:
    """The text of a manifest, as `sha256sum` writes and checks it."""
    return "".join(f"{line.sha256}  {line.name}\n" for line in lines).encode("ascii")


def read_manifest(data: bytes) -> list[Listed]:
    """Read a manifest. Raises InputError `bundle.malformed`, or `bundle.too-big` above 100,000 lines."""
    limits.PAYLOAD_FILES.require(data.count(b"\n"))
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise InputError("bundle.malformed") from error
    if not text.endswith("\n"):
        raise InputError("bundle.malformed")
    lines = []
    for line in text[:-1].split("\n"):
        match = _LINE.fullmatch(line)
        if not match:
            raise InputError("bundle.malformed")
        lines.append(Listed(match[2], Sha256(match[1])))
    return lines


def check_payload_order(names: Sequence[str]) -> None:
    """Check that payload names are the known ones in the normative order, without gap or double.

    Raises InputError `bundle.malformed`.
    """
    fixed = len(FIXED)
    records = 0
    while fixed + records < len(names) and is_records(names[fixed + records]):
        records += 1
    openings = sum(is_opening(name) for name in names)
    media = len(names) - fixed - records - openings - 2
    expected = (
        *FIXED,
        *(records_name(n + 1) for n in range(records)),
        OPENINGS,
        *(opening_name(n + 1) for n in range(openings)),
        MEDIA_INDEX,
        *(media_name(n + 1) for n in range(max(media, 0))),
    )
    if tuple(names) != expected:
        raise InputError("bundle.malformed")
