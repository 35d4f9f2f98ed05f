"""Look, language, locking, name, about: settings that take effect at once, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import preferences
from cairn.app.kernel import session as sessions
from cairn.app.kernel.session import open_vault
from cairn.model.kinds.interview import Interview
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.screens.settings.look import language_name
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.shell.window import Window
from cairn.qt.widgets.settings import Choice
from qt.desk import cut_off, reads, settle, unnamed
from qt.hand import commit, compose, line, named


def settings(qtbot: QtBot, window: Window, group: str = "") -> SettingsScreen:
    """The screen as it is now: it is built anew when the look changes."""
    assert window.desk is not None
    window.desk.open("settings", group)
    settle(qtbot)
    qtbot.wait(10)
    screen = window.desk.shown("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def pick(qtbot: QtBot, choice: Choice, word: str) -> None:
    """Choose with the keyboard, as a list box is used."""
    choice.setFocus()
    words = [choice.itemText(at) for at in range(choice.count())]
    while choice.currentIndex() > words.index(word):
        choice.setCurrentIndex(choice.currentIndex() - 1)
    while choice.currentIndex() < words.index(word) - 1:
        choice.setCurrentIndex(choice.currentIndex() + 1)
    if choice.currentText() == word:
        choice.activated.emit(choice.currentIndex())
    else:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    settle(qtbot)


def test_the_theme_changes_at_once_and_the_focus_stays(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened)
    pick(qtbot, named(screen, "Theme", Choice), "Dark")
    qtbot.waitUntil(lambda: theme().dark)
    settle(qtbot)
    qtbot.wait(20)
    assert preferences.outside().theme == "dark"
    again = settings(qtbot, opened)
    assert again is not screen
    now = QApplication.focusWidget()
    assert isinstance(now, Choice) and now.accessibleName() == "Theme" and now.currentText() == "Dark"


@pytest.mark.parametrize("size", [150, 200])
def test_the_text_size_changes_at_once(qtbot: QtBot, opened: Window, size: int) -> None:
    screen = settings(qtbot, opened)
    pick(qtbot, named(screen, "Text size", Choice), f"{size} %")
    qtbot.waitUntil(lambda: theme().scale == size)
    settle(qtbot)
    assert preferences.outside().text_size == size
    assert named(opened, "Text size", Choice).currentText() == f"{size} %"


def test_languages_are_listed_by_their_own_names(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened)
    choice = named(screen, "Language", Choice)
    words = [choice.itemText(at) for at in range(choice.count())]
    assert words[1:] == ["English", "한국어"] and words[0].startswith("As the system (")
    choice.setFocus()
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    settle(qtbot)
    qtbot.wait(20)
    assert messages.language() == "ko" and preferences.outside().language == "ko"
    again = opened.desk.shown("settings")
    assert again is not screen
    # Back to the system's: that is kept as a choice of its own.
    now = again.groups["language"].anchors["language"]
    now.setCurrentIndex(0)
    now.activated.emit(0)
    settle(qtbot)
    assert preferences.outside().language == "" and messages.language() == "en"
    assert language_name("de") == "Deutsch"


def test_the_wheel_scrolls_and_changes_no_setting(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened)
    choice = named(screen, "Text size", Choice)
    choice.setFocus()
    turn = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert theme().scale == 100 and choice.currentText() == "100 %"


def test_the_time_to_the_lock_is_kept_in_the_vault(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "locking")
    choice = named(screen, "Lock after", Choice)
    assert [choice._values[at] for at in range(choice.count())] == [1, 2, 5, 10, 15, 30]
    pick(qtbot, choice, choice.itemText(4))
    assert opened.keeper.minutes == 15 and 890 <= opened.keeper.left() <= 900
    session = opened.desk.session
    assert preferences.inside(session, sessions.AUTO_LOCK) == 15
    opened.lock()
    settle(qtbot)
    opened.enter(open_vault(session.info.folder, PASSPHRASE))
    settle(qtbot)
    assert opened.keeper.minutes == 15


def test_the_name_stands_beside_what_is_made_afterwards(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "name")
    name = line(screen, "Your name or code")
    assert name.placeholderText() == "Field 7"
    name.setFocus()
    QTest.keyClicks(name, "Jiyoung")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    settle(qtbot)
    session = opened.desk.session
    assert session.author == "Jiyoung"
    made = interviews.create(session, title="W-1")
    interviews.save_version(session, made, Interview(title="W-1"))
    assert interviews.history(session, made)[0].author == "Jiyoung"


def test_a_name_being_typed_survives_the_lock(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "name")
    name = line(screen, "Your name or code")
    name.setFocus()
    compose(name, "지")
    commit(name, "지")
    folder = opened.desk.session.info.folder
    opened.lock()
    settle(qtbot)
    again = open_vault(folder, PASSPHRASE)
    opened.enter(again)
    settle(qtbot)
    assert again.author == "지"
    # Unlocking comes back to where the person was.
    assert opened.desk.place()[0] == "settings" and opened.desk.place()[1].startswith("name")


def test_groups_are_reached_with_the_keyboard(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened)
    screen.list.setFocus()
    for _ in range(len(screen.groups) - 1):
        qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    bar = screen.area.verticalScrollBar()
    assert screen.list.chosen_id == "about" and bar.value() > 0
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget().accessibleName() == "Test this build"
    bar.setValue(0)
    assert screen.list.chosen_id == "look"
    seen = set()
    screen.list.setFocus()
    for _ in range(120):
        now = QApplication.focusWidget()
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget().accessibleName())
    everything = {
        c.accessibleName()
        for g in screen.groups.values()
        for c in g.anchors.values()
        if c.isEnabled() and c.isVisibleTo(g)
    }
    assert everything - {"Back up again"} <= seen


def test_the_practice_vault_keeps_its_passphrase(qtbot: QtBot, practised: Window) -> None:
    screen = settings(qtbot, practised, "passphrase")
    assert not screen.groups["passphrase"].anchors["change"].isEnabled()
    assert reads(screen, "The practice vault keeps its passphrase")


@pytest.mark.parametrize(("scale", "size"), [(100, (1024, 640)), (100, (1280, 800)), (200, (1024, 640))])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, practised: Window, scale: int, size: tuple[int, int]
) -> None:
    theme().apply(qapp, scale=scale)
    practised.rebuild()
    practised.resize(*size)
    screen = settings(qtbot, practised)
    qtbot.wait(30)
    assert not cut_off(screen) and not unnamed(screen)
    for group in screen.groups:
        screen.show_item(group)
        qtbot.wait(5)
        shown = screen.groups[group]
        assert shown.mapTo(screen, QPoint(0, 0)).y() < screen.height()


def test_a_click_on_the_chosen_group_goes_back_to_its_beginning(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    opened.desk.open("settings", "recording")
    settle(qtbot)
    screen = opened.desk.shown("settings")
    assert isinstance(screen, SettingsScreen)
    bar = screen.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    top = bar.value()
    bar.setValue(top + 20)
    assert screen.list.chosen_id == "recording"
    spot = screen.list.visualRect(screen.list.currentIndex()).center()
    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert bar.value() == top
