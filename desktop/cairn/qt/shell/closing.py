"""What is asked before the program closes: a recording would end, words would be gone that stand nowhere else, or
what is being sealed, taken in, backed up or restored would be stopped."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from cairn.qt.base import tasks
from cairn.qt.base.tasks import Task
from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.widgets import Sheet, ask
from cairn.qt.widgets.entrance import Entrance

translate = QCoreApplication.translate
_LOOK_MS = 50


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
            return True
        running = tasks.jobs()
        if running:
            self._ask_running(running)
        return bool(running)

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

    def _ask_running(self, running: list[Task]) -> None:
        """Sealing, taking in, a backup: stopped by closing, and nobody would hear what became of it."""
        if self._is_asking:
            return
        rest = translate(
            "Closing",
            "Closing stops it. What is half done is taken back, and you are told what became of it.",
        )
        self._asked = ask(
            self._window.shown,
            translate("Closing", "Close Cairn now?"),
            " ".join([*sorted({task.job for task in running}), rest]),
            yes=translate("Closing", "Stop it and close"),
            no=translate("Closing", "Go on"),
            danger=True,
            then=lambda _reason: self._stop(running),
        )

    def _stop(self, running: list[Task]) -> None:
        for task in running:
            task.cancel()
        self._wait(running)

    def _wait(self, running: list[Task]) -> None:
        """Until each has come to its end: a piece that is under way is finished first."""
        if any(not task.came_to for task in running):
            QTimer.singleShot(_LOOK_MS, self._window.shown.window(), partial(self._wait, running))
            return
        told = {
            "done": translate("Closing", "It was finished before it could be stopped: all of it is done."),
            "stopped": translate("Closing", "It was stopped. Nothing half done is left."),
            "failed": translate(
                "Closing", "It failed before it could be stopped. Nothing half done is left."
            ),
        }
        self._asked = ask(
            self._window.shown,
            translate("Closing", "What became of it"),
            " ".join(f"{task.job} {told[task.came_to]}" for task in running if task.came_to),
            yes=translate("Closing", "Close Cairn"),
            no=translate("Closing", "Stay here"),
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
