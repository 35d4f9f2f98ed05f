"""What files tell beside their content: every kind, in codes, and nothing that is not there."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import codecpod
import docx
import numpy as np
import pytest
import soundfile
from PIL import Image

from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from decode import files
from decode.test_documents import word, zipped

VECTORS = Path(__file__).parents[1] / "vectors" / "sound"
FILM = (VECTORS / "film.mp4").read_bytes()


def gps(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 30.0, 0.0), 3: "E", 4: (127.0, 0.0, 0.0)})
    return files.picture(kind, exif=exif)


def several(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), (shade, 0, 0)) for shade in (10, 90, 200)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def sound(kind: str = "WAV", subtype: str = "PCM_16", **tags: str) -> bytes:
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", 16_000, 1, format=kind, subtype=subtype) as made:
        for name, text in tags.items():
            setattr(made, name, text)
        made.write(files.tone(16_000)[:, 0])
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_alone_tells_nothing_and_what_stands_behind_it_is_told(host: DecodeHost, kind: str) -> None:
    plain = files.picture(kind)
    assert host.tells(plain) == ()
    assert host.tells(plain + bytes(4096)) == (), "zeros that fill up are nothing"
    if kind != "TIFF":  # a TIFF has no end
        assert host.tells(plain + b"PK\x03\x04 something else" * 50) == ("behind",)
        assert host.tells(plain + FILM + b"MotionPhoto_Data") == ("film",)


def test_places_pages_and_what_is_cut_off(host: DecodeHost) -> None:
    assert host.tells(gps()) == ("place",)
    for kind in ("TIFF", "GIF", "WEBP", "PNG"):
        assert host.tells(several(kind)) == ("pages",), kind
    assert host.tells(gps()[:900]) == ("place",)
    assert host.tells(b"\xff\xd8\xff\xe0") == ("unknown",)


def test_what_a_sound_says_in_its_tags(host: DecodeHost) -> None:
    told = host.tells((VECTORS / "tells.m4a").read_bytes())
    assert told == ("place", "words")
    assert host.tells((VECTORS / "frag.m4a").read_bytes()) == ()
    for kind, subtype in (
        ("WAV", "PCM_16"),
        ("FLAC", "PCM_16"),
        ("OGG", "OPUS"),
        ("OGG", "VORBIS"),
        ("MP3", "MPEG_LAYER_III"),
    ):
        assert host.tells(sound(kind, subtype)) == (), (kind, subtype)
        assert "words" in host.tells(sound(kind, subtype, artist="A Name", comment="a house")), (
            kind,
            subtype,
        )
    assert "time" in host.tells(sound("FLAC", "PCM_16", date="2026-03-14"))
    bext = b"bext" + struct.pack("<I", 604) + b"a recorder".ljust(604, b"\0")
    assert {"time", "device"} <= set(host.tells(sound() + bext))


def test_sound_that_nobody_hears_and_the_pictures_of_a_film(host: DecodeHost) -> None:
    whole = codecpod.save_bytes(np.zeros(32_000, np.float32), 16_000, codecpod.Mp3())
    assert host.tells(whole) == ()
    assert host.tells(whole + b"something else" * 100) == ("unheard",)
    assert host.tells(FILM) == ("shows",)
    assert "unknown" in host.tells((VECTORS / "tells.m4a").read_bytes()[:2000])


def changed(data: bytes, **parts: str) -> bytes:
    """A document with other or further parts; `__` in a name is `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        given = {name.replace("__", "/"): text for name, text in parts.items()}
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, text in given.items():
            new.writestr(name, text)
    return out.getvalue()


def test_what_a_document_says(host: DecodeHost) -> None:
    plain = zipped(word__document="<d><p><t>words</t></p></d>")
    assert host.tells(plain) == ()
    assert {"person", "time", "words"} <= set(host.tells(word())), "as a word processor makes it"
    assert host.tells(changed(plain, word__comments="<c/>", **{"word/comments.xml": "<c/>"})) == ("comments",)
    assert host.tells(zipped(word__document="<d><ins><p/></ins></d>")) == ("earlier",)
    assert host.tells(b"before it" + plain) == ("unknown",)
    assert host.tells(changed(plain, **{"word/embeddings/other.bin": "x"})) == ("attached",)
    hidden = zipped(xl__workbook='<w><sheets><sheet name="a" state="hidden"/></sheets></w>')
    assert host.tells(hidden) == ("hidden",)
    assert host.tells(zipped(content="<o/>", meta="<m><creator>A Name</creator><date>2026</date></m>")) == (
        "person",
        "time",
    )
    assert host.tells(zipped(other="<a/>")) == ("attached", "unknown"), "an archive of anything"


def test_a_photograph_inside_a_document_is_looked_at(host: DecodeHost) -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(gps()))
    out = io.BytesIO()
    made.save(out)
    assert "place" in host.tells(out.getvalue()) and "place" not in host.tells(word())


def test_what_a_pdf_says_and_a_copy_without_it(host: DecodeHost) -> None:
    plain = files.pages(2)
    assert host.tells(plain) == ()
    assert host.tells(plain + b"\nPK\x03\x04 something else" * 3) == ("behind",)
    assert host.tells(plain + b"\nstartxref\n0\n%%EOF") == ("earlier",)
    told = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Annots [4 0 R] >>",
        b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (a remark) >>",
        b"<< /Author (A Name) /Title (a title) /CreationDate (D:20260314092653Z) >>",
        trailer=b"/Info 5 0 R",
    )
    assert host.tells(told) == ("comments", "person", "time", "words")
    copy = host.pdf_copy(told)
    assert host.tells(copy) == () and host.pdf_pages(copy) == 1
    assert b"A Name" not in copy and b"remark" not in copy and b"2026" not in copy
    assert host.pdf_pages(host.pdf_copy(plain)) == 2
    with pytest.raises(InputError, match=r"decode\.damaged"):
        host.pdf_copy(b"%PDF-1.4 nothing")


def test_a_copy_of_a_pdf_has_nothing_of_what_a_camera_said_in_its_pictures(host: DecodeHost) -> None:
    exif = Image.Exif()
    exif.update({0x010F: "PHONEMAKER", 0x013B: "AN ARTIST"})
    photo = files.picture("JPEG", exif=exif)
    width, height = Image.open(io.BytesIO(photo)).size
    content = b"q 99 0 0 99 0 0 cm /P Do Q"
    told = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /XObject << /P 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(photo), photo),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    assert b"PHONEMAKER" in told and "more" in host.tells(told)
    copy = host.pdf_copy(told)
    assert b"PHONEMAKER" not in copy and b"AN ARTIST" not in copy and host.tells(copy) == ()
    assert host.pdf_page(copy, 0, width_px=99) == host.pdf_page(told, 0, width_px=99)


def test_what_cannot_be_looked_into_is_said(host: DecodeHost) -> None:
    assert host.tells(b"plain words\n") == ()
    assert host.tells(bytes(range(256)) * 20) == ("unknown",)
    assert host.tells(b"") == ("unknown",)
    assert host.tells(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)) == ("unknown",)


def shade(host: DecodeHost, data: bytes, page: int) -> int:
    return host.picture(data, max_px=20, page=page).rgba[0]


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP", "PNG"])
def test_every_page_and_frame_can_be_seen_and_copied(host: DecodeHost, kind: str) -> None:
    data = several(kind)
    assert host.picture(data, max_px=20).pages == 3 == host.picture_facts(data).pages
    seen = [shade(host, data, page) for page in (2, 0, 1)]
    assert [abs(found - wanted) < 12 for found, wanted in zip(seen, (200, 10, 90), strict=True)] == [True] * 3
    copy = host.picture_copy(data, page=2, boxes=[(0, 0, 10, 10)])
    assert copy.pages == 3 and host.tells(copy.data) == ()
    left = host.picture(copy.data, max_px=20).rgba
    assert left[0] < 12 and abs(left[19 * 4] - 200) < 12
    with pytest.raises(InputError, match=r"decode\.damaged"):
        host.picture(data, max_px=20, page=3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_of_a_picture_that_was_cut_off_what_is_there_is_shown_and_said(host: DecodeHost, kind: str) -> None:
    chance = np.random.default_rng(3).integers(0, 255, (200, 300, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(chance).save(out, kind)
    data = out.getvalue()
    assert not host.picture(data, max_px=300).cut_off
    part = host.picture(data[: len(data) * 2 // 3], max_px=300)
    assert part.cut_off and (part.full_width, part.full_height) == (300, 200)
    whole = host.picture(data, max_px=300)
    assert part.rgba[: 300 * 4 * 100] == whole.rgba[: 300 * 4 * 100] and part.rgba != whole.rgba
