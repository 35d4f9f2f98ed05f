"""`cairn date`: readings for people and for machines, and what is no date among its options."""

from __future__ import annotations

from cli.program import cairn


def test_a_sure_reading_is_shown_with_its_days() -> None:
    ran = cairn("date", "the spring of 1999")
    assert ran.code == 0
    assert ran.out.strip() == "spring 1999  1999-21  1 March 1999 to 31 May 1999"
    assert ran.err == ""


def test_what_is_open_is_shown_whole_and_said_to_be_open() -> None:
    ran = cairn("date", "열다섯 살 때", "--birth", "1985-03-20")
    assert [line.split("  ")[1] for line in ran.out.splitlines()] == ["1999", "2000-03-20/2001-03-19"]
    assert "Korean age" in ran.out and "international age" in ran.out and "2 things" in ran.err


def test_machines_get_every_reading() -> None:
    found = cairn("date", "the winter after my release", "--event", "release=2006-02-02", "--json").object
    assert found["kind"] == "choose"
    assert [each["edtf"] for each in found["readings"]] == ["2005-24", "2006-24"]
    assert found["readings"][0]["latest"] == "2006-02-28"
    assert found["readings"][0]["anchor"] == {"kind": "event", "ref": "release", "date": "2006-02-02"}
    assert (
        cairn("date", "three years ago", "--anchor", "2021-09-30", "--json").object["readings"][0]["edtf"]
        == "2018"
    )
    school = cairn("date", "上初二的时候", "--school", "初一=1998-09-01", "--json").object
    assert school["readings"][0]["earliest"] == "1999-09-01"
    born = cairn("date", "she was 25 in 1998, Korean age", "--asks-birth", "--json").object
    assert born["readings"][0]["edtf"] == "1974"


def test_what_is_no_day_hangs_in_the_air_or_is_not_understood_is_said() -> None:
    impossible = cairn("date", "2012년 윤4월")
    assert (
        impossible.code == 0
        and "2012 had no leap month 4" in impossible.err
        and "21 May 2012" in impossible.out
    )
    relative = cairn("date", "the year my mother died", "--json").object
    assert relative["kind"] == "relative" and relative["anchor"]["ref"]
    assert "day on which it was said" in cairn("date", "last winter").err
    assert "kept as they are" in cairn("date", "Camp 15").err


def test_a_date_among_the_options_that_is_none_is_refused() -> None:
    for option, text in (("--anchor", "yesterday"), ("--birth", "1985-02-30"), ("--event", "arrest=x")):
        ran = cairn("date", "1998", option, text, "--json", code=None)
        assert ran.codes == ["time.no-date"]
    assert cairn("date", "1998", "--event", "arrest", "--json", code=None).codes == ["time.no-pair"]


def test_korean_speaks_korean() -> None:
    ran = cairn("date", "98년 겨울", "--anchor", "2019-05-14", env={"LC_ALL": "ko_KR.UTF-8"})
    assert "1998년에서 1999년으로 넘어가는 겨울" in ran.out
