"""Samples from a microphone, whatever it delivers, and whatever happens to its plug.

`QAudioSource` hands its own device out and we read from it: a Python QIODevice that Qt writes into
loses binary data. The source keeps many seconds, so a computer that is busy loses nothing; where samples are
missing all the same, that is told (`pace`).
A microphone that stops delivering (unplugged, taken away by the system, a laptop that slept) is looked
for again every second, and goes on by itself when it is back. One whose place another microphone takes
without a word (`sources`) is lost in the same way: nothing of the other is recorded.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cairn.errors import MachineError
from cairn.qt.base.clock import boot_seconds
from cairn.qt.base.sound_server import prepare, server
from cairn.qt.media.recording.convert import RATE, Converter
from cairn.qt.media.recording.pace import Pace
from cairn.qt.media.recording.sources import Sources

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices

KEPT_SECONDS = 40
"""How much Qt keeps for us while nobody reads; the sound server keeps about as much while Qt does not."""
FIRST_SECONDS = 5.0
"""A device that delivers nothing for so long at its beginning does not work."""
STALLED_SECONDS = 2.0
"""One that delivered and then nothing for so long is lost. Some hold back up to two seconds when idle."""
SLEPT_SECONDS = 1.0
"""A laptop that slept for longer left a gap, even if the device goes on as if nothing was."""
_WATCH_MS = 500
_RETRY_SECONDS = 1.0
_READ_MS = 20
_WARM_MS = 250


@dataclass(frozen=True)
class Microphone:
    """A sound input as the system names it. `key` finds it again."""

    key: str
    name: str
    default: bool = False


class Capture(QObject):
    """One sound input. `start` it, take its `samples` (16-bit mono, 48,000 a second), `stop` it."""

    samples = Signal(bytes)
    lost = Signal()
    """The device delivers no more. It is looked for until `stop`."""
    back = Signal()
    """It delivers again: what comes now is a new segment."""
    missed = Signal(float)
    """Seconds of sound that are missing from the last `samples`."""
    failed = Signal(object)
    """It could not be started, or cannot come back in this process: a MachineError. Nothing runs."""
    devices_changed = Signal()
    """A microphone came or went, once `microphones` was asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        prepare()
        self.key = ""
        self.name = ""
        self._devices: QMediaDevices | None = None
        self._sources: Sources | None = None
        self._names: frozenset[bytes] | None = None
        """Inputs that the server has; None while that is not known, or there is no such server."""
        self._source: QAudioSource | None = None
        self._from: QIODevice | None = None
        self._convert: Converter | None = None
        self._pace = Pace(RATE)
        self._frame = 1
        """Bytes of a sample of all channels, as the device delivers it."""
        self._looked = 0.0
        self._running = False
        self._lost = False
        self._heard = False
        self._since = 0.0
        self._tried = 0.0
        self._offset = 0.0
        """How far the clock that runs during sleep is ahead of the other."""
        self._reader = QTimer(self)
        self._reader.setInterval(_READ_MS)
        self._reader.timeout.connect(self._read)
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._warming = QTimer(self)
        self._warming.setInterval(_WARM_MS)
        self._warming.timeout.connect(self._warm)

    # Devices

    def microphones(self) -> list[Microphone]:
        """The inputs that are there, the system's choice first. None where there is no sound library."""
        if not self._prepare():
            return []
        from PySide6.QtMultimedia import QMediaDevices

        first = bytes(QMediaDevices.defaultAudioInput().id().data())
        found = [
            Microphone(_key(device), device.description(), bytes(device.id().data()) == first)
            for device in QMediaDevices.audioInputs()
            if self._present(device)
        ]
        # Counts the connection that came with the first question.
        server.there()
        return sorted(found, key=lambda one: not one.default)

    def warm_up(self) -> None:
        """Load the sound system soon, in pieces: at once it would hold up the window for longer than a moment."""
        if self._devices is None:
            self._warming.start()

    def _warm(self) -> None:
        if self._devices is None and self._prepare():
            return
        self._warming.stop()
        if self._devices is not None:
            self._devices.audioInputs()
            server.there()

    def _prepare(self) -> bool:
        """Load QtMultimedia; False where the system lacks what it needs."""
        try:
            # QAudio before anything else: the binding knows its states only once that was imported.
            from PySide6.QtMultimedia import QAudio, QMediaDevices  # noqa: F401
        except ImportError:
            return False
        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioInputsChanged.connect(self._devices_moved)
            self._sources = sources = Sources()
            self.destroyed.connect(sources.close)
        self._ask_server()
        return True

    def _ask_server(self) -> None:
        """Hear what the server says of itself: Qt does not tell when an input goes."""
        if self._sources is None or not server.pulse:
            return
        self._sources.poll()
        before, self._names = self._names, self._sources.names
        if before is not None and before != self._names:
            self._devices_moved()

    def _why_none(self) -> str:
        """The code that says why there is no microphone."""
        if self._sources is None or server.pulse:
            return "microphone.none"
        # Qt has no connection, and looks for none again in this process.
        codes = {"denied": "microphone.denied", "away": "microphone.no-sound-server"}
        return codes.get(self._sources.why_none(), "microphone.none")

    def _present(self, device: QAudioDevice) -> bool:
        return self._names is None or bytes(device.id().data()) in self._names

    def _devices_moved(self) -> None:
        self.devices_changed.emit()
        if self._running and self._lost:
            self._reopen()
        elif self._running and self._find() is None:
            self._lose()

    def _find(self) -> QAudioDevice | None:
        from PySide6.QtMultimedia import QMediaDevices

        for device in QMediaDevices.audioInputs():
            if _key(device) == self.key:
                return device if self._present(device) else None
        return None

    # Running

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped, also while the device is lost."""
        return self._running

    @property
    def heard(self) -> bool:
        """Whether samples have come since it was opened last."""
        return self._running and self._heard and not self._lost

    def start(self, key: str = "") -> None:
        """Begin with the microphone `key`, or with the system's choice. Failures come as `failed`."""
        self.stop()
        if not self._prepare():
            self.failed.emit(MachineError("microphone.no-sound-system"))
            return
        known = self.microphones()
        chosen = next((one for one in known if one.key == key), None)
        if chosen is None and not key and known:
            chosen = known[0]
        if chosen is None:
            self.failed.emit(MachineError(self._why_none() if not known else "microphone.none"))
            return
        self.key, self.name = chosen.key, chosen.name
        error = self._open()
        if error is not None:
            self.failed.emit(error)
            return
        self._running, self._lost = True, False
        self._watch.start()

    def stop(self) -> None:
        """End; what the device had ready is still delivered."""
        if self._running and not self._lost:
            self._read()
            if self._convert is not None and (rest := self._convert.finish()):
                self.samples.emit(rest)
        self._running = False
        self._watch.stop()
        self._shut()

    def take(self) -> None:
        """Hand out now what has come: what was said before this moment must not come after it."""
        if self._running and not self._lost:
            self._read()

    def _open(self) -> MachineError | None:
        """Start the device; gives what is wrong, or nothing."""
        from PySide6.QtMultimedia import QAudioSource, QtAudio

        if not server.there():
            # Opening would end the program.
            return MachineError(
                "microphone.sound-system-lost" if server.given_up() else "microphone.sound-system-away"
            )
        device = self._find()
        if device is None:
            return MachineError("microphone.none")
        form = _format(device)
        kind = _kind(form)
        if not kind:
            return MachineError("microphone.format")
        source = QAudioSource(device, form, self)
        source.setBufferSize(form.bytesForDuration(KEPT_SECONDS * 1_000_000))
        origin = source.start()
        # Counts the connection that came with the first stream.
        server.there()
        if source.error() != QtAudio.Error.NoError:
            source.deleteLater()
            return MachineError("microphone.refused")
        self._convert = Converter(kind, form.sampleRate(), form.channelCount())
        self._pace, self._frame = Pace(form.sampleRate()), form.bytesPerFrame()
        self._source, self._from = source, origin
        self._heard = False
        self._since = self._looked = time.monotonic()
        self._offset = boot_seconds() - self._since
        if self._sources is not None:
            self._sources.follow(bytes(device.id().data()))
        self._reader.start()
        return None

    def _shut(self) -> None:
        self._reader.stop()
        source, self._source, self._from, self._convert = self._source, None, None, None
        if source is not None:
            source.stop()
            source.deleteLater()

    def _read(self) -> None:
        """Take what is there. From a timer: not every backend tells about each piece."""
        self._ask_server()
        if self._sources is not None and self._sources.moved and self._heard:
            self._lose()
        origin, convert = self._from, self._convert
        if origin is None or convert is None or (self._sources is not None and self._sources.moved):
            return
        data = bytes(origin.readAll().data())
        if not data:
            return
        self._since = time.monotonic()
        missing = self._pace.took(len(data) // self._frame, self._since)
        samples = convert.feed(data)
        self._heard = True
        if self._lost:
            self._lost = False
            self.back.emit()
        if samples:
            self.samples.emit(samples)
        if missing:
            self.missed.emit(missing)

    def _look(self) -> None:
        """Whether the device still delivers; a lost one is tried again."""
        if self._lost:
            self._reopen()
            return
        from PySide6.QtMultimedia import QtAudio

        before, self._looked = self._looked, time.monotonic()
        slept = boot_seconds() - time.monotonic() - self._offset
        if slept > SLEPT_SECONDS and self._heard:
            # What the device kept from before the sleep is still read; what comes then is a new segment.
            self._read()
            self._lose()
            return
        self._read()
        if self._looked - before > STALLED_SECONDS:
            # It was this program that stood still. What the device delivered meanwhile is on its way.
            return
        silent = time.monotonic() - self._since
        stopped = self._source is None or self._source.state() == QtAudio.State.StoppedState
        if stopped or silent > (STALLED_SECONDS if self._heard else FIRST_SECONDS):
            if self._heard:
                self._lose()
            else:
                self.stop()
                refused = MachineError("microphone.refused")
                self.failed.emit(refused if stopped else MachineError("microphone.nothing-came"))

    def _lose(self) -> None:
        if not self._lost:
            self._lost = True
            self._tried = time.monotonic()
            self._shut()
            self._reader.start()
            self.lost.emit()

    def _reopen(self) -> None:
        """Try the lost device again; samples, not its opening, say that it is back."""
        now = time.monotonic()
        if self._source is not None and now - self._since < FIRST_SECONDS:
            return
        if now - self._tried < _RETRY_SECONDS and self._source is None:
            return
        self._tried = now
        self._shut()
        if server.given_up():
            self.stop()
            self.failed.emit(MachineError("microphone.sound-system-lost"))
        elif self._find() is not None:
            self._open()
        if self._running:
            # Also while there is nothing to read: it hears of the server when the microphone is back.
            self._reader.start()


def _key(device: QAudioDevice) -> str:
    return bytes(device.id().data()).hex()


def _format(device: QAudioDevice) -> QAudioFormat:
    """What is asked of the device: what is recorded, else the nearest that it can."""
    from PySide6.QtMultimedia import QAudioFormat

    for channels in (1, 2):
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(channels)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(wanted):
            return wanted
    return device.preferredFormat()


def _kind(form: QAudioFormat) -> str:
    from PySide6.QtMultimedia import QAudioFormat

    kinds = QAudioFormat.SampleFormat
    known = {kinds.UInt8: "u8", kinds.Int16: "i16", kinds.Int32: "i32", kinds.Float: "f32"}
    return known.get(form.sampleFormat(), "") if form.isValid() else ""
