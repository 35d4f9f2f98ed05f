"""Differences between versions read back to both of them, and follow words and Korean endings."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.app.interviews import differences
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.note import Note

TEXT = st.text(st.sampled_from("ab 집에서갔다\n山,."), max_size=60)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT)
def test_pieces_read_back_to_both_versions(old: str, new: str) -> None:
    found = differences.pieces(old, new)
    assert "".join(text for how, text in found if how != "new") == old
    assert "".join(text for how, text in found if how != "gone") == new


def test_a_changed_word_is_shown_as_a_word() -> None:
    assert differences.pieces("the red umbrella", "the green umbrella") == [
        ("same", "the "),
        ("gone", "red"),
        ("new", "green"),
        ("same", " umbrella"),
    ]


def test_a_korean_word_shows_only_its_changed_ending() -> None:
    assert differences.pieces("나는 학교에서 왔다", "나는 학교에 왔다") == [
        ("same", "나는 학교에"),
        ("gone", "서"),
        ("same", " 왔다"),
    ]


def test_only_fields_that_differ_are_listed() -> None:
    old = Interview(title="W-1", people=[Person("A", "told")])
    new = Interview(title="W-1", people=[Person("A", "told"), Person("B")], place="온성")
    assert [change.field for change in differences.between(old, new)] == ["place", "people"]
    assert differences.between(None, Note("x"))[0].pieces == (("new", "x"),)


def test_a_very_long_passage_is_still_answered() -> None:
    old, new = "word " * 50_000, "other " * 50_000
    assert differences.pieces(old, new) == [("gone", old), ("new", new)]
