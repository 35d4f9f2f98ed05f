"""Answers kept and taken up again are the same; in a changed form nothing is dropped."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.errors import InputError
from cairn.forms import answers, fitting
from cairn.forms.reading import read
from cairn.forms.session import Session
from cairn.forms.state import state
from forms.making import begun, form, imported, sheet, values

SURVEY = """type | name | label | relevant | calculation | choice_filter | repeat_count
    text | a | A | | | |
    calculate | chance | | | random() | |
    calculate | once | | | once(uuid()) | |
    select_one land | land | Land | | | |
    select_multiple town | town | Town | | | land=${land} |
    integer | many | Many | | | |
    begin repeat | p | P | ${a} != 'none' | | | ${many}
    integer | n | N | | | |
    begin repeat | q | Q | | | |
    text | t | T | | | |
    end repeat | | | | | |
    end repeat | | | | | |
    calculate | sum | | | sum(${n}) | |"""
CHOICES = """list_name | name | label | land
    land | x | X |
    land | y | Y |
    town | x1 | X1 | x
    town | x2 | X2 | x
    town | y1 | Y1 | y"""
FORM = form(SURVEY, CHOICES)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("/data/a"), st.sampled_from(["", "none", "some", "한국어 <&>\n"])),
        st.tuples(st.just("/data/land"), st.sampled_from(["", "x", "y"])),
        st.tuples(st.just("/data/town"), st.sampled_from(["", "x1", "x2 x1", "y1"])),
        st.tuples(st.just("/data/many"), st.sampled_from(["", "0", "1", "3"])),
        st.tuples(st.sampled_from(["/data/p[1]/n", "/data/p[3]/n"]), st.sampled_from(["", "7"])),
        st.tuples(st.sampled_from(["/data/p[1]/q", "/data/p[2]/q"]), st.just("+")),
        st.tuples(st.sampled_from(["/data/p[1]/q[1]", "/data/p[1]/q[2]"]), st.just("-")),
        st.tuples(st.just("/data/p[1]/q[1]/t"), st.sampled_from(["", "word"])),
    ),
    max_size=12,
)


def walked(steps: list[tuple[str, str]]) -> Session:
    session = Session(FORM)
    session.begin()
    for ref, value in steps:
        try:
            if value == "+":
                session.add(ref)
            elif value == "-":
                session.remove(ref)
            else:
                session.answer(ref, value)
        except InputError as error:
            assert error.code in ("form.no-such-question", "form.no-such-repeat", "form.repeat-fixed")
    return session


@given(STEPS)
@settings(deadline=None, max_examples=60)
def test_a_draft_taken_up_again_is_the_same_and_goes_on_alike(steps: list[tuple[str, str]]) -> None:
    session = walked(steps)
    kept = answers.dumps(answers.taken(session))
    again = answers.restore(FORM, answers.loads(kept))
    assert state(again) == state(session)
    assert answers.dumps(answers.taken(again)) == kept
    assert not again.changes
    assert not again.left
    for each in (session, again):
        each.answer("/data/a", "other")
        each.answer("/data/land", "x")
    assert state(again) == state(session)


@given(STEPS)
@settings(deadline=None, max_examples=40)
def test_what_is_worked_out_step_by_step_is_what_is_worked_out_at_once(steps: list[tuple[str, str]]) -> None:
    """The graph leaves nothing out: working everything out anew changes nothing."""
    session = walked(steps)
    before = {ref: text for ref, text in values(session).items() if "chance" not in ref}
    session.worker.all(session.document)
    session.settle()
    assert {ref: text for ref, text in values(session).items() if "chance" not in ref} == before


def test_skips_and_language_are_kept() -> None:
    session = begun("""type | name | label::en | label::ko
        text | a | A | 가""")
    session.skip("/data/a", "unknown")
    session.speak("ko")
    again = answers.restore(session.form, answers.loads(answers.dumps(answers.taken(session))))
    assert again.skipped == {again.node("/data/a"): "unknown"}
    assert again.showing.language == "ko"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"form":"t","version":"","values":[]}', b'{"form":"t","version":"","values":{"a":5}}',
        b'{"form":"t","version":"","values":{"a":[1]}}', b'{"form":"t","version":"","values":{},"skips":{"/data/a":"why"}}',
        b'{"form":"t","version":"","values":{},"more":1}', b'{"form":"t","version":"","values":' + b'{"a":' * 60 + b"{}" + b"}" * 61,
    ],
)  # fmt: skip
def test_damaged_answers_are_refused(body: bytes) -> None:
    with pytest.raises(InputError, match="form.answers-damaged"):
        answers.loads(body)


def test_random_bytes_end_in_a_refusal() -> None:
    pick = random.Random(7)
    good = answers.dumps(answers.taken(walked([("/data/many", "3"), ("/data/a", "x")])))
    for _ in range(300):
        bad = bytearray(good)
        bad[pick.randrange(len(bad))] = pick.randrange(256)
        try:
            answers.restore(FORM, answers.loads(bytes(bad)))
        except InputError as error:
            assert error.code.startswith("form.")


OLD = """type | name | label
    text | stays | S
    text | goes | G
    integer | becomes | B
    text | wanders | W
    select_one yn | one | O
    begin repeat | r | R
    text | in_r | I
    text | gone_r | G
    end repeat | |"""
NEW = """type | name | label
    text | stays | S
    date | becomes | B
    begin group | g | G
    text | wanders | W
    end group | |
    select_one yn | one | O
    begin repeat | r | R
    text | in_r | I
    end repeat | |
    text | fresh | F"""
YN = "list_name | name | label\n yn | yes | Yes\n yn | no | No"
YES = "list_name | name | label\n yn | yes | Yes"


def test_a_changed_form_shows_what_becomes_of_old_answers_and_drops_nothing() -> None:
    settings_ = "form_id | version\n f | {0}"
    old = Session(form(OLD, YN, settings_.format(1)))
    old.begin()
    for ref, text in {
        "/data/stays": "s", "/data/goes": "g", "/data/becomes": "7", "/data/wanders": "w", "/data/one": "no",
        "/data/r[1]/in_r": "i", "/data/r[1]/gone_r": "lost?",
    }.items():  # fmt: skip
        old.answer(ref, text)
    kept = answers.taken(old)
    new = form(NEW, YES, settings_.format(2))
    plan = fitting.fitting(new, kept)
    assert plan.moved == [("/data/wanders", "/data/g/wanders")]
    assert plan.left == {
        "/data/goes": "g",
        "/data/becomes": "7",
        "/data/one": "no",
        "/data/r[1]/gone_r": "lost?",
    }
    assert "/data/stays" in plan.kept and "/data/fresh" in plan.asked_anew and not plan.whole
    session = answers.restore(new, fitting.moved(new, kept))
    assert values(session)["/data/g/wanders"] == "w"
    assert session.left == plan.left
    # And it stays with every draft that follows.
    session.answer("/data/fresh", "f")
    again = answers.restore(new, answers.loads(answers.dumps(answers.taken(session))))
    assert again.left == plan.left


def test_the_same_form_fits_whole() -> None:
    kept = answers.taken(walked([("/data/many", "2"), ("/data/a", "x")]))
    plan = fitting.fitting(FORM, kept)
    assert plan.whole and not plan.moved and not plan.asked_anew


def test_a_table_that_is_missing_takes_no_answer_away() -> None:
    made = imported(sheet("type | name | label\n select_one_from_file towns.csv | town | Town"))
    assert made.document is not None
    towns = read(made.document)
    kept = answers.Answers(towns.id, towns.version, {"town": "t1"})
    session = answers.restore(towns, kept)
    assert values(session)["/data/town"] == "t1"
    assert json.loads(answers.dumps(answers.taken(session)))["values"]["town"] == "t1"
