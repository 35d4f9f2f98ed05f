"""Bars of a chronology reach as far as a time may, and are sure only where nothing is left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.model.time import bars
from cairn.model.time.bars import Bar, Drawn
from cairn.model.time.told import Told

DAY = date(1998, 3, 14)


@pytest.mark.parametrize(
    ("edtf", "first", "last", "sure"),
    [
        ("1998-03-14", DAY, DAY, (DAY, DAY)),
        ("1998-03-14~", DAY, DAY, None),
        ("1998-03", date(1998, 3, 1), date(1998, 3, 31), None),
        ("1998/2000", date(1998, 1, 1), date(2000, 12, 31), (date(1998, 12, 31), date(2000, 1, 1))),
        ("1998-03/1998-03", date(1998, 3, 1), date(1998, 3, 31), None),
        ("1998?/2000", date(1998, 1, 1), date(2000, 12, 31), None),
        ("[1998,2000]", date(1998, 1, 1), date(2000, 12, 31), None),
        ("1998/..", date(1998, 1, 1), None, None),
        ("../1998", None, date(1998, 12, 31), None),
    ],
)
def test_a_bar_is_filled_where_it_is_sure(
    edtf: str, first: date | None, last: date | None, sure: tuple[date, date] | None
) -> None:
    assert bars.bar(Told(edtf=edtf)) == Bar(first, last, sure)
    assert bars.bar(Told(edtf=edtf, recurring=True)) == Bar(first, last, None)


def test_what_has_no_day_has_no_bar() -> None:
    assert bars.bar(Told("long ago")) is None and bars.bar(Told(edtf="XXXX-03-14")) is None


def test_bars_lie_on_a_scale_of_whole_years() -> None:
    found = [bars.bar(Told(edtf=text)) for text in ("1998/1999", "2001-06", "../2003")]
    made = [each for each in found if each is not None]
    scale = bars.scale(made)
    assert scale == (date(1998, 1, 1), date(2003, 12, 31)) and bars.scale([]) is None
    first, month, open_ = (bars.drawn(each, scale) for each in made)
    assert first.left == 0 and 0.33 < first.right < 0.34
    assert first.sure is not None and first.left < first.sure[0] < first.sure[1] < first.right
    assert 0.5 < month.left < month.right < 0.6 and month.sure is None
    assert open_ == Drawn(0.0, 1.0, None, open_left=True, open_right=False)
    cut = bars.drawn(made[0], (date(1999, 1, 1), date(1999, 12, 31)))
    assert (cut.left, cut.right) == (0.0, 1.0)


def test_years_above_a_scale_are_few() -> None:
    assert bars.years((date(1998, 1, 1), date(2000, 12, 31)))[0] == (1998, 0.0)
    assert [year for year, _ in bars.years((date(1999, 1, 1), date(2009, 12, 31)))] == [
        1999,
        2001,
        2003,
        2005,
        2007,
        2009,
    ]
    assert len(bars.years((date(1, 1, 1), date(9999, 12, 31)))) <= 10


@given(st.integers(1, 9999), st.integers(0, 300))
def test_years_lie_on_the_scale(first: int, more: int) -> None:
    scale = date(first, 1, 1), date(min(9999, first + more), 12, 31)
    found = bars.years(scale)
    assert 1 <= len(found) <= 7 and all(0 <= share < 1 for _, share in found)


def test_two_tellings_that_cant_both_be_true_are_found() -> None:
    told = [Told(edtf=text) for text in ("2003-01", "2005", "2004/..", "../2003", "2003-01-14")] + [Told("?")]
    assert bars.conflicts(told) == [(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (2, 4)]
