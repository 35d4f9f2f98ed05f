"""What is selected at once: words, sentences, paragraphs, in Korean, English and Chinese."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.model.passages.units import Unit, after, around, before, units

TEXT = "어머니는 남았다. 동생은 “살아라!” 하고 말했다.\n\nA guard didn't count us. He said 3.5 kg? Yes…\n我们被送回去了。那年冬天很冷。"


def parts(text: str, unit: Unit) -> list[str]:
    return [text[start:end] for start, end in units(text, unit)]


def test_sentences_end_with_their_marks_and_closing_quotes() -> None:
    assert parts(TEXT, Unit.SENTENCE) == [
        "어머니는 남았다.",
        "동생은 “살아라!”",
        "하고 말했다.",
        "A guard didn't count us.",
        "He said 3.5 kg?",
        "Yes…",
        "我们被送回去了。",
        "那年冬天很冷。",
    ]


def test_words_are_parted_by_blanks_and_chinese_by_characters() -> None:
    assert parts("어머니는 didn't Jong-ori 送回 é e\u0301x\u00a0b", Unit.WORD) == [
        "어머니는",
        "didn't",
        "Jong-ori",
        "送",
        "回",
        "é",
        "e\u0301x",
        "b",
    ]


def test_paragraphs_are_lines_that_hold_something() -> None:
    assert len(parts(TEXT, Unit.PARAGRAPH)) == 3
    assert parts(" \n a \u2028b\n\n", Unit.PARAGRAPH) == ["a", "b"]


@pytest.mark.parametrize("unit", Unit)
@given(st.text(st.sampled_from(list("a가一. \n\u2028!”\u0301")), max_size=60), st.integers(0, 60))
def test_what_lies_around_before_and_behind_a_place(unit: Unit, text: str, at: int) -> None:
    at = min(at, len(text))
    every = list(units(text, unit))
    assert all(start < end for start, end in every)
    assert all(one[1] <= other[0] for one, other in pairwise(every))
    assert after(text, unit, at) == next((each for each in every if each[0] >= at), None)
    here = around(text, unit, at)
    assert (here is None) == (not every) and (here is None or here in every)
    holding = [each for each in every if each[0] <= at < each[1]]
    assert not holding or here == holding[0]
    gone = before(text, unit, at)
    if gone is not None:
        assert gone[1] <= at and gone in every
    assert gone == next((each for each in reversed(every) if each[1] <= at), None)
