"""A small program in place of the frozen one, and the builders of the Linux packages."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
EPOCH = 1_795_000_000
PROGRAM = Path("/bin/cat")
"""Any program of the system: small, dynamically linked, runs everywhere, and stays open while it is fed."""


def builder(name: str) -> ModuleType:
    """The module `packaging/linux/NAME.py`."""
    folder = str(ROOT / "packaging")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(f"linux.{name}")


def stub(folder: Path) -> Path:
    """A folder with a program, a library that is a link, and data: as PyInstaller leaves it."""
    frozen = folder / "cairn"
    inside = frozen / "_internal"
    (inside / "part.libs").mkdir(parents=True)
    shutil.copyfile(PROGRAM.resolve(), frozen / "cairn")
    (frozen / "cairn").chmod(0o755)
    (inside / "part.libs" / "libpart-1.so.1").write_bytes(b"no library, but asked for by nobody either")
    (inside / "libpart-1.so.1").symlink_to("part.libs/libpart-1.so.1")
    (inside / "데이터.txt").write_text("data\n", "utf-8")
    return frozen
