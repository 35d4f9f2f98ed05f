"""Sound that is off the record says so itself: no frame that is taken out of a journal puts it on the record."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.source import RATE, new_journal, played, reader, voice
from cairn.audio.encode import Encoder
from cairn.audio.journal import END, HEADER, MARK, OFF_SOUND, SOUND, sounding
from cairn.audio.recorder import Recorder
from cairn.audio.spans import joined
from cairn.model.kinds.recording import Mark
from cairn.model.values import Span

OFF = (Span(2300, 4120), Span(7040, 7100))
SECONDS = 9


@pytest.fixture(scope="module", params=["opus", "flac"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / f"{request.param}.jnl"
    recorder, sound = Recorder(new_journal(path, request.param)), voice(SECONDS)
    for start in range(0, len(sound), 960):
        if any(start == span.start * RATE // 1000 for span in OFF):
            recorder.off(keep_recording=True)
        if any(start == span.end * RATE // 1000 for span in OFF):
            recorder.on()
        recorder.feed(sound[start : start + 960].tobytes())
    recorder.stop()
    return path


def taken_out(path: Path, target: Path, drop: Callable[[int, int], bool]) -> Path:
    """A copy without the frames that `drop(kind, number of its kind)` names: what can be done without a key."""
    data, at, seen = path.read_bytes(), 16, dict[int, int]()
    kept = [data[:at]]
    while at < len(data):
        kind, end = data[at + 4], at + 17 + int.from_bytes(data[at + 13 : at + 17], "big")
        seen[kind] = seen.get(kind, -1) + 1
        if not drop(kind, seen[kind]):
            kept.append(data[at:end])
        at = end
    target.write_bytes(b"".join(kept))
    return target


def encoded(sound: np.ndarray) -> tuple[bytes, bytes]:
    pieces: list[bytes] = []
    encoder = Encoder(pieces.append, "opus")
    encoder.write(sound.tobytes())
    encoder.close()
    return pieces[0], b"".join(pieces[1:])


def covers(spans: tuple[Span, ...], inner: Span) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in spans)


def test_what_is_off_the_record_is_exact(whole: Path) -> None:
    found = played(whole).found
    assert found.excluded == OFF
    assert found.marks == tuple(Mark(at=span.start, kind="off", until=span.end) for span in OFF)
    said = []
    for frame in reader(whole).frames():
        if frame.kind == OFF_SOUND:
            part = sounding(frame)
            assert part.off is not None
            said.append(Span(part.off[0] * 1000 // RATE, part.off[1] * 1000 // RATE))
    assert joined(said) == OFF


def test_no_sound_off_the_record_is_ever_in_a_frame_of_open_sound(whole: Path) -> None:
    end = 0
    for frame in reader(whole).frames():
        if frame.kind in (SOUND, OFF_SOUND):
            part = sounding(frame)
            if frame.kind == SOUND:
                # All of it lies between the end of the frame before and its own.
                own = Span(end * 1000 // RATE, part.until * 1000 // RATE)
                assert not any(own.start < span.end and span.start < own.end for span in OFF), own
            end = part.until


def test_without_a_single_mark_it_stays_off_the_record(whole: Path, tmp_path: Path) -> None:
    before = played(whole)
    after = played(taken_out(whole, tmp_path / "cut.jnl", lambda kind, _number: kind == MARK))
    assert after.file == before.file
    assert after.found.excluded == OFF
    assert [mark for mark in after.found.marks if mark.kind == "off"] == [
        Mark(at=span.start, kind="off", until=span.end) for span in OFF
    ]


def test_without_any_one_mark_or_any_two_it_stays(whole: Path, tmp_path: Path) -> None:
    count = sum(frame.kind == MARK for frame in reader(whole).frames())
    assert count >= 6
    for lost in itertools.combinations(range(count), 2):
        path = taken_out(whole, tmp_path / "cut.jnl", lambda kind, n, lost=lost: kind == MARK and n in lost)
        found = played(path).found
        assert all(covers(found.excluded, span) for span in OFF), lost


def test_without_the_frames_that_say_so_there_is_no_sound(whole: Path, tmp_path: Path) -> None:
    """Whatever else is gone with them: where neither mark nor frame tells of it, silence stands."""
    path = taken_out(whole, tmp_path / "cut.jnl", lambda kind, _number: kind in (MARK, OFF_SOUND))
    after = played(path)
    for span in OFF:
        assert covers(tuple(after.found.damaged), span)
        inner = after.samples[(span.start + 20) * RATE // 1000 : (span.end - 20) * RATE // 1000].astype(int)
        # The decoder rings on a little where a page is missing.
        assert not len(inner) or abs(inner[len(inner) // 2 :]).max() < 600


def test_a_gap_beside_it_is_off_the_record_too(whole: Path, tmp_path: Path) -> None:
    count = sum(frame.kind == OFF_SOUND for frame in reader(whole).frames())
    for number in range(count):
        path = taken_out(
            whole,
            tmp_path / "cut.jnl",
            lambda kind, n, own=number: kind == MARK or (kind, n) == (OFF_SOUND, own),
        )
        found = played(path).found
        for gap in found.damaged:
            beside = [s for s in OFF if gap.start <= s.end and s.start <= gap.end]
            # The second stretch is a single frame: without it and its marks nothing tells of it, nor is it there.
            if beside != [OFF[1]]:
                assert covers(found.excluded, gap)


def test_an_end_that_is_missing_widens_it(whole: Path, tmp_path: Path) -> None:
    closing = [1, 3]
    path = taken_out(
        whole, tmp_path / "cut.jnl", lambda kind, n: kind == END or (kind == MARK and n not in (0, 2))
    )
    assert len(closing) == 2
    assert played(path).found.excluded == (Span(OFF[0].start, SECONDS * 1000),)


def test_it_cannot_be_relabelled(whole: Path, tmp_path: Path) -> None:
    data, at = bytearray(whole.read_bytes()), 16
    while at < len(data):
        if data[at + 4] == OFF_SOUND:
            data[at + 4] = SOUND
        at += 17 + int.from_bytes(data[at + 13 : at + 17], "big")
    (tmp_path / "cut.jnl").write_bytes(data)
    kinds = {frame.kind for frame in reader(tmp_path / "cut.jnl").frames()}
    assert OFF_SOUND not in kinds and HEADER in kinds
    assert played(tmp_path / "cut.jnl").found.damaged


def test_a_stretch_within_one_piece_that_was_handed_in_late(tmp_path: Path) -> None:
    """A busy computer hands in seconds at once: what is off the record in their midst is still exact."""
    path = tmp_path / "late.jnl"
    recorder, sound = Recorder(new_journal(path)), voice(6)
    recorder.feed(sound[: 2 * RATE].tobytes())
    recorder.off(keep_recording=True)
    recorder.feed(sound[2 * RATE : 4 * RATE].tobytes())
    recorder.off()
    recorder.off(keep_recording=True)
    recorder.feed(sound[4 * RATE : 5 * RATE].tobytes())
    recorder.on()
    recorder.feed(sound[5 * RATE :].tobytes())
    recorder.stop()
    cut = taken_out(path, tmp_path / "cut.jnl", lambda kind, _number: kind == MARK)
    assert played(cut).found.excluded == (Span(2000, 5000),)


def test_off_the_record_always_finds_room_among_the_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that is stuck fills the list of marks; what is off the record still gets in, and its end too."""
    monkeypatch.setattr("cairn.audio.replay.MOST_MARKS", 10)
    path = tmp_path / "many.jnl"
    journal = new_journal(path)
    preamble, pages = encoded(voice(2))
    journal.preamble(preamble)
    journal.sound(pages, 2 * RATE)
    for number in range(30):
        journal.mark(Mark(at=number), number)
    journal.mark(Mark(at=500, kind="off"), 30, open=True, kept=True)
    journal.mark(Mark(at=500, kind="off", until=900), 30, kept=True)
    journal.mark(Mark(at=1200, kind="off"), 31)
    journal.mark(Mark(at=3, text="later"), 3)
    journal.end("stopped", 2 * RATE)
    journal.close()
    found = played(path).found
    assert found.excluded == (Span(500, 900),)
    assert len(found.marks) == 10
    assert found.marks[3] == Mark(at=3, text="later")
    assert found.marks[-2:] == (Mark(at=500, kind="off", until=900), Mark(at=1200, kind="off"))


def test_more_stretches_off_the_record_than_there_is_room_for_become_wider(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.audio.replay.MOST_MARKS", 10)
    path = tmp_path / "many.jnl"
    journal = new_journal(path)
    preamble, pages = encoded(voice(2))
    journal.preamble(preamble)
    journal.sound(pages, 2 * RATE)
    for number in range(12):
        at = 100 * number
        journal.mark(
            Mark(at=at, kind="off", until=at + 10 if number % 2 else 0), number, kept=bool(number % 2)
        )
    journal.end("stopped", 2 * RATE)
    journal.close()
    found = played(path).found
    assert len(found.marks) == 10
    assert found.marks[-1] == Mark(at=900, kind="off", until=1110)
    assert found.excluded[-1] == Span(900, 1110)
