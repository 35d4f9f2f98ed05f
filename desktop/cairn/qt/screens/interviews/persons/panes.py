"""List, picture and panel beside each other; where there is no room for all, behind a switch, one or two at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets import VLine, button, column
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.reflow import Flow

LIST, PANEL, PICTURE = 224, 320, 360
"""Design pixels: of the list and the panel, and the least of the picture."""


class Panes(QWidget):
    """Three parts in the order list, picture, panel."""

    switched = Signal(str)

    def __init__(self, parts: dict[str, tuple[QWidget, str]]) -> None:
        """`parts` by key: `list`, `picture`, `panel`, each with its word on the switch."""
        super().__init__()
        self._parts = {key: part for key, (part, _) in parts.items()}
        self._at = "picture"
        self._group = QButtonGroup(self)
        self._switch = Flow(gap=6)
        self._keys = list(parts)
        for number, (_, word) in enumerate(parts.values()):
            made = button(word, kind="filter")
            made.setCheckable(True)
            self._group.addButton(made, number)
            self._switch.add(made)
        self._group.idClicked.connect(lambda number: self.go(self._keys[number]))
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._edges = [VLine(), VLine()]
        for number, part in enumerate(self._parts.values()):
            if number:
                self._line.addWidget(self._edges[number - 1])
            self._line.addWidget(part, 1 if number == 1 else 0)
        self._bar = QWidget()
        bar = column(self._switch, space=0)
        bar.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(8))
        self._bar.setLayout(bar)
        layout = column(self._bar, self._line, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fold()

    @property
    def at(self) -> str:
        """The part that was gone to."""
        return self._at

    def go(self, key: str) -> None:
        """Show this part, beside which others where there is room."""
        self._at = key
        self._fold()
        self.switched.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        px, width = theme().px, self.width()
        everything = width >= px(LIST + PICTURE + PANEL)
        two = width >= px(PICTURE + PANEL)
        if everything:
            shown = set(self._keys)
        elif two:
            shown = {"panel", self._at if self._at != "panel" else "picture"}
        else:
            shown = {self._at}
        for key, part in self._parts.items():
            show_if(part, key in shown)
        alone = len(shown) == 1
        wide = 16_777_215
        for key, length in (("list", LIST), ("panel", PANEL)):
            part = self._parts[key]
            part.setMinimumWidth(0 if alone else px(length))
            free = alone or (key == "list" and "picture" not in shown)
            part.setMaximumWidth(wide if free else px(length))
        show_if(self._edges[0], everything)
        show_if(self._edges[1], not alone)
        show_if(self._bar, not everything)
        two_only = two and not everything
        for number, key in enumerate(self._keys):
            made = self._group.button(number)
            show_if(made, not (two_only and key == "panel"))
            made.setChecked(key == (self._at if not (two_only and self._at == "panel") else "picture"))
