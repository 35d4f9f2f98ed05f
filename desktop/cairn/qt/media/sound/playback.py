"""Samples to the loudspeaker: `QAudioSink` in push mode, fed from a timer.

Push mode, because a Python QIODevice that Qt pulls from loses binary data and hangs at its end.
QtMultimedia is imported when something is first played: it costs start-up time, and where the
system lacks a sound library the import fails, which then is only "no sound output".
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cairn.qt.base.sound_server import prepare, server

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioSink

_TICK_MS = 20
_BUFFERED_SECONDS = 0.4
STALLED_SECONDS = 4.0
"""An output that takes nothing for so long, although there is something to play, is gone: Qt says nothing
when the system's sound server ends."""
LOW_SECONDS = 2.0
"""Ask for more when less than this waits to be played."""


class Playback(QObject):
    """Plays 16-bit samples that are handed over in pieces."""

    hungry = Signal()
    """Less than LOW_SECONDS wait: `feed` more, or say `finish`."""
    moved = Signal(int)
    """The frame that is heard now, counted from where playing began."""
    ended = Signal()
    """All that was fed has been heard."""
    broke = Signal()
    """The sound output went away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: QAudioSink | None = None
        self._out: QIODevice | None = None
        self._waiting = bytearray()
        self._frame_bytes = 2
        self._rate = 0
        self._written = 0
        self._heard = 0
        self._since = 0.0
        self._last = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        """Whether samples are going out."""
        return self._timer.isActive()

    def start(self, rate: int, channels: int) -> bool:
        """Open the sound output. False when this machine has none that can play this."""
        self.stop()
        prepare()
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio
        except ImportError:
            return False
        device = QMediaDevices.defaultAudioOutput()
        if not server.there():
            # Opening would end the program.
            return False
        wanted = QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(channels)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isNull() or not device.isFormatSupported(wanted):
            return False
        self._frame_bytes, self._rate = 2 * channels, rate
        sink = QAudioSink(device, wanted, self)
        sink.setBufferSize(int(_BUFFERED_SECONDS * rate) * self._frame_bytes)
        out = sink.start()
        # Counts the connection that came with the first stream.
        server.there()
        if sink.error() != QtAudio.Error.NoError:
            sink.deleteLater()
            return False
        self._sink, self._out = sink, out
        self._since = time.monotonic()
        self._timer.start()
        return True

    def feed(self, samples: bytes) -> None:
        """More samples, to be played after those that wait."""
        self._waiting += samples

    def finish(self) -> None:
        """Nothing more will come."""
        self._last = True

    def stop(self) -> None:
        """Silence at once; what waits is forgotten."""
        self._timer.stop()
        if self._sink is not None:
            self._sink.reset()
            self._sink.stop()
            self._sink.deleteLater()
        self._sink = self._out = None
        self._waiting.clear()
        self._written, self._heard, self._last = 0, 0, False

    def _tick(self) -> None:
        sink, out = self._sink, self._out
        if sink is None or out is None:
            return
        from PySide6.QtMultimedia import QtAudio

        if sink.state() == QtAudio.State.StoppedState:
            self.stop()
            self.broke.emit()
            return
        room = sink.bytesFree() // self._frame_bytes * self._frame_bytes
        if room and self._waiting:
            sent = out.write(bytes(self._waiting[:room]))
            if sent > 0:
                del self._waiting[:sent]
                self._written += sent
        inside = max(0, sink.bufferSize() - sink.bytesFree())
        heard = max(0, self._written - inside)
        now = time.monotonic()
        if heard != self._heard or not (self._waiting or self._last):
            self._heard, self._since = heard, now
        elif now - self._since > STALLED_SECONDS:
            self.stop()
            self.broke.emit()
            return
        self.moved.emit(heard // self._frame_bytes)
        if self._last and not self._waiting and inside == 0:
            self.stop()
            self.ended.emit()
        elif not self._last and len(self._waiting) < LOW_SECONDS * self._rate * self._frame_bytes:
            self.hungry.emit()
