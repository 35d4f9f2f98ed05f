"""The recorder: every sample, every mark, and the truth about what is safe."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.source import RATE, Clock, new_journal, played, steps, voice
from cairn.audio import recorder as module
from cairn.audio.encode import Encoder
from cairn.audio.journal import in_use
from cairn.audio.recorder import Recorder, bytes_per_hour, minutes_of
from cairn.errors import InputError, MachineError
from cairn.model.kinds.recording import Mark
from cairn.model.values import Span

SECOND = RATE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ab.jnl"


def begun(path: Path, encoding: str = "flac", **given: Any) -> Recorder:
    return Recorder(new_journal(path, encoding), **given)


class Microphone:
    """Goes on with the sound wherever it stands, also while nobody listens."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.at = 0

    def hear(self, seconds: float, piece: int = 960) -> None:
        left = int(seconds * SECOND)
        while left:
            count = min(left, piece)
            self.recorder.feed(steps(self.at, count).tobytes())
            self.at += count
            left -= count


@pytest.mark.parametrize("pieces", [(1,), (37, 4800, 3), (960,), (48_000,), (500_000,)])
def test_the_sound_is_every_sample_however_it_comes(path: Path, pieces: tuple[int, ...]) -> None:
    recorder = begun(path)
    total, at, turn = 3 * SECOND if pieces != (1,) else 5000, 0, 0
    while at < total:
        count = min(pieces[turn % len(pieces)], total - at)
        recorder.feed(steps(at, count).tobytes())
        at, turn = at + count, turn + 1
    recorder.stop()
    result = played(path)
    assert np.array_equal(result.samples, steps(0, total))
    assert result.found.frames == total and not result.found.interrupted and not result.found.damaged


def test_samples_cut_in_two_are_put_together(path: Path) -> None:
    recorder = begun(path)
    data = steps(0, SECOND).tobytes()
    for start in range(0, len(data), 1001):
        recorder.feed(data[start : start + 1001])
    recorder.stop()
    assert np.array_equal(played(path).samples, steps(0, SECOND))


