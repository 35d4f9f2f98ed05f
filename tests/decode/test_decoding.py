"""Good files come back as what they show."""

from __future__ import annotations

import numpy as np
import pytest

from cairn.decode.host import DecodeHost, Pixels
from cairn.errors import InputError, IntegrityError
from decode import files

RED, BLUE = (255, 0, 0), (0, 0, 255)


def near(pixels: Pixels, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    column, row = int(x * (pixels.width - 1)), int(y * (pixels.height - 1))
    at = (row * pixels.width + column) * 4
    return all(abs(a - b) < 12 for a, b in zip(pixels.rgba[at : at + 3], colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [("JPEG", "RGB", {}), ("JPEG", "CMYK", {}), ("JPEG", "RGB", {"progressive": True}), ("PNG", "RGB", {}),
     ("PNG", "RGBA", {}), ("PNG", "P", {}), ("GIF", "RGB", {}), ("BMP", "RGB", {}), ("TIFF", "RGB", {}),
     ("TIFF", "RGB", {"compression": "tiff_lzw"}), ("TIFF", "RGB", {"compression": "tiff_adobe_deflate"}),
     ("TIFF", "RGB", {"compression": "jpeg"}), ("WEBP", "RGB", {}), ("WEBP", "RGB", {"lossless": True})],
)  # fmt: skip
def test_picture(host: DecodeHost, kind: str, mode: str, options: dict[str, object]) -> None:
    pixels = host.picture(files.picture(kind, mode=mode, **options), max_px=120)
    assert (pixels.width, pixels.height) == (120, 80)
    assert (pixels.full_width, pixels.full_height) == (300, 200)
    assert len(pixels.rgba) == 120 * 80 * 4
    assert near(pixels, 0.1, 0.5, RED) and near(pixels, 0.9, 0.5, BLUE)


def test_small_picture_is_not_enlarged_and_a_grey_one_is_shown(host: DecodeHost) -> None:
    pixels = host.picture(files.picture("PNG", (7, 5), mode="L"), max_px=4000)
    assert (pixels.width, pixels.height) == (7, 5)
    deep = host.picture(files.picture("PNG", (8, 4), mode="I;16"), max_px=8)
    assert deep.width == 8


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.1, 0.5)), (2, (0.9, 0.5)), (3, (0.9, 0.5)), (4, (0.1, 0.5)), (5, (0.5, 0.1)), (6, (0.5, 0.1)),
     (7, (0.5, 0.9)), (8, (0.5, 0.9))],
)  # fmt: skip
def test_picture_stands_upright(
    host: DecodeHost, kind: str, orientation: int, red_at: tuple[float, float]
) -> None:
    pixels = host.picture(files.turned(orientation, kind), max_px=90)
    upright = (60, 90) if orientation >= 5 else (90, 60)
    assert (pixels.width, pixels.height) == upright
    assert (pixels.full_width > pixels.full_height) == (upright[0] > upright[1])
    assert near(pixels, *red_at, RED)
    assert near(pixels, 1 - red_at[0], 1 - red_at[1], BLUE)


def test_first_frame_of_an_animation(host: DecodeHost) -> None:
    assert near(host.picture(files.animated(), max_px=20), 0.5, 0.5, (0, 255, 0))


def test_pdf_pages(host: DecodeHost) -> None:
    document = files.pages(9)
    assert host.pdf_pages(document) == 9
    for index in (0, 8, 4):
        page = host.pdf_page(document, index, width_px=400)
        assert abs(page.width - 400) <= 1 and abs(page.height - 200) <= 1
        assert (page.full_width, page.full_height) == (200, 100)
        bar = (index + 1) / 10
        assert near(page, bar - 0.05, 0.5, (0, 0, 0)) and near(page, bar + 0.05, 0.5, (255, 255, 255))
    assert len(host.pids) == 1


@pytest.mark.parametrize(
    ("kind", "subtype", "loss"),
    [("WAV", "PCM_16", 2), ("WAV", "PCM_24", 2), ("WAV", "FLOAT", 2), ("FLAC", "PCM_16", 2),
     ("AIFF", "PCM_16", 2), ("OGG", "VORBIS", 3000), ("OGG", "OPUS", 3000), ("MP3", "MPEG_LAYER_III", 3000)],
)  # fmt: skip
@pytest.mark.parametrize("channels", [1, 2])
def test_sound(host: DecodeHost, kind: str, subtype: str, loss: int, channels: int) -> None:
    data = files.sound(kind, subtype, channels=channels)
    info = host.sound(data)
    assert (info.rate, info.channels, info.frames) == (48000, channels, 48000)
    wanted = (files.tone(48000, channels) * 32767).astype(int)
    for start in (24000, 0, 4800):
        block = np.frombuffer(host.sound_block(data, start, 4800), "<i2").reshape(-1, channels)
        assert len(block) == 4800
        assert np.abs(block.astype(int) - wanted[start : start + 4800])[500:].max() <= loss
    assert host.sound_block(data, 48000, 100) == b""
    assert host.sound_block(data, 1 << 40, 100) == b""


