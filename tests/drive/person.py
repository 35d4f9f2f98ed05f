"""A person at the window: finds things by what can be read or heard, clicks, types, waits, looks.

Everything goes through events on visible widgets. What is not there within a while is a failure that
says what could be read instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from cairn.qt.base import tasks
from cairn.qt.widgets import Fingerprint, Row, RowList

W = TypeVar("W", bound=QWidget)
PATIENCE_S = 60


def wait_for(until: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
    """Let the window work until `until` holds; False when it never does."""
    clock = QElapsedTimer()
    clock.start()
    while not until():
        if clock.elapsed() > seconds * 1000:
            return False
        QTest.qWait(15)
    return True


class NotThere(AssertionError):
    """What the person looked for never appeared."""


class Person:
    """Works in `window`, and keeps pictures of it in `folder`."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self.window = window
        self._folder = folder
        self.pictures: list[Path] = []

    # Waiting

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Go on when `until` holds."""
        if not wait_for(until):
            raise NotThere(f"{what}; to be read: {self.texts()}")

    def settle(self) -> None:
        """Until nothing is under way and what came of it is on the screen."""
        self.wait(lambda: tasks.busy() == 0, "background work goes on")
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
        QTest.qWait(20)

    # Reading

    def texts(self) -> list[str]:
        """What can be read now."""
        found = [w.text() for w in self._visible(QLabel)] + [w.text() for w in self._visible(QAbstractButton)]
        return [text for text in found if text]

    def reads(self, words: str) -> bool:
        """Whether these words can be read somewhere."""
        return any(words in text for text in self.texts())

    def sees(self, words: str) -> None:
        """Wait for these words."""
        self.wait(lambda: self.reads(words), f"no “{words}”")
        self.settle()

    def _visible(self, kind: type[W], over: QWidget | None = None) -> list[W]:
        return [w for w in (over or self.window).findChildren(kind) if w.isVisible()]

    def find(self, kind: type[W], name: str, over: QWidget | None = None) -> W:
        """The one visible widget that is called `name`, aloud or in writing."""

        def called() -> list[W]:
            return [w for w in self._visible(kind, over) if name in (w.accessibleName(), _text(w))]

        self.wait(lambda: len(called()) == 1, f"not one “{name}” but {len(called())}")
        return called()[0]

    # Doing

    def press(self, name: str) -> None:
        """Click a button, once it can be clicked."""
        button = self.find(QAbstractButton, name)
        show_in_pane(button)
        self.wait(button.isEnabled, f"“{name}” can't be pressed")
        place = button.rect().center()
        if button.width() > 120 and button.property("kind") is None:
            # Radio buttons and check boxes answer at their words.
            place = QPoint(min(12, place.x()), place.y())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def write(self, name: str, words: str, *, over_old: bool = False) -> None:
        """Click into a field and type."""

        def fields() -> list[QLineEdit | QTextEdit]:
            found = [w for w in self._visible(QWidget) if isinstance(w, QLineEdit | QTextEdit)]
            return [w for w in found if w.accessibleName() == name]

        self.wait(lambda: len(fields()) > 0, f"no field “{name}”")
        field = fields()[0]
        show_in_pane(field)
        target = field.viewport() if isinstance(field, QTextEdit) else field
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        if over_old:
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_words(field, words)
        QApplication.processEvents()

    def write_words(self, words: list[str] | tuple[str, ...], first: int = 1) -> None:
        """Type words into the boxes “Word 1”, “Word 2” …, with Enter after each but the last."""
        for number, word in enumerate(words, first):
            box = self.find(QLineEdit, f"Word {number}")
            box.setFocus()
            QTest.keyClicks(box, word)
        QApplication.processEvents()

    def choose_row(self, title: str) -> None:
        """Click the row with this title, in whichever list has it."""

        def rows() -> list[tuple[RowList, int]]:
            return [
                (view, number)
                for view in self._visible(RowList)
                for number, row in enumerate(view.rows.rows)
                if row.title == title
            ]

        self.wait(lambda: len(rows()) == 1, f"not one row “{title}”")
        view, number = rows()[0]
        index = view.rows.index(number)
        view.scrollTo(index)
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(view.visualRect(index).center())
        )
        self.settle()

    def rows(self) -> list[Row]:
        """All rows that lists show now."""
        return [row for view in self._visible(RowList) for row in view.rows.rows]

    def fingerprint(self) -> list[str]:
        """The 12 words that are shown to be read out."""
        (shown,) = self._visible(Fingerprint)
        return shown.accessibleName().split()

    def tab(self, word: str) -> None:
        """Open a tab; its word may go on with a count."""
        found = [b for b in self._visible(QAbstractButton) if b.text().startswith(word) and b.isCheckable()]
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)
        self.settle()

    def answer_dialog(self, *paths: Path, picture: str = "") -> None:
        """Type one or more paths into the file dialog that is open, and press Enter."""

        def dialogs() -> list[QFileDialog]:
            return self._visible(QFileDialog)

        self.wait(lambda: len(dialogs()) == 1, "no file dialog")
        dialog = dialogs()[0]
        QTest.qWaitForWindowExposed(dialog)
        line = next(w for w in self._visible(QLineEdit, dialog) if not isinstance(w.parent(), QListView))
        line.setFocus()
        line.clear()
        if len(paths) == 1:
            QTest.keyClicks(line, str(paths[0]))
        else:
            dialog.setDirectory(str(paths[0].parent))
            QTest.keyClicks(line, " ".join(f'"{path.name}"' for path in paths))
        if picture:
            self.look(picture)
        QTest.keyClick(line, Qt.Key.Key_Return)
        if not wait_for(lambda: not dialogs(), 2):
            # A completion that was open took the first Enter.
            QTest.keyClick(line, Qt.Key.Key_Return)
        self.wait(lambda: not dialogs(), "the file dialog stays")
        self.to_front()
        self.settle()

    def to_front(self) -> None:
        """What a window manager does when a dialog closes; a bare X server has none."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window is not in front")

    def key(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    # Pictures

    def look(self, name: str) -> None:
        """Keep a picture of what is on the screen now, numbered in order."""
        QTest.qWait(150)
        target = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        _grab(self.window).save(str(target))
        self.pictures.append(target)


def show_in_pane(widget: QWidget) -> None:
    """Scroll every pane around a widget so that it can be clicked."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(widget)
        holder = holder.parentWidget()
    QApplication.processEvents()


def type_words(field: QWidget, words: str) -> None:
    """Type; what isn't on a Latin keyboard comes from an input method, composed and then committed."""
    for part in re.findall(r"[ -~]+|\n|[^ -~\n]", words):
        if part == "\n":
            QTest.keyClick(field, Qt.Key.Key_Return)
            continue
        if part.isascii():
            QTest.keyClicks(field, part)
            continue
        cursor = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, len(part), 1, None)
        QApplication.sendEvent(field, QInputMethodEvent(part, [cursor]))
        done = QInputMethodEvent()
        done.setCommitString(part)
        QApplication.sendEvent(field, done)


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def _grab(window: QWidget) -> QPixmap:
    """The window as the screen shows it, dialogs in front of it included; else the window alone."""
    if QGuiApplication.platformName() == "xcb":
        place = window.geometry()
        return window.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())
    return window.grab()
