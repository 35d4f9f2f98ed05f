"""Pictures to RGBA pixels, by Pillow. Runs in the child only.

The formats are a short list (JPEG, PNG, GIF, BMP, TIFF, WebP), not all that Pillow knows. The first
frame is shown, upright as its EXIF orientation says.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import BinaryIO

from PIL import Image, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from cairn.decode import wire
from cairn.decode.refusal import Refused
from cairn.decode.types import HEAD, Kind, kind_of, sniff

MAX_PIXELS = 120_000_000
"""Largest picture that is decoded whole; four bytes a pixel must fit twice into the child's memory."""
MAX_JPEG_PIXELS = 400_000_000
"""Largest JPEG: its decoder can shrink while decoding."""

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_PLUGINS = (JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Loaded now: `preinit` brings the others, and nothing can be imported once the child is sealed."""
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BAD_FILE = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError,
    AttributeError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's readers raise for files that are not what they say."""


class Pictures:
    """One picture file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """Pixels with the longest edge at most `request.count`."""
        self._file.seek(0)
        edge = max(1, min(request.count, wire.MAX_EDGE))
        image = _open(self._file)
        try:
            pixels, full = _decode(image, edge)
        except MemoryError:
            raise
        except _BAD_FILE as error:
            raise Refused("damaged") from error
        answer = wire.Answer(
            octets=pixels.width * pixels.height * 4,
            width=pixels.width,
            height=pixels.height,
            full_width=full[0],
            full_height=full[1],
        )
        return answer, pixels.tobytes()


def _open(file: BinaryIO) -> Image.Image:
    # Our own limit below, by format, replaces Pillow's warning.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(file, formats=_FORMATS)
    except _BAD_FILE as error:
        file.seek(0)
        ours = kind_of(sniff(file.read(HEAD))) is Kind.PICTURE
        raise Refused("damaged" if ours else "unsupported") from error
    limit = MAX_JPEG_PIXELS if image.format in ("JPEG", "MPO") else MAX_PIXELS
    if image.width * image.height > limit or max(image.size) > wire.MAX_SIDE:
        raise Refused("too-big")
    return image


def _decode(image: Image.Image, edge: int) -> tuple[Image.Image, tuple[int, int]]:
    full = image.size
    scale = min(1.0, edge / max(full))
    target = (max(1, round(full[0] * scale)), max(1, round(full[1] * scale)))
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, target)
        if image.width * image.height > MAX_PIXELS:
            raise MemoryError
    image.load()
    # TIFF turns itself while loading; its tag is gone afterwards.
    if image.size == full[::-1] != full:
        full, target = full[::-1], target[::-1]
    turn = _UPRIGHT.get(_orientation(image))
    image = _shrink(image, target)
    if turn is not None:
        image = image.transpose(turn)
        if turn not in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180,
                        Image.Transpose.FLIP_TOP_BOTTOM):  # fmt: skip
            full = full[::-1]
    return image, full


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BAD_FILE:
        return 1  # a picture with broken EXIF is still a picture


def _shrink(image: Image.Image, target: tuple[int, int]) -> Image.Image:
    """`image` as RGBA in the size `target`, without a full-size copy where the mode allows."""
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    factor = min(image.width // target[0], image.height // target[1])
    if factor > 1 and image.mode in ("L", "RGB", "CMYK", "YCbCr"):
        image = image.reduce(factor)
    image = image.convert("RGBA")
    return image if image.size == target else image.resize(target, Image.Resampling.LANCZOS, reducing_gap=2)


def warm() -> None:
    """Load the codecs while files can still be opened."""
    Image.preinit()
    for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"):
        sample = io.BytesIO()
        # Compressed TIFF goes through another library than plain TIFF; the other formats ignore the word.
        Image.new("RGB", (8, 8)).save(sample, kind, compression="tiff_lzw")
        sample.seek(0)
        _decode(_open(sample), 4)
