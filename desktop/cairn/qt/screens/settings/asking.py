"""A sheet that asks for something, does it in the background, and says in place what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import Banner, Sheet, column

WIDTH = 560


class Asking(QWidget):
    """The content of a sheet. Subclasses `build` it, say when it is `ready`, and `start` what it is for."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.banner = Banner()
        self.task: tasks.Task | None = None
        self._over = over
        self._parts: list[QWidget] = []
        self._busy = ""

    def build(
        self, title: str, parts: Sequence[QWidget], *, go: str, busy: str, danger: bool = False
    ) -> None:
        """Put the parts into a sheet. `go` is the verb, `busy` the sentence while it is being done."""
        self._parts = list(parts)
        self._busy = busy
        layout = column(*parts, self.banner, space=16)
        self.setLayout(layout)
        self.sheet = Sheet(self._over, title, self, width=WIDTH)
        self.cancel = self.sheet.add(self.tr("Cancel"))
        self.go = self.sheet.add(go, self._begin, kind="danger" if danger else "primary")

    def open(self) -> None:
        """Show it."""
        self.sheet.open()

    def ready(self) -> bool:
        """Whether everything is there."""
        return True

    def look(self) -> None:
        """Something was typed: the button goes with it."""
        self.go.setEnabled(self.ready() and self.task is None)

    def start(self) -> None:
        """Do it: ends in `do`."""
        raise NotImplementedError

    def _begin(self) -> None:
        if self.task is None and self.ready():
            self.start()

    def do(
        self,
        work: Callable[[Progress], Any],
        said: str = "",
        *,
        progress: Callable[[int, int | None], None] | None = None,
        lane: tasks.Lane = "vault",
    ) -> None:
        """Do `work`; afterwards `done` is called, and by default `said` stands above the screen."""
        self.set_busy(True)
        self.task = tasks.run(
            self,
            work,
            then=lambda result: self._ended(result, said),
            failed=self._failed,
            progress=progress,
            lane=lane,
        )

    def _ended(self, result: Any, said: str) -> None:
        self.task = None
        self.set_busy(False)
        self.done(result, said)

    def done(self, result: Any, said: str) -> None:
        """It worked: close the sheet and say so."""
        self.sheet.dismiss()
        if said:
            self.desk.say(said, "good")

    def _failed(self, error: CairnError) -> None:
        self.task = None
        self.set_busy(False)
        self.look()
        self.refused(error)

    def refused(self, error: CairnError) -> None:
        """It did not work: say why, in the sheet."""
        if not isinstance(error, Cancelled):
            self.banner.show_message(messages.sentence(error), "danger", closable=False)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be typed, and the sheet not left, while it is being done."""
        self.sheet.must_answer = busy
        for part in self._parts:
            part.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        self.go.setEnabled(not busy and self.ready())
        if busy:
            self.banner.show_message(self._busy, closable=False)
        else:
            self.banner.clear()
