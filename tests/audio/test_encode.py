"""The encoder: whole pages and frames, held back for a fifth of a second at most."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from audio.source import RATE, steps, voice
from cairn.audio import encode, flac, ogg
from cairn.audio.encode import Encoder
from cairn.errors import IntegrityError, MachineError


def test_opus_comes_in_whole_pages_within_a_fifth_of_a_second() -> None:
    got: list[bytes] = []
    encoder, sound, behind = Encoder(got.append, "opus"), voice(6), []
    for start in range(0, len(sound), 480):
        encoder.write(sound[start : start + 480].tobytes())
        behind.append(start + 480 - encoder.complete)
    assert max(behind[RATE // 480 :]) <= 0.25 * RATE
    encoder.close()
    encoder.close()
    assert ogg.preamble_size(got[0]) == len(got[0])
    for piece in got:
        pages = list(ogg.pages(piece))
        assert pages and pages[-1].end == len(piece)
    samples, rate = soundfile.read(io.BytesIO(b"".join(got)), dtype="int16")
    assert (len(samples), rate, encoder.complete) == (len(sound), RATE, len(sound))


def test_flac_comes_in_whole_frames_and_is_exact() -> None:
    got: list[bytes] = []
    encoder, sound, behind = Encoder(got.append, "flac"), steps(0, 5 * RATE + 123), []
    for start in range(0, len(sound), 480):
        encoder.write(sound[start : start + 480].tobytes())
        behind.append(min(start + 480, len(sound)) - encoder.complete)
    assert max(behind) <= 0.2 * RATE
    encoder.close()
    assert encoder.complete == len(sound) and flac.preamble_size(got[0]) == len(got[0])
    numbers = [flac.frame(piece).number for piece in got[1:]]
    assert numbers == sorted(numbers) and numbers[0] == 0
    whole = got[0][:8] + encoder.summary + got[0][42:] + b"".join(got[1:])
    assert np.array_equal(soundfile.read(io.BytesIO(whole), dtype="int16")[0], sound)
    assert flac.with_total(got[0], len(sound))[21:26] == encoder.summary[13:18]


@pytest.mark.parametrize("rate", encode.OPUS_RATES)
@pytest.mark.parametrize("channels", [1, 2])
def test_opus_at_every_rate_it_knows(rate: int, channels: int) -> None:
    got = bytearray()
    encoder = Encoder(got.extend, "opus", rate, channels)
    encoder.write(np.zeros((rate * 2, channels), "<i2").tobytes())
    encoder.close()
    samples, found = soundfile.read(io.BytesIO(got), always_2d=True)
    assert samples.shape == (rate * 2 * found // rate, channels) and encoder.complete == rate * 2


def test_what_cannot_be_encoded_is_said() -> None:
    for arguments in (("opus", 44_100, 1), ("flac", RATE, 99), ("opus", RATE, 0)):
        with pytest.raises(MachineError, match=r"audio\.encoder-failed"):
            Encoder(bytearray().extend, *arguments)
    encoder = Encoder(bytearray().extend, "flac")
    encoder.write(b"")
    with pytest.raises(MachineError, match=r"audio\.encoder-failed"):
        encoder.write(b"odd")
    encoder.close()


def test_what_the_sink_raises_comes_through() -> None:
    def full(data: bytes) -> None:
        raise MachineError("machine.disk-full")

    encoder = Encoder(full, "opus")
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        encoder.write(voice(2).tobytes())
    with pytest.raises(MachineError):
        encoder.close()


def test_silence_in_flac_is_what_libsndfile_reads() -> None:
    got: list[bytes] = []
    for channels in (1, 2):
        got.clear()
        encoder = Encoder(got.append, "flac", 44_100, channels)
        sound = np.repeat(steps(0, 4096 * 3)[:, None], channels, axis=1)
        encoder.write(sound.tobytes())
        encoder.close()
        silent = flac.silence(got[1], 3, 200)
        file = flac.with_total(got[0], 4096 * 203) + b"".join(got[1:4]) + b"".join(silent)
        samples = soundfile.read(io.BytesIO(file), dtype="int16", always_2d=True)[0]
        assert samples.shape == (4096 * 203, channels)
        assert np.array_equal(samples[: 4096 * 3], sound) and not samples[4096 * 3 :].any()


@pytest.mark.parametrize(
    "number", [0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x1FFFFF, 0x200000, 1 << 30]
)
def test_numbers_of_frames_are_coded_both_ways(number: int) -> None:
    got: list[bytes] = []
    encoder = Encoder(got.append, "flac")
    encoder.write(steps(0, 4096).tobytes())
    encoder.close()
    (frame,) = flac.silence(got[1], number, 1)
    assert (flac.frame(frame).number, flac.frame(frame).samples) == (number, 4096)


def test_what_is_no_page_and_no_frame() -> None:
    assert not list(ogg.pages(b"rubbish" * 10)) and ogg.preamble_size(b"OggS") == 0
    assert flac.preamble_size(b"fLaC\0\0\0\x22") == flac.preamble_size(b"OggS") == 0
    for data in (
        b"",
        b"\xff\xf8",
        b"\xff\xf8\xca\x08\x00\x29\0\0",
        bytes(20),
        b"\xff\xf8\x0a\x08\x00\x29\0\0",
    ):
        with pytest.raises(IntegrityError, match=r"audio\.damaged"):
            flac.frame(data)
    with pytest.raises(IntegrityError, match=r"audio\.damaged"):
        ogg.pre_skip(b"")


def test_the_software_is_named() -> None:
    assert "sndfile" in encode.software()
