"""An act, who had a part in it, how it is known and the words that say so are saved together, and undone together."""

from __future__ import annotations

import msgspec
import pytest

from app.shared import refused
from cairn.app.coding import acts, passages
from cairn.app.coding.acts import ActWork, Board, Cited, Involved, Known, Who
from cairn.app.interviews import interviews
from cairn.app.kernel import record_drafts
from cairn.app.kernel.session import Session
from cairn.app.people import coded
from cairn.model.drafts import Draft
from cairn.model.ids import NO_REVISION, RecordId, RootId
from cairn.model.kinds.act import Act
from cairn.model.kinds.act_parts import Detention, Period
from cairn.model.kinds.information import Information
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.involvement import Involvement
from cairn.model.kinds.person import Person
from cairn.model.kinds.unit import Unit
from cairn.model.passages.anchors import InText
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told

ACCOUNT = (
    "They took us to the house.\n\nIn spring my boy was not there. They said an aunt had signed for him."
)
QUOTE = "They said an aunt had signed for him."


@pytest.fixture
def told(field: Session) -> RootId:
    """An interview whose teller is protected and whose interpreter is not."""
    made = interviews.create(field, title="W-1")
    people = [Present(code="P1", role="told", protected=True), Present("Choe", "interpreter", code="P7")]
    interviews.save_version(field, made, Interview(title="W-1", people=people, account=ACCOUNT))
    return made


def words(board: Board) -> Cited:
    text = board.texts[0]
    start = text.text.index(QUOTE)
    return Cited(text.source, text.revision, text.field, start, start + len(QUOTE), QUOTE)


def whole(board: Board) -> ActWork:
    return ActWork(
        type="vio.child.taken",
        whom=Who(words="the boy", kind="person"),
        time=Told("in spring"),
        place=PlaceTold("the house"),
        involved=[
            Involved(whom=Who(words="an unknown guard", kind="unknown"), degree="degree.carried_out"),
            Involved(whom=Who(words="Maple River house", kind="unit")),
        ],
        known=[Known(basis="basis.hearsay", whom=Who(code="P1"))],
        detention=Detention(periods=[Period(food="maize water")]),
        cited=words(board),
    )


def test_all_of_it_is_one_piece_of_work(field: Session, told: RootId) -> None:
    board = acts.board(field, told)
    assert board.acts() == [] and board.texts[0].text == ACCOUNT and board.draft is None
    done = acts.save(field, told, acts.begin(field, told), whole(board))
    board = acts.board(field, told)
    ((each, act),) = board.acts()
    assert each.record == done.act and act.code == "A1" and act.type == "vio.child.taken"
    assert act.detention is not None and act.detention.periods[0].food == "maize water"
    boy = board.coding.body(act.victim, Person)
    assert boy is not None and boy.code == "P2" and boy.described == "the boy" and boy.protected
    parts = {
        body.unknown or board.coding.called(body.perpetrator) for _, body in board.coding.bodies(Involvement)
    }
    assert parts == {"an unknown guard", "U1 Maple River house"}
    ((_, known),) = board.coding.bodies(Information)
    assert known.basis == "basis.hearsay"
    # Who was present and had no record has one now, with the code that she had, and no name in it.
    teller = board.coding.body(known.teller, Person)
    assert teller is not None and teller.code == "P1" and teller.protected and not teller.names
    (passage,) = board.cited_for(done.act)
    assert passage.body.quote == QUOTE and passage.body.supports == [done.act]
    assert passage.body.basis == "basis.hearsay"
    work, base = acts.work_of(board, done.act)
    assert work.whom == Who(record=act.victim) and base == each.sha
    assert [one.whom.words for one in work.involved] == ["an unknown guard", ""]
    acts.undo(field, done)
    after = acts.board(field, told)
    assert after.acts() == [] and after.marked.passages == ()
    assert not any(each.body is not None and not each.removed for each in after.coding.records.values())


