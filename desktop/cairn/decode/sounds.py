"""Sound files to 16-bit samples, by libsndfile; those that come in packets by `packets`. Runs in the child only."""

from __future__ import annotations

import io
from typing import BinaryIO, Protocol

import numpy as np
import soundfile

from cairn.decode import packets, wire
from cairn.decode.refusal import Refused

_FORMATS = frozenset({"WAV", "WAVEX", "RF64", "W64", "FLAC", "OGG", "MP3", "AIFF", "AU", "CAF"})
_UNKNOWN_LENGTH = 1 << 60
_MP3_BEFORE = 10 * 1152
_BAD_FILE = (soundfile.SoundFileError, RuntimeError, ValueError, TypeError)


class _Steady(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A sound file that is not jumped about in by the library itself.

    A seekable SoundFile seeks to where it already is after each read. For MP3 that throws away the
    decoder's state: every block would begin with silence. Our own `seek` works all the same.
    """

    def seekable(self) -> bool:
        return False


class _Sound(Protocol):
    """A sound that is open. `frames` is 0 while the length is unknown."""

    rate: int
    channels: int
    frames: int

    def read(self, first: int, count: int) -> packets.Samples: ...


class _Streamed:
    """A sound that libsndfile reads. Raises Refused, also from `read`."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            sound = _Steady(file)
        except _BAD_FILE as error:
            raise Refused("unsupported") from error
        if sound.format not in _FORMATS:
            raise Refused("unsupported")
        self._sound = sound
        self._at = 0
        self.rate = int(sound.samplerate)
        self.channels = int(sound.channels)
        self.frames = int(sound.frames) if 0 <= sound.frames < _UNKNOWN_LENGTH else 0
        self._known = sound.frames < _UNKNOWN_LENGTH

    def read(self, first: int, count: int) -> packets.Samples:
        """Up to `count` frames from `first`, a row a frame."""
        if self._known and first >= self.frames:
            return np.zeros((0, self.channels), np.float32)
        try:
            # A decoder that is left where it stands plays on without a click.
            if first != self._at:
                self._jump(first)
            samples: packets.Samples = self._sound.read(count, dtype="float32", always_2d=True)
        except _BAD_FILE as error:
            self._at = -1
            raise Refused("damaged") from error
        self._at += len(samples)
        return samples

    def _jump(self, first: int) -> None:
        # An MP3 frame borrows bits from those before it; straight after a jump there is silence.
        before = min(first, _MP3_BEFORE) if self._sound.format == "MP3" else 0
        self._at = self._sound.seek(first - before) + before
        if before:
            self._sound.read(before, dtype="float32")


class Sounds:
    """One sound file, kept open between blocks."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sound: _Sound | None = None

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """What the sound is, or `request.count` frames of it from `request.first`."""
        sound = self._open(request.size)
        channels = sound.channels if sound.channels <= 2 else 1
        if request.op == "sound":
            return wire.Answer(rate=sound.rate, channels=channels, frames=sound.frames), b""
        samples = sound.read(request.first, max(0, min(request.count, wire.MAX_BLOCK)))
        if sound.channels > 2:
            samples = samples.mean(axis=1, keepdims=True)
        whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        # 16-bit files come out as they went in.
        block = np.clip(np.rint(whole * 32768), -32768, 32767).astype("<i2").tobytes()
        return wire.Answer(octets=len(block), rate=sound.rate, channels=channels), block

    def _open(self, size: int) -> _Sound:
        if self._sound is None:
            self._file.seek(0)
            head = self._file.read(12)
            self._file.seek(0)
            in_packets = head[4:8] == b"ftyp" or packets.is_adts(head)
            sound: _Sound = packets.Packets(self._file, size) if in_packets else _Streamed(self._file)
            if not 1 <= sound.channels <= 64 or not 0 < sound.rate <= 768_000:
                raise Refused("unsupported")
            self._sound = sound
        return self._sound


def warm() -> None:
    """Let libsndfile and the callback machinery load while they still can."""
    for kind, subtype in (("WAV", "PCM_16"), ("OGG", "OPUS"), ("FLAC", "PCM_16")):
        sample = io.BytesIO()
        soundfile.write(sample, np.zeros((480, 1), dtype="float32"), 48000, format=kind, subtype=subtype)
        sample.seek(0)
        Sounds(sample)(wire.Request("sound-block", len(sample.getvalue()), 0, 100))
    packets.warm()
