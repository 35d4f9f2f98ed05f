"""What would leave with more than it shows or plays: attachments and recordings alike, and copies without it."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import msgspec
import pytest

from app.shared import refused
from app.sounds import record, tone, wav
from cairn.app.files import copies, files, telling
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.decode.host import DecodeHost
from cairn.model.ids import RootId
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from decode.files import content, pdf
from decode.test_office import with_part, word

VECTORS = Path(__file__).parents[1] / "vectors" / "sound"
TELLS = (VECTORS / "tells.m4a").read_bytes()
STATEMENT = word()
LETTER = pdf(
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
    content(b"0 g 0 0 9 9 re f"),
    b"<< /Author (A Name) >>",
    trailer=b"/Info 5 0 R",
)


@pytest.fixture
def decoder() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made


@pytest.fixture
def made(field: Session) -> RootId:
    return interviews.create(field, title="W-017")


def test_recordings_and_attachments_tell_alike(field: Session, decoder: DecodeHost, made: RootId) -> None:
    sound = recordings.import_sound(field, decoder, made, io.BytesIO(TELLS), "phone.m4a")
    file = files.attach(field, made, io.BytesIO(TELLS), "same.m4a")
    own = record(field, made, 500)
    copy = recordings.listening_copy(field, decoder, sound.id)
    leaving = [(made, one) for one in (sound.id, file.id, own.id, copy.id)]
    known: dict = {}
    found = telling.leaving(field, decoder, leaving, known=known)
    assert [(one.name, one.tells, one.copied) for one in found] == [
        ("phone.m4a", ("place", "words"), True),
        ("same.m4a", ("place", "words"), True),
    ]
    assert found[0].problem("en").values["what"] == "where it was made, names, a title or a comment"
    decoder.close()
    assert telling.leaving(field, decoder, leaving, known=known) == found, "nobody looks twice"


def test_sound_behind_the_length_that_is_known_is_told(
    field: Session, decoder: DecodeHost, made: RootId
) -> None:
    kept = recordings.import_sound(field, decoder, made, io.BytesIO(wav(tone(5000))), "old.wav")
    assert telling.of_record(field, decoder, kept.id) == ()
    with field.store.write() as work:
        head = revising.need(work, kept.id, "recording")
        body = msgspec.structs.replace(head.body, duration=500)
        revising.write(field, work, body, root=made, record=kept.id, parents=[head.sha])
    assert telling.of_record(field, decoder, kept.id) == ("unheard",)


@pytest.mark.parametrize(
    ("data", "name", "ending"), [(LETTER, "letter.pdf", ".pdf"), (TELLS, "phone.m4a", ".opus")]
)
def test_a_copy_holds_the_content_alone(
    field: Session, decoder: DecodeHost, made: RootId, data: bytes, name: str, ending: str
) -> None:
    file = files.attach(field, made, io.BytesIO(data), name)
    assert telling.of_record(field, decoder, file.id)
    copy = copies.plain_copy(field, decoder, file.id)
    assert copy.name == name.rpartition(".")[0] + "-copy" + ending
    assert (copy.of, copy.how) == (file.id, ("metadata-removed",))
    with closing(files.reader(field, copy.id)) as reader:
        assert b"Name" not in reader.read_at(0, reader.size)
    assert telling.of_record(field, decoder, copy.id) == ()


def test_a_copy_that_still_tells_is_thrown_away(
    field: Session, decoder: DecodeHost, made: RootId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a decoder would do it that a hostile file has taken over."""
    file = files.attach(field, made, io.BytesIO(LETTER), "letter.pdf")
    monkeypatch.setattr(DecodeHost, "pdf_copy", lambda _self, _source: LETTER)
    with refused("file.copy-tells"):
        copies.plain_copy(field, decoder, file.id)
    other = files.attach(field, made, io.BytesIO(b"words"), "words.txt")
    with refused("file.no-plain-copy"):
        copies.plain_copy(field, decoder, other.id)
    assert len(interviews.load(field, made).files) == 2


def test_a_copy_of_a_document_holds_its_pages_alone(
    field: Session, decoder: DecodeHost, made: RootId
) -> None:
    file = files.attach(field, made, io.BytesIO(STATEMENT), "statement.docx")
    assert {"person", "comments", "earlier"} <= set(telling.of_record(field, decoder, file.id))
    copy = copies.plain_copy(field, decoder, file.id)
    assert (copy.name, copy.of, copy.how) == ("statement-copy.docx", file.id, ("metadata-removed",))
    assert telling.of_record(field, decoder, copy.id) == ()
    with closing(files.reader(field, copy.id)) as reader:
        opened = docx.Document(io.BytesIO(reader.read_at(0, reader.size)))
    assert "inserted moved here bold" in [each.text for each in opened.paragraphs]
    with closing(files.reader(field, file.id)) as reader:
        assert reader.read_at(0, reader.size) == STATEMENT, "the original is never changed"


def test_a_document_that_can_not_be_made_clean_says_why(
    field: Session, decoder: DecodeHost, made: RootId, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = with_part("word/embeddings/oleObject1.bin")
    file = files.attach(field, made, io.BytesIO(inside), "statement.docx")
    with refused("decode.holds-more"):
        copies.plain_copy(field, decoder, file.id)
    old = files.attach(field, made, io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)), "old.doc")
    with refused("file.no-plain-copy"):
        copies.plain_copy(field, decoder, old.id)
    # As a decoder would do it that a hostile file has taken over.
    other = files.attach(field, made, io.BytesIO(STATEMENT), "other.docx")
    monkeypatch.setattr(DecodeHost, "office_copy", lambda _self, _source: (STATEMENT, "docx"))
    with refused("file.copy-tells"):
        copies.plain_copy(field, decoder, other.id)


def test_any_kind_that_names_bytes_is_looked_at(
    field: Session, decoder: DecodeHost, made: RootId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kind that nobody here knows of brings files, too: what it declares decides, not its class."""
    file = files.attach(field, made, io.BytesIO(TELLS), "phone.m4a").id
    kind: Any = registry.of_body(Attachment())
    assert telling.of_record(field, decoder, file)
    changes: list[dict[str, Any]] = [
        {"media": lambda _: None},
        {"plain": lambda _: True},
        {"removed": lambda _: True},
    ]
    for change in changes:
        changed = dataclasses.replace(kind, **change)
        with monkeypatch.context() as patch:
            patch.setattr(telling, "registry", SimpleNamespace(of_body=lambda _, changed=changed: changed))
            assert telling.of_record(field, decoder, file) == ()
    # Of a kind of sound it is asked whether there is more than its length says.
    sound, asked = dataclasses.replace(kind, part="sound"), []
    with monkeypatch.context() as patch:
        patch.setattr(telling, "registry", SimpleNamespace(of_body=lambda _: sound))
        patch.setattr(telling, "_is_longer", lambda *told: asked.append(told[2]))
        telling.of_record(field, decoder, file)
    assert asked == [0]
