"""`cairn name`: spellings for people and for machines, and why two names may be one."""

from __future__ import annotations

from cli.program import cairn


def test_every_spelling_is_shown_with_its_system() -> None:
    ran = cairn("name", "propose", "리용철")
    assert ran.code == 0 and ran.err == ""
    assert "Ri Yong Chol  DPRK spelling" in ran.out.splitlines()
    assert "이용철  Hangul as written in the South" in ran.out.splitlines()


def test_what_may_be_meant_is_said_to_be_one_of_several() -> None:
    found = cairn("name", "propose", "Lee Young-chul", "--json").object["spellings"]
    assert found[0] == {"text": "리영철", "script": "Hang", "system": "north", "sure": False}
    assert "one of several" in cairn("name", "propose", "Ri Yong Chol").out


def test_a_name_from_china_is_read_in_mandarin_alone() -> None:
    ran = cairn("name", "propose", "张美花", "--kind", "name.household_cn")
    assert ran.out.split("  ")[0] == "Zhang Meihua" and len(ran.out.splitlines()) == 1


def test_where_nothing_follows_it_is_said() -> None:
    ran = cairn("name", "propose", "15")
    assert ran.code == 0 and ran.out == "" and "15" in ran.err


def test_two_names_are_compared_with_the_reason() -> None:
    alike = cairn("name", "compare", "리용철", "Yi, Yongch'ŏl")
    assert "sound alike" in alike.out
    apart = cairn("name", "compare", "리용철", "박미란", "--json").object
    assert apart["points"] < 0 and apart["reasons"][0]["code"] == "match.name-other"


def test_korean_speaks_korean() -> None:
    ran = cairn("name", "compare", "朴美花", "박미화", env={"LC_ALL": "ko_KR.UTF-8"})
    assert "소리가 같습니다" in ran.out
