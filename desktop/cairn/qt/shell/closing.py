"""What is asked before the program closes: a recording would end, or words would be gone that stand nowhere else."""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.widgets import Sheet, ask
from cairn.qt.widgets.entrance import Entrance

translate = QCoreApplication.translate


class ClosingWindow(Protocol):
    """The window, as far as closing it is asked about."""

    recorder: RecorderHost

    @property
    def shown(self) -> QWidget:
        """What fills the window now."""
        ...

    @property
    def locked(self) -> bool:
        """Whether no desk is shown."""
        ...

    @property
    def entrance(self) -> Entrance | None:
        """The screen before the vault, while none is open."""
        ...

    def close(self) -> bool:
        """Close the window."""
        ...


class Closing:
    """Asks once; whoever decides to close all the same is not asked again."""

    def __init__(self, window: ClosingWindow) -> None:
        self._window = window
        self._decided = False
        self._asked: Sheet | None = None

    def asks(self) -> bool:
        """Whether the person is asked now, so that the window stays."""
        if self._decided:
            return False
        if self._window.recorder.state == "recording":
            self._ask_end()
            return True
        lost = self._lost()
        if lost:
            self._ask_lost(lost)
        return bool(lost)

    def _lost(self) -> str:
        """What stands nowhere but on the screen, in a sentence: new recovery words, and those that are being typed."""
        for sheet in self._window.shown.window().findChildren(Sheet):
            if sheet.isVisible() and sheet.lost:
                return sheet.lost
        entrance = self._window.entrance
        return entrance.unsaved() if entrance is not None and self._window.locked else ""

    def _ask_end(self) -> None:
        """Closing the program ends a recording."""
        if self._window.locked:
            text = translate("Window", "It is stopped now, and saved when this vault is opened next.")
        else:
            text = translate("Window", "It is stopped now, and saved before Cairn closes.")
        if self._is_asking:
            return
        self._asked = ask(
            self._window.shown,
            translate("Window", "A conversation is being recorded"),
            text,
            yes=translate("Window", "Stop and close Cairn"),
            no=translate("Window", "Go on recording"),
            then=lambda _reason: self._end(),
        )

    def _ask_lost(self, lost: str) -> None:
        if self._is_asking:
            return
        self._asked = ask(
            self._window.shown,
            translate("Closing", "Close Cairn now?"),
            lost,
            yes=translate("Closing", "Close all the same"),
            no=translate("Closing", "Stay here"),
            danger=True,
            then=lambda _reason: self._close(),
        )

    @property
    def _is_asking(self) -> bool:
        return self._asked is not None and shiboken6.isValid(self._asked) and self._asked.isVisible()

    def _end(self) -> None:
        self._decided = True
        if self._window.locked:
            self._window.recorder.stop(None)
        QTimer.singleShot(0, self._window.shown.window(), self._window.close)

    def _close(self) -> None:
        self._decided = True
        QTimer.singleShot(0, self._window.shown.window(), self._window.close)
