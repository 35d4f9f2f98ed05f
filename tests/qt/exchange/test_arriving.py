"""What a bundle holds, by whom it is and why it would be refused, as it can be read; and what leaving it leaves."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import begun as begun_ids
from app.forging import Forger
from app.shared import introduce
from app.test_kinds import LIBRARY, OFFICE, Judgement, Leaflet
from cairn.app.files import files
from cairn.app.kernel import contacts, sentences
from cairn.app.kernel.session import Session
from cairn.bundle.cards import write_card
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.qt.base import tasks
from qt.desk import cut_off, find_button, press, reads, sees, settle, texts, unnamed
from qt.exchange.test_opening import kept, opened, sealed
from qt.exchange.test_sealing import begun, written


@pytest.fixture
def kinds() -> Iterator[None]:
    with registry.with_kind(LIBRARY), registry.with_kind(OFFICE):
        yield


@pytest.fixture
def forger(office: Session) -> Forger:
    made = Forger.of("Team W")
    contacts.add(office, made.card, made.keys.words)
    return made


def _id(made: tuple[bytes, bytes]) -> str:
    return decode(made[0]).id


def test_what_is_no_interview_is_counted_and_named_too(
    qtbot: QtBot,
    office: Session,
    forger: Forger,
    tmp_path: Path,
    kinds: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {"kind.leaflet": "Leaflet", "kinds.leaflet": "Leaflets: {count}"}
    real = sentences._names
    monkeypatch.setattr(sentences, "_names", lambda language: real(language) | names)
    told = forger.revision(Interview(title="W-1"))
    one, two = forger.revision(Leaflet(name="about rights")), forger.revision(Leaflet(name="about waiting"))
    thought = forger.revision(Judgement(name="the same person"), about=[_id(told)])
    path = tmp_path / "x.age"
    path.write_bytes(
        forger.bundle(office, {_id(each): [each] for each in (told, one, two, thought)}).getvalue()
    )
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, path)
    assert reads(screen, "Interviews: 1 · judgement: 1 · Leaflets: 2")
    assert {"about rights", "about waiting", "the same person"} <= set(texts(screen))
    press(qtbot, screen, "Take in all of it")
    sees(qtbot, screen, "Interviews: 1 · judgement: 1 · Leaflets: 2 from Team W")
    settle(qtbot)
    assert {"Leaflets: 2", "about rights, about waiting", "judgement: 1", "the same person"} <= set(
        texts(screen)
    )
    assert [row.title for row in screen.job.list.rows.rows] == ["W-1"]  # type: ignore[union-attr]
    assert cut_off(screen) == [] and unnamed(screen) == []


def test_a_bundle_without_an_interview_has_no_empty_list(
    qtbot: QtBot, office: Session, forger: Forger, tmp_path: Path, kinds: None
) -> None:
    one = forger.revision(Leaflet(name="about rights"))
    path = tmp_path / "x.age"
    path.write_bytes(forger.bundle(office, {_id(one): [one]}).getvalue())
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, path)
    press(qtbot, screen, "Take in all of it")
    sees(qtbot, screen, "leaflet: 1 from Team W")
    settle(qtbot)
    assert reads(screen, "about rights") and not reads(screen, "Open the interview")


def test_what_would_be_refused_is_said_before(
    qtbot: QtBot, office: Session, forger: Forger, tmp_path: Path
) -> None:
    root = begun_ids.root(forger.keys)
    parts = [
        forger.revision(Interview(title="W-1"), root, root),
        forger.revision(Note(text="in another's name"), root, device="SHA256:" + "A" * 43),
    ]
    path = tmp_path / "x.age"
    path.write_bytes(forger.bundle(office, {root: parts}).getvalue())
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, path)
    assert reads(screen, "It can't be taken in") and reads(screen, "no card of that device")
    assert not reads(screen, "Take in 1 interview")
    assert kept(office) == (0, [])


def test_a_sender_is_shown_as_it_is_known_and_its_change_waits(
    qtbot: QtBot, office: Session, forger: Forger, tmp_path: Path
) -> None:
    forger.card = write_card(forger.keys, label="Team M", role="office", created="2099-01-01")
    made = forger.revision(Interview(title="W-1"))
    path = tmp_path / "x.age"
    path.write_bytes(forger.bundle(office, {_id(made): [made]}).getvalue())
    screen, desk = begun(qtbot, office)
    opened(qtbot, screen, path)
    assert reads(screen, "Sealed by Team W") and reads(screen, "gives another name: “Team M”")
    press(qtbot, screen, "See the change in Contacts")
    settle(qtbot)
    assert desk.opened == [("contacts", forger.keys.fingerprint)]
    found = contacts.find(office, forger.keys.fingerprint)
    assert found.label == "Team W" and found.offered is not None
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "1 interview from Team W")


@pytest.mark.parametrize("way", ["close", "home", "another", "gone"])
def test_leaving_the_page_leaves_nothing(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path, way: str
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    files.attach(field, made, io.BytesIO(os.urandom(300_000)), "sound.wav")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, bundle)
    assert [path.suffix for path in kept(office)[1]] == [".part"]
    if way == "close":
        press(qtbot, screen, "Close without taking in")
    elif way == "home":
        screen.go_home()
    elif way == "another":
        opened(qtbot, screen, tmp_path / "not-there.age")
    else:
        # Locked: results are dropped, and closing the vault gives up what is held.
        tasks.drop_all()
        office.close()
    settle(qtbot)
    qtbot.waitUntil(lambda: tasks.busy() == 0)
    assert not [p for p in office.vault.media_folder.rglob("*") if p.is_file()]


def test_a_file_that_became_another_is_shown_again(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    bundle = sealed(field, [written(field, "W-1")], office, tmp_path / "usb")
    other = sealed(field, [written(field, "W-2")], office, tmp_path / "usb")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, bundle)
    os.replace(other, bundle)
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "The file holds another bundle than the one that you looked at.")
    settle(qtbot)
    assert kept(office) == (0, [])
    press(qtbot, screen, "Look at it again")
    sees(qtbot, screen, "W-2")
    settle(qtbot)
    assert find_button(screen, "Take in 1 interview").isEnabled()
