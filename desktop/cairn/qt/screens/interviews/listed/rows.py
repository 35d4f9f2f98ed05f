"""How one interview stands in a list: its row, its cells, and the words of its state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cairn.app.kernel.views import HitView, InterviewRow
from cairn.qt.base import messages
from cairn.qt.widgets import Row
from cairn.qt.widgets.columns import Column


def chips(one: InterviewRow) -> list[tuple[str, str]]:
    """The words of an interview's state, each with its tone, the most urgent first."""
    found: list[tuple[str, str]] = []
    if one.conflict:
        found.append((QCoreApplication.translate("InterviewsScreen", "conflict"), "warn"))
    if one.state == "draft":
        found.append((QCoreApplication.translate("InterviewsScreen", "draft"), "neutral"))
    elif one.unsaved:
        found.append((QCoreApplication.translate("InterviewsScreen", "changed, not saved"), "warn"))
    elif one.sent:
        found.append((QCoreApplication.translate("InterviewsScreen", "in a bundle"), "neutral"))
    elif one.state == "final":
        found.append((QCoreApplication.translate("InterviewsScreen", "finalised"), "good"))
    return found[:2]


def columns() -> list[Column]:
    """The columns of the table, named as what they sort by."""
    return [
        Column("title", QCoreApplication.translate("Filter", "Code name")),
        Column("date", QCoreApplication.translate("Filter", "Told"), 116),
        Column("place", QCoreApplication.translate("Filter", "Place"), 112, 700),
        Column("sender", QCoreApplication.translate("Filter", "From"), 96, 520),
        Column("changed", QCoreApplication.translate("Filter", "Changed"), 104, 920),
        Column("state", QCoreApplication.translate("Filter", "State"), 124, chips=True),
    ]


def listed(one: InterviewRow, hit: HitView | None, own: str) -> Row:
    """A row of the list; `own` is what this vault itself is called among senders."""
    title = one.title or QCoreApplication.translate("InterviewsScreen", "Without a name")
    found = "".join(text for text, _ in hit.snippet).replace("\n", " ") if hit is not None else ""
    # What was found in the title stands in the title.
    line = found if found and found != one.title else one.line
    line = " · ".join(part for part in (one.foreign, line) if part)
    saved = QCoreApplication.translate("Filter", "saved")
    cells = (title, one.date, one.place, one.foreign or own, messages.date(one.changed), saved)
    return Row(one.id, title, line or "—", tuple(chips(one)), data=one, cells=cells)
