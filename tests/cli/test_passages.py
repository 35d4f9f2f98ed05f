"""Passages by command line: marked by their words, followed, settled, coded by two."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import revising, session
from cairn.model.kinds.interview import Interview
from cli.conftest import PASSPHRASES, World
from cli.program import cairn, refused

ACCOUNT = "우리는 강을 건넜다. 어머니는 남았다.\nA guard counted us. A guard had a scar."


def rewrite(field: Path, interview: str, account: str, author: str = "") -> None:
    s = session.open_vault(field, PASSPHRASES["field"])
    try:
        with s.store.read() as reader:
            body = revising.need(reader, interview, "interview").body
        assert isinstance(body, Interview)
        interviews.save_version(
            s, interview, msgspec.structs.replace(body, account=account), reason="read again"
        )
        session.set_author(s, author)
    finally:
        s.close()


def test_marked_followed_and_settled(world: World, field: Path) -> None:
    key = world.key("field")
    made = world.interview
    rewrite(field, made, ACCOUNT)
    add = ("passage", "add", field, made)
    first = cairn(
        *add, "--quote", "어머니는 남았다", "--code", "vio.a", "vio.b", "--basis", "basis.saw", "--confidence", "likely",
        "--against", "--note", "herons", "--about", made, "--json", *key,
    ).object  # fmt: skip
    assert (first["quote"], first["codes"], first["speaks"]) == (
        "어머니는 남았다",
        ["vio.a", "vio.b"],
        "against",
    )
    assert first["about"] == [made] and first["at"] == first["now"] == [12, 20]
    second = cairn(*add, "--span", "22", "41", *key).out.strip()
    assert cairn("passage", "show", field, second, "--json", *key).object["quote"] == "A guard counted us."
    refused(3, "passage.words-unclear", *add, "--quote", "A guard", *key)
    refused(3, "passage.words-not-found", *add, "--quote", "nowhere", *key)
    for wrong in (
        ("--span", "5", "5"),
        ("--span", "0", "9999"),
        ("--sound", "0", "9"),
        ("--box", "0", "0", "5", "5"),
    ):
        refused(3, "passage.no-such-place", *add, *wrong, *key)
    whole = cairn(*add, "--whole", "--json", *key).object
    assert (whole["at"], whole["state"], whole["source"]) == (None, "same", made)
    rewrite(field, made, ACCOUNT.replace("counted us", "counted all of us").replace("어머니는 남았다.", ""))
    waiting = cairn("passage", "list", field, made, "--waiting", "--json", *key).object["passages"]
    assert [(each["id"], each["state"]) for each in waiting] == [(second, "changed"), (first["id"], "lost")]
    lines = cairn("passage", "list", field, made, *key).out.splitlines()
    assert len(lines) == 3 and "changed  A guard counted us." in "\n".join(lines)
    settled = cairn("passage", "settle", field, second, "--accept", "--json", *key).object
    assert (settled["quote"], settled["state"]) == ("A guard counted all of us.", "same")
    refused(3, "passage.lost", "passage", "settle", field, first["id"], "--accept", *key)
    assert cairn("passage", "settle", field, first["id"], "--keep", "--json", *key).object["state"] == "kept"
    anew = cairn("passage", "settle", field, first["id"], "--quote", "had a scar", *key).out
    assert "[had a scar]" in anew and "herons" in anew
    assert (
        cairn("passage", "settle", field, first["id"], "--remove", "--json", *key).object["removed"] is True
    )
    refused(3, "passage.unknown", "passage", "show", field, made, *key)


def test_two_coders_blind_and_then_how_far_they_agree(world: World, field: Path) -> None:
    key = world.key("field")
    made = world.interview
    rewrite(field, made, ACCOUNT, author="Min")
    cairn("passage", "add", field, made, "--quote", "강을 건넜다", "--code", "crossing", *key)
    cairn("passage", "coding", field, made, "--blind", "--closed", *key)
    rewrite(field, made, ACCOUNT + "\n끝.", author="Ji")
    cairn("passage", "add", field, made, "--quote", "건넜다", "--code", "crossing", *key)
    told = cairn("passage", "list", field, made, "--json", *key).object
    assert len(told["passages"]) == 1 and [each["code"] for each in told["problems"]] == ["passage.hidden-of"]
    assert cairn("passage", "coding", field, made, "--json", *key).object["agreement"] == []
    found = cairn("passage", "coding", field, made, "--closed", "--json", *key).object
    assert found["blind"] and [each["closed"] for each in found["coders"]] == [True, True]
    (agreed,) = found["agreement"]
    assert agreed["coders"] == ["Ji", "Min"] and agreed["codes"][0]["units"] == 1
    assert "kappa –  alpha –  n 1  1/1 (1)" in cairn("passage", "coding", field, made, *key).out
