"""Sound in packets: M4A and AAC, lossy and lossless."""

from __future__ import annotations

import struct
from itertools import pairwise

import codecpod
import numpy as np
import numpy.typing as npt
import pytest

from cairn.decode import wire
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from decode import files

PATH = files.TABLES


def samples(block: bytes, channels: int = 1) -> npt.NDArray[np.int64]:
    return np.frombuffer(block, "<i2").astype(np.int64).reshape(-1, channels)


def wanted(frames: int, channels: int = 1) -> npt.NDArray[np.int64]:
    return (files.tone(frames, channels) * 32767).astype(np.int64)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("kind", ["aac", "alac"])
def test_every_frame_is_there_and_in_its_place(host: DecodeHost, kind: str, channels: int) -> None:
    data = files.packed(kind, 50_001, channels)
    info = host.sound(data)
    assert (info.rate, info.channels, info.frames) == (48_000, channels, 50_001)
    heard = samples(host.sound_block(data, 0, 60_000), channels)
    assert heard.shape == (50_001, channels)
    # The library's own way through the whole file at once.
    whole, _ = codecpod.load(data, channels_first=False)
    assert np.abs(heard - np.rint(whole.reshape(-1, channels) * 32768)).max() <= 1
    for channel in range(channels):
        assert np.corrcoef(heard[:, channel], wanted(50_001, channels)[:, channel])[0, 1] > 0.97
    assert host.sound_block(data, 50_001, 10) == b""
    assert host.sound_block(data, 1 << 40, 10) == b""


@pytest.mark.parametrize("kind", ["aac", "alac"])
def test_a_jump_is_exact(host: DecodeHost, kind: str) -> None:
    data = files.packed(kind, 100_000)
    whole = samples(host.sound_block(data, 0, 100_000))
    for start, count in ((99_990, 50), (0, 1), (1023, 3), (50_000, 12_345), (4095, 4098), (7, 100_000)):
        part = samples(host.sound_block(data, start, count))
        assert len(part) == min(count, 100_000 - start)
        assert np.abs(part - whole[start : start + count]).max() <= 40


def test_blocks_in_a_row_are_the_whole(host: DecodeHost) -> None:
    data = files.packed("alac", 30_000)
    blocks = b"".join(host.sound_block(data, start, 960) for start in range(0, 30_000, 960))
    assert blocks == host.sound_block(data, 0, 30_000)


def test_packets_with_heads_of_their_own(host: DecodeHost) -> None:
    data = files.adts(files.packed("aac", 48_000))
    info = host.sound(data)
    # Such a file can't say that its first packet is only the encoder's run-up.
    assert (info.rate, info.channels, info.frames) == (48_000, 1, 48 * 1024)
    heard = samples(host.sound_block(data, 1024 + 2048, 20_000))
    assert np.corrcoef(heard[:, 0], wanted(48_000)[2048:22_048, 0])[0, 1] > 0.99


def edited(data: bytes, *edits: tuple[int, int]) -> bytes:
    """`data` with other edits, each `(length, start)`; of its own size, so that nothing else moves."""
    at, end = files.boxes(data, b"moov", b"trak", b"edts", b"elst")
    table = (
        bytes(4)
        + struct.pack(">I", len(edits))
        + b"".join(struct.pack(">Iii", *edit, 0x10000) for edit in edits)
    )
    grown = data[: at - 8] + struct.pack(">I", 8 + len(table)) + b"elst" + table + data[end:]
    for path in ((b"moov",), (b"moov", b"trak"), (b"moov", b"trak", b"edts")):
        start, stop = files.boxes(data, *path)
        size = stop - start + 8 + len(table) - (end - at)
        grown = grown[: start - 8] + struct.pack(">I", size) + grown[start - 4 :]
    return grown


def test_what_was_trimmed_away_is_not_played(host: DecodeHost) -> None:
    """A recorder's own trimming leaves the packets and lists what to play."""
    data = files.packed("alac", 48_000)
    whole = samples(host.sound_block(data, 0, 48_000))
    cut = edited(data, (100, -1), (1000, 5000), (2000, 20_000))
    assert host.sound(cut).frames == 3000
    heard = samples(host.sound_block(cut, 0, 9999))
    assert (heard == np.concatenate([whole[5000:6000], whole[20_000:22_000]])).all()
    assert (samples(host.sound_block(cut, 990, 20)) == heard[990:1010]).all()
    # An edit that reaches past the end, or begins there, plays what is there.
    assert host.sound(edited(data, (1 << 30, 47_000), (5, 1 << 30))).frames == 1000


