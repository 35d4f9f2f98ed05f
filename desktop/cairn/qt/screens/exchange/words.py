"""Counts and kinds in words, for all parts of this screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def interviews(count: int) -> str:
    """How many interviews."""
    return QCoreApplication.translate("Exchange", "%n interview(s)", "", count)


def files(count: int) -> str:
    """How many files."""
    return QCoreApplication.translate("Exchange", "%n file(s)", "", count)


def notes(count: int) -> str:
    """How many notes."""
    return QCoreApplication.translate("Exchange", "%n note(s)", "", count)


def recordings(count: int) -> str:
    """How many recordings."""
    return QCoreApplication.translate("Exchange", "%n recording(s)", "", count)


def transcripts(count: int) -> str:
    """How many transcripts."""
    return QCoreApplication.translate("Exchange", "%n transcript(s)", "", count)


def title(given: str) -> str:
    """The title of an interview, also of one that has none."""
    return given or QCoreApplication.translate("Exchange", "Without a title")


def together(names: Sequence[str], most: int = 4) -> str:
    """Names in one line, the rest as a number."""
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    more = QCoreApplication.translate("Exchange", "{names} and {count} more")
    return more.format(names=shown, count=len(names) - most)


def seal(count: int) -> str:
    """The button that seals."""
    return QCoreApplication.translate("Exchange", "Seal bundle of %n…", "", count)


def take_in(count: int) -> str:
    """The button that takes in."""
    return QCoreApplication.translate("Exchange", "Take in %n interview(s)", "", count)
