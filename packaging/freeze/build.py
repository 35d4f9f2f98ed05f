"""Builds the frozen program: stages the source, runs PyInstaller, checks what came out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("cairn.spec")
_LEAVE = shutil.ignore_patterns("__pycache__", "*.ts", ".*")


def build(work: Path, version: str, epoch: int) -> Path:
    """Build into `work`/frozen/cairn and return that folder."""
    source = stage(work / "source", version)
    out = work / "frozen"
    shutil.rmtree(out, ignore_errors=True)
    environment = {
        **os.environ,
        "CAIRN_SOURCE": str(source),
        "CAIRN_VERSION": version,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(work / "pyinstaller" / "work"), str(SPEC)]
    subprocess.run(command, env=environment, check=True)
    return out / "cairn"


def stage(into: Path, version: str) -> Path:
    """Copy the program and its resources to `into`, with `version` written in. Returns `into`."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(ROOT / "desktop" / "cairn", into / "cairn", ignore=_LEAVE)
    shutil.copytree(ROOT / "resources", into / "cairn" / "_resources", ignore=_LEAVE)
    head = into / "cairn" / "__init__.py"
    text, changed = re.subn(
        r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', head.read_text("utf-8")
    )
    if changed != 1:
        raise SystemExit(f"no version in {head}")
    head.write_text(text, "utf-8")
    return into
