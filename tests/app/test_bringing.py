"""Sound from elsewhere: all of it, or kept as a file, or not at all; and never said otherwise."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from app.shared import refused
from app.sounds import tone, wav
from cairn.app.files import files, outcomes
from cairn.app.files.outcomes import Outcome
from cairn.app.interviews import case, interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.decode.host import DecodeHost
from cairn.errors import Cancelled, InputError, MachineError
from cairn.model.values import Span

VECTORS = Path(__file__).parents[1] / "vectors" / "sound"


@pytest.fixture
def decoder() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made


@pytest.fixture
def made(field: Session) -> str:
    return interviews.create(field, title="W-017")


def unclosed(data: bytes) -> bytes:
    at = data.index(b"data") + 4
    return data[:4] + bytes(4) + data[8:at] + bytes(4) + data[at + 4 :]


def test_sound_that_can_be_decoded_becomes_a_recording(
    field: Session, decoder: DecodeHost, made: str
) -> None:
    found = recordings.bring(field, decoder, made, io.BytesIO(wav(tone(3000))), "phone.wav")
    assert (found.became, found.told, found.problems()) == (outcomes.SOUND, False, [])
    assert recordings.view(field, found.record).duration == 3000


def test_what_cannot_be_decoded_is_kept_as_a_file_and_said_by_name(
    field: Session, decoder: DecodeHost, made: str
) -> None:
    data = (VECTORS / "tells.m4a").read_bytes()[:2000]
    found = recordings.bring(field, decoder, made, io.BytesIO(data), "cut.m4a", size=len(data))
    assert (found.became, found.name) == (outcomes.FILE, "cut.m4a")
    assert [each.code for each in found.problems()] == ["file.kept-as-file", "decode.damaged"]
    assert found.problems()[0].values == {"name": "cut.m4a"}
    assert recordings.rows(field, made) == []
    (file,) = case.load(field, made).files
    assert (file.id, file.size) == (found.record, len(data))
    with closing(files.reader(field, file.id)) as reader:
        assert reader.read_at(0, reader.size) == data


def test_a_wav_without_its_sizes_is_whole_and_said(field: Session, decoder: DecodeHost, made: str) -> None:
    found = recordings.bring(field, decoder, made, io.BytesIO(unclosed(wav(tone(3000)))), "lost.wav")
    assert [each.code for each in found.problems()] == ["recording.unclosed"]
    view = recordings.view(field, found.record)
    assert view.duration == 3000 and view.interrupted
    off = recordings.exclude(field, found.record, [Span(2500, 2900)])
    assert list(off.excluded) == [Span(2500, 2900)]


def test_bytes_that_nobody_hears_are_told(field: Session, decoder: DecodeHost, made: str) -> None:
    data = (VECTORS / "film.mp4").read_bytes()
    found = recordings.bring(field, decoder, made, io.BytesIO(data), "film.mp4")
    (told,) = found.problems()
    assert told.code == "recording.bytes-left" and told.values["size"] == found.left > 500


def test_nothing_is_kept_where_the_vault_is_locked_meanwhile(field: Session, made: str) -> None:
    decoder = DecodeHost()
    decoder.close()
    with refused("decode.closed"):
        recordings.bring(field, decoder, made, io.BytesIO(wav(tone(100))), "a.wav")
    assert recordings.rows(field, made) == [] and case.load(field, made).files == ()


def test_each_file_has_its_own_outcome() -> None:
    def add(name: str) -> Outcome:
        if name == "gone":
            raise MachineError("machine.gone")
        return Outcome(name, outcomes.SOUND, name)

    found = outcomes.each(["one", "gone", "two"], str, add)
    assert [(each.name, each.became) for each in found] == [
        ("one", "sound"),
        ("gone", "nothing"),
        ("two", "sound"),
    ]
    assert [each.code for each in found[1].problems()] == ["file.not-taken", "machine.gone"]

    def stop(name: str) -> Outcome:
        raise Cancelled

    with pytest.raises(Cancelled):
        outcomes.each(["one"], str, stop)


def test_one_that_was_kept_too_short_learns_its_length(
    field: Session, decoder: DecodeHost, made: str
) -> None:
    kept = recordings.import_sound(field, decoder, made, io.BytesIO(wav(tone(3000))), "old.wav")
    with field.store.write() as work:
        head = revising.need(work, kept.id, "recording")
        body = msgspec.structs.replace(head.body, duration=500)
        revising.write(field, work, body, root=made, record=kept.id, parents=[head.sha])
    with pytest.raises(InputError, match=r"recording\.span"):
        recordings.exclude(field, kept.id, [Span(2000, 2500)])
    interviews.finalise(field, made)
    assert recordings.remeasure(field, decoder, kept.id).duration == 3000
    peaks = recordings.peaks(field, kept.id)
    assert peaks is not None and len(peaks) == 60
