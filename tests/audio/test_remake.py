"""Made from a master: exactly the stretches that were asked for, and nothing of the others."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile

from audio.source import RATE, steps
from cairn.audio.remake import remake
from cairn.audio.stretch import Stretcher
from cairn.errors import Cancelled, InputError
from cairn.model.values import Span

FADE = RATE // 200


def reading(sound: np.ndarray) -> Callable[[int, int], bytes]:
    return lambda first, count: sound[first : first + count].tobytes()


def made(sound: np.ndarray, spans: list[Span], encoding: str = "flac", rate: int = RATE) -> np.ndarray:
    out = bytearray()
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    written = remake(reading(sound), rate, channels, spans, out.extend, encoding)
    samples, _ = soundfile.read(io.BytesIO(out), dtype="int16")
    assert len(samples) == written
    return np.asarray(samples)


def test_the_stretches_and_nothing_else_with_soft_seams() -> None:
    sound = steps(0, 10 * RATE)
    got = made(sound, [Span(0, 2000), Span(3000, 4000), Span(9000, 10_000)])
    expected = np.concatenate((sound[: 2 * RATE], sound[3 * RATE : 4 * RATE], sound[9 * RATE :]))
    assert len(got) == len(expected)
    exact = np.ones(len(got), bool)
    for seam in (2 * RATE, 3 * RATE):
        exact[seam - FADE : seam + FADE] = False
        assert got[seam] == 0 and abs(int(got[seam - 1])) < 100
        assert (np.abs(got[seam - FADE : seam + FADE]) <= np.abs(expected[seam - FADE : seam + FADE])).all()
    assert np.array_equal(got[exact], expected[exact])


def test_a_span_that_is_left_out_is_nowhere() -> None:
    sound = np.zeros(5 * RATE, "<i2")
    sound[2 * RATE : 3 * RATE] = 20_000
    for encoding in ("flac", "opus"):
        got = made(sound, [Span(0, 2000), Span(3000, 5000)], encoding)
        assert len(got) == 4 * RATE and np.abs(got).max() == 0


def test_at_a_rate_where_a_millisecond_is_no_whole_sample() -> None:
    sound = np.zeros(44_100 * 3, "<i2")
    sound[44_144:88_244] = 20_000  # from 1.001 s to 2.001 s, the samples between included
    got = made(sound, [Span(0, 1001), Span(2001, 3000)], rate=44_100)
    assert not got.any()


def test_a_rate_that_opus_does_not_know_keeps_length_and_pitch() -> None:
    at = np.arange(44_100 * 2)
    sound = np.repeat((np.sin(2 * np.pi * 441 * at / 44_100) * 8000).astype("<i2")[:, None], 2, axis=1)
    got = made(sound, [Span(0, 2000)], "opus", 44_100)
    assert got.shape == (2 * RATE, 2)
    spectrum = np.abs(np.fft.rfft(got[:RATE, 0].astype(float)))
    assert spectrum.argmax() == 441


def test_a_span_beyond_the_end_ends_with_the_sound() -> None:
    sound = steps(0, RATE + 777)
    for encoding in ("flac", "opus"):
        assert len(made(sound, [Span(0, 500), Span(600, 99_000)], encoding)) == RATE + 777 - RATE // 10
    assert np.array_equal(made(sound, [Span(0, 1 << 40)]), sound)


def test_nothing_left_is_refused() -> None:
    for spans in ([], [Span(5, 5)], [Span(2000, 3000)]):
        with pytest.raises(InputError, match=r"audio\.nothing-left"):
            made(steps(0, RATE), spans)


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[tuple[int, int | None]] = []
    remake(
        reading(steps(0, 3 * RATE)),
        RATE,
        1,
        [Span(0, 3000)],
        bytearray().extend,
        "flac",
        lambda a, b: seen.append((a, b)),
    )
    assert seen[0] == (0, 3 * RATE) and seen[-1] == (3 * RATE, 3 * RATE) and len(seen) > 3

    def stop(done: int, total: int | None) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        remake(reading(steps(0, 9 * RATE)), RATE, 1, [Span(0, 9000)], bytearray().extend, "opus", stop)


@pytest.mark.parametrize("speed", [0.5, 0.75, 0.9, 1.1, 1.5, 2.0])
@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (44_100, 2)])
def test_another_speed_has_the_same_pitch(speed: float, rate: int, channels: int) -> None:
    at = np.arange(rate * 4)
    sound = (np.sin(2 * np.pi * 200 * at / rate) * 9000).astype("<i2")
    stretcher, got = Stretcher(rate, channels, speed), b""
    for start in range(0, len(sound), rate // 10):
        piece = np.repeat(sound[start : start + rate // 10][:, None], channels, axis=1)
        got += stretcher.feed(piece.tobytes())
    got += stretcher.feed(b"") + stretcher.flush()
    heard = np.frombuffer(got, "<i2").reshape(-1, channels)
    assert abs(len(heard) - len(sound) / speed) < 0.03 * rate
    middle = heard[rate // 4 : rate // 4 + rate, 0].astype(float)
    assert np.abs(np.fft.rfft(middle)).argmax() == 200
    assert 5500 < middle.std() < 7200


def test_no_other_speeds() -> None:
    for speed in (0.4, 2.1, float("nan")):
        with pytest.raises(ValueError, match="speed"):
            Stretcher(RATE, 1, speed)
