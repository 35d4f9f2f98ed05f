"""A sealed recording with flipped bits on the disk: heard around them, named, never sent as if it were whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app import sounds
from app.shared import introduce, refused
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.leaving import copying, sealing
from cairn.app.sound import recording_damage, recordings
from cairn.app.vault import upkeep
from cairn.audio.recorder import Recorder
from cairn.crypto.cobblestone import CHUNK, HEADER, TAG
from cairn.decode import wire
from cairn.decode.host import DecodeHost
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from cairn.model.ports import ReadableAt
from cairn.model.values import Span

PITCHES = tuple(range(300, 1500, 60))
"""One for each second."""


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


@pytest.fixture(params=["speech", "evidence", "import"])
def recording(request: pytest.FixtureRequest, field: Session, decoder: DecodeHost, interview: str) -> str:
    """Twenty seconds, each with a pitch of its own: recorded as Opus, as FLAC, and taken in from a WAV."""
    pcm = b"".join(sounds.tone(1000, pitch) for pitch in PITCHES)
    if request.param == "import":
        data = sounds.wav(pcm)
        source = io.BytesIO(data)
        return recordings.import_sound(field, decoder, interview, source, "phone.wav", size=len(data)).id
    running = recordings.begin(field, interview, device="FieldMic", quality=request.param)
    recorder = Recorder(running.journal)
    sounds.feed(recorder, pcm)
    recorder.stop()
    return recordings.finish(field, running.recording).id


def file_of(s: Session, recording: str) -> Path:
    media = recordings.view(s, recording).media
    return s.vault.media_folder / media[:2] / f"{media}.cob"


def flip(s: Session, recording: str, *chunks: int) -> None:
    """Change one bit in each of these chunks on the disk."""
    path = file_of(s, recording)
    data = bytearray(path.read_bytes())
    for chunk in chunks:
        data[HEADER + chunk * (CHUNK + TAG) + 1234] ^= 0x10
    path.write_bytes(data)


def chunks_of(s: Session, recording: str) -> int:
    return -(-recordings.view(s, recording).size // CHUNK)


def decoded(decoder: DecodeHost, source: ReadableAt) -> tuple[npt.NDArray[np.int16], int]:
    """All samples, through the child that plays it."""
    info = decoder.sound(source)
    pieces, at = [], 0
    while block := decoder.sound_block(source, at, wire.MAX_BLOCK):
        pieces.append(block)
        at += len(block) // (2 * info.channels)
    decoder.release(source)
    return np.frombuffer(b"".join(pieces), "<i2"), info.rate


def test_it_plays_on_after_the_damage_at_the_same_moments(
    field: Session, decoder: DecodeHost, recording: str
) -> None:
    whole = recordings.view(field, recording)
    flip(field, recording, 2)
    with closing(recordings.reader(field, recording)) as strict, refused("crypto.file-altered"):
        strict.read_at(0, strict.size)
    with closing(recordings.repaired(field, recording)) as sound:
        [lost] = sound.damaged
        assert 0 < lost.end - lost.start < 5000
        samples, rate = decoded(decoder, sound)
    assert abs(len(samples) * 1000 // rate - whole.duration) <= 50
    heard = 0
    for second, pitch in enumerate(PITCHES):
        start = second * 1000
        if lost.start >= start + 900 or lost.end <= start - 300:
            middle = samples[second * rate + rate // 4 : second * rate + rate * 3 // 4]
            assert abs(sounds.pitch(middle, rate) - pitch) < 10
            heard += 1
    assert heard >= 14
    silent = samples[(lost.start + 40) * rate // 1000 : (lost.end - 40) * rate // 1000]
    assert np.abs(silent.astype(int)).max(initial=0) < 60


def test_a_damaged_beginning_or_end_does_not_take_the_rest(
    field: Session, decoder: DecodeHost, recording: str
) -> None:
    view = recordings.view(field, recording)
    last = chunks_of(field, recording) - 1
    flip(field, recording, last, *([] if view.source == "import" else [0]))
    with refused("crypto.file-altered"):
        recordings.reader(field, recording)
    with closing(recordings.repaired(field, recording)) as sound:
        samples, rate = decoded(decoder, sound)
        assert sound.damaged[-1].end == view.duration
    assert abs(len(samples) * 1000 // rate - view.duration) <= 100
    second = 9
    middle = samples[second * rate + rate // 4 : second * rate + rate * 3 // 4]
    assert abs(sounds.pitch(middle, rate) - PITCHES[second]) < 10


def test_a_whole_recording_is_given_as_it_is(field: Session, recording: str) -> None:
    plain = sounds.whole(field, recording)
    for look in (recordings.repaired, recording_damage.heard):
        with closing(look(field, recording)) as sound:
            assert sound.damaged == ()
            assert sound.read_at(0, sound.size) == plain


def test_the_check_names_it_and_says_how_much(field: Session, recording: str) -> None:
    assert upkeep.check(field) == []
    flip(field, recording, 1)
    [problem] = upkeep.check(field)
    assert problem.code == "upkeep.recording-damaged"
    assert problem.values["name"] == recordings.view(field, recording).name
    assert 1 <= int(problem.values["seconds"]) <= 5


def test_the_check_tells_what_is_lost_altogether(field: Session, recording: str) -> None:
    path = file_of(field, recording)
    data = bytearray(path.read_bytes())
    data[5] ^= 1  # of the salt, without which there is no key
    path.write_bytes(data)
    [problem] = upkeep.check(field)
    assert problem.code == "upkeep.media-altered"
    with refused("crypto.file-altered"):
        recordings.repaired(field, recording)


def test_a_file_cut_short_is_heard_up_to_there(field: Session, decoder: DecodeHost, recording: str) -> None:
    path = file_of(field, recording)
    path.write_bytes(path.read_bytes()[: HEADER + 3 * (CHUNK + TAG) + 99])
    with refused("crypto.file-altered"):
        recordings.reader(field, recording)
    view = recordings.view(field, recording)
    with closing(recordings.repaired(field, recording)) as sound:
        [lost] = sound.damaged
        assert lost.end == view.duration
        assert lost.start > 0
        samples, rate = decoded(decoder, sound)
    assert abs(len(samples) * 1000 // rate - view.duration) <= 100


def test_a_damaged_master_leaves_only_as_a_copy_that_says_so(
    field: Session, office: Session, decoder: DecodeHost, interview: str, recording: str, tmp_path: Path
) -> None:
    name = recordings.view(field, recording).name
    flip(field, recording, 2)
    out = tmp_path / "out"
    out.mkdir()
    with refused("sealing.damaged") as caught:
        sealing.seal(field, sealing.preview(field, [interview], [office.keys.fingerprint]), out)
    assert caught.value.values["name"] == name
    assert list(out.iterdir()) == []
    assert sealing.sent(field) == []
    target = tmp_path / "plain"
    with refused("crypto.file-altered"):
        copying.copy_out(field, recording, target)
    assert not target.exists()

    copy = recordings.listening_copy(field, decoder, recording)
    [mark] = [each for each in copy.marks if each.kind == "damaged"]
    with closing(recordings.repaired(field, recording)) as sound:
        [lost] = sound.damaged
    assert (mark.at, mark.until) == (lost.start, lost.end)
    recordings.remove(field, recording, "damaged on the disk")
    (sealed,) = sealing.seal(field, sealing.preview(field, [interview], [office.keys.fingerprint]), out)
    taking_in.take_in(office, sealed.path)
    [arrived] = [each for each in recordings.rows(office, interview) if each.present]
    assert arrived.sha256 == copy.sha256
    assert [each for each in arrived.marks if each.kind == "damaged"] == [mark]


def test_an_excerpt_beside_the_damage_is_whole(field: Session, decoder: DecodeHost, recording: str) -> None:
    flip(field, recording, 2)
    with closing(recordings.repaired(field, recording)) as sound:
        [lost] = sound.damaged
    made: RecordingView = recordings.excerpt(field, decoder, recording, Span(lost.end + 500, lost.end + 2500))
    assert [mark for mark in made.marks if mark.kind == "damaged"] == []
    samples, rate = sounds.decoded(sounds.whole(field, made.id))
    assert len(samples) == 2 * rate
    assert np.abs(samples[rate // 2 :].astype(int)).max() > 5000


def test_a_picture_of_it_is_drawn_all_the_same(field: Session, decoder: DecodeHost, recording: str) -> None:
    flip(field, recording, 2)
    drawn = recordings.draw_peaks(field, decoder, recording)
    assert len(drawn) == 400
    assert max(drawn[-10:]) > 50


def test_looking_for_damage_can_be_cancelled_and_leaves_no_file_open(field: Session, recording: str) -> None:
    def stop(_done: int, _total: int | None, /) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recordings.repaired(field, recording, stop)
    file_of(field, recording).unlink()
    with refused("storage.media-missing"):
        recordings.repaired(field, recording)
