"""Builds the frozen program: stages the source, runs PyInstaller, checks what came out."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from release.finish import finish

from freeze import fonts

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("cairn.spec")
ICONS = ROOT / "packaging" / "windows" / "icons.py"
_LEAVE = shutil.ignore_patterns("__pycache__", "*.ts", ".*")


def build(work: Path, number: str, epoch: int) -> Path:
    """Build into `work`/frozen/cairn and return that folder."""
    source = stage(work / "source", number)
    made = work / "pyinstaller" / "made"
    environment = {
        **os.environ,
        "CAIRN_SOURCE": str(source),
        "CAIRN_VERSION": number,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    command += ["--distpath", str(made), "--workpath", str(work / "pyinstaller" / "work"), str(SPEC)]
    subprocess.run(command, env=environment, check=True)
    folder = made / "cairn"
    finish(folder, number, epoch)
    settle(folder, epoch)
    out = work / "frozen"
    shutil.rmtree(out, ignore_errors=True)
    made.rename(out)
    return out / "cairn"


def settle(folder: Path, epoch: int) -> None:
    """Give every file the date of the commit and plain rights, whoever built it and when."""
    for each in sorted(folder.rglob("*"), reverse=True):
        if not each.is_symlink():
            each.chmod(0o755 if each.is_dir() or os.access(each, os.X_OK) else 0o644)
        if os.utime in os.supports_follow_symlinks:
            os.utime(each, (epoch, epoch), follow_symlinks=False)
        elif not each.is_symlink():
            os.utime(each, (epoch, epoch))
    folder.chmod(0o755)
    os.utime(folder, (epoch, epoch))


def stage(into: Path, number: str) -> Path:
    """Copy the program and its resources to `into`, with the version `number` written in. Returns `into`."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(ROOT / "desktop" / "cairn", into / "cairn", ignore=_LEAVE)
    shutil.copytree(ROOT / "resources", into / "cairn" / "_resources", ignore=_LEAVE)
    head = into / "cairn" / "__init__.py"
    text, changed = re.subn(r'(?m)^__version__ = ".*"$', f'__version__ = "{number}"', head.read_text("utf-8"))
    if changed != 1:
        raise SystemExit(f"no version in {head}")
    head.write_text(text, "utf-8")
    if sys.platform == "linux":
        # Windows and macOS have Korean fonts of their own.
        shutil.copytree(_fonts(into.parent / "fonts"), into / "cairn" / "_resources" / "fonts")
    else:
        # The picture inside the executable and the .app; contents.icon takes it from here.
        subprocess.run([sys.executable, str(ICONS), str(into)], check=True)
    return into


def _fonts(kept: Path) -> Path:
    """The folder with the shipped fonts; made once, and again when what they are made from changes."""
    parts = [fonts.SOURCE.read_bytes(), Path(fonts.__file__).read_bytes(), version("fonttools").encode()]
    folder = kept / hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]
    if not folder.is_dir():
        half = folder.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        fonts.make(half)
        half.rename(folder)
    return folder
