"""The keys of the recorder, which hold in the whole window, also over a locked vault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cairn.qt.media.recording.host import RecorderHost


class RecordingKeys(QObject):
    """F2 mark, F3 break, F4 distress, F5 off the record, F6 next question, F8 pause, F9 record or stop."""

    def __init__(self, window: QWidget, host: RecorderHost, record_or_stop: Callable[[], None]) -> None:
        super().__init__(window)
        self._host = host
        for key, act in (
            ("F2", lambda: host.mark("mark")),
            ("F3", lambda: host.mark("break")),
            ("F4", lambda: host.mark("distress")),
            ("F5", host.toggle_off),
            ("F6", self._question),
            ("F8", host.toggle_pause),
            ("F9", record_or_stop),
        ):
            made = QShortcut(QKeySequence(key), window)
            # A key that is held down marks once.
            made.setAutoRepeat(False)
            made.activated.connect(act)

    def _question(self) -> None:
        host = self._host
        if host.state == "recording":
            host.next_question() if host.next_question is not None else host.mark("question")
