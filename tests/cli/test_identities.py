"""Protected names by command line: given in a file, shown when asked for, found, and in no bundle's records."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import World
from cli.program import cairn

PEOPLE = "told: 김영희\n\ninterpreter: 최\nguardian:  Pak Chol \n"


def test_names_stand_apart(world: World, field: Path, tmp_path: Path) -> None:
    (tmp_path / "people").write_text(PEOPLE, "utf-8")
    key = world.key("field")
    made = cairn(
        "interview", "add", field, "--title", "W-044", "--people-file", tmp_path / "people", *key
    ).out.strip()  # fmt: skip
    shown = cairn("interview", "show", field, made, "--json", *key).object
    assert shown["body"]["people"] == [
        {"role": "told", "code": "P1", "protected": True},
        {"name": "최", "role": "interpreter", "code": "P2"},
        {"role": "guardian", "code": "P3", "protected": True},
    ]
    assert shown["names"] == {}
    told = cairn("interview", "show", field, made, *key)
    assert "P1 (told)" in told.out and "최 (interpreter)" in told.out and "김영희" not in told.out
    named = cairn("interview", "show", field, made, "--names", "--json", *key).object
    assert named["names"] == {"P1": "김영희", "P3": "Pak Chol"}
    assert "P3  Pak Chol (guardian)" in cairn("interview", "show", field, made, "--names", *key).out
    (hit,) = cairn("search", field, "영희", "--json", *key).object["hits"]
    assert (hit["interview"], hit["kind"], hit["text"]) == (made, "identity", "P1: 김영희")


def test_names_may_be_left_plain(world: World, field: Path, tmp_path: Path) -> None:
    (tmp_path / "people").write_text("told: W-031\n", "utf-8")
    given = ["--title", "W-045", "--people-file", tmp_path / "people", "--plain-names"]
    made = cairn("interview", "add", field, *given, *world.key("field")).out.strip()
    shown = cairn("interview", "show", field, made, "--json", *world.key("field")).object
    assert shown["body"]["people"] == [{"name": "W-031", "role": "told", "code": "P1"}]


@pytest.mark.parametrize("line", ["told", "told:", "told:  "])
def test_a_line_without_a_name_is_no_person(world: World, field: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "people").write_text(line, "utf-8")
    given = ["--title", "W-046", "--people-file", tmp_path / "people"]
    ran = cairn("interview", "add", field, *given, *world.key("field"), code=2)
    assert "role" in ran.err
