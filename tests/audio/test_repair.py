"""Sounds with gaps, decoded by a stock library: what is whole is heard at its own moment, the rest is silence."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from cairn.audio.encode import Encoder
from cairn.audio.gaps import Gap
from cairn.audio.repair import Repaired, repair

CHUNK = 16 * 1024
RATE = 48_000
SECONDS = 40
Samples = npt.NDArray[np.float32]


class Gapped:
    """A file as the encryption gives it: zeros where it is not authentic."""

    def __init__(self, data: bytes, gaps: list[Gap]) -> None:
        whole = bytearray(data)
        for start, end in gaps:
            whole[start:end] = bytes(end - start)
        self.data, self.size = bytes(whole), len(whole)

    def read_at(self, offset: int, length: int, /) -> bytes:
        return self.data[offset : offset + length]


@cache
def spoken() -> Samples:
    """A rising tone in noise: no two moments of it are alike."""
    time = np.arange(RATE * SECONDS) / RATE
    noise = np.random.default_rng(7).standard_normal(len(time))
    return (0.4 * np.sin(2 * np.pi * (200 * time + 20 * time * time)) + 0.03 * noise).astype(np.float32)


@cache
def encoded(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "opus":
        pieces: list[bytes] = []
        encoder = Encoder(pieces.append, "opus")
        pcm = (spoken() * 32767).astype("<i2").tobytes()
        for start in range(0, len(pcm), 9600):
            encoder.write(pcm[start : start + 9600])
        encoder.close()
        return b"".join(pieces)
    stereo = np.stack([spoken(), spoken() / 2], 1)
    made: dict[str, tuple[Samples, int, str, str]] = {
        "opus-stereo": (stereo, RATE, "OGG", "OPUS"),
        "flac": (spoken(), RATE, "FLAC", "PCM_16"),
        "flac-24": (stereo, 44_100, "FLAC", "PCM_24"),
        "wav": (spoken(), RATE, "WAV", "PCM_16"),
        "mp3": (spoken(), RATE, "MP3", "MPEG_LAYER_III"),
    }
    sound, rate, form, subtype = made[kind]
    soundfile.write(out, sound, rate, format=form, subtype=subtype)
    return out.getvalue()


def heard(data: bytes) -> tuple[Samples, int]:
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return samples, rate


def gaps_of(data: bytes, chunks: list[int]) -> list[Gap]:
    found: list[Gap] = []
    for chunk in sorted(chunks):
        start, end = chunk * CHUNK, min(chunk * CHUNK + CHUNK, len(data))
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def repaired(kind: str, chunks: list[int]) -> tuple[Repaired, Samples, Samples, int]:
    """The repaired file, how it sounds, how it sounded, and the rate."""
    data = encoded(kind)
    before, rate = heard(data)
    gaps = gaps_of(data, chunks)
    found = repair(
        Gapped(data, gaps), gaps, duration=len(before) * 1000 // rate, recorded=kind in ("opus", "flac")
    )
    after, rate_after = heard(found.read_at(0, found.size))
    assert rate_after == rate
    assert after.shape[1] == before.shape[1]
    return found, after, before, rate


def places(kind: str, which: str) -> list[int]:
    count = -(-len(encoded(kind)) // CHUNK)
    return {
        "one": [count // 2],
        "two": [count // 3, count // 3 + 2],
        "row": [count // 2, count // 2 + 1],
        "second": [1],
        "last": [count - 1],
        "every-other": list(range(1, count, 2)),
        "first": [0],
        "first-and-last": [0, count - 1],
    }[which]


FAIR = ("one", "two", "row", "second", "last", "every-other")
CASES = [(kind, which) for kind in ("opus", "opus-stereo", "flac", "flac-24", "wav") for which in FAIR]
CASES += [(kind, which) for kind in ("opus", "flac") for which in ("first", "first-and-last")]


@pytest.mark.parametrize(("kind", "which"), CASES)
def test_the_rest_is_heard_at_its_own_moment(kind: str, which: str) -> None:
    found, after, before, rate = repaired(kind, places(kind, which))
    assert found.lost
    # Of FLAC's last frame, which is shorter, nothing may be left.
    assert abs(len(after) - len(before)) <= 4096
    length = min(len(after), len(before))
    whole = np.ones(length, bool)
    for span in found.lost:
        # A decoder of Opus needs some packets to find into the sound again.
        whole[max(0, span.start * rate // 1000 - rate // 50) : span.end * rate // 1000 + rate // 10] = False
    different = (after[:length] - before[:length])[whole]
    if kind.startswith("opus"):
        # What Opus predicts from what was lost fades out within some tenths of a second.
        assert np.sqrt(np.mean(different**2)) < 0.01
    else:
        assert not different.any()
    for span in found.lost:
        inside = after[span.start * rate // 1000 + rate // 10 : span.end * rate // 1000 - rate // 20]
        assert np.abs(inside).max(initial=0) < 0.002


@pytest.mark.parametrize(("kind", "most"), [("opus", 4.6), ("flac", 0.6), ("wav", 0.2)])
def test_a_chunk_costs_its_own_sound_and_little_more(kind: str, most: float) -> None:
    for chunk in range(-(-len(encoded(kind)) // CHUNK)):
        if chunk == 0 and kind == "wav":
            continue
        data = encoded(kind)
        gaps = gaps_of(data, [chunk])
        found = repair(Gapped(data, gaps), gaps, duration=SECONDS * 1000, recorded=True)
        lost = sum(span.end - span.start for span in found.lost)
        assert 0 < lost <= most * 1000


def test_the_clock_of_mp3_stays_within_a_tenth_of_a_second() -> None:
    found, after, before, rate = repaired("mp3", places("mp3", "two"))
    assert len(found.lost) == 2
    late = slice(30 * rate, 34 * rate)
    size = 1 << 19
    spectrum = np.fft.rfft(before[late, 0], size) * np.conj(np.fft.rfft(after[late, 0], size))
    shift = int(np.argmax(np.fft.irfft(spectrum)))
    assert min(shift, size - shift) < rate // 10


def test_any_range_reads_as_from_the_whole() -> None:
    data = encoded("opus")
    gaps = gaps_of(data, [1, 3])
    found = repair(Gapped(data, gaps), gaps, duration=SECONDS * 1000)
    whole = found.read_at(0, found.size)
    assert len(whole) == found.size
    for offset in range(0, found.size, 997):
        assert found.read_at(offset, 1500) == whole[offset : offset + 1500]
    assert found.read_at(found.size, 10) == b""


def test_what_nobody_knows_is_left_as_it_is() -> None:
    data = bytes(range(256)) * 1000
    found = repair(Gapped(data, [(CHUNK, 2 * CHUNK)]), [(CHUNK, 2 * CHUNK)], duration=10_000)
    assert found.size == len(data)
    [span] = found.lost
    assert (span.start, span.end) == (640, 1280)


@pytest.mark.parametrize("kind", ["opus", "flac"])
def test_hostile_bytes_around_a_gap_end_in_some_sound(kind: str) -> None:
    """Any bytes may stand around a gap: the repair ends, and reads within the file."""
    random = np.random.default_rng(3)
    data = bytearray(encoded(kind)[: 6 * CHUNK])
    for _ in range(40):
        for place in random.integers(0, len(data), 200):
            data[place] = random.integers(0, 256)
        gap = (2 * CHUNK, 3 * CHUNK)
        found = repair(Gapped(bytes(data), [gap]), [gap], duration=SECONDS * 1000, recorded=True)
        assert len(found.read_at(0, found.size)) == found.size < 4 * len(data)
