"""What is asked before something is done with an interview as a whole, and what is offered after it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import InterviewView
from cairn.qt.desk import Desk
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


def ask_erase(over: QWidget, title: str, then: Callable[[str], object]) -> None:
    """Ask why an interview shall be erased."""
    ask(
        over,
        translate("Workspace", "Erase “{title}”?").format(
            title=title or translate("Workspace", "Without a name")
        ),
        translate(
            "Workspace",
            "Its words and files are removed from this vault for good. Bundles that were already sealed and backups are not reached. The custody log keeps that something was erased, when, and why.",
        ),
        yes=translate("Workspace", "Erase this interview"),
        reason=translate("Workspace", "Reason"),
        reason_help=translate("Workspace", "Stays in the custody log. Don't write names here."),
        danger=True,
        then=then,
    )


def point_on(desk: Desk, view: InterviewView) -> None:
    """After finalising, point to what comes next: what is finalised is not yet with anybody else."""
    if not view.consent.set:
        desk.say(
            translate(
                "Workspace", "The interview is finalised. Before it can leave, the person has to be asked."
            ),
            "good",
            action=translate("Workspace", "Record the consent"),
            clicked=lambda: desk.open("interviews", f"{view.id}#consent"),
        )
    elif view.consent.choice not in ("nothing", "keep"):
        desk.say(
            translate("Workspace", "The interview is finalised. It is still in this vault alone."),
            "good",
            action=translate("Workspace", "Seal a bundle with it"),
            clicked=lambda: desk.open("exchange", view.id),
        )
