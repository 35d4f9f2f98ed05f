"""Who may be one person: levels with reasons, never by the name alone, never from how a Chinese name sounds."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.model import names
from cairn.model.names import memory, weighing
from cairn.model.names.heard import Called
from cairn.model.names.in_text import Known
from cairn.model.names.index import Index
from cairn.model.names.weighing import Facts, weigh
from cairn.model.time.told import Told
from model.names.answers import answers

VECTORS = Path(os.environ.get("CAIRN_VECTORS") or "/nonexistent") / "names"
"""Where somebody else's people lie, and who scores what is said of them."""


def person(name: str, born: str = "", sex: str = "", place: str = "", **relatives: str) -> Facts:
    return Facts(
        (Called(name),),
        sex,
        Told(edtf=born) if born else None,
        tuple(place.split("/")) if place else (),
        tuple((role, Called(text)) for role, text in relatives.items()),
    )


GIVEN = ("영철", "순옥", "금희", "성일", "미란", "광수", "철호", "은심", "춘복", "명화")


def filled() -> Index[str]:
    """A few hundred people of common names, and those that the tests are about."""
    index: Index[str] = Index()
    for at, family in enumerate("김리박최정강조윤장한"):
        for number, given_name in enumerate(GIVEN):
            name = family + given_name
            index.put(name, person(name, f"{1950 + at * 4 + number}", "mf"[number % 2]))
    return index


def born(edtf: str) -> tuple[date, date] | None:
    return Facts(born=Told(edtf=edtf)).span


def codes(found: Facts, other: Facts) -> list[str]:
    return [each.code for each in weigh(found, other).reasons]


def test_somebody_is_found_in_another_script_with_reasons() -> None:
    index = filled()
    index.put("here", person("리용철", "1971-03", "m", "north/musan", father="리만호"))
    [first, *_] = index.candidates(person("Lee Yong-chul", "1971", "m", "north", father="Ri Man Ho"))
    assert (first.key, first.level) == ("here", "likely")
    assert [each.code for each in first.reasons] == [
        "match.name-sound", "match.sex-same", "match.birth-overlap", "match.place-same", "match.relative-same",
    ]  # fmt: skip
    assert first.points == sum(each.points for each in first.reasons)


def test_a_name_alone_is_never_likely() -> None:
    index = filled()
    assert index.candidates(person("독고설별", sex="f")) == []
    index.put("here", person("독고설별", sex="f"))
    [found] = index.candidates(person("독고설별", sex="f"))
    assert found.key == "here" and found.level == "possible"


def test_what_speaks_against_it_is_told_and_counts() -> None:
    index = filled()
    index.put("here", person("정성일", "1940", "m", "north/musan"))
    far = [
        each for each in index.candidates(person("정성일", "1976", "f", "south/haeju")) if each.key == "here"
    ]
    assert not far
    assert codes(person("정성일", "1976", "f", "south/haeju"), person("정성일", "1940", "m", "north/musan")) == [
        "match.name-same", "match.sex-other", "match.birth-apart", "match.place-other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1971-03-04", "1971-03-04", "match.birth-same-day"),
        ("1971-03-04", "1971", "match.birth-overlap"),
        ("1971-03-04", "1971-04-03", "match.birth-day-month"),
        ("1971-03-04", "1972-03-04", "match.birth-year-off"),
        ("1971-03-04", "1971-03-30", "match.birth-lunar"),
        ("1971-03-04", "1971-04-10", "match.birth-lunar-maybe"),
        ("1971", "1972-06", "match.birth-near"),
        ("1971", "1980", "match.birth-apart"),
    ],
)
def test_births_are_compared_as_far_as_they_are_known(one: str, other: str, code: str) -> None:
    for left, right in ((one, other), (other, one)):
        reason = weighing.birth_reason(born(left), born(right))
        assert reason is not None and reason.code == code
    assert weighing.birth_reason(born("../1971"), born(other)) is None
    assert weighing.birth_reason(None, born(other)) is None


def test_another_surname_with_the_same_given_name_is_found_as_such() -> None:
    index = filled()
    index.put("here", Facts((Called("최학별", "prison"),), "m", Told(edtf="1966")))
    [first, *_] = index.candidates(person("문학별", "1966", "m"))
    assert first.key == "here" and first.reasons[0].code == "match.name-given-other-family"


