"""What restoring and salvaging both ask for: folders, and a passphrase or 24 words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from cairn.qt.widgets import Field, button, row
from cairn.qt.widgets.choose import choose_folder

WORDS = 24
translate = QCoreApplication.translate


def folder_field(name: str, line: QLineEdit, purpose: str) -> QHBoxLayout:
    """A field for a folder and the button that fills it, in one line. `purpose` is the button's accessible name."""

    def choose() -> None:
        choose_folder(
            line,
            translate("FolderField", "Choose a folder"),
            lambda folder: line.setText(str(folder)),
            verb=translate("FolderField", "Choose"),
            start=Path(line.text()) if line.text() else None,
        )

    browse = button(translate("FolderField", "Choose…"), choose)
    browse.setAccessibleName(purpose)
    both = row(Field(name, line), browse)
    both.setStretch(0, 1)
    both.setAlignment(browse, Qt.AlignmentFlag.AlignBottom)
    return both


def secret_of(typed: str) -> str | list[str]:
    """What was typed as a passphrase, or as recovery words where it is 24 of them."""
    words = typed.split()
    return words if len(words) == WORDS else typed