def test_many_threads_may_hand_in_and_ask(path: Path) -> None:
    recorder = begun(path)
    pieces = [np.full(480, number, "<i2").tobytes() for number in range(200)]

    def hand_in(some: list[bytes]) -> None:
        for piece in some:
            recorder.feed(piece)
            recorder.mark()
            recorder.snapshot()

    threads = [threading.Thread(target=hand_in, args=(pieces[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.stop()
    result = played(path)
    heights = result.samples.reshape(-1, 480)
    assert (heights == heights[:, :1]).all() and sorted(heights[:, 0]) == list(range(200))
    assert len(result.found.marks) == 200


def test_opus_keeps_length_and_sound(path: Path) -> None:
    recorder, sound = begun(path, "opus"), voice(5)
    for start in range(0, len(sound), 960):
        recorder.feed(sound[start : start + 960].tobytes())
    recorder.stop()
    result = played(path)
    assert len(result.samples) == len(sound) == result.found.frames
    assert np.corrcoef(result.samples.astype(float), sound.astype(float))[0, 1] > 0.9
    assert result.found.duration_ms == 5000


def test_a_pause_keeps_nothing_and_says_how_long_and_why(path: Path) -> None:
    clock = Clock()
    recorder = begun(path, now=clock)
    microphone = Microphone(recorder)
    microphone.hear(2)
    recorder.pause("차를 마심")
    assert recorder.snapshot().phase == "paused" and not recorder.snapshot().kept
    microphone.hear(3)
    clock.now += 42.5
    recorder.explain("약을 먹음")
    recorder.resume()
    recorder.explain("too late to say why")
    microphone.hear(1)
    recorder.stop()
    result = played(path)
    expected = np.concatenate((steps(0, 2 * SECOND), steps(5 * SECOND, SECOND)))
    assert np.array_equal(result.samples, expected)
    assert result.found.marks == (Mark(at=2000, kind="pause", away=42_500, text="약을 먹음"),)


def test_off_the_record_keeps_nothing_unless_the_person_wishes(path: Path) -> None:
    clock = Clock()
    recorder = begun(path, now=clock)
    microphone = Microphone(recorder)
    microphone.hear(1)
    recorder.off()
    assert recorder.snapshot().phase == "off" and not recorder.snapshot().kept
    microphone.hear(1)
    clock.now += 7
    recorder.on()
    microphone.hear(1)
    recorder.off(keep_recording=True)
    assert recorder.snapshot().phase == "off" and recorder.snapshot().kept
    microphone.hear(0.5)
    assert recorder.snapshot().excluded == (Span(2000, 2500),)
    recorder.on()
    microphone.hear(1)
    recorder.stop()
    result = played(path)
    assert len(result.samples) == 3.5 * SECOND
    assert result.found.marks == (Mark(at=1000, kind="off", away=7000), Mark(at=2000, kind="off", until=2500))
    assert result.found.excluded == recorder.snapshot().excluded == (Span(2000, 2500),)


def test_stopped_while_off_the_record_the_span_reaches_the_end(path: Path) -> None:
    recorder = begun(path)
    microphone = Microphone(recorder)
    microphone.hear(1)
    recorder.off(keep_recording=True)
    microphone.hear(1.0003)
    recorder.stop()
    found = played(path).found
    assert found.excluded == (Span(1000, 2001),) and found.duration_ms == 2001


def test_a_crash_while_off_the_record_leaves_out_all_that_follows(path: Path) -> None:
    journal = new_journal(path, "flac")
    recorder = Recorder(journal)
    microphone = Microphone(recorder)
    microphone.hear(1)
    recorder.off(keep_recording=True)
    microphone.hear(2)
    recorder.settle()
    found = played(path).found
    assert found.interrupted and found.excluded == (Span(1000, found.duration_ms),)
    recorder.stop()


def test_a_microphone_that_is_gone_and_comes_back(path: Path) -> None:
    clock = Clock()
    recorder = begun(path, now=clock)
    microphone = Microphone(recorder)
    microphone.hear(1)
    recorder.gap()
    recorder.gap()
    assert recorder.snapshot().phase == "gap"
    microphone.hear(1)
    clock.now += 3
    recorder.back()
    recorder.back()
    microphone.hear(1)
    recorder.stop()
    result = played(path)
    assert np.array_equal(result.samples, np.concatenate((steps(0, SECOND), steps(2 * SECOND, SECOND))))
    assert result.found.marks == (Mark(at=1000, kind="gap", away=3000),)


def test_a_microphone_that_comes_back_ends_no_pause_and_nothing_off_the_record(path: Path) -> None:
    recorder = begun(path)
    microphone = Microphone(recorder)
    microphone.hear(1)
    for leave, phase in ((recorder.pause, "paused"), (recorder.off, "off")):
        leave()
        recorder.gap()
        assert recorder.snapshot().phase == phase
        recorder.back()
        microphone.hear(1)
        assert recorder.snapshot().phase == phase and recorder.snapshot().at_ms == 1000
    recorder.gap()
    recorder.resume()
    assert recorder.snapshot().phase == "gap"
    recorder.back()
    recorder.off(keep_recording=True)
    microphone.hear(1)
    recorder.gap()
    assert recorder.snapshot().phase == "off" and not recorder.snapshot().kept
    recorder.back()
    microphone.hear(1)
    recorder.on()
    recorder.stop()
    found = played(path).found
    assert [mark.kind for mark in found.marks] == ["pause", "off", "gap", "off", "gap"]
    assert found.excluded == (Span(1000, 3000),)


def test_marks_stand_where_they_were_made(path: Path) -> None:
    recorder = begun(path)
    microphone = Microphone(recorder)
    made = []
    for number, kind in enumerate(("mark", "distress", "question", "break", "newer-kind")):
        microphone.hear(0.31)
        made.append(recorder.mark(kind, f"물음 {number}"))
    assert [mark.at for mark in made] == [310, 620, 930, 1240, 1550]
    assert recorder.snapshot().marks == tuple(made)
    recorder.stop()
    assert played(path).found.marks == tuple(made)


def test_a_mark_is_safe_as_soon_as_sound_is(path: Path) -> None:
    recorder = begun(path)
    Microphone(recorder).hear(0.5)
    recorder.mark("distress")
    recorder.settle()
    assert [mark.kind for mark in played(path).found.marks] == ["distress"]
    recorder.stop()


def test_what_follows_the_end_is_refused(path: Path) -> None:
    recorder = begun(path)
    Microphone(recorder).hear(0.2)
    assert in_use(path)
    recorder.stop()
    recorder.stop()
    assert recorder.snapshot().phase == "ended" and not in_use(path)
    for act in (recorder.mark, recorder.pause, recorder.resume, recorder.off, recorder.on):
        with pytest.raises(InputError, match=r"audio\.not-recording"):
            act()
    recorder.gap()
    recorder.back()
    Microphone(recorder).hear(1)
    recorder.settle()
    assert recorder.snapshot().at_ms == 200 == recorder.snapshot().on_disk_ms
    assert len(played(path).samples) == 0.2 * SECOND


def test_a_recording_of_nothing_ends_well(path: Path) -> None:
    for encoding in ("flac", "opus"):
        each = path.with_name(encoding)
        begun(each, encoding).stop()
        found = played(each).found
        assert (found.frames, found.peaks, found.interrupted) == (0, b"", False)


def test_peaks_are_those_of_the_sound(path: Path) -> None:
    recorder = begun(path)
    sound = np.concatenate([np.full(2400, n * 128 % 32_000, "<i2") for n in range(45)])
    recorder.feed(sound.tobytes())
    expected = bytes(n * 128 % 32_000 >> 7 for n in range(45))
    assert recorder.snapshot().peaks == expected
    recorder.stop()
    assert played(path).found.peaks == expected


def test_what_is_called_safe_survives_a_power_cut(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every moment: the file up to the last flush holds all that `on_disk_ms` said."""
    journal, cuts = new_journal(path, "opus"), []
    sync = journal.sync

    def flushed() -> None:
        sync()
        cuts.append(journal.size)

    monkeypatch.setattr(journal, "sync", flushed)
    recorder, sound, said = Recorder(journal), voice(12), []
    for start in range(0, len(sound), 960):
        recorder.feed(sound[start : start + 960].tobytes())
        if start % 4800 == 0:
            recorder.settle()
            said.append((recorder.snapshot(), cuts[-1] if cuts else 0))
    whole = path.read_bytes()
    for snapshot, size in said[3::6]:
        cut = path.with_name("cut.jnl")
        cut.write_bytes(whole[:size])
        found = played(cut).found
        assert found.duration_ms >= snapshot.on_disk_ms
        assert snapshot.at_ms - found.duration_ms <= 1000
        assert found.interrupted
    recorder.stop()


class Stuck:
    """A disk that takes nothing until it is let go."""

    def __init__(self, sync: Callable[[], None]) -> None:
        self.sync = sync
        self.go = threading.Event()
        self.waiting = threading.Event()

    def __call__(self) -> None:
        self.waiting.set()
        self.go.wait()
        self.sync()


def test_a_slow_disk_holds_up_nobody_and_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(path, "flac")
    disk = Stuck(journal.sync)
    monkeypatch.setattr(journal, "sync", disk)
    recorder = Recorder(journal)
    microphone = Microphone(recorder)
    microphone.hear(1)
    disk.waiting.wait()
    microphone.hear(30)
    recorder.mark("distress")
    snapshot = recorder.snapshot()
    assert snapshot.at_ms == 31_000 and snapshot.on_disk_ms == 0 and snapshot.phase == "recording"
    disk.go.set()
    recorder.stop()
    assert np.array_equal(played(path).samples, steps(0, 31 * SECOND))


def test_a_disk_that_never_answers_ends_the_recording_with_a_word(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_BEHIND_SECONDS", 5)
    journal = new_journal(path, "flac")
    disk = Stuck(journal.sync)
    monkeypatch.setattr(journal, "sync", disk)
    recorder = Recorder(journal)
    microphone = Microphone(recorder)
    microphone.hear(1)
    disk.waiting.wait()
    microphone.hear(5)
    snapshot = recorder.snapshot()
    assert snapshot.phase == "failed" and snapshot.failure is not None
    assert snapshot.failure.code == "audio.disk-stuck"
    disk.go.set()
    recorder.stop()
    result = played(path)
    # It did answer in the end: all that was heard until the failure is there.
    assert result.found.interrupted and result.found.reason == "audio.disk-stuck"
    assert np.array_equal(result.samples, steps(0, result.found.frames)) and result.found.frames > 5 * SECOND


def test_the_disk_full_while_recording(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much room there is, all that was called safe is found, and the recorder says what happened."""
    from cairn.audio import journal as journals

    write = journals.os.write
    for room in range(600, 70_000, 8_003):
        each = path.with_name(f"{room}.jnl")
        left = [room]

        def little(handle: int, data: memoryview, left: list[int] = left) -> int:
            if left[0] <= 0:
                raise OSError(28, "")
            taken = write(handle, data[: left[0]])
            left[0] -= taken
            return taken

        recorder = begun(each, "opus")
        monkeypatch.setattr(journals.os, "write", little)
        sound = voice(30)
        for start in range(0, len(sound), 9600):
            recorder.feed(sound[start : start + 9600].tobytes())
            if start % 96_000 == 0:
                recorder.settle()
                if recorder.snapshot().failure:
                    break
        recorder.stop()
        monkeypatch.undo()
        snapshot = recorder.snapshot()
        assert snapshot.phase == "failed" and snapshot.failure is not None
        assert snapshot.failure.code == "machine.disk-full"
        assert not in_use(each)
        with pytest.raises(InputError, match=r"audio\.not-recording"):
            recorder.mark()
        result = played(each)
        assert result.found.interrupted and not result.found.damaged
        assert result.found.duration_ms >= snapshot.on_disk_ms
        assert len(result.samples) == result.found.frames


class Crashing(Encoder):
    """Gives up after two seconds."""

    def write(self, pcm: bytes | memoryview) -> None:
        if self.complete > 2 * SECOND:
            raise MachineError("audio.encoder-failed")
        super().write(pcm)


def test_an_encoder_that_fails_costs_nothing_that_was_safe(path: Path) -> None:
    recorder, sound = begun(path, "opus", encoder=Crashing), voice(6)
    for start in range(0, len(sound), 960):
        recorder.feed(sound[start : start + 960].tobytes())
    recorder.settle()
    snapshot = recorder.snapshot()
    assert snapshot.phase == "failed" and snapshot.failure is not None
    assert snapshot.failure.code == "audio.encoder-failed"
    recorder.stop()
    result = played(path)
    assert result.found.interrupted and result.found.reason == "audio.encoder-failed"
    assert 2 * SECOND <= len(result.samples) == result.found.frames


class Faulty(Encoder):
    def write(self, pcm: bytes | memoryview) -> None:
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_surfaces_and_frees_the_journal(path: Path) -> None:
    recorder = begun(path, encoder=Faulty)
    Microphone(recorder).hear(0.1)
    recorder.stop()
    snapshot = recorder.snapshot()
    assert snapshot.failure is not None and snapshot.failure.code == "machine.bug"
    assert not in_use(path)


def test_the_first_sound_is_safe_at_once_and_the_last_when_no_more_comes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of the test no time passes at all: nothing here waits for some of it to go by."""
    journal, sizes, changed = new_journal(path, "opus"), [], threading.Condition()
    sync = journal.sync

    def flushed() -> None:
        sync()
        with changed:
            sizes.append(journal.size)
            changed.notify_all()

    monkeypatch.setattr(journal, "sync", flushed)
    recorder, sound = Recorder(journal, now=Clock()), voice(3)
    recorder.feed(sound[:12_000].tobytes())
    with changed:
        assert changed.wait_for(lambda: sizes, 30)
    recorder.feed(sound[12_000:24_000].tobytes())
    with changed:
        assert changed.wait_for(lambda: played(path).found.duration_ms >= 350, 30)
    recorder.stop()


def test_room_on_the_disk_is_told_in_minutes(path: Path) -> None:
    clock, room = Clock(), [2 * bytes_per_hour("opus")]

    def free() -> int:
        if room[0] < 0:
            raise MachineError("machine.gone")
        return room[0]

    recorder = begun(path, "opus", free_bytes=free, now=clock)
    Microphone(recorder).hear(0.1)
    recorder.settle()
    assert recorder.snapshot().free_minutes in (59, 60)
    room[0] = bytes_per_hour("opus")
    Microphone(recorder).hear(0.1)
    recorder.settle()
    clock.now += 10
    Microphone(recorder).hear(0.1)
    recorder.settle()
    assert recorder.snapshot().free_minutes in (29, 30)
    room[0] = -1
    clock.now += 10
    Microphone(recorder).hear(0.1)
    recorder.settle()
    assert recorder.snapshot().free_minutes in (29, 30)
    recorder.stop()
    assert minutes_of(10, "flac", 1000) == 0


def test_an_hour_of_speech_takes_less_than_is_reckoned_with(path: Path) -> None:
    for encoding in ("opus", "flac"):
        each = path.with_name(encoding)
        recorder, sound = begun(each, encoding), voice(20)
        recorder.feed(sound.tobytes())
        recorder.stop()
        assert each.stat().st_size * 180 <= bytes_per_hour(encoding)


def test_time_since_the_last_break(path: Path) -> None:
    clock = Clock()
    recorder = begun(path, now=clock)
    clock.now += 3600
    assert recorder.snapshot().since_break_s == 3600
    recorder.mark("distress")
    recorder.pause()
    clock.now += 60
    recorder.resume()
    assert recorder.snapshot().since_break_s == 3660
    recorder.pause()
    clock.now += 600
    recorder.resume()
    assert recorder.snapshot().since_break_s == 0
    clock.now += 5
    recorder.mark("break")
    assert recorder.snapshot().since_break_s == 0
    recorder.stop()


def test_what_was_never_delivered_is_a_gap_of_its_length_where_something_is_kept(path: Path) -> None:
    recorder = begun(path)
    microphone = Microphone(recorder)
    microphone.hear(2)
    recorder.missed(0.4)
    recorder.pause("water")
    recorder.missed(3.0)
    recorder.resume()
    microphone.hear(1)
    recorder.stop()
    found = played(path).found
    assert [(mark.kind, mark.at, mark.away) for mark in found.marks if mark.kind == "gap"] == [
        ("gap", 2000, 400)
    ]
    assert found.duration_ms == 3000 and not found.interrupted


@pytest.mark.parametrize("keep", [False, True])
def test_a_mark_made_off_the_record_keeps_no_words(path: Path, keep: bool) -> None:
    recorder = Recorder(new_journal(path))
    recorder.feed(steps(0, RATE).tobytes())
    recorder.mark("question", "Who else was there?")
    recorder.off(keep_recording=keep)
    recorder.feed(steps(RATE, RATE).tobytes())
    assert recorder.mark("question", "Where is your brother?").text == ""
    recorder.explain("her brother")
    recorder.on()
    recorder.mark("question", "And then?")
    recorder.stop()
    found = played(path).found
    assert [mark.text for mark in found.marks if mark.kind == "question"] == [
        "Who else was there?",
        "",
        "And then?",
    ]
    assert [mark.text for mark in found.marks if mark.kind == "off"] == [""]


def test_marks_by_hand_leave_room_for_what_is_off_the_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.audio.timeline.MOST_BY_HAND", 5)
    recorder = Recorder(new_journal(path))
    recorder.feed(steps(0, RATE).tobytes())
    for _ in range(5):
        recorder.mark("mark")
    with pytest.raises(InputError, match=r"audio\.marks-full"):
        recorder.mark("mark")
    recorder.off(keep_recording=True)
    recorder.feed(steps(RATE, RATE).tobytes())
    recorder.on()
    recorder.pause("tea")
    recorder.resume()
    recorder.stop()
    found = played(path).found
    assert found.excluded == (Span(1000, 2000),)
    assert [mark.kind for mark in found.marks] == ["mark"] * 5 + ["off", "pause"]
