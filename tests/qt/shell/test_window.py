"""The window around the screens: locking and coming back, the rail, the practice vault, closing."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.shared import PASSPHRASE
from cairn.app.kernel import preferences, session
from cairn.errors import InputError
from cairn.qt.base import faults, tasks
from cairn.qt.base.theme import theme
from cairn.qt.shell.bands import Band
from cairn.qt.shell.rail import RailButton
from cairn.qt.shell.status import StatusBar
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet, ask
from qt.desk import LONG, cut_off, press, reads, sees, settle, show, texts, unnamed
from qt.hand import click, keys, line, new, text, workspace


def unlock(qtbot: QtBot, window: Window) -> None:
    QApplication.processEvents()
    field = line(window, "Passphrase")
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, PASSPHRASE)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    settle(qtbot)


@pytest.mark.parametrize("way", ["Ctrl+L", "the rail", "idle"])
def test_locking_covers_everything_and_comes_back_to_the_word(qtbot: QtBot, opened: Window, way: str) -> None:
    marker = f"planted{secrets.token_hex(4)}"
    made = new(qtbot, opened, "W-001", f"{marker} one")
    interview = made.interview
    # Typed and locked in the same moment: no time for the draft to be written before.
    QTest.keyClicks(text(made, "Account"), " last")
    if way == "Ctrl+L":
        keys(qtbot, Qt.Key.Key_L, ctrl=True)
    elif way == "the rail":
        click(qtbot, opened, "Lock")
    else:
        opened.keeper.lock_wanted.emit("idle")
    assert opened.desk is None
    assert reads(opened, "Open your vault")
    assert not any(marker in words or "W-001" in words for words in texts(opened))
    settle(qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = [w for w in opened.findChildren(QWidget) if hasattr(w, "toPlainText")]
    assert not any(marker in w.toPlainText() for w in kept), "nothing of the interview lives on in the window"
    unlock(qtbot, opened)
    assert workspace(opened).interview == interview
    assert text(workspace(opened), "Account").toPlainText() == f"{marker} one last"


def test_results_that_were_under_way_are_dropped_by_the_lock(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    called: list[object] = []
    tasks.run(opened, lambda _p: "content", then=called.append)
    opened.lock()
    settle(qtbot)
    assert called == []


def test_what_was_copied_here_goes_with_the_lock(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-001", "a name")
    account = text(made, "Account")
    account.selectAll()
    account.copy()
    assert QApplication.clipboard().text() == "a name"
    opened.lock()
    assert QApplication.clipboard().text() == ""
    settle(qtbot)


def test_what_is_copied_goes_by_itself(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-001", "a name")
    account = text(made, "Account")
    account.selectAll()
    opened.copied._timer.setInterval(1)
    account.copy()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "", timeout=LONG)
    assert opened.desk is not None
    settle(qtbot)


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs an X server")
def test_what_is_selected_leaves_the_second_clipboard_too(tmp_path: Path) -> None:
    """X11's PRIMARY, as another program sees it: there after selecting, marked, gone after the lock."""
    script = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtGui import QClipboard;"
        "from PySide6.QtWidgets import QApplication;"
        "app = QApplication([]); board = app.clipboard(); mode = QClipboard.Mode.Selection;"
        "data = board.mimeData(mode);"
        "print(repr(data.text()), bytes(data.data('x-kde-passwordManagerHint').data()) if data.hasText() else '')"
    )
    holder = (
        "import subprocess, sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QLineEdit;"
        "from cairn.qt.shell.copied import Copied\n"
        "app = QApplication([]); copied = Copied(); line = QLineEdit('a name'); line.show(); line.activateWindow(); line.setFocus()\n"
        "def ask(then):\n"
        "    child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdout=subprocess.PIPE, text=True)\n"
        "    timer = QTimer(app)\n"
        "    def look():\n"
        "        if child.poll() is not None:\n"
        "            timer.stop(); print(child.stdout.read().strip(), flush=True); then()\n"
        "    timer.timeout.connect(look); timer.start(20)\n"
        "def begin():\n"
        "    line.selectAll(); line.cursorBackward(False, 0)\n"
        "    from PySide6.QtTest import QTest; from PySide6.QtCore import Qt\n"
        "    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)\n"
        "    ask(locked)\n"
        "def locked():\n"
        "    copied.clear(); ask(app.quit)\n"
        "QTimer.singleShot(100, begin); QTimer.singleShot(60000, app.quit); app.exec()\n"
    )
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "640x480x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        source = str(Path(__file__).resolve().parents[3] / "desktop")
        done = subprocess.run(
            [sys.executable, "-c", holder, script],
            check=False,
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": source},
            capture_output=True,
            timeout=90,
            text=True,
        )
    finally:
        server.terminate()
        server.wait()
    assert done.stdout.splitlines() == ["'a name' b'secret'", "''"], done.stderr


