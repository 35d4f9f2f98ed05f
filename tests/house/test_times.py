"""Milliseconds are types of their own, a moment is no length, and neither is samples, bytes or seconds."""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec
import pytest

from cairn.model.kinds.recording import Mark, Recording
from cairn.model.values import MAX_MS, LengthMs, MomentMs, Span
from house.annotations import annotated

SOURCE = Path(__file__).resolve().parents[2] / "desktop" / "cairn"
# The child counts samples and bytes, and knows none of the program's values.
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] != "decode")
MOMENTS = {"at", "position", "at_ms", "on_disk_ms", "moment"}
LENGTHS = {"duration", "duration_ms", "away"}
EITHER = {"ms"}
PLAIN = ("int", "int | None")
OTHER = {
    ("audio/repair_flac.py", "at"),  # the place of a byte
    ("storage/cells.py", "at"),
    ("qt/media/viewers/leaf.py", "at"),  # which page
    ("qt/screens/interviews/transcript/table.py", "at"),  # which letter
    ("qt/widgets/editor.py", "at"),
    ("qt/widgets/find.py", "at"),
    ("qt/widgets/steps.py", "at"),
    ("qt/widgets/words_input.py", "at"),
}


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def numbers(module: str, source: str) -> list[tuple[int, str]]:
    """Where a time in a sound is said to be any number."""
    return [
        (line, what)
        for line, what, annotation in annotated(ast.parse(source))
        if what in MOMENTS | LENGTHS | EITHER and annotation in PLAIN and (module, what) not in OTHER
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_time_in_a_sound_is_never_any_number(path: Path) -> None:
    found = numbers(name(path), path.read_text("utf-8"))
    assert not found, "say whether it is a moment or a length: cairn.model.values"


def test_what_is_no_time_is_still_there() -> None:
    for module, what in OTHER:
        source = (SOURCE / module).read_text("utf-8")
        assert any(each == what and how in PLAIN for _, each, how in annotated(ast.parse(source))), module


def test_it_finds_one() -> None:
    assert numbers("app/x.py", "def f(a: int, *, at: int | None = None) -> None: ...") == [(1, "at")]
    assert numbers("qt/x.py", "class A:\n    duration: int = 0\n    of: LengthMs\n") == [(2, "duration")]
    assert numbers("qt/x.py", "def position(self) -> int: ...") == [(1, "position")]


@pytest.mark.parametrize("value", [-1, MAX_MS + 1, 1.5, "1"])
@pytest.mark.parametrize("place", ["at", "until", "away"])
def test_its_bounds_hold_where_it_is_read(place: str, value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({place: value}), type=Mark)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({"start": 0, "end": value}), type=Span)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({"duration": value}), type=Recording)


def test_it_is_a_number_in_the_file() -> None:
    mark = Mark(at=MomentMs(7), away=LengthMs(MAX_MS))
    assert msgspec.json.encode(mark) == b'{"at":7,"away":%d}' % MAX_MS
    assert msgspec.json.decode(msgspec.json.encode(mark), type=Mark) == mark
