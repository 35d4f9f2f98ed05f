"""The rail: icon and word for each screen, the lock at its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.shell.registry import SCREENS, Entry
from cairn.qt.widgets.basic import column

WIDE, NARROW = 176, 64
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RailButton(QAbstractButton):
    """One line of the rail: icon, word, perhaps a count or a key at the right."""

    def __init__(self, word: str, glyph: str, *, hint: str = "") -> None:
        super().__init__()
        self.setText(word)
        self.setAccessibleName(word)
        self._glyph = glyph
        self._hint = hint
        self._recording = False
        self._count = 0
        self._compact = False
        self._by_keys = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_compact(self, compact: bool) -> None:
        """The icon alone, or with its word."""
        self._compact = compact
        self.setToolTip(self.text() if compact else "")
        self.updateGeometry()
        self.update()

    def set_recording(self, recording: bool) -> None:
        """A red dot on the icon: something is being recorded there."""
        self._recording = recording
        self.setAccessibleDescription(self.tr("being recorded") if recording else "")
        self.update()

    def set_count(self, count: int, said: str) -> None:
        """How many things wait there; `said` tells it to a screen reader. None without any."""
        self._count = count
        self.setAccessibleDescription(said if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(40 if self._compact else 150), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        """A low window with large text gets a closer rail."""
        return QSize(self.sizeHint().width(), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent_soft if chosen else t.line))
            painter.drawRoundedRect(self.rect(), px(8), px(8))
        ink = t.accent if chosen else t.ink_soft
        icon_spot = QRectF(px(12), (self.height() - px(18)) / 2, px(18), px(18))
        paint(painter, self._glyph, icon_spot, ink)
        if self._recording:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.danger))
            painter.drawEllipse(QRectF(icon_spot.right() - px(4), icon_spot.top() - px(3), px(8), px(8)))
        if self._count:
            self._badge(painter)
        if self._compact:
            self._ring(painter)
            return
        font = QFont(self.font())
        font.setPixelSize(px(14))
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        text_spot = QRectF(px(42), 0, self.width() - px(46), self.height())
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(text_spot, left, self.text())
        if self._hint:
            self._key(painter)
        self._ring(painter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring is for those who walk by keys; after a click, or where nobody chose, it only disturbs."""
        self._by_keys = event.reason() in _BY_KEYS
        super().focusInEvent(event)

    def _ring(self, painter: QPainter) -> None:
        if self.hasFocus() and self._by_keys:
            px = theme().px
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme().tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(8), px(8))

    def _badge(self, painter: QPainter) -> None:
        """The count, at the end of the line, or on the icon alone."""
        t, px = theme().tokens, theme().px
        font = QFont(self.font())
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        said = str(min(self._count, 99)) + ("+" if self._count > 99 else "")
        high = px(14 if self._compact else 20)
        width = max(high, painter.fontMetrics().horizontalAdvance(said) + px(8))
        top = px(4) if self._compact else (self.height() - high) / 2
        spot = QRectF(self.width() - width - px(2 if self._compact else 10), top, width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent))
        painter.drawRoundedRect(spot, high / 2, high / 2)
        painter.setPen(QColor(t.on_accent))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, said)

    def _key(self, painter: QPainter) -> None:
        t, px = theme().tokens, theme().px
        font = QFont(self.font())
        font.setPixelSize(px(11))
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self._hint) + px(12)
        spot = QRectF(self.width() - width - px(8), (self.height() - px(20)) / 2, width, px(20))
        painter.setPen(QColor(t.line))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(spot, px(4), px(4))
        painter.setPen(QColor(t.ink_soft))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._hint)


class Rail(QWidget):
    """The way between the screens. Ctrl+1 … Ctrl+9 go to them too."""

    wanted = Signal(str)
    lock_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme().px(WIDE))
        self._compact = False
        self.setAccessibleName(self.tr("Screens"))
        self._group = QButtonGroup(self)
        self._names: list[str] = []
        upper = [self._add(entry) for entry in SCREENS if not entry.below]
        lower = [self._add(entry) for entry in SCREENS if entry.below]
        self.lock = RailButton(self.tr("Lock"), "lock", hint=self.tr("Ctrl L"))
        self.lock.clicked.connect(self.lock_wanted)
        layout = column(*upper, None, *lower, self.lock, space=0, margin=12)
        self.setLayout(layout)
        self._group.idClicked.connect(lambda number: self.wanted.emit(self._names[number]))

    def _add(self, entry: Entry) -> RailButton:
        made = RailButton(QCoreApplication.translate("Rail", entry.word), entry.glyph)
        made.setCheckable(True)
        self._group.addButton(made, len(self._names))
        self._names.append(entry.name)
        return made

    def set_compact(self, compact: bool) -> None:
        """Icons alone where the window is narrow for its text size; the words are then tool tips."""
        if compact == self._compact:
            return
        self._compact = compact
        self.setFixedWidth(theme().px(NARROW if compact else WIDE))
        for line in (*self._group.buttons(), self.lock):
            if isinstance(line, RailButton):
                line.set_compact(compact)

    def show_chosen(self, name: str) -> None:
        """Mark the screen that is shown."""
        self._group.button(self._names.index(name)).setChecked(True)

    def button(self, name: str) -> RailButton:
        """The line of one screen."""
        found = self._group.button(self._names.index(name))
        if not isinstance(found, RailButton):
            raise KeyError(name)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)
