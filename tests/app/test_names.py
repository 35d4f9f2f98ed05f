"""Names that are no UTF-8: shown as they were meant, kept beside, found again on the disk."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from cairn import paths
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.model.kinds.attachment import Attachment

NAMES = {
    "증언 녹음.txt": "cp949",
    "свидетель.txt": "cp1251",
    "証言の記録.txt": "cp932",
    "证人的话.txt": "gb18030",
    "été à la rivière.txt": "cp1252",
}


@pytest.mark.parametrize("name", list(NAMES))
def test_a_name_is_shown_as_it_was_meant(name: str) -> None:
    given = name.encode(NAMES[name]).decode("utf-8", "surrogateescape")
    assert given != name and paths.readable_name(given) == name and paths.safe_name(given) == name
    assert paths.raw_name(given) == name.encode(NAMES[name])
    assert paths.readable_name(name) == name and paths.raw_name(name) == b""


def test_what_no_encoding_explains_is_readable_all_the_same() -> None:
    assert paths.readable_name("a\udcff\udc80b") == "a%FF%80b"
    assert paths.readable_name("half \ud800 pair") == "half \ufffd pair"
    paths.safe_name("\udcff" * 300).encode("utf-8")


def test_the_bytes_of_the_name_are_kept_beside(field: Session) -> None:
    made = interviews.create(field, title="W-017")
    given = "증언.txt".encode("cp949").decode("utf-8", "surrogateescape")
    file = files.attach(field, made, io.BytesIO(b"words"), given)
    assert file.name == "증언.txt"
    with field.store.read() as rows:
        body = revising.need(rows, file.id, "attachment").body
    assert isinstance(body, Attachment)
    assert (body.name, bytes.fromhex(body.name_bytes)) == ("증언.txt", "증언.txt".encode("cp949"))
    # Another name may be there so that this one is not told: its bytes don't go along.
    files.rename(field, file.id, "statement.txt")
    with field.store.read() as rows:
        body = revising.need(rows, file.id, "attachment").body
    assert isinstance(body, Attachment) and (body.name, body.name_bytes) == ("statement.txt", "")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_file_that_a_dialog_names_with_replacement_characters_is_found(tmp_path: Path) -> None:
    raw = "증언.txt".encode("cp949")
    there = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
    there.write_bytes(b"words")
    named = tmp_path / raw.decode("utf-8", "replace")
    assert not named.exists() and paths.as_on_disk(named) == there
    assert paths.as_on_disk(tmp_path / "gone \ufffd.txt") == tmp_path / "gone \ufffd.txt"
    assert paths.local_path(paths.local_address(str(there))) == str(there)
