"""Names in running text: found however they are written, and not where only their letters stand."""

from __future__ import annotations

import time

import pytest

from cairn.model.names.in_text import Known, letters

FOUND = [
    ("한별", "…and 한별이는 길가에 두고", "한별"),
    ("한별", "한 별 씨가", "한 별"),
    ("한별", "한-별에게서도", "한-별"),
    ("김한별", "그때 한별이는 울었다", "한별"),
    ("김한별", "김 한별 씨가 왔다", "김 한별"),
    ("한별", "김한별이다", "한별"),
    ("박 영 희", "박영희에게", "박영희"),
    ("남궁민수", "민수야", "민수"),
    ("한별", "한\u200b별이", "한\u200b별"),
    ("한별", "\u1112\u1161\u11ab\u1107\u1167\u11af이", "\u1112\u1161\u11ab\u1107\u1167\u11af"),
    ("Kim Hanbyol", "letter to Hanbyol.pdf", "Hanbyol"),
    ("Kim Hanbyol", "HANBYOL KIM", "HANBYOL KIM"),
    ("Hanbyol", "letter_hanbyol_2.pdf", "hanbyol"),
    ("Hanbyol", "hanbyolletter.pdf", "hanbyol"),
    ("Jong-ori", "with Jong ori.", "Jong ori"),
    ("Jong-ori", "with JONGORI's sister", "JONGORI"),
    ("Ｈａｎｂｙｏｌ", "hanbyol", "hanbyol"),
    ("Zoë Ákos", "ZOE AKOS", "ZOE AKOS"),
    ("Zoe Akos", "Zoë\nÁkos", "Zoë\nÁkos"),
    ("李美玉", "和李美玉一起", "李美玉"),
    ("Rose Lee", "a rose, and Rose", "Rose"),
]
NOT_THERE = [
    ("하나", "하나하나 세었다"),
    ("한별", "대한별관"),
    ("이수", "이수진이"),
    ("Lee", "Lena was sleeping"),
    ("Rose Lee", "a rose"),
    ("Kim Hanbyol", "Kim went away"),
    ("별", "별이 떴다"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("name", "text", "word"), FOUND)
def test_a_name_is_found_as_people_write_it(name: str, text: str, word: str) -> None:
    ((place, owners),) = Known([(name, "P1")]).find(text)
    assert text[place.start : place.end] == word and list(owners) == ["P1"]


@pytest.mark.parametrize(("name", "text"), NOT_THERE)
def test_where_only_letters_of_it_stand_there_is_no_name(name: str, text: str) -> None:
    assert Known([(name, "P1")]).find(text) == []


def test_the_longer_name_holds_and_one_name_may_be_that_of_several() -> None:
    known = Known([("한별", "P1"), ("김한별", "P2"), ("김한별", "P3")])
    ((place, owners),) = known.find("그 김한별은")
    assert place == (2, 5) and list(owners) == ["P2", "P3"]


def test_many_names_are_looked_for_as_a_few_are() -> None:
    """An office protects many thousands: each letter of a long text must not be asked of each of them."""
    names = [(f"김{chr(0xAC00 + n % 9000)}{chr(0xB000 + n % 7919)}", n) for n in range(20_000)]
    known = Known([*names, ("한별", -1)])
    text = "그날 우리는 강을 건넜다. " * 8000 + "한별이는 남았다."
    began = time.process_time()
    found = known.find(text)
    assert [owner for _, owners in found for owner in owners] == [-1]
    assert time.process_time() - began < 10, "one by one it would be some minutes"


def test_marks_on_marks_do_not_stop_the_program() -> None:
    """A text from outside can hold any number of them: every way to read them would be tried, while all else waits."""
    name = "a" * 30 + "b"
    began = time.process_time()
    for marks in range(2, 7):
        text = ("a" + "\u0301" * marks) * 30 + "c " + name
        assert [text[place.start : place.end] for place, _ in Known([(name, 1)]).find(text)] == [name]
    assert time.process_time() - began < 5, "it would be years"


def test_letters_are_what_a_name_index_holds() -> None:
    assert letters("Jong‐Ori Ákos ２") == "jongoriakos2" and letters(" ·-") == ""
