"""The frozen program itself, where `./dev package frozen` has built it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from packaging_linux import ROOT

FOLDER = ROOT / "build" / "package" / "frozen" / "cairn"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "cairn").is_file(), reason="not built here: ./dev package frozen"
)


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOLDER / "cairn", *words],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_link_points_to_a_file() -> None:
    assert [each for each in FOLDER.rglob("*") if each.is_symlink() and not each.exists()] == []


def test_it_is_no_larger_than_promised() -> None:
    assert sum(each.lstat().st_size for each in FOLDER.rglob("*") if not each.is_dir()) <= 240_000_000


def test_nothing_of_ffmpeg_openssl_or_gtk_is_inside() -> None:
    names = [each.name for each in FOLDER.rglob("*")]
    assert not [
        name for name in names if name.startswith(("libav", "libsw", "_ssl", "libssl", "libcrypto", "libgtk"))
    ]


def test_its_own_font_serves_on_a_system_without_any(tmp_path: Path) -> None:
    """All checks of the self-test pass, decoders and recording among them, and Korean has a font: ours."""
    (tmp_path / "none").mkdir()
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        f"<fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/none</cachedir></fontconfig>"
    )
    done = run(tmp_path, "self-test", "--json", FONTCONFIG_FILE=str(configuration))
    said = json.loads(done.stdout)
    assert {each["name"]: each["problem"] for each in said["checks"] if not each["passed"]} == {}
    found = {each["name"]: each["detail"] for each in said["checks"]}
    assert found["korean-font"].startswith("Noto Sans CJK KR")
    assert found["no-ffmpeg"] == "none"
    assert done.returncode == 0


def test_a_wrong_word_is_refused_in_words(tmp_path: Path) -> None:
    done = run(tmp_path, "no-such-command")
    assert done.returncode == 2
    assert done.stderr.strip()