def test_four_hours_are_read_in_small_pieces(host: DecodeHost) -> None:
    """The tables of a long file, with few packets behind them: only what is heard is read."""
    data = files.packed("alac", 4096 * 8)
    at, end = files.boxes(data, *PATH, b"stsz")
    sizes = struct.unpack(f">{(end - at - 12) // 4}I", data[at + 12 : end])
    (place,) = struct.unpack(">I", data[files.boxes(data, *PATH, b"stco")[0] + 8 :][:4])
    one = data[place : place + sizes[0]]
    hours = 4 * 3600 * 48_000 // 4096
    description = data[slice(*files.boxes(data, *PATH, b"stsd"))]
    movie = files.iso(description, 48_000, 4096, [len(one)] * hours)
    parts = [(index * len(one), one) for index in (0, *range(hours - 8, hours))]
    base = 48
    source = files.Watched(
        base + hours * len(one) + len(movie),
        (0, files.box(b"ftyp", b"M4A \0\0\0\0") + files.box(b"free", bytes(8))),
        (base - 16, struct.pack(">I4sQ", 1, b"mdat", hours * len(one) + 16)),
        *((base + offset, packet) for offset, packet in parts),
        (base + hours * len(one), movie),
    )
    assert host.sound(source).frames == hours * 4096
    start = (hours - 1) * 4096
    assert len(host.sound_block(source, start + 4000, 4096)) == 96 * 2
    assert source.read < 8 << 20 and source.largest <= wire.MAX_RANGE


def test_a_file_cut_off_after_its_tables_plays_to_there(host: DecodeHost) -> None:
    data = files.tables_first(files.packed("alac", 48_000))
    assert host.sound(data).frames == 12 * 4096
    half = data[: len(data) * 2 // 3]
    heard = samples(host.sound_block(half, 0, 48_000))
    assert 4096 <= len(heard) < 48_000
    assert (heard == samples(host.sound_block(data, 0, 48_000))[: len(heard)]).all()


def test_a_file_cut_off_before_its_tables_is_damaged(host: DecodeHost) -> None:
    with pytest.raises(InputError, match=r"decode\.damaged"):
        host.sound(files.packed("aac")[:9000])


def lie(data: bytes, table: bytes, offset: int, value: int) -> bytes:
    at, _ = files.boxes(data, *PATH, table)
    return data[: at + offset] + struct.pack(">I", value) + data[at + offset + 4 :]


LIES = {
    "more sizes than there are": (b"stsz", 8, 1 << 31),
    "one size for all, past the end": (b"stsz", 4, 1 << 30),
    "a packet of a gigabyte": (b"stsz", 16, 1 << 30),
    "a chunk past the end": (b"stco", 8, 0xFFFFFFF0),
    "no chunk": (b"stco", 4, 0),
    "more chunks than there are": (b"stco", 4, 1 << 30),
    "chunks that begin at none": (b"stsc", 8, 0),
    "chunks of everything": (b"stsc", 12, 0xFFFFFFFF),
    "no time": (b"stts", 12, 0),
    "more times than packets": (b"stts", 8, 0xFFFFFFFF),
    "no description": (b"stsd", 4, 0),
}


@pytest.mark.parametrize("name", LIES)
def test_tables_that_lie(host: DecodeHost, name: str) -> None:
    data = lie(files.packed("aac", 20_000), *LIES[name])
    with pytest.raises(InputError, match=r"decode\.(damaged|unsupported|too-big|failed)"):
        host.sound_block(data, 0, 20_000)
    assert host.sound(files.packed("aac", 4800)).frames == 4800


def test_a_film_without_sound_is_refused(host: DecodeHost) -> None:
    data = files.packed("aac")
    at = data.index(b"soun")
    with pytest.raises(InputError, match=r"decode\.unsupported"):
        host.sound(data[:at] + b"vide" + data[at + 4 :])


def test_levels_beyond_the_scale_are_held_at_its_end(host: DecodeHost) -> None:
    loud = np.sign(files.tone(20_000)) * np.float32(1.0)
    heard = samples(
        host.sound_block(codecpod.save_bytes(loud[:, 0], 48_000, codecpod.Aac(24_000)), 0, 20_000)
    )
    jumps = [abs(int(b) - int(a)) for (a,), (b,) in pairwise(heard.tolist())]
    assert heard.max() == 32_767 and heard.min() == -32_768 and max(jumps) < 65_536


@pytest.mark.parametrize("kind", ["aac", "alac"])
def test_a_packet_that_is_destroyed_is_silence_and_the_rest_plays(host: DecodeHost, kind: str) -> None:
    data = files.packed(kind, 60_000)
    whole = samples(host.sound_block(data, 0, 60_000))
    at, end = files.boxes(data, *PATH, b"stsz")
    sizes = struct.unpack(f">{(end - at - 12) // 4}I", data[at + 12 : end])
    (place,) = struct.unpack(">I", data[files.boxes(data, *PATH, b"stco")[0] + 8 :][:4])
    bad = len(sizes) // 2
    first = place + sum(sizes[:bad])
    torn = data[:first] + bytes([0xE7]) * sizes[bad] + data[first + sizes[bad] :]
    heard = samples(host.sound_block(torn, 0, 60_000))
    assert len(heard) == 60_000
    step = 1024 if kind == "aac" else 4096
    # The run-up of AAC stands before the first packet that is heard; its neighbours overlap.
    start = (bad - 1) * step if kind == "aac" else bad * step
    near = slice(max(0, start - 2 * step), start + 3 * step)
    assert np.abs(np.delete(heard - whole, np.r_[near])).max() <= 40
    assert host.sound(torn).frames == 60_000
