"""What goes into the frozen program and what does not. Used by cairn.spec."""

from __future__ import annotations

import sys
from pathlib import Path

Entry = tuple[str, str, str]
"""As PyInstaller keeps it: name in the folder, file it comes from, kind."""

# Offline by design, and no second crypto library: without these modules a mistake can't reach out either.
NEVER_IMPORTED = [
    "_hashlib", "_sqlite3", "_ssl", "sqlite3", "ssl",
    "asyncio", "curses", "doctest", "ensurepip", "ftplib", "imaplib", "lib2to3", "multiprocessing",
    "nntplib", "pdb", "pip", "poplib", "pydoc", "readline", "setuptools", "smtplib", "telnetlib",
    "tkinter", "turtle", "unittest", "venv", "webbrowser", "wsgiref", "xmlrpc",
    "PIL.ImageQt", "PIL.ImageTk", "fontTools", "numpy.f2py", "numpy.testing", "numpy.distutils",
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick",
]  # fmt: skip


def hidden_imports(source: Path) -> list[str]:
    """Every module of the program: some are imported by name only when they are wanted."""
    found = []
    for file in sorted((source / "cairn").rglob("*.py")):
        parts = file.relative_to(source).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def own_data(source: Path) -> list[tuple[str, str]]:
    """Resources and migrations, as (file, folder in the frozen program)."""
    files = [*(source / "cairn" / "storage" / "migrations").glob("*.sql")]
    files += [each for each in (source / "cairn" / "_resources").rglob("*") if each.is_file()]
    return [(str(each), str(each.parent.relative_to(source))) for each in sorted(files)]


def trim(binaries: list[Entry], datas: list[Entry], work: Path) -> tuple[list[Entry], list[Entry]]:
    return binaries, datas


def icon(source: Path) -> str | None:
    """The icon of the executable where the system keeps it inside."""
    return None


def windows_version(version: str, work: Path) -> str | None:
    return None


def info_plist(version: str) -> dict[str, object]:
    return {}
