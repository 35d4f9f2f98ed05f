"""Transcripts: kept while typed, versions without what is off the record, copies that consent allows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from app.shared import introduce, refused
from app.spoken import MINUTE, draft, exclude, interview, recording, said, transcript
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing, transcript_copies
from cairn.app.sound import paragraphs, transcript_files, transcripts
from cairn.model.agreement import Consent, agreed_to
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import Span

SHARE = agreed_to(choice="share")


def saved(s: Session, of: str, *what: Paragraph) -> tuple[str, str]:
    """A recording with a saved transcript: (recording, transcript)."""
    record = recording(s, of)
    view = transcripts.load(s, record)
    transcripts.save_version(s, view.id, transcript(record, *what))
    return record, view.id


def test_a_draft_is_kept_and_becomes_a_version(field: Session) -> None:
    of = interview(field)
    record = recording(field, of)
    view = transcripts.load(field, record)
    assert view.base is None and view.draft is None and view.body.paragraphs == []
    body = transcript(record, said(0, "안녕하세요"), said(5000, "네"), said(7000, "  "))
    transcripts.save_draft(field, of, view.id, draft(body))
    again = transcripts.load(field, record)
    assert again.id == view.id and again.draft is not None
    assert transcripts.read_draft(again.draft) == body
    assert transcripts.open_drafts(field, of) == [view.id]
    sha = transcripts.save_version(field, view.id)
    done = transcripts.load(field, record)
    assert (done.base, done.draft) == (sha, None)
    assert [(p.start, p.end, p.text) for p in done.body.paragraphs] == [
        (0, 5000, "안녕하세요"),
        (5000, 10 * MINUTE, "네"),
    ]
    # The same again is no new version.
    assert transcripts.save_version(field, view.id, done.body) == sha
    assert transcripts.of_interview(field, of) == {view.id: record}


def test_each_recording_has_its_own(field: Session) -> None:
    of = interview(field)
    one, two = recording(field, of), recording(field, of)
    views = [transcripts.load(field, each) for each in (one, two)]
    for view, word in zip(views, ("one", "two"), strict=True):
        transcripts.save_draft(field, of, view.id, draft(transcript(view.recording, said(0, word))))
    assert [transcripts.load(field, each).id for each in (one, two)] == [view.id for view in views]
    transcripts.save_drafts(field, of)
    words = [transcripts.load(field, each).body.paragraphs[0].text for each in (one, two)]
    assert words == ["one", "two"]
    assert transcripts.open_drafts(field, of) == []


def test_words_off_the_record_are_refused(field: Session) -> None:
    of = interview(field)
    record = recording(field, of, (60_000, 90_000))
    view = transcripts.load(field, record)
    inside = transcript(record, said(0, "before", end=30_000), said(70_000, "inside"))
    with refused("transcript.off-record"):
        transcripts.save_version(field, view.id, inside)
    reaching = transcript(record, said(50_000, "reaching", end=61_000))
    with refused("transcript.off-record"):
        transcripts.save_version(field, view.id, reaching)
    # Words with an unknown end stop where the span begins.
    open_end = transcript(record, said(50_000, "open"), said(90_000, "after"))
    transcripts.save_version(field, view.id, open_end)
    kept = transcripts.load(field, record)
    assert [(p.start, p.end) for p in kept.body.paragraphs] == [(50_000, 60_000), (90_000, 600_000)]
    assert kept.touching == ()


def test_words_that_are_off_the_record_afterwards_stay_until_cleaned(field: Session, tmp_path: Path) -> None:
    of = interview(field)
    record, made = saved(field, of, said(0, "stays"), said(60_000, "goes"), said(120_000, "stays too"))
    consent.set_consent(field, of, SHARE)
    assert transcript_copies.preview(field, made).refused == ""
    exclude(field, record, (70_000, 80_000))
    view = transcripts.load(field, record)
    assert view.touching == (1,)
    assert transcript_copies.preview(field, made).refused == "gate.off-record"
    with refused("gate.off-record"):
        transcript_copies.copy_out(field, made, tmp_path / "a.vtt", "vtt")
    assert list(tmp_path.glob("*.vtt")) == []
    with refused("interview.reason-needed"):
        transcripts.clean(field, made, " ")
    transcripts.clean(field, made, "off the record")
    view = transcripts.load(field, record)
    assert [p.text for p in view.body.paragraphs] == ["stays", "stays too"]
    assert view.touching == () and transcript_copies.preview(field, made).refused == ""


def test_cleaning_takes_what_is_typed_along(field: Session) -> None:
    of = interview(field)
    record, made = saved(field, of, said(0, "old", end=5000), said(60_000, "goes", end=65_000))
    view = transcripts.load(field, record)
    body = transcript(record, said(0, "new", end=5000), said(60_000, "goes", end=65_000))
    transcripts.save_draft(field, of, made, draft(body, view.base))
    exclude(field, record, (60_000, 61_000))
    transcripts.clean(field, made, "off the record")
    after = transcripts.load(field, record)
    assert [p.text for p in after.body.paragraphs] == ["new"] and after.draft is None


def test_a_finalised_interview_wants_a_reason(field: Session) -> None:
    of = interview(field)
    record, made = saved(field, of, said(0, "a"))
    interviews.finalise(field, of)
    with refused("interview.reason-needed"):
        transcripts.save_version(field, made, transcript(record, said(0, "b")))
    transcripts.save_version(field, made, transcript(record, said(0, "b")), reason="misheard")
    assert transcripts.load(field, record).body.paragraphs[0].text == "b"


def test_removing_and_erasing(field: Session) -> None:
    of = interview(field)
    record, made = saved(field, of, said(0, "a"))
    with refused("interview.reason-needed"):
        transcripts.remove(field, made, "")
    transcripts.remove(field, made, "wrong recording")
    assert transcript_copies.preview(field, made).refused in ("gate.removed", "gate.not-asked")
    fresh = transcripts.load(field, record)
    assert fresh.id != made and fresh.body.paragraphs == []
    transcripts.save_draft(field, of, fresh.id, draft(transcript(record, said(0, "b"))))
    interviews.erase(field, of, "the person asked")
    with field.store.read() as reader:
        assert reader.one("SELECT count(*) FROM draft") == (0,)


def test_a_cut_shows_the_words_of_its_master(field: Session, tmp_path: Path) -> None:
    of = interview(field)
    master, made = saved(
        field,
        of,
        said(0, "first", end=10_000),
        said(30_000, "gone", end=40_000),
        said(50_000, "last", end=55_000),
    )
    kept = [Span(0, 20_000), Span(45_000, 600_000)]
    cut = recording(field, of, of=master, source="cut", kept=kept, duration=575_000)
    view = transcripts.load(field, cut)
    assert view.from_master and view.id != made
    assert [(p.start, p.end, p.text) for p in view.body.paragraphs] == [
        (0, 10_000, "first"),
        (25_000, 30_000, "last"),
    ]
    assert view.source == made
    consent.set_consent(field, of, SHARE)
    transcript_copies.copy_out(field, view.source, tmp_path / "a.vtt", "vtt", along=cut)
    assert "00:00:25.000 --> 00:00:30.000\nlast" in (tmp_path / "a.vtt").read_text()
    with refused("transcript.no-recording"):
        transcript_copies.copy_out(field, view.source, tmp_path / "b.vtt", "vtt", along=recording(field, of))


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        (None, "gate.not-asked"),
        (agreed_to(choice="keep"), "gate.keep-only"),
        (agreed_to(choice="nothing"), "gate.nothing"),
        (
            agreed_to(choice="share", share_with="named", contacts=["SHA256:" + 43 * "A"]),
            "gate.copy-named-only",
        ),
    ],
)
def test_a_copy_needs_consent(field: Session, tmp_path: Path, agreed: Consent | None, code: str) -> None:
    of = interview(field)
    _, made = saved(field, of, said(0, "a"))
    if agreed is not None:
        consent.set_consent(field, of, agreed)
    assert transcript_copies.preview(field, made).refused == code
    with refused(code):
        transcript_copies.copy_out(field, made, tmp_path / "a.docx", "docx")
    assert not (tmp_path / "a.docx").exists()


def test_copies_are_written_and_logged(field: Session, tmp_path: Path) -> None:
    of = interview(field)
    _, made = saved(field, of, said(0, "안녕", speaker="W-017", translation="Hello"))
    consent.set_consent(field, of, SHARE)
    transcript_copies.copy_out(field, made, tmp_path / "a.vtt", "vtt")
    transcript_copies.copy_out(field, made, tmp_path / "a.docx", "docx", "spoken")
    assert "<v W-017>안녕\nHello" in (tmp_path / "a.vtt").read_text()
    assert (tmp_path / "a.vtt").stat().st_mode & 0o777 == 0o600
    with refused("machine.exists"):
        transcript_copies.copy_out(field, made, tmp_path / "a.vtt", "vtt")
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["a.docx", "a.vtt"]
    with field.store.read() as reader:
        found = reader.all("SELECT obj FROM custody_payload WHERE act = 'copy-out'")
    assert found == [(made,), (made,)]


def test_a_translation_that_is_not_there(field: Session, tmp_path: Path) -> None:
    of = interview(field)
    _, made = saved(field, of, said(0, "a"))
    consent.set_consent(field, of, SHARE)
    with refused("transcript.no-translation"):
        transcript_copies.copy_out(field, made, tmp_path / "a.vtt", "vtt", "translation")


# The files


def test_vtt_of_hostile_words() -> None:
    body = transcript(
        "r",
        said(3_723_004, "<script> & --> x\n\n\nsecond\0line", speaker="A>\nB"),
        said(3_724_000, "last"),
        language="ko\n-->",
    )
    text = transcript_files.vtt(body).decode()
    blocks = text.removesuffix("\n").split("\n\n")
    assert blocks[0] == "WEBVTT" and blocks[1].startswith("NOTE ") and "-->" not in blocks[1]
    assert blocks[2] == (
        "01:02:03.004 --> 01:02:04.000\n<v A&gt; B>&lt;script&gt; &amp; --&gt; x\nsecondline"
    )
    assert blocks[3] == "01:02:04.000 --> 01:02:09.000\nlast"
    assert len(blocks) == 4


def test_vtt_cues_always_end_after_they_began() -> None:
    body = transcript("r", said(5, "a"), said(5, "b"), said(7, "c", end=3))
    times = [line for line in transcript_files.vtt(body).decode().splitlines() if "-->" in line]
    for line in times:
        start, end = line.split(" --> ")
        assert start < end, line


def test_docx_holds_the_words_and_nothing_about_who_wrote_them() -> None:
    body = transcript(
        "r",
        said(61_000, "안녕\x01하세요 <b>", speaker="W-017", translation="Hello"),
        said(62_000, "[inaudible]"),
    )
    data = transcript_files.docx(body, title="Recording 1")
    document = Document(io.BytesIO(data))
    (table,) = document.tables
    assert [[cell.text for cell in line.cells] for line in table.rows] == [
        ["0:01:01", "W-017", "안녕하세요 <b>", "Hello"],
        ["0:01:02", "", "[inaudible]", ""],
    ]
    facts = document.core_properties
    assert (facts.author, facts.last_modified_by, facts.comments) == ("", "", "")
    assert facts.created is not None and facts.created.year == 2000
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        told = {(each.date_time, each.create_system) for each in archive.infolist()}
    assert b"python-docx" not in whole
    assert told == {((1980, 1, 1, 0, 0, 0), 0)}


def test_docx_of_four_hours() -> None:
    body = transcript("r", *(said(n * 10_000, "말씀하신 대로입니다. " * 10) for n in range(1500)))
    document = Document(io.BytesIO(transcript_files.docx(body, "spoken")))
    assert len(document.tables[0].rows) == 1500


# Paragraphs


def test_which_paragraph_is_heard() -> None:
    some = [said(0, "a", end=5000), said(6000, "b"), said(9000, "c", end=12_000)]
    assert [
        paragraphs.playing(paragraphs.stretches(some), at) for at in (0, 4999, 5500, 6000, 8999, 9000, 12_000)
    ] == [
        0,
        0,
        None,
        1,
        1,
        2,
        None,
    ]


def test_marks_in_a_text() -> None:
    text = "[inaudible] and [unclear: north] or [unclear] by [name withheld], not [this]"
    assert [text[a:b] for a, b in paragraphs.marks(text)] == [
        "[inaudible]",
        "[unclear: north]",
        "[unclear]",
        "[name withheld]",
    ]


def test_touching_takes_the_longest_reading() -> None:
    off = [Span(10_000, 20_000)]
    assert paragraphs.touching([said(5000, "a")], off, 60_000) == [0]
    assert paragraphs.touching([said(5000, "a"), said(9000, "b", end=10_000)], off) == []
    assert paragraphs.touching([said(20_000, "a"), said(10_000, "b", end=10_000)], off) == [1]


def test_sealing_tells_of_words_that_are_only_typed(field: Session, office: Session) -> None:
    introduce(field, office)
    of = interview(field)
    record, made = saved(field, of, said(0, "saved"))
    consent.set_consent(field, of, SHARE)
    to = [office.keys.fingerprint]
    assert [p.code for p in sealing.preview(field, [of], to).problems] == []
    body = transcript(record, said(0, "saved and more"))
    transcripts.save_draft(field, of, made, draft(body, transcripts.load(field, record).base))
    shown = sealing.preview(field, [of], to)
    assert [p.code for p in shown.problems] == ["sealing.draft-left-out"] and shown.ready
