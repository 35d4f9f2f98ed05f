"""The list: whatever is wanted and however it is sorted, what comes is what a plain reading of all rows gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.model.ids import Fingerprint, RootId
from cairn.model.kinds.interview import Interview, Person
from cairn.model.time import edtf
from cairn.model.time.understanding import understood
from cairn.storage import drafts, erase, lists
from cairn.storage.lists import STATES, Filter, InterviewRow, Sort
from cairn.storage.store import Store
from storage import kit
from storage.test_projections import live

DAYS = (
    "since 2008",
    "until 2010",
    "14 March 2031",
    "2031-03",
    "winter 2009?",
    "2009년 3월 4일",
    "March 4th, 2009",
    "long ago",
    "",
)
PLACES = ("Reed Bay", "reed bay", "무산", "Grey Hill", "")


def filled(store: Store, seed: int = 1) -> None:
    """A life of random acts, and interviews with dates, places and protected people."""
    live(store, random.Random(seed), 60)
    chance = random.Random(seed)
    for number in range(25):
        people = [Person(role="told", code="P1", protected=True)] if number % 3 == 0 else []
        body = Interview(
            title=f"W-{chance.randrange(99)}",
            date=understood(chance.choice(DAYS)).told,
            place=chance.choice(PLACES),
            people=people,
            account="river" if number % 2 else "",
        )
        record, sha = kit.put(
            store, body, final=number % 4 == 0, created=f"2026-11-{chance.randint(10, 28)}T03:00:00Z"
        )
        if number % 5 == 0:
            drafts.save(store, record, record, "interview", kit.draft("W-later", base=sha))
    fresh = kit.new_id()
    drafts.save(store, fresh, fresh, "interview", kit.draft("Just begun at the river"))


def everything(store: Store) -> list[InterviewRow]:
    with store.read() as reader:
        found = [lists.interview(reader, one) for (one,) in reader.all("SELECT id FROM interview_row")]
    return [row for row in found if row is not None]


def state(row: InterviewRow) -> str:
    return "draft" if not row.saved else "final" if row.final else "saved"


KEYS: dict[Sort, Callable[[InterviewRow], Any]] = {
    Sort.CHANGED: lambda row: row.changed,
    Sort.CREATED: lambda row: row.created,
    Sort.DATE: lambda row: (row.first or row.last, row.last),
    Sort.PLACE: lambda row: ascii_lower(row.place),
    Sort.TITLE: lambda row: ascii_lower(row.title),
    Sort.SENDER: lambda row: (name(row.device).casefold(), row.device),
    Sort.STATE: lambda row: STATES.index(state(row)),  # type: ignore[arg-type]
}


def ascii_lower(text: str) -> str:
    return "".join(chr(ord(each) + 32) if "A" <= each <= "Z" else each for each in text)


def name(device: Fingerprint) -> str:
    return device[::-1]


def plainly(rows: list[InterviewRow], wanted: Filter) -> set[str]:
    def fits(row: InterviewRow) -> bool:
        since = edtf.parse(wanted.since).bounds[0] if wanted.since else date.min
        until = edtf.parse(wanted.until).bounds[1] if wanted.until else date.max
        assert since and until
        first = date.fromisoformat(row.first) if row.first else date.min
        last = date.fromisoformat(row.last) if row.last else date.max
        known = bool(row.first or row.last)
        if wanted.surely:
            since_fits, until_fits = since <= first, last <= until
        else:
            since_fits, until_fits = since <= last, first <= until
        return all(
            (
                not wanted.states or state(row) in wanted.states,
                not wanted.senders or row.device in wanted.senders,
                not wanted.waits or row.conflict,
                not wanted.unsaved or (row.draft and row.saved),
                wanted.sent is None or row.sent == wanted.sent,
                wanted.protected is None or row.protected == wanted.protected,
                not wanted.since or (known and since_fits),
                not wanted.until or (known and until_fits),
            )
        )

    return {row.id for row in rows if fits(row)}


@pytest.mark.parametrize("sort", Sort)
def test_every_sort_is_an_order_of_all_of_them(store: Store, sort: Sort) -> None:
    filled(store)
    rows = everything(store)
    with store.read() as reader:
        for upwards in (True, False):
            found = lists.order(reader, sort=sort, upwards=upwards, name=name)
            shown = lists.rows(reader, found)
            keys = [(KEYS[sort](row), row.number) for row in shown]
            expected = [(KEYS[sort](row), row.number) for row in rows]
            assert keys == sorted(expected, reverse=not upwards)
            # Any stretch is what stands at that place of the whole, and the beginning can be had alone.
            assert lists.rows(reader, found[10:17]) == shown[10:17]
            assert lists.order(reader, sort=sort, upwards=upwards, name=name, limit=5) == found[:5]
            assert lists.ids(reader, found) == {row.id: row.number for row in shown}
            assert list(lists.ids(reader, found)) == [row.id for row in shown]


FILTERS = st.builds(
    Filter,
    states=st.sets(st.sampled_from(STATES)).map(tuple),
    senders=st.sampled_from([(), ("",), (kit.KEYS.fingerprint,), ("", "x")]),
    waits=st.booleans(),
    unsaved=st.booleans(),
    sent=st.sampled_from([None, True, False]),
    protected=st.sampled_from([None, True, False]),
    since=st.sampled_from(["", "2009", "2008-24", "2009-03-04", "2031-03-15", "2010-01"]),
    until=st.sampled_from(["", "2009", "2009-03-03", "2031", "2031-03-13", "2009-24"]),
    surely=st.booleans(),
)


def test_a_filter_lets_through_what_it_says(store: Store) -> None:
    filled(store)
    rows = everything(store)
    seen = set()

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(FILTERS)
    def check(wanted: Filter) -> None:
        right = plainly(rows, wanted)
        with store.read() as reader:
            found = lists.interviews(reader, wanted)
            assert {row.id for row in found} == right and len(found) == len(right)
            assert lists.count(reader, wanted) == len(right)
        seen.add(len(right) > 0)

    check()
    assert seen == {True, False}, "some let something through, some nothing"


def test_words_and_facts_together(store: Store) -> None:
    filled(store)
    with store.read() as reader:
        both = lists.interviews(reader, Filter(words="river", states=("saved", "final"), protected=True))
        words = {row.id for row in lists.interviews(reader, Filter(words="river"))}
        assert both and {row.id for row in both} == {
            row.id for row in everything(store) if row.id in words and row.saved and row.protected
        }
        # What was only begun is found by its title.
        assert any(not row.saved for row in lists.interviews(reader, Filter(words="river")))
        assert lists.count(reader, Filter(words="river")) == len(words)
        assert lists.count(reader, Filter(words="…")) == 0 == len(lists.order(reader, Filter(words="…")))


def test_a_row_keeps_its_number_while_it_changes_and_one_that_is_erased_is_left_out(store: Store) -> None:
    filled(store)
    with store.read() as reader:
        before = lists.order(reader, sort=Sort.TITLE)
        first, second = lists.rows(reader, before[:2])
    kit.put(store, Interview(title="Another title"), record=first.id, interview=first.id)
    with store.write() as work:
        erase.erase(work, store.media, [second.id], "x")
    with store.read() as reader:
        assert lists.number(reader, first.id) == first.number and lists.number(reader, second.id) is None
        shown = lists.rows(reader, before)
        assert len(shown) == len(before) - 1 and shown[0].id == first.id
        assert second.id not in {root for (root,) in reader.all("SELECT root FROM root_number")}


def test_senders_are_counted(store: Store) -> None:
    filled(store)
    rows = everything(store)
    with store.read() as reader:
        found = dict(lists.senders(reader))
    assert found == {each: sum(row.device == each for row in rows) for each in {row.device for row in rows}}


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("14 March 2031", "2031-03-14", "2031-03-14"),
        ("2009년 3월", "2009-03-01", "2009-03-31"),
        ("since 2010", "2010-01-01", ""),
        ("no later than May 2003", "", "2003-05-31"),
        ("03/04/2005", "", ""),
        ("the year after", "", ""),
    ],
)
def test_a_line_has_the_first_and_last_day_that_its_date_may_be(
    store: Store, told: str, first: str, last: str
) -> None:
    record, _ = kit.put(store, Interview(title="A", date=understood(told).told))
    with store.read() as reader:
        row = lists.interview(reader, RootId(record))
    assert row is not None and (row.date, row.first, row.last) == (told, first, last)


def test_a_filter_by_something_that_is_no_time_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"since": "2031-13"}, Filter)
