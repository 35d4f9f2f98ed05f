"""All places of a search, interview by interview: where each is, and what stands around it."""

from __future__ import annotations

import io
from collections import Counter

import msgspec
import pypdfium2
import pytest

from app import sounds
from app.spoken import transcript
from app.test_inside import docx
from cairn.app.consent import consent
from cairn.app.files import files, inside
from cairn.app.interviews import interviews, listing, search
from cairn.app.interviews.found import FoundView, PlaceView
from cairn.app.kernel.session import Session
from cairn.app.sound import transcripts
from cairn.decode.host import DecodeHost
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.transcript import Paragraph
from cairn.model.time.understanding import understood

ACCOUNT = (
    "They took us to Maple River.\n\nNobody spoke.\n"
    "Maple River was cold, and Maple-River was dark." + " We waited." * 20 + " Then Mapleriver again.\n"
    "단풍강에 있는 집으로 갔어요."
)


def given(s: Session, title: str = "W-017", account: str = ACCOUNT) -> str:
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title, account=account))
    return made


def only(s: Session, words: str, **more: object) -> FoundView:
    page = search.results(s, words, **more)  # type: ignore[arg-type]
    assert (page.total, page.next, len(page.found)) == (1, None, 1)
    return page.found[0]


def marked(place: PlaceView) -> list[str]:
    return [text for text, hit in place.snippet if hit]


def test_every_place_in_the_account_is_told_with_its_paragraph(field: Session) -> None:
    given(field)
    found = only(field, "maple river")
    where = [(each.field, each.paragraph, each.nth) for each in found.places]
    # What stands near each other is one place; the third one of the third paragraph is too far away.
    assert where == [("account", 1, 0), ("account", 3, 0), ("account", 3, 2)] and found.count == 3
    assert [marked(each) for each in found.places] == [
        ["Maple River"],
        ["Maple River", "Maple-River"],
        ["Mapleriver"],
    ]
    assert "".join(text for text, _ in found.places[0].snippet).startswith("They took us to Maple River.")
    (korean,) = only(field, "단풍강").places
    assert (korean.paragraph, marked(korean)) == (4, ["단풍강"])


def test_words_that_stand_together_are_meant_before_words_that_stand_apart(field: Session) -> None:
    given(field, account="The clerk came.\nA stamp lay there.\nThe clerk took the stamp.\nA clerk left.")
    assert [each.paragraph for each in only(field, "clerk stamp").places] == [3]
    assert [each.paragraph for each in only(field, "clerk came").places] == [1]
    given(field, "W-018", "A lantern burned.\nLater a ladder fell.")
    assert [each.paragraph for each in only(field, "ladder lantern").places] == [1, 2]


def test_all_kinds_of_texts_have_places_in_the_order_of_a_page(field: Session) -> None:
    made = given(field, account="a kestrel over the yard")
    body = Interview(
        title="kestrel", date=understood("2031").told, place="kestrel hill", summary="of a kestrel", account="a kestrel",
        people=[Person("Kestrel", "told")],
    )  # fmt: skip
    interviews.save_version(field, made, body)
    consent.set_consent(field, made, agreed_to("keep", given="Say kestrel, not my name."))
    note = interviews.save_note(field, made, None, "one line\n\nkestrel again")
    sound = sounds.record(field, made, 9000)
    view = transcripts.load(field, sound.id)
    said = [Paragraph(1000, text="nothing"), Paragraph(4000, text="the kestrel", translation="un kestrel")]
    transcripts.save_version(field, view.id, transcript(sound.id, *said))
    file = files.attach(field, made, io.BytesIO(docx("first", "a kestrel and a kestrel")), "kestrel.docx")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    found = only(field, "kestrel")
    where = [(each.kind, each.field, each.paragraph, each.nth, each.at) for each in found.places]
    assert where == [
        ("interview", "title", 1, 0, None),
        ("interview", "place", 1, 0, None),
        ("interview", "people", 1, 0, None),
        ("interview", "summary", 1, 0, None),
        ("interview", "account", 1, 0, None),
        ("consent", "given", 1, 0, None),
        ("note", "text", 2, 0, None),
        ("transcript", "spoken", 1, 0, 4000),
        ("transcript", "translation", 1, 0, 4000),
        ("attachment", "name", 1, 0, None),
        ("attachment", "inside", 0, 0, None),
    ]
    assert [each.record for each in found.places if each.kind in ("note", "attachment")] == [
        note,
        file.id,
        file.id,
    ]
    assert found.places[-1].name == "kestrel.docx"
    assert Counter(each.kind for each in only(field, "kestrel", kinds=("note",)).places) == {"note": 1}
    assert {each.kind for each in only(field, "kestrel", kinds=("attachment",)).places} == {"attachment"}
    assert search.results(field, "zeppelin", kinds=("note",)).total == 0


