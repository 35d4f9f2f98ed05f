"""Differences between versions read back to both of them, and follow words and Korean endings."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.app.interviews import differences
from cairn.app.kernel import sentences
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.note import Note
from cairn.model.time.told import Told

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


def test_the_words_of_a_time_and_its_meaning_are_compared_apart_and_the_meaning_whole() -> None:
    old = Interview(date=Told("98년 봄", "1998-21"))
    new = Interview(date=Told("98년 봄", "1998-04?", calendar="korean-lunar"))
    (change,) = differences.between(old, new)
    assert change.field == "date.meaning"
    said = [(how, sentences.value(change.field, text, "en")) for how, text in change.pieces]
    assert said == [
        ("gone", "spring 1998 · 1 March 1998 to 31 May 1998"),
        ("new", "perhaps April 1998 · 1 April 1998 to 30 April 1998 · by the Korean lunar calendar"),
    ]
    assert sentences.field("interview", change.field) == "Date: what it was taken to mean"
    assert sentences.value("date.meaning", "of a newer version") == "of a newer version"
    words = differences.between(old, Interview(date=Told("98년 가을")))
    assert [(each.field, each.pieces[-1][0]) for each in words] == [
        ("date", "new"),
        ("date.meaning", "gone"),
    ]


def test_a_very_long_passage_is_still_answered() -> None:
    old, new = "word " * 50_000, "other " * 50_000
    assert differences.pieces(old, new) == [("gone", old), ("new", new)]
