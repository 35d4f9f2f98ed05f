"""Transport and waveform of one sound: everything about hearing that does not ask where the sound comes from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from cairn.decode.host import DecodeHost
from cairn.errors import CairnError
from cairn.model.ports import ReadableAt
from cairn.model.values import NO_LENGTH, LengthMs, MomentMs, Span
from cairn.qt.base import messages
from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.media.sound import keys
from cairn.qt.media.sound.columns import clock
from cairn.qt.media.sound.player import SPEEDS, Player
from cairn.qt.media.sound.waveform import STEP_MS, Waveform
from cairn.qt.widgets import Banner, button, column, icon_button, label, row
from cairn.qt.widgets.reflow import Flow


class SoundBox(QWidget):
    """Play, pause, jump, faster, slower, again and again. Times are milliseconds of the sound."""

    moved = Signal(int)
    """Where it is heard now."""
    playing_changed = Signal(bool)
    """It began or ceased to play."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.player = Player(self)
        self.waveform = Waveform()
        self.banner = Banner()
        self.lost = Banner()
        """What of the sound is damaged: it stays while it is played."""
        self.beside = Banner()
        """What of the file is not heard, or that its recorder never closed it."""
        self.play_button = button("", self.toggle, glyph="play")
        self.back_button = self._small("skip-back", self.tr("Back 3 seconds"), "back", self.skip_back)
        self.on_button = self._small("skip-on", self.tr("Forward 3 seconds"), "on", self.skip_on)
        self.time = label("", "strong")
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed; the voice keeps its pitch"))
        for one in SPEEDS:
            self.speed.addItem(self.tr("{number}×").format(number=_figure(one)), one)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.loop_button = self._small(
            "loop", self.tr("Play the chosen stretch again and again"), "loop", self.toggle_loop
        )
        self.loop_button.setCheckable(True)
        self.closer = icon_button("zoom-in", self.tr("Look closer"), lambda: self.waveform.zoom(2))
        self.wider = icon_button(
            "zoom-out", self.tr("Look from farther away"), lambda: self.waveform.zoom(0.5)
        )
        self.chosen = label("", "caption", wrap=True)
        transport = QWidget()
        transport.setLayout(row(self.play_button, self.back_button, self.on_button, 4, self.time, space=4))
        how = QWidget()
        how.setLayout(row(self.speed, self.loop_button, self.wider, self.closer, space=4))
        self.tools = Flow(transport, how, gap=16)
        layout = column(self.banner, self.lost, self.beside, self.waveform, self.chosen, self.tools, space=8)
        self.setLayout(layout)
        self.setFocusProxy(self.play_button)
        self._keys = keys.Keys(
            self,
            {
                "play": self.toggle,
                "back": self.skip_back,
                "on": self.skip_on,
                "slower": self.player.slower,
                "faster": self.player.faster,
                "loop": self.toggle_loop,
            },
        )
        self._was_playing = False
        self._connect()
        self._show_state()

    def _small(self, glyph: str, name: str, act: str, clicked: Callable[[], object]) -> QToolButton:
        made = icon_button(glyph, name, clicked)
        made.setToolTip(f"{name} ({keys.shown(act)})")
        return made

    def _connect(self) -> None:
        self.player.moved.connect(self._moved)
        self.player.changed.connect(self._show_state)
        self.player.ready.connect(self._known)
        self.player.failed.connect(self._failed)
        self.player.silent.connect(self._no_output)
        self.waveform.seek_wanted.connect(self.player.seek)
        self.waveform.selected.connect(self._chosen)
        self.waveform.zoomed.connect(self._show_state)
        self.speed.currentIndexChanged.connect(self._speed_chosen)

    # What others ask

    @property
    def position(self) -> MomentMs:
        """Where the sound is heard."""
        return self.player.position

    @property
    def playing(self) -> bool:
        """Whether it is heard."""
        return self.player.playing

    @property
    def selection(self) -> Span | None:
        """The stretch that was chosen."""
        return self.waveform.selection

    def open(self, source: ReadableAt, host: DecodeHost, *, duration: LengthMs = NO_LENGTH) -> None:
        """Take a sound. The peaks come by `waveform.set_peaks`."""
        self.banner.clear()
        self.waveform.set_duration(duration)
        self.player.open(source, host, duration=duration)
        self._show_state()

    def let_go(self) -> None:
        """Be silent and forget the sound."""
        self.player.close()
        self.waveform.clear()
        self.banner.clear()
        self.lost.clear()
        self.beside.clear()
        self._show_state()

    def seek(self, ms: MomentMs) -> None:
        """Go to a place, and go on playing there if it was playing."""
        self.player.seek(ms)

    def play_from(self, ms: MomentMs) -> None:
        """Play from a place."""
        self.player.play_from(ms)

    def pause(self) -> None:
        """Be silent and stay here."""
        if self.player.playing:
            self.player.pause()

    def toggle(self) -> None:
        """Play, or pause. After a pause it goes on three seconds before."""
        self.player.toggle()

    def skip_back(self) -> None:
        """Three seconds back."""
        self.player.skip(-STEP_MS)

    def skip_on(self) -> None:
        """Three seconds on."""
        self.player.skip(STEP_MS)

    def toggle_loop(self) -> None:
        """Play the chosen stretch again and again, or no longer. Without one: the last five seconds."""
        if self.player.loop is not None:
            self.player.set_loop(None)
        else:
            span = self.waveform.selection
            if span is None:
                end = self.player.position
                span = Span(MomentMs(max(0, end - 5_000)), end)
            self.player.set_loop(span)
        self._show_state()

    def set_pedal(self, given: object) -> None:
        """The pedal's keys as the setting has them."""
        self._keys.set_pedal(keys.pedal_keys(given))

    # What happens

    def _known(self) -> None:
        self.waveform.set_duration(self.player.duration)
        info = self.player.info
        said = []
        if info is not None and info.unclosed:
            said.append(
                self.tr(
                    "The recorder did not close this file; it may have lost power. All that is in it is heard."
                )
            )
        if info is not None and info.left:
            left = self.tr(
                "{size} of this file are no part of the sound that is heard: a picture, other sound, or something "
                "else. They leave with the file; a listening copy is without them."
            )
            said.append(left.format(size=messages.size(info.left)))
        if said:
            self.beside.show_message(" ".join(said), "warn")
        else:
            self.beside.clear()
        self._show_state()

    def _moved(self, ms: MomentMs) -> None:
        self.waveform.set_position(ms)
        self._show_time()
        self.moved.emit(ms)

    def _chosen(self, span: Span | None) -> None:
        if self.player.loop is not None and span is not None:
            self.player.set_loop(span)
        self._show_state()

    def _speed_chosen(self, index: int) -> None:
        self.player.set_speed(self.speed.itemData(index))

    def _failed(self, error: CairnError) -> None:
        self.banner.show_message(messages.sentence(error), "danger")

    def _no_output(self) -> None:
        self.banner.show_message(
            self.tr(
                "This computer has no sound output that can play this. Connect a loudspeaker or headphones, "
                "then press Play again."
            ),
            "warn",
        )

    def _show_state(self) -> None:
        playing = self.player.playing
        if playing:
            self.banner.clear()
        words = self.tr("Pause") if playing else self.tr("Play")
        self.play_button.setText(words)
        self.play_button.setIcon(icon("pause" if playing else "play", "ink"))
        self.play_button.setAccessibleName(words)
        self.play_button.setToolTip(f"{words} ({keys.shown('play')})")
        self.loop_button.setChecked(self.player.loop is not None)
        self.waveform.set_loop(self.player.loop)
        at = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - self.player.speed))
        self.speed.blockSignals(True)
        self.speed.setCurrentIndex(at)
        self.speed.blockSignals(False)
        self.wider.setEnabled(not self.waveform.shows_all)
        span = self.waveform.selection
        if span is not None:
            text = self.tr("Chosen: {start} to {end}").format(start=clock(span.start), end=clock(span.end))
        else:
            text = ""
        self.chosen.setText(text)
        self.chosen.setVisible(bool(text))
        self._show_time()
        if playing != self._was_playing:
            self._was_playing = playing
            self.playing_changed.emit(playing)

    def _show_time(self) -> None:
        now = clock(self.player.position)
        if self.player.duration:
            whole = clock(self.player.duration)
            self.time.setText(self.tr("{now} of {whole}").format(now=now, whole=whole))
            # The longest that it can become: the buttons beside it stay where they are.
            widest = self.tr("{now} of {whole}").format(now=whole, whole=whole)
            self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(widest) + theme().px(8))
        else:
            self.time.setText(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        else:
            super().keyPressEvent(event)


def _figure(speed: float) -> str:
    """A speed as short as it can be: 1, 0.75."""
    return messages.locale().toString(speed, "g", 3)
