"""The shipped font: only where the system has none for Korean. Each in a process of its own, as fonts stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cairn import resources

LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtGui import QFontDatabase, QGuiApplication
from cairn import resources
from cairn.qt.base import fonts
resources.root = lambda: Path(sys.argv[1])
app = QGuiApplication(["fonts"])
print(fonts.install())
"""


def installed(shipped: Path, configuration: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(shipped)],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(Path(resources.__file__).parents[1]),
            "FONTCONFIG_FILE": str(configuration),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A system without any font."""
    (tmp_path / "none").mkdir()
    file = tmp_path / "fonts.conf"
    file.write_text(
        f"<fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/none</cachedir></fontconfig>"
    )
    return file


def test_a_shipped_font_serves_where_the_system_has_none(tmp_path: Path, bare: Path) -> None:
    if not LATIN.is_file():
        pytest.skip("this machine has no font file to ship")
    (tmp_path / "fonts").mkdir()
    shutil.copyfile(LATIN, tmp_path / "fonts" / "shipped.otf")
    assert installed(tmp_path, bare) == "['DejaVu Sans']"


def test_from_source_nothing_is_shipped(tmp_path: Path, bare: Path) -> None:
    assert installed(tmp_path, bare) == "[]"


def test_a_font_of_the_system_is_kept_to(tmp_path: Path, bare: Path) -> None:
    korean = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not korean.is_file():
        pytest.skip("this machine has no Korean font")
    (tmp_path / "none" / korean.name).symlink_to(korean)
    (tmp_path / "fonts").mkdir()
    shutil.copyfile(LATIN, tmp_path / "fonts" / "shipped.otf")
    assert installed(tmp_path, bare) == "[]"
