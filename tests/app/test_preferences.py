"""Settings outside the vault: little, private, and never lost to a file that can't be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cairn import paths
from cairn.app.kernel import preferences


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path / "settings")
    return tmp_path / "settings"


def test_what_is_changed_is_read_again(folder: Path) -> None:
    preferences.change_outside(language="ko", text_size=130)
    preferences.change_outside(theme="dark")
    assert preferences.outside() == preferences.Outside(language="ko", theme="dark", text_size=130)
    assert set(json.loads((folder / "settings.json").read_bytes())) == {
        "language",
        "theme",
        "text_size",
        "geometry",
        "vaults",
    }
    assert (folder / "settings.json").stat().st_mode & 0o077 == 0


def test_vaults_are_known_by_folder_and_only_while_they_are_there(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "vault.hdr").write_bytes(b"{}")
        preferences.remember_vault(tmp_path / name)
    preferences.remember_vault(tmp_path / "gone")
    assert [(v.name, v.last) for v in preferences.known_vaults()] == [("two", True), ("one", False)]
    (tmp_path / "two" / "vault.hdr").unlink()
    assert [v.name for v in preferences.known_vaults()] == ["one"]


def test_a_file_that_cannot_be_read_is_kept_beside(folder: Path) -> None:
    folder.mkdir()
    (folder / "settings.json").write_bytes(b"not settings")
    assert preferences.outside() == preferences.Outside()
    preferences.change_outside(theme="light")
    assert (folder / "settings.json.unreadable").read_bytes() == b"not settings"
    assert preferences.outside().theme == "light"


def test_the_vault_that_was_used_last_is_not_written_down_again(tmp_path: Path) -> None:
    """Whoever unlocks waits for no sync outside the vault."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        preferences.remember_vault(folder)
    (file,) = [path for path in paths.settings_folder().iterdir() if path.is_file()]
    before = file.stat().st_ino, file.stat().st_mtime_ns
    preferences.remember_vault(two)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before
    preferences.remember_vault(one)
    assert preferences.outside().vaults == (paths.remembered(one), paths.remembered(two))
