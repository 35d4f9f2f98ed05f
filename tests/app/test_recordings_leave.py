"""What of a sound leaves the vault: cuts, excerpts, imports; what was off the record stays, with all that tells it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app import sounds
from app.shared import introduce, refused
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.leaving import copying, sealing
from cairn.app.leaving.views import Sealed
from cairn.app.sound import off_record, recordings
from cairn.app.vault import upkeep
from cairn.crypto.hashes import sha256_hex
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import Span


@pytest.fixture(scope="module")
def decoder() -> Iterator[DecodeHost]:
    with DecodeHost() as host:
        yield host


@pytest.fixture
def interview(field: Session, office: Session) -> str:
    introduce(field, office)
    made = interviews.create(field, title="W-001")
    interviews.save_version(field, made, Interview(title="W-001", account="words"))
    consent.set_consent(field, made, agreed_to(choice="share"))
    return made


def seconds(*hertz: float) -> bytes:
    """One second of a tone after the other."""
    return b"".join(sounds.tone(1000, each) for each in hertz)


def imported(s: Session, decoder: DecodeHost, interview: str, *hertz: float) -> RecordingView:
    data = sounds.wav(seconds(*hertz))
    return recordings.import_sound(s, decoder, interview, io.BytesIO(data), "phone.wav", size=len(data))


def heard(s: Session, recording: str) -> list[int]:
    """The pitch of each second of a recording, in its midst."""
    samples, rate = sounds.decoded(sounds.whole(s, recording))
    found = []
    for second in range(round(len(samples) / rate)):
        middle = samples[second * rate + rate // 4 : second * rate + rate * 3 // 4]
        found.append(round(sounds.pitch(middle, rate) / 10) * 10)
    return found


def write(s: Session, interview: str, transcript: Transcript) -> str:
    with s.store.write() as work:
        record, _ = revising.write(s, work, transcript, root=interview)
    return record


def sealed(s: Session, interview: str, to: Session, folder: Path) -> Sealed:
    folder.mkdir(exist_ok=True)
    return sealing.seal(s, sealing.preview(s, [interview], [to.info.fingerprint]), folder)[0]


def stays(s: Session, interview: str, to: Session) -> dict[str, str]:
    (one,) = sealing.preview(s, [interview], [to.info.fingerprint]).groups[0].interviews
    return {item.record: item.code for item in one.stays}


def leaves(s: Session, interview: str, to: Session) -> set[str]:
    (one,) = sealing.preview(s, [interview], [to.info.fingerprint]).groups[0].interviews
    return {item.record for item in one.leaves}


def test_sound_from_a_phone_is_kept_as_it_is(field: Session, interview: str, decoder: DecodeHost) -> None:
    data = sounds.wav(seconds(500, 700))
    view = recordings.import_sound(field, decoder, interview, io.BytesIO(data), "phone.wav", size=len(data))
    assert sounds.whole(field, view.id) == data
    assert (view.duration, view.source, view.sha256) == (2000, "import", sha256_hex(data))
    kept = recordings.peaks(field, view.id)
    assert kept is not None
    assert len(kept) == 40
    assert recordings.draw_peaks(field, decoder, view.id) == kept


@pytest.mark.parametrize("data", [b"", b"no sound at all" * 100, sounds.wav(b"")])
def test_what_is_no_sound_is_refused_and_leaves_nothing(
    field: Session, interview: str, decoder: DecodeHost, data: bytes
) -> None:
    with pytest.raises(InputError):
        recordings.import_sound(field, decoder, interview, io.BytesIO(data), "phone.wav")
    assert recordings.rows(field, interview) == []
    assert [p for p in field.vault.media_folder.rglob("*") if p.is_file()] == []


def test_an_excerpt_names_its_master(field: Session, interview: str, decoder: DecodeHost) -> None:
    master = imported(field, decoder, interview, 500, 700, 900)
    part = recordings.excerpt(field, decoder, master.id, Span(1000, 3000), "the crossing.opus")
    assert heard(field, part.id) == [700, 900]
    assert (part.master, part.of, part.source) == (master.sha256, master.id, "excerpt")
    assert (part.kept, part.duration, part.name) == ((Span(1000, 3000),), 2000, "the crossing.opus")
    smaller = recordings.excerpt(field, decoder, part.id, Span(1000, 2000))
    assert smaller.kept == (Span(2000, 3000),)
    assert (smaller.master, smaller.of) == (master.sha256, master.id)
    assert heard(field, smaller.id) == [900]
    with refused("recording.span"):
        recordings.excerpt(field, decoder, master.id, Span(3000, 4000))


def test_the_cut_leaves_and_the_master_stays(
    field: Session, office: Session, interview: str, decoder: DecodeHost, tmp_path: Path
) -> None:
    master = imported(field, decoder, interview, 500, 700, 900)
    before = recordings.excerpt(field, decoder, master.id, Span(0, 2000))
    clean = recordings.excerpt(field, decoder, master.id, Span(2000, 3000))
    off = interviews.save_note(field, interview, None, "her brother's name", recording=master.id, at=1200)
    on = interviews.save_note(field, interview, None, "she went on", recording=master.id, at=2200)
    words = write(field, interview, Transcript(master.id, paragraphs=[Paragraph(900, 1500, text="secret")]))
    fit = write(field, interview, Transcript(master.id, paragraphs=[Paragraph(2100, 2500, text="open")]))
    assert stays(field, interview, office) == {}

    recordings.exclude(field, master.id, [Span(1000, 2000)])
    held = dict.fromkeys((master.id, before.id, off, words), "gate.off-record")
    assert stays(field, interview, office) == held
    with refused("recording.off-record"):
        recordings.excerpt(field, decoder, master.id, Span(500, 1500))
    assert copying.preview(field, master.id).refused == "gate.off-record"

    (cut,) = recordings.ensure_cuts(field, decoder, [interview])
    assert heard(field, cut.id) == [500, 900]
    assert (cut.source, cut.master, cut.of) == ("cut", master.sha256, master.id)
    assert cut.kept == (Span(0, 1000), Span(2000, 3000))
    assert [(mark.kind, mark.at, mark.away) for mark in cut.marks] == [("off", 1000, 1000)]
    assert recordings.ensure_cuts(field, decoder, [interview]) == []
    assert recordings.cut(field, decoder, master.id) == cut
    assert stays(field, interview, office) == held
    assert {cut.id, clean.id, on, fit} <= leaves(field, interview, office)

    bundle = sealed(field, interview, office, tmp_path / "out")
    (shown,) = opening.open_bundle(bundle.path, office).roots
    assert {(f.kind, f.sha256) for f in shown.files} == {
        ("recording", cut.sha256),
        ("recording", clean.sha256),
    }
    assert dict(shown.counts) == {"consent": 1, "note": 1, "transcript": 1}
    taking_in.take_in(office, bundle.path)
    there = {each.id: each for each in recordings.rows(office, interview)}
    assert set(there) == {cut.id, clean.id}
    assert heard(office, cut.id) == [500, 900]
    assert there[cut.id].kept == cut.kept
    assert not there[cut.id].own
    assert upkeep.check(office) == []
    everything = b"".join(p.read_bytes() for p in office.vault.media_folder.rglob("*.cob"))
    assert len(everything) < 2 * (cut.size + clean.size) + 4096


def test_a_cut_that_leaves_out_too_little_stays(
    field: Session, office: Session, interview: str, decoder: DecodeHost
) -> None:
    master = imported(field, decoder, interview, 500, 700, 900)
    recordings.exclude(field, master.id, [Span(1000, 2000)])
    first = recordings.cut(field, decoder, master.id)
    recordings.exclude(field, master.id, [Span(2000, 2500)])
    assert stays(field, interview, office)[first.id] == "gate.off-record"
    (second,) = recordings.ensure_cuts(field, decoder, [interview])
    assert second.kept == (Span(0, 1000), Span(2500, 3000))
    assert stays(field, interview, office) == {
        master.id: "gate.off-record",
        first.id: "gate.removed",
    }
    assert second.id in leaves(field, interview, office)


def test_what_is_excluded_in_a_copy_is_excluded_in_its_master(
    field: Session, office: Session, interview: str, decoder: DecodeHost
) -> None:
    master = imported(field, decoder, interview, 500, 700, 900)
    part = recordings.excerpt(field, decoder, master.id, Span(1000, 3000))
    recordings.exclude(field, part.id, [Span(0, 1000)])
    assert recordings.view(field, master.id).excluded == (Span(1000, 2000),)
    assert stays(field, interview, office) == dict.fromkeys((master.id, part.id), "gate.off-record")
    assert heard(field, recordings.listening_copy(field, decoder, master.id).id) == [500, 900]


def test_at_the_office_a_cut_is_cut_again(
    field: Session, office: Session, interview: str, decoder: DecodeHost, tmp_path: Path
) -> None:
    master = imported(field, decoder, interview, 500, 700, 900)
    recordings.exclude(field, master.id, [Span(1000, 2000)])
    recordings.ensure_cuts(field, decoder, [interview])
    taking_in.take_in(office, sealed(field, interview, office, tmp_path / "out").path)
    (there,) = recordings.rows(office, interview)
    recordings.exclude(office, there.id, [Span(1000, 2000)], "she called and asked")
    (again,) = recordings.ensure_cuts(office, decoder, [interview])
    assert again.kept == (Span(0, 1000),)
    assert (again.master, again.of) == (master.sha256, master.id)
    assert heard(office, again.id) == [500]


def test_nothing_left_makes_no_cut(field: Session, interview: str, decoder: DecodeHost) -> None:
    master = imported(field, decoder, interview, 500)
    with refused("recording.nothing-excluded"):
        recordings.cut(field, decoder, master.id)
    recordings.exclude(field, master.id, [Span(0, 1000)])
    assert recordings.ensure_cuts(field, decoder, [interview]) == []
    with refused("recording.nothing-left"):
        recordings.cut(field, decoder, master.id)


def test_off_the_record_while_the_recorder_was_stopped(
    field: Session, office: Session, interview: str
) -> None:
    from cairn.audio.recorder import Recorder

    running = recordings.begin(field, interview)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(1000))
    recorder.off()
    recorder.feed(sounds.tone(700))
    recorder.on()
    recorder.feed(sounds.tone(1000))
    recorder.stop()
    view = recordings.finish(field, running.recording)
    assert (view.duration, view.excluded) == (2000, ())
    said = interviews.save_note(field, interview, None, "said then", recording=view.id, at=1000)
    interviews.save_note(field, interview, None, "later", recording=view.id, at=1200)
    assert stays(field, interview, office) == {said: "gate.off-record"}
    assert view.id in leaves(field, interview, office)
    with field.store.read() as reader:
        assert off_record.of_interview(reader, interview).excluded(view.id) == []


def test_a_plain_copy_is_what_was_recorded(field: Session, interview: str, tmp_path: Path) -> None:
    view = sounds.record(field, interview, 1500)
    copying.copy_out(field, view.id, tmp_path / "copy.opus")
    samples, rate = sounds.decoded((tmp_path / "copy.opus").read_bytes())
    assert abs(len(samples) - 1.5 * rate) < rate // 20
    assert int(np.abs(samples).max()) > 8000
    with refused("machine.exists"):
        copying.copy_out(field, view.id, tmp_path / "copy.opus")