def test_a_chinese_name_leads_to_whoever_bears_it_and_to_nobody_by_sound() -> None:
    index = filled()
    both = Facts((Called("장은실"), Called("张美花", "household_cn")), "f", Told(edtf="1977"))
    index.put("both", both)
    index.put("sounds", person("장미화", "1977", "f"))
    index.put("home", person("Jang Un Sil", "1977-08", "f"))
    found = index.candidates(Facts((Called("Zhang Meihua", "household_cn"),), "f", Told(edtf="1977")))
    assert [each.key for each in found][:2] == ["both", "home"] and "sounds" not in [
        each.key for each in found
    ]
    assert found[0].through is None and found[1].through == "both"
    assert found[1].reasons[0].code == "match.name-through"


def test_search_finds_a_name_in_any_script_and_by_a_part() -> None:
    index = filled()
    index.put("here", Facts((Called("리용철"), Called("王玉丽", "household_cn"))))
    for text in (
        "Ri Yong Chol",
        "Lee Yong-chul",
        "이용철",
        "李勇哲",
        "용철",
        "Yongchol",
        "王玉丽",
        "Wang Yuli",
    ):
        assert "here" in [each.key for each in index.search(text)], text
    assert index.search("") == index.search("15") == []
    assert "here" not in [each.key for each in index.search("박미란")]


def test_who_is_taken_out_or_put_right_is_not_found_as_before() -> None:
    index = filled()
    index.put("here", person("독고설별"))
    index.put("here", person("사공봄"))
    assert index.search("독고설별") == [] and index.search("사공봄")[0].key == "here"
    index.remove("here")
    index.remove("here")
    assert "here" not in index and index.search("사공봄") == [] and index.facts("here") is None


def test_an_index_that_loses_most_of_its_people_is_made_anew() -> None:
    index: Index[int] = Index()
    for number in range(1200):
        index.put(number, person("김영철" if number % 2 else "박미란", f"{1950 + number % 40}"))
    for number in range(1100):
        index.remove(number)
    assert len(index) == 100
    assert {each.key for each in index.search("김영철", 100)} == set(range(1101, 1200, 2))


def test_when_names_are_closed_no_part_of_one_is_remembered() -> None:
    rooms = [
        importlib.import_module(f"cairn.model.names.{each.name}")
        for each in pkgutil.iter_modules(names.__path__)
    ]
    remembered = {
        id(each): each
        for room in rooms
        for each in vars(room).values()
        if hasattr(each, "cache_info") and each.cache_info().maxsize is not None
    }
    index = filled()
    index.search("독고설별")
    index.candidates(person("Dokko Sol Byol", "1971", father="王玉丽"))
    Known([("독고설별", 1)]).find("독고설별이")
    assert sum(each.cache_info().currsize for each in remembered.values()) > 50
    memory.forget()
    assert [each.__name__ for each in remembered.values() if each.cache_info().currsize] == []
    kept = [*re._cache, *getattr(re, "_cache2", ())]  # type: ignore[attr-defined]
    assert not any("설별" in str(key) or "설" in str(key) for key in kept)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=20))
def test_no_name_raises(names: list[str], asked: str) -> None:
    index: Index[int] = Index()
    for number, text in enumerate(names):
        index.put(number, person(text, "1970", "f", father=text))
    for each in index.candidates(person(asked, "1970", "f", father=asked)):
        assert each.level in ("likely", "possible")
    index.search(asked)


def test_people_of_others_are_matched_as_their_scorer_asks(tmp_path: Path) -> None:
    """Recall among the first five, F1 of pairs that are called the same, and confusable ones that wrongly are."""
    if not (VECTORS / "records.jsonl").is_file():
        pytest.skip("CAIRN_VECTORS names no folder with names")
    found = scored(VECTORS, list(answers(VECTORS)), tmp_path / "candidates.tsv")
    wrong, of = map(int, found["confusable pairs wrongly called same"].split(" of "))
    assert found["recall@5"] >= 0.92 and found["by verdict"]["f1"] >= 0.80 and wrong <= 0.05 * of, found


def scored(folder: Path, lines: list[str], table: Path) -> dict[str, Any]:
    """What the scorer beside the vectors says."""
    table.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(folder / "score.py"), str(table), str(folder), "--json"]
    said = subprocess.run(command, capture_output=True, check=True, timeout=300)
    result: dict[str, Any] = json.loads(said.stdout)
    return result