def test_six_channels_become_one(host: DecodeHost) -> None:
    data = files.sound("WAV", "PCM_16", channels=6)
    assert host.sound(data).channels == 1
    block = np.frombuffer(host.sound_block(data, 0, 4800), "<i2").astype(int)
    wanted = (files.tone(4800, 6).mean(axis=1) * 32767).astype(int)
    assert np.abs(block - wanted).max() <= 2


KOREAN = "1998년 겨울에 두만강을 건넜습니다.\r\n국경에서 어머니와 헤어졌습니다."
CHINESE = "一九九八年冬天我们过了江，在边境的村子里住了三个月。"
FRENCH = "Elle a été arrêtée près de la frontière à l'été 1998."


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [(KOREAN, "utf-8", "utf-8"), (KOREAN, "utf-8-sig", "utf-8"), (KOREAN, "utf-16", "utf-16-le"),
     (KOREAN, "utf-16-be", "utf-16-be"), (KOREAN, "cp949", "cp949"), (CHINESE, "gb18030", "gb18030"),
     (CHINESE, "utf-8", "utf-8"), (FRENCH, "cp1252", "cp1252"), (FRENCH, "utf-16-le", "utf-16-le"),
     ("𐀀 plain", "utf-8", "utf-8"), ("", "utf-8", "utf-8")],
)  # fmt: skip
def test_text(host: DecodeHost, text: str, encoding: str, named: str) -> None:
    shown = host.text(text.encode(encoding))
    assert shown.text == text.replace("\r\n", "\n")
    assert (shown.encoding, shown.shortened) == (named, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
@pytest.mark.parametrize("limit", [41, 42, 43])
def test_text_is_cut_between_characters(host: DecodeHost, encoding: str, limit: int) -> None:
    shown = host.text(KOREAN.encode(encoding), limit=limit)
    assert shown.shortened
    assert shown.text and KOREAN.replace("\r\n", "\n").startswith(shown.text)


def test_control_characters_are_not_passed_on(host: DecodeHost) -> None:
    assert host.text(b"a\x1b[31mred\x07\tb\r\nc\rd").text == "a\ufffd[31mred\ufffd\tb\nc\nd"


class Broken:
    size = 100_000

    def read_at(self, offset: int, length: int, /) -> bytes:
        raise IntegrityError("crypto.file-altered")


def test_an_altered_file_says_so_and_not_that_it_is_damaged(host: DecodeHost) -> None:
    with pytest.raises(IntegrityError, match="crypto.file-altered"):
        host.text(Broken())
    assert host.pids == []


class Unplugged:
    size = 100_000

    def read_at(self, offset: int, length: int, /) -> bytes:
        raise OSError(5, "gone")


def test_a_failing_disk_is_the_machines_fault(host: DecodeHost) -> None:
    from cairn.errors import MachineError

    with pytest.raises(MachineError, match="machine.disk-failing"):
        host.text(Unplugged())


def test_each_file_has_a_child_of_its_own_and_few_remain(host: DecodeHost) -> None:
    texts = [b"one", b"two", b"three", b"four", b"five"]
    seen: set[int] = set()
    for text in texts:
        assert host.text(text).text == text.decode()
        assert len(host.pids) <= 3
        seen |= set(host.pids)
    assert len(seen) == 5
    host.release(texts[-1])
    assert len(host.pids) == 2


def test_a_closed_host_refuses(host: DecodeHost) -> None:
    host.text(b"one")
    host.close()
    assert host.pids == []
    with pytest.raises(InputError, match="decode.closed"):
        host.text(b"one")
    host.close()


@pytest.mark.parametrize(
    ("kind", "subtype"), [("MP3", "MPEG_LAYER_III"), ("OGG", "OPUS"), ("FLAC", "PCM_16")]
)
def test_blocks_in_a_row_have_no_gap(host: DecodeHost, kind: str, subtype: str) -> None:
    data = files.sound(kind, subtype)
    blocks = b"".join(host.sound_block(data, start, 960) for start in range(9600, 19200, 960))
    wanted = (files.tone() * 32767).astype(int)[9600:19200, 0]
    assert np.abs(np.frombuffer(blocks, "<i2").astype(int) - wanted).max() <= 3000
