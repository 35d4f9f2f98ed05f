"""A place as it was told: what is kept, what is refused, what travels with it."""

from __future__ import annotations

import msgspec
import pytest

from cairn.model.places.told import MAX_WORDS, PlaceTold, place_references

RECORD = "6f1c3b2e-0000-8000-8000-00000000000a"


@pytest.mark.parametrize(
    "told",
    [
        PlaceTold(),
        PlaceTold("회령 근처", "kp.hoeryong", "near"),
        PlaceTold("between the two", "kp.hoeryong", "between", "kp.musan"),
        PlaceTold("between it and something", "kp.hoeryong", "between"),
        PlaceTold("nobody knows", relation="unknown"),
        PlaceTold("x", "of.a.newer.gazetteer"),
    ],
)
def test_it_is_kept_as_it_is(told: PlaceTold) -> None:
    assert msgspec.json.decode(msgspec.json.encode(told), type=PlaceTold) == told


@pytest.mark.parametrize(
    "text",
    [
        b'{"place":"kp.a","other":"kp.b"}',
        b'{"relation":"beside"}',
        b'{"words":"' + b"x" * (MAX_WORDS + 1) + b'"}',
        b'{"place":"' + b"x" * 121 + b'"}',
    ],
)
def test_what_it_can_not_be_is_refused(text: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=PlaceTold)


def test_only_records_of_the_library_travel_with_it() -> None:
    told = PlaceTold("x", RECORD, "between", "kp.musan")
    assert told.places == (RECORD, "kp.musan")
    assert [each.record for each in place_references("place", told, told)] == [RECORD]
    assert place_references("place", PlaceTold("x", "kp.musan")) == []


def test_nothing_said_is_nothing() -> None:
    assert not PlaceTold() and not PlaceTold(relation="near")
    assert PlaceTold("x") and PlaceTold(relation="unknown") and PlaceTold(place="kp.musan")
