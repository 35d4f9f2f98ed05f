"""From a journal to a finished sound: what is lost becomes silence, and everything after it stays in place."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.source import RATE, new_journal, played, reader, voice
from cairn.audio import ogg
from cairn.audio.journal import HEADER, MARK, OFF_SOUND, PEAKS, PREAMBLE, SOUND, JournalReader
from cairn.audio.recorder import Recorder
from cairn.errors import IntegrityError
from cairn.model.kinds.recording import Mark
from cairn.model.values import Span

SECONDS = 12


@pytest.fixture(scope="module", params=["opus", "flac"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / f"{request.param}.jnl"
    recorder, sound = Recorder(new_journal(path, request.param)), voice(SECONDS)
    for start in range(0, len(sound), 960):
        if start == 4 * RATE:
            recorder.off(keep_recording=True)
        if start == 5 * RATE:
            recorder.on()
            recorder.mark("distress", "말")
        recorder.feed(sound[start : start + 960].tobytes())
        recorder.settle() if start % 9600 == 0 else None
    recorder.stop()
    return path


def without(path: Path, target: Path, drop: Callable[[int, int], bool]) -> Path:
    """A copy with a bit flipped in each frame that `drop(kind, number of its kind)` names.

    Of sound there is one kind here: also what is off the record."""
    data, at, seen = bytearray(path.read_bytes()), 16, {}
    while at < len(data):
        kind = SOUND if data[at + 4] == OFF_SOUND else data[at + 4]
        length = int.from_bytes(data[at + 13 : at + 17], "big")
        number = seen[kind] = seen.get(kind, -1) + 1
        if drop(kind, number):
            data[at + 17 + length // 2] ^= 4
        at += 17 + length
    target.write_bytes(data)
    return target


def sounds(path: Path) -> int:
    return sum(frame.kind in (SOUND, OFF_SOUND) for frame in reader(path).frames())


def test_as_it_is(whole: Path) -> None:
    result = played(whole)
    found = result.found
    assert (found.duration_ms, found.frames, found.reason) == (SECONDS * 1000, SECONDS * RATE, "stopped")
    assert not found.interrupted and not found.damaged
    assert found.excluded == (Span(4000, 5000),)
    assert found.marks == (Mark(at=4000, kind="off", until=5000), Mark(at=5000, kind="distress", text="말"))
    assert len(found.peaks) == SECONDS * 20 and len(result.samples) == SECONDS * RATE


def damaged(whole: Path, target: Path, lost: Sequence[int]) -> None:
    """What stays in place around frames of sound that are lost."""
    before = played(whole)
    after = played(without(whole, target, lambda kind, number: kind == SOUND and number in lost))
    assert after.found.damaged and after.found.frames == len(after.samples) == before.found.frames
    assert not after.found.interrupted
    spans = [(m.at, m.until) for m in after.found.marks if m.kind == "damaged"]
    assert spans == [(span.start, span.end) for span in after.found.damaged]
    good = np.ones(before.found.frames, bool)
    for span in after.found.damaged:
        start, end = span.start * 48, span.end * 48
        # An Opus decoder needs a moment after a hole, and rings on a little before it is silent.
        good[max(0, start - 480) : end + 9600] = False
        silent = after.samples[start + 960 : end - 960].astype(int)
        assert not len(silent) or np.abs(silent).max() < 600
    assert good.sum() > 3 * RATE
    difference = np.abs(after.samples[good].astype(int) - before.samples[good].astype(int))
    assert difference.max() < (1 if whole.stem == "flac" else 400)


def test_lost_in_the_middle(whole: Path, tmp_path: Path) -> None:
    count = sounds(whole)
    damaged(whole, tmp_path / "one.jnl", [count // 2])
    damaged(whole, tmp_path / "row.jnl", range(count // 3, count // 3 + 9))
    damaged(whole, tmp_path / "some.jnl", [2, count // 2, count // 2 + 5, count - 4])


def test_lost_at_the_beginning(whole: Path, tmp_path: Path) -> None:
    damaged(whole, tmp_path / "first.jnl", [0])
    damaged(whole, tmp_path / "many.jnl", range(12))


def test_lost_at_the_end_with_the_length_known(whole: Path, tmp_path: Path) -> None:
    before, count = played(whole), sounds(whole)
    lost = range(count - 5, count)
    after = played(without(whole, tmp_path / "x.jnl", lambda kind, n: kind == SOUND and n in lost))
    assert len(after.samples) == after.found.frames
    # A stretch of silence in FLAC is a number of whole blocks.
    assert 0 <= before.found.frames - after.found.frames < (1 if whole.stem == "opus" else 4096)
    assert len(after.found.damaged) == 1
    assert abs(after.found.damaged[0].end - after.found.duration_ms) <= 1


def test_all_sound_lost_but_a_little(whole: Path, tmp_path: Path) -> None:
    count = sounds(whole)
    after = played(without(whole, tmp_path / "x.jnl", lambda kind, n: kind == SOUND and n != count // 2))
    assert len(after.samples) == after.found.frames and len(after.found.damaged) == 2


def test_lost_marks_peaks_and_end(whole: Path, tmp_path: Path) -> None:
    # What is off the record was said when it began, when it was over, and at the end: each says enough.
    for lost in ((0,), (1,), (3,), (0, 1), (0, 3)):
        copy = tmp_path / "a.jnl"
        after = played(without(whole, copy, lambda kind, n, lost=lost: kind == MARK and n in lost))
        assert after.found.excluded == (Span(4000, 5000),), lost
    # Only that it began is known: more is left out, never less.
    after = played(without(whole, tmp_path / "b.jnl", lambda kind, number: kind == MARK and number in (1, 3)))
    assert after.found.excluded == (Span(4000, SECONDS * 1000),)
    after = played(without(whole, tmp_path / "c.jnl", lambda kind, number: kind == PEAKS and number == 1))
    assert len(after.found.peaks) == SECONDS * 20 and 0 in after.found.peaks
    after = played(without(whole, tmp_path / "d.jnl", lambda kind, number: kind == 6))
    assert after.found.interrupted and after.found.frames == SECONDS * RATE
    assert len(after.samples) == SECONDS * RATE


def test_what_is_off_the_record_is_said_again_every_minute(tmp_path: Path) -> None:
    path = tmp_path / "ab.jnl"
    recorder = Recorder(new_journal(path, "flac"))
    second = np.zeros(RATE, "<i2").tobytes()
    for at in range(130):
        if at == 3:
            recorder.off(keep_recording=True)
        if at == 5:
            recorder.on()
        recorder.feed(second)
        recorder.settle()
    recorder.stop()
    frames = [frame.kind for frame in reader(path).frames()]
    assert frames.count(HEADER) == frames.count(PREAMBLE) == 3
    found = played(without(path, tmp_path / "x.jnl", lambda kind, number: kind == MARK and number < 2)).found
    assert found.excluded == (Span(3000, 5000),)
    found = played(
        without(path, tmp_path / "y.jnl", lambda kind, number: kind in (HEADER, PREAMBLE) and number == 0)
    ).found
    assert found.duration_ms == 130_000 and not found.damaged


def test_a_preamble_that_is_gone_for_good(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
        played(without(whole, tmp_path / "x.jnl", lambda kind, number: kind == PREAMBLE))


def test_cut_off_anywhere_it_is_a_whole_file(whole: Path, tmp_path: Path) -> None:
    data, last = whole.read_bytes(), 0
    for size in range(len(data) // 40, len(data), len(data) // 40):
        cut = tmp_path / "cut.jnl"
        cut.write_bytes(data[:size])
        result = played(cut)
        assert result.found.interrupted and not result.found.damaged
        assert len(result.samples) == result.found.frames >= last
        assert len(result.found.peaks) == -(-result.found.duration_ms // 50)
        assert all(mark.until <= result.found.duration_ms for mark in result.found.marks)
        last = result.found.frames
        if whole.stem == "opus" and result.file:
            pages = list(ogg.pages(result.file))
            assert pages[-1].end == len(result.file) and pages[-1].flags & ogg.LAST
            assert [page.sequence for page in pages] == list(range(len(pages)))


def test_every_page_has_the_checksum_of_the_standard(whole: Path, tmp_path: Path) -> None:
    if whole.stem != "opus":
        return
    after = played(without(whole, tmp_path / "x.jnl", lambda kind, number: kind == SOUND and number == 9))
    for page in ogg.pages(after.file):
        data = after.file[page.start : page.end]
        crc = 0
        for octet in data[:22] + bytes(4) + data[26:]:
            crc ^= octet << 24
            for _ in range(8):
                crc = (crc << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if crc & 0x80000000 else crc << 1
        assert crc == int.from_bytes(data[22:26], "little")


def test_flac_that_was_stopped_carries_its_checksum(whole: Path) -> None:
    if whole.stem != "flac":
        return
    file = played(whole).file
    assert file[:4] == b"fLaC" and file[26:42] != bytes(16)
    assert soundfile.info(io.BytesIO(file)).frames == SECONDS * RATE


def test_the_sound_can_be_asked_for_twice(whole: Path) -> None:
    source: JournalReader = reader(whole)
    from cairn.audio.replay import replay

    assert b"".join(replay(source).sound) == b"".join(replay(source).sound)
