"""What a file is, by its bytes and its name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.decode.types import UNKNOWN, Kind, kind_of, media_type, sniff
from decode import files

KNOWN = [
    (files.picture("JPEG"), "image/jpeg", Kind.PICTURE),
    (files.picture("PNG"), "image/png", Kind.PICTURE),
    (files.picture("GIF"), "image/gif", Kind.PICTURE),
    (files.picture("BMP"), "image/bmp", Kind.PICTURE),
    (files.picture("TIFF"), "image/tiff", Kind.PICTURE),
    (files.picture("WEBP"), "image/webp", Kind.PICTURE),
    (files.pages(1), "application/pdf", Kind.PDF),
    (files.sound("WAV", "PCM_16"), "audio/wav", Kind.SOUND),
    (files.rf64(10)[0], "audio/wav", Kind.SOUND),
    (files.sound("FLAC", "PCM_16"), "audio/flac", Kind.SOUND),
    (files.sound("OGG", "OPUS"), "audio/ogg", Kind.SOUND),
    (files.sound("MP3", "MPEG_LAYER_III"), "audio/mpeg", Kind.SOUND),
    (files.sound("AIFF", "PCM_16"), "audio/aiff", Kind.SOUND),
    ("안녕하세요\n".encode(), "text/plain", Kind.TEXT),
    ("안녕하세요".encode("utf-16"), "text/plain", Kind.TEXT),
    (b"\x7fELF\x02\x01\x01\0\0\0", UNKNOWN, Kind.NONE),
    (b"\0\0\0\x20ftypM4A \0\0\0\0", "audio/mp4", Kind.SOUND),
    (files.adts(files.packed("aac")), "audio/aac", Kind.SOUND),
    (files.heic("upright"), "image/heic", Kind.PICTURE),
    (b"\0\0\0\x20ftypisom\0\0\0\0", "video/mp4", Kind.FILM),
    (b"", UNKNOWN, Kind.NONE),
]


@pytest.mark.parametrize(("data", "wanted", "kind"), KNOWN, ids=[k[1] for k in KNOWN])
def test_bytes_tell_the_type(data: bytes, wanted: str, kind: Kind) -> None:
    assert sniff(data[:4096]) == wanted
    assert kind_of(wanted) is kind


def test_name_never_makes_a_program_a_picture() -> None:
    assert media_type(b"\x7fELF\x02\x01\x01\0", "holiday.jpg") == UNKNOWN
    assert media_type(b"\0\0\0\x20ftypisom\0\0\0\0", "memo.M4A") == "audio/mp4"
    assert media_type(files.picture("PNG"), "letter.txt") == "image/png"
    assert media_type(b"a,b\n1,2\n", "list.csv") == "text/csv"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "b")
    assert media_type(out.getvalue(), "report.docx").endswith("wordprocessingml.document")
    assert media_type(out.getvalue(), "photos.jpg") == "application/zip"


@pytest.mark.parametrize(
    ("given_name", "kind"),
    [("A.JPG", Kind.PICTURE), ("a.pdf", Kind.PDF), ("image/JPEG; q=1", Kind.PICTURE), ("no ending", Kind.NONE),
     ("text/x-anything", Kind.TEXT), ("image/svg+xml", Kind.NONE), ("a.opus", Kind.SOUND), ("", Kind.NONE)],
)  # fmt: skip
def test_kind_of_type_or_name(given_name: str, kind: Kind) -> None:
    assert kind_of(given_name) is kind


@given(st.binary(max_size=64), st.text(max_size=12))
def test_any_bytes_and_name_give_a_type(data: bytes, name: str) -> None:
    assert "/" in media_type(data, name)
