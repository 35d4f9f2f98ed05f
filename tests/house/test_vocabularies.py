"""The linter of vocabularies and places: nothing ships that could not be told apart, explained and counted."""

from __future__ import annotations

import pytest

from cairn import resources
from cairn.app.kernel import sentences
from cairn.vocab import checking, places, shipped

SHIPPED = {f"{name}.toml": resources.read_bytes(f"vocabularies/{name}.toml") for name in shipped.names()}


def told(changed: dict[str, bytes]) -> list[str]:
    """The faults in words, as `./dev check` prints them."""
    return [sentences.sentence(each) for each in checking.faults({**SHIPPED, **changed})]


def test_nothing_is_wrong_with_what_ships() -> None:
    assert told({}) == []
    assert places.shipped()[1] == ()


def test_every_vocabulary_that_terms_are_looked_for_in_ships() -> None:
    assert set(shipped.HOMES.values()) == set(shipped.names())


VIOLATIONS = SHIPPED["violations.toml"].decode()
WHOLE = VIOLATIONS.split("[[term]]")
LEAF = next(each for each in WHOLE if 'id = "vio.family.separation"' in each)


def lines(term: str, *starts: str) -> str:
    """A term without the lines that begin so; a value over several lines goes with its first."""
    kept, inside = [], False
    for line in term.split("\n"):
        if inside:
            inside = not line.startswith("]")
        elif line.startswith(starts):
            inside = line.endswith("[")
        else:
            kept.append(line)
    return "\n".join(kept)


def broken(old: str, new: str, name: str = "violations.toml") -> list[str]:
    text = SHIPPED[name].decode()
    assert text.count(old) >= 1, old
    return told({name: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize("key", ["definition", "include", "out", "example", "count", "sensitivity"])
def test_a_violation_without_what_hrdag_asks_is_refused_with_its_line(key: str) -> None:
    found = broken(LEAF, lines(LEAF, f"{key} ", f"{key}."))
    line = VIOLATIONS[: VIOLATIONS.index(LEAF)].count("\n") + 1
    assert any(
        f"violations.toml, line {line}: vio.family.separation" in each and key in each for each in found
    )


@pytest.mark.parametrize(
    ("old", "new", "name", "word"),
    [
        ('parent = "vio.family"', 'parent = "vio.nothing"', "violations.toml", "vio.nothing"),
        ('parent = "vio.family"', 'parent = "basis.saw"', "violations.toml", "basis.saw"),
        ('see = "vio.traffic.for_other"', 'see = "vio.traffic"', "violations.toml", "vio.traffic"),
        ('id = "vio.family.separation"', 'id = "vio.family.contact_denied"', "violations.toml", "id"),
        ('id = "vio.family.separation"', 'id = "Vio.Family"', "violations.toml", "id"),
        ('pattern = "count.handover"', 'pattern = "count.nothing"', "violations.toml", "count.pattern"),
        ('label.ko = "부모와 아이의 강제 분리"', 'label.ko = "Parted"', "violations.toml", "ko"),
        ('label.zh = "强制拆散父母与子女"', 'label.zh = "분리"', "violations.toml", "zh"),
        ('label.ko = "부모와 아이의 강제 분리"\n', "", "violations.toml", "ko"),
        ("rest = true\n", "", "violations.toml", "rest"),
        ('fit = "close"', 'fit = "near"', "violations.toml", "crosswalk"),
        ('crosswalk.coi = [ "movement" ]', 'crosswalk.coi = [ "weather" ]', "violations.toml", "weather"),
        ('id = "basis"', 'id = "grounds"', "basis.toml", "basis.toml"),
        ("first_hand = true\n", "", "basis.toml", "first_hand"),
        ("review = true\n\n[[term]]", "\n[[term]]", "roles.toml", "review"),
        ('label.en = "Second interviewer or note taker"', 'label.en = "Interviewer"', "roles.toml", "label"),
        ('generic = "rel.parent"', 'generic = "rel.nobody"', "relations.toml", "rel.nobody"),
        ('sex = "any"\n', "", "relations.toml", "sex"),
        ('speaker = "any"\n', "", "kin_terms.toml", "speaker"),
        ('from = "1949~"', 'from = "long ago"', "agencies.toml", "time"),
        ("repeated.en", "repeated.zh_", "counting.toml", "zh_"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_words_with_file_and_line(old: str, new: str, name: str, word: str) -> None:
    found = broken(old, new, name)
    assert found and any(each.startswith(f"{name}, line ") and word in each for each in found), found


def test_a_circle_and_a_file_without_terms_are_told() -> None:
    circle = VIOLATIONS.replace(
        'id = "vio.family"\n', 'id = "vio.family"\nparent = "vio.family.separation"\n', 1
    )
    assert any("below itself" in each for each in told({"violations.toml": circle.encode()}))
    head = SHIPPED["roles.toml"].decode().split("[[term]]")[0]
    assert any("no terms" in each for each in told({"roles.toml": head.encode()}))
    assert any("basis.toml, line 1" in each for each in told({"basis.toml": b"\xff"}))
