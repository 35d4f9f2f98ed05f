"""Controls beside the words that say what they change, and what came of it: what settings are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QSizePolicy, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, label, show_if

CONTROL = 240
FOLDS = 470
"""Below this width, in design pixels, a line's control goes below its words."""


class Choice(QComboBox):
    """A list to choose one value from. The wheel scrolls the page, it never changes a setting."""

    picked = Signal(object)
    """The value that the person chose."""

    def __init__(self, name: str, options: Sequence[tuple[object, str]], value: object) -> None:
        super().__init__()
        self._values = [option for option, _ in options]
        self.setAccessibleName(name)
        self.addItems([word for _, word in options])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(theme().px(CONTROL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_value(value)
        self.activated.connect(lambda at: self.picked.emit(self._values[at]))

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Other values to choose from; what was shown stays, where it is among them."""
        now = self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None
        self._values = [option for option, _ in options]
        self.clear()
        self.addItems([word for _, word in options])
        self.show_value(now)

    @property
    def value(self) -> object:
        """The value that is shown."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingLine(QWidget):
    """Words at the left, a control at the right; the control below the words where there is no room."""

    def __init__(self, name: str, text: str, *controls: QWidget, glyph: QWidget | None = None) -> None:
        super().__init__()
        self._name = label(name, "strong", wrap=True)
        self.text = label(text, "soft", wrap=True)
        show_if(self.text, bool(text))
        words = column(self._name, self.text, space=2)
        words.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(theme().px(20), theme().px(14), theme().px(20), theme().px(14))
        self._box.setSpacing(theme().px(16))
        if glyph is not None:
            self._box.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(words, 1)
        self.controls = controls
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for control in controls:
            self._box.addWidget(control, 0, middle)
        self.setLayout(self._box)

    def say(self, text: str) -> None:
        """Another text below the name."""
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        wanted = ways.TopToBottom if self.width() < theme().px(FOLDS) else ways.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self._box.setSpacing(theme().px(10 if wanted is ways.TopToBottom else 16))


def block(*parts: QWidget) -> QWidget:
    """Parts below each other, inset like the lines of a card."""
    made = QWidget()
    layout = column(*parts, space=8)
    side = theme().px(20)
    layout.setContentsMargins(side, theme().px(14), side, theme().px(14))
    made.setLayout(layout)
    return made


class Outcome(QWidget):
    """The last part of a card: what came of something that was done there. Hidden while there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._place = column(space=8)
        side = theme().px(20)
        self._place.setContentsMargins(side, theme().px(2), side, theme().px(14))
        self.setLayout(self._place)
        show_if(self, False)

    def say(self, *parts: QWidget) -> None:
        """Show these and nothing else; without any, nothing."""
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for part in parts:
            self._place.addWidget(part)
        show_if(self, bool(parts))
