"""The generated practice files are what their endings say, by independent readers."""

from __future__ import annotations

import io
import wave

import pypdfium2
from PIL import Image

from cairn.app.program import practice_files


def test_the_picture_is_a_png() -> None:
    with Image.open(io.BytesIO(practice_files.picture(4))) as image:
        image.load()
        assert image.format == "PNG" and image.size == (practice_files.SIDE, practice_files.SIDE)
        assert len(set(image.get_flattened_data())) > 20


def test_the_sound_is_a_wav() -> None:
    with wave.open(io.BytesIO(practice_files.sound(30))) as sound:
        assert sound.getframerate() == practice_files.RATE and sound.getnframes() == 2 * practice_files.RATE


def test_the_page_is_a_pdf() -> None:
    document = pypdfium2.PdfDocument(practice_files.page("Practice (page)"))
    text = document[0].get_textpage()
    assert "Practice" in text.get_text_range()
    text.close()
    document.close()
