"""Progress of a long job: what, how much, how long still, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from cairn.qt.base import messages
from cairn.qt.widgets.basic import button, column, label, row

_STEPS = 1000


class ProgressPanel(QWidget):
    """Shown while a job runs. Feed it through `report`, connect `cancelled` to the task's `cancel`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what = label("", "strong", wrap=True)
        self._detail = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = button(self.tr("Cancel"), self._stop)
        self._began = 0.0
        self._bytes = True
        self._counted = True
        self.setLayout(column(row(self._what, None, self._cancel), self._bar, self._detail, space=8))
        self.hide()

    def begin(self, what: str, *, counts_bytes: bool = True, counted: bool = True) -> None:
        """A job begins; `what` says which, in words. Without `counted`, no figures: they
        would tell nobody anything."""
        self._what.setText(what)
        self._detail.setText("")
        self._bar.setRange(0, 0)
        self._bytes = counts_bytes
        self._counted = counted
        self._began = time.monotonic()
        self._cancel.setEnabled(True)
        self.show()

    def report(self, done: int, total: int | None) -> None:
        """How far it is."""
        if not total:
            self._bar.setRange(0, 0)
            return
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(min(_STEPS, done * _STEPS // total))
        parts = []
        if self._bytes:
            sizes = (messages.size(done), messages.size(total))
        else:
            sizes = (messages.number(done), messages.number(total))
        if self._counted:
            parts.append(self.tr("{done} of {total}").format(done=sizes[0], total=sizes[1]))
        spent = time.monotonic() - self._began
        if spent > 2 and 0 < done < total:
            left = int(spent * (total - done) / done) + 1
            if left < 90:
                parts.append(self.tr("about {seconds} s left").format(seconds=left))
            else:
                parts.append(self.tr("about {minutes} min left").format(minutes=round(left / 60)))
        self._detail.setText(" · ".join(parts))

    def end(self) -> None:
        """The job is over, whichever way."""
        self.hide()

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._what.setText(self.tr("Stopping…"))
        self.cancelled.emit()
