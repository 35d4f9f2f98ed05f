"""`cairn term`: what ships without a vault, what a vault says with one, and what is wrong with a file that was handed in."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import World
from cli.program import cairn

MINE = """
vocabulary = "violations"
parent = "vio.family"
label.en = "Child kept from school"
label.ko = "아이를 학교에 보내지 않음"
definition.en = "A child is kept from school by whoever holds it."
include.en = "Kept at home to work"
out = [{ see = "vio.family.registration", en = "no papers for the child" }]
example.en = "A girl herds goats while others of her age go to school."
count.pattern = "count.state"
count.one.en = "One child, as long as it lasts"
sensitivity = "S2"
"""


def test_what_ships_is_listed_found_and_explained_without_a_vault() -> None:
    vocabularies = cairn("term", "list", "--json").object["vocabularies"]
    assert {"violations", "basis", "relations"} <= {each["id"] for each in vocabularies}
    listed = cairn("term", "list", "--vocabulary", "violations")
    assert "  vio.family.separation  Forced separation of parent and child  [needs review]" in listed.out
    found = cairn("term", "list", "--find", "ㄱㅈㅅㅎ", "--json").object["terms"]
    assert found[0]["id"] == "vio.movement.repatriation"
    shown = cairn("term", "show", "vio.family.separation")
    for word in ("What it is: ", "What is in: ", "What is out: ", "Example: ", "How to count: "):
        assert word in shown.out
    assert "has not looked at this term yet" in shown.err
    korean = cairn("term", "show", "vio.family.separation", env={"LC_ALL": "ko_KR.UTF-8"})
    assert "부모와 아이의 강제 분리" in korean.out and "뜻: " in korean.out
    shown_json = cairn("term", "show", "vio.family.separation", "--json").object
    assert shown_json["term"]["label"]["zh"] and shown_json["path"] == ["Family and children"]


def test_what_is_not_there_is_said() -> None:
    assert cairn("term", "show", "vio.nothing", "--json", code=None).codes == ["term.unknown"]
    ran = cairn("term", "list", "--vocabulary", "nothing", "--json", code=None)
    assert ran.codes == ["term.no-vocabulary"]


def test_a_local_term_is_made_of_a_file_listed_and_retired(world: World, field: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MINE, "utf-8")
    key = world.key("field")
    id_ = cairn("term", "add", field, file, *key, "--json").object["id"]
    listed = cairn("term", "list", field, "--vocabulary", "violations", *key)
    assert f"  {id_}  Child kept from school  [local]" in listed.out
    shown = cairn("term", "show", id_, field, *key)
    assert "What it is: A child is kept from school" in shown.out
    assert cairn("term", "retire", field, id_, *key, "--json").object["term"]["retired"] is True
    assert "[retired]" in cairn("term", "show", id_, field, *key).out
    cairn("term", "retire", field, id_, "--offer-again", *key)
    assert "[retired]" not in cairn("term", "show", id_, field, *key).out
    broken = tmp_path / "broken.toml"
    broken.write_text(MINE.replace("example.en", "exmaple.en"), "utf-8")
    ran = cairn("term", "add", field, broken, *key, code=None)
    assert ran.code == 3 and "broken.toml, line 9" in ran.err and "exmaple" in ran.err
    broken.write_text(MINE.replace('example.en = "A', '#"'), "utf-8")
    assert cairn("term", "add", field, broken, *key, "--json", code=None).codes == ["term.no-example"]
