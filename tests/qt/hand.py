"""A person at the window: finds things by what can be read or heard, clicks and types."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.app.kernel.views import InterviewView
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from cairn.qt.screens.interviews.screen import InterviewsScreen
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.shell.window import Window
from cairn.qt.widgets import RowList, Sheet
from qt.desk import LONG, find_button, press, settle

W = TypeVar("W", bound=QWidget)


def named(over: QWidget, name: str, kind: type[W]) -> W:
    """The visible control that a screen reader calls `name`."""
    QApplication.processEvents()  # what was just added is shown with the next round of events
    found = [w for w in over.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
    assert len(found) == 1, (name, [w.accessibleName() for w in over.findChildren(kind) if w.isVisible()])
    return found[0]


def line(over: QWidget, name: str) -> QLineEdit:
    """A line of text."""
    return named(over, name, QLineEdit)


def text(over: QWidget, name: str) -> QTextEdit:
    """A field for long text."""
    return named(over, name, QTextEdit)


def click(qtbot: QtBot, over: QWidget, name: str) -> None:
    """Click a button by the name that a screen reader says."""
    button = named(over, name, QAbstractButton)
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot: QtBot, field: QWidget, words: str) -> None:
    """Click into a field, behind what stands there in whatever font, and type."""
    target = field.viewport() if isinstance(field, QTextEdit) else field
    behind = target.rect().bottomRight() - QPoint(3, 3)
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=behind)
    assert QApplication.focusWidget() is field
    type_words(field, words)


def type_words(field: QWidget, words: str) -> None:
    """Type; what isn't on a Latin keyboard comes from an input method, as it does for people."""
    for part in re.findall(r"[ -~\n]+|[^ -~\n]", words):
        if part.isascii():
            QTest.keyClicks(field, part)
        else:
            compose(field, part)
            commit(field, part)


def compose(field: QWidget, syllable: str) -> None:
    """The input method shows a syllable that is not finished."""
    look = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, len(syllable), 1, None)
    QApplication.sendEvent(field, QInputMethodEvent(syllable, [look]))


def commit(field: QWidget, syllable: str) -> None:
    """The input method hands over a finished syllable."""
    event = QInputMethodEvent()
    event.setCommitString(syllable)
    QApplication.sendEvent(field, event)


def keys(qtbot: QtBot, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Press a key where the focus is."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    qtbot.keyClick(target, key, held)


def click_row(qtbot: QtBot, rows: RowList, title: str) -> None:
    """Click a row of a list by its title."""
    at = [number for number, row in enumerate(rows.rows.rows) if row.title == title]
    assert len(at) == 1, (title, [row.title for row in rows.rows.rows])
    index = rows.rows.index(at[0])
    rows.scrollTo(index)
    centre = rows.visualRect(index).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(centre))


def sheet(window: Window) -> Sheet:
    """The question that is open."""
    found = [one for one in window.findChildren(Sheet) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def answer(qtbot: QtBot, window: Window, yes: str, reason: str = "") -> None:
    """Answer the question that is open."""
    asked = sheet(window)
    if reason:
        assert not find_button(asked, yes).isEnabled(), "a reason is needed"
        write(qtbot, line(asked, "Reason"), reason)
    press(qtbot, asked, yes)
    settle(qtbot)


def screen(window: Window) -> InterviewsScreen:
    """The interviews."""
    assert window.desk is not None
    found = window.desk.shown("interviews")
    assert isinstance(found, InterviewsScreen)
    return found


def workspace(window: Window) -> Workspace:
    """The interview that is open."""
    found = screen(window).workspace
    assert found is not None
    return found


def new(qtbot: QtBot, window: Window, title: str = "", account: str = "") -> Workspace:
    """Begin an interview and write something down, by hand."""
    before = screen(window).workspace
    press(qtbot, screen(window), "New")
    qtbot.waitUntil(lambda: screen(window).workspace not in (None, before), timeout=LONG)
    settle(qtbot)
    made = workspace(window)
    if title:
        type_words(line(made, "Code name"), title)
    if account:
        write(qtbot, text(made, "Account"), account)
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    settle(qtbot)
    return made


@contextmanager
def slow_vault(over: QObject) -> Iterator[None]:
    """Whatever asks the vault meanwhile waits: a slow disk, a large interview."""
    gate, begun = threading.Event(), threading.Event()

    def wait(_progress: Progress) -> None:
        begun.set()
        gate.wait(30)

    tasks.run(over, wait)
    assert begun.wait(10)
    try:
        yield
    finally:
        gate.set()


def stored(window: Window, interview: str = "") -> InterviewView:
    """What the vault holds of an interview, read apart from the window."""
    assert window.desk is not None
    return interviews.load(window.desk.session, interview or workspace(window).interview)


def draft_of(window: Window, interview: str = "") -> str:
    """The account in the draft that the vault holds, or nothing."""
    draft = stored(window, interview).draft
    return interviews.read_draft(draft).account if draft is not None else ""


def tab(qtbot: QtBot, window: Window, word: str) -> None:
    """Open a tab of the workspace."""
    tabs = workspace(window).tabs
    (found,) = [b for b in tabs.findChildren(QAbstractButton) if b.text().startswith(word)]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    settle(qtbot)
