"""The viewer of sound files: play, pause, jump."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from cairn.decode.host import DecodeHost, SoundInfo
from cairn.model.ports import ReadableAt
from cairn.qt.sound.playback import Playback
from cairn.qt.viewers.bar import Bar
from cairn.qt.viewers.door import button
from cairn.qt.viewers.pane import Pane

_JUMP_SECONDS = 10
_BLOCK_SECONDS = 2


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours where there are any."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class SoundPane(Pane):
    """A sound file with its time line. Space plays and pauses, left and right jump ten seconds."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self._info = SoundInfo(1, 1, 0)
        self._ready = False
        self._base = 0
        self._at = 0
        self._next = 0
        self._asking = False
        self._heard = 0
        self.playback = Playback(self)
        self.play = button("", "", self.toggle, kind="primary")
        self.back = button(self.tr("Back 10 s"), self.tr("Back ten seconds (Left)"), self.jump_back)
        self.on = button(self.tr("Forward 10 s"), self.tr("Forward ten seconds (Right)"), self.jump_on)
        self.line = QSlider(Qt.Orientation.Horizontal)
        self.line.setAccessibleName(self.tr("Position in the sound"))
        self.line.setTracking(False)
        self.time = QLabel()
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.play.setMinimumWidth(120)
        buttons = Bar()
        for widget in (self.play, self.back, self.on, self.time):
            buttons.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self.notice)
        layout.addWidget(self.line)
        layout.addLayout(buttons)
        layout.addStretch(2)
        self.setFocusProxy(self.play)
        self.line.sliderMoved.connect(self._say_time)
        self.line.valueChanged.connect(self._chosen)
        self.playback.hungry.connect(self._ask)
        self.playback.moved.connect(self._moved)
        self.playback.ended.connect(self._ended)
        self.playback.broke.connect(self._no_output)
        self._say_state()

    @property
    def seconds(self) -> float:
        """Where in the sound we are."""
        return self._at / self._info.rate

    def begin(self, name: str, source: ReadableAt) -> None:
        self._silence()
        self.notice.hide()
        # Until the child has answered, rate and length are those of another file, or of none.
        self._ready = False
        self._at = 0
        self.line.setAccessibleDescription(name)
        host = self.host
        self.later(lambda: host.sound(source), self._arrived)

    def stop(self) -> None:
        super().stop()
        self._silence()

    def _arrived(self, info: SoundInfo) -> None:
        self._info = info
        self._ready = True
        # In tenths of a second: a slider counts in 32 bits.
        self._show_position(0)
        self.line.setRange(0, int(info.frames * 10 / info.rate))
        self.line.setSingleStep(_JUMP_SECONDS * 10)
        self.line.setPageStep(_JUMP_SECONDS * 60)
        self.line.setEnabled(info.frames > 0)
        self.shown.emit()

    def toggle(self) -> None:
        """Play from here, or pause."""
        if self.playback.playing:
            self._silence()
        else:
            self._play_from(0 if self._at_end() else self._at)

    def jump_back(self) -> None:
        """Ten seconds back."""
        self.seek(self.seconds - _JUMP_SECONDS)

    def jump_on(self) -> None:
        """Ten seconds on."""
        self.seek(self.seconds + _JUMP_SECONDS)

    def seek(self, seconds: float) -> None:
        """Go to a place, and go on playing there if it was playing."""
        frame = max(0, round(seconds * self._info.rate))
        if self._info.frames:
            frame = min(frame, self._info.frames)
        if self.playback.playing:
            self._play_from(frame)
        else:
            self._show_position(frame)

    def _at_end(self) -> bool:
        return 0 < self._info.frames <= self._at

    def _play_from(self, frame: int) -> None:
        if self.source is None or not self._ready:
            return
        self._heard += 1
        self._asking = False
        self._base = self._next = frame
        self._show_position(frame)
        if not self.playback.start(self._info.rate, self._info.channels):
            self._no_output()
            return
        self.notice.hide()
        self._say_state()
        self._ask()

    def _silence(self) -> None:
        self._heard += 1
        self._asking = False
        self.playback.stop()
        self._say_state()

    def _ask(self) -> None:
        host, source, start = self.host, self.source, self._next
        if self._asking or source is None:
            return
        self._asking = True
        heard, frames = self._heard, _BLOCK_SECONDS * self._info.rate

        def arrived(block: bytes) -> None:
            # A block that was asked for before a jump is not what should be heard now.
            if heard != self._heard:
                return
            self._asking = False
            if block:
                self._next += len(block) // (2 * self._info.channels)
                self.playback.feed(block)
            else:
                self.playback.finish()

        self.later(lambda: host.sound_block(source, start, frames), arrived)

    def _moved(self, frames: int) -> None:
        self._show_position(self._base + frames)

    def _ended(self) -> None:
        self._show_position(self._next)
        self._say_state()

    def _no_output(self) -> None:
        self._silence()
        self.notice.setText(
            self.tr("This computer has no sound output that can play this. Connect a loudspeaker or headphones, "
                    "then press Play again.")
        )  # fmt: skip
        self.notice.show()

    def _chosen(self, tenths: int) -> None:
        self.seek(tenths / 10)

    def _show_position(self, frame: int) -> None:
        self._at = frame
        if not self.line.isSliderDown():
            self.line.blockSignals(True)
            self.line.setValue(int(frame * 10 / self._info.rate))
            self.line.blockSignals(False)
            self._say_time(self.line.value() if self._info.frames else int(frame * 10 / self._info.rate))

    def _say_time(self, tenths: int) -> None:
        now = clock(tenths / 10)
        if self._info.frames:
            whole = clock(self._info.frames / self._info.rate)
            self.time.setText(self.tr("{now} of {whole}").format(now=now, whole=whole))
        else:
            self.time.setText(now)

    def _say_state(self) -> None:
        playing = self.playback.playing
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))
        hint = self.tr("Pause (Space)") if playing else self.tr("Play (Space)")
        self.play.setAccessibleName(hint)
        self.play.setToolTip(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Left: self.jump_back,
            Qt.Key.Key_Right: self.jump_on,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            act()
        else:
            super().keyPressEvent(event)
