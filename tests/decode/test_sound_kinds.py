"""Sound whose head lies, that was put together, that was never closed, that comes in boxes of other makers."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import codecpod
import numpy as np
import pytest
import soundfile

from cairn.decode import wire
from cairn.decode.host import DecodeHost, SoundInfo
from cairn.errors import InputError

VECTORS = Path(__file__).parents[1] / "vectors" / "sound"
RATE = 16_000


def tone(seconds: float, hertz: float = 440.0, loud: float = 0.3) -> np.ndarray:
    return (loud * np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * hertz / RATE)).astype(np.float32)


def made(kind: str, subtype: str, seconds: float, **how: float) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, tone(seconds, **how), RATE, format=kind, subtype=subtype)
    return out.getvalue()


def mp3(samples: np.ndarray) -> bytes:
    """An MP3 whose first frame counts the others."""
    return codecpod.save_bytes(samples, RATE, codecpod.Mp3())


def uncounted(data: bytes) -> bytes:
    """The same without tags and without the frame that counts."""
    at = 10 + int.from_bytes(data[6:10], "big") if data[:3] == b"ID3" else 0
    place = max(data.find(b"Xing"), data.find(b"Info"))
    assert place > 0
    following = data.find(data[at : at + 2], place)
    return data[following:]


def heard(host: DecodeHost, data: bytes) -> tuple[SoundInfo, np.ndarray]:
    """Decoded block by block to its end."""
    info, at, blocks = host.sound(data), 0, []
    while block := host.sound_block(data, at, 10_000):
        blocks.append(block)
        at += len(block) // 2 // info.channels
    return info, np.frombuffer(b"".join(blocks), "<i2").astype(float)


def pitch(samples: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


def test_an_mp3_is_heard_to_its_end_whatever_counts_it(host: DecodeHost) -> None:
    loud = np.concatenate(
        [np.random.default_rng(1).uniform(-0.9, 0.9, RATE * 2).astype(np.float32), tone(20, loud=0.01)]
    )
    data = uncounted(mp3(loud))
    info, samples = heard(host, data)
    assert abs(len(samples) - 22 * RATE) < 4000 and info.frames == len(samples) and info.left == 0
    assert abs(pitch(samples[-RATE:], RATE) - 440) < 2
    # A jump to the end lands where playing on lands.
    last = np.frombuffer(host.sound_block(data, len(samples) - 5000, 5000), "<i2").astype(float)
    assert np.abs(last - samples[-5000:]).max() < 40


def test_mp3_files_put_together_are_all_heard(host: DecodeHost) -> None:
    tag = b"TAG" + b"a name".ljust(125, b"\0")
    data = mp3(tone(2)) + tag + mp3(tone(3, 880)) + tag
    info, samples = heard(host, data)
    assert (info.frames, info.left) == (len(samples), 0) and abs(len(samples) - 5 * RATE) < 100
    assert abs(pitch(samples[: 2 * RATE], RATE) - 440) < 2
    assert abs(pitch(samples[-2 * RATE :], RATE) - 880) < 2
    middle = np.frombuffer(host.sound_block(data, 2 * RATE - 500, 1000), "<i2").astype(float)
    assert len(middle) == 1000 and np.abs(middle - samples[2 * RATE - 500 :][:1000]).max() < 40


def test_what_is_no_sound_in_an_mp3_is_told(host: DecodeHost) -> None:
    whole = mp3(tone(2))
    info, samples = heard(host, whole[:4000] + b"something else" * 100 + whole[4000:] + b"PK\x03\x04" * 50)
    assert abs(len(samples) - 2 * RATE) < 4000
    assert 1400 + 200 <= info.left < 1400 + 200 + 2000
    assert host.sound(whole + bytes(4096)).left == 0, "zeros that fill up are nothing"


@pytest.mark.parametrize(("kind", "subtype"), [("OGG", "OPUS"), ("OGG", "VORBIS"), ("FLAC", "PCM_16")])
def test_links_are_all_heard(host: DecodeHost, kind: str, subtype: str) -> None:
    data = made(kind, subtype, 2) + made(kind, subtype, 3, hertz=880)
    info, samples = heard(host, data)
    assert info.frames == len(samples) and abs(len(samples) / info.rate - 5) < 0.02 and info.left == 0
    assert abs(pitch(samples[-2 * info.rate :], info.rate) - 880) < 2
    same = made(kind, subtype, 1)
    assert abs(host.sound(same * 3).frames / info.rate - 3) < 0.02


def test_a_link_of_another_kind_is_told(host: DecodeHost) -> None:
    out = io.BytesIO()
    soundfile.write(out, np.zeros((24_000, 2), np.float32), 48_000, format="OGG", subtype="OPUS")
    info, _ = heard(host, made("OGG", "VORBIS", 2) + out.getvalue())
    assert info.frames == 2 * RATE and info.left == len(out.getvalue())
    behind = made("OGG", "OPUS", 1)
    assert host.sound(behind + b"not a page at all").left == 17


def sizes(data: bytes, riff: int, body: int) -> bytes:
    at = data.index(b"data")
    return data[:4] + struct.pack("<I", riff) + data[8 : at + 4] + struct.pack("<I", body) + data[at + 8 :]


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24"])
@pytest.mark.parametrize("said", [0, 0xFFFFFFFF, 8000])
def test_a_wav_that_was_never_closed_goes_to_its_end(host: DecodeHost, subtype: str, said: int) -> None:
    whole = made("WAV", subtype, 2)
    info, samples = heard(host, sizes(whole, said, said))
    assert info.unclosed and len(samples) == 2 * RATE and info.left == 0
    assert np.array_equal(samples, heard(host, whole)[1])


def test_a_wav_with_chunks_behind_is_closed(host: DecodeHost) -> None:
    whole = made("WAV", "PCM_16", 2)
    words = b"LIST" + struct.pack("<I", 12) + b"INFOINAM" + bytes(4)
    info = host.sound(whole + words)
    assert (info.frames, info.unclosed, info.left) == (2 * RATE, False, 0)
    assert host.sound(whole[:-1000]).unclosed, "its end is missing"


@pytest.mark.parametrize("name", ["opus.webm", "frag.m4a", "voice.wma", "film.mp4"])
def test_boxes_of_other_makers(host: DecodeHost, name: str) -> None:
    info, samples = heard(host, (VECTORS / name).read_bytes())
    assert info.frames == len(samples) and abs(len(samples) / info.rate - 1) < 0.13
    assert abs(pitch(samples[info.rate // 4 : info.rate * 3 // 4], info.rate) - 440) < 3
    assert (info.left > 0) == (name == "film.mp4"), "pictures are no part of what is heard"


def test_fragments_jump_and_may_end_early(host: DecodeHost) -> None:
    data = (VECTORS / "frag.m4a").read_bytes()
    _, samples = heard(host, data)
    part = np.frombuffer(host.sound_block(data, 5000, 3000), "<i2").astype(float)
    assert np.abs(part - samples[5000:8000]).max() <= 40
    cut = data[: len(data) // 2]
    assert 0 < len(heard(host, cut)[1]) < len(samples)


def test_what_has_no_index_and_no_sound_is_refused(host: DecodeHost) -> None:
    for data in ((VECTORS / "tells.m4a").read_bytes()[:2000], b"\x1a\x45\xdf\xa3" + bytes(500)):
        with pytest.raises(InputError, match=r"decode\.(damaged|unsupported)"):
            host.sound(data)


def test_what_was_cut_away_by_a_table_is_heard(host: DecodeHost) -> None:
    """An edit list that hides half of the sound: the other half travels too."""
    data = bytearray(codecpod.save_bytes(tone(4), RATE, codecpod.Aac()))
    at = data.index(b"elst")
    assert struct.unpack_from(">I", data, at + 8) == (1,)
    movie = struct.unpack_from(">I", data, data.index(b"mvhd") + 16)[0]
    struct.pack_into(">I", data, at + 12, movie)
    assert host.sound(bytes(data)).frames >= 4 * RATE


def test_a_block_never_passes_its_limit(host: DecodeHost) -> None:
    data = made("OGG", "OPUS", 4) * 3
    assert len(host.sound_block(data, 0, 1 << 30)) <= wire.MAX_BLOCK * 2