def test_somebody_present_and_named_openly_keeps_the_name(field: Session, told: RootId) -> None:
    work = ActWork(type="vio.life", whom=Who(code="P7"), involved=[Involved(whom=Who(code="P7"))])
    done = acts.save(field, told, acts.begin(field, told), work)
    coding = coded.load(field, told)
    ((_, body),) = coding.bodies(Person)
    assert body.code == "P7" and not body.protected and body.shown == "Choe"
    act = coding.body(done.act, Act)
    ((_, involved),) = coding.bodies(Involvement)
    assert act is not None and act.victim == involved.perpetrator


def test_what_is_taken_out_is_removed_and_what_stays_is_not_written_again(
    field: Session, told: RootId
) -> None:
    done = acts.save(field, told, acts.begin(field, told), whole(acts.board(field, told)))
    board = acts.board(field, told)
    work, base = acts.work_of(board, done.act)
    before = {each.record: each.sha for each in board.coding.records.values()}
    changed = msgspec.structs.replace(work, involved=work.involved[:1], age="four")
    acts.save(field, told, done.act, changed, base)
    after = acts.board(field, told)
    assert [body.unknown for _, body in after.coding.bodies(Involvement)] == ["an unknown guard"]
    same = {record for record, sha in before.items() if after.coding.records[record].sha == sha}
    kinds = sorted(after.coding.records[record].kind for record in before.keys() - same)
    assert kinds == ["act", "involvement"]
    # The passage was marked once.
    assert len(after.cited_for(done.act)) == 1
    assert [body.shown for _, body in after.coding.bodies(Unit)] == ["Maple River house"]


def test_nothing_is_half_saved(field: Session, told: RootId) -> None:
    board = acts.board(field, told)
    record = acts.begin(field, told)
    with refused("coded.no-type"):
        acts.save(field, told, record, ActWork(whom=Who(words="the boy", kind="person")))
    moved = msgspec.structs.replace(whole(board), cited=msgspec.structs.replace(words(board), start=0, end=5))
    with refused("passage.no-such-place"):
        acts.save(field, told, record, moved)
    lost = msgspec.structs.replace(
        whole(board), cited=msgspec.structs.replace(words(board), source=RecordId("0b4f2c1e-5d3a"))
    )
    with refused("interview.unknown"):
        acts.save(field, told, record, lost)
    assert coded.load(field, told).records == {}
    with refused("interview.unknown"):
        acts.work_of(board, record)
    with refused("interview.unknown"):
        acts.board(field, RootId(RecordId("0b4f2c1e-5d3a")))


def test_a_draft_of_one_holds_all_of_it_and_goes_when_it_is_saved(field: Session, told: RootId) -> None:
    board = acts.board(field, told)
    record = acts.begin(field, told)
    body = msgspec.Raw(msgspec.json.encode(whole(board)))
    record_drafts.save(field, told, "act", record, Draft(None, body))
    draft = acts.board(field, told).draft
    assert draft is not None and draft.record == record
    assert msgspec.json.decode(bytes(draft.draft.body), type=ActWork) == whole(board)
    acts.save(field, told, record, whole(board))
    assert acts.board(field, told).draft is None


def test_more_words_are_cited_and_coded(field: Session, told: RootId) -> None:
    done = acts.save(field, told, acts.begin(field, told), ActWork(type="vio.life"))
    board = acts.board(field, told)
    cited = acts.cite(field, told, words(board), [done.act], basis="basis.saw")
    own = passages.add(
        field,
        told,
        board.texts[0].source,
        InText(words(board).start, words(board).end),
        "account",
        codes=["local.field-9"],
    )
    board = acts.board(field, told)
    assert len(board.marked.passages) == 2 and len(board.cited_for(done.act)) == 1
    assert {tuple(each.body.codes) for each in board.marked.passages} == {(), ("local.field-9",)}
    passages.remove(field, own)
    acts.undo(field, cited)
    assert acts.board(field, told).marked.passages == ()
    removed = acts.remove(field, done.act, board)
    assert acts.board(field, told).acts() == []
    acts.undo(field, removed)
    assert len(acts.board(field, told).acts()) == 1
    assert NO_REVISION == "" and passages.listed(field, told).passages == ()
