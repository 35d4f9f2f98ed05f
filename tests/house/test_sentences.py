"""Every code that can reach a person has a sentence, in every language, with the same places."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cairn import resources

CODE = re.compile(r"^[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$")
CARRIERS = {"InputError", "IntegrityError", "MachineError", "CairnError", "Problem"}
SOURCE = Path(__file__).resolve().parents[2] / "desktop" / "cairn"
PLACES = re.compile(r"\{([^{}]*)\}")
LANGUAGES = sorted(p.name for p in resources.path("words").iterdir() if p.is_dir())


def sentences(language: str) -> dict[str, str]:
    """All sentences of a language; duplicates between or inside files fail."""
    found: dict[str, str] = {}

    def unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"{language}: a code stands twice: {sorted(keys)}"
        return dict(pairs)

    for name in resources.names(f"words/{language}", ".json"):
        room = json.loads(resources.read_text(f"words/{language}/{name}"), object_pairs_hook=unique)
        for code in room:
            assert code.split(".")[0] == name.removesuffix(".json"), (
                f"{language}/{name}: {code} is elsewhere at home"
            )
        found |= room
    return found


def constants(tree: ast.AST) -> Iterator[str]:
    """Every text constant in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def raised(tree: ast.AST) -> Iterator[tuple[str, set[str] | None]]:
    """(code, names of the values) of each error and problem made with a literal code."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in CARRIERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            given = {k.arg for k in node.keywords if k.arg}
            known = len(node.args) == 1 and all(k.arg for k in node.keywords) and name != "Problem"
            yield first.value, given if known else None


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    return [(p, ast.parse(p.read_text("utf-8"))) for p in sorted(SOURCE.rglob("*.py"))]


def test_there_are_the_languages_of_the_first_day() -> None:
    assert {"en", "ko"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    have = sentences(language)
    missing = {
        f"{code} ({path.relative_to(SOURCE)})"
        for path, tree in modules()
        for code, _ in raised(tree)
        if code not in have
    }
    assert not missing, sorted(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_used(language: str) -> None:
    spoken: set[str] = set()
    stems: set[str] = set()
    for _, tree in modules():
        spoken |= set(constants(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                stems.add(str(node.values[0].value))
    stems = {s for s in stems if re.fullmatch(r"[a-z]+\.[a-z.-]*", s)}
    unused = [c for c in sentences(language) if c not in spoken and not c.startswith(tuple(stems))]
    assert not unused


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_languages_agree(language: str) -> None:
    english, other = sentences("en"), sentences(language)
    assert english.keys() ^ other.keys() == set()
    different = [c for c in english if set(PLACES.findall(english[c])) != set(PLACES.findall(other[c]))]
    assert not different


def test_every_place_is_filled_where_it_is_raised() -> None:
    english = sentences("en")
    unfilled = {
        f"{code} ({path.relative_to(SOURCE)}): {sorted(needed - given)}"
        for path, tree in modules()
        for code, given in raised(tree)
        if given is not None and (needed := set(PLACES.findall(english.get(code, "")))) - given
    }
    assert not unfilled, sorted(unfilled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_sentences(language: str) -> None:
    for code, text in sentences(language).items():
        assert CODE.match(code), code
        assert all(re.fullmatch("[a-z_]+", place) for place in PLACES.findall(text)), f"{code}: {text}"
        assert text == text.strip() and "\n" not in text, code
        assert text.endswith((".", "?", "…", ":")) or code.startswith("cli."), f"{code}: {text}"
        assert "!" not in text, code
        if language == "ko":
            assert re.search("[가-힣]", text), code
