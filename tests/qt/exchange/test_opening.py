"""Opening and taking in as a person does it: what is said, what is asked, and that failures leave no trace."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.shared import Make, introduce
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts
from cairn.app.kernel.sentences import sentence
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.model.kinds.interview import Interview
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange.outside import OutsideScreen
from cairn.qt.screens.exchange.screen import ExchangeScreen
from qt.desk import choose, cut_off, drop, find_button, press, reads, sees, settle, show, texts, unnamed
from qt.exchange.test_sealing import begun, written


def sealed(s: Session, ids: list[str], to: Session, folder: Path, override: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    shown = sealing.preview(s, ids, [to.info.fingerprint], override=override)
    return sealing.seal(s, shown, folder)[0].path


def opened(qtbot: QtBot, screen: ExchangeScreen, path: Path) -> None:
    """Drop a file onto the first page and wait until there is something to read."""
    screen.go_home()
    settle(qtbot)
    drop(screen.home.zone, path)
    settle(qtbot)
    settle(qtbot)


def kept(s: Session) -> tuple[int, list[Path]]:
    return interviews.count(s), sorted(p for p in s.vault.media_folder.rglob("*") if p.is_file())


def test_a_bundle_is_opened_and_taken_in(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    files.attach(field, made, io.BytesIO(b"picture" * 900), "bridge.png")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    screen, desk = begun(qtbot, office)
    press(qtbot, screen, "Open a bundle…")
    choose(qtbot, screen, bundle)
    sees(qtbot, screen, "Sealed by Field 7")
    settle(qtbot)
    assert {"verified", "Whole and signed", "For you", "W-1"} <= {*texts(screen), "verified"}
    assert reads(screen, "The words of this sender were compared here.")
    assert reads(screen, "Files: 1: bridge.png")
    # What it brought is held, and nobody can read it: the keys are in memory alone.
    assert [path.suffix for path in kept(office)[1]] == [".part"]
    take = QApplication.focusWidget()
    assert take.accessibleName() == "Take in 1 interview"
    qtbot.keyClick(take, Qt.Key.Key_Space)
    sees(qtbot, screen, "1 interview from Field 7")
    settle(qtbot)
    assert interviews.load(office, made).body.account == "두만강 국경을 넘었다"
    row = screen.job.list.visualRect(screen.job.list.rows.index(0)).center()  # type: ignore[union-attr]
    qtbot.mouseClick(screen.job.list.viewport(), Qt.MouseButton.LeftButton, pos=row)  # type: ignore[union-attr]
    assert desk.opened == [("interviews", made)]

    before = kept(office)
    opened(qtbot, screen, bundle)
    assert reads(screen, "Already taken in")
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "This very bundle was taken in before.")
    settle(qtbot)
    assert kept(office) == before


def test_versions_side_by_side_lead_to_the_interview(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    screen, desk = begun(qtbot, office)
    opened(qtbot, screen, sealed(field, [made], office, tmp_path / "one"))
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "1 interview from Field 7")
    settle(qtbot)
    interviews.save_version(office, made, Interview(title="W-1", account="ours"), reason="asked again")
    interviews.save_version(field, made, Interview(title="W-1", account="theirs"))
    opened(qtbot, screen, sealed(field, [made], office, tmp_path / "two"))
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "came in another version than the one here")
    settle(qtbot)
    assert [row.line for row in screen.job.list.rows.rows] == ["Settle the versions"]  # type: ignore[union-attr]
    screen.job.list.setFocus()  # type: ignore[union-attr]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.opened == [("interviews", made)]


def test_an_unknown_sender_is_verified_on_the_spot(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    made = written(field, "W-1")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, sealed(field, [made], office, tmp_path / "usb"))
    assert reads(screen, "The sender calls itself Field 7")
    assert reads(screen, "The sender is not among your contacts.")
    assert not set(field.keys.words) & set(texts(screen))
    assert not find_button(screen, "Take in 1 interview").isEnabled()

    def type_words(words: list[str]) -> None:
        for box, word in zip(screen.job.pane.compare.words.boxes, words, strict=True):  # type: ignore[union-attr]
            box.clear()
            qtbot.keyClicks(box, word)

    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.accessibleName() == "Word 1"
    type_words(list(office.keys.words))
    press(qtbot, screen, "Compare the words")
    settle(qtbot)
    assert reads(screen, "These are not the words of this card.") and contacts.rows(office) == []
    assert not find_button(screen, "Take in 1 interview").isEnabled()
    type_words(list(field.keys.words))
    press(qtbot, screen, "Compare the words")
    settle(qtbot)
    assert [(row.label, row.trust) for row in contacts.rows(office)] == [("Field 7", "verified")]
    assert reads(screen, "Sealed by Field 7")
    take = QApplication.focusWidget()
    assert take.accessibleName() == "Take in 1 interview"
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    sees(qtbot, screen, "1 interview from Field 7")


def test_another_reason_is_written_down(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    contacts.add(office, contacts.own_card(field))
    made = written(field, "W-1")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, sealed(field, [made], office, tmp_path / "usb"))
    press(qtbot, screen, "Take it in for another reason…")
    qtbot.keyClicks(QApplication.focusWidget(), "handed over by herself")
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "With the words “handed over by herself”")
    settle(qtbot)
    assert contacts.rows(office)[0].trust == "unverified"


def test_a_revoked_sender_is_not_taken_in(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    contacts.revoke(office, field.info.fingerprint, "lost")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, bundle)
    assert reads(screen, "The sender was revoked here.")
    assert not reads(screen, "Take in 1 interview")


def broken(bundle: Path, how: str) -> Path:
    data = bytearray(bundle.read_bytes())
    if how == "flipped":
        data[-5000] ^= 1
    elif how == "short":
        del data[-3000:]
    elif how == "longer":
        data += b"more"
    else:
        data = bytearray(b"dear office, please find attached")
    path = bundle.with_name("broken.age")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("flipped", "This bundle was altered or damaged after it was sealed."),
        ("short", "This bundle is not complete: the end is missing."),
        ("longer", "bundle"),
        ("text", "This file is not a Cairn bundle"),
    ],
)
def test_a_damaged_bundle_gets_one_sentence(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path, how: str, said: str
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, broken(bundle, how))
    assert reads(screen, said) and not reads(screen, "Take in 1 interview")
    assert kept(office) == (0, [])
    press(qtbot, screen, "Back to Exchange")
    assert screen.job is None


def test_a_bundle_for_somebody_else(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    field, office, other = make("Field 7"), make("Office North", "office"), make("Seoul office", "office")
    introduce(field, other)
    bundle = sealed(field, [written(field, "W-1")], other, tmp_path / "usb")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, bundle)
    assert reads(screen, "This bundle was sealed to someone else")
    bundle.unlink()
    opened(qtbot, screen, bundle)
    assert reads(screen, sentence("machine.gone"))


def test_a_card_taken_for_a_bundle_is_added(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    card = tmp_path / "their.contact"
    card.write_bytes(contacts.own_card(field))
    screen, desk = begun(qtbot, office)
    opened(qtbot, screen, card)
    assert reads(screen, "This is a contact card, not a bundle.")
    press(qtbot, screen, "Add this card to my contacts")
    settle(qtbot)
    assert desk.opened == [("contacts", field.info.fingerprint)]
    assert contacts.rows(office)[0].trust == "unverified"


def test_taking_in_is_stopped_and_begun_again(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    files.attach(field, made, io.BytesIO(b"sound" * 9000), "long.wav")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    screen, _ = begun(qtbot, office)
    opened(qtbot, screen, bundle)
    reached, go_on = threading.Event(), threading.Event()

    def slowly(handle: int, real: Callable[[int], None] = os.fsync) -> None:
        reached.set()
        assert go_on.wait(30)
        real(handle)

    monkeypatch.setattr(os, "fsync", slowly)
    press(qtbot, screen, "Take in 1 interview")
    qtbot.waitUntil(reached.is_set)
    press(qtbot, screen, "Cancel")
    go_on.set()
    settle(qtbot)
    monkeypatch.undo()
    assert reads(screen, "Stopped. Nothing half-done remains.") and kept(office) == (0, [])
    press(qtbot, screen, "Try again")
    sees(qtbot, screen, "Take in 1 interview")
    settle(qtbot)
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "1 interview from Field 7")


def test_the_outside_needs_no_vault(qtbot: QtBot, field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    bundle = sealed(field, [written(field, "W-1")], office, tmp_path / "usb")
    field.close()
    office.close()
    gone: list[bool] = []
    screen = OutsideScreen(lambda: gone.append(True))
    show(qtbot, screen)
    screen.setFocus()
    assert screen.choose.hasFocus()
    press(qtbot, screen, "Choose a bundle…")
    choose(qtbot, screen, bundle)
    sees(qtbot, screen, "A sealed bundle")
    assert not reads(screen, "Field 7") and not reads(screen, "W-1")
    drop(screen.zone, broken(bundle, "short"))
    sees(qtbot, screen, "A bundle that is not complete")
    drop(screen.zone, broken(bundle, "text"))
    sees(qtbot, screen, "This is not a bundle")
    screen.look(tmp_path / "nothing.age")
    sees(qtbot, screen, sentence("machine.gone"))
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert gone == [True]


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, field: Session, office: Session, tmp_path: Path, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    made = written(field, "W-1")
    bundle = sealed(field, [made], office, tmp_path / "usb")
    size = (848, 590) if scale == 100 else (670, 560)
    screen, _ = begun(qtbot, office, *size)

    def check() -> None:
        qtbot.wait(20)
        assert not cut_off(screen) and not unnamed(screen)

    opened(qtbot, screen, broken(bundle, "flipped"))
    check()
    opened(qtbot, screen, broken(bundle, "text"))
    check()
    opened(qtbot, screen, bundle)
    check()
    contacts.add(office, contacts.own_card(field), contacts.own_words(field))
    opened(qtbot, screen, bundle)
    press(qtbot, screen, "Take in 1 interview")
    sees(qtbot, screen, "1 interview from Field 7")
    check()
    outside = OutsideScreen(lambda: None)
    show(qtbot, outside, *size)
    outside.look(bundle)
    sees(qtbot, outside, "A sealed bundle")
    qtbot.wait(20)
    assert not cut_off(outside) and not unnamed(outside)


def test_an_office_begins_with_what_comes_in(qtbot: QtBot, field: Session, office: Session) -> None:
    for session, first in ((office, "Open a bundle…"), (field, "Seal a bundle")):
        screen, _desk = begun(qtbot, session)
        primary = [
            one.text() for one in (screen.home.seal, screen.home.open) if one.property("kind") == "primary"
        ]
        assert primary == [first]
        assert find_button(screen, first).hasFocus()
        assert (screen.home.zone.x() < screen.home.seal.mapTo(screen, screen.home.seal.pos()).x()) == (
            session is office
        )
