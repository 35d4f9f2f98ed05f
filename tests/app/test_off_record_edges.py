"""What was written off the record stays also where the sound's own clock no longer says so: after a crash, without
a microphone, before the recording is sealed, and at the very end of what is kept."""

from __future__ import annotations

import base64
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from app import sounds
from app.forging import seen, stranger
from app.shared import introduce, refused
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.sound import off_record, recordings
from cairn.app.vault import upkeep
from cairn.audio.journal import MARK
from cairn.audio.recorder import Recorder
from cairn.crypto.age import AgeReader
from cairn.crypto.cobblestone import CHUNK, HEADER, TAG
from cairn.crypto.hashes import sha256_hex
from cairn.decode.host import DecodeHost
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.recording import Mark, Recording
from cairn.model.values import Span


@pytest.fixture
def interview(field: Session, office: Session) -> str:
    introduce(field, office)
    made = interviews.create(field, title="W-001")
    interviews.save_version(field, made, Interview(title="W-001", account="words"))
    consent.set_consent(field, made, agreed_to(choice="share"))
    return made


@pytest.fixture
def decoder() -> Iterator[DecodeHost]:
    with DecodeHost() as host:
        yield host


def stays(s: Session, interview: str, to: Session) -> dict[str, str]:
    (one,) = sealing.preview(s, [interview], [to.info.fingerprint]).groups[0].interviews
    return {item.record: item.code for item in one.stays}


def crashed(recorder: Recorder, path: Path) -> None:
    """Leave the journal as a power cut at this moment would."""
    recorder.settle()
    octets = path.read_bytes()
    recorder.stop()
    path.write_bytes(octets)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("quality", ["speech", "evidence"])
def test_after_a_power_cut_that_took_the_last_of_the_sound(
    field: Session, office: Session, interview: str, quality: str, kept: bool
) -> None:
    running = recordings.begin(field, interview, quality=quality)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1500))
    on = interviews.save_note(field, interview, None, "open", recording=running.recording, at=700)
    recorder.off(keep_recording=kept)
    recorder.feed(sounds.tone(730))
    at = recorder.snapshot().at_ms
    said = interviews.save_note(field, interview, None, "said then", recording=running.recording, at=at)
    crashed(recorder, field.media.journal(running.media))
    (view,) = recordings.recover(field)
    assert view.interrupted
    assert view.duration < at
    held = stays(field, interview, office)
    assert held.pop(said) == "gate.off-record"
    assert on not in held


def test_while_the_microphone_was_gone(field: Session, office: Session, interview: str) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.gap()
    recorder.off(keep_recording=True)
    first = interviews.save_note(field, interview, None, "a", recording=running.recording, at=1000)
    recorder.on()
    recorder.back()
    recorder.feed(sounds.tone(1000))
    recorder.off(keep_recording=True)
    recorder.feed(sounds.tone(500))
    recorder.gap()
    second = interviews.save_note(field, interview, None, "b", recording=running.recording, at=2500)
    recorder.on()
    recorder.back()
    recorder.feed(sounds.tone(500))
    later = interviews.save_note(field, interview, None, "c", recording=running.recording, at=2700)
    recorder.stop()
    view = recordings.finish(field, running.recording)
    assert view.excluded == (Span(2000, 2500),)
    held = stays(field, interview, office)
    assert {first, second} <= set(held)
    assert later not in held


def test_before_the_recording_is_stopped(field: Session, office: Session, interview: str) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.off(keep_recording=True)
    recorder.feed(sounds.tone(500))
    said = interviews.save_note(field, interview, None, "said then", recording=running.recording, at=1300)
    assert stays(field, interview, office) == {said: "gate.recording-open"}
    recorder.stop()
    assert stays(field, interview, office) == {said: "gate.recording-open"}
    view = recordings.finish(field, running.recording)
    assert stays(field, interview, office) == dict.fromkeys((said, view.id), "gate.off-record")


def test_words_of_a_mark_at_the_beginning_of_what_was_left_out_at_the_end(
    field: Session, interview: str, decoder: DecodeHost
) -> None:
    data = sounds.wav(sounds.tone(3000))
    master = recordings.import_sound(field, decoder, interview, io.BytesIO(data), "a.wav", size=len(data))
    with field.store.write() as work:
        head = revising.need(work, master.id, "recording")
        assert isinstance(head.body, Recording)
        head.body.marks = [Mark(1000, "mark", text="open"), Mark(2000, "question", text="her brother's name")]
        revising.write(
            field,
            work,
            head.body,
            root=interview,
            record=master.id,
            parents=[head.sha],
        )
    recordings.exclude(field, master.id, [Span(2000, 3000)])
    cut = recordings.cut(field, decoder, master.id)
    assert [(mark.kind, mark.text) for mark in cut.marks] == [("mark", "open"), ("off", "")]


def test_the_clock_of_a_crash_holds_nothing_else_back(field: Session, interview: str) -> None:
    whole = sounds.record(field, interview, 1000)
    with field.store.read() as reader:
        off = off_record.of_interview(reader, interview)
    assert not off.is_off(whole.id, 999)
    assert not off.is_off(whole.id, 1000)
    assert not off.is_off(whole.id, 5000)


