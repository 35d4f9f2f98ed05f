"""`cairn interview list` sorts, filters, and says of how many."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import World
from cli.program import cairn, refused


def titles(*arguments: object) -> list[str]:
    return [one["title"] for one in cairn("interview", "list", *arguments, "--json").object["interviews"]]


def test_what_is_wanted_in_the_order_that_is_wanted(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    people = tmp_path / "people"
    people.write_text("told: A made-up name\n", "utf-8")
    first = cairn("interview", "list", field, "--json", *key).object
    before, (old,) = first["total"], [one["title"] for one in first["interviews"]]
    cairn("interview", "add", field, "--title", "B-2", "--people-file", people, *key)
    cairn("interview", "add", field, "--title", "A-1", *key)
    assert titles(field, *key) == ["A-1", "B-2", old], "the one changed last first"
    assert titles(field, "--sort", "title", *key) == sorted(["A-1", "B-2", old])
    assert titles(field, "--sort", "title", "--reverse", *key) == sorted(["A-1", "B-2", old], reverse=True)
    assert titles(field, "--sort", "created", "--reverse", *key) == [old, "B-2", "A-1"]
    assert titles(field, "--protected", *key) == ["B-2"]
    assert "B-2" not in titles(field, "--no-protected", *key)
    assert titles(field, "--containing", "A-1", *key) == ["A-1"]
    assert titles(field, "--from", "Field", *key) == ["A-1", "B-2", old]
    assert titles(field, "--state", "draft", *key) == []
    assert set(titles(field, "--sealed", *key)) | set(titles(field, "--no-sealed", *key)) == {
        "A-1",
        "B-2",
        old,
    }
    some = cairn("interview", "list", field, "--protected", *key)
    assert f"1 of {before + 2} interviews." in some.err
    listed = cairn("interview", "list", field, "--containing", "A-1", "--json", *key).object
    assert listed["total"] == before + 2 and listed["interviews"][0]["state"] == "saved"


def test_a_date_is_kept_in_its_words_with_its_days_and_filters_by_them(world: World, field: Path) -> None:
    key = world.key("field")

    def add(title: str, *arguments: object) -> str:
        return cairn("interview", "add", field, "--title", title, *arguments, *key).err

    assert add("D-1", "--date", "the spring of 1998") == ""
    said = add("D-2", "--date", "03/04/2005")
    assert "2 things" in said and "--date-means 2005-03-04" in said
    add("D-3", "--date", "98년 단풍 들 무렵", "--date-means", "1998-10~")
    shown = cairn("interview", "show", field, "D-1", "--json", *key).object["body"]["date"]
    assert shown == {"words": "the spring of 1998", "edtf": "1998-21"}
    assert cairn("interview", "show", field, "D-2", "--json", *key).object["body"]["date"] == {
        "words": "03/04/2005"
    }
    assert "98년 단풍 들 무렵 (about October 1998)" in cairn("interview", "show", field, "D-3", *key).out
    rows = cairn("interview", "list", field, "--since", "1998-05", "--json", *key).object["interviews"]
    assert [(one["title"], one["earliest"], one["latest"]) for one in rows] == [
        ("D-3", "1998-10-01", "1998-10-31"),
        ("D-1", "1998-03-01", "1998-05-31"),
    ]
    assert titles(field, "--since", "1998-05", "--surely", *key) == ["D-3"]
    assert titles(field, "--until", "summer 1998", "--surely", *key) == ["D-1"]
    assert titles(field, "--sort", "date", "--reverse", "--since", "1990", *key) == ["D-1", "D-3"]
    refused(
        3, "time.no-date", "interview", "add", field, "--title", "D-4", "--date-means", "1998-02-30", *key
    )
    refused(3, "time.too-long", "interview", "add", field, "--title", "D-4", "--date", "x" * 301, *key)


def test_what_is_no_date_and_nobody_are_refused(world: World, field: Path) -> None:
    key = world.key("field")
    refused(2, "cli.not-a-day", "interview", "list", field, "--since", "some day", *key)
    refused(2, "cli.not-a-day", "interview", "list", field, "--until", "2031-13", *key)
    refused(3, "contact.unknown", "interview", "list", field, "--from", "Nobody", *key)
