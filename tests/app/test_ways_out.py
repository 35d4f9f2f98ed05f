"""Nothing in the use cases writes outside the vault but the few places that are meant to."""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "desktop" / "cairn" / "app"

WRITERS = {
    "seal_to_folder": {"leaving/sealing.py"},
    "write_bundle": {"program/practice.py"},  # the invented office's, of invented interviews, into memory
    "replace_file": {"vault/stock_keys.py", "kernel/preferences.py"},
    "new_file": {"files/files.py", "sound/recordings.py", "leaving/transcript_copies.py"},
    "fdopen": set[str](),
    "write_bytes": set[str](),
    "write_text": set[str](),
}


def called(module: Path) -> set[str]:
    tree = ast.parse(module.read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(each, "attr", getattr(each, "id", "")) for each in calls}


def place(module: Path) -> str:
    return module.relative_to(APP).as_posix()


def test_only_known_modules_write_outside_the_vault() -> None:
    for name, allowed in WRITERS.items():
        assert {place(module) for module in APP.rglob("*.py") if name in called(module)} == allowed, name


def test_whatever_lets_testimony_out_asks_the_gate() -> None:
    for module in (
        "leaving/sealing.py",
        "files/files.py",
        "sound/recordings.py",
        "leaving/transcript_copies.py",
    ):
        assert "may_leave" in called(APP / module), module


def test_files_are_opened_for_reading_only() -> None:
    """`open` with another mode than `rb` would be a way out that this test doesn't know."""
    for module in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "open" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    assert first.value == "rb", module.name
