"""The words of documents: what is there, and nothing loaded, unpacked without end or believed."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from decode import files


def zipped(**members: str) -> bytes:
    """A ZIP of members; `__` in a name is `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def word() -> bytes:
    """A Word document as a word processor makes it: paragraphs, a table, a header."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Letter head"
    made.add_paragraph("첫째 줄")
    table = made.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    made.add_paragraph("after the table")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_word_document(host: DecodeHost) -> None:
    found = host.document_text(word())
    assert found.encoding == "docx" and not found.shortened
    assert [line for line in found.text.split("\n") if line] == [
        "Letter head",
        "첫째 줄",
        "cell 0\tcell 1",
        "cell 2\tcell 3",
        "after the table",
    ]


def test_a_workbook(host: DecodeHost) -> None:
    data = zipped(
        xl__workbook='<workbook><sheets><sheet name="사람"/><sheet name="Places"/></sheets></workbook>',
        xl__sharedStrings="<sst><si><t>이름</t></si><si><r><t>Two </t></r><r><t>runs</t></r></si></sst>",
        xl__worksheets__sheet1='<w><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>3.5</v></c></row></w>',
        xl__worksheets__sheet2='<w><row><c t="inlineStr"><is><t>here</t></is></c><c t="s"><v>99</v></c></row></w>',
    )
    assert host.document_text(data).text == "사람\n이름\tTwo runs\t3.5\n\nPlaces\nhere\t"


def test_slides_open_document_and_hangul(host: DecodeHost) -> None:
    slides = zipped(
        ppt__presentation="<p/>",
        ppt__slides__slide2="<s><p><t>two</t></p></s>",
        ppt__slides__slide1="<s><p><t>one</t></p></s>",
    )
    assert host.document_text(slides).text == "one\n\ntwo"
    assert host.document_text(zipped(content="<o><h>Head</h><p>a<span>b</span></p></o>")).text == "Head\nab"
    assert host.document_text(zipped(Contents__section0="<s><p><run><t>말</t></run></p></s>")).text == "말"


def test_the_words_of_a_pdf(host: DecodeHost) -> None:
    line = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents %d 0 R /Resources " + line + b" >>"
    data = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        page % 4,
        files.content(b"BT /F 9 Tf 5 5 Td (first) Tj ET"),
        page % 6,
        files.content(b"BT /F 9 Tf 5 5 Td (second) Tj ET"),
    )
    assert host.document_text(data).text == "first\fsecond"
    assert host.document_text(data, limit=5).shortened


def test_a_limit_cuts(host: DecodeHost) -> None:
    found = host.document_text(word(), limit=12)
    assert found.shortened and len(found.text) <= 12


def test_no_entity_is_resolved_and_nothing_unpacked_without_end(host: DecodeHost) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    data = zipped(word__document=bomb + "<d><p><t>kept &b;&f;</t></p></d>")
    text = host.document_text(data).text
    assert "boom" not in text and "root" not in text
    huge = zipped(word__document="<d>" + f"<p a='{'x' * 10_000}'/>" * 7000 + "</d>")
    with pytest.raises(InputError, match=r"decode\.too-big"):
        host.document_text(huge)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04" + b"x" * 99, word()[:-300], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)],
)
def test_what_is_no_document_is_refused(host: DecodeHost, data: bytes) -> None:
    with pytest.raises(InputError, match=r"decode\.damaged"):
        host.document_text(data)
    with pytest.raises(InputError, match=r"decode\.unsupported"):
        host.document_text(zipped(other="<a/>"))


WORDS = {
    "cp949": "그날 밤 사람들이 마을을 떠났다. 그는 강가에서 기다렸다고 말했다.",
    "gb18030": "那天晚上人们离开了村庄。他说他在河边等了很久，没有人来。",
    "big5": "那天晚上人們離開了村莊。他說他在河邊等了很久，沒有人來。",
    "cp932": "その夜、人々は村を離れた。彼は川で待っていたと言った。",
    "cp1251": "В ту ночь люди покинули деревню. Он сказал, что ждал у реки.",
    "cp1252": "Cette nuit-là, les gens ont quitté le village, près de la rivière.",
}


@pytest.mark.parametrize("encoding", list(WORDS))
def test_the_encoding_of_a_text_is_found_and_can_be_chosen(host: DecodeHost, encoding: str) -> None:
    words = WORDS[encoding]
    for part in (words, words[:25], words * 50):
        found = host.text(part.encode(encoding))
        assert (found.text, found.encoding) == (part, encoding)
    chosen = host.text(words.encode(encoding), encoding="utf-16-le")
    assert chosen.encoding == "utf-16-le" and chosen.text != words
    assert host.text(words.encode(encoding), encoding=encoding).text == words
