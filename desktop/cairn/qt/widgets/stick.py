"""What is said before the vault when the program runs from a stick: where everything lies."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cairn import paths
from cairn.qt.widgets import column, label


def place() -> str:
    """The folder that holds settings and vaults; empty when the program is installed."""
    folder = paths.portable_folder()
    return "" if folder is None else str(folder)


def holds(folder: Path) -> bool:
    """Whether `folder` lies on the stick that the program runs from."""
    top = paths.portable_folder()
    return top is not None and Path(os.path.abspath(folder)).is_relative_to(top)


def with_place(ways: QWidget) -> QWidget:
    """`ways`, and below them where everything lies when that is on a stick."""
    if not place():
        return ways
    text = QCoreApplication.translate(
        "Stick",
        "Running without installation. Settings and vaults are kept in {folder}, and nothing anywhere else.",
    )
    # A long path may break after each of its folders: the window stays as narrow as it likes.
    folder = place().replace(os.sep, os.sep + "\u200b")
    note: QLabel = label(text.format(folder=folder), "soft", wrap=True)
    note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    both = QWidget()
    both.setLayout(column(ways, note, space=16))
    return both


def warning() -> str:
    """What to do about a stick on which nothing can be saved; empty when there is no need."""
    if not paths.portable_read_only():
        return ""
    return QCoreApplication.translate(
        "Stick",
        "This stick can only be read: nothing can be saved on it. Take off its write protection, or copy the "
        "folder “{name}” to a place that can be written, and start Cairn there.",
    ).format(name=(paths.portable_folder() or paths.vaults_folder()).name)