def test_what_other_programs_copied_stays(qtbot: QtBot, opened: Window) -> None:
    opened.hide()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None, timeout=LONG)
    QApplication.clipboard().setText("from elsewhere")
    opened.lock()
    assert QApplication.clipboard().text() == "from elsewhere"
    QApplication.clipboard().clear()
    settle(qtbot)


def test_a_question_goes_with_the_lock(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    ask(opened.desk, "Erase it?", "It can't be undone.", yes="Erase", then=lambda _r: None, danger=True)
    opened.lock()
    settle(qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one for one in opened.findChildren(Sheet) if one.isVisible()] == []
    assert reads(opened, "Open your vault")


def test_the_title_never_tells(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-777")
    assert opened.windowTitle() == "Cairn"
    assert QApplication.applicationDisplayName() in ("", "Cairn", "pytest", "pytest-qt-qapp")


def test_the_status_bar_tells_saving_lock_space_and_vault(qtbot: QtBot, opened: Window) -> None:
    settle(qtbot)
    sees(qtbot, opened, "free")
    assert reads(opened, "Locks in 5 min")
    assert reads(opened, "Field vault “Field 7”")
    assert opened.desk is not None
    opened.desk.tick(45)
    assert reads(opened, "Locks in 45 s")
    opened.desk.tick(-1)
    assert not reads(opened, "Locks in")


def test_what_was_done_gives_way_to_the_state(qtbot: QtBot) -> None:
    bar = StatusBar(QWidget())
    qtbot.addWidget(bar)
    show(qtbot, bar)
    bar._old_news.setInterval(1)
    bar.show_saved("Copy made", waiting=False)
    assert "Copy made" in texts(bar)
    qtbot.waitUntil(lambda: "Everything is saved" in texts(bar), timeout=LONG)
    bar.show_saved("Copy made", waiting=False)
    bar.show_saved("Not saved", waiting=True)
    assert not bar._old_news.isActive(), "what is not saved stays until it is"


def test_the_idle_minutes_are_the_vault_s(qtbot: QtBot, window: Window, vault: Path) -> None:
    made = session.open_vault(vault, PASSPHRASE)
    preferences.change_inside(made, session.AUTO_LOCK, 20)
    window.enter(made)
    settle(qtbot)
    assert window.keeper.minutes == 20
    assert reads(window, "Locks in 20 min")


def test_the_practice_vault_can_t_be_overlooked(qtbot: QtBot, practised: Window) -> None:
    (band,) = practised.findChildren(Band)
    assert practised.desk is not None
    for name in ("interviews", "contacts"):
        practised.desk.open(name)
        settle(qtbot)
        assert band.isVisible() and band.width() == practised.width()
        assert reads(practised, "Practice vault. Everything here is made up.")


def test_a_vault_of_work_has_no_practice_band(opened: Window) -> None:
    assert opened.findChildren(Band) == []


def test_the_practice_vault_is_not_remembered_as_work(qtbot: QtBot, practised: Window) -> None:
    assert preferences.known_vaults() == []


def test_the_rail_goes_to_the_screens_by_mouse_and_keys(qtbot: QtBot, opened: Window) -> None:
    click(qtbot, opened, "Contacts")
    settle(qtbot)
    assert opened.desk is not None and opened.desk.place()[0] == "contacts"
    keys(qtbot, Qt.Key.Key_1, ctrl=True)
    settle(qtbot)
    assert opened.desk.place()[0] == "interviews"
    line_of = opened.desk.rail.button("contacts")
    line_of.setFocus()
    keys(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    assert opened.desk.place()[0] == "contacts"


def test_a_narrow_window_shows_the_rail_without_words(
    qtbot: QtBot, qapp: QApplication, opened: Window
) -> None:
    theme().apply(qapp, scale=175)
    opened.resize(1024, 640)
    opened.rebuild()
    settle(qtbot)
    assert opened.desk is not None
    shown = [b for b in opened.desk.rail.findChildren(RailButton) if b.isVisible()]
    assert all(b.toolTip() == b.text() and b.accessibleName() for b in shown)
    assert cut_off(opened.desk.rail) == []


def test_errors_become_one_sentence_above_the_screen(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None

    def work(_progress: object) -> None:
        raise InputError("contact.words-wrong")

    tasks.run(opened.desk, work)
    settle(qtbot)
    said = opened.desk.banner.text
    assert said and "contact." not in said and "{" not in said
    click(qtbot, opened, "Close this message")
    assert opened.desk.banner.text == ""


@pytest.mark.logs
def test_a_bug_is_told_without_its_words(qtbot: QtBot, opened: Window) -> None:
    faults.on_bug(opened.say_bug)
    faults.report(ValueError, ValueError("the witness"), None)
    assert reads(opened, "Something in Cairn went wrong.")
    assert not reads(opened, "witness")


def test_closing_the_window_locks_first(qtbot: QtBot, opened: Window, vault: Path) -> None:
    made = new(qtbot, opened, "W-001", "one")
    interview = made.interview
    QTest.keyClicks(text(made, "Account"), " two")
    opened.close()
    qtbot.waitUntil(lambda: opened.desk is None and tasks.busy() == 0, timeout=LONG)
    from cairn.app.interviews import interviews

    again = session.open_vault(vault, PASSPHRASE)
    try:
        draft = interviews.load(again, interview).draft
        assert draft is not None and interviews.read_draft(draft).account == "one two"
    finally:
        again.close()


def test_the_window_comes_back_as_large_as_it_was(qtbot: QtBot, qapp: QApplication, window: Window) -> None:
    window.show_unlock(None)
    window.resize(1024, 707)
    window.close()
    again = Window(qapp)
    try:
        assert (again.width(), again.height()) == (1024, 707)
    finally:
        again.close()
        again.deleteLater()


def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, practised: Window) -> None:
    assert practised.desk is not None
    for name in ("interviews", "contacts"):
        practised.desk.open(name)
        settle(qtbot)
        assert unnamed(practised) == []


def test_from_right_to_left_the_rail_is_at_the_right(
    qtbot: QtBot, qapp: QApplication, opened: Window
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        opened.rebuild()
        settle(qtbot)
        QApplication.processEvents()
        assert opened.desk is not None
        assert opened.desk.rail.x() > opened.width() / 2
        opened.grab()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_lock_button_is_always_there(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    for name in ("interviews", "contacts"):
        opened.desk.open(name)
        settle(qtbot)
        found = [b for b in opened.findChildren(QAbstractButton) if b.accessibleName() == "Lock"]
        assert len(found) == 1 and found[0].isVisible()
    press(qtbot, opened, "Lock")
    settle(qtbot)
    assert opened.desk is None


def test_what_was_to_come_after_this_event_does_not_come_to_a_window_that_is_gone(
    qtbot: QtBot, qapp: QApplication, look: None
) -> None:
    made = Window(qapp)
    made.rebuild_soon()
    delete(made)
    QApplication.processEvents()
    settle(qtbot)
