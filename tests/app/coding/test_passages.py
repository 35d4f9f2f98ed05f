"""Passages of an interview: marked, followed, settled, taken back; each coder's own."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from app.coding.coded import ACCOUNT, mark, rewrite, states, written
from app.shared import refused
from cairn.app.coding import coders, passages, texts
from cairn.app.coding.places import State
from cairn.app.files import files
from cairn.app.interviews import interviews, search
from cairn.app.kernel import revising, session
from cairn.app.kernel.session import Session
from cairn.app.sound import transcripts
from cairn.model.ids import RecordId
from cairn.model.kinds.passage import Passage
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.passages.anchors import InPicture, InSound, InText


def one(s: Session, passage: RecordId) -> passages.PassageView:
    return passages.get(s, passage)


def reads(s: Session, passage: RecordId) -> str:
    """What stands now where a passage lies."""
    view = one(s, passage)
    with s.store.read() as reader:
        source = revising.current(reader, view.body.source)
    assert source is not None and source.body is not None and view.span is not None
    text = getattr(source.body, view.body.field)
    return str(text[slice(*view.span)])


def test_a_passage_is_marked_and_keeps_its_words_and_its_version(field: Session) -> None:
    made = written(field)
    passage = mark(
        field, made, "어머니는 남았다", codes=["vio.separation", "vio.separation"], basis="basis.saw"
    )
    view = one(field, passage)
    assert (view.body.quote, view.body.before[-3:], view.body.after[:2]) == (
        "어머니는 남았다",
        "다.\n\n"[-3:],
        ". ",
    )
    assert view.body.codes == ["vio.separation"] and view.own and not view.conflict
    assert (view.state, view.source_kind, view.source_title) == (State.SAME, "interview", "W-1")
    with field.store.read() as reader:
        cited = revising.version(reader, view.body.revision)
    assert cited.body.account == ACCOUNT  # type: ignore[union-attr]
    assert [each.id for each in passages.listed(field, made).of(RecordId(made), "account")] == [passage]
    # A search finds the words where they were said, and the passage by its note alone.
    assert [hit.kind for hit in search.search(field, "어머니는")] == ["interview"]
    passages.change(field, passage, note="herons")
    assert [hit.kind for hit in search.search(field, "herons")] == ["passage"]


def test_passages_follow_what_is_written_elsewhere(field: Session) -> None:
    made = written(field)
    mother, guard, shed, year = (
        mark(field, made, words)
        for words in ("어머니는 남았다", "guard with a scar", "They kept us in a shed.", "1998년 겨울")
    )
    new = (
        ACCOUNT.replace("우리는 ", "우리 셋은 ")
        .replace("a scar", "a long scar")
        .replace("They kept us in a shed. ", "")
    )
    rewrite(field, made, new)
    assert states(field, made) == {
        "1998년 겨울": "moved",
        "어머니는 남았다": "moved",
        "guard with a scar": "changed",
        "They kept us in a shed.": "lost",
    }
    assert reads(field, mother) == "어머니는 남았다" and reads(field, year) == "1998년 겨울"
    assert reads(field, guard) == "guard with a long scar"
    found = passages.listed(field, made)
    assert {each.id for each in found.waiting} == {guard, shed} and found.passages[-1].id == shed
    # Nothing of it was written: the passages cite the version that they were marked in.
    assert all(
        len(each.body.revision) == 64 and each.place.against != each.body.revision for each in found.passages
    )


def test_what_changed_is_taken_as_it_reads_kept_or_removed_and_all_of_it_back(field: Session) -> None:
    made = written(field)
    guard, shed = mark(field, made, "guard with a scar"), mark(field, made, "They kept us in a shed.")
    new = ACCOUNT.replace("a scar", "a long scar").replace("They kept us in a shed. ", "")
    rewrite(field, made, new)
    before = passages.settle(field, guard)
    assert (one(field, guard).state, one(field, guard).body.quote) == (State.SAME, "guard with a long scar")
    assert passages.put_back(field, guard, before).quote == "guard with a long scar"
    assert one(field, guard).state is State.CHANGED
    with refused("passage.lost"):
        passages.settle(field, shed)
    passages.keep(field, shed)
    assert one(field, shed).state is State.KEPT and passages.listed(field, made).waiting == (
        one(field, guard),
    )
    # Changed again, it is asked about again.
    rewrite(field, made, new + " More.")
    assert one(field, shed).state is State.LOST
    assert passages.keep(field, guard).kept == "" and passages.keep(field, guard).kept != ""
    other = passages.place_anew(field, shed, InText(0, 3))
    assert one(field, shed).body.quote == "우리는" and one(field, shed).state is State.SAME
    passages.put_back(field, shed, other)
    passages.remove(field, shed)
    assert [each.id for each in passages.listed(field, made).passages] == [guard]
    assert len(passages.listed(field, made, removed=True).passages) == 2
    # Whatever was done stands in the history.
    assert sum(each.kind == "passage" for each in interviews.history(field, made)) == 9


def test_a_passage_of_a_transcript_follows_its_paragraphs(field: Session) -> None:
    from app import sounds

    made = written(field)
    sound = sounds.record(field, made)
    body = Transcript(
        recording=sound.id,
        paragraphs=[
            Paragraph(start=0, end=900, speaker="P1", text="그날 밤에"),
            Paragraph(start=900, end=1800, speaker="P1", text="문이 열렸어요."),
        ],
    )
    view = transcripts.load(field, sound.id)
    transcripts.save_version(field, view.id, body)
    passage = mark(field, made, "밤에\n문이", "그날 밤에\n문이 열렸어요.", view.id, "spoken")
    paragraphs = [Paragraph(start=0, end=10, speaker="Q", text="언제였어요?"), *body.paragraphs]
    transcripts.save_version(field, view.id, Transcript(recording=sound.id, paragraphs=paragraphs))
    found = one(field, passage)
    assert (found.state, found.source_kind) == (State.MOVED, "transcript")
    assert found.span == (10, 15)
    heard = passages.add(field, made, sound.id, InSound(100, 900), codes=["vio.detention"])
    assert (one(field, heard).state, one(field, heard).place.at) == (State.SAME, InSound(100, 900))
    with refused("passage.no-such-place"):
        passages.add(field, made, sound.id, InSound(0, sound.duration + 1))


def test_a_place_on_a_picture_and_a_whole_file(field: Session) -> None:
    made = written(field)
    picture = files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(9)), "hut.png").id
    paper = files.attach(field, made, io.BytesIO(b"%PDF-1.7\n"), "paper.pdf").id
    box = passages.add(field, made, picture, InPicture(100, 200, 5000, 10000), note="the gate")
    whole = passages.add(field, made, paper, None, note="all of it")
    assert (
        one(field, box).place.at == InPicture(100, 200, 5000, 10000) and one(field, whole).state is State.SAME
    )
    for place in (InPicture(0, 0, 1, 1), InSound(0, 1), InText(0, 1)):
        with refused("passage.no-such-place"):
            passages.add(field, made, paper, place)
    assert passages.settle(field, whole) == one(field, whole).body
    files.remove(field, paper, "not hers")
    assert one(field, whole).state is State.REMOVED
    with refused("passage.no-source"):
        passages.settle(field, whole)


def test_a_passage_can_be_given_to_acts_and_people(field: Session) -> None:
    made = written(field)
    passage = mark(field, made, "어머니는 남았다")
    before = passages.change(field, passage, supports=[made], confidence="likely", speaks="against")
    assert before.supports == [] and one(field, passage).body.supports == [made]
    assert passages.change(field, passage, confidence="likely") == one(field, passage).body


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"note": "x" * 4001}, "passage.malformed"),
        ({"codes": [f"c{n}" for n in range(65)]}, "passage.malformed"),
        ({"codes": [""]}, "passage.malformed"),
        ({"note": "\ud800"}, "passage.malformed"),
        ({"basis": "x" * 501}, "passage.malformed"),
    ],
)
def test_what_is_too_much_is_refused(field: Session, said: dict[str, object], code: str) -> None:
    made = written(field)
    with refused(code):
        mark(field, made, "어머니는", **said)
    passage = mark(field, made, "어머니는")
    with refused(code):
        passages.change(field, passage, **said)


def test_what_is_not_there_is_not_cited(field: Session) -> None:
    made, other = written(field), written(field)
    passage = mark(field, made, "어머니는")
    for source in (other, passage, RecordId("nothing")):
        with refused("passage.no-source"):
            passages.add(field, made, RecordId(source), InText(0, 1), "account")
    for name, at in (
        ("account", InText(0, len(ACCOUNT) + 1)),
        ("text", InText(0, 1)),
        ("summary", InText(0, 1)),
    ):
        with refused("passage.no-such-place"):
            passages.add(field, made, RecordId(made), at, name)
    long = written(field, "x" * 10_001)
    with refused("passage.too-long"):
        passages.add(field, long, RecordId(long), InText(0, 10_001), "account")
    with refused("passage.unknown"):
        passages.get(field, RecordId(made))
    with refused("interview.unknown"):
        passages.listed(field, RecordId("nothing"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="quote"):
        passages.change(field, passage, quote="forged")


@pytest.fixture
def second(field: Session) -> Iterator[Session]:
    """Somebody else who writes in the same vault."""
    yield field
    session.set_author(field, "")


def test_a_second_coder_in_the_same_vault_stands_beside_the_first(second: Session) -> None:
    s = second
    session.set_author(s, "Min")
    made = written(s)
    mine = mark(s, made, "어머니는 남았다", codes=["a"])
    session.set_author(s, "Ji")
    theirs = mark(s, made, "어머니는 남았다", codes=["b"])
    found = {each.id: each for each in passages.listed(s, made).passages}
    assert (found[mine].own, found[theirs].own) == (False, True)
    assert {each.coder.name for each in found.values()} == {"Min", "Ji"}
    for refuse in (passages.remove, passages.settle, passages.keep):
        with refused("passage.of-another"):
            refuse(s, mine)
    # Blind: nobody sees the other's until both are closed.
    coders.set_pass(s, made, blind=True)
    found_now = passages.listed(s, made)
    assert [each.id for each in found_now.passages] == [theirs]
    assert [(coder.author, count) for coder, count in found_now.hidden] == [("Min", 1)]
    with refused("passage.hidden"):
        passages.get(s, mine)
    coders.set_pass(s, made, closed=True)
    assert len(passages.listed(s, made).passages) == 1
    session.set_author(s, "Min")
    assert [each.id for each in passages.listed(s, made).passages] == [mine]
    assert coders.set_pass(s, made, closed=True).closed
    assert len(passages.listed(s, made).passages) == 2
    assert coders.set_pass(s, made, closed=False).blind
    assert len(passages.listed(s, made).passages) == 1


def test_a_pass_is_of_an_interview(field: Session) -> None:
    with refused("interview.unknown"):
        coders.set_pass(field, RecordId("nothing"), blind=True)  # type: ignore[arg-type]
    made = written(field)
    assert not coders.look(field, made).blind
    assert coders.set_pass(field, made).of == {}


def test_a_passage_without_place_is_no_passage_of_words() -> None:
    for wrong in (
        {"quote": "x"},
        {"at": InText(0, 2), "quote": "x"},
        {"at": InText(0, 1), "quote": "x"},
        {"at": InSound(0, 1), "before": "x"},
    ):
        with pytest.raises(ValueError, match="passage"):
            Passage(**wrong)  # type: ignore[arg-type]


def test_agreement_is_told_for_each_code_once_both_are_closed(second: Session) -> None:
    s = second
    session.set_author(s, "Min")
    made = written(s)
    note = RecordId(interviews.save_note(s, made, None, "nobody marks this"))
    assert [(each.kind, each.field) for each in texts.of_interview(s, made)] == [
        ("interview", "account"),
        ("note", "text"),
    ]
    mark(s, made, "어머니는 남았다", codes=["parted"])
    mark(s, made, "kept us in a shed", codes=["detention"])
    assert texts.agreed(s, made) == []
    coders.set_pass(s, made, blind=True, closed=True)
    session.set_author(s, "Ji")
    mark(s, made, "어머니는", codes=["parted"])
    mark(s, made, "다섯 살", codes=["age"])
    # Blind, and one is not closed: no figure, it would tell what the other marked.
    assert texts.agreed(s, made) == []
    coders.set_pass(s, made, closed=True)
    (found,) = texts.agreed(s, made)
    assert [each.author for each in found.coders] == ["Ji", "Min"] and found.left_out == 0
    assert [(each.code, each.units, each.yes, each.both) for each in found.codes] == [
        ("age", 3, (1, 0), 0),
        ("detention", 3, (0, 1), 0),
        ("parted", 3, (1, 1), 1),
    ]
    assert found.codes[2].kappa == 1 and found.codes[2].alpha == 1
    interviews.remove_note(s, note)
    assert [each.field for each in texts.of_interview(s, made)] == ["account"]
    with refused("interview.unknown"):
        texts.of_interview(s, RecordId("nothing"))  # type: ignore[arg-type]
