"""`data/identity/`: openings of identities, each an age file to the identity keys of the recipients' cards.

A recipient's age key opens the bundle and not these; they can be kept as they came until the identity key is
at hand. The index says which revision each belongs to; that it does, its commitment shows when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from cairn.bundle import bag, records
from cairn.bundle.records import Lines
from cairn.crypto import openings
from cairn.crypto.age import PQRecipient
from cairn.errors import InputError
from cairn.model import limits
from cairn.model.exchange import OpeningEntry
from cairn.model.ids import RecordId, RevisionHash, RootId, is_id, is_sha256


@dataclass(frozen=True)
class BundleOpening:
    """One opening that travels, in the clear as it is committed to; it leaves the writer's memory sealed."""

    record: RecordId
    root: RootId
    revision: RevisionHash
    opening: bytes


def write(travelling: Sequence[BundleOpening], recipients: Sequence[PQRecipient]) -> list[tuple[str, bytes]]:
    """The payload files, the index first. Raises InputError `bundle.too-big`."""
    files = [
        (bag.opening_name(number), openings.to_file(each.opening, recipients))
        for number, each in enumerate(travelling, 1)
    ]
    for _, data in files:
        limits.OPENING_FILE.require(len(data))
    index = b"".join(
        msgspec.json.encode(OpeningEntry(name, each.record, each.root, each.revision)) + b"\n"
        for (name, _), each in zip(files, travelling, strict=True)
    )
    return [(bag.OPENINGS, index), *files]


def read_index(file: Lines, listed: Sequence[tuple[bag.Listed, int]]) -> list[OpeningEntry]:
    """Read the index and check it against the signed names and sizes.

    All openings are held in memory until the bundle is verified, so there is an end to them together. Raises
    InputError `bundle.malformed`, `bundle.too-big`.
    """
    limits.OPENINGS.require(sum(size for line, size in listed if bag.is_opening(line.name)))
    entries = [
        records.parse_line(line, OpeningEntry) for line in records.lines_of(file, limits.OPENINGS_INDEX)
    ]
    signed = [line.name for line, _ in listed if bag.is_opening(line.name)]
    sound = all(is_id(each.record) and is_id(each.root) and is_sha256(each.revision) for each in entries)
    once = len({each.revision for each in entries}) == len(entries)
    if [each.file for each in entries] != signed or not sound or not once:
        raise InputError("bundle.malformed")
    return entries


def read_file(file: Lines) -> bytes:
    """The age file of one opening. Raises InputError `bundle.too-big`."""
    limits.OPENING_FILE.require(file.size)
    return b"".join(bytes(chunk) for chunk in file.chunks())
