"""The tools that look at the tests: which changes they make, and that every room and every reason is right."""

from __future__ import annotations

import re
from pathlib import Path
from types import FunctionType

import pytest

from proving import __main__ as mutate
from proving import cover
from proving.mutants import mutants
from proving.mutating import exchange, functions
from proving.rooms import ROOMS, SOURCE, TESTS, modules, short

SMALL = '''"""A module."""

LIMIT = 3


class Box:
    """A class."""

    def full(self, count: int, *, strict: bool = True) -> str:
        """Words that are no code."""
        if not strict and count >= LIMIT:
            return "full"
        for each in range(count):
            if each == 7:
                continue
            print(each + 1)
        return ""

    def __repr__(self) -> str:
        return "Box"


def outer(n: int) -> bool:
    limit: int
    "What it is, in words."

    def inner() -> bool:
        return n > 2

    if n is None:
        raise ValueError
    return inner()
'''


def test_what_is_changed() -> None:
    assert [each.name for each in mutants(SMALL, "small.py")] == [
        "Box.full: not strict and count >= LIMIT → not",
        "Box.full: not strict and count >= LIMIT → or",
        "Box.full: not strict and count >= LIMIT → without not strict",
        "Box.full: not strict and count >= LIMIT → without count >= LIMIT",
        "Box.full: not strict → without not",
        "Box.full: count >= LIMIT → >",
        "Box.full: return 'full' → return None",
        "Box.full: 'full' → other words",
        "Box.full: each == 7 → !=",
        "Box.full: 7 → 8",
        "Box.full: continue → break",
        "Box.full: print(each + 1) → left out",
        "Box.full: each + 1 → Sub",
        "Box.full: 1 → 2",
        "Box.full: return '' → return None",
        "Box.full: '' → other words",
        "outer.<locals>.inner: return n > 2 → return None",
        "outer.<locals>.inner: n > 2 → >=",
        "outer.<locals>.inner: 2 → 3",
        "outer: n is None → is not",
        "outer: raise ValueError → left out",
        "outer: return inner() → return None",
    ]


def test_a_change_reaches_the_function_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "small.py"
    file.write_text(SMALL, "utf-8")
    space: dict[str, object] = {}
    exec(compile(SMALL, str(file), "exec", dont_inherit=True), space)  # noqa: S102
    outer = space["outer"]
    assert isinstance(outer, FunctionType) and outer(3) is True
    (change,) = [each for each in mutants(SMALL, str(file)) if each.name == "outer.<locals>.inner: 2 → 3"]
    assert exchange(change, str(file), functions()) and outer(3) is False and outer(4) is True
    assert not exchange(change, "elsewhere.py", functions())


@pytest.mark.parametrize("name", list(ROOMS))
def test_every_room_and_its_tests_are_there(name: str) -> None:
    assert all(path.is_file() for path in modules(ROOMS[name]))
    assert all((TESTS / test).exists() for test in ROOMS[name].tests)


def test_every_survivor_is_a_change_that_is_made_and_has_a_reason() -> None:
    made: dict[str, set[str]] = {}
    for (module, name), reason in mutate.listed().items():
        if module not in made:
            path = SOURCE / module
            made[module] = {each.name for each in mutants(path.read_text("utf-8"), str(path))}
        assert len(reason) > 20, (module, name)
        assert name in made[module], (module, name)


def test_what_is_not_covered_says_why() -> None:
    for room in ROOMS.values():
        for path in modules(room):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if "not covered" in line:
                    assert re.search(cover.EXCLUDED[-1], line), f"{short(path)}:{number}"
