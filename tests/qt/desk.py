"""A desk without a window around it: real vaults, real background work, and a record of what was said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.shared import Make, Moulds
from cairn import paths
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, Cancelled
from cairn.qt.application import _keep_no_history
from cairn.qt.base import messages, tasks
from cairn.qt.base.language import set_language
from cairn.qt.base.theme import theme

LONG = 20_000


class PlainDesk:
    """Does what the window does for a screen, and remembers it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        # Starts nothing by itself; whoever asks it releases what was asked.
        self.decoder = DecodeHost()
        self.said: list[tuple[str, str]] = []
        self.opened: list[tuple[str, str]] = []
        tasks.on_error(self.fail)

    def say(self, sentence: str, tone: str = "neutral", **_more: Any) -> None:
        self.said.append((sentence, tone))

    def fail(self, error: CairnError) -> None:
        if not isinstance(error, Cancelled):
            self.say(messages.sentence(error), "danger")

    def open(self, screen: str, what: str = "") -> None:
        self.opened.append((screen, what))

    def show_saved(self, text: str, *, waiting: bool = False) -> None: ...
    def lock(self) -> None: ...
    def refresh_bands(self) -> None: ...

    @property
    def last(self) -> str:
        return self.said[-1][0] if self.said else ""


@pytest.fixture(autouse=True)
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The house's look, no history of files, and an end to all background work."""
    _keep_no_history()
    qapp.setStyle("Fusion")
    set_language(qapp, "en")  # English has its plurals from a catalogue
    theme().apply(qapp, mode="light", scale=100)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(paths, "settings_folder", lambda: home)
    monkeypatch.setattr(session, "RESERVE", 64 * 1024)
    yield
    tasks.shut_down()


@pytest.fixture
def make(tmp_path: Path, look: None, moulds: Moulds) -> Iterator[Make]:
    """Makes vaults and closes them afterwards."""
    opened: list[Session] = []

    def create(name: str, role: str = "field") -> Session:
        made = moulds.vault(tmp_path / name, name, role)
        opened.append(made)
        return made

    yield create
    tasks.shut_down()
    for each in opened:
        each.close()


@pytest.fixture
def field(make: Make) -> Session:
    return make("Field 7")


@pytest.fixture
def office(make: Make) -> Session:
    return make("Office North", "office")


def show(qtbot: QtBot, widget: QWidget, width: int = 1100, height: int = 760) -> None:
    """Show a screen as the window would."""
    widget.setProperty("surface", "paper")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.resize(width, height)
    qtbot.addWidget(widget)
    widget.show()
    activate(qtbot, widget)


def activate(qtbot: QtBot, widget: QWidget) -> None:
    """Bring the window to the front, as a window system does."""
    window = widget.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG)


def settle(qtbot: QtBot) -> None:
    """Wait until nothing is under way in the background and its results are on the screen."""
    qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=LONG)
    # What was just built becomes visible with the next round of events.
    QApplication.processEvents()
    QApplication.processEvents()


def texts(widget: QWidget) -> list[str]:
    """Everything that can be read on the screen now."""
    found = []
    for child in widget.findChildren(QWidget):
        if child.isVisible():
            if isinstance(child, QLabel | QAbstractButton):
                found.append(child.text())
            else:
                found.append(
                    str(getattr(child, "text", "")) if not callable(getattr(child, "text", "")) else ""
                )
    return [text for text in found if text]


def reads(widget: QWidget, words: str) -> bool:
    """Whether these words can be read on the screen now."""
    return any(words in text for text in texts(widget))


def sees(qtbot: QtBot, widget: QWidget, words: str) -> None:
    """Wait until these words can be read."""
    qtbot.waitUntil(lambda: reads(widget, words), timeout=LONG)


def find_button(widget: QWidget, text: str) -> QAbstractButton:
    """The visible button with this text."""
    found = [b for b in widget.findChildren(QAbstractButton) if b.isVisible() and b.text() == text]
    assert len(found) == 1, (text, [b.text() for b in widget.findChildren(QAbstractButton) if b.isVisible()])
    return found[0]


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Click a button by its text."""
    target = find_button(widget, text)
    assert target.isEnabled(), text
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, over: QWidget, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialogs = [d for d in over.findChildren(QFileDialog) if d.isVisible()]
    assert len(dialogs) == 1
    (dialog,) = dialogs
    (line,) = dialog.findChildren(QLineEdit)
    line.setText(str(path))
    with qtbot.waitSignal(dialog.fileSelected, timeout=LONG):
        dialog.accept()
    activate(qtbot, over)


def drop(widget: QWidget, path: Path) -> None:
    """Drop a file onto a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *rest)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *rest))


def unnamed(widget: QWidget) -> list[str]:
    """Controls that take the focus by Tab and have no name for a screen reader."""
    return [
        type(child).__name__
        for child in widget.findChildren(QWidget)
        if child.isVisible()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not child.accessibleName()
        and not isinstance(child, QAction)
    ]


def cut_off(widget: QWidget) -> list[str]:
    """What is wider than its pane: panes scroll up and down, never sideways."""
    wrong = [
        f"{area.widget().width()} in {area.viewport().width()}"
        for area in widget.findChildren(QScrollArea)
        if area.isVisible() and area.widget() and area.widget().width() > area.viewport().width()
    ]
    for child in widget.findChildren(QLabel) + widget.findChildren(QAbstractButton):
        if not child.isVisible() or not child.text():
            continue
        holder = child.parentWidget()
        if (
            child.geometry().right() > holder.width()
            or child.geometry().x() < 0
            or isinstance(child, QLabel)
            and not child.wordWrap()
            and child.width() < child.sizeHint().width()
        ):
            wrong.append(child.text())
    return wrong
