"""`cairn update check FOLDER`: what it says, its one object, its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cairn.app.program import build, updates
from cairn.app.program.build import Here
from cairn.cli.main import main
from cli.program import refused
from releasing.making import make, trusted


@pytest.fixture(autouse=True)
def a_build_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "trusted", trusted)
    monkeypatch.setattr(build, "here", lambda: Here("linux", "x86_64", ("deb",)))


def test_a_newer_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path)
    assert main(["update", "check", str(tmp_path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Cairn 9.0.0 is newer than this one")
    assert said[1].startswith("Signed by cairn-release, SHA256:")
    assert said[2] == "Opens bundles faster."
    assert said[3].startswith("1. ") and "sudo apt install ./cairn_9.0.0_amd64.deb" in said[7]
    assert re.fullmatch(" +[0-9a-f]{64}", said[6])


def test_for_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert main(["update", "check", "--json", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["age"], found["file"]) == ("9.0.0", "newer", "cairn_9.0.0_amd64.deb")
    assert found["notes"] == "묶음을 더 빨리 엽니다.\n" and len(found["steps"]) == 5
    assert found["problems"] == []


def test_an_older_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "__version__", "10.0.0")
    make(tmp_path)
    assert main(["update", "check", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert "OLDER than this one (10.0.0)" in said.err and "apt install" not in said.out


def test_an_altered_one_shows_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path)
    (tmp_path / "cairn_9.0.0_amd64.deb").write_bytes(b"x")
    assert main(["update", "check", str(tmp_path)]) == 4
    said = capsys.readouterr()
    assert "is not the file that was signed" in said.err and "9.0.0 is newer" not in said.out + said.err
    assert "faster" not in said.out + said.err


def test_the_program_from_source_knows_no_key(tmp_path: Path) -> None:
    refused(5, "update.no-keys", "update", "check", make(tmp_path))
