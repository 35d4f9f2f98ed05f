"""The kept bundle of format version 1: every later version reads it, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cairn.bundle import bag, records
from cairn.bundle.cards import card_keys, read_card
from cairn.bundle.reader import BundleReader
from cairn.crypto.age import parse_identity
from cairn.crypto.hashes import RunningSha256, sha256_hex

FOLDER = Path(__file__).resolve().parent.parent / "vectors" / "bundle-1"


def test_version_1_reads() -> None:
    known = json.loads((FOLDER / "content.json").read_text("utf-8"))
    identity = parse_identity((FOLDER / "office.key").read_text("ascii").strip())
    assert sha256_hex((FOLDER / "sample.age").read_bytes()) == known["sha256"]
    found = {}
    with (FOLDER / "sample.age").open("rb") as file, BundleReader(file, identity) as reader:
        head = reader.head
        for each in reader.payload():
            if bag.is_records(each.name):
                (told,) = [records.read_records(each)]
                found[each.name] = [each.size, each.sha256]
                continue
            digest = RunningSha256()
            size = 0
            for piece in each.chunks():
                digest.update(piece)
                size += len(piece)
            found[each.name] = [size, digest.hexdigest()]
        assert reader.complete
    assert found == known["files"]
    assert (head.bundle_id, head.created, head.tagmanifest) == (
        known["bundle_id"],
        known["created"],
        known["tagmanifest"],
    )
    assert head.custody.root == known["custody"]
    assert head.sender.fingerprint == known["sender"] and " ".join(head.sender.words) == known["words"]
    assert head.card == (FOLDER / "sender.contact").read_bytes()
    keys = card_keys(head.sender)
    for revision in told.revisions:
        keys.verify_revision(bytes.fromhex(revision.sha256), revision.signature)


@pytest.mark.parametrize("name", ["sender.contact", "office.contact"])
def test_cards_of_version_1_read(name: str) -> None:
    card = read_card((FOLDER / name).read_bytes())
    assert card.created == "2026-11-22" and len(card.words) == 12


def test_the_office_is_addressed() -> None:
    office = read_card((FOLDER / "office.contact").read_bytes())
    identity = parse_identity((FOLDER / "office.key").read_text("ascii").strip())
    with (FOLDER / "sample.age").open("rb") as file, BundleReader(file, identity) as reader:
        entry = reader.head.addressee(office.fingerprint)
        assert entry is not None and (entry.seq, entry.prev) == (1, "")
