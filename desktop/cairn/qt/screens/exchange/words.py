"""Counts and kinds in words, for all parts of this screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cairn.app.arriving.incoming import INTERVIEWS, root_kinds
from cairn.app.kernel.views import OpenedRoot
from cairn.model.kinds import registry
from cairn.qt.base import messages
from cairn.qt.widgets.facts import Line

MOST_NAMES = 12


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


def take_in(roots: Sequence[OpenedRoot]) -> str:
    """The button that takes in."""
    if any(each.kind not in INTERVIEWS for each in roots):
        return QCoreApplication.translate("Exchange", "Take in all of it")
    return QCoreApplication.translate("Exchange", "Take in %n interview(s)", "", len(roots))


def amount(roots: Sequence[OpenedRoot]) -> str:
    """How many interviews, and whatever else a bundle holds beside them."""
    told = root_kinds(roots)
    if all(kind == "interview" for kind, _ in told):
        return interviews(len(roots))
    return " · ".join(messages.kinds(kind, count) for kind, count in told)


def lines(roots: Sequence[OpenedRoot]) -> list[QWidget]:
    """A line for each kind of what is no interview, with the names."""
    made: list[QWidget] = []
    for kind, count in root_kinds(roots):
        names = [each.title for each in roots if root_kinds([each])[0][0] == kind and each.title]
        known = registry.get(kind)
        glyph = known.icon if known is not None else "file"
        made.append(Line(messages.kinds(kind, count), together(names, MOST_NAMES), glyph=glyph))
    return made
