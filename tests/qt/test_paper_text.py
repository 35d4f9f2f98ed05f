"""What is copied out of the PDF is what was told: looked at with two readers, in each font that a system may have."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview
from cairn.model.time.understanding import understood
from cairn.qt.base.language import set_language
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.reading.paper import Paper

TOLD = {
    "en": "They came at 5:45 (maybe 6:00), 12-14 of them. “Run,” she said – 0123456789. The office had waffles; 3.5 km/h.",
    "ko": "2009년 12월 3일 5:45쯤(아마 6:00) 12-14명이 왔어요. “뛰어,” 하고 말했죠 – 0123456789. 日本 一金立 3.5km, 010-1234-5678.",
}


def by_poppler(pdf: bytes, folder: Path) -> str:
    (folder / "page.pdf").write_bytes(pdf)
    asked = ["pdftotext", "-enc", "UTF-8", str(folder / "page.pdf"), "-"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def by_pdfium(pdf: bytes, _folder: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


READERS = [
    pytest.param(
        by_poppler,
        marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not here"),
    ),
    pytest.param(by_pdfium),
]


@pytest.fixture
def font(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    """The window's font is one family alone, as on a system that has no other."""
    family = str(request.param)
    if family and family not in QFontDatabase.families():
        pytest.skip(f"{family} is not here")
    return family


@pytest.mark.parametrize("font", ["", "Noto Sans CJK KR", "DejaVu Sans"], indirect=True)
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("language", sorted(TOLD))
def test_what_was_told_is_copied_as_it_was_told(
    field: Session,
    qapp: QApplication,
    tmp_path: Path,
    language: str,
    read: Callable[[bytes, Path], str],
    font: str,
) -> None:
    set_language(qapp, language)
    theme().apply(qapp, mode="light", scale=100)
    if font:
        before = qapp.font()
        alone = qapp.font()
        alone.setFamilies([font])
        qapp.setFont(alone)
    try:
        made = interviews.create(field, title="W-017")
        body = Interview(title="W-017", date=understood("14 March 2031").told, account=TOLD[language])
        interviews.save_draft(field, made, Draft(base=None, body=msgspec.Raw(msgspec.json.encode(body))))
        interviews.save_version(field, made)
        text = read(Paper(interviews.load(field, made), []).pdf(), tmp_path)
    finally:
        if font:
            qapp.setFont(before)
    copied = " ".join(text.split())
    assert TOLD[language].replace(" ", "") in copied.replace(" ", "")
    assert "14 March 2031" in copied
