"""What a picture tells beside what it shows, and copies of it that show and tell less. Runs in the child only.

A copy holds nothing but pixels: the picture is decoded, changed and encoded anew. So neither the place in
its metadata nor the small preview of what was blacked out, nor a film behind its end, comes along.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms, ImageDraw

from cairn.decode import ends, pictures, wire
from cairn.decode.refusal import Refused
from cairn.decode.types import sniff

MAX_PIXELS = 100_000_000
"""Largest picture that is copied: it stands whole in the child's memory, once more while it is turned."""

_QUALITY = 92
_LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF"})
_TURNS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)

# Tags of Exif 3.0, 4.6.
_EXIF, _GPS = 0x8769, 0x8825
_TIMES = frozenset({0x0132, 0x9003, 0x9004})
_DEVICES = frozenset({0x010F, 0x0110, 0x0131, 0x013C, 0xA430, 0xA431, 0xA433, 0xA434, 0xA435, 0xA420})
_WORDS = frozenset({0x010D, 0x010E, 0x013B, 0x8298, 0x9286, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_SILENT = frozenset(
    {0x0112, 0x011A, 0x011B, 0x0128, 0x0213, _EXIF, 0xA001, 0xA002, 0xA003, 0x9000, 0x9101, 0xA000}
)
"""How the pixels are meant, which every file says."""


class Photos:
    """One picture file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """`pixels`, `facts` or `copy`, as the operation ends."""
        what = request.op.rpartition("-")[2]
        if what == "facts":
            return self._facts(), b""
        if what == "copy":
            return self._copy(request)
        return pictures.pixels(self._file, request)

    def _facts(self) -> wire.Answer:
        self._file.seek(0)
        image = pictures.open_picture(self._file)
        with pictures.reading():
            found = tells(image)
            kind = sniff(pictures.head(self._file))
            self._file.seek(0, io.SEEK_END)
            found |= ends.behind(self._file, self._file.tell(), kind)
            pages = pictures.pages(image)
            return wire.Answer(
                full_width=image.width, full_height=image.height, pages=pages, tells=sorted(found)
            )

    def _copy(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        lossless = False

        def work(image: Image.Image) -> Image.Image:
            nonlocal lossless
            if image.width * image.height > MAX_PIXELS:
                raise Refused("too-big")
            lossless = image.format in _LOSSLESS
            return _plain(pictures.upright(image))

        plain, pages, cut = pictures.as_far_as_it_goes(self._file, request.first, work)
        draw = ImageDraw.Draw(plain)
        for left, top, right, bottom in request.boxes[: wire.MAX_BOXES]:
            # The far edges are part of what Pillow fills.
            draw.rectangle((left, top, right - 1, bottom - 1), fill=0)
        turn = _TURNS[request.turns % 4]
        if turn is not None:
            plain = plain.transpose(turn)
        data, kind = _encoded(plain, lossless)
        answer = wire.Answer(
            octets=len(data),
            full_width=plain.width,
            full_height=plain.height,
            encoding=kind,
            pages=pages,
            shortened=cut,
        )
        return answer, data


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB pixels in sRGB, without what lies under transparency, and nothing that is not pixels."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK"):
        image = _in_srgb(image, profile)
    image = image.convert("L" if image.mode in ("1", "L", "LA", "F") else "RGB")
    # A new image knows nothing of where its pixels came from.
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a profile that can't be read changes the colours a little, no more
    return turned if turned is not None else image


def _encoded(image: Image.Image, lossless: bool) -> tuple[bytes, str]:
    out = io.BytesIO()
    if lossless:
        image.save(out, "PNG")
        if out.tell() <= wire.MAX_COPY:
            return out.getvalue(), "image/png"
        out = io.BytesIO()
    # Full colour resolution: so nothing from outside a black rectangle is mixed further in than a block of 8.
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    if out.tell() > wire.MAX_COPY:
        raise Refused("too-big")
    return out.getvalue(), "image/jpeg"


def tells(image: Image.Image) -> set[str]:
    """What the file says beside its pixels: `place`, `time`, `device`, `words`, `preview`, `pages`, `more`."""
    found = set()
    exif = image.getexif()
    tags = set(exif) | set(exif.get_ifd(_EXIF))
    if exif.get_ifd(_GPS):
        found.add("place")
    for name, known in (("time", _TIMES), ("device", _DEVICES), ("words", _WORDS)):
        if tags & known:
            found.add(name)
    # Of a TIFF that is its next page.
    if (image.format != "TIFF" and exif.get_ifd(ExifTags.IFD.IFD1)) or len(image.info.get("thumbnails", ())):
        found.add("preview")
    if tags - _TIMES - _DEVICES - _WORDS - _SILENT - {_GPS, 0x0201, 0x0202} and image.format != "TIFF":
        found.add("more")
    if image.info.keys() & {"xmp", "photoshop", "XML:com.adobe.xmp", "mp", "metadata"} and any(
        image.info.get(key) for key in ("xmp", "photoshop", "XML:com.adobe.xmp", "mp", "metadata")
    ):
        found.add("more")
    if image.info.get("comment") or getattr(image, "text", None):
        found.add("words")
    if pictures.pages(image) > 1:
        found.add("pages")
    return found


def warm(*, heic: bool) -> None:
    """Load the codecs while files can still be opened."""
    pictures.warm(heic=heic)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG"):
        sample = io.BytesIO()
        Image.new("RGB", (8, 8)).save(sample, kind, icc_profile=profile)
        photo = Photos(sample)
        for op in ("picture-facts", "picture-copy"):
            photo(wire.Request(op, sample.getbuffer().nbytes, boxes=[(0, 0, 2, 2)]))
