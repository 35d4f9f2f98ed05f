"""Keeps what is being typed: every change reaches the encrypted vault within half a second.

The timer is a throttle, not a debounce: it starts with the first change and isn't pushed on by the
next ones, because somebody who types without a pause would otherwise never be saved. Writes follow
each other in the vault lane, so an older state can't land on a newer one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cairn.errors import CairnError
from cairn.qt.base import tasks

THROTTLE_MS = 300
"""From a change to its write. With the write itself this stays under half a second."""


class DraftKeeper(QObject):
    """Keeps a form in the vault while it is being typed into.

    `take` is called in the GUI thread and must be quick: it takes what stands in the form, with what the
    input method is still composing, and returns the work that writes just that.
    """

    saved = Signal()
    """The newest change is in the vault."""
    failed = Signal(object)
    """A CairnError: the change is on the screen only. It is tried again every few seconds."""

    RETRY_MS = 3000

    def __init__(self, take: Callable[[], Callable[[], None]], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._dirty = False
        self._writing = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)

    @property
    def pending(self) -> bool:
        """Whether something on the screen has not reached the vault yet."""
        return self._dirty or self._writing > 0

    def touched(self) -> None:
        """Something changed."""
        if self._closed:
            return
        self._dirty = True
        # A failed write waits longer until it is tried again; what is typed now need not wait for that.
        if not self._timer.isActive() or self._timer.remainingTime() > THROTTLE_MS:
            self._timer.start(THROTTLE_MS)

    def flush(self) -> None:
        """Write now what has not been written. Later work in the vault lane comes after it."""
        self._timer.stop()
        if self._dirty:
            self._write()

    def forget(self) -> None:
        """What was touched is kept otherwise: it becomes a version."""
        self._timer.stop()
        self._dirty = False

    def close(self) -> None:
        """Write nothing more: the interview, or what was typed, is being removed."""
        self.forget()
        self._closed = True

    def reopen(self) -> None:
        """It was not removed after all."""
        self._closed = False

    def _write(self) -> None:
        write = self._take()
        self._dirty = False
        self._writing += 1
        tasks.run(
            self,
            lambda _progress: write(),
            then=self._written,
            failed=self._refused,
            orphaned=tasks.lost,
        )

    def _written(self, _result: object) -> None:
        self._writing -= 1
        if not self.pending:
            self.saved.emit()

    def _refused(self, error: CairnError) -> None:
        self._writing -= 1
        if self._closed:
            return
        self._dirty = True
        self.failed.emit(error)
        if not self._timer.isActive():
            self._timer.start(self.RETRY_MS)
