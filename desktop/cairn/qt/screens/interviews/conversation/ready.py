"""Before a recording: which microphone, how loud, a sound check, and the button that begins."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cairn.app.sound import recordings
from cairn.audio.levels import FLOOR, QUIET, SILENCE, Gauge
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Recorder
from cairn.qt.media.recording.convert import RATE
from cairn.qt.media.sound.playback import Playback
from cairn.qt.screens.interviews.conversation.meter import Meter
from cairn.qt.widgets import Banner, Field, button, card, column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Beside, Flow
from cairn.qt.widgets.settings import Choice

CHECK_SECONDS = 5
_TICK_MS = 100
_RETRY_MS = 2000


class ReadyCard(QWidget):
    """The microphone is open while this card can be seen, for the level; nothing of that is kept."""

    record_wanted = Signal()
    microphone_chosen = Signal(str)
    """Key of the microphone that the person chose."""

    def __init__(self, desk: Desk, host: Recorder) -> None:
        super().__init__()
        self._desk = desk
        self._host = host
        self._gauge = Gauge()
        self._heard = bytearray()
        self._checking = False
        self._loudest = FLOOR
        self._clipped = 0
        self._broken = False
        """Whether the problem that is shown is the microphone's."""
        self._wanted = ""
        self._playback = Playback(self)
        self._playback.ended.connect(self._played)
        self._playback.broke.connect(self._no_output)
        self.microphone = Choice(self.tr("Microphone"), [], None)
        self.microphone.setMinimumWidth(theme().px(200))
        self.microphone.picked.connect(self._picked)
        self._meter = Meter()
        self._level = label("", "caption", wrap=True)
        self._check = button(self.tr("Sound check, 5 seconds"), self._begin_check, tall=True)
        self._check_line = label("", "soft", wrap=True)
        show_if(self._check_line, False)
        self.record = button(
            self.tr("Record"), self.record_wanted.emit, kind="primary", glyph="mic", tall=True
        )
        only_where_kept(self.record)
        self.record.setToolTip(self.tr("Record (F9)"))
        self._room = label("", "caption", wrap=True)
        self._problem = Banner()
        level = QWidget()
        level.setLayout(
            column(label(self.tr("Level"), "strong"), 6, self._meter, 2, self._level, None, space=4)
        )
        parts = Beside(Field(self.tr("Microphone"), self.microphone), level, second_width=240, least=220)
        title = label(self.tr("Record this conversation"), "heading", wrap=True)
        box = card(
            title,
            self._problem,
            parts,
            self._check_line,
            Flow(self._check, self.record, gap=12),
            self._room,
            space=16,
        )
        self.setLayout(column(box))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_level)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        host.capture.samples.connect(self._samples)
        host.capture.failed.connect(self._failed)
        host.capture.devices_changed.connect(self._devices)
        host.capture.lost.connect(self._devices)

    # The microphone

    def prefer(self, key: str) -> None:
        """The microphone that was chosen last."""
        self._wanted = key

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._retry.start()
        self._devices()
        self._look_at_room()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self._retry.stop()
        self._stop_check()
        if not self._host.active:
            self._host.capture.stop()

    def _devices(self) -> None:
        """Show the microphones that are there, and listen to the one that is wanted."""
        if self._host.active or not self.isVisible():
            return
        known = self._host.capture.microphones()
        self.microphone.set_options([(one.key, one.name) for one in known])
        self.microphone.setEnabled(len(known) > 1)
        key = self._wanted if any(one.key == self._wanted for one in known) else ""
        chosen = key or (known[0].key if known else "")
        self.microphone.show_value(chosen)
        self._listen(chosen)

    def _listen(self, key: str) -> None:
        capture = self._host.capture
        if capture.running and capture.key == key:
            return
        self._stop_check()
        self._gauge.reset()
        capture.start(key)
        self._look()

    def _try_again(self) -> None:
        """A microphone that could not be used may be free now; not every system tells of one that came."""
        if not self._host.capture.running:
            self._devices()

    def _picked(self, key: object) -> None:
        self._wanted = str(key)
        self._listen(self._wanted)
        self.microphone_chosen.emit(self._wanted)

    def _failed(self, error: CairnError) -> None:
        if self.isVisible() and not self._host.active:
            self._stop_check()
            self._broken = True
            self._problem.show_message(messages.sentence(error), "warn", closable=False)
            self._look()

    def _look(self) -> None:
        on = self._host.capture.heard
        self.record.setEnabled(on)
        self._check.setEnabled(on and not self._checking and not self._playback.playing)
        if not on:
            self._meter.show_level(-120, -120)
            self._level.setText("")

    @property
    def key(self) -> str:
        """The microphone that is listened to."""
        return self._host.capture.key

    def _samples(self, samples: bytes) -> None:
        if not self.isVisible():
            return
        self._gauge.feed(samples)
        if self._broken:
            self._broken = False
            self._problem.clear()
            self._look_at_room()
        if not self.record.isEnabled():
            self._look()
        if self._checking:
            self._heard += samples
            self._loudest = max(self._loudest, self._gauge.level_dbfs)
            if len(self._heard) >= CHECK_SECONDS * RATE * 2:
                self._play_check()

    def _show_level(self) -> None:
        if not self._host.capture.heard:
            return
        self._meter.show_level(self._gauge.level_dbfs, self._gauge.peak_dbfs)
        self._level.setText(self._hint())
        if self._checking:
            left = CHECK_SECONDS - len(self._heard) // (RATE * 2)
            self._check_line.setText(
                self.tr("Say something as loud as the person will speak. %n seconds left.", "", left)
            )

    def _hint(self) -> str:
        hint = self._gauge.hint
        if hint == "clipping":
            return self.tr("Too loud. Move the microphone away, or lower its volume.")
        if hint == "silent":
            return self.tr("No sound comes. Is it switched on, and is it the right one?")
        if hint == "too-quiet":
            return self.tr("Quiet. Move the microphone nearer to whoever speaks.")
        if hint == "waiting":
            return self.tr("It listens. Nothing is kept yet.")
        return self.tr("The level is good. Nothing is kept yet.")

    # The sound check

    def _begin_check(self) -> None:
        self._playback.stop()
        self._heard.clear()
        self._gauge.reset()
        self._loudest = FLOOR
        self._checking = True
        self._check_line.show()
        self._show_level()
        self._look()

    def _play_check(self) -> None:
        self._checking = False
        self._clipped = self._gauge.clipped
        heard = bytes(self._heard[: CHECK_SECONDS * RATE * 2])
        self._heard.clear()
        if not self._playback.start(RATE, 1):
            self._no_output()
            return
        self._playback.feed(heard)
        self._playback.finish()
        self._check_line.setText(self.tr("This is what was heard."))
        self._look()

    def _played(self) -> None:
        self._check_line.setText(self._verdict())
        self._check.setText(self.tr("Check again"))
        self._look()

    def _no_output(self) -> None:
        no_output = self.tr("There is no loudspeaker to play it on.")
        self._check_line.setText(f"{no_output} {self._verdict()}")
        self._check.setText(self.tr("Check again"))
        self._look()

    def _verdict(self) -> str:
        if self._clipped >= 3:
            return self.tr("It was too loud at times. Move the microphone away and check again.")
        if self._loudest < SILENCE:
            return self.tr("Nothing was heard. Choose another microphone and check again.")
        if self._loudest < QUIET:
            return self.tr("It was quiet. Move the microphone nearer and check again.")
        return self.tr("The level is good. If you understood every word, you can begin.")

    def _stop_check(self) -> None:
        self._checking = False
        self._heard.clear()
        self._playback.stop()
        self._check_line.hide()
        self._check.setText(self.tr("Sound check, 5 seconds"))
        self._look()

    # Room on the disk

    def _look_at_room(self) -> None:
        session, quality = self._desk.session, self._host.choices.quality

        def show(minutes: int) -> None:
            self._show_room(minutes, quality)

        tasks.run(self, lambda _p: recordings.minutes_left(session, quality), then=show)

    def _show_room(self, minutes: int, quality: str) -> None:
        kind = self.tr("Evidence quality") if quality == "evidence" else self.tr("Speech quality")
        hours = minutes // 60
        room = (
            self.tr("%n hours of sound fit on this disk.", "", hours)
            if hours >= 2
            else self.tr("%n minutes of sound fit on this disk.", "", minutes)
        )
        self._room.setText(self.tr("{quality}. {room}").format(quality=kind, room=room))
        if minutes < 60:
            less = self.tr("Less than an hour of sound fits on this disk. Free some space before you begin.")
            self._problem.show_message(less, "warn", closable=False)
