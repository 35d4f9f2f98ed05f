"""What is asked before something is done with an interview as a whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cairn.qt.widgets import ask

translate = QCoreApplication.translate


def ask_correction(over: QWidget, then: Callable[[str], object]) -> None:
    """Ask for the reason of a correction that is about to be saved."""
    ask(
        over,
        translate("Workspace", "Save a correction"),
        translate(
            "Workspace", "The earlier version stays. Say why this one is needed; the reason stays with it."
        ),
        yes=translate("Workspace", "Save correction"),
        reason=translate("Workspace", "Reason"),
        then=then,
    )


def ask_correct(over: QWidget, then: Callable[[], object]) -> None:
    """Ask whether what is finalised shall be corrected."""
    ask(
        over,
        translate("Workspace", "Correct this interview?"),
        translate(
            "Workspace",
            "It is finalised. What you change now is a draft until you save it as a correction, with a reason; the finalised version stays beside it.",
        ),
        yes=translate("Workspace", "Correct interview"),
        then=lambda _reason: then(),
    )


def ask_finalise(over: QWidget, then: Callable[[], object]) -> None:
    """Ask whether an interview shall be finalised."""
    ask(
        over,
        translate("Workspace", "Finalise this interview?"),
        translate(
            "Workspace",
            "It is closed as it stands now. You can still correct it later, each time with a reason; the finalised version stays beside the correction.",
        ),
        yes=translate("Workspace", "Finalise interview"),
        then=lambda _reason: then(),
    )


def ask_discard(over: QWidget, then: Callable[[], object]) -> None:
    """Ask whether what was typed since the last version shall be lost."""
    ask(
        over,
        translate("Workspace", "Undo everything since the last version?"),
        translate(
            "Workspace",
            "What was typed since then is lost. An interview without any version is gone with it.",
        ),
        yes=translate("Workspace", "Undo everything"),
        danger=True,
        then=lambda _reason: then(),
    )


def ask_erase(over: QWidget, then: Callable[[str], object]) -> None:
    """Ask why an interview shall be erased."""
    ask(
        over,
        translate("Workspace", "Erase this interview?"),
        translate(
            "Workspace",
            "Its words and files are removed from this vault for good. Bundles that were already sent and backups are not reached. The custody log keeps that something was erased, when, and why.",
        ),
        yes=translate("Workspace", "Erase this interview"),
        reason=translate("Workspace", "Reason"),
        reason_help=translate("Workspace", "Stays in the custody log. Don't write names here."),
        danger=True,
        then=then,
    )
