"""The console while something is recorded: state, time, level, the sound so far, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.audio.levels import FLOOR
from cairn.audio.recorder import Snapshot
from cairn.model.values import LengthMs
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.desk import Recorder
from cairn.qt.media.recording.dot import StateDot
from cairn.qt.media.sound.columns import stamp
from cairn.qt.media.sound.waveform import Waveform
from cairn.qt.screens.interviews.conversation.meter import Meter
from cairn.qt.widgets import button, card, column, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.key_button import KeyButton
from cairn.qt.widgets.reflow import Beside, Flow


class Console(QWidget):
    """Follows the host. It holds nothing: everything it shows is in the snapshot."""

    stop_wanted = Signal()

    def __init__(self, host: Recorder) -> None:
        super().__init__()
        self._host = host
        self._phase = ""
        self._dot = StateDot()
        self.time = label("00:00:00", "title")
        self.time.setAccessibleName(self.tr("Time recorded"))
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance("00:00:000") * 24 // 14)
        self._words = label("", "soft", wrap=True)
        self._pause = KeyButton(self.tr("Pause"), "pause", "F8", host.toggle_pause)
        self._stop = KeyButton(self.tr("Stop"), "stop", "F9", self.stop_wanted.emit)
        for tall in (self._pause, self._stop):
            tall.setProperty("tall", "true")
        self._wave = Waveform()
        self._wave.set_live(True)
        self._wave.setAccessibleName(self.tr("Sound recorded so far"))
        self._meter = Meter()
        self._mark = KeyButton(self.tr("Mark"), "flag", "F2", lambda: host.mark("mark"))
        self._break = KeyButton(self.tr("Break"), "cup", "F3", lambda: host.mark("break"))
        self._distress = KeyButton(self.tr("Distress"), "heart", "F4", lambda: host.mark("distress"))
        self._off = KeyButton(self.tr("Off the record"), "mic-off", "F5", host.toggle_off)
        self._other = button("", self._off_otherwise, kind="link")
        show_if(self._other, False)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why? Tea, a telephone call, a child … (optional)"))
        self.reason.setAccessibleName(self.tr("Reason of the pause"))
        self.reason.textChanged.connect(host.set_reason)
        show_if(self.reason, False)
        self._keys = Flow(self._mark, self._break, self._distress, self._off, gap=6)
        time = QWidget()
        inner = row(self._dot, self.time, self._words, space=12)
        inner.setStretch(2, 1)
        time.setLayout(inner)
        ends = QWidget()
        ends.setLayout(row(None, self._pause, self._stop, space=8))
        head = Beside(time, ends, second_width=self._ends_width(), least=280, gap=8)
        self.setLayout(
            column(
                card(
                    head,
                    self.reason,
                    row(self._other, None),
                    self._wave,
                    self._meter,
                    self._keys,
                    space=12,
                    margin=16,
                )
            )
        )
        host.changed.connect(self.show_now)

    def _ends_width(self) -> int:
        """What both buttons need with the longer of their words, in design pixels."""
        widest = 0
        for words in (self.tr("Go on"), self.tr("Pause")):
            self._pause.set(words, "pause")
            self._pause.ensurePolished()
            widest = max(widest, self._pause.sizeHint().width())
        self._stop.ensurePolished()
        whole = widest + self._stop.sizeHint().width() + theme().px(8)
        return -(-whole * 100 // theme().px(100))

    def _off_otherwise(self) -> None:
        """Off the record in the other way: the person wishes so."""
        now = self._host.snapshot
        if now is not None and now.phase == "off":
            self._host.off(keep_recording=not now.kept)

    def show_now(self, now: Snapshot) -> None:
        """Show a recording as it stands."""
        if not self.isVisible() and now.phase == self._phase:
            return
        self.time.setText(stamp(now.at_ms))
        self._dot.show_kept(now.phase in ("recording", "off") and now.kept)
        self._words.setText(self.state_words(now))
        self._wave.set_peaks(now.peaks)
        self._wave.set_duration(LengthMs(now.at_ms))
        self._wave.set_marks(now.marks)
        self._wave.set_excluded(now.excluded)
        self._meter.show_level(*((now.level_dbfs, now.peak_dbfs) if now.kept else (FLOOR, FLOOR)))
        if now.phase != self._phase:
            self._turn(now.phase)
        if now.phase == "off":
            keep = self.tr("Record it, and leave it out of everything that leaves")
            self._other.setText(self.tr("Record nothing instead") if now.kept else keep)
            self._other.setAccessibleName(self._other.text())

    def _turn(self, phase: str) -> None:
        self._phase = phase
        paused, off, over = phase == "paused", phase == "off", phase in ("failed", "ending", "ended")
        self._pause.set(self.tr("Go on") if paused else self.tr("Pause"), "play" if paused else "pause")
        self._off.set(
            self.tr("On the record") if off else self.tr("Off the record"), "mic" if off else "mic-off"
        )
        self._pause.setEnabled(not off and not over)
        for one in (self._mark, self._break, self._distress, self._off):
            one.setEnabled(not over)
        if not paused and self.reason.text():
            self.reason.blockSignals(True)
            self.reason.clear()
            self.reason.blockSignals(False)
        self.reason.setVisible(paused)
        self._other.setVisible(off)

    def state_words(self, now: Snapshot) -> str:
        """What happens now, in a few words."""
        if now.phase == "recording":
            return self.tr("recording, {level}").format(level=self._level_words(now))
        if now.phase == "off":
            if now.kept:
                return self.tr("off the record: recorded, and left out of everything that leaves")
            return self.tr("off the record: nothing is recorded")
        words = {
            "paused": self.tr("paused: nothing is recorded"),
            "gap": self.tr("waiting for the microphone"),
            "ending": self.tr("being saved"),
            "ended": self.tr("being saved"),
        }
        if now.phase == "failed" and now.failure is not None:
            return messages.sentence(now.failure)
        return words.get(now.phase, "")

    def _level_words(self, now: Snapshot) -> str:
        if now.hint == "clipping":
            return self.tr("too loud")
        if now.hint == "silent":
            return self.tr("no sound")
        if now.hint == "too-quiet":
            return self.tr("quiet")
        if now.hint == "waiting":
            return self.tr("listening…")
        return self.tr("level good")
