"""More than a thousand phrases in three languages, each with what it must be taken to mean: `phrases.txt` beside this."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.model.time.told import MAX_WORDS
from cairn.model.time.understanding import Understood, understood
from cairn.model.time.words.context import Context, Event

Row = tuple[str, Context, str]


def rows() -> Iterator[Row]:
    """(words, what is known beside them, what must come of it)"""
    today = date.min
    for line in (Path(__file__).parent / "phrases.txt").read_text("utf-8").splitlines():
        if line.startswith("# ") and line[2:4] in ("en", "ko", "zh"):
            today = date.fromisoformat(line[5:])
        if line.startswith("#") or not line:
            continue
        words, beside, *expected = (part.strip() for part in line.split(" |"))
        yield words, _known(beside, today), " | ".join(expected)


def _known(beside: str, today: date) -> Context:
    what, _, rest = beside.partition(" ")
    name, _, day = rest.rpartition("=")
    return Context(
        interview=today,
        events=(Event(name, day),) if what == "event" else (),
        birth=rest if what == "birth" else "",
        asks_birth=what == "born?",
    )


def told(found: Understood) -> str:
    readings = [each.edtf + ("*" if each.recurring else "") for each in (found.readings or found.suggestions)]
    return f"{found.kind} | {' ; '.join(readings)}"


ROWS = list(rows())


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_phrases_are_taken_to_mean_what_they_must(language: str) -> None:
    days = {"ko": date(2019, 5, 14), "en": date(2021, 9, 30), "zh": date(2018, 11, 20)}
    of = [row for row in ROWS if row[1].interview == days[language]]
    assert len(of) > 150
    wrong = [
        (words, told(found), must)
        for words, known, must in of
        if told(found := understood(words, known)) != must
    ]
    assert wrong == []


def test_all_that_is_found_keeps_the_words_and_has_days_in_order() -> None:
    for words, known, _ in ROWS:
        found = understood(words, known)
        for each in (*found.readings, *found.suggestions):
            first, last = each.bounds
            assert each.words == words
            assert first is None or last is None or first <= last


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ROWS), st.sampled_from(ROWS), st.integers(1, 40), st.sampled_from(["", " ", ", "]))
def test_phrases_on_top_of_phrases_are_answered(one: Row, other: Row, times: int, between: str) -> None:
    words = between.join([one[0], other[0]] * times)[:MAX_WORDS]
    found = understood(words, one[1])
    assert found.words == words
    assert all(each.words == words for each in found.readings)
