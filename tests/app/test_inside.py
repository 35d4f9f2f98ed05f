"""The words inside files are found, and go where the file goes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cairn.app.files import files, inside
from cairn.app.interviews import interviews, search
from cairn.app.kernel.session import Session
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.kinds.interview import Interview
from cairn.storage import file_words

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str) -> bytes:
    """A document of Word with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


@pytest.fixture
def made(field: Session) -> str:
    one = interviews.create(field, title="W-1")
    interviews.save_version(field, one, Interview(title="W-1"))
    return one


def found(s: Session, words: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.field) for hit in search.search(s, words)]


def test_words_inside_files_are_found(field: Session, made: str) -> None:
    letter = files.attach(
        field, made, io.BytesIO(docx("The clerk at Maple River", "단풍강 구류장")), "letter.docx"
    )
    files.attach(field, made, io.BytesIO("국경지대의 기록\n".encode("cp949")), "old.txt")
    files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(60)), "face.png")
    files.attach(field, made, io.BytesIO(b"PK\x03\x04 torn"), "torn.docx")
    assert found(field, "mapleriver") == []
    with DecodeHost() as decoder:
        assert inside.read_all(field, decoder) == 2
        assert found(field, "mapleriver") == [("attachment", "inside")]
        assert found(field, "단풍강") == [("attachment", "inside")] == found(field, "국경지대")
        # Once for each: what could not be read is not tried again.
        assert inside.read_all(field, decoder) == 0
    # A new name changes nothing about what is inside; removed, it is no longer found; brought back, it is.
    files.rename(field, letter.id, "letter 2.docx")
    assert found(field, "clerk") == [("attachment", "inside")]
    files.remove(field, letter.id, "she asked")
    assert found(field, "clerk") == []
    files.bring_back(field, letter.id)
    assert found(field, "clerk") == [("attachment", "inside")]


def test_locking_while_they_are_read_leaves_them_to_be_read(field: Session, made: str) -> None:
    files.attach(field, made, io.BytesIO(docx("The clerk at Maple River")), "letter.docx")
    closed = DecodeHost()
    closed.close()
    with pytest.raises(InputError, match=r"decode\.closed"):
        inside.read_all(field, closed)
    with DecodeHost() as decoder:
        assert inside.read_all(field, decoder) == 1
    assert found(field, "clerk") == [("attachment", "inside")]


def test_erasing_removes_them(field: Session, made: str) -> None:
    letter = files.attach(field, made, io.BytesIO(docx("The clerk at Maple River")), "letter.docx")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    interviews.erase(field, made, "asked")
    assert found(field, "clerk") == []
    with field.store.read() as reader:
        assert file_words.of(reader, letter.id, letter.sha256) is None


def test_what_is_erased_while_it_is_read_leaves_nothing(
    field: Session, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = files.attach(field, made, io.BytesIO(docx("The clerk")), "letter.docx")

    def gone(*_: object) -> str:
        interviews.erase(field, made, "asked")
        return "The clerk"

    monkeypatch.setattr(inside, "_words", gone)
    with DecodeHost() as decoder:
        assert inside.read_all(field, decoder) == 0
    with field.store.read() as reader:
        assert file_words.of(reader, letter.id, letter.sha256) is None


def test_words_inside_files_do_not_leave(field: Session, made: str, tmp_path: Path) -> None:
    """They are made here for search: a record's bytes are the same with them and without."""
    letter = files.attach(field, made, io.BytesIO(docx("The clerk")), "letter.docx")
    with field.store.read() as reader:
        before = reader.all("SELECT data FROM revision ORDER BY n")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    with field.store.read() as reader:
        assert reader.all("SELECT data FROM revision ORDER BY n") == before
        assert file_words.of(reader, letter.id, letter.sha256) == "The clerk"
