"""Copies of documents without who made them: looked at by other programs than ours, and refused where it would be half."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import docx
import pytest
from lxml import etree

from cairn.decode import wire
from cairn.decode.bare_pictures import bare
from cairn.decode.host import DecodeHost
from cairn.decode.office import MAX_PART, Office
from cairn.decode.refusal import Refused
from cairn.errors import InputError
from decode import files
from decode.test_tells import gps

MARK = "Planted"
"""Stands wherever a copy must hold nothing."""
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def rels(*found: tuple[str, str, str], outside: tuple[str, ...] = ()) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if key in outside else "")
        + "/>"
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{PACK}">{lines}</Relationships>'


def types(*parts: str) -> str:
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="x/{MARK if "comment" in part else "y"}"/>'
        for part in parts
    )
    return f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'


def word() -> bytes:
    """As a word processor makes it, with everything planted that a copy must lose."""
    made = docx.Document()
    about = made.core_properties
    about.author = about.last_modified_by = about.title = about.comments = about.keywords = MARK
    made.add_paragraph("stays")
    made.add_picture(io.BytesIO(gps()))
    out = io.BytesIO()
    made.save(out)
    parts: dict[str, str | bytes] = dict(unpacked(out.getvalue()))
    body = parts["word/document.xml"].decode()  # type: ignore[union-attr]
    told = (
        f'<w:p w:rsidR="00{MARK}"><w:commentRangeStart w:id="0"/><w:ins w:id="1" w:author="{MARK}" w:date="2026-03-14T10:00:00Z">'
        f'<w:r><w:t>inserted</w:t></w:r></w:ins><w:del w:id="2" w:author="{MARK}"><w:r><w:delText>{MARK} deleted</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3" w:author="{MARK}"><w:r><w:t>{MARK} moved</w:t></w:r></w:moveFrom>'
        f'<w:moveTo w:id="4" w:author="{MARK}"><w:r><w:t> moved here</w:t></w:r></w:moveTo>'
        f'<w:r><w:rPr><w:b/><w:rPrChange w:id="5" w:author="{MARK}"><w:rPr/></w:rPrChange></w:rPr><w:t> bold</w:t></w:r>'
        f'<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        f'<w:tbl><w:tr><w:trPr><w:del w:id="6" w:author="{MARK}"/></w:trPr><w:tc><w:p><w:r><w:t>{MARK} row</w:t></w:r></w:p></w:tc></w:tr>'
        f'<w:tr><w:trPr><w:ins w:id="7" w:author="{MARK}"/></w:trPr><w:tc><w:p><w:r><w:t>a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )
    parts["word/document.xml"] = body.replace("<w:sectPr", f"<!-- {MARK} -->{told}<w:sectPr", 1)
    own = parts["word/_rels/document.xml.rels"].decode()  # type: ignore[union-attr]
    more = (
        f'<Relationship Id="rC" Type="{REL}/comments" Target="comments.xml"/>'
        f'<Relationship Id="rP" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/>'
        f'<Relationship Id="rX" Type="{REL}/customXml" Target="../customXml/item9.xml"/>'
        f'<Relationship Id="rH" Type="{REL}/hyperlink" Target="file:///C:/Users/{MARK}/x.doc" TargetMode="External"/>'
        f'<Relationship Id="rW" Type="{REL}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    parts["word/_rels/document.xml.rels"] = own.replace("</Relationships>", more + "</Relationships>")
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{MARK}"><w:p/></w:comment></w:comments>'
    )
    parts["word/people.xml"] = f'<p author="{MARK}"/>'
    parts["customXml/item9.xml"] = f"<a>{MARK}</a>"
    parts["word/left-over.xml"] = f"<a>{MARK}</a>"
    settings = parts["word/settings.xml"].decode()  # type: ignore[union-attr]
    parts["word/settings.xml"] = re.sub(
        "</w:settings>",
        f'<w:attachedTemplate r:id="rT" xmlns:r="{REL}"/><w:docVars><w:docVar w:name="a" w:val="{MARK}"/></w:docVars>'
        f'<w:rsids><w:rsid w:val="00AA"/></w:rsids></w:settings>',
        settings,
    )
    parts["word/_rels/settings.xml.rels"] = rels(
        ("rT", "attachedTemplate", f"file:///C:/Users/{MARK}/t.dotx"), outside=("rT",)
    )
    kinds = parts["[Content_Types].xml"].decode()  # type: ignore[union-attr]
    parts["[Content_Types].xml"] = kinds.replace(
        "</Types>", f'<Override PartName="/word/comments.xml" ContentType="{MARK}"/></Types>'
    )
    return packed(parts)


SHEET = f'<worksheet xmlns="{S}" xmlns:r="{REL}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>stays</t></is></c></row></sheetData>'


def workbook() -> bytes:
    return packed({
        "[Content_Types].xml": types("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml", "docProps/app.xml"),
        "_rels/.rels": rels(("a", "officeDocument", "xl/workbook.xml"), ("b", "extended-properties", "docProps/app.xml")),
        "docProps/app.xml": f"<Properties><Company>{MARK}</Company></Properties>",
        "docProps/thumbnail.jpeg": files.picture("JPEG"),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{REL}"><fileSharing userName="{MARK}"/>'
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\{MARK}\\" xmlns:x15ac="x"/></mc:Choice></mc:AlternateContent>'
        '<sheets><sheet name="One" sheetId="1" r:id="s1"/><sheet name="Two" sheetId="2" state="hidden" r:id="s2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(
            ("s1", "worksheet", "worksheets/sheet1.xml"), ("s2", "worksheet", "/xl/worksheets/sheet2.xml"), ("p", "person", "persons/person.xml"),
        ),
        "xl/persons/person.xml": f'<personList displayName="{MARK}"/>',
        "xl/worksheets/sheet1.xml": SHEET + '<pageSetup r:id="p1"/><legacyDrawing r:id="v1"/></worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("c1", "comments", "../comments1.xml"), ("v1", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("p1", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ),
        "xl/worksheets/sheet2.xml": SHEET + "</worksheet>",
        "xl/comments1.xml": f"<comments><authors><author>{MARK}</author></authors></comments>",
        "xl/drawings/vmlDrawing1.vml": f"<xml><x>{MARK}</x></xml>",
        "xl/printerSettings/printerSettings1.bin": MARK.encode("utf-16-le"),
    })  # fmt: skip


def slides() -> bytes:
    return packed({
        "[Content_Types].xml": types("ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/commentAuthors.xml"),
        "_rels/.rels": rels(("a", "officeDocument", "ppt/presentation.xml"), ("t", "thumbnail", "docProps/thumbnail.jpeg")),
        "docProps/thumbnail.jpeg": files.picture("JPEG"),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{REL}"><p:sldIdLst><p:sldId id="256" r:id="s"/></p:sldIdLst><p:custDataLst><p:tags r:id="t"/></p:custDataLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(("s", "slide", "slides/slide1.xml"), ("u", "commentAuthors", "commentAuthors.xml"), ("t", "tags", "tags/tag1.xml")),
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{P}"><p:cmAuthor name="{MARK}"/></p:cmAuthorLst>',
        "ppt/tags/tag1.xml": f'<p:tagLst xmlns:p="{P}"><p:tag name="A" val="{MARK}"/></p:tagLst>',
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="a" xmlns:r="{REL}"><a:p><a:r><a:t>stays</a:t></a:r></a:p><a:blip r:embed="i"/></p:sld>',
        "ppt/slides/_rels/slide1.xml.rels": rels(("c", "comments", "../comments/comment1.xml"), ("i", "image", "../media/image1.png")),
        "ppt/comments/comment1.xml": f"<c>{MARK}</c>",
        "ppt/media/image1.png": files.picture("PNG")[:-12] + chunk(b"tEXt", b"Author\0" + MARK.encode()) + chunk(b"IEND", b""),
    })  # fmt: skip


def chunk(kind: bytes, body: bytes) -> bytes:
    import zlib

    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


O = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(kind: str = "text") -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    listed = ("/", "content.xml", "meta.xml", "settings.xml", "Thumbnails/thumbnail.png", "Pictures/a.jpg")
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type=""/>' for name in listed)
    return packed({
        "mimetype": media,
        "content.xml": f'<office:document-content xmlns:office="{O}office:1.0" xmlns:text="{O}text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:officeooo="http://openoffice.org/2009/office">'
        f'<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>{MARK}</dc:creator></office:change-info><text:p>{MARK} deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        f'<text:p officeooo:rsid="00{MARK}">sta<text:change text:change-id="a"/>ys<office:annotation><dc:creator>{MARK}</dc:creator><text:p>{MARK}</text:p></office:annotation> on</text:p></office:document-content>',
        "meta.xml": f"<m><creator>{MARK}</creator></m>",
        "settings.xml": f'<s xmlns:config="{O}config:1.0"><config:config-item config:name="PrinterName">{MARK}</config:config-item><config:config-item config:name="Zoom">100</config:config-item></s>',
        "Thumbnails/thumbnail.png": files.picture("PNG"),
        "Pictures/a.jpg": gps(),
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{O}manifest:1.0">{entries}</m:manifest>',
        "META-INF/documentsignatures.xml": f"<s>{MARK}</s>",
        "hidden.xml": f"<s>{MARK}</s>",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("made", "ending"),
    [
        (word, "docx"),
        (workbook, "xlsx"),
        (slides, "pptx"),
        (odt, "odt"),
        (lambda: odt("spreadsheet"), "ods"),
        (lambda: odt("presentation"), "odp"),
    ],
    ids=["docx", "xlsx", "pptx", "odt", "ods", "odp"],
)
def test_a_copy_holds_the_pages_and_nothing_of_who_made_them(host: DecodeHost, made, ending: str) -> None:  # type: ignore[no-untyped-def]
    data = made()
    planted = b"".join(unpacked(data).values())
    assert MARK.encode() in planted and host.tells(data)
    copy, kind = host.office_copy(data)
    assert kind == ending and host.tells(copy) == ()
    parts = unpacked(copy)
    for name, part in parts.items():
        assert MARK.encode() not in part and MARK.encode("utf-16-le") not in part and MARK not in name, name
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(part)
    text = host.document_text(copy).text
    assert "stays" in text
    with zipfile.ZipFile(io.BytesIO(copy)) as whole:
        assert {info.date_time for info in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not whole.comment and not any(info.extra or info.comment for info in whole.infolist())
    again = bytes(bytearray(copy))  # a child serves one file, and looks at it in one way
    assert host.office_copy(again)[0] == copy, "there is nothing more to take out"


@pytest.mark.parametrize("made", [word, workbook, slides], ids=["docx", "xlsx", "pptx"])
def test_every_part_that_is_named_is_there(host: DecodeHost, made) -> None:  # type: ignore[no-untyped-def]
    """What a word processor looks for when it opens a package: else it says that the file is broken."""
    parts = unpacked(host.office_copy(made())[0])
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        source = name.replace("_rels/", "").removesuffix(".rels")
        ids = set()
        for each in etree.fromstring(data):
            ids.add(each.get("Id"))
            if each.get("TargetMode") != "External":
                target = each.get("Target")
                whole = target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                while "../" in whole:
                    whole = re.sub(r"[^/]+/\.\./", "", whole, count=1)
                assert whole in parts, (name, target)
        if source in parts:
            used = {value for each in etree.fromstring(parts[source]).iter("{*}*") for key, value in each.attrib.items() if key.startswith("{" + REL)}  # fmt: skip
            assert used <= ids, source
    listed = {each.get("PartName", "/")[1:] for each in etree.fromstring(parts["[Content_Types].xml"])} - {""}
    assert listed <= set(parts)


def test_tracked_changes_are_accepted_and_links_to_pages_stay(host: DecodeHost) -> None:
    copy, _ = host.office_copy(word())
    opened = docx.Document(io.BytesIO(copy))
    texts = [each.text for each in opened.paragraphs]
    assert "stays" in texts and "inserted moved here bold" in texts
    assert [cell.text for row in opened.tables[0].rows for cell in row.cells] == ["a cell"]
    assert opened.core_properties.author != MARK and len(opened.inline_shapes) == 1
    outside = unpacked(copy)["word/_rels/document.xml.rels"].decode()
    assert "https://example.org/" in outside and "about:blank" in outside and "file:" not in outside


def test_hidden_sheets_are_shown(host: DecodeHost) -> None:
    book = unpacked(host.office_copy(workbook())[0])["xl/workbook.xml"].decode()
    assert 'name="Two"' in book and "hidden" not in book


PATH = f"file:///C:/Users/{MARK}/a.png"


def changed(data: bytes, name: str, before: str, more: str) -> bytes:
    """The same document with something put into one of its parts."""
    parts = unpacked(data)
    text = parts[name].decode()
    assert before in text
    return packed({**parts, name: text.replace(before, more + before, 1)})


def field(command: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in (command[:9], command[9:]))
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


@pytest.mark.parametrize(
    "told",
    [
        field(f' INCLUDEPICTURE "{PATH}" \\d '),
        field(f' HYPERLINK "\\\\{MARK}-PC\\share" '),
        field(f' LINK Excel.Sheet "C:\\\\Users\\\\{MARK}\\\\a.xlsx" '),
        field(f' INCLUDEPICTURE "https://{MARK}.example/a.png" \\* MERGEFORMATINET '),
        f'<w:p><w:fldSimple w:instr=" INCLUDETEXT {MARK}.docx "><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>',
        f'<w:p><w:r><w:t>shown</w:t><w:pict><v:shape xmlns:v="v" alt="{PATH}"><v:imagedata xmlns:o="o" o:title="{MARK}" o:href="{PATH}"/></v:shape></w:pict></w:r></w:p>',
        f'<w:p><w:r><w:t>shown</w:t><a:cNvPr xmlns:a="a" id="1" name="{MARK}.JPG" descr="C:\\{MARK}\\b.png"/></w:r></w:p>',
    ],
)  # fmt: skip
def test_no_path_to_a_file_leaves_in_a_field_or_beside_a_picture(host: DecodeHost, told: str) -> None:
    copy, _ = host.office_copy(changed(word(), "word/document.xml", "<w:sectPr", told))
    assert MARK.encode() not in b"".join(unpacked(copy).values())
    assert "shown" in [each.text for each in docx.Document(io.BytesIO(copy)).paragraphs] or "shown" in host.document_text(bytes(bytearray(copy))).text  # fmt: skip


def test_fields_that_name_no_file_stay(host: DecodeHost) -> None:
    told = field(' HYPERLINK "https://example.org/a:b/" \\h ') + field(' TOC \\o "1-3" \\h \\z ')
    part = unpacked(host.office_copy(changed(word(), "word/document.xml", "<w:sectPr", told))[0])[
        "word/document.xml"
    ]
    assert b"1-3" in part and part.count(b"fldChar ") == 6


def test_hidden_words_rows_and_slides_are_shown(host: DecodeHost) -> None:
    told = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    part = unpacked(host.office_copy(changed(word(), "word/document.xml", "<w:sectPr", told))[0])[
        "word/document.xml"
    ]
    assert b"hidden" in part and b"vanish" not in part
    one = unpacked(workbook())
    one["xl/worksheets/sheet1.xml"] = one["xl/worksheets/sheet1.xml"].replace(
        b'<row r="1">', b'<row r="1" hidden="1">'
    )
    assert b"hidden" not in unpacked(host.office_copy(packed(dict(one)))[0])["xl/worksheets/sheet1.xml"]


def test_what_a_workbook_keeps_of_who_worked_on_it_goes(host: DecodeHost) -> None:
    told = (
        f'<customWorkbookViews><customWorkbookView name="{MARK} - Personal View"/></customWorkbookViews>'
        f'<webPublishItems><webPublishItem destinationFile="C:\\{MARK}.htm"/></webPublishItems>'
    )
    data = changed(workbook(), "xl/workbook.xml", "<sheets>", told)
    told = f'<protectedRanges><protectedRange securityDescriptor="{MARK}"/></protectedRanges><scenarios><scenario user="{MARK}"/></scenarios>'
    data = changed(data, "xl/worksheets/sheet1.xml", "<pageSetup", told)
    assert MARK.encode() not in b"".join(unpacked(host.office_copy(data)[0]).values())
    tasks = unpacked(word())
    own = tasks["word/_rels/document.xml.rels"].decode()
    more = f'<Relationship Id="rD" Type="{REL}/documenttasks" Target="documenttasks/documenttasks1.xml"/></Relationships>'
    tasks["word/_rels/document.xml.rels"] = own.replace("</Relationships>", more).encode()
    tasks["word/documenttasks/documenttasks1.xml"] = f'<t userName="{MARK}"/>'.encode()
    assert MARK.encode() not in b"".join(unpacked(host.office_copy(packed(dict(tasks)))[0]).values())


@pytest.mark.parametrize(
    "told",
    [
        f'<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///home/{MARK}/a.odt">shown</text:a>',
        f'<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="../{MARK}/a.odt">shown</text:a>',
        f'<draw:image xmlns:draw="d" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://{MARK}/a.png"/>',
        f'<draw:image xmlns:draw="d" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="/C:/Users/{MARK}/a.png"/>',
    ],
)
def test_no_path_to_a_file_leaves_in_an_open_document(host: DecodeHost, told: str) -> None:
    data = changed(odt(), "content.xml", "</office:document-content>", f"<text:p>{told}</text:p>")
    copy, _ = host.office_copy(data)
    assert MARK.encode() not in b"".join(unpacked(copy).values())


def test_links_to_pages_and_to_pictures_inside_stay_in_an_open_document(host: DecodeHost) -> None:
    wanted = ("https://example.org/", "#here", "Pictures/a.png", "./Pictures/a.png")
    told = "".join(f'<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{each}">x</text:a>' for each in wanted)  # fmt: skip
    data = changed(odt(), "content.xml", "</office:document-content>", f"<text:p>{told}</text:p>")
    part = unpacked(host.office_copy(data)[0])["content.xml"].decode()
    assert all(f'href="{each}"' in part for each in wanted)


def with_part(name: str, data: str | bytes = b"x") -> bytes:
    return packed({**unpacked(word()), name: data})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: with_part("word/embeddings/oleObject1.bin"), "decode.holds-more"),
        (lambda: with_part("word/vbaProject.bin"), "decode.holds-more"),
        (lambda: with_part("xl/pivotCache/pivotCacheRecords1.xml"), "decode.holds-more"),
        (lambda: changed(odt(), "content.xml", "</office:document-content>", "<text:p text:formula=\"of:=['file:///a.ods'#$A.A1]\"/>"), "decode.holds-more"),
        (lambda: with_part("word/media/IMAGE1.JPG"), "decode.damaged"),
        (lambda: packed({**unpacked(word()), "word/media/image1.jpg": b"RIFF1234WEBPVP8 "}), "decode.holds-more"),
        (lambda: packed({**unpacked(word()), "word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "decode.damaged"),
        (lambda: packed({**unpacked(word()), "word/document.xml": "<a><b></a>"}), "decode.damaged"),
        (lambda: packed({**unpacked(word()), "word/document.xml": b"<a>" + b" " * (MAX_PART + 1) + b"</a>"}), "decode.too-big"),
        (lambda: packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "decode.damaged"),
        (lambda: packed({"word/document.xml": "<a/>", "_rels/.rels": rels(("a", "officeDocument", "../../etc/passwd"))}), "decode.damaged"),
        (lambda: packed({"other.xml": "<a/>"}), "decode.unsupported"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "decode.unsupported"),
    ],
)  # fmt: skip
def test_what_can_not_be_made_clean_is_refused_and_said(host: DecodeHost, data, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as caught:
        host.office_copy(data())
    assert caught.value.code == code


def test_a_bomb_is_refused_whatever_its_head_claims(host: DecodeHost) -> None:
    bomb = bytearray(packed({**unpacked(word()), "word/document.xml": b"<a>" + b" " * (80 << 20) + b"</a>"}))
    with pytest.raises(InputError) as caught:
        host.office_copy(bytes(bomb))
    assert caught.value.code == "decode.too-big"
    # The same, with a size in its head that is a lie.
    size = struct.pack("<I", (80 << 20) + 7)
    assert bomb.count(size)
    lying = bytes(bomb).replace(size, struct.pack("<I", 9))
    with pytest.raises(InputError) as caught:
        host.office_copy(lying)
    assert caught.value.code in ("decode.too-big", "decode.damaged")


def test_a_locked_one_of_another_program_is_said(host: DecodeHost) -> None:
    parts = unpacked(odt())
    locked = parts["META-INF/manifest.xml"].replace(
        b'm:full-path="content.xml" m:media-type=""/>',
        b'm:full-path="content.xml" m:media-type=""><m:encryption-data/></m:file-entry>',
    )
    with pytest.raises(InputError) as caught:
        host.office_copy(packed({**parts, "META-INF/manifest.xml": locked}))
    assert caught.value.code == "decode.locked"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP"])
def test_pictures_stay_bit_for_bit(kind: str) -> None:
    from PIL import Image

    data = gps(kind) if kind in ("JPEG", "PNG") else files.picture(kind)
    clean = bare(data + b"behind")
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert not after.getexif() and not clean.endswith(b"behind")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\xff\xd8\xff\xda",
        b"\x89PNG\r\n\x1a\n\xff\xff",
        b"GIF89a",
        b"<svg",
        b"RIFF",
    ],
)
def test_a_broken_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        bare(data)


def test_what_says_how_colours_are_meant_stays_and_holds_no_more() -> None:
    from PIL import Image

    data = files.picture("JPEG", mode="CMYK")
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    longer = data[:at] + b"\xff\xee" + struct.pack(">H", 14 + len(MARK)) + data[at + 4 : at + 16] + MARK.encode() + data[at + 16 :]  # fmt: skip
    clean = bare(longer)
    assert MARK.encode() not in clean and b"Adobe" in clean
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    other = b"\xff\xd8\xff\xee" + struct.pack(">H", 2 + len(MARK)) + MARK.encode() + data[2:]
    assert MARK.encode() not in bare(other)


@pytest.mark.parametrize(
    "told",
    [
        "<style>@import 'https://a.example/b.css';</style>",
        "<rect style='fill: url( \"file:///C:/a.png\" )'/>",
        "<rect fill='URL(https://a.example/a.svg#b)'/>",
    ],
)
def test_a_drawing_that_loads_something_is_refused(told: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{told}</svg>'
    with pytest.raises(Refused):
        bare(svg.encode())
    inside = '<svg xmlns="http://www.w3.org/2000/svg"><style>a { fill: url( "#b" ) }</style><rect fill="url(#b)"/></svg>'
    assert bare(inside.encode()).count(b"#b") == 2


def test_a_drawing_loses_what_its_editor_kept() -> None:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:ink" i:export="C:/{MARK}"><!-- {MARK} --><metadata>{MARK}</metadata>'
        f'<i:view>{MARK}</i:view><rect width="3"/></svg>'
    )
    clean = bare(svg.encode())
    assert MARK.encode() not in clean and b"rect" in clean
    with pytest.raises(Refused):
        bare(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,x"/></svg>')


def test_it_runs_without_the_child_too() -> None:
    """The same code, so that what it covers is seen."""
    data = word()
    answer, body = Office(io.BytesIO(data))(wire.Request("office-copy", len(data)))
    assert answer.encoding == "docx" and answer.octets == len(body)
