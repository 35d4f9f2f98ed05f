"""Whatever a microphone delivers becomes 16-bit mono at 48,000 a second, whole, in pieces of any size."""

from __future__ import annotations

import numpy as np
import pytest

from cairn.qt.media.recording.convert import RATE, Converter

SECONDS = 2


def delivered(kind: str, rate: int, channels: int) -> bytes:
    """A tone of 440 Hz as such a device delivers it."""
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(SECONDS * rate) / rate)
    frames = np.repeat(tone[:, None], channels, axis=1)
    forms = {
        "u8": lambda x: (x * 127 + 128).astype("u1"),
        "i16": lambda x: (x * 32767).astype("<i2"),
        "i32": lambda x: (x * 2147483647).astype("<i4"),
        "f32": lambda x: x.astype("<f4"),
    }
    return bytes(forms[kind](frames).tobytes())


@pytest.mark.parametrize("piece", [1, 7, 1920, 1 << 20])
@pytest.mark.parametrize(
    ("kind", "rate", "channels"),
    [("i16", 48000, 1), ("i16", 48000, 2), ("f32", 44100, 2), ("i32", 96000, 1), ("u8", 8000, 1)],
)
def test_the_tone_comes_out_whole(kind: str, rate: int, channels: int, piece: int) -> None:
    given = delivered(kind, rate, channels)
    if piece < 100:
        given = given[: len(given) // 20 // (channels * 4) * channels * 4]
    converter = Converter(kind, rate, channels)
    out = b"".join(converter.feed(given[at : at + piece]) for at in range(0, len(given), piece))
    out += converter.finish()
    heard = np.frombuffer(out, "<i2").astype(float) / 32768
    wanted = len(given) / (channels * int(kind[1:]) // 8) / rate
    assert abs(len(heard) / RATE - wanted) < 0.002
    middle = heard[len(heard) // 4 : -len(heard) // 4]
    expected = (
        0.5 * np.sin(2 * np.pi * 440 * np.arange(len(heard)) / RATE)[len(heard) // 4 : -len(heard) // 4]
    )
    assert np.corrcoef(middle, expected)[0, 1] > 0.999
    assert abs(np.abs(middle).max() - 0.5) < 0.02


def test_what_is_recorded_already_stays_bit_for_bit() -> None:
    given = delivered("i16", 48000, 1)
    assert Converter("i16", 48000, 1).feed(given) == given


def test_a_loud_float_is_cut_and_does_not_turn_over() -> None:
    loud = np.array([1.5, -1.5, 1.0], dtype="<f4").tobytes()
    heard = np.frombuffer(Converter("f32", RATE, 1).feed(loud), "<i2")
    assert list(heard) == [32767, -32768, 32767]
