"""Cards that say otherwise, bundles that would be refused, and what is no interview, on the command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import begun
from app.forging import Forger
from cairn.app.kernel import contacts, session
from cairn.bundle.cards import write_card
from cairn.crypto.hashes import sha256_hex
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cli.conftest import PASSPHRASES, World
from cli.program import cairn, refused


@pytest.fixture
def liar(world: World, tmp_path: Path) -> Iterator[tuple[Path, Forger, list[str]]]:
    """An office of its own, somebody that it has verified, and the options that open it."""
    office = tmp_path / "office"
    shutil.copytree(world.office, office)
    forger = Forger.of("Team W")
    s = session.open_vault(office, PASSPHRASES["office"])
    try:
        contacts.add(s, forger.card, forger.keys.words)
    finally:
        s.close()
    yield office, forger, world.key("office")


def bundle(forger: Forger, office: Path, path: Path, parts: dict[str, list[tuple[bytes, bytes]]]) -> Path:
    s = session.open_vault(office, PASSPHRASES["office"])
    try:
        path.write_bytes(forger.bundle(s, parts).getvalue())
    finally:
        s.close()
    return path


def test_a_change_is_told_accepted_and_declined(liar: tuple[Path, Forger, list[str]], tmp_path: Path) -> None:
    office, forger, key = liar
    card = tmp_path / "new.contact"
    card.write_bytes(
        write_card(forger.keys, label="Team M", role="office", created="2099-01-01", expires="2099-12-31")
    )
    added = cairn("contact", "add", office, card, *key)
    assert "verified  field  Team W" in added.out
    assert "Nothing changes until you accept it" in added.err
    assert "Its newer card says: Team M · office · until 2099-12-31" in added.err
    (told,) = [
        c for c in cairn("contact", "list", office, "--json", *key).object["contacts"]
        if c["fingerprint"] == forger.keys.fingerprint
    ]  # fmt: skip
    assert told["label"] == "Team W" and told["offered"]["label"] == "Team M"
    seen = told["offered"]["card"]
    assert seen == sha256_hex(card.read_bytes()) and seen[:32] in cairn("contact", "list", office, *key).err
    refused(3, "cli.card-too-short", "contact", "decline", office, "Team W", "--card", seen[:31], *key)
    declined = cairn("contact", "decline", office, "Team W", "--card", seen[:32].upper(), *key)
    assert declined.out.splitlines() == [
        "Its newer card says: Team M · office · until 2099-12-31",
        "Stays: Team W · field · until no end",
    ]
    refused(3, "contact.nothing-offered", "contact", "accept", office, "Team W", "--card", seen, *key)
    newer = tmp_path / "newer.contact"
    newer.write_bytes(write_card(forger.keys, label="Team X", role="field", created="2099-02-01"))
    cairn("contact", "add", office, newer, *key)
    # What was seen is not what waits by now.
    refused(3, "contact.offer-changed", "contact", "accept", office, "Team W", "--card", seen, *key)
    seen = sha256_hex(newer.read_bytes())
    accepted = cairn("contact", "accept", office, forger.keys.fingerprint, "--card", seen, *key)
    assert accepted.out.splitlines() == [
        "Before: Team W · field · until no end",
        "After: Team X · field · until no end",
    ]
    refused(3, "contact.nothing-offered", "contact", "decline", office, "Team X", "--card", seen, *key)


def test_a_bundle_says_by_whom_it_is_as_it_is_known_here(
    liar: tuple[Path, Forger, list[str]], tmp_path: Path
) -> None:
    office, forger, key = liar
    forger.card = write_card(forger.keys, label="Team M", role="office", created="2099-01-01")
    made = forger.revision(Interview(title="W-1"))
    path = bundle(forger, office, tmp_path / "x.age", {decode(made[0]).id: [made]})
    opened = cairn("open", path, "--vault", office, *key)
    assert "Sealed by Team W (verified)." in opened.out and "“Team M”" in opened.err
    machine = cairn("open", path, "--vault", office, "--json", *key)
    assert machine.object["sender"]["label"] == "Team W" and machine.object["refused"] == ""
    assert {"opening.card-label", "opening.card-role-office"} <= set(machine.codes)
    taken = cairn("take-in", office, path, *key)
    assert "Taken in from Team W" in taken.out and "“Team M”" in taken.err
    cairn("contact", "accept", office, "Team W", "--card", sha256_hex(forger.card), *key)


def test_opening_ends_as_taking_in_would(liar: tuple[Path, Forger, list[str]], tmp_path: Path) -> None:
    office, forger, key = liar
    root = begun.root(forger.keys)
    parts = [
        forger.revision(Interview(title="W-1"), root, root),
        forger.revision(Note(text="in another's name"), root, device="SHA256:" + "A" * 43),
    ]
    path = bundle(forger, office, tmp_path / "x.age", {root: parts})
    refused(4, "intake.foreign-author", "take-in", office, path, *key)
    opened = cairn("open", path, "--vault", office, *key, code=4)
    assert "Whole, signed" in opened.out and "W-1" in opened.out
    assert "no card of that device" in opened.err.splitlines()[-1]
    machine = cairn("open", path, "--vault", office, "--json", *key, code=4)
    assert machine.object["refused"] == "intake.foreign-author" and machine.object["whole"]
    assert machine.codes[0] == "intake.foreign-author"


def test_an_expired_card_is_told(liar: tuple[Path, Forger, list[str]], tmp_path: Path) -> None:
    office, _, key = liar
    old = Forger.of("Field 3")
    card = tmp_path / "old.contact"
    card.write_bytes(
        write_card(old.keys, label="Field 3", role="field", created="2020-01-01", expires="2021-01-01")
    )
    assert "This card has expired" in cairn("contact", "add", office, card, *key).err
    assert "This card has expired" in cairn("contact", "list", office, *key).err
