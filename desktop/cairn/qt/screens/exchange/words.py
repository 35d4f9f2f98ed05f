"""Counts and kinds in words, for all parts of this screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def interviews(count: int) -> str:
    """How many interviews."""
    if count == 1:
        return QCoreApplication.translate("Exchange", "1 interview")
    return QCoreApplication.translate("Exchange", "{count} interviews").format(count=count)


def files(count: int) -> str:
    """How many files."""
    if count == 1:
        return QCoreApplication.translate("Exchange", "1 file")
    return QCoreApplication.translate("Exchange", "{count} files").format(count=count)


def notes(count: int) -> str:
    """How many notes."""
    if count == 1:
        return QCoreApplication.translate("Exchange", "1 note")
    return QCoreApplication.translate("Exchange", "{count} notes").format(count=count)


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
    if count == 1:
        return QCoreApplication.translate("Exchange", "Seal 1 interview…")
    return QCoreApplication.translate("Exchange", "Seal {count} interviews…").format(count=count)


def take_in(count: int) -> str:
    """The button that takes in."""
    if count == 1:
        return QCoreApplication.translate("Exchange", "Take in 1 interview")
    return QCoreApplication.translate("Exchange", "Take in {count} interviews").format(count=count)
