"""Contacts as a person uses them: real cards, real vaults, clicks, keys and what can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.forging import Forger
from app.shared import Make, introduce
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.bundle.cards import read_card, write_card
from cairn.qt.base.theme import theme
from cairn.qt.screens.contacts.screen import OWN, ContactsScreen
from qt.desk import PlainDesk, choose, cut_off, drop, press, reads, sees, settle, show, texts, unnamed


def opened(
    qtbot: QtBot, s: Session, width: int = 1100, height: int = 760
) -> tuple[ContactsScreen, PlainDesk]:
    desk = PlainDesk(s)
    screen = ContactsScreen(desk)
    show(qtbot, screen, width, height)
    screen.enter()
    settle(qtbot)
    return screen, desk


def card_file(s: Session, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "their.contact"
    path.write_bytes(contacts.own_card(s))
    return path


def type_words(qtbot: QtBot, words: list[str]) -> None:
    """Types each word and goes on with the space bar, as people do."""
    for number, word in enumerate(words):
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit) and box.accessibleName() == f"Word {number + 1}"
        qtbot.keyClicks(box, word)
        if number < len(words) - 1:
            qtbot.keyClick(box, Qt.Key.Key_Space)


def test_the_own_card_is_shown_and_written(qtbot: QtBot, field: Session, tmp_path: Path) -> None:
    screen, desk = opened(qtbot, field)
    assert reads(screen, "The cards of offices and colleagues will be here.")
    assert set(field.keys.words) <= set(texts(screen))
    press(qtbot, screen, "Write my card to a file…")
    (dialog,) = [d for d in screen.findChildren(QFileDialog) if d.isVisible()]
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert "Field 7.contact" in dialog.selectedFiles()[0]
    choose(qtbot, screen, tmp_path / "mine.contact")
    settle(qtbot)
    assert read_card((tmp_path / "mine.contact").read_bytes()).words == tuple(field.keys.words)
    assert "mine.contact" in desk.last


def test_a_card_is_added_and_verified_by_typing(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    screen, desk = opened(qtbot, field)
    press(qtbot, screen, "Add a card…")
    choose(qtbot, screen, card_file(office, tmp_path / "usb"))
    sees(qtbot, screen, "nobody knows whose card this is")
    settle(qtbot)
    # Before they are typed, no word of the card can be read anywhere.
    assert not set(office.keys.words) & set(texts(screen))

    wrong = [*office.keys.words[1:], office.keys.words[0]]
    type_words(qtbot, wrong)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot)
    assert reads(screen, "These are not the words of this card.")
    assert contacts.rows(field)[0].trust == "unverified"

    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.selectedText() == wrong[0]
    for box in screen._content.compare.words.boxes:  # type: ignore[union-attr]
        box.clear()
    type_words(qtbot, list(office.keys.words))
    press(qtbot, screen, "Compare the words")
    settle(qtbot)
    assert contacts.rows(field)[0].trust == "verified"
    assert desk.last == "The words fit: Office North is verified."
    assert reads(screen, "Words compared") and set(office.keys.words) <= set(texts(screen))


def test_too_few_words_are_not_compared(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    screen, _ = opened(qtbot, field)
    screen.add_card(card_file(office, tmp_path / "usb"))
    settle(qtbot)
    settle(qtbot)
    type_words(qtbot, list(office.keys.words[:11]))
    press(qtbot, screen, "Compare the words")
    assert reads(screen, "Type all 12 words first. 1 are still missing.")
    assert QApplication.focusWidget().accessibleName() == "Word 12"


def test_a_card_is_dropped(qtbot: QtBot, field: Session, office: Session, tmp_path: Path) -> None:
    screen, _ = opened(qtbot, field)
    drop(screen, card_file(office, tmp_path / "usb"))
    sees(qtbot, screen, "nobody knows whose card this is")
    assert [row.label for row in contacts.rows(field)] == ["Office North"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda card: b"not a card", "This file is not a contact card"),
        (
            lambda card: card.replace(b"Office North", b"Office Nurth"),
            "This card was altered after it was made, perhaps on the way",
        ),
        (lambda card: card + b"x" * 300_000, "This file is not a contact card"),
    ],
)
def test_a_bad_card_is_refused_in_words(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path, spoil: object, said: str
) -> None:
    screen, desk = opened(qtbot, field)
    path = card_file(office, tmp_path / "usb")
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    screen.add_card(path)
    settle(qtbot)
    assert said in desk.last and contacts.rows(field) == []
    screen.add_card(tmp_path / "nowhere.contact")
    settle(qtbot)
    assert "not there" in desk.last
    path.write_bytes(contacts.own_card(field))
    screen.add_card(path)
    settle(qtbot)
    assert "card of this vault itself" in desk.last


def test_a_contact_is_revoked_with_a_reason(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    screen, _ = opened(qtbot, field)
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    assert reads(screen, "The 12 words were compared.")
    press(qtbot, screen, "Revoke this contact…")
    sheet = screen.window()
    go = next(b for b in sheet.findChildren(type(screen.add_button)) if b.text() == "Revoke this contact")
    assert not go.isEnabled()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit) and line.accessibleName() == "Why"
    qtbot.keyClicks(line, "laptop lost")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    sees(qtbot, screen, "Revoked for good.")
    (row,) = contacts.rows(field)
    assert (row.trust, row.reason) == ("revoked", "laptop lost")
    assert reads(screen, "laptop lost") and not reads(screen, "Revoke this contact…")


def test_escape_leaves_the_question(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    screen, _ = opened(qtbot, field)
    screen.show_item(office.info.fingerprint)
    settle(qtbot)
    press(qtbot, screen, "Revoke this contact…")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert contacts.rows(field)[0].trust == "verified" and screen.where() == office.info.fingerprint


def test_a_second_card_of_the_same_name_is_pointed_out(qtbot: QtBot, make: Make) -> None:
    field, real, forged = make("Field 7"), make("Office North", "office"), make("real", "office")
    introduce(field, real)
    from cairn.bundle.cards import write_card

    contacts.add(field, write_card(forged.keys, label="Office North", role="office"))
    screen, _ = opened(qtbot, field)
    screen.show_item(forged.info.fingerprint)
    settle(qtbot)
    assert reads(screen, "Another contact is already called Office North.")


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, field: Session, office: Session, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    introduce(field, office)
    contacts.add(office, contacts.own_card(field))
    screen, _ = opened(qtbot, field, *((848, 590) if scale == 100 else (670, 560)))
    for which in ("", OWN, office.info.fingerprint):
        if which:
            screen.show_item(which)
            settle(qtbot)
        qtbot.wait(20)
        assert not cut_off(screen) and not unnamed(screen)
    if scale == 200:
        # One at a time: back to the list by its button, or by Esc.
        assert not screen.list.isVisible()
        press(qtbot, screen, "All contacts")
        assert screen.list.isVisible() and screen.list.hasFocus()
        qtbot.keyClick(screen.list, Qt.Key.Key_Return)
        qtbot.keyClick(screen.back, Qt.Key.Key_Escape)
        assert screen.list.isVisible()


@pytest.mark.parametrize("answer", ["Accept the change", "Decline the change"])
def test_what_a_newer_card_says_is_accepted_or_declined(qtbot: QtBot, office: Session, answer: str) -> None:
    sender = Forger.of("Team W")
    contacts.add(office, sender.card, sender.keys.words)
    contacts.add(office, Forger.of("Team M").card)
    card = write_card(sender.keys, label="Team M", role="office", created="2099-01-01", expires="2099-12-31")
    contacts.offer(office, card)
    screen, desk = opened(qtbot, office)
    chips = {row.title: [word for word, _ in row.chips] for row in screen.list.rows.rows}
    assert chips["Team W"] == ["verified", "newer card"] and chips["Team M"] == ["not compared"]
    screen.show_item(sender.keys.fingerprint)
    settle(qtbot)
    assert reads(screen, "Team W; on the newer card Team M") and reads(
        screen, "Field; on the newer card Office"
    )
    assert reads(screen, "does not expire; on the newer card") and reads(screen, "already called Team M")
    assert QApplication.focusWidget().text() == "Decline the change"  # type: ignore[attr-defined]
    assert cut_off(screen) == [] and unnamed(screen) == []
    press(qtbot, screen, answer)
    settle(qtbot)
    found = contacts.find(office, sender.keys.fingerprint)
    accepted = answer.startswith("Accept")
    assert (found.label, found.role) == (("Team M", "office") if accepted else ("Team W", "field"))
    assert desk.last.startswith(
        "The change is accepted: Team M" if accepted else "The change is declined: Team W"
    )
    assert not reads(screen, "A newer card says otherwise") and found.trust == "verified"


def test_a_card_that_came_in_meanwhile_is_shown_before_it_is_decided(qtbot: QtBot, office: Session) -> None:
    sender = Forger.of("Team W")
    contacts.add(office, sender.card, sender.keys.words)
    contacts.offer(office, write_card(sender.keys, label="Team V", role="field", created="2099-01-01"))
    screen, desk = opened(qtbot, office)
    screen.show_item(sender.keys.fingerprint)
    settle(qtbot)
    contacts.offer(office, write_card(sender.keys, label="Team M", role="office", created="2099-01-02"))
    assert reads(screen, "Team W; on the newer card Team V")
    press(qtbot, screen, "Accept the change")
    settle(qtbot)
    assert desk.last.startswith("A newer card of this contact came in")
    assert contacts.find(office, sender.keys.fingerprint).label == "Team W"
    assert reads(screen, "Team W; on the newer card Team M")
    press(qtbot, screen, "Accept the change")
    settle(qtbot)
    assert contacts.find(office, sender.keys.fingerprint).label == "Team M"


def test_adding_a_card_that_says_otherwise_changes_nothing_yet(
    qtbot: QtBot, office: Session, tmp_path: Path
) -> None:
    sender = Forger.of("Team W")
    contacts.add(office, sender.card, sender.keys.words)
    path = tmp_path / "new.contact"
    path.write_bytes(write_card(sender.keys, label="Team M", role="office", created="2099-01-01"))
    screen, desk = opened(qtbot, office)
    screen.add_card(path)
    settle(qtbot)
    settle(qtbot)
    assert (
        desk.last == "This card of Team W says otherwise than the one that is here. Nothing is changed yet."
    )
    assert reads(screen, "A newer card says otherwise")
