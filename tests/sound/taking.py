"""Recording in simulated time: journals, sounds one can recognise, and what is found again."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from cairn.audio.encode import Encoder
from cairn.audio.journal import Header, JournalReader, JournalWriter
from cairn.audio.recorder import Recorder
from cairn.audio.replay import Replay, replay
from sound.rig import RATE, Samples

KEY = bytes(range(32))
RECORDING = "0190c0de-0000-7000-8000-0000000000a1"
INTERVIEW = "0190c0de-0000-7000-8000-0000000000b2"
PIECE = RATE // 50
"""Samples of 20 ms, which is what a device delivers at a time."""


def create(path: Path, encoding: str = "opus") -> JournalWriter:
    """A journal that is nobody's."""
    header = Header(
        recording=RECORDING,
        interview=INTERVIEW,
        media="0" * 32,
        started="2031-05-04T09:30:00Z",
        encoding=encoding,
        rate=RATE,
        channels=1,
        device="FieldMic",
    )
    return JournalWriter.create(path, KEY, header)


def found(path: Path) -> Replay:
    """What the journal holds."""
    return replay(JournalReader(path, KEY, recording=RECORDING, interview=INTERVIEW))


def decoded(sound: bytes) -> Samples:
    """The samples of an encoded file."""
    with soundfile.SoundFile(io.BytesIO(sound)) as file:
        samples: Samples = file.read(dtype="int16")
        return samples


def pieces(sound: Samples, size: int = PIECE) -> Iterator[bytes]:
    """The sound as a device delivers it."""
    for start in range(0, len(sound), size):
        yield sound[start : start + size].tobytes()


class Clock:
    """Time that goes on with the sound."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Followed:
    """An encoder, and how much of what was fed has reached it: simulated time waits for no worker."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.fed = 0
        self._taken = 0
        self._more = threading.Condition()

    def encoder(self, *what: Any) -> Encoder:
        """For `Recorder(encoder=…)`."""
        followed = self

        class One(Encoder):
            def write(self, pcm: bytes | memoryview) -> None:
                super().write(pcm)
                with followed._more:
                    followed._taken += len(pcm)
                    followed._more.notify_all()

        return One(*what)

    def feed(self, recorder: Recorder, piece: bytes) -> None:
        """Time goes on by the piece, which is fed and encoded."""
        self.clock.seconds += len(piece) / 2 / RATE
        self.fed += len(piece)
        recorder.feed(piece)
        with self._more:
            assert self._more.wait_for(lambda: self._taken >= self.fed, 60)


def following(journal: JournalWriter, **named: Any) -> tuple[Recorder, Callable[[bytes], None]]:
    """A recorder whose clock is its sound, and how to feed it."""
    clock = Clock()
    followed = Followed(clock)
    recorder = Recorder(journal, now=clock, encoder=followed.encoder, **named)
    return recorder, lambda piece: followed.feed(recorder, piece)


def steps(first: int, seconds: int) -> Samples:
    """A sound in which every second is another: the number of the 10 ms it lies in, spread over 16 bits.

    It is flat within each 10 ms, so that hours of it are quickly encoded without loss.
    """
    numbers = np.arange(first * 100, (first + seconds) * 100, dtype=np.int64)
    values = ((numbers * 40_503) % 65_521 - 32_760).astype(np.int16)
    return np.repeat(values, RATE // 100)


def babble(seconds: float, seed: int = 7) -> Samples:
    """Something like speech: noise whose loudness goes up and down four times a second."""
    chance = np.random.default_rng(seed)
    count = round(seconds * RATE)
    noise = np.convolve(chance.standard_normal(count + 31), np.ones(32) / 32, "valid")
    swell = 0.55 - 0.45 * np.cos(np.arange(count) * (2 * np.pi * 4 / RATE))
    return (noise / np.abs(noise).max() * swell * 20_000).astype(np.int16)
