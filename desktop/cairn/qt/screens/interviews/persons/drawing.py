"""The family picture on the screen: painted, walked by keys, zoomed. What it shows is `cairn.app.people.picture`."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cairn.app.people.family import Member
from cairn.app.people.picture import Box, Edge, Picture
from cairn.qt.base.icons import paint as paint_icon
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.persons.words import PersonWords
from cairn.qt.widgets import label, row

LEAST, MOST = 0.4, 2.0
STEP = 1.25
PAD = 12


class Canvas(QWidget):
    """The picture. Arrow keys walk, Home goes to the one who tells; each step tells who is there."""

    chosen = Signal(str)
    """Key of the person that was gone to."""
    activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._picture = Picture()
        self._words: PersonWords | None = None
        self._names: dict[str, str] = {}
        self._here = -1
        self._zoom = 1.0
        self._title = ""

    @property
    def picture(self) -> Picture:
        """What is drawn."""
        return self._picture

    @property
    def zoom(self) -> float:
        """How large it is drawn; 1 is as designed."""
        return self._zoom

    @property
    def here(self) -> str:
        """Key of the person who is chosen; empty for none."""
        return self._picture.boxes[self._here].member.key if self._here >= 0 else ""

    def show_picture(self, picture: Picture, words: PersonWords, title: str, names: dict[str, str]) -> None:
        """Draw another state; who was chosen stays so. `names` by code, while they are open."""
        before = self.here
        self._picture, self._words, self._title, self._names = picture, words, title, names
        self._here = -1
        self.choose(before)
        self._tell()
        self._resize()

    def choose(self, key: str) -> bool:
        """Mark a person; False where she is not in the picture. Tells nobody."""
        found = next((n for n, box in enumerate(self._picture.boxes) if box.member.key == key), -1)
        if found != self._here:
            self._here = found
            self._tell()
            self.update()
        return found >= 0

    def set_zoom(self, zoom: float) -> None:
        """Draw it larger or smaller."""
        self._zoom = min(MOST, max(LEAST, zoom))
        self._resize()

    def place(self) -> QRect:
        """Where the chosen person stands on the widget."""
        if self._here < 0:
            return QRect()
        box, s = self._picture.boxes[self._here], self._scale
        return QRect(round(box.x * s), round(box.y * s), round(box.width * s), round(box.height * s))

    @property
    def _scale(self) -> float:
        return self._zoom * theme().scale / 100

    def _resize(self) -> None:
        s = self._scale
        self.setFixedSize(QSize(round(self._picture.width * s), round(self._picture.height * s)))
        self.update()

    def _tell(self) -> None:
        """What a screen reader says: the picture, and who is chosen in it."""
        self.setAccessibleName(self._title or self.tr("Family"))
        said = ""
        if self._here >= 0 and self._words is not None:
            said = self._words.said(self._picture.boxes[self._here].member)
        self.setAccessibleDescription(said)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _go(self, number: int) -> None:
        if number == self._here or not 0 <= number < len(self._picture.boxes):
            return
        self._here = number
        self._tell()
        self.update()
        self.chosen.emit(self.here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        across, down = _ARROWS.get(key, (0, 0))
        if (across or down) and self._picture.boxes:
            self._go(self._picture.beside(self._here, across, down) if self._here >= 0 else self._first())
        elif key == Qt.Key.Key_Home and self._picture.boxes:
            self._go(self._first())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._here >= 0:
            self.activated.emit(self.here)
        else:
            super().keyPressEvent(event)

    def _first(self) -> int:
        return next((n for n, box in enumerate(self._picture.boxes) if box.member.teller), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position() / self._scale
        number = self._picture.over(spot.x(), spot.y())
        if number >= 0:
            self._go(number)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = event.position() / self._scale
        if self._picture.over(spot.x(), spot.y()) >= 0:
            self.activated.emit(self.here)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._here < 0 and self._picture.boxes:
            self._go(self._first())
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        s = self._scale
        seen = QRectF(event.rect())
        seen = QRectF(seen.x() / s, seen.y() / s, seen.width() / s, seen.height() / s)
        painter.scale(s, s)
        for edge in self._picture.edges:
            self._line(painter, edge)
        for number, box in enumerate(self._picture.boxes):
            if seen.intersects(QRectF(box.x - 4, box.y - 4, box.width + 8, box.height + 8)):
                self._box(painter, box, here=number == self._here)
        for edge in self._picture.edges:
            self._word(painter, edge)

    def _line(self, painter: QPainter, edge: Edge) -> None:
        painter.setPen(_pen(edge.kind))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in edge.points]))

    def _word(self, painter: QPainter, edge: Edge) -> None:
        if not edge.word or self._words is None:
            return
        t = theme().tokens
        font = self._font(12, strong=edge.kind == "parted")
        metrics = QFontMetrics(font)
        text = metrics.elidedText(self._words.edge(edge.word), Qt.TextElideMode.ElideRight, 150)
        wide = metrics.horizontalAdvance(text) + 8
        spot = QRectF(edge.spot[0] - wide / 2, edge.spot[1] - 9, wide, 18)
        if edge.kind == "holds":
            spot.moveLeft(edge.spot[0] + 2)
        painter.fillRect(spot, QColor(t.paper))
        painter.setFont(font)
        tint = {"parted": t.warn, "holds": t.accent}.get(edge.kind, t.ink_soft)
        painter.setPen(QColor(tint))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def _box(self, painter: QPainter, box: Box, *, here: bool) -> None:
        t, each = theme().tokens, box.member
        dead = "state.life.dead" in each.person.states or bool(
            each.person.died.words or each.person.died.edtf
        )
        frame = QRectF(box.x, box.y, box.width, box.height)
        if here:
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-3, -3, 3, 3), 10, 10)
        if each.apart:
            pen = QPen(QColor(t.warn), 1, Qt.PenStyle.DashLine)
            painter.setBrush(QColor(t.warn_soft))
        else:
            pen = QPen(QColor(t.control_line if each.teller else t.line), 1)
            painter.setBrush(QColor(t.sunken if dead else t.surface))
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 8, 8)
        room = box.width - 2 * PAD
        code_chip(
            painter,
            QPointF(box.x + PAD, box.y + 9),
            each.code or "?",
            shut=self._shut(each),
            font=self._font(11, strong=True),
        )
        self._text(painter, box, 34, 20, self._title_of(each), self._font(14, strong=True), t.ink, room)
        lines = self._lines(each)
        for number, text in enumerate(lines):
            tint = t.warn if each.apart else t.ink_soft
            self._text(painter, box, 56 + 19 * number, 18, text, self._font(12), tint, room)

    def _shut(self, each: Member) -> bool:
        return each.protected and each.code not in self._names

    def _title_of(self, each: Member) -> str:
        named = self._names.get(each.code, "")
        return named or (self._words.title(each) if self._words is not None else "")

    def _lines(self, each: Member) -> list[str]:
        return [] if self._words is None else self._words.apart(each) or [self._words.line(each)]

    def _text(
        self, painter: QPainter, box: Box, top: int, height: int, text: str, font: QFont, tint: str, room: int
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(tint))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        spot = QRectF(box.x + PAD, box.y + top, room, height)
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _font(self, size: int, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font


def _pen(kind: str) -> QPen:
    """How a line of the picture is drawn: a broken one parts, whatever the colour."""
    t = theme().tokens
    if kind == "parted":
        made = QPen(QColor(t.warn), 2)
        made.setDashPattern([2.5, 2.5])
        return made
    return QPen(QColor(t.accent), 2) if kind == "holds" else QPen(QColor(t.control_line), 1.5)


class _Stroke(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(theme().px(24), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(_pen(self._kind))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class LegendKey(QWidget):
    """One entry of the legend: the line as it is drawn, and its word."""

    def __init__(self, kind: str, word: str) -> None:
        super().__init__()
        self.setLayout(row(_Stroke(kind), label(word, "caption"), space=6))


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def code_chip(painter: QPainter, at: QPointF, code: str, *, shut: bool, font: QFont) -> float:
    """A person's code on its colour, with a lock while the name is shut; how wide it is."""
    t = theme().tokens
    wide = QFontMetrics(font).horizontalAdvance(code) + (30 if shut else 16)
    spot = QRectF(at.x(), at.y(), wide, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.person_soft))
    painter.drawRoundedRect(spot, 4, 4)
    if shut:
        paint_icon(painter, "lock", QRectF(spot.x() + 6, spot.y() + 4, 12, 12), t.person)
    painter.setFont(font)
    painter.setPen(QColor(t.person))
    painter.drawText(
        spot.adjusted(22 if shut else 8, 0, 0, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        code,
    )
    return wide


class FamilyView(QScrollArea):
    """The picture in a pane that scrolls both ways. It begins as large as fits, and no larger than designed."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self.canvas.chosen.connect(lambda _key: self.follow())
        self.setWidget(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.canvas.setAutoFillBackground(False)
        self.setMinimumHeight(theme().px(120))
        self._fits = True

    def show_picture(self, picture: Picture, words: PersonWords, title: str, names: dict[str, str]) -> None:
        """Draw another state."""
        self.canvas.show_picture(picture, words, title, names)
        if self._fits:
            self.fit()

    def fit(self) -> None:
        """As large as fits, where that can still be read."""
        self._fits = True
        picture = self.canvas.picture
        if picture.width and picture.height:
            room = self.viewport().size()
            scale = theme().scale / 100
            wanted = min(
                room.width() / (picture.width * scale), room.height() / (picture.height * scale), 1.0
            )
            self.canvas.set_zoom(max(0.75, wanted))

    def larger(self) -> None:
        """One step larger."""
        self._fits = False
        self.canvas.set_zoom(self.canvas.zoom * STEP)

    def smaller(self) -> None:
        """One step smaller."""
        self._fits = False
        self.canvas.set_zoom(self.canvas.zoom / STEP)

    def follow(self) -> None:
        """Scroll to the person who is chosen."""
        place = self.canvas.place()
        if place.isValid():
            self.ensureVisible(place.center().x(), place.center().y(), place.width(), place.height())

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.larger if event.angleDelta().y() > 0 else self.smaller)()
            event.accept()
            return
        super().wheelEvent(event)
