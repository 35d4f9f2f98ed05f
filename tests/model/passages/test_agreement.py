"""Agreement of coders: the figures of an independent library, and none where there is nothing to say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cairn.model.passages.agreement import Marked, alpha, kappa, per_code

krippendorff = pytest.importorskip("krippendorff")

SENTENCES = [(0, 10), (11, 20), (21, 30), (31, 40)]


def marked(*spans: tuple[int, int, str]) -> list[Marked]:
    return [Marked(start, end, frozenset(codes.split())) for start, end, codes in spans]


@given(
    st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[st.booleans()] * n), min_size=1, max_size=40))
)
def test_alpha_is_that_of_the_library(columns: list[tuple[bool, ...]]) -> None:
    ratings = list(zip(*columns, strict=True))
    values = {value for column in columns for value in column}
    if len(values) == 1:
        assert alpha(ratings) is None
        return
    data = np.array(ratings, dtype=float)
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    found = alpha(ratings)
    assert found is not None and math.isclose(found, expected, abs_tol=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_kappa_is_what_its_table_says(columns: list[tuple[bool, bool]]) -> None:
    one, other = zip(*columns, strict=True)
    n = len(columns)
    table = np.array([[sum(c == (a, b) for c in columns) for b in (True, False)] for a in (True, False)])
    chance = float((table.sum(0) * table.sum(1)).sum()) / n**2
    assume(chance < 1)
    found = kappa([one, other])
    assert found is not None and math.isclose(
        found, (np.trace(table) / n - chance) / (1 - chance), abs_tol=1e-9
    )


def test_a_table_worked_by_hand() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5.
    one = [True] * 25 + [False] * 25
    other = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert kappa([one, other]) == pytest.approx(0.4)


def test_only_what_somebody_marked_counts() -> None:
    one = marked((0, 5, "hunger"), (12, 32, "beating"))
    other = marked((3, 9, "hunger"), (21, 25, "beating hunger"))
    beating, hunger = per_code(SENTENCES, [one, other])
    assert (hunger.code, hunger.units, hunger.yes, hunger.both) == ("hunger", 4, (1, 2), 1)
    assert (beating.code, beating.units, beating.yes, beating.both) == ("beating", 4, (3, 1), 1)
    assert per_code(SENTENCES, [one[:1], other[:1]])[0].units == 1


def test_there_is_no_figure_where_chance_explains_everything() -> None:
    (only,) = per_code(SENTENCES, [marked((0, 5, "a")), marked((0, 5, "a"))])
    assert (only.units, only.both, only.kappa, only.alpha) == (1, 1, None, None)
    assert per_code(SENTENCES, [marked((0, 5, "")), []]) == []
    assert kappa([[True]]) is None and kappa([[], []]) is None
    assert alpha([[True]]) is None and alpha([[], []]) is None
    assert per_code([], [marked((0, 5, "a")), []]) == []
