"""The tools that look at the tests: which changes they make, and that every room and every reason is right."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import coverage
import pytest

from proving import __main__ as mutate
from proving import cover
from proving.__main__ import Outcome
from proving.mutants import mutants
from proving.mutating import (
    HUNG,
    LOST,
    NOTICED,
    SURVIVED,
    UNTESTED,
    _enough,
    exchange,
    functions,
)
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


REASON = re.compile(r"Equivalent: .{20,}|Also refused by `(?P<module>[a-z_/]+\.py) (?P<name>[\w.]+)`: .{20,}")


def test_every_survivor_is_a_change_that_is_made_and_has_a_reason() -> None:
    """It changes nothing that could be seen, or it takes away one of two checks, of which the other is named."""
    made: dict[str, set[str]] = {}
    looked_at = {short(path) for room in ROOMS.values() for path in modules(room)}
    for (module, name), reason in mutate.listed().items():
        assert module in looked_at, module
        if module not in made:
            path = SOURCE / module
            made[module] = {each.name for each in mutants(path.read_text("utf-8"), str(path))}
        assert name in made[module], (module, name)
        said = REASON.fullmatch(reason)
        assert said, (module, name, reason)
        if said["module"]:
            assert said["name"] in functions_of(SOURCE / said["module"]), reason


def functions_of(path: Path) -> set[str]:
    """Names of the functions of a module, as in `Box.full`."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        found |= {before + each.name for each in inner if isinstance(each, ast.FunctionDef)}
    return found


def test_a_reason_goes_no_further_than_its_module() -> None:
    text = "# words\n\n== a.py\n-- one\nx: 1 → 2\ny: 1 → 2\n-- two\nz: 1 → 2\n\n== b.py\nx: 1 → 2\n"
    assert mutate.listed(text) == {
        ("a.py", "x: 1 → 2"): "one",
        ("a.py", "y: 1 → 2"): "one",
        ("a.py", "z: 1 → 2"): "two",
        ("b.py", "x: 1 → 2"): "",
    }
    for wrong in (text + "x: 1 → 2\n", "x: 1 → 2\n"):
        with pytest.raises(ValueError, match="x: 1 → 2"):
            mutate.listed(wrong)


def test_only_what_is_whole_and_listed_passes(capsys: pytest.CaptureFixture[str]) -> None:
    module = "vault/header.py"
    listed = {(module, name) for of, name in mutate.listed() if of == module}
    good = [Outcome(module, name, 1, SURVIVED) for _, name in listed] + [Outcome(module, "other", 2, NOTICED)]
    assert not mutate.report("header", good, 0, 60.0, whole=True)
    for bad in (SURVIVED, UNTESTED, LOST):
        assert mutate.report("header", [*good[:-1], Outcome(module, "other", 2, bad)], 0, 60.0, whole=True)
        assert f"{bad} {module}:2 other" in capsys.readouterr().out
    assert not mutate.report("header", [*good[:-1], Outcome(module, "other", 2, HUNG)], 0, 60.0, whole=True)
    # What is listed must survive, and be there where everything was tried.
    assert listed
    assert mutate.report("header", [each._replace(outcome=NOTICED) for each in good], 0, 60.0, whole=False)
    assert mutate.report("header", good[-1:], 0, 60.0, whole=True)
    assert not mutate.report("header", good[-1:], 0, 60.0, whole=False)


def test_what_noticed_a_change_close_by_comes_first_and_slow_tests_are_not_waited_for() -> None:
    told = (("a", 0.5, 10), ("b", 0.1, 10), ("c", 5.0, 10), ("d", 9.0, 10), ("e", 0.1, 900))
    seconds = {name: (1.0, took, lines) for name, took, lines in told}
    assert _enough({"a", "b", "c", "d"}, (None, None), seconds, 5) == ["b", "a"]
    assert _enough({"a", "b", "c", "d"}, ("c", "d"), seconds, 5) == ["c", "d"]
    assert _enough({"a", "b", "d"}, ("b", "a"), seconds, 5) == ["b", "a"]
    assert _enough({"d"}, (None, None), seconds, 5) == ["d"]
    assert _enough({"a", "b", "c", "d"}, (None, None), seconds, 15) == ["b", "a", "c", "d"]
    # What reaches the whole room is less about one of its lines.
    assert _enough({"a", "b", "e"}, (None, None), seconds, 5) == ["b", "a", "e"]


def test_outcomes_are_kept_while_they_say_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, test = tmp_path / "small.py", tmp_path / "tests" / "test_small.py"
    test.parent.mkdir()
    module.write_text("")
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setattr(mutate, "TESTS", test.parent)

    def holds(enough: float = 5, **changed: object) -> bool:
        mutate._digest.cache_clear()
        mutate._test.cache_clear()
        return mutate._holds(kept | changed, {"3": ["tests/test_small.py::test_it"]}, "now", enough)

    test.write_text("one")
    kept: dict[str, object] = {}
    kept = {
        "outcome": NOTICED, "by": "tests/test_small.py::test_it", "test": mutate._test("tests/test_small.py"),
        "line": 3, "state": "before", "enough": 5,
    }  # fmt: skip
    assert holds()
    assert not holds(line=4) and not holds(by="tests/test_small.py::test_other")
    assert not holds(outcome=SURVIVED) and holds(outcome=SURVIVED, state="now")
    # What survived is tried with more tests where that is asked for; what was noticed needs no more.
    assert not holds(6, outcome=SURVIVED, state="now") and holds(6)
    helper = test.parent / "kit.py"
    helper.write_text("shared")
    assert not holds()
    helper.unlink()
    test.write_text("two")
    assert not holds()


def test_what_is_not_covered_says_why() -> None:
    for room in ROOMS.values():
        for path in modules(room):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if "not covered" in line:
                    assert re.search(cover.EXCLUDED[-1], line), f"{short(path)}:{number}"


def test_one_room_alone_is_measured_where_the_first_process_imports_nothing_of_it(tmp_path: Path) -> None:
    """With workers the process that hands out the tests runs none; warnings are errors there, too."""
    (tmp_path / "module.py").write_text("def yes() -> bool:\n    return True\n")
    (tmp_path / "test_it.py").write_text("def test_it():\n    import module\n    assert module.yes()\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "proving.covering", "-p", "no:cacheprovider", "-n", "1",
         "-W", "error", f"--rootdir={tmp_path}", "-c", os.devnull, "test_it.py"],
        cwd=tmp_path,
        env=os.environ
        | {
            "PYTHONPATH": f"{TESTS}{os.pathsep}{tmp_path}",
            "PROVING_MODULES": str(tmp_path / "module.py"),
            "PROVING_DATA": str(tmp_path / "data"),
            "PROVING_CONTEXTS": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = coverage.Coverage(data_file=str(tmp_path / "data"), branch=True, config_file=False)
    found.combine()
    assert cover.missing(found, tmp_path)[1] == []
