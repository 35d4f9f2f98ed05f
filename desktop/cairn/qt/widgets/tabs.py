"""Tabs as words with a line under the one that is open; the arrow keys move between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column
from cairn.qt.widgets.reflow import Flow


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self._by_keys = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(14))
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        return font

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme().px(14))
        font.setWeight(QFont.Weight.DemiBold)
        from PySide6.QtGui import QFontMetrics

        self.setFixedSize(QFontMetrics(font).horizontalAdvance(self.text()) + 4, theme().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme().tokens
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(t.ink if self.isChecked() or self.underMouse() else t.ink_soft))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(t.accent))
        if self.hasFocus() and self._by_keys:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 6, -1, -6), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who walk by keys; after a click the line under the word says enough."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)


class Tabs(QWidget):
    """A line of tabs. `opened` tells the key of the one chosen."""

    opened = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], name: str) -> None:
        """`tabs` are (key, word); `name` says what they part."""
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [key for key, _ in tabs]
        self._group = QButtonGroup(self)
        # At large text they go on in a second line: a part that can't be seen can't be found.
        line = Flow(gap=12)
        for number, (_, word) in enumerate(tabs):
            tab = _Tab(word)
            self._group.addButton(tab, number)
            line.add(tab)
        self.setLayout(column(line, space=0))
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda number: self.opened.emit(self._keys[number]))

    @property
    def key(self) -> str:
        """The tab that is open."""
        return self._keys[self._group.checkedId()]

    def open(self, key: str) -> None:
        """Open a tab and tell."""
        self._group.button(self._keys.index(key)).setChecked(True)
        self.opened.emit(key)

    def set_word(self, key: str, word: str) -> None:
        """Another word for a tab, such as one with a count."""
        tab = self._group.button(self._keys.index(key))
        tab.setText(word)
        tab.setAccessibleName(word)
        if isinstance(tab, _Tab):
            tab._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._keys)
        self.open(self._keys[number])
        self._group.button(number).setFocus(Qt.FocusReason.TabFocusReason)
