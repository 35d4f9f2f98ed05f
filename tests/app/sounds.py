"""Sounds for the tests of recordings: tones in simulated time, through the real recorder."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder

RATE = 48_000


def tone(ms: int, hertz: float = 440.0, rate: int = RATE) -> bytes:
    """A tone as little-endian 16-bit mono."""
    time = np.arange(ms * rate // 1000) / rate
    return bytes((12_000 * np.sin(2 * np.pi * hertz * time)).astype("<i2").tobytes())


def wav(pcm: bytes, rate: int = RATE) -> bytes:
    """PCM as a WAV file."""
    out = io.BytesIO()
    soundfile.write(out, np.frombuffer(pcm, "<i2"), rate, format="WAV", subtype="PCM_16")
    return out.getvalue()


def decoded(data: bytes) -> tuple[np.ndarray, int]:
    """Samples of a sound file in memory, and its rate."""
    samples, rate = soundfile.read(io.BytesIO(data), dtype="int16")
    return samples, rate


def pitch(samples: np.ndarray, rate: int) -> float:
    """The strongest frequency of a stretch of sound, in hertz."""
    spectrum = np.abs(np.fft.rfft(samples.astype(float) * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


def whole(s: Session, recording: str) -> bytes:
    """The decrypted bytes of a recording."""
    source = recordings.reader(s, recording)
    try:
        return source.read_at(0, source.size)
    finally:
        source.close()


def feed(recorder: Recorder, pcm: bytes) -> None:
    """Sound as it comes: a tenth of a second, on the disk, and the next."""
    step = RATE * 2 // 10
    for start in range(0, len(pcm), step):
        recorder.feed(pcm[start : start + step])
        recorder.settle()


def record(s: Session, interview: str, ms: int = 3000, quality: str = "speech") -> RecordingView:
    """A recording of a tone, begun, stopped and sealed."""
    running = recordings.begin(s, interview, device="FieldMic", quality=quality)
    recorder = Recorder(running.journal)
    recorder.feed(tone(ms))
    recorder.stop()
    return recordings.finish(s, running.recording)