@pytest.mark.parametrize("kind", ["vorbis", "mp3", "wav", "opus"])
def test_a_damaged_file_whose_times_no_longer_hold_is_not_cut(
    field: Session, interview: str, decoder: DecodeHost, kind: str
) -> None:
    """Behind a hole, Vorbis plays on too early: a cut by the old times would hold what it has to leave out."""
    noise = np.random.default_rng(1).integers(-3000, 3000, 8 * sounds.RATE)
    tones = np.frombuffer(b"".join(sounds.tone(1000, 400 + 200 * n) for n in range(8)), "<i2")
    out = io.BytesIO()
    form, subtype = {
        "vorbis": ("OGG", "VORBIS"),
        "mp3": ("MP3", "MPEG_LAYER_III"),
        "wav": ("WAV", "PCM_16"),
        "opus": ("OGG", "OPUS"),
    }[kind]
    soundfile.write(out, (tones + noise).astype("<i2"), sounds.RATE, format=form, subtype=subtype)
    data = out.getvalue()
    master = recordings.import_sound(field, decoder, interview, io.BytesIO(data), "phone", size=len(data))
    recordings.exclude(field, master.id, [Span(6000, 7000)])
    path = field.vault.media_folder / master.media[:2] / f"{master.media}.cob"
    stored = bytearray(path.read_bytes())
    stored[HEADER + CHUNK + TAG + 500] ^= 1
    path.write_bytes(stored)
    if kind in ("vorbis", "mp3"):
        for make in (recordings.cut, recordings.listening_copy):
            with refused("recording.clock-lost"):
                make(field, decoder, master.id)
        with refused("recording.clock-lost"):
            recordings.excerpt(field, decoder, master.id, Span(4000, 6000))
        return
    samples, rate = sounds.decoded(sounds.whole(field, recordings.cut(field, decoder, master.id).id))
    heard = {
        round(sounds.pitch(samples[at : at + rate // 5], rate) / 100) * 100
        for at in range(0, len(samples) - rate // 5, rate // 5)
        if np.abs(samples[at : at + rate // 5].astype(int)).max() > 3000
    }
    assert 1600 not in heard
    assert 1800 in heard


def test_a_mark_that_was_taken_out_of_the_journal_is_missed_in_the_log(
    field: Session, interview: str
) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.off(keep_recording=True)
    recorder.feed(sounds.tone(500))
    recorder.stop()
    path = field.media.journal(running.media)
    octets = path.read_bytes()
    kept, at, taken = octets[:16], 16, 0
    while at < len(octets):
        after = at + 17 + int.from_bytes(octets[at + 13 : at + 17], "big")
        taken += octets[at + 4] == MARK
        kept += b"" if octets[at + 4] == MARK else octets[at:after]
        at = after
    path.write_bytes(kept)
    view = recordings.finish(field, running.recording)
    with field.store.read() as reader:
        told = next(p for _, p in reader.custody.newest(5) if p is not None and p.obj == view.id)
    assert told.detail["frames-lost"] == taken > 0


def test_notes_of_a_recording_that_is_given_up_stay(field: Session, office: Session, interview: str) -> None:
    """Nobody knows any more what was off the record in it: the notes themselves do."""
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    on = interviews.save_note(field, interview, None, "open", recording=running.recording, at=700)
    recorder.off()
    off = interviews.save_note(
        field, interview, None, "her name", recording=running.recording, at=1000, off=True
    )
    recorder.stop()
    journal = field.media.journal(running.media)
    journal.write_bytes(bytes(journal.stat().st_size))
    assert recordings.finish_or_give_up(field, running.recording, "the disk of Min-ji failed") is None
    assert stays(field, interview, office) == {off: "gate.off-record"}
    interviews.save_note(field, interview, off, "her name, changed")
    assert stays(field, interview, office) == {off: "gate.off-record"}
    assert on not in stays(field, interview, office)


def test_notes_stay_whatever_is_taken_out_of_the_journal(
    field: Session, office: Session, interview: str
) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.off()
    off = interviews.save_note(
        field, interview, None, "her name", recording=running.recording, at=1000, off=True
    )
    recorder.on()
    recorder.feed(sounds.tone(1000))
    recorder.stop()
    path = field.media.journal(running.media)
    data, at, left = path.read_bytes(), 16, path.read_bytes()[:16]
    while at < len(data):
        end = at + 17 + int.from_bytes(data[at + 13 : at + 17], "big")
        left += b"" if data[at + 4] == MARK else data[at:end]
        at = end
    path.write_bytes(left)
    view = recordings.finish(field, running.recording)
    assert view.marks == ()
    assert stays(field, interview, office) == {off: "gate.off-record"}


def test_a_stretch_on_the_record_again_lets_its_notes_go(
    field: Session, office: Session, interview: str
) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    notes = []
    for ms in (500, 1500):
        recorder.off(keep_recording=True)
        recorder.feed(sounds.tone(500))
        notes.append(
            interviews.save_note(
                field, interview, None, "said", recording=running.recording, at=ms - 300, off=True
            )
        )
        recorder.on()
        recorder.feed(sounds.tone(500))
    recorder.stop()
    view = recordings.finish(field, running.recording)
    assert view.excluded == (Span(0, 500), Span(1000, 1500))
    recordings.include(field, view.id, [Span(0, 600)], "she wants it told")
    assert stays(field, interview, office) == dict.fromkeys((notes[1], view.id), "gate.off-record")
    recordings.include(field, view.id, [Span(600, 2000)], "that too")
    assert stays(field, interview, office) == {}


def test_the_microphone_and_why_a_recording_was_given_up_stay_in_the_vault(
    field: Session, office: Session, interview: str, tmp_path: Path, decoder: DecodeHost
) -> None:
    """Names that a person gave to a device, and free words, are in no bundle; the log's lines still verify."""
    running = recordings.begin(field, interview, device="Min-ji's AirPods")
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(3000))
    recorder.stop()
    recordings.exclude(field, recordings.finish(field, running.recording).id, [Span(0, 500)])
    recordings.cut(field, decoder, running.recording)
    lost = recordings.begin(field, interview, device="Min-ji's AirPods")
    lost.journal.close()
    journal = field.media.journal(lost.media)
    journal.write_bytes(bytes(8192))
    recordings.finish_or_give_up(field, lost.recording, "Min-ji sat on it")
    with field.store.read() as reader:
        kept = [p for _, p in reader.custody.newest(50) if p is not None]
    assert [p.detail for p in kept if p.act == "recording.device"] == [{"device": "Min-ji's AirPods"}] * 2
    assert [p.detail for p in kept if p.act == "recording.give-up"] == [{"why": "Min-ji sat on it"}]
    (tmp_path / "out").mkdir()
    preview = sealing.preview(field, [interview], [office.info.fingerprint])
    (sealed,) = sealing.seal(field, preview, tmp_path / "out")
    with sealed.path.open("rb") as file:
        opened = AgeReader(file, [office.keys.age_identity]).read(-1)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        (name,) = [name for name in tar.getnames() if name.endswith("/payloads.jsonl")]
        lines = tar.extractfile(name)
        assert lines is not None
        told = b"".join(base64.b64decode(json.loads(line)["payload"]) for line in lines)
    # Of the recordings that stay, nothing is told; of the cut that leaves, what was done to make it.
    assert b"recording.lost" not in told and b"given-up" not in told and b"recording.start" not in told
    assert b"recording.derive" in told
    for word in (b"Min-ji", b"AirPods"):
        assert word not in told and word not in opened
    taking_in.take_in(office, sealed.path)
    assert upkeep.check(field) == []


def proposed(s: Session, interview: str, record: str, **changed: object) -> str:
    """Another contact's version of a recording, taken in; its hash."""
    other = stranger("Field 8")
    contacts.add(s, other.card, other.keys.words)
    with s.store.read() as reader:
        head = revising.need(reader, record, "recording")
    body = msgspec.structs.replace(head.body, **changed)  # type: ignore[type-var]
    assert isinstance(body, Recording)
    seen(s, interview)
    data = other.revision(body, interview, record, parents=[head.sha])
    taking_in.take_in_from(s, other.bundle(s, {interview: [data]}))
    return sha256_hex(data[0])


def test_a_stretch_that_another_device_puts_off_the_record_holds_until_a_person_settles(
    field: Session, office: Session, interview: str
) -> None:
    view = sounds.record(field, interview, 2000)
    note = interviews.save_note(field, interview, None, "said", recording=view.id, at=1200)
    assert stays(field, interview, office) == {}
    sha = proposed(field, interview, view.id, excluded=[Span(1000, 1500)])
    held = stays(field, interview, office)
    assert held == {view.id: "gate.off-record", note: "gate.off-record"} | {
        record: code for record, code in held.items() if code == "gate.not-settled"
    }
    interviews.set_aside(field, view.id, sha, "she did not ask for that")
    assert stays(field, interview, office) == {}


@pytest.mark.parametrize("changed", [{"duration": 3_600_000}, {"excluded": []}, {"marks": []}])
def test_no_proposal_puts_anything_on_the_record(
    field: Session, office: Session, interview: str, changed: dict[str, object]
) -> None:
    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1500))
    recorder.off(keep_recording=True)
    recorder.feed(sounds.tone(730))
    # Written by an earlier program, or while listening: the note itself does not know.
    at = recorder.snapshot().at_ms
    said = interviews.save_note(field, interview, None, "said then", recording=running.recording, at=at)
    crashed(recorder, field.media.journal(running.media))
    (view,) = recordings.recover(field)
    assert view.duration < at
    assert stays(field, interview, office)[said] == "gate.off-record"
    proposed(field, interview, view.id, **changed)
    held = stays(field, interview, office)
    assert held[said] == "gate.off-record"
