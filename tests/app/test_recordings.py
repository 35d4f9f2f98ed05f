"""Recordings from begin to seal: what is kept, what the log says, what a crash leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app import sounds
from app.shared import PASSPHRASE, refused
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.app.vault import backups, upkeep
from cairn.audio.recorder import Recorder
from cairn.crypto.hashes import sha256_hex
from cairn.model.values import Span
from cairn.storage import recordings_in_progress


@pytest.fixture
def interview(field: Session) -> str:
    return interviews.create(field, title="W-001")


def test_what_was_recorded_is_saved_once_and_plays(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 3000)
    data = sounds.whole(field, view.id)
    assert view.duration == 3000
    assert sha256_hex(data) == view.sha256
    assert len(data) == view.size
    samples, rate = sounds.decoded(data)
    assert abs(len(samples) * 1000 / rate - 3000) <= 50
    assert sounds.pitch(samples[rate // 2 :], rate) == pytest.approx(440, abs=2)
    assert (view.type, view.source) == ("audio/ogg", "microphone")
    assert not view.interrupted
    assert view.name.endswith("-1.opus")
    assert len(recordings.peaks(field, view.id) or b"") == 60
    assert recordings.rows(field, interview) == [view]
    assert recordings.finish(field, view.id) == view


def test_nothing_of_the_journal_stays(field: Session, interview: str) -> None:
    sounds.record(field, interview)
    assert list(field.vault.media_folder.rglob("*.jnl")) == []
    with field.store.read() as reader:
        assert recordings_in_progress.all(reader) == []
        assert reader.all("SELECT * FROM media_gone") == []


def test_the_log_tells_of_beginning_and_end(field: Session, interview: str) -> None:
    view = sounds.record(field, interview)
    with field.store.read() as reader:
        told = [p for _, p in reader.custody.newest(10) if p is not None and p.obj == view.id]
    sealed, begun, microphone = told
    assert (sealed.act, begun.act) == ("recording.stop", "recording.start")
    assert (microphone.act, microphone.detail) == ("recording.device", {"device": "FieldMic"})
    assert sealed.detail["sha256"] == view.sha256
    assert sealed.detail["duration"] == 3000
    assert (sealed.detail["gaps"], sealed.detail["frames-lost"]) == (0, 0)
    assert sealed.detail["interrupted"] is False
    assert sealed.detail["software"]


def test_evidence_quality_keeps_every_sample(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 2000, "evidence")
    samples, _ = sounds.decoded(sounds.whole(field, view.id))
    assert view.type == "audio/flac"
    assert np.array_equal(samples, np.frombuffer(sounds.tone(2000), "<i2"))


def test_a_crash_is_found_at_the_next_unlocking(tmp_path: Path, field: Session, interview: str) -> None:
    running = recordings.begin(field, interview, device="FieldMic")
    recorder = Recorder(running.journal)
    sounds.feed(recorder, sounds.tone(4000))
    recorder.mark("distress")
    recorder.stop()
    path = field.media.journal(running.media)
    octets = path.read_bytes()
    path.write_bytes(octets[: len(octets) * 3 // 4])
    field.close()
    again = session.open_vault(field.info.folder, PASSPHRASE)
    try:
        assert [each.recording for each in recordings.unfinished(again)] == [running.recording]
        (view,) = recordings.recover(again)
        assert view.interrupted
        assert 2000 < view.duration < 4000
        samples, rate = sounds.decoded(sounds.whole(again, view.id))
        assert abs(len(samples) * 1000 / rate - view.duration) <= 50
        assert recordings.unfinished(again) == []
        assert recordings.recover(again) == []
    finally:
        again.close()


def test_one_that_is_being_recorded_is_left_alone(field: Session, interview: str) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    field.close()
    again = session.open_vault(field.info.folder, PASSPHRASE)
    try:
        assert recordings.unfinished(again)[0].in_use
        assert recordings.recover(again) == []
        with refused("recording.under-way"):
            recordings.finish(again, running.recording)
        with refused("recording.under-way"):
            interviews.erase(again, interview, "asked")
        recorder.feed(sounds.tone(1000))
        recorder.stop()
        assert recordings.finish(again, running.recording).duration == 2000
    finally:
        again.close()


@pytest.mark.parametrize("octets", [None, b"", b"cairn-journal/1\n", b"rubbish"])
def test_what_holds_no_sound_is_dropped_and_told(
    field: Session, interview: str, octets: bytes | None
) -> None:
    running = recordings.begin(field, interview)
    running.journal.close()
    path = field.media.journal(running.media)
    if octets is None:
        path.unlink()
    else:
        path.write_bytes(octets)
    assert recordings.recover(field) == []
    assert recordings.unfinished(field) == []
    assert not path.exists()
    with field.store.read() as reader:
        ((_, told),) = reader.custody.newest(1)
    assert told is not None
    assert told.act == "recording.lost"


def test_a_journal_of_another_interview_does_not_open(field: Session, interview: str) -> None:
    other = interviews.create(field, title="W-002")
    one = recordings.begin(field, interview)
    two = recordings.begin(field, other)
    for running in (one, two):
        recorder = Recorder(running.journal)
        recorder.feed(sounds.tone(2000))
        recorder.stop()
    first, second = field.media.journal(one.media), field.media.journal(two.media)
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)
    with refused("audio.no-journal"):
        recordings.recover(field)
    assert recordings.rows(field, interview) == recordings.rows(field, other) == []
    recordings.give_up(field, one.recording, "mixed up")
    assert [each.recording for each in recordings.unfinished(field)] == [two.recording]


def test_too_little_room_refuses_before_anything_is_written(
    field: Session, interview: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.paths.free_bytes", lambda _folder: 17_000_000)
    with refused("recording.no-room"):
        recordings.begin(field, interview)
    assert recordings.unfinished(field) == []


def test_a_full_disk_at_sealing_keeps_the_journal(
    field: Session, interview: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(2000))
    recorder.stop()
    with monkeypatch.context() as full:
        full.setattr("cairn.paths.free_bytes", lambda _folder: 1000)
        with refused("machine.disk-full"):
            recordings.recover(field)
    assert recordings.finish(field, running.recording).duration == 2000


def test_off_the_record_and_recorded_all_the_same(field: Session, interview: str) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.off(keep_recording=True)
    recorder.feed(sounds.tone(500))
    recorder.on()
    recorder.feed(sounds.tone(500))
    recorder.stop()
    view = recordings.finish(field, running.recording)
    assert view.duration == 2000
    assert view.excluded == (Span(1000, 1500),)


def test_names_removing_and_bringing_back(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 500)
    assert recordings.rename(field, view.id, "a/b/evening.opus").name == "evening.opus"
    with refused("interview.reason-needed"):
        recordings.remove(field, view.id, " ")
    assert recordings.remove(field, view.id, "asked for it").removed
    assert not recordings.bring_back(field, view.id).removed
    assert [v.what for v in interviews.history(field, interview) if v.kind == "recording"] == [
        "brought-back",
        "removed",
        "changed",
        "created",
    ]


def test_spans_are_put_off_the_record_and_back(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 3000)
    recordings.exclude(field, view.id, [Span(500, 1000), Span(900, 1200)])
    shown = recordings.exclude(field, view.id, [Span(2500, 9000)])
    assert shown.excluded == (Span(500, 1200), Span(2500, 3000))
    with refused("recording.span"):
        recordings.exclude(field, view.id, [Span(3000, 4000)])
    with refused("interview.reason-needed"):
        recordings.include(field, view.id, [Span(0, 700)], "")
    shown = recordings.include(field, view.id, [Span(0, 700)], "agreed after all")
    assert shown.excluded == (Span(700, 1200), Span(2500, 3000))


def test_a_note_keeps_its_place(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 500)
    note = interviews.save_note(field, interview, None, "she paused", recording=view.id, at=300)
    interviews.save_note(field, interview, note, "she paused long")
    (shown,) = interviews.load(field, interview).notes
    assert (shown.text, shown.recording, shown.at) == ("she paused long", view.id, 300)


def test_erasing_takes_recordings_with_it(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 1000)
    running = recordings.begin(field, interview)
    running.journal.close()
    interviews.erase(field, interview, "asked")
    assert [p for p in field.vault.media_folder.rglob("*") if p.is_file()] == []
    with field.store.read() as reader:
        assert reader.all("SELECT * FROM recording_in_progress") == reader.all("SELECT * FROM peaks") == []
        assert reader.all("SELECT * FROM setting WHERE key LIKE 'recording-%'") == []
    with refused("interview.unknown"):
        recordings.view(field, view.id)


def test_a_backup_made_while_recording_opens_without_it(
    tmp_path: Path, field: Session, interview: str
) -> None:
    kept = sounds.record(field, interview, 1000)
    running = recordings.begin(field, interview)
    backups.backup(field, tmp_path / "backup")
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.stop()
    assert recordings.finish(field, running.recording).duration == 1000
    restored, _ = backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    try:
        assert recordings.recover(restored) == []
        assert [each.id for each in recordings.rows(restored, interview)] == [kept.id]
        assert sounds.whole(restored, kept.id) == sounds.whole(field, kept.id)
        assert upkeep.check(restored) == []
    finally:
        restored.close()


def test_a_finalised_interview_asks_for_a_reason_at_the_beginning(field: Session, interview: str) -> None:
    interviews.save_version(field, interview)
    interviews.finalise(field, interview)
    with refused("interview.reason-needed"):
        recordings.begin(field, interview)
    assert recordings.unfinished(field) == []
    running = recordings.begin(field, interview, reason="she came back")
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(500))
    recorder.stop()
    recordings.finish(field, running.recording)
    (version,) = (v for v in interviews.history(field, interview) if v.kind == "recording")
    assert version.reason == "she came back"


def test_an_altered_recording_is_found_by_the_check(field: Session, interview: str) -> None:
    view = sounds.record(field, interview, 1000)
    (path,) = field.vault.media_folder.rglob("*.cob")
    octets = bytearray(path.read_bytes())
    octets[len(octets) // 2] ^= 1
    path.write_bytes(octets)
    (problem,) = upkeep.check(field)
    assert (problem.code, problem.values) == (
        "upkeep.media-altered",
        {"name": view.name, "media": path.stem},
    )


def test_giving_up_tries_once_more_and_drops_only_what_is_lost(field: Session, interview: str) -> None:
    good, bad = recordings.begin(field, interview), recordings.begin(field, interview)
    for running in (good, bad):
        recorder = Recorder(running.journal)
        recorder.feed(sounds.tone(2000))
        recorder.stop()
    journal = field.media.journal(bad.media)
    journal.write_bytes(bytes(journal.stat().st_size))
    with refused("interview.reason-needed"):
        recordings.finish_or_give_up(field, bad.recording, " ")
    kept = recordings.finish_or_give_up(field, good.recording, "looks broken")
    assert kept is not None
    assert kept.duration == 2000
    assert recordings.finish_or_give_up(field, bad.recording, "the disk failed") is None
    assert recordings.unfinished(field) == []
    assert not journal.exists()
    with field.store.read() as reader:
        (_, reason), (_, told) = reader.custody.newest(2)
    assert told is not None and reason is not None
    assert (told.act, told.obj, told.detail) == ("recording.lost", bad.recording, {"why": "given-up"})
    assert (reason.act, reason.obj) == ("recording.give-up", bad.recording)
    assert reason.detail == {"why": "the disk failed"}
    with refused("interview.unknown"):
        recordings.finish_or_give_up(field, bad.recording, "again")
