"""The margin beside a coded text: a lane for each passage, and its tag.

A lane is a line as high as its passage, filled for the own coder, hollow and dashed for another. Those that overlap
stand beside each other. A tag says which passage it is, its colour what kind: never the colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cairn.qt.base.theme import theme

STEP = 10
WIDTH = 3
"""Design pixels: from lane to lane, and of one."""
MOST = 12
"""Lanes that have a place of their own; further ones share the last."""
TAG = 32
NAMES = 148
ROW = 20
"""Design pixels: the width of a tag and of its name, and the height of both."""


_A_LINE = 80
"""Characters after which another line has begun."""


@dataclass(frozen=True)
class Drawn:
    """A passage as it is drawn; places are code points of the text."""

    key: str
    """Id of the passage."""
    start: int
    end: int
    tag: str = ""
    """Which it is: `A1`, `P8`, `K1`."""
    name: str = ""
    """In words, beside the tag where there is room."""
    kind: str = "code"
    """Whose colours it has: `act`, `person`, `place`, `time`, `code`."""
    foreign: bool = False
    """Marked by another coder."""


@dataclass(frozen=True)
class Placed:
    """A passage in sight: which it is, and from where to where it goes, in pixels of the viewport."""

    number: int
    top: int
    bottom: int
    begins: bool
    """Whether its beginning is in sight or just above it."""


def packed(passages: Sequence[Drawn], text: str) -> list[int]:
    """The lane of each passage: the first one that is free where it begins.

    They are in order of their beginnings, longer ones first. One is free a line behind its last passage, or in the next
    paragraph: passages beside each other in one line would touch.
    """
    ends: list[int] = []
    found = []
    for each in passages:
        lane = next((n for n, end in enumerate(ends) if _is_free(text, end, each.start)), len(ends))
        lane = min(lane, MOST - 1)
        if lane == len(ends):
            ends.append(0)
        ends[lane] = max(ends[lane], each.end)
        found.append(lane)
    return found


def _is_free(text: str, end: int, start: int) -> bool:
    return start >= end and (start - end >= _A_LINE or text.find("\n", end, start) >= 0)


def colours(kind: str) -> tuple[QColor, QColor]:
    """The colour of a kind of passage, and its soft one behind a tag."""
    t = theme().tokens
    strong = {"act": t.act, "person": t.person, "place": t.place, "time": t.time}.get(kind, t.code)
    soft = {"act": t.act_soft, "person": t.person_soft, "place": t.place_soft, "time": t.time_soft}.get(
        kind, t.code_soft
    )
    return QColor(strong), QColor(soft)


class Lanes(QWidget):
    """Beside a text; it is told what is in sight, and which passage the pointer is at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._passages: Sequence[Drawn] = ()
        self._lanes: Sequence[int] = ()
        self._in_sight: Sequence[Placed] = ()
        self._spots: list[tuple[QRect, int]] = []
        self._chosen = ""
        self.names = True
        self.setMouseTracking(True)

    @property
    def count(self) -> int:
        """How many lanes there are."""
        return max(self._lanes, default=-1) + 1

    def wanted(self) -> int:
        """The width that it needs, in logical pixels; 0 without passages."""
        if not self._passages:
            return 0
        px = theme().px
        return px(16 + STEP * self.count + TAG + 12 + (NAMES if self.names else 0))

    @property
    def in_sight(self) -> Sequence[Placed]:
        """What is drawn now."""
        return self._in_sight

    def set_passages(self, passages: Sequence[Drawn], lanes: Sequence[int]) -> None:
        """What there is to be drawn."""
        self._passages, self._lanes = passages, lanes
        self._in_sight = ()
        self.update()

    def show_in_sight(self, in_sight: Sequence[Placed], chosen: str) -> None:
        """What is to be drawn now."""
        if (in_sight, chosen) != (self._in_sight, self._chosen):
            self._in_sight, self._chosen = in_sight, chosen
            self.update()

    def under(self, point: QPoint) -> int | None:
        """The number of the passage whose lane or tag is under a point; None where there is none."""
        return next((number for spot, number in reversed(self._spots) if spot.contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._spots = []
        for each in self._in_sight:
            self._lane(painter, each)
        low = -theme().px(2 * ROW)
        for each in sorted(self._in_sight, key=lambda one: (one.top, one.number)):
            if each.begins and self._passages[each.number].tag:
                low = self._tag(painter, each, max(low, each.top))

    def _x(self, left: int, width: int) -> int:
        """Mirrored where the window is."""
        return self.width() - left - width if self.isRightToLeft() else left

    def _lane(self, painter: QPainter, each: Placed) -> None:
        px, passage = theme().px, self._passages[each.number]
        strong, _ = colours(passage.kind)
        wide = px(5 if passage.foreign or passage.key == self._chosen else WIDTH)
        left = px(16 + STEP * self._lanes[each.number]) - (wide - px(WIDTH)) // 2
        spot = QRect(self._x(left, wide), each.top, wide, max(px(4), each.bottom - each.top))
        if passage.foreign:
            pen = QPen(strong, max(1, px(1)), Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(spot, strong)
        self._spots.append((spot.adjusted(-px(3), 0, px(3), 0), each.number))

    def _tag(self, painter: QPainter, each: Placed, top: int) -> int:
        px, passage = theme().px, self._passages[each.number]
        strong, soft = colours(passage.kind)
        font = QFont(self.font())
        font.setPixelSize(px(12))
        font.setBold(True)
        metrics = QFontMetrics(font)
        left = px(16 + STEP * self.count + 6)
        wide = max(px(24), metrics.horizontalAdvance(passage.tag) + px(10))
        spot = QRect(self._x(left, wide), top, wide, px(ROW - 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if passage.foreign:
            pen = QPen(strong, max(1, px(1)), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft)
        painter.drawRoundedRect(spot, px(4), px(4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(font)
        painter.setPen(strong)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, passage.tag)
        whole = spot
        if self.names and passage.name:
            font.setBold(passage.key == self._chosen)
            painter.setFont(font)
            room = self.width() - left - wide - px(8)
            place = QRect(self._x(left + wide + px(6), room), top, room, px(ROW - 2))
            painter.setPen(QColor(theme().tokens.ink_soft))
            words = QFontMetrics(font).elidedText(passage.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, words)
            whole = spot.united(place)
        self._spots.append((whole, each.number))
        return top + px(ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The text beside it is asked what that means.
        event.ignore()
