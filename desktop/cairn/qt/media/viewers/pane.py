"""What every viewer of one kind of file has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.decode.host import DecodeHost
from cairn.errors import CairnError
from cairn.model.ports import ReadableAt
from cairn.qt.media.viewers.decode_tasks import later

T = TypeVar("T")


class Sought(NamedTuple):
    """Words to be shown in a file."""

    words: str = ""
    page: int = 1
    nth: int = 0
    """Which of the places where they stand, from 0."""


class Pane(QWidget):
    """Shows files of one kind, one after another. A late answer for an earlier file is dropped."""

    shown = Signal()
    """The file can be seen or heard."""
    failed = Signal(object)
    """It can't: the CairnError."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self.source: ReadableAt | None = None
        self._turn = 0
        self.sought = Sought()
        """To be shown when the file stands."""

    def seek(self, sought: Sought) -> None:
        """Show where these words stand, as far as a file of this kind has places."""

    def show_source(self, name: str, source: ReadableAt) -> None:
        """Begin to show `source`."""
        self.source = source
        self._turn += 1
        self.begin(name, source)

    def begin(self, name: str, source: ReadableAt) -> None:
        """Ask for what is needed first."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let go of the file. Extend it to forget what is on the screen."""
        self.source = None
        self._turn += 1

    def later(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do `work` in the background; `then` and `failed` only while the same file is looked at."""
        turn = self._turn

        def arrived(result: T) -> None:
            if turn == self._turn:
                then(result)

        def refused(error: CairnError) -> None:
            if turn == self._turn:
                self.failed.emit(error)

        later(self, work, then=arrived, failed=refused)
