"""Copies of photographs for sharing: linked to the original, which stays as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shared import refused
from cairn.app.files import files, photos, telling
from cairn.app.files.photos import Box
from cairn.app.interviews import case, interviews
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FileView
from cairn.decode import host as decode_host
from cairn.decode.host import DecodeHost, PictureCopy
from cairn.decode.plain import is_plain
from cairn.model.kinds.attachment import Attachment

HEIC = (Path(__file__).parents[1] / "vectors" / "heic" / "upright.heic").read_bytes()


@pytest.fixture
def decoder() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made


@pytest.fixture
def made(field: Session) -> str:
    return interviews.create(field, title="W-017")


@pytest.fixture
def photo(field: Session, made: str) -> FileView:
    return files.attach(field, made, io.BytesIO(HEIC), "IMG_20260314_150926.heic")


def bytes_of(s: Session, file: FileView) -> bytes:
    with closing(files.reader(s, file.id)) as reader:
        return reader.read_at(0, reader.size)


def body_of(s: Session, file: FileView) -> Attachment:
    with s.store.read() as reader:
        from cairn.app.kernel import revising

        body = revising.need(reader, file.id, "attachment").body
    assert isinstance(body, Attachment)
    return body


def test_a_copy_names_its_original_and_what_was_done(
    field: Session, decoder: DecodeHost, made: str, photo: FileView
) -> None:
    assert photo.type == "image/heic" and photos.is_picture(photo)
    copy = photos.copy_for_sharing(
        field, decoder, photo.id, turns=1, boxes=[Box(0, 0, 150, 200)], name="papers on the table"
    )
    assert copy.name == "papers on the table.jpg" and copy.type == "image/jpeg"
    assert (copy.of, copy.how) == (photo.id, ("metadata-removed", "turned", "blacked-out"))
    assert body_of(field, copy).master == photo.sha256
    assert bytes_of(field, photo) == HEIC
    data = bytes_of(field, copy)
    assert is_plain(data, "image/jpeg") and b"lanted" not in data
    seen = decoder.picture(data, max_px=300)
    assert (seen.width, seen.height) == (200, 300)
    # The left half was red; turned to the right it is the upper half.
    assert max(seen.rgba[0 : 200 * 140 * 4 : 4]) == 0
    assert {one.id for one in case.load(field, made).files} == {photo.id, copy.id}


def test_a_copy_without_a_name_says_less_than_nothing_new(
    field: Session, decoder: DecodeHost, photo: FileView
) -> None:
    plain = photos.copy_for_sharing(field, decoder, photo.id)
    assert plain.name == "IMG_20260314_150926-copy.jpg" and plain.how == ("metadata-removed",)
    again = photos.copy_for_sharing(field, decoder, plain.id, name="smaller.JPEG")
    assert again.name == "smaller.JPEG" and again.of == plain.id
    assert photos.copy_for_sharing(field, decoder, photo.id, name="a.png").name == "a.jpg"


def test_what_would_leave_with_more_than_it_shows(
    field: Session, decoder: DecodeHost, made: str, photo: FileView
) -> None:
    copy = photos.copy_for_sharing(field, decoder, photo.id)
    text = files.attach(field, made, io.BytesIO(b"words"), "words.txt")
    torn = files.attach(field, made, io.BytesIO(HEIC[:700]), "torn.heic")
    gone = files.attach(field, made, io.BytesIO(HEIC), "gone.heic")
    gone = files.remove(field, gone.id, "the person asked")
    steps: list[int] = []
    found = telling.leaving(
        field,
        decoder,
        [(made, one.id) for one in (photo, copy, text, torn, gone)],
        lambda done, _total: steps.append(done),
    )
    assert [(one.interview, one.record, one.name) for one in found] == [
        (made, photo.id, photo.name),
        (made, torn.id, torn.name),
    ]
    assert {"place", "device"} <= set(found[0].tells) and found[0].copied
    assert found[1].tells == ("unknown",), "what can't be read is told, not passed over"
    assert steps == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("box", [Box(5, 5, 5, 9), Box(9, 0, 3, 4), Box(-1, 0, 3, 4), Box(0, 0, 1 << 30, 4)])
def test_a_rectangle_without_area_is_refused(
    field: Session, decoder: DecodeHost, photo: FileView, box: Box
) -> None:
    with refused("photo.bad-rectangle"):
        photos.copy_for_sharing(field, decoder, photo.id, boxes=[box])


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_copy_in_which_a_rectangle_is_not_black_is_not_kept(
    field: Session,
    decoder: DecodeHost,
    made: str,
    photo: FileView,
    turns: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a decoder would do it that a hostile picture has taken over."""

    def forgetful(
        self: DecodeHost,
        source: decode_host.ReadableAt | bytes,
        *,
        page: int = 0,
        turns: int = 0,
        boxes: object = (),
    ) -> PictureCopy:
        return real(self, source, turns=turns, boxes=[(0, 0, 60, 60)])

    real = DecodeHost.picture_copy
    boxes = [Box(0, 0, 60, 60), Box(100, 100, 160, 180)]
    photos.copy_for_sharing(field, decoder, photo.id, turns=turns, boxes=boxes)
    monkeypatch.setattr(DecodeHost, "picture_copy", forgetful)
    photos.copy_for_sharing(field, decoder, photo.id, turns=turns, boxes=boxes[:1])
    with refused("photo.not-black"):
        photos.copy_for_sharing(field, decoder, photo.id, turns=turns, boxes=boxes)
    assert len(case.load(field, made).files) == 3


@pytest.mark.parametrize("side", [20, 60_000])
def test_a_copy_that_lies_about_its_size_is_not_believed(
    field: Session, decoder: DecodeHost, photo: FileView, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a rectangle lies in the copy is reckoned from its size: a false one would have another place looked at."""

    def lying(
        self: DecodeHost,
        source: decode_host.ReadableAt | bytes,
        *,
        page: int = 0,
        turns: int = 0,
        boxes: object = (),
    ) -> PictureCopy:
        copy = real(self, source)
        return PictureCopy(copy.data, copy.type, side, side)

    real = DecodeHost.picture_copy
    monkeypatch.setattr(DecodeHost, "picture_copy", lying)
    with refused("photo.not-black"):
        photos.copy_for_sharing(field, decoder, photo.id, boxes=[Box(100, 100, 160, 180)])


def test_a_finalised_interview_asks_for_the_reason(
    field: Session, decoder: DecodeHost, made: str, photo: FileView
) -> None:
    interviews.finalise(field, made)
    with refused("interview.reason-needed"):
        photos.copy_for_sharing(field, decoder, photo.id)
    copy = photos.copy_for_sharing(field, decoder, photo.id, reason="for the office")
    assert copy.of == photo.id


def test_what_is_no_picture_is_refused_and_leaves_nothing(
    field: Session, decoder: DecodeHost, made: str
) -> None:
    text = files.attach(field, made, io.BytesIO(b"words"), "words.txt")
    with refused("decode.unsupported"):
        photos.copy_for_sharing(field, decoder, text.id)
    assert len(case.load(field, made).files) == 1
    assert decoder.pids == []
