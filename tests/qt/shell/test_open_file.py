"""A bundle or a card that is double-clicked: what is said without a key, and how it goes on with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE, Make, introduce
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, preferences
from cairn.app.kernel.session import open_vault
from cairn.app.program import practice
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange.outside import OutsideScreen
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.screens.setup.screen import SetupScreen
from cairn.qt.shell.window import Window
from qt.desk import cut_off, find_button, press, reads, sees, settle, unnamed
from qt.exchange.test_opening import sealed
from qt.exchange.test_sealing import written
from qt.hand import line, type_words


@pytest.fixture
def bundle(make: Make, vault: Path, tmp_path: Path) -> Path:
    """A bundle with a Korean name, for the vault, from an office whose words were compared."""
    office = make("Office North", "office")
    own = open_vault(vault, PASSPHRASE)
    introduce(office, own)
    path = sealed(office, [written(office, "W-9")], own, tmp_path / "usb")
    own.close()
    return path.rename(path.with_name("묶음 하나.age"))


@pytest.fixture
def card(make: Make, tmp_path: Path) -> Path:
    path = tmp_path / "북쪽 사무소.contact"
    path.write_bytes(contacts.own_card(make("Office South", "office")))
    return path


def unlock(qtbot: QtBot, window: Window) -> None:
    """Type the passphrase, as one does."""
    type_words(line(window, "Passphrase"), PASSPHRASE)
    qtbot.keyClick(line(window, "Passphrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    settle(qtbot)


def test_a_bundle_first_from_outside_then_in_the_exchange(
    qtbot: QtBot, window: Window, vault: Path, bundle: Path
) -> None:
    preferences.remember_vault(vault)
    window.begin()
    window.opener.give([bundle])
    sees(qtbot, window, "A sealed bundle")
    assert not reads(window, "Office North")
    go = find_button(window, "Open your vault for it")
    qtbot.waitUntil(go.hasFocus)
    qtbot.keyClick(go, Qt.Key.Key_Return)
    assert reads(window, "When the vault is open, Cairn goes on with “묶음 하나.age”.")
    unlock(qtbot, window)
    sees(qtbot, window, "Sealed by Office North")
    settle(qtbot)
    assert window.desk is not None and window.desk.place()[0] == "exchange"
    # Looked at, not taken in.
    assert interviews.count(window.desk.session) == 0
    window.lock()
    settle(qtbot)
    unlock(qtbot, window)
    assert (
        not isinstance(window.desk.shown(window.desk.place()[0]), ExchangeScreen)
        or window.desk.shown("exchange").job is None
    )


def test_a_card_says_whose_it_claims_to_be_and_is_added_afterwards(
    qtbot: QtBot, window: Window, vault: Path, card: Path
) -> None:
    preferences.remember_vault(vault)
    window.opener.give([card])
    sees(qtbot, window, "A contact card")
    assert reads(window, "The card says that it belongs to “Office South”.")
    press(qtbot, window, "Open your vault to add it")
    unlock(qtbot, window)
    assert window.desk is not None and window.desk.place()[0] == "contacts"
    sees(qtbot, window, "The card of Office South is added.")
    (row,) = contacts.rows(window.desk.session)
    assert (row.label, row.trust) == ("Office South", "unverified")


def test_it_can_be_left(qtbot: QtBot, window: Window, vault: Path, card: Path) -> None:
    preferences.remember_vault(vault)
    window.opener.give([card])
    sees(qtbot, window, "A contact card")
    press(qtbot, window, "Open your vault to add it")
    press(qtbot, window, "Leave it")
    assert not reads(window, "goes on with")
    unlock(qtbot, window)
    assert window.desk is not None and contacts.rows(window.desk.session) == []


def test_the_practice_vault_gets_nothing_real(qtbot: QtBot, practised: Window, card: Path) -> None:
    desk = practised.desk
    assert desk is not None
    before = contacts.rows(desk.session)
    folder = desk.session.info.folder
    practised.lock()
    settle(qtbot)
    practised.opener.waiting = card
    practised.enter(open_vault(folder, practice.PASSPHRASE))
    settle(qtbot)
    assert reads(practised, "waits until you open a vault of your own")
    assert practised.desk is not None and contacts.rows(practised.desk.session) == before
    assert practised.opener.waiting == card


def test_a_vault_that_is_open_goes_on_at_once(
    qtbot: QtBot, window: Window, vault: Path, bundle: Path, card: Path
) -> None:
    window.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    # As macOS hands a file to a program that runs.
    event = QFileOpenEvent(QUrl.fromLocalFile(str(card)))
    QApplication.sendEvent(QApplication.instance(), event)
    # Any program of this person can hand over a card: it is not added before the person says so.
    sees(qtbot, window, "Add this contact card?")
    assert reads(window, "The card says that it belongs to “Office South”.")
    press(qtbot, window, "Leave it")
    settle(qtbot)
    assert window.desk is not None
    assert [row.label for row in contacts.rows(window.desk.session)] == ["Office North"]
    window.opener.give([card])
    sees(qtbot, window, "Add this contact card?")
    press(qtbot, window, "Add card")
    settle(qtbot)
    sees(qtbot, window, "The card of Office South is added.")
    window.opener.give([bundle, card])
    settle(qtbot)
    assert window.desk is not None and window.desk.place()[0] == "exchange"


def test_a_practice_vault_that_is_open_gets_nothing_real(
    qtbot: QtBot, practised: Window, card: Path, bundle: Path
) -> None:
    desk = practised.desk
    assert desk is not None
    before = contacts.rows(desk.session)
    for path in (card, bundle):
        practised.opener.give([path])
        settle(qtbot)
        assert reads(practised, f"“{path.name}” waits until you open a vault of your own")
        assert practised.opener.waiting == path
    assert contacts.rows(desk.session) == before and desk.place()[0] != "exchange"


def test_a_bundle_that_is_being_made_is_not_thrown_away(
    qtbot: QtBot, window: Window, vault: Path, bundle: Path
) -> None:
    window.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    desk = window.desk
    assert desk is not None
    desk.open("exchange")
    exchange = desk.shown("exchange")
    assert isinstance(exchange, ExchangeScreen)
    press(qtbot, window, "Seal a bundle")
    making = exchange.job
    assert making is not None
    desk.open("interviews")
    window.opener.give([bundle])
    settle(qtbot)
    assert exchange.job is making and desk.place()[0] == "exchange"
    assert reads(window, "then open “묶음 하나.age” again")
    exchange.go_home()
    window.opener.give([bundle])
    sees(qtbot, window, "Sealed by Office North")


def test_the_wizard_is_not_torn_down(qtbot: QtBot, window: Window, card: Path) -> None:
    window.show_setup()
    wizard = window.entrance
    assert isinstance(wizard, SetupScreen)
    type_words(wizard._passphrase._first, "candle")
    window.opener.give([card])
    settle(qtbot)
    assert window.entrance is wizard and window.opener.waiting == card


def test_a_card_that_waited_unseen_is_asked_about_too(
    qtbot: QtBot, window: Window, vault: Path, card: Path
) -> None:
    window.show_setup()
    window.opener.give([card])
    window.enter(open_vault(vault, PASSPHRASE))
    sees(qtbot, window, "Add this contact card?")
    assert window.desk is not None and window.opener.waiting is None
    assert contacts.rows(window.desk.session) == []


def test_several_are_said_to_be_one_at_a_time(qtbot: QtBot, window: Window, bundle: Path, card: Path) -> None:
    window.opener.give([card, bundle])
    assert reads(window, "Cairn opens one file at a time.")
    sees(qtbot, window, "A contact card")


HOSTILE = {
    "empty.age": b"",
    "noise.age": bytes(range(256)) * 400,
    "header.age": b"age-encryption.org/v1\n-> X25519 " + b"A" * 70_000,
    "half.age": b"age-encryption.org/v1\n",
    "card.age": b"cairn-card/2\n" + b"\xff" * 300,
    "big.contact": b"cairn-card/2\n" + b"x" * 200_000,
    "text.contact": "이것은 카드가 아니다".encode(),
    "empty.contact": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_bundle_and_no_card_is_said_in_words(
    qtbot: QtBot, window: Window, vault: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    window.opener.give([path])
    settle(qtbot)
    screen = window.entrance
    assert isinstance(screen, OutsideScreen)
    good = ("A sealed bundle", "A contact card")
    assert not any(reads(screen, each) for each in good)
    said = ("This is not a bundle", "Something else that is encrypted", "A bundle that is not complete")
    assert any(reads(screen, each) for each in said) or screen.banner.text
    window.opener.waiting = path
    window.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert window.desk is not None and contacts.rows(window.desk.session) == []


def test_what_is_no_file_is_never_waited_for(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.age")
    for path in (tmp_path / "pipe.age", tmp_path / "gone.age", tmp_path):
        window.opener.give([path])
        settle(qtbot)
        assert isinstance(window.entrance, OutsideScreen) and window.entrance.banner.text


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off(
    qtbot: QtBot, qapp: QApplication, window: Window, bundle: Path, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    window.resize(1024, 640)
    window.opener.give([bundle])
    sees(qtbot, window, "A sealed bundle")
    qtbot.wait(20)
    assert not cut_off(window) and not unnamed(window)
    window.opener.open_vault_for(bundle)
    qtbot.wait(20)
    assert not cut_off(window) and not unnamed(window)
