"""Sound to record in simulated time, and journals to put it in. Every test of the room begins here."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

from cairn.audio.journal import Header, JournalReader, JournalWriter
from cairn.audio.replay import Replay, replay

RATE = 48_000
RECORDING = "0d9be1f7-3c52-4e8a-8a67-b1c2d3e4f506"
INTERVIEW = "6f1c2a34-58de-4b0a-9f3e-0a1b2c3d4e5f"
OTHER = "11111111-2222-4333-8444-555555555555"
KEY = bytes(range(32))


def steps(first: int, count: int) -> np.ndarray:
    """Samples that tell where in the sound they stand: another height every 100 ms, a click at its beginning.

    FLAC packs hours of it into little, so that a whole day can be compared sample by sample.
    """
    at = np.arange(first, first + count, dtype=np.int64)
    height = (at // 4800 * 7919) % 4093 - 2046
    return np.where(at % 4800 == 0, 20_000, height).astype("<i2")


def voice(seconds: float, seed: int = 1) -> np.ndarray:
    """Something like speech: syllables of a hoarse tone, never twice the same."""
    generator = np.random.default_rng(seed)
    at = np.arange(int(seconds * RATE)) / RATE
    pitch = 140 + 30 * np.sin(at * 1.7)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) + 0.5 * np.sin(4 * np.pi * np.cumsum(pitch) / RATE)
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * at + np.sin(at)), 0, 1)
    noise = generator.normal(0, 0.25, len(at))
    return ((tone + noise) * syllables * 6000 + generator.normal(0, 20, len(at))).astype("<i2")


def header(encoding: str = "opus", **values: object) -> Header:
    given = {"recording": RECORDING, "interview": INTERVIEW, "media": "ab" * 16, "encoding": encoding}
    return Header(**{"started": "2026-03-14T09:00:00Z", "device": "FieldMic", **given, **values})  # type: ignore[arg-type]


def new_journal(path: Path, encoding: str = "opus", **values: object) -> JournalWriter:
    return JournalWriter.create(path, KEY, header(encoding, **values))


def reader(path: Path) -> JournalReader:
    return JournalReader(path, KEY, recording=RECORDING, interview=INTERVIEW)


@dataclass
class Played:
    """What became of a journal, with its sound decoded."""

    found: Replay
    file: bytes
    samples: np.ndarray = field(repr=False)


def played(path: Path) -> Played:
    found = replay(reader(path))
    file = b"".join(found.sound)
    samples = soundfile.read(io.BytesIO(file), dtype="int16")[0] if file else np.empty(0, np.int16)
    return Played(found, file, samples)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
