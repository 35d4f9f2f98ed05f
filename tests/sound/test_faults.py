"""What a disk, an encoder and a device can do to a recording: what was kept stays whole, and it is said."""

from __future__ import annotations

import errno
import os
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cairn.audio import journal as journals
from cairn.audio.encode import Encoder
from cairn.audio.journal import SOUND, JournalReader
from cairn.audio.recorder import Recorder
from cairn.audio.replay import Replay
from cairn.errors import IntegrityError, MachineError
from sound.compare import likeness
from sound.rig import RATE, Samples, quiet
from sound.taking import (
    INTERVIEW,
    KEY,
    RECORDING,
    Clock,
    babble,
    create,
    decoded,
    following,
    found,
    pieces,
)

_WRITE = os.write


def whole(result: Replay, said: Samples) -> None:
    """What was found plays, is as long as it says, and is what was said."""
    heard = decoded(b"".join(result.sound))
    assert len(heard) == result.frames
    if len(heard) > RATE // 2:
        alike = likeness(said[: len(heard)], heard)
        assert abs(alike.lag) <= 2
        assert alike.whole > 0.9


class Full:
    """`os.write` on a disk with room for so many bytes, of which the last piece goes in half."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, handle: int, data: Any) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "no space left")
        count = _WRITE(handle, memoryview(data)[: self.room])
        self.room -= count
        return count


@pytest.mark.parametrize("encoding", ["opus", "flac"])
def test_a_disk_that_is_full_at_any_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """At the beginning, in the middle and at the end of each frame of the journal."""
    said = babble(2)
    first = _record(tmp_path / "whole.jnl", encoding, said)
    assert first.snapshot().failure is None
    edges = _edges(tmp_path / "whole.jnl")
    total = (tmp_path / "whole.jnl").stat().st_size
    rooms = [
        *edges,
        *[edge + 5 for edge in edges],
        *[(a + b) // 2 for a, b in pairwise(edges)],
    ]
    tried = 0
    for room in sorted(set(rooms)):
        if room >= total:
            continue
        path = tmp_path / f"{room}.jnl"
        # The header is written before a recording counts as begun.
        if room < edges[1]:
            with monkeypatch.context() as patch:
                patch.setattr(journals.os, "write", Full(room).write)
                with pytest.raises(MachineError, match=r"machine\.disk-full"):
                    create(path, encoding)
            assert not path.exists()
            continue
        with monkeypatch.context() as patch:
            patch.setattr(journals.os, "write", Full(room).write)
            recorder = _record(path, encoding, said)
        tried += 1
        failure = recorder.snapshot().failure
        assert failure is not None and failure.code == "machine.disk-full"
        assert recorder.snapshot().phase == "failed"
        result = found(path)
        assert result.interrupted
        assert not result.damaged
        # Each frame that had room is there: what is missing is less than one frame of sound.
        before = [until for until, end in _sounds(tmp_path / "whole.jnl") if end <= room]
        assert result.frames >= (before[-1] if before else 0) - RATE // 2
        if result.frames:
            whole(result, said)
        path.unlink()
    assert tried > 20


def _record(path: Path, encoding: str, said: Samples) -> Recorder:
    recorder = Recorder(create(path, encoding), now=Clock())
    for piece in pieces(said, RATE // 5):
        recorder.feed(piece)
        recorder.settle()
    recorder.stop()
    return recorder


def _edges(path: Path) -> list[int]:
    """Where each frame of the journal begins, and where the last one ends."""
    data, edges, at = path.read_bytes(), [len(journals.MAGIC)], len(journals.MAGIC)
    while at < len(data):
        length = journals._FRAME.unpack_from(data, at)[3]
        at += journals._FRAME.size + length
        edges.append(at)
    return edges


def _sounds(path: Path) -> list[tuple[int, int]]:
    """(samples until its end, byte after it) of each frame of sound."""
    reader = JournalReader(path, KEY, recording=RECORDING, interview=INTERVIEW)
    edges = _edges(path)
    return [
        (journals.sound_of(frame.data)[0], edges[number + 1])
        for number, frame in enumerate(reader.frames())
        if frame.kind == SOUND
    ]


@pytest.mark.parametrize("encoding", ["opus", "flac"])
def test_a_flipped_bit_anywhere_costs_its_second_and_nothing_else(tmp_path: Path, encoding: str) -> None:
    said = babble(8)
    path = tmp_path / "a.jnl"
    _record(path, encoding, said)
    data, edges = path.read_bytes(), _edges(path)
    intact = decoded(b"".join(found(path).sound))
    chance = random.Random(5)
    for start, end in pairwise(edges):
        bad = bytearray(data)
        bad[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        try:
            result = found(path)
        except IntegrityError as error:
            # Only the header and the codec's own header, which come again after each minute, can do that.
            assert error.code == "audio.no-journal"
            assert start in edges[:2]
            continue
        heard = decoded(b"".join(result.sound))
        assert len(heard) == result.frames
        lost = sum(span.end - span.start for span in result.damaged)
        missing = len(intact) - len(heard)
        assert lost + missing * 1000 // RATE <= 1000, (start, result.damaged)
        kept = np.ones(len(heard), bool)
        for span in result.damaged:
            # After a hole a decoder of Opus needs a moment until it makes the very same samples again.
            kept[span.start * RATE // 1000 : (span.end + 300) * RATE // 1000] = False
        off = np.abs(heard[kept].astype(int) - intact[: len(heard)][kept]).max()
        assert off <= (0 if encoding == "flac" else 100), (start, off)


@pytest.mark.parametrize("encoding", ["opus", "flac"])
def test_a_journal_cut_off_anywhere_plays_to_there(tmp_path: Path, encoding: str) -> None:
    said = babble(6)
    path = tmp_path / "a.jnl"
    _record(path, encoding, said)
    data, edges = path.read_bytes(), _edges(path)
    sounds = _sounds(path)
    chance = random.Random(6)
    for _ in range(30):
        size = chance.randrange(edges[2], len(data))
        path.write_bytes(data[:size] + bytes(chance.choice([0, 0, 4096])))
        result = found(path)
        assert result.frames == max([until for until, end in sounds if end <= size], default=0)
        assert result.interrupted
        if result.frames:
            whole(result, said)


def test_an_encoder_that_crashes_leaves_what_it_made(tmp_path: Path) -> None:
    class Broken(Encoder):
        left = 120

        def write(self, pcm: bytes | memoryview) -> None:
            self.left -= 1
            if not self.left:
                raise MachineError("audio.encoder-failed")
            super().write(pcm)

    said = babble(6)
    recorder = Recorder(create(tmp_path / "a.jnl"), now=Clock(), encoder=Broken)
    for piece in pieces(said):
        recorder.feed(piece)
        recorder.settle()
    snapshot = recorder.snapshot()
    assert snapshot.phase == "failed"
    assert snapshot.failure is not None and snapshot.failure.code == "audio.encoder-failed"
    recorder.stop()
    result = found(tmp_path / "a.jnl")
    assert (result.interrupted, result.reason) == (True, "audio.encoder-failed")
    assert 119 * 20 - result.duration_ms <= 1000
    whole(result, said)


def test_a_device_that_delivers_silence_only_is_noticed_after_twenty_seconds(tmp_path: Path) -> None:
    recorder, feed = following(create(tmp_path / "a.jnl"))
    noticed = 0.0
    for number, piece in enumerate(pieces(quiet(25), RATE // 10)):
        feed(piece)
        if not noticed and recorder.snapshot().hint == "silent":
            noticed = (number + 1) / 10
    assert 20 <= noticed <= 20.2
    for piece in pieces(babble(1)):
        feed(piece)
    assert recorder.snapshot().hint != "silent"
    recorder.stop()
    assert found(tmp_path / "a.jnl").duration_ms == 26_000


def test_clipping_and_a_voice_too_far_away_are_told(tmp_path: Path) -> None:
    recorder, feed = following(create(tmp_path / "a.jnl"))
    loud = np.clip(babble(1).astype(int) * 8, -32768, 32767).astype(np.int16)
    for piece in pieces(loud):
        feed(piece)
    assert recorder.snapshot().hint == "clipping"
    for piece in pieces((babble(15) // 150).astype(np.int16)):
        feed(piece)
    assert recorder.snapshot().hint == "too-quiet"
    recorder.stop()
