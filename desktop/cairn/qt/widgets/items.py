"""What leaves and what stays, item by item, as one list that only paints: a thousand items scroll as ten do.

Headings, the words of a consent, and items, each with an icon, a name, why, a chip, and at the right a word that
can be pressed ("Hold back"). Nothing is left out at the end of a line: what is too long goes on below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.widgets.chip import chip_colours, chip_font

Index = QModelIndex | QPersistentModelIndex
HEADINGS = {"bundle": (18, 48), "title": (16, 48), "part": (12, 36)}
"""Of each kind of heading the size of its letters, and how high it is."""
TONES = {"leaves": "good", "stays": "danger", "held": "neutral"}
GLYPHS = {"leaves": ("check", "accent"), "stays": ("cross", "danger"), "held": ("pause", "ink_soft")}
BATCH = 2000
"""So many lines are measured at once."""
NARROW = 560
"""Below this width, in design pixels, the chip stands below the name."""


@dataclass(frozen=True)
class Entry:
    """One line of the list. `kind`: `bundle`, `title`, `part` (headings), `saying` or `item`."""

    kind: str
    name: str
    soft: str = ""
    id: str = ""
    """Of an item: what is handed back."""
    state: str = ""
    """Of an item: `leaves`, `stays` or `held`."""
    chip: str = ""
    """The state in a word."""
    action: str = ""
    """What can be done about it, as a verb; nothing where nothing can."""

    @property
    def said(self) -> str:
        """All of it in one line, as it is heard."""
        return " · ".join(part for part in (self.name, self.chip, self.soft) if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def are_those(self, entries: Sequence[Entry]) -> bool:
        """Whether these are the entries shown, perhaps in another state."""
        return [(each.kind, each.id) for each in entries] == [(each.kind, each.id) for each in self.entries]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.said
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return entry.action
        return None


@dataclass(frozen=True)
class _Places:
    """Where the parts of one line stand, counted from its upper left corner."""

    height: int
    name: QRect
    soft: QRect
    chip: QRect
    action: QRect


def _wrapping(align: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _extent(text: str, font: QFont, metrics: QFontMetrics, room: int) -> QSize:
    """How much room a text takes in lines of this length, broken between words where it can be."""
    wide = metrics.horizontalAdvance(text) + 2
    if wide <= room and "\n" not in text:
        return QSize(wide, metrics.height())
    made = QTextLayout(text.replace("\n", "\u2028"), font)
    made.setTextOption(_wrapping(Qt.AlignmentFlag.AlignLeft))
    made.beginLayout()
    height = 0.0
    while (line := made.createLine()).isValid():
        line.setLineWidth(room)
        height += max(line.height(), metrics.lineSpacing())
    made.endLayout()
    return QSize(room, math.ceil(height) + 1)


class _Delegate(QStyledItemDelegate):
    """Measures and paints one line."""

    def __init__(self, view: ItemList) -> None:
        super().__init__(view)
        self._view = view
        self._known: dict[tuple[Entry, int], _Places] = {}

    def forget(self) -> None:
        """Lengths have changed."""
        self._known.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        return QSize(width, self.places(entry, width).height)

    def places(self, entry: Entry, width: int) -> _Places:
        """Where the parts stand in a line of this width; measured once."""
        found = self._known.get((entry, width))
        if found is None:
            found = self._known[entry, width] = self._measured(entry, width)
        return found

    def _font(self, size: int, *, strong: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(theme().px(size))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _name_font(self, entry: Entry) -> QFont:
        if entry.kind in HEADINGS:
            return self._font(HEADINGS[entry.kind][0], strong=entry.kind != "part")
        return self._font(15 if entry.kind == "saying" else 14)

    def _soft_font(self) -> QFont:
        return self._font(13)

    def _measured(self, entry: Entry, width: int) -> _Places:
        px = theme().px
        edge = px(16)
        left, right = edge, width - edge
        names, softs = QFontMetrics(self._name_font(entry)), QFontMetrics(self._soft_font())
        action = chip = QRect()
        least = HEADINGS[entry.kind][1] if entry.kind in HEADINGS else 44
        if entry.kind == "saying":
            left += px(16)
        if entry.kind == "item":
            left += px(30)
            strong = QFontMetrics(self._font(13, strong=True))
            if entry.action:
                wide = strong.horizontalAdvance(entry.action) + px(8)
                action = QRect(right - wide, 0, wide, px(44))
                right -= wide + px(12)
            wide = QFontMetrics(chip_font(self._view.font())).horizontalAdvance(entry.chip) + px(20)
            chip = QRect(right - wide, (px(44) - px(22)) // 2, wide, px(22))
            if width >= px(NARROW):
                # One column of chips, whether or not something can be done about the item.
                column = width - edge - px(200)
                chip.moveLeft(min(chip.left(), column))
                right = chip.left() - px(12)
        room = max(px(80), right - left)
        name_box = _extent(entry.name, self._name_font(entry), names, room)
        above = px(44 - 20) // 2 if entry.kind == "item" else px(8)
        if entry.kind in HEADINGS:
            # A heading stands nearer to what it is about.
            above = max(above, px(least - 28))
        name = QRect(left, above, min(room, name_box.width()), max(px(20), name_box.height()))
        bottom = name.bottom()
        soft = QRect()
        if entry.soft:
            wide = softs.horizontalAdvance(entry.soft) + 2
            if (
                name_box.height() <= names.lineSpacing() + 1
                and name.width() + px(12) + wide <= room
                and entry.kind != "saying"
            ):
                soft = QRect(name.right() + px(12), above, wide, max(px(20), name.height()))
            else:
                box = _extent(entry.soft, self._soft_font(), softs, room)
                soft = QRect(left, bottom + px(3), room, box.height() + 2)
                bottom = soft.bottom()
        if entry.kind == "item" and width < px(NARROW):
            chip.moveTopLeft(QPoint(left, bottom + px(6)))
            bottom = chip.bottom()
        return _Places(
            max(px(least), bottom + px(12 if entry.kind == "item" else 8)), name, soft, chip, action
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        t, px = theme().tokens, theme().px
        rect = QRect(option.rect)
        places = self.places(entry, rect.width())
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here and self._view.hasFocus():
            painter.fillRect(rect, QColor(t.accent_soft))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), QColor(t.accent))
        if entry.kind == "saying":
            bar = QRect(px(16), px(6), px(3), rect.height() - px(12)).translated(rect.topLeft())
            painter.fillRect(self._turned(bar, rect), QColor(t.accent))
        if entry.kind in ("item", "part", "bundle"):
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.line))
        if entry.kind == "item":
            glyph, tint = GLYPHS[entry.state]
            spot = QRect(px(16), (px(44) - px(18)) // 2, px(18), px(18)).translated(rect.topLeft())
            paint(painter, glyph, QRectF(self._turned(spot, rect)), getattr(t, tint))
            self._chip(painter, entry, self._turned(places.chip.translated(rect.topLeft()), rect))
        soft_name = entry.kind == "part"
        lines = _wrapping(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        lines.setTextDirection(self._view.layoutDirection())
        painter.setPen(QColor(t.ink_soft if soft_name else t.ink))
        painter.setFont(self._name_font(entry))
        painter.drawText(
            QRectF(self._turned(places.name.translated(rect.topLeft()), rect)), entry.name, lines
        )
        if entry.soft:
            painter.setPen(QColor(t.ink_soft))
            painter.setFont(self._soft_font())
            painter.drawText(
                QRectF(self._turned(places.soft.translated(rect.topLeft()), rect)), entry.soft, lines
            )
        if entry.action:
            painter.setPen(QColor(t.accent))
            painter.setFont(self._font(13, strong=True))
            where = self._turned(places.action.translated(rect.topLeft()), rect)
            painter.drawText(
                where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), entry.action
            )
        painter.restore()

    def _turned(self, place: QRect, line: QRect) -> QRect:
        """A place in its line, mirrored where reading begins at the right."""
        if self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place = QRect(place)
            place.moveRight(line.right() - (place.left() - line.left()))
        return place

    def _chip(self, painter: QPainter, entry: Entry, spot: QRect) -> None:
        back, ink = chip_colours(TONES[entry.state], theme().tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(ink))
        painter.setFont(chip_font(self._view.font()))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, entry.chip)

    def on_action(self, entry: Entry, line: QRect, spot: QPoint) -> bool:
        """Whether a point of the list lies on the word that can be pressed."""
        places = self.places(entry, line.width())
        return bool(entry.action) and self._turned(places.action.translated(line.topLeft()), line).contains(
            spot
        )


class ItemList(QListView):
    """The list. Up and Down go through it; the space bar, Enter or a click on the word does what the word says."""

    acted = Signal(str)
    """Id of the item whose word was pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model_ = _Model(self)
        self.setModel(self.model_)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(BATCH)
        self.setMinimumHeight(min(theme().px(260), 300))

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; where only states differ, nothing moves."""
        if entries and self.model_.are_those(entries):
            for number, each in enumerate(entries):
                self._replace(number, each)
            return
        self._delegate.forget()
        # A list of many thousands is measured while one reads its beginning.
        many = len(entries) > BATCH
        self.setLayoutMode(QListView.LayoutMode.Batched if many else QListView.LayoutMode.SinglePass)
        self.model_.set_entries(entries)

    @property
    def entries(self) -> list[Entry]:
        """What is listed, in order."""
        return list(self.model_.entries)

    @property
    def text(self) -> str:
        """All that can be read in it, a line each."""
        return "\n".join(each.said for each in self.model_.entries)

    def say(self, wanted: str, **changed: str) -> None:
        """Show an item in another state at once, until what follows from it is known."""
        for number, each in enumerate(self.model_.entries):
            if each.id == wanted and each.kind == "item":
                self._replace(number, replace(each, **changed))

    def _replace(self, number: int, now: Entry) -> None:
        """Another state of what stands there: what is chosen, and where one has scrolled to, stay."""
        before = self.model_.entries[number]
        if now == before:
            return
        self.model_.entries[number] = now
        width = self.viewport().width()
        if self._delegate.places(now, width).height == self._delegate.places(before, width).height:
            # Nothing moves, so that nothing need be measured again: Qt would, for all of them.
            self.viewport().update()
        else:
            self.model_.dataChanged.emit(self.model_.index(number), self.model_.index(number))

    def _act(self, index: QModelIndex) -> bool:
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        if entry is None or not entry.action:
            return False
        self.acted.emit(entry.id)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._act(
            self.currentIndex()
        ):
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._over_action(
            index, event.position().toPoint()
        ):
            self._act(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        over = self._over_action(self.indexAt(spot), spot)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _over_action(self, index: QModelIndex, spot: QPoint) -> bool:
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        return entry is not None and self._delegate.on_action(entry, self.visualRect(index), spot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._delegate.forget()
            # Also where only its own scroll bar came: of that the list lays nothing out anew by itself.
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._delegate.forget()
        super().changeEvent(event)
