"""Acts and events by command line: added with people, perpetrators and the words that say so, listed, shown."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import World
from cli.program import cairn, refused
from cli.test_passages import ACCOUNT, rewrite


def test_an_act_is_added_listed_and_shown(world: World, field: Path) -> None:
    key, made = world.key("field"), world.interview
    rewrite(field, made, ACCOUNT)
    event = cairn(
        "event", "add", field, made, "--title", "the night at the river", "--time", "1998년 겨울", *key
    )
    assert event.out.startswith("E1  ")
    act = cairn(
        "act", "add", field, made, "--type", "vio.life.public_execution", "--victim", "the mother",
        "--by", "a guard with a scar", "--event", "E1", "--basis", "basis.saw", "--quote", "어머니는 남았다",
        "--time", "1998년 겨울", "--place", "the river", "--json", *key,
    ).object  # fmt: skip
    assert act["code"] == "A1" and act["type"] == "vio.life.public_execution"
    assert act["time"]["words"] == "1998년 겨울" and act["time"]["edtf"]
    assert [one["unknown"] for one in act["involvements"]] == ["a guard with a scar"]
    assert [one["basis"] for one in act["information"]] == ["basis.saw"]
    assert [one["quote"] for one in act["passages"]] == ["어머니는 남았다"]
    listed = cairn("act", "list", field, made, "--json", *key).object
    assert [one["code"] for one in listed["acts"]] == ["A1"]
    assert "A1" in cairn("act", "list", field, made, *key).out
    shown = cairn("act", "show", field, made, "A1", *key).out
    assert "the river" in shown and "“어머니는 남았다”" in shown
    assert cairn("act", "show", field, made, act["id"], "--json", *key).object == act
    # The same person again, by her code: no second record of hers.
    again = cairn(
        "act", "add", field, made, "--type", "vio.life", "--victim", "P1", "--by", "P1", "--json", *key
    ).object
    assert again["victim"] == again["involvements"][0]["perpetrator"] and again["code"] == "A2"
    events = cairn("event", "list", field, made, "--json", *key).object["events"]
    assert [one["title"] for one in events] == ["the night at the river"]
    assert "E1" in cairn("event", "list", field, made, *key).out
    one = cairn("event", "show", field, made, "E1", "--json", *key).object
    assert [each["code"] for each in one["acts"]] == ["A1"]
    assert "A1" in cairn("event", "show", field, made, "E1", *key).out


def test_what_is_wrong_is_said_and_nothing_is_written(world: World, field: Path) -> None:
    key, made = world.key("field"), world.interview
    rewrite(field, made, ACCOUNT)
    add = ("act", "add", field, made, "--type", "vio.life")
    refused(3, "coded.not-known", *add, "--event", "E9", *key)
    refused(3, "coded.not-known", "act", "show", field, made, "A9", *key)
    refused(3, "coded.not-known", "event", "show", field, made, "E9", *key)
    refused(3, "passage.words-unclear", *add, "--quote", "A guard", *key)
    refused(3, "passage.words-not-found", *add, "--quote", "nowhere", *key)
    assert cairn("act", "list", field, made, "--json", *key).object["acts"] == []
    cairn(*add, *key)
    found = cairn("act", "list", field, made, "--json", *key).object
    assert found["problems"][0]["code"] == "coded.no-victim"