def test_words_in_a_pdf_are_told_with_their_page(field: Session) -> None:
    made = given(field, account="nothing")
    files.attach(field, made, io.BytesIO(_pdf("first page", "the heron", "last heron")), "letter.pdf")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    found = only(field, "heron")
    assert [(each.paragraph, each.nth, each.name) for each in found.places] == [
        (2, 0, "letter.pdf"),
        (3, 1, "letter.pdf"),
    ]


def _pdf(*pages: str) -> bytes:
    """A document with these words, one page for each."""
    document = pypdfium2.PdfDocument.new()
    for words in pages:
        page = document.new_page(300, 200)
        font = pypdfium2.raw.FPDFText_LoadStandardFont(document, b"Helvetica")
        item = pypdfium2.raw.FPDFPageObj_CreateTextObj(document, font, 20)
        text = (words + "\0").encode("utf-16-le")
        units = (pypdfium2.raw.FPDF_WCHAR * (len(text) // 2)).from_buffer_copy(text)
        pypdfium2.raw.FPDFText_SetText(item, units)
        pypdfium2.raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 30, 100)
        pypdfium2.raw.FPDFPage_InsertObject(page, item)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_many_places_are_counted_and_the_first_are_shown(field: Session) -> None:
    made = given(field, account="\n".join(f"{number} oak trees" for number in range(300)))
    found = only(field, "oak", most=20)
    assert (len(found.places), found.count) == (20, 300)
    every = search.all_places(field, "oak", made)
    assert len(every) == 300 and all(marked(each) == ["oak"] for each in every)
    assert every[:20] == found.places


def test_what_is_found_comes_in_stretches_the_last_changed_first(field: Session) -> None:
    for number in range(7):
        given(field, f"W-{number}", "a linden")
    seen: list[str] = []
    at: int | None = 0
    while at is not None:
        page = search.results(field, "linden", offset=at, limit=3)
        assert page.total == 7
        seen += [each.row.id for each in page.found]
        at = page.next
    assert (
        seen == [each.id for each in interviews.rows(field, listing.Filter(words="linden"))]
        and len(seen) == 7
    )
    narrowed = search.results(field, "linden", kinds=("interview",), offset=3, limit=3)
    assert ([each.row.id for each in narrowed.found], narrowed.total) == (seen[3:6], 7)


def test_the_title_of_what_was_only_begun_is_found(field: Session) -> None:
    made = interviews.create(field, title="Elm street")
    (place,) = only(field, "elm").places
    assert (place.record, place.field, place.snippet) == (made, "title", (("Elm", True), (" street", False)))
    assert search.results(field, "elm", kinds=("interview",)).total == 0


def test_a_protected_name_is_a_place_while_names_are_open(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    body = Interview(title="W-1", people=[Person(role="told", code="P1", protected=True)], account="a brook")
    draft = Draft(base=None, body=msgspec.Raw(msgspec.json.encode(body)))
    interviews.save_draft(field, made, draft, names={"P1": "Kim Brook"})
    interviews.save_version(field, made)
    given(field, "W-2", "another brook")
    page = search.results(field, "brook", limit=1)
    assert (page.total, page.found[0].row.id) == (2, made)
    assert [(each.kind, each.name) for each in page.found[0].places] == [
        ("identity", "P1"),
        ("interview", ""),
    ]
    # Only by its name.
    (alone,) = search.results(field, "Kim Br").found
    assert (alone.row.id, alone.count, marked(alone.places[0])) == (made, 1, ["Kim Brook"])
    assert len(search.all_places(field, "brook", made)) == 2
    assert search.results(field, "Kim Br", kinds=("interview",)).total == 0
    field.identity.close()
    assert search.results(field, "Kim Br").total == 0


@pytest.mark.parametrize("words", ["", " ", "...", '"', "AND OR", "*", "\0", "단"])
def test_nothing_that_is_typed_is_an_error(field: Session, words: str) -> None:
    given(field, account="oak")
    assert search.results(field, words).found == ()
    assert search.results(field, words, kinds=("interview",)).total == 0
    assert search.all_places(field, words, interviews.rows(field)[0].id) == ()
