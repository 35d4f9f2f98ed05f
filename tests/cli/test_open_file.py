"""Which arguments are files to open, and which are a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from cairn.cli import open_file

KOREAN = Path("/tmp/묶음 하나.age")


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["vault", "create"],
        ["open", "a.age"],
        ["--practice"],
        ["--version"],
        ["-x.age"],
        ["notes.txt"],
        ["a.age", "--json"],
        ["file://elsewhere/tmp/a.age"],
        ["file:"],
        ["file:///tmp/a%00.age"],
        [""],
    ],
)
def test_commands_stay_commands(given: list[str]) -> None:
    assert open_file.files(given) == []


def test_files_by_path_and_by_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_file.files(["a.age", "B.CONTACT"]) == [tmp_path / "a.age", tmp_path / "B.CONTACT"]
    for address in (
        KOREAN.as_uri(),
        "file:/tmp/묶음 하나.age",
        KOREAN.as_uri().replace("///", "//localhost/"),
    ):
        assert open_file.files([address]) == [KOREAN]
    assert open_file.files([str(KOREAN)]) == [KOREAN]
