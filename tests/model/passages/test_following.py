"""Passages follow every edit: same, moved, changed or lost, and never lost by what happens elsewhere."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cairn.model.passages import following
from cairn.model.passages.anchors import CONTEXT, Anchor, InPicture, InSound, InText, Words, stands, words_at
from cairn.model.passages.following import Found, State, find, follow
from cairn.model.values import MomentMs

TOLD = (
    "우리는 1998년 겨울에 강을 건넜다.\n\n어머니는 남았다. 동생은 다섯 살이었다.\n\n"
    "They kept us in a shed. A guard with a scar counted us at night.\n\n我们被送回去了。那年冬天很冷。"
)

CHARS = st.sampled_from(
    list("ab 가나다。.\n一二é") + ["\u0301", "\U0001f642", "\u00a0", "\u2028", "\u200d", "\u1112"]
)
TEXTS = st.text(CHARS, max_size=120)


def spot(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def one(old: str, new: str, words: str) -> tuple[State, str]:
    found = follow(old, new, [spot(old, words)])[0]
    return found.state, new[found.start : found.end]


@pytest.mark.parametrize(
    ("new", "words", "state", "reads"),
    [
        (TOLD, "어머니는 남았다", State.SAME, "어머니는 남았다"),
        (TOLD + " 끝.", "어머니는 남았다", State.SAME, "어머니는 남았다"),
        ("먼저 " + TOLD, "어머니는 남았다", State.MOVED, "어머니는 남았다"),
        (TOLD.replace("어머니는", "우리 어머니는"), "어머니는 남았다", State.MOVED, "어머니는 남았다"),
        # What is typed at its end, or before its beginning, is not of it.
        (TOLD.replace("남았다.", "남았다고 들었다."), "남았다", State.SAME, "남았다"),
        (TOLD.replace("남았다", "홀로 남았다"), "어머니는 남았다", State.CHANGED, "어머니는 홀로 남았다"),
        (TOLD.replace("a scar", "a long scar"), "guard with a scar", State.CHANGED, "guard with a long scar"),
        # Where its first or last word was replaced, the word in its place is of it.
        (TOLD.replace("A guard", "Some men"), "A guard with a scar", State.CHANGED, "Some men with a scar"),
        (TOLD.replace("at night.", "by day!"), "counted us at night.", State.CHANGED, "counted us by day!"),
        (TOLD.replace("어머니는 남았다. ", ""), "어머니는 남았다. ", State.LOST, ""),
        ("", "어머니는 남았다", State.LOST, ""),
        (TOLD.replace("동생은 다섯 살이었다", "XYZ"), "동생은 다섯 살이었다", State.LOST, ""),
    ],
)
def test_what_becomes_of_a_passage(new: str, words: str, state: State, reads: str) -> None:
    assert one(TOLD, new, words) == (state, reads)


def test_a_paragraph_that_was_put_elsewhere_is_found_there() -> None:
    first, second, *rest = TOLD.split("\n\n")
    new = "\n\n".join([*rest, second, first])
    assert one(TOLD, new, second) == (State.MOVED, second)
    assert one(TOLD, new, "A guard with a scar") == (State.MOVED, "A guard with a scar")


def test_the_same_words_elsewhere_are_not_taken_for_those_that_went() -> None:
    old = "He was beaten.\nThen it was spring, and nobody came for him.\nIn autumn he was seen. He was beaten.\n"
    new = old.replace("He was beaten.\n", "", 1)
    found = follow(old, new, [(0, len("He was beaten."))])[0]
    assert found == Found(State.LOST, 0, 0)


def test_a_span_that_the_text_does_not_have_is_refused() -> None:
    for span in ((-1, 2), (2, 2), (3, 2), (0, 4)):
        with pytest.raises(ValueError, match="span"):
            follow("abc", "abcd", [span])


@given(TEXTS, TEXTS, st.data())
def test_whatever_is_written_every_answer_is_true(old: str, new: str, data: st.DataObject) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    ((state, left, right),) = follow(old, new, [(start, end)])
    assert 0 <= left <= right <= len(new)
    if state is State.SAME:
        assert (left, right) == (start, end)
    if state in (State.SAME, State.MOVED):
        assert new[left:right] == old[start:end]
    assert (left == right) == (state is State.LOST)
    if old == new:
        assert state is State.SAME


EDITS = st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.floats(0, 1), TEXTS), max_size=6)


@given(TEXTS, TEXTS.filter(bool), TEXTS, EDITS)
@example("ab ", "ab", "", [(True, 0.0, 1.0, "")])
@example("a" * 60, "a", "a" * 60, [(True, 0.0, 1.0, "")])
def test_edits_elsewhere_never_lose_a_passage(
    before: str, quote: str, after: str, edits: list[tuple[bool, float, float, str]]
) -> None:
    """The words of a passage and eight characters on either side stand: whatever else is rewritten, it is found."""
    near, far = before[-8:] + "\u241e", "\u241f" + after[:8]
    head, tail = before[:-8], after[8:]
    new_head, new_tail = head, tail
    for in_head, begin, length, put in edits:
        text = new_head if in_head else new_tail
        at = int(begin * len(text))
        text = text[:at] + put + text[at + int(length * (len(text) - at)) :]
        new_head, new_tail = (text, new_tail) if in_head else (new_head, text)
    old, new = head + near + quote + far + tail, new_head + near + quote + far + new_tail
    start = len(head) + len(near)
    ((state, left, right),) = follow(old, new, [(start, start + len(quote))])
    assert state in (State.SAME, State.MOVED) and new[left:right] == quote


def test_a_text_without_line_ends_or_blanks_is_followed_too() -> None:
    """One paragraph of Chinese, thirty edits far apart: what lies between them is whole."""
    random_ = random.Random(7)
    old = "".join(chr(0x4E00 + random_.randrange(3000)) for _ in range(30_000))
    parts = list(old)
    edited = sorted(random_.sample(range(0, len(parts), 50), 30))
    for at in edited:
        parts[at] = random_.choice(["", "新的字", "口"])
    new = "".join(parts)
    spans = [(at + 5, at + 25) for at in range(0, len(old) - 60, 50)]
    for (start, end), found in zip(spans, follow(old, new, spans), strict=True):
        assert found.state in (State.SAME, State.MOVED)
        assert new[found.start : found.end] == old[start:end]


def test_words_are_found_where_the_older_text_is_not_here() -> None:
    start, end = spot(TOLD, "A guard with a scar")
    words = words_at(TOLD, start, end)
    assert find(TOLD, words, start) == Found(State.SAME, start, end)
    assert find("먼저 " + TOLD, words, start) == Found(State.MOVED, start + 3, end + 3)
    assert find(TOLD.replace("scar", "limp"), words, start).state is State.LOST
    assert find("", words, start) == Found(State.LOST, 0, 0)


def test_what_a_passage_keeps_of_a_text() -> None:
    text = "x" * 50 + "quoted" + "y" * 10
    words = words_at(text, 50, 56)
    assert words == Words("x" * CONTEXT, "quoted", "y" * 10)
    assert stands(text, words) and stands("more" + text, words)
    assert all(stands(text, words, near) for near in (0, 49, 50, 51, 99))
    assert not stands(text.replace("xq", "q"), Words("x" * 50, "quoted", ""))
    with pytest.raises(ValueError, match="span"):
        words_at(text, 50, 67)


def test_a_long_line_of_words_is_followed_word_by_word() -> None:
    old = " ".join(f"word{n} of a long line" for n in range(2000))
    new = (
        old.replace("word5 ", "")
        .replace("word900 of", "word900, it is said, of")
        .replace("word1990 ", "first ")
    )
    spans = [spot(old, f"word{n} of") for n in (400, 900, 1500, 1990)]
    found = follow(old, new, spans)
    assert [each.state for each in found] == [State.MOVED, State.CHANGED, State.MOVED, State.CHANGED]
    assert new[found[1].start : found[1].end] == "word900, it is said, of"


def test_whole_lines_that_came_or_went_move_what_follows() -> None:
    lines = [f"Line {n} of the account, which is a sentence of some length." for n in range(40)]
    new = [*lines[1:10], "A line that was added.", *lines[10:20], *lines[22:39], "The end."]
    old_text, new_text = "\n".join(lines), "\n".join(new)
    states = {n: follow(old_text, new_text, [spot(old_text, lines[n])])[0].state for n in (0, 5, 15, 21, 30)}
    assert states == {0: State.LOST, 5: State.MOVED, 15: State.MOVED, 21: State.LOST, 30: State.MOVED}


def test_a_comparison_that_would_take_hours_ends_and_knows_words_again() -> None:
    chance = random.Random(7)
    old, new = ("".join(f"{chance.randrange(120)}\n" for _ in range(300_000)) for _ in range(2))
    words = "what was done to her in the winter\n"
    at = 1000
    (found,) = follow(old[:at] + words + old[at:], new + words, [(at, at + len(words))])
    assert found == Found(State.MOVED, len(new), len(new) + len(words))


def test_what_has_nothing_in_common_is_lost_at_once() -> None:
    old, new = "甲" * 3000, "乙" * 3000
    assert follow(f"始{old}终", f"始{new}终", [(1000, 1020)]) == [Found(State.LOST, 1, 1)]
    # Of words that stand everywhere only some places are looked at.
    assert find("a" * 1000, Words("zz", "a", "zz"), 500).state is State.LOST


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: InText(3, 3),
        lambda: InSound(5, 4),
        lambda: InPicture(1, 1, 1, 5),
        lambda: InPicture(1, 5, 2, 5),
    ],
)
def test_a_place_has_a_length(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"passage|box"):
        wrong()


def test_a_place_says_in_the_file_what_it_is_in() -> None:
    for place, text in (
        (InText(3, 5), b'{"in":"text","start":3,"end":5}'),
        (InSound(MomentMs(0), MomentMs(9)), b'{"in":"sound","start":0,"end":9}'),
        (InPicture(0, 0, 1, 10_000), b'{"in":"picture","left":0,"top":0,"right":1,"bottom":10000}'),
    ):
        assert msgspec.json.encode(place) == text and msgspec.json.decode(text, type=Anchor) == place
    for wrong in (
        b'{"in":"text","start":5,"end":5}',
        b'{"in":"film","start":0,"end":5}',
        b'{"in":"picture"}',
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(wrong, type=Anchor)


def test_without_any_step_left_what_differs_counts_as_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short text that would be compared by characters, when other parts have used all the work up."""
    monkeypatch.setattr(following, "_WORK", 1)
    old, new = "the boat lay under the old willow tree", "a boot lay under an old willow tree then"
    (found,) = follow(old, new, [(old.index("old willow"), old.index("old willow") + 10)])
    assert found.state in (State.MOVED, State.CHANGED, State.LOST)
    monkeypatch.undo()
    (whole,) = follow(old, new, [(old.index("old willow"), old.index("old willow") + 10)])
    assert whole.state is State.MOVED
