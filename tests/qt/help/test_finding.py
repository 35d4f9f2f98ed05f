"""F1 on every screen, links, search and the ways back, as a person uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.app.kernel.session import Session
from cairn.qt.base.help_pages import pages
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.screens.help.screen import HelpScreen
from cairn.qt.screens.help.searching import search
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.screens.unlock.recovery import RecoveryForm
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet
from qt.desk import PlainDesk, activate, press, reads, settle, show
from qt.hand import keys, line, new, tab, type_words, workspace


def exists(page: str) -> bool:
    return all(f"{page}.md" in resources.names(f"help/{each}", ".md") for each in languages())


def f1(qtbot: QtBot, window: Window) -> str:
    """Press it, and say which page is shown."""
    activate(qtbot, window)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    settle(qtbot)
    if (over := window.helper.overlay) is not None:
        return over.browser.shown
    assert window.desk is not None and window.desk.place()[0] == "help"
    return window.desk.place()[1]


GATES = {
    "welcome": ("show_unlock", "your-first-hour"),
    "setup": ("show_setup", "first-vault"),
    "restore": ("show_restore", "opening-the-vault"),
    "outside": ("show_outside", "taking-in"),
}


@pytest.mark.parametrize("gate", GATES)
def test_before_the_vault(qtbot: QtBot, window: Window, gate: str) -> None:
    opens, page = GATES[gate]
    getattr(window, opens)()
    shown = window.entrance
    assert shown is not None
    assert f1(qtbot, window) == page and exists(page)
    # F1 again changes nothing; Esc leads back to where one was.
    assert f1(qtbot, window) == page
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.helper.overlay is None and window.entrance is shown and shown.isVisible()


def test_at_the_passphrase_and_the_recovery_words(qtbot: QtBot, window: Window, vault: Path) -> None:
    window.show_unlock(vault)
    field = line(window, "Passphrase")
    field.setFocus()
    type_words(field, "candle")
    assert f1(qtbot, window) == "opening-the-vault"
    press(qtbot, window, "Close the help")
    assert field.text() == "candle" and QApplication.focusWidget() is field
    window.show_entrance(RecoveryForm(window, vault))
    assert f1(qtbot, window) == "forgotten-passphrase"


def test_on_every_screen(qtbot: QtBot, opened: Window) -> None:
    desk = opened.desk
    assert desk is not None
    for name, page in (
        ("interviews", "first-interview"),
        ("contacts", "contacts"),
        ("exchange", "sending-a-bundle"),
        ("custody", "custody"),
        ("settings", "settings"),
    ):
        desk.open(name)
        settle(qtbot)
        assert f1(qtbot, opened) == page and exists(page)
        # On the help itself it stays where it is.
        assert f1(qtbot, opened) == page
        keys(qtbot, Qt.Key.Key_Escape)
        assert desk.place()[0] == name


def test_on_every_tab_of_an_interview_and_back_to_it(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-017", "What was told.")
    desk = opened.desk
    assert desk is not None
    for word, page in (
        ("Consent", "consent"),
        ("Conversation", "recording"),
        ("Files", "photos"),
        ("Transcript", "listening"),
        ("History", "first-interview"),
        ("Account", "first-interview"),
    ):
        tab(qtbot, opened, word)
        before = desk.place()
        assert f1(qtbot, opened) == page and exists(page), word
        press(qtbot, opened, "Back to where you were")
        settle(qtbot)
        assert desk.place() == before
    assert workspace(opened).form.body().account == "What was told."


def test_in_every_group_of_the_settings(qtbot: QtBot, opened: Window) -> None:
    desk = opened.desk
    assert desk is not None
    desk.open("settings")
    settings = desk.shown("settings")
    assert isinstance(settings, SettingsScreen)
    found = {}
    for key in settings.groups:
        desk.open("settings", key)
        settle(qtbot)
        settings.list.setFocus()
        found[key] = f1(qtbot, opened)
        assert exists(found[key])
    assert found["backup"] == found["passphrase"] == "opening-the-vault"
    assert (found["recording"], found["look"], found["about"]) == ("recording", "settings", "updating")


def test_over_a_question_nothing_is_answered(qtbot: QtBot, opened: Window) -> None:
    work = new(qtbot, opened, "W-017", "Words.")
    tab(qtbot, opened, "Consent")
    work._ask_erase()
    (asked,) = [one for one in opened.findChildren(Sheet) if one.isVisible()]
    assert f1(qtbot, opened) == "consent"
    assert opened.helper.overlay is not None
    keys(qtbot, Qt.Key.Key_Escape)
    assert opened.helper.overlay is None and asked.isVisible()
    keys(qtbot, Qt.Key.Key_Escape)
    assert not [one for one in opened.findChildren(Sheet) if one.isVisible()]


def test_over_the_dialog_for_files(qtbot: QtBot, opened: Window) -> None:
    desk = opened.desk
    assert desk is not None
    desk.open("exchange")
    exchange = desk.shown("exchange")
    assert isinstance(exchange, ExchangeScreen)
    exchange.choose()
    (dialog,) = opened.findChildren(QFileDialog)
    activate(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    over = opened.helper.overlay
    assert over is not None and over.window() is dialog and over.browser.shown == "sending-a-bundle"
    qtbot.keyClick(over.browser.view, Qt.Key.Key_Escape)
    assert opened.helper.overlay is None and dialog.isVisible()
    dialog.reject()


def test_locking_takes_the_help_away(qtbot: QtBot, opened: Window) -> None:
    work = new(qtbot, opened, "W-017")
    work._ask_erase()
    f1(qtbot, opened)
    assert opened.helper.overlay is not None
    opened.lock()
    settle(qtbot)
    assert opened.helper.overlay is None and reads(opened, "Open your vault")


@pytest.fixture
def screen(qtbot: QtBot, field: Session) -> HelpScreen:
    made = HelpScreen(PlainDesk(field))
    show(qtbot, made)
    made.enter()
    return made


def test_links_by_mouse_and_by_keys_and_back(qtbot: QtBot, screen: HelpScreen) -> None:
    browser = screen.browser
    view = browser.view
    view.setFocus()
    # Tab goes to the first link, Enter follows it.
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert browser.shown == "preparing-the-laptop"
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert browser.shown == "your-first-hour" and not browser.back.isVisible()
    at = view.document().find("Install Cairn")
    spot = view.cursorRect(at).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert browser.shown == "installing"
    press(qtbot, screen, "Back")
    assert browser.shown == "your-first-hour"


def test_a_link_to_anywhere_else_is_none(qtbot: QtBot, screen: HelpScreen) -> None:
    view = screen.browser.view
    for place in (
        "https://example.org/",
        "file:///etc/passwd",
        "mailto:a@b",
        "../first-vault",
        "first-vault.md",
    ):
        view.anchorClicked.emit(QUrl(place))
        assert screen.where() == "your-first-hour"
    view.setSource(QUrl.fromLocalFile("/etc/hostname"))
    assert view.toPlainText().startswith("Your first hour")


def test_searching(qtbot: QtBot, screen: HelpScreen) -> None:
    browser = screen.browser
    qtbot.keyClick(browser.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert browser.search.hasFocus()
    type_words(browser.search, "swap lsblk")
    assert [row.id for row in browser.list.rows.rows] == ["preparing-the-laptop"]
    assert "swap" in browser.list.rows.rows[0].line.casefold()
    qtbot.keyClick(browser.search, Qt.Key.Key_Return)
    assert browser.shown == "preparing-the-laptop" and browser.view.hasFocus()
    assert browser.view.extraSelections()
    browser.search.setText("hibernation 10 GB")
    assert browser.shown == "preparing-the-laptop" and browser.view.extraSelections()
    browser.search.setText("zeppelin")
    assert reads(screen, "No page has these words.") and not browser.list.isVisible()
    browser.search.setFocus()
    qtbot.keyClick(browser.search, Qt.Key.Key_Escape)
    assert not browser.search.text() and len(browser.list.rows.rows) == len(pages())
    assert not browser.view.extraSelections()


def test_titles_count_most_and_korean_is_found_whatever_its_form(qtbot: QtBot) -> None:
    assert search(pages(), "consent")[0][0].name == "consent"
    assert not search(pages(), "consent zeppelin")
    from cairn.qt.base import messages

    messages.set_language("ko")
    try:
        import unicodedata

        for typed in ("녹취록", unicodedata.normalize("NFD", "녹취록")):
            assert "listening" in [page.name for page, _ in search(pages(), typed)]
    finally:
        messages.set_language("en")
