"""Sound files to 16-bit samples, by libsndfile. Runs in the child only."""

from __future__ import annotations

import io
from typing import BinaryIO

import numpy as np
import soundfile

from cairn.decode import wire
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


class Sounds:
    """One sound file, kept open between blocks."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sound: _Steady | None = None
        self._at = 0

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """What the sound is, or `request.count` frames of it from `request.first`."""
        sound = self._open()
        channels = min(sound.channels, 2) if sound.channels <= 2 else 1
        if request.op == "sound":
            frames = sound.frames if 0 <= sound.frames < _UNKNOWN_LENGTH else 0
            return wire.Answer(rate=sound.samplerate, channels=channels, frames=frames), b""
        block = self._block(sound, request.first, max(0, min(request.count, wire.MAX_BLOCK)))
        return wire.Answer(octets=len(block), rate=sound.samplerate, channels=channels), block

    def _open(self) -> soundfile.SoundFile:
        if self._sound is None:
            try:
                sound = _Steady(self._file)
            except _BAD_FILE as error:
                raise Refused("unsupported") from error
            if (
                sound.format not in _FORMATS
                or not 1 <= sound.channels <= 64
                or not 0 < sound.samplerate <= 768_000
            ):
                raise Refused("unsupported")
            self._sound = sound
        return self._sound

    def _block(self, sound: _Steady, first: int, count: int) -> bytes:
        if 0 <= sound.frames < _UNKNOWN_LENGTH and first >= sound.frames:
            return b""
        try:
            # A decoder that is left where it stands plays on without a click.
            if first != self._at:
                self._jump(sound, first)
            samples = sound.read(count, dtype="float32", always_2d=True)
        except _BAD_FILE as error:
            self._at = -1
            raise Refused("damaged") from error
        self._at += len(samples)
        if sound.channels > 2:
            samples = samples.mean(axis=1, keepdims=True)
        whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        # 16-bit files come out as they went in.
        return bytes(np.clip(np.rint(whole * 32768), -32768, 32767).astype("<i2").tobytes())

    def _jump(self, sound: _Steady, first: int) -> None:
        # An MP3 frame borrows bits from those before it; straight after a jump there is silence.
        before = min(first, _MP3_BEFORE) if sound.format == "MP3" else 0
        self._at = sound.seek(first - before) + before
        if before:
            sound.read(before, dtype="float32")


def warm() -> None:
    """Let libsndfile and the callback machinery load while they still can."""
    for kind, subtype in (("WAV", "PCM_16"), ("OGG", "OPUS"), ("FLAC", "PCM_16")):
        sample = io.BytesIO()
        soundfile.write(sample, np.zeros((480, 1), dtype="float32"), 48000, format=kind, subtype=subtype)
        sample.seek(0)
        Sounds(sample)(wire.Request("sound-block", len(sample.getvalue()), 0, 100))
