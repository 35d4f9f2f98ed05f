"""cairn.paths: private files, whole files, safe names."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn import paths
from cairn.errors import MachineError, from_os


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_replaced_file_is_whole_and_private(tmp_path: Path) -> None:
    target = tmp_path / "f"
    paths.replace_file(target, b"old")
    paths.replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_a_failed_replace_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "f"
    paths.replace_file(target, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError) as caught:
        paths.replace_file(target, b"new")
    assert caught.value.code == "machine.disk-full"
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_made_folder_is_private(tmp_path: Path) -> None:
    paths.make_folder(tmp_path / "a")
    assert mode(tmp_path / "a") == 0o700


def test_folder_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MachineError):
        paths.make_folder(tmp_path / "file" / "a")


def test_only_an_empty_folder_is_taken(tmp_path: Path) -> None:
    paths.require_empty_folder(tmp_path / "new")
    (tmp_path / "new" / "x").write_bytes(b"")
    with pytest.raises(MachineError) as caught:
        paths.require_empty_folder(tmp_path / "new")
    assert caught.value.code == "machine.exists"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\x00b\u202egpj.exe", "a_b_gpj.exe"),
        ("CON.txt", "_CON.txt"),
        ("증언.txt", "증언.txt"),
        ("...", "file"),
        ("", "file"),
        ("name. ", "name"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert paths.safe_name(name) == safe


@given(st.text(max_size=400))
def test_a_safe_name_is_one_name_that_fits_anywhere(name: str) -> None:
    safe = paths.safe_name(name)
    assert safe
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert len(safe.encode("utf-8", "surrogatepass")) <= 205
    assert not safe.startswith(".")


def test_operating_system_errors_keep_no_path() -> None:
    error = from_os(OSError(errno.EACCES, "no", "/home/someone/secret"))
    assert error.code == "machine.not-allowed"
    assert "secret" not in repr(error) and not error.values
    assert from_os(OSError(12345, "?")).code == "machine.refused"


def test_free_bytes(tmp_path: Path) -> None:
    assert paths.free_bytes(tmp_path) > 0
    with pytest.raises(MachineError):
        paths.free_bytes(tmp_path / "gone")
