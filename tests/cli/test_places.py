"""`cairn place`: found in any script without a vault, and those of a vault with one."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import World
from cli.program import cairn


def test_places_are_found_listed_and_explained_without_a_vault() -> None:
    found = cairn("place", "list", "--find", "Yongcheon", "--json").object["places"]
    assert found[0]["id"] == "kp.ryongchon" and found[0]["path"] == ["kp", "kp.north_pyongan"]
    inside = cairn("place", "list", "--inside", "kp.rason")
    assert "kp.rajin  Rajin  Rason, North Korea (DPRK)" in inside.out
    shown = cairn("place", "show", "kp.kyongwon")
    assert "새별군" in shown.out and "1977~/2005~" in shown.out
    assert "Reported closed in 2012." in cairn("place", "show", "kp.camp_22").out
    for arguments in (("show", "kp.nothing"), ("list", "--inside", "kp.nothing")):
        assert cairn("place", *arguments, "--json", code=None).codes == ["place.unknown"]


def test_a_place_of_ones_own_is_made_of_a_file(world: World, field: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'level = "ri"\nparent = "kp.onsong"\nnames = [{ ko = "단풍리", en = "Maple" }]\n', "utf-8"
    )
    key = world.key("field")
    id_ = cairn("place", "add", field, file, *key, "--json").object["id"]
    assert id_ in cairn("place", "list", field, "--find", "maple", *key).out
    assert "Onsong" in cairn("place", "show", id_, field, *key).out
    file.write_text('level = "ri"\nnames = [{ ko = "단풍리", lat = "1" }]\n', "utf-8")
    assert cairn("place", "add", field, file, *key, "--json", code=None).codes == ["vocab.unknown-key"]
