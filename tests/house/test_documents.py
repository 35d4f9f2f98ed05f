"""The documents for who carries on: every file, folder and command that they name exists."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "desktop/cairn/qt/README.md")
DECISIONS = ROOT / "docs" / "decisions"
NAMED = re.compile(r"`((?:desktop|resources|packaging|tests|docs|\.ci)/[\w./-]*|[\w-]+\.(?:md|toml))`")
LINKED = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\./dev ([a-z]+)")
PLACEHOLDERS = ("NAME.py", "ROOM.json", "FORMAT.md")
"""Stand for many: a kind, a room, the format beside each of four rooms."""


@cache
def commands() -> set[str]:
    """The commands that `./dev` has."""
    cases = (ROOT / "dev").read_text("utf-8").rpartition("case $command in")[2]
    return {
        name
        for line in re.findall(r"^  ([a-z| -]+)\)", cases, re.MULTILINE)
        for name in re.split(r"[| -]+", line)
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_named_exists(name: str) -> None:
    path = ROOT / name
    text = path.read_text("utf-8")
    named = [one for one in NAMED.findall(text) if one.rpartition("/")[2] not in PLACEHOLDERS]
    places = [ROOT / one if "/" in one else path.parent / one for one in named]
    places += [path.parent / one for one in LINKED.findall(text) if ":" not in one]
    missing = [
        str(place.relative_to(ROOT))
        for place in places
        if not place.exists() and not (ROOT / place.name).exists()
    ]
    assert missing == []
    assert set(COMMAND.findall(text)) <= commands()


def test_the_command_itself_names_what_it_has() -> None:
    said = subprocess.run(["./dev", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  ([a-z]+) ", said, re.MULTILINE)) == commands() - {"help", "h", ""}


def test_decisions_are_numbered_and_say_what_else_was_looked_at() -> None:
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for number, page in enumerate(pages, 1):
        text = page.read_text("utf-8")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert text.startswith(f"# {number}. "), page.name
        assert heads == ["Context", "Decision", "Alternatives considered", "Consequences"], page.name
        assert len(text.splitlines()) <= 40, page.name


def test_the_readme_is_short_and_shows_the_window() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\((docs/pictures/[\w-]+\.png)\)", text)
    assert len(text.splitlines()) < 200
    assert len(pictures) == 3
    assert all((ROOT / picture).stat().st_size < 150_000 for picture in pictures)
