"""That something is recorded, told everywhere: in the status line, and above whatever covers a locked vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cairn.qt.base.theme import theme
from cairn.qt.media.recording.dot import StateDot
from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.media.sound.columns import stamp
from cairn.qt.widgets.basic import button, column, label, row, show_if
from cairn.qt.widgets.key_button import KeyButton
from cairn.qt.widgets.reflow import Flow

if TYPE_CHECKING:
    from cairn.audio.recorder import Snapshot


class _Telling(QWidget):
    """Follows the host: hidden while nothing is recorded."""

    def __init__(self, host: RecorderHost) -> None:
        super().__init__()
        self._host = host
        self.dot = StateDot(10)
        host.changed.connect(self._now)
        host.state_changed.connect(self._state)

    @property
    def wanted_here(self) -> bool:
        """Whether this is the place to tell it."""
        return True

    def begin(self) -> None:
        """Everything is built: show how it stands."""
        self._state()
        now = self._host.snapshot
        if now is not None:
            self._now(now)

    def _state(self) -> None:
        show_if(self, self._host.active and self.wanted_here)
        if self._host.state == "ending":
            self.tell(self.tr("The recording is being saved"))

    def _now(self, now: Snapshot) -> None:
        self.dot.show_kept(now.phase in ("recording", "off") and now.kept)
        if self._host.state == "recording":
            self.tell(self._words(now))

    def _words(self, now: Snapshot) -> str:
        time = stamp(now.at_ms)
        words = {
            "recording": self.tr("Recording {time}"),
            "paused": self.tr("Paused at {time}"),
            "gap": self.tr("No microphone, {time}"),
            "failed": self.tr("Recording stopped at {time}"),
        }
        if now.phase == "off":
            kept = self.tr("Off the record, recorded, {time}")
            return (kept if now.kept else self.tr("Off the record, {time}")).format(time=time)
        return words.get(now.phase, words["recording"]).format(time=time)

    def tell(self, words: str) -> None:
        """Say it."""
        raise NotImplementedError


class RecordingLine(_Telling):
    """In the status line: a dot, a few words; a click goes to the conversation."""

    wanted = Signal()

    def __init__(self, host: RecorderHost) -> None:
        super().__init__(host)
        self._words_button = button("", self.wanted.emit, kind="plain")
        self._words_button.setToolTip(self.tr("Go to the conversation that is recorded"))
        self._words_button.setProperty("small", "true")
        self.setLayout(row(self.dot, self._words_button, space=6))
        self.begin()

    def tell(self, words: str) -> None:
        if words != self._words_button.text():
            self._words_button.setText(words)
            self._words_button.setAccessibleName(words)


class RecordingStrip(_Telling):
    """Above the entrance: a recording that goes on while the vault is locked, and what can be done without it."""

    def __init__(self, host: RecorderHost) -> None:
        super().__init__(host)
        self._covered = False
        self._line = label("", "strong")
        self._help = label(self.tr("To stop it, or to write a note, open the vault."), "soft", wrap=True)
        self._done = label("", "soft")
        keys = Flow(
            KeyButton(self.tr("Mark"), "flag", "F2", lambda: host.mark("mark")),
            KeyButton(self.tr("Break"), "cup", "F3", lambda: host.mark("break")),
            KeyButton(self.tr("Distress"), "heart", "F4", lambda: host.mark("distress")),
            KeyButton(self.tr("Off the record"), "mic-off", "F5", host.toggle_off),
            KeyButton(self.tr("Pause"), "pause", "F8", host.toggle_pause),
            gap=8,
        )
        words = row(self.dot, self._line, self._help, self._done, space=10)
        words.setStretch(2, 1)
        top = QWidget()
        top.setLayout(words)
        inside = column(top, keys, space=8)
        side = theme().px(24)
        inside.setContentsMargins(side, theme().px(10), side, theme().px(10))
        self.setLayout(inside)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        host.marked.connect(
            lambda mark: self._done.setText(self.tr("Marked {time}").format(time=stamp(mark.at)))
        )
        self.begin()

    def tell(self, words: str) -> None:
        if words != self._line.text():
            self._line.setText(words)
            self.setAccessibleName(words)

    @property
    def wanted_here(self) -> bool:
        return not self._covered

    def set_covered(self, covered: bool) -> None:
        """A desk is shown: it tells it in its own status line."""
        self._covered = covered
        self._done.setText("")
        self._state()
