"""A time hangs on an event of the interview: on the one that its words name, or on the one that a person chooses."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from cairn.model.ids import RecordId
from cairn.model.kinds import described
from cairn.model.kinds.event import Event as EventRecord
from cairn.model.time.anchoring import event, moved, understood_among
from cairn.model.time.told import Anchor, Told
from cairn.model.time.understanding import Understood, understood
from cairn.model.time.words.context import Context

TODAY = Context(interview=date(2021, 9, 30))
FIRST, SECOND, WEDDING, LOST = (RecordId(f"00000000-0000-4000-8000-00000000000{n}") for n in range(4))
EVENTS = [
    event(FIRST, "the first repatriation", Told("May 2001", "2001-05")),
    event(SECOND, "the second repatriation", Told("", "2004-06-20")),
    event(WEDDING, "wedding", Told("", "1999-10")),
    event(LOST, "the night at the river", Told("nobody knows")),
]


def among(words: str) -> Understood:
    return understood_among(words, TODAY, EVENTS)


def test_the_event_that_the_words_name_is_taken_and_the_others_stay_to_choose_from() -> None:
    found = among("the winter after the second repatriation")
    assert found.kind == "sure"
    assert found.told.edtf == "2004-24"
    assert found.told.anchor == Anchor("event", "the second repatriation", "2004-06-20", SECOND)
    assert found.told.words == "the winter after the second repatriation"
    assert {(each.edtf, each.anchor and each.anchor.record) for each in found.others} == {
        ("2001-24", FIRST),
        ("1999-24", WEDDING),
        ("", LOST),
    }


def test_where_the_words_name_none_or_two_a_person_chooses() -> None:
    found = among("the winter after the repatriation")
    assert found.kind == "choose" and not found.told.edtf
    assert {each.edtf for each in found.readings} == {"2001-24", "2004-24", "1999-24", ""}
    found = among("그해 겨울")
    assert found.kind == "choose" and len(found.readings) == 4


def test_an_event_without_a_date_can_be_hung_on() -> None:
    found = among("two days after the night at the river")
    (waiting,) = [each for each in found.readings if each.anchor and each.anchor.record == LOST]
    assert waiting == Told(
        "two days after the night at the river", anchor=Anchor("event", "the night at the river", "", LOST)
    )


def test_what_hangs_on_nothing_is_read_as_ever() -> None:
    for words in ("spring 1998", "03/04/2005", "30 February 1998", "three years ago", "Camp 15", ""):
        assert among(words) == understood(words, TODAY)
    assert understood_among("the year after", TODAY, []) == understood("the year after", TODAY)


def test_an_era_of_the_interview_is_found_by_its_name() -> None:
    famine = event(FIRST, "famine", Told("", "1995/1998"))
    found = understood_among("during the famine", TODAY, [famine, EVENTS[2]])
    assert found.kind == "sure" and found.told.edtf == "1995/1998"


def test_an_event_that_has_another_date_now_is_told() -> None:
    told = among("the winter after the second repatriation").told
    assert moved(told, EVENTS) is None
    later = [event(SECOND, "the second repatriation", Told("", "2005-07"))]
    assert moved(told, later) == later[0]
    assert moved(Told("1998", "1998"), EVENTS) is None and moved(told, []) is None


def test_the_record_of_an_anchor_is_kept_and_named() -> None:
    told = among("the winter after the second repatriation").told
    assert msgspec.json.decode(msgspec.json.encode(told), type=Told) == told
    (reference,) = described.references(EventRecord(time=told))
    assert (reference.field, reference.record) == ("time", SECOND)


@pytest.mark.parametrize(
    ("words", "why", "values"),
    [
        ("1998-02-30", "day", {"month": "1998-02", "count": 28}),
        ("1998년 2월 30일", "day", {"month": "1998-02", "count": 28}),
        ("2002년 4월 31일", "day", {"month": "2002-04", "count": 30}),
        ("on the 31st of June", "day", {"month": "06", "count": 30}),
        ("1999년 13월", "month", {}),
        ("the 13th month of 2002", "month", {}),
        ("2012년 윤4월", "leap", {"year": 2012, "month": 4}),
        ("2002년 윤달", "leap-none", {"year": 2002}),
        ("음력 1998년 12월 30일", "lunar-day", {"count": 29}),
        ("주체 0년", "juche", {}),
    ],
)
def test_what_never_was_says_why(words: str, why: str, values: dict[str, object]) -> None:
    found = understood(words, TODAY)
    assert (found.kind, found.why, dict(found.values)) == ("impossible", why, values)


def test_the_animal_of_a_year_checks_what_was_told() -> None:
    asked = Context(interview=date(2021, 9, 30), asks_birth=True)
    assert [each.edtf for each in understood("25 in 1998", asked).readings] == []
    decided = understood("she was 25 in 1998, year of the tiger", asked)
    assert [each.edtf for each in decided.readings] == ["1974"]
    assert understood("1973年属牛", asked).told.edtf == "1973"
    # Born in January, before the lunar New Year: still a child of the year before.
    assert understood("1974년 1월 5일 소띠", asked).told.edtf == "1974-01-05"
    wrong = understood("1975년 소띠", asked)
    assert (wrong.kind, wrong.why) == ("impossible", "animal") and wrong.suggestions[0].edtf == "1975"
    assert understood("she was 25 in 1998, year of the horse", asked).why == "animal"
