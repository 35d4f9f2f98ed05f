"""HEIC is shown; a copy of a picture holds its pixels, less what was blacked out, and nothing else."""

from __future__ import annotations

import io
import random
import struct
import sys

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from cairn.decode import wire
from cairn.decode.host import DecodeHost, PictureCopy
from cairn.decode.plain import is_plain
from cairn.errors import InputError
from decode import files
from decode.test_decoding import BLUE, RED, near

PLANTED = b"planted-words"


def told(kind: str, orientation: int = 1) -> bytes:
    """A picture that carries all that its format can carry beside pixels."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, PLANTED.decode(), "2026:03:14 15:09:26"
    exif[0x013B] = PLANTED.decode()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (42.0, 59.0, 1.0), "E", (129.0, 30.0, 2.0)
    options: dict[str, object] = {"exif": exif.tobytes()}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind in ("JPEG", "PNG", "WEBP"):
        options["icc_profile"] = profile
    if kind in ("JPEG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta>" + PLANTED + b"</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = PLANTED
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", PLANTED.decode())
        options["pnginfo"] = text
    return files.picture(kind, **options) + PLANTED * 9


def opened(copy: PictureCopy) -> Image.Image:
    image = Image.open(io.BytesIO(copy.data))
    image.load()
    assert image.size == (copy.width, copy.height)
    return image


def colour(image: Image.Image, x: int, y: int) -> str:
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    for name, wanted in (("red", RED), ("blue", BLUE), ("black", (0, 0, 0)), ("white", (255, 255, 255))):
        if all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True)):
            return name
    return str(found)


@pytest.mark.parametrize("name", ["upright", "turned"])
def test_heic_is_shown_upright(host: DecodeHost, name: str) -> None:
    pixels = host.picture(files.heic(name), max_px=150)
    if name == "upright":
        assert (pixels.width, pixels.height, pixels.full_width, pixels.full_height) == (150, 100, 300, 200)
        assert near(pixels, 0.1, 0.5, RED) and near(pixels, 0.9, 0.5, BLUE)
    else:
        assert (pixels.full_width, pixels.full_height) == (200, 300)
        assert near(pixels, 0.5, 0.1, RED) and near(pixels, 0.5, 0.9, BLUE)


@pytest.mark.parametrize("part", [0.3, 0.8, 0.99])
def test_truncated_heic(host: DecodeHost, part: float) -> None:
    data = files.heic("upright")
    with pytest.raises(InputError, match=r"decode\.damaged"):
        host.picture(data[: int(len(data) * part)], max_px=100)


def test_flipped_bytes_of_heic_never_do_more_than_refuse(host: DecodeHost) -> None:
    original, chance = files.heic("upright"), random.Random(7)
    for _ in range(60):
        changed = bytearray(original)
        for _ in range(chance.randint(1, 5)):
            changed[chance.randrange(12, len(changed))] = chance.randrange(256)
        try:
            pixels = host.picture(bytes(changed), max_px=50)
            assert len(pixels.rgba) == pixels.width * pixels.height * 4
        except InputError as error:
            assert error.code.startswith("decode.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("JPEG", {"place", "time", "device", "words", "more"}), ("PNG", {"place", "time", "device", "words"}),
     ("WEBP", {"place", "time", "device", "words", "more"}), ("TIFF", {"place", "time", "device", "words"})],
)  # fmt: skip
def test_what_a_picture_tells(host: DecodeHost, kind: str, said: set[str]) -> None:
    # Something stands behind its end, which a TIFF doesn't have.
    behind = {"behind"} if kind != "TIFF" else set()
    assert set(host.picture_facts(told(kind)).tells) == said | behind
    assert host.picture_facts(files.picture(kind)).tells == ()


def test_what_heic_tells(host: DecodeHost) -> None:
    facts = host.picture_facts(files.heic("turned"))
    assert {"place", "device", "more"} <= set(facts.tells)
    assert (facts.width, facts.height) == (200, 300)


def test_a_preview_is_told(host: DecodeHost) -> None:
    # A TIFF of two directories (Exif 3.0, 4.5): the second is where cameras keep the preview.
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x0112, 3, 1, 1, 26)
    exif += struct.pack("<HHHIII", 1, 0x0103, 3, 1, 6, 0)
    assert host.picture_facts(files.picture("JPEG", exif=exif)).tells == ("preview",)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_copy_holds_pixels_and_nothing_else(host: DecodeHost, kind: str, orientation: int) -> None:
    original = told(kind, orientation)
    assert PLANTED in original
    copy = host.picture_copy(original)
    assert copy.type == ("image/png" if kind in ("PNG", "TIFF") else "image/jpeg")
    assert PLANTED not in copy.data and is_plain(copy.data, copy.type)
    image = opened(copy)
    assert dict(image.getexif()) == {} and not image.info.keys() & {"icc_profile", "xmp", "exif", "comment"}
    assert host.picture_facts(copy.data).tells == ()
    if orientation == 1:
        assert colour(image, 10, 100) == "red" and colour(image, 290, 100) == "blue"
    else:
        assert colour(image, 100, 10) == "red" and colour(image, 100, 290) == "blue"


def test_a_copy_of_heic(host: DecodeHost) -> None:
    copy = host.picture_copy(files.heic("turned"), turns=1)
    assert copy.type == "image/jpeg" and b"lanted" not in copy.data
    image = opened(copy)
    assert image.size == (300, 200) and colour(image, 10, 100) == "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5])
def test_rectangles_are_black_where_they_were_drawn(host: DecodeHost, kind: str, turns: int) -> None:
    boxes = [(10, 20, 60, 50), (280, 190, 400, 300)]
    image = opened(host.picture_copy(files.picture(kind), turns=turns, boxes=boxes))
    # Back to how it was drawn on.
    for _ in range(turns % 4):
        image = image.transpose(Image.Transpose.ROTATE_90)
    assert image.size == (300, 200)
    for inside in ((18, 28), (51, 41), (30, 30), (299, 199)):
        assert image.convert("RGB").getpixel(inside) == (0, 0, 0)
    if kind == "PNG":
        assert {colour(image, *at) for at in ((10, 20), (59, 49), (280, 190))} == {"black"}
        assert [colour(image, *at) for at in ((9, 20), (60, 49), (10, 19), (59, 50))] == ["red"] * 4


def test_what_lies_under_transparency_does_not_come_along(host: DecodeHost) -> None:
    hidden = Image.new("RGBA", (20, 10), (255, 0, 0, 0))
    out = io.BytesIO()
    hidden.save(out, "PNG")
    assert opened(host.picture_copy(out.getvalue())).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA"])
def test_every_kind_of_pixels_can_be_copied(host: DecodeHost, mode: str) -> None:
    kind = {"CMYK": "JPEG", "I;16": "TIFF"}.get(mode, "PNG")
    base = Image.new("L", (30, 20), 200).convert("RGB").convert("L")
    out = io.BytesIO()
    base.convert(mode if mode != "I;16" else "I").convert(mode).save(out, kind)
    copy = host.picture_copy(out.getvalue(), boxes=[(0, 0, 30, 20)])
    assert opened(copy).convert("L").getextrema()[1] < 10


def test_a_copy_that_would_be_too_large_is_refused(host: DecodeHost) -> None:
    with pytest.raises(InputError, match=r"decode\.(too-big|damaged)"):
        host.picture_copy(files.png(20_000, 20_000, b"x"))


def test_form_of_a_copy() -> None:
    jpeg, png = files.picture("JPEG"), files.picture("PNG")
    assert is_plain(jpeg, "image/jpeg") and is_plain(png, "image/png")
    assert is_plain(files.picture("JPEG", progressive=True), "image/jpeg")
    for data in (told("JPEG"), jpeg + b"x", jpeg[:-2], jpeg[:2] + b"\xff\xe0\0\6JFIF" + jpeg[2:], b"", b"\xff\xd8",
                 files.picture("JPEG", comment=b"a"), files.picture("JPEG", exif=Image.Exif().tobytes())):  # fmt: skip
        assert not is_plain(data, "image/jpeg")
    for data in (told("PNG"), png + b"x", png[:-4], files.picture("PNG", dpi=(72, 72)), b"\x89PNG\r\n\x1a\n"):
        assert not is_plain(data, "image/png")
    assert (
        not is_plain(png, "image/jpeg")
        and not is_plain(jpeg, "image/png")
        and not is_plain(jpeg, "image/gif")
    )


def test_a_child_that_hands_out_more_than_pixels_is_not_believed() -> None:
    data = files.picture("JPEG", comment=PLANTED)
    answer = b'{"octets":%d,"full_width":300,"full_height":200,"encoding":"image/jpeg"}' % len(data)
    code = (
        "import os,sys;os.read(0,4096);sys.stdout.buffer.write(bytes.fromhex(sys.argv[1]));sys.stdout.flush()"
    )
    reply = (wire.frame(wire.DONE, answer) + data).hex()
    with (
        DecodeHost(start=[sys.executable, "-I", "-c", code, reply]) as host,
        pytest.raises(InputError, match=r"decode\.failed"),
    ):
        host.picture_copy(files.picture("JPEG"))
