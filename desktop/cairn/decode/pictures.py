"""Pictures to RGBA pixels, by Pillow. Runs in the child only.

The formats are a short list (JPEG, PNG, GIF, BMP, TIFF, WebP, HEIC), not all that Pillow knows. Each page or frame
is shown, upright as its EXIF orientation says; of a file that was cut off, what is there.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeVar

from PIL import Image, ImageFile, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from cairn.decode import wire
from cairn.decode.refusal import Refused
from cairn.decode.types import HEAD, Kind, kind_of, sniff

MAX_PIXELS = 120_000_000
"""Largest picture that is decoded whole; four bytes a pixel must fit twice into the child's memory."""
MAX_JPEG_PIXELS = 400_000_000
"""Largest JPEG: its decoder can shrink while decoding."""

MAX_HEIC = 256 << 20
"""Longest HEIC file, in bytes: its decoder wants it whole, beside the pixels."""

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "HEIF")
_PLUGINS = (JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Loaded now: `preinit` brings the others, and nothing can be imported once the child is sealed."""
_SHOWN_IN_PART = ("JPEG", "MPO", "PNG", "BMP")
_CUT_OFF = ("truncated", "not enough image data", "broken data stream", "unrecognized data stream")
"""What Pillow says of a file that ends before its picture does."""
_ORIENTATION = 0x0112
T = TypeVar("T")
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


def pixels(file: BinaryIO, request: wire.Request) -> tuple[wire.Answer, bytes]:
    """RGBA pixels of picture `request.first`, upright, with the longest edge at most `request.count`."""
    edge = max(1, min(request.count, wire.MAX_EDGE))
    (shown, full), many, cut = as_far_as_it_goes(file, request.first, lambda image: _decode(image, edge))
    answer = wire.Answer(
        pages=many,
        shortened=cut,
        octets=shown.width * shown.height * 4,
        width=shown.width,
        height=shown.height,
        full_width=full[0],
        full_height=full[1],
    )
    return answer, shown.tobytes()


def as_far_as_it_goes(file: BinaryIO, page: int, work: Callable[[Image.Image], T]) -> tuple[T, int, bool]:
    """Do `work` with picture `page` of a file; how many there are; and whether its end is missing.

    Of a file that was cut off, what is there is taken: the rest is grey or black. Raises Refused.
    """
    for cut in (False, True):
        ImageFile.LOAD_TRUNCATED_IMAGES = cut
        file.seek(0)
        image = open_picture(file)
        try:
            with reading():
                many = pages(image)
                if not 0 <= page < max(1, many):
                    raise EOFError
                if many > 1:
                    image.seek(page)
                return work(image), many, cut
        except Refused as refused:
            told = str(refused.__cause__ or "")
            if cut or image.format not in _SHOWN_IN_PART or not any(each in told for each in _CUT_OFF):
                raise
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    raise AssertionError


@contextmanager
def reading() -> Iterator[None]:
    """What Pillow's readers raise for bad files becomes Refused `damaged`."""
    try:
        yield
    except MemoryError:
        raise
    except _BAD_FILE as error:
        raise Refused("damaged") from error


def upright(image: Image.Image) -> Image.Image:
    """The whole picture, turned as its file asks for."""
    full = image.size
    image.load()
    # TIFF turns itself while loading; its tag is gone afterwards.
    turn = None if image.size == full[::-1] != full else _UPRIGHT.get(_orientation(image))
    return image if turn is None else image.transpose(turn)


def open_picture(file: BinaryIO) -> Image.Image:
    """The picture in `file`, its pixels not decoded yet. Raises Refused."""
    # Our own limit below, by format, replaces Pillow's warning.
    Image.MAX_IMAGE_PIXELS = None
    heic = sniff(file.read(HEAD)) == "image/heic"
    if heic and file.seek(0, io.SEEK_END) > MAX_HEIC:
        raise Refused("too-big")
    file.seek(0)
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


def head(file: BinaryIO) -> bytes:
    """The first bytes of a file."""
    file.seek(0)
    return file.read(HEAD)


def pages(image: Image.Image) -> int:
    """How many pictures one after the other a file holds: pages, frames of an animation."""
    return min(int(getattr(image, "n_frames", 1)), wire.MAX_PAGES)


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


def warm(*, heic: bool) -> None:
    """Load the codecs while files can still be opened."""
    Image.preinit()
    if heic:
        import pi_heif

        # What else a file may hold beside its picture is not wanted.
        pi_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"):
        sample = io.BytesIO()
        # Compressed TIFF goes through another library than plain TIFF; the other formats ignore the word.
        Image.new("RGB", (8, 8)).save(sample, kind, compression="tiff_lzw")
        sample.seek(0)
        _decode(open_picture(sample), 4)
