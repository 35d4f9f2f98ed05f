"""What came, as it is noted and told: by the keys, not by what a card says, and never more than that it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.forging import Forger
from app.shared import Make, introduce
from cairn.app.arriving import arrival, received, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.errors import MachineError
from cairn.model.agreement import agreed_to
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview


def sealed(sender: Session, to: Session, folder: Path, *titles: str) -> Path:
    made = []
    for title in titles:
        made.append(interviews.create(sender, title=title))
        interviews.save_version(sender, made[-1], Interview(title=title, account="planted words"))
        consent.set_consent(sender, made[-1], agreed_to(choice="share"))
    folder.mkdir()
    return sealing.seal(sender, sealing.preview(sender, made, [to.keys.fingerprint]), folder)[0].path


def look(s: Session, path: Path) -> None:
    looked = arrival.look_through(s, path)
    try:
        looked.note()
    finally:
        looked.close()


def test_that_it_came_is_noted_until_it_is_taken_in(make: Make, tmp_path: Path) -> None:
    field, office = make("Field 7"), make("Office", "office")
    introduce(field, office)
    path = sealed(field, office, tmp_path / "usb", "W-1", "W-2")
    look(office, path)
    look(office, path)
    (row,) = received.rows(office)
    assert (row.label, row.trust, row.seq, row.outcome, row.interviews) == (
        "Field 7",
        "verified",
        1,
        "undecided",
        2,
    )
    assert row.roots == () and received.undecided(office) == received.count(office) == 1
    with office.store.read() as reader:
        for table in ("arrived", "custody_payload"):
            assert "planted" not in repr(reader.all(f"SELECT * FROM {table}"))  # noqa: S608 - own names
            assert "W-1" not in repr(reader.all(f"SELECT * FROM {table}"))  # noqa: S608 - own names
    taking_in.take_in(office, path)
    (row,) = received.rows(office)
    assert (row.outcome, row.interviews, row.waits) == ("taken-in", 2, 0)
    assert received.undecided(office) == 0 and received.count(office) == 1
    assert {(each.title, each.here, each.erased) for each in received.roots(office, row)} == {
        ("W-1", True, False),
        ("W-2", True, False),
    }
    # Looked at once more it is what it was.
    look(office, path)
    assert [each.outcome for each in received.rows(office)] == ["taken-in"]


def test_the_name_is_that_of_the_keys_and_a_refusal_keeps_its_reason(make: Make, tmp_path: Path) -> None:
    office = make("Office", "office")
    forger = Forger.of("Team W")
    foreign = Forger.of("Somebody").revision(Interview(title="W-2"))
    path = tmp_path / "refused.age"
    path.write_bytes(forger.bundle(office, {decode(foreign[0]).id: [foreign]}).getvalue())
    look(office, path)
    (row,) = received.rows(office)
    assert (row.label, row.trust, row.outcome) == ("Team W", "unknown", "refused") and row.refusal is not None
    contacts.add(office, forger.card, forger.keys.words)
    (row,) = received.rows(office)
    assert (row.label, row.trust) == ("Team W", "verified")
    received.forget(office, row)
    assert received.rows(office) == [] == received.rows(office, offset=5)


def test_a_disk_that_takes_nothing_hides_nothing_of_a_bundle(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    field, office = make("Field 7"), make("Office", "office")
    introduce(field, office)
    path = sealed(field, office, tmp_path / "usb", "W-1")

    def full(*_given: object) -> None:
        raise MachineError("machine.disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(office.store, "write", full)
        look(office, path)
    assert received.count(office) == 0
