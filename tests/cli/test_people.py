"""`cairn person`: people written down, related, listed and shown by codes, with what can't be right; no protected name."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import World
from cli.program import cairn


def test_people_are_added_related_listed_and_shown(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    people = tmp_path / "people.txt"
    people.write_text("told: Planted Name\n", "utf-8")
    made = cairn("interview", "add", field, "--title", "W-9", "--people-file", people, *key, "--json").object[
        "id"
    ]
    mother = cairn(
        "person", "add", field, made, "--code", "P1", "--sex", "female", "--born", "1990", *key, "--json"
    )
    assert mother.object["code"] == "P1"
    child = cairn("person", "add", field, made, "--sex", "female", "--born", "2011", *key)
    assert child.out.strip() == "P2"
    guard = cairn("person", "add", field, made, "--open-name", "Needle", "--role", "role.official", *key)
    assert guard.out.strip() == "P3"
    related = cairn(
        "person", "relate", field, made, "P1", "P2", "--type", "rel.daughter", "--parted", "--last-seen", "autumn 2014",
        "--where", "the mill", "--cause", "separation.arrest", "--holder", "P3", *key, "--json",
    )  # fmt: skip
    assert related.object["id"]
    listed = cairn("person", "list", field, made, *key)
    assert listed.out.splitlines()[0].startswith("P1") and "[tells]" in listed.out.splitlines()[0]
    assert "P2  Daughter  [parted]  [protected]" in listed.out
    assert "Needle" in listed.out and "Planted" not in listed.out
    shown = cairn("person", "show", field, made, "P2", *key)
    assert "Daughter" in shown.out and "autumn 2014" in shown.out and "the mill" in shown.out
    korean = cairn("person", "show", field, made, "P2", *key, env={"LC_ALL": "ko_KR.UTF-8"})
    assert "딸" in korean.out
    rows = cairn("person", "list", field, made, *key, "--json").object["people"]
    assert [(row["code"], row["parted"], row["tells"]) for row in rows] == [
        ("P1", False, True),
        ("P2", True, False),
        ("P3", False, False),
    ]
    # What can't be right is said, and kept all the same.
    odd = cairn(
        "person", "relate", field, made, "P2", "P1", "--type", "rel.daughter", *key, "--json", code=None
    )
    assert "coded.family-circle" in odd.codes or "coded.older-than-parent" in odd.codes


def test_what_can_not_be_written_is_refused(world: World, field: Path) -> None:
    key = world.key("field")
    made = cairn("interview", "add", field, "--title", "W-9", *key, "--json").object["id"]
    cairn("person", "add", field, made, *key)
    assert cairn("person", "add", field, made, "--code", "P1", *key, "--json", code=None).codes == [
        "coded.code-twice"
    ]
    # 3/4/1979 is one of two days: either is exact.
    for words in ("14 March 1979", "3/4/1979"):
        exact = cairn("person", "add", field, made, "--born", words, *key, "--json", code=None)
        assert exact.codes == ["coded.exact-birth"]
    assert cairn("person", "show", field, made, "P9", *key, "--json", code=None).codes == ["coded.nobody"]
    gone = "0b4f2c1e-5d3a-8e21-9c00-112233445566"
    assert cairn("person", "add", field, gone, *key, "--json", code=None).codes == ["interview.unknown"]
