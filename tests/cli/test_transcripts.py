"""Transcripts by command line: read, found at their second, copied out where consent allows it."""

from __future__ import annotations

import io
import wave
from pathlib import Path

from docx import Document

from cairn.app.kernel import session
from cairn.app.sound import transcripts
from cairn.model.kinds.transcript import Paragraph, Transcript
from cli.conftest import PASSPHRASES, World
from cli.program import cairn, refused


def written(world: World, field: Path, folder: Path) -> tuple[str, str]:
    """(recording, transcript): a sound from a phone, and what was written down of it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 10))
    (folder / "phone.wav").write_bytes(out.getvalue())
    made = cairn(
        "recording", "import", field, world.interview, folder / "phone.wav", "--json",
        *world.key("field"),
    ).object["id"]  # fmt: skip
    spoken = [
        Paragraph(
            start=0, end=4000, speaker="K.", text="언제 건넜습니까?", translation="When did you cross?"
        ),
        Paragraph(start=4000, end=9000, speaker="W-001", text="보름밤에 [inaudible]."),
    ]
    s = session.open_vault(field, PASSPHRASES["field"])
    try:
        view = transcripts.load(s, made)
        body = Transcript(recording=made, language="ko", translation="en", paragraphs=spoken)
        transcripts.save_version(s, view.id, body)
        return made, view.id
    finally:
        s.close()


def test_read_found_and_copied_out(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    recording, transcript = written(world, field, tmp_path)
    shown = cairn("transcript", "show", field, recording, "--json", *key).object
    assert (shown["id"], shown["recording"], shown["language"]) == (transcript, recording, "ko")
    assert [(each["start"], each["speaker"]) for each in shown["paragraphs"]] == [(0, "K."), (4000, "W-001")]
    lines = cairn("transcript", "show", field, transcript, *key).out.splitlines()
    assert lines[0] == "0:00:00  K.: 언제 건넜습니까?"
    (hit,) = cairn("search", field, "보름밤", "--json", *key).object["hits"]
    assert (hit["kind"], hit["field"], hit["at"]) == ("transcript", "spoken", 4000)
    out = tmp_path / "words.vtt"
    cairn("transcript", "copy-out", field, recording, "-o", out, *key)
    assert "00:00:04.000 --> 00:00:09.000\n<v W-001>보름밤에 [inaudible]." in out.read_text("utf-8")
    refused(5, "machine.exists", "transcript", "copy-out", field, recording, "-o", out, *key)
    other = tmp_path / "words"
    refused(2, "cli.form-unknown", "transcript", "copy-out", field, recording, "-o", other, *key)
    cairn(
        "transcript", "copy-out", field, recording, "-o", other, "--as", "docx", "--words", "translation",
        *key,
    )  # fmt: skip
    (table,) = Document(str(other)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["0:00:00", "K.", "When did you cross?"]


def test_without_a_transcript(world: World) -> None:
    key = world.key("field")
    refused(3, "interview.unknown", "transcript", "show", world.field, "0" * 32, *key)
    refused(3, "interview.unknown", "transcript", "show", world.field, world.interview, *key)
