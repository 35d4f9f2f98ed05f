"""The AppDir and the AppImage, around a stand-in for the program."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from packaging_kit import ROOT, script

maker = script("make_appimage", ROOT / "packaging" / "appimage")
EPOCH = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Path:
    """An AppDir whose program says how it was started."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    frozen = tmp_path / "frozen"
    frozen.mkdir()
    (frozen / "cairn").write_text('#!/bin/sh\necho "started:" "$@"\n')
    out = tmp_path / "만든 것"
    out.mkdir()
    made = maker.appdir(frozen, out, "0.1.0")
    assert isinstance(made, Path)
    return made


def test_it_starts_from_wherever_it_lies(folder: Path, tmp_path: Path) -> None:
    moved = folder.rename(tmp_path / "다른 곳")
    link = tmp_path / "link"
    link.symlink_to(moved / "AppRun")
    for start in (moved / "AppRun", link):
        done = subprocess.run([start, "a b", "한글.age"], capture_output=True, text=True, check=True)
        assert done.stdout == "started: a b 한글.age\n"


def test_it_holds_what_a_desktop_asks_for(folder: Path) -> None:
    top = {path.name for path in folder.iterdir()}
    assert top == {"AppRun", "app.cairn.Cairn.desktop", "app.cairn.Cairn.png", ".DirIcon", "usr"}
    for path in folder.rglob("*"):
        assert path.exists(), f"a link to nothing: {path}"
        assert int(path.lstat().st_mtime) == EPOCH
    assert "Exec=cairn" in (folder / "app.cairn.Cairn.desktop").read_text("utf-8")
    assert (folder / ".DirIcon").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="needs Debian's squashfs-tools")
def test_the_same_bytes_twice_and_everything_is_inside(folder: Path, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF" + bytes(4092))
    sha256 = hashlib.sha256(runtime.read_bytes()).hexdigest()
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        made.append(maker.image(folder, out, "0.1.0", runtime=runtime, sha256=sha256))
        (folder / "AppRun").touch()
    assert made[0].read_bytes() == made[1].read_bytes()
    unpacked = tmp_path / "unpacked"
    subprocess.run(
        ["unsquashfs", "-quiet", "-no-progress", "-o", "4096", "-d", unpacked, made[0]],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    done = subprocess.run([unpacked / "AppRun", "x"], capture_output=True, text=True, check=True)
    assert done.stdout == "started: x\n"


def test_another_runtime_is_refused(folder: Path, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"other")
    with pytest.raises(maker.BuildError, match="SHA-256"):
        maker.image(folder, tmp_path, "0.1.0", runtime=runtime, sha256="0" * 64)
