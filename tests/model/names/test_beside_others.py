"""On people who are easily confused: better than likeness of spelling alone, and than a weighted search of all words."""

from __future__ import annotations

import pytest

from model.names.methods import METHODS, Score, compared


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return compared(seed=7, groups=90)


def test_more_of_one_person_s_mentions_are_among_the_first_five(scores: dict[str, Score]) -> None:
    assert set(scores) == set(METHODS)
    ours = scores["cairn"]
    assert all(ours.recall > other.recall for name, other in scores.items() if name != "cairn"), scores


def test_what_is_called_the_same_more_often_is(scores: dict[str, Score]) -> None:
    """Of the others the best threshold is taken, which nobody has who does not know the answers."""
    ours = scores["cairn"]
    assert all(ours.f1 > other.f1 for name, other in scores.items() if name != "cairn"), scores
    assert ours.precision >= 0.9
