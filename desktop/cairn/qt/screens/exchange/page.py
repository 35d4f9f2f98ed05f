"""The frame of each page: where one is, a title, perhaps steps, and a body that scrolls when it must."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets import RowList, Steps, card, column, label, row, scroll
from cairn.qt.widgets.reflow import page_margin

Boxes = TypeVar("Boxes", bound=QBoxLayout)


class Page(QWidget):
    """One page. Add parts to `body`."""

    def __init__(self, crumb: str, title: str, steps: Sequence[str] = (), *, narrow: int = 0) -> None:
        """`narrow`: the content stands in the middle and is no wider than this, in design pixels."""
        super().__init__()
        self._title = label(title, "title", wrap=True)
        self.steps = Steps(steps) if steps else None
        inner = QWidget()
        head = column(space=6)
        if crumb:
            head.addWidget(label(crumb, "caption", wrap=True))
        head.addWidget(self._title)
        if self.steps is not None:
            head.addSpacing(theme().px(4))
            head.addWidget(self.steps)
        self.body: QVBoxLayout = column(space=16)
        layout = column(head, self.body, space=16, margin=page_margin())
        layout.setStretchFactor(self.body, 1)
        if narrow:
            middle = QWidget()
            middle.setLayout(layout)
            middle.setMaximumWidth(theme().px(narrow) + 2 * theme().px(page_margin()))
            outer = row(None, middle, None, space=0)
            outer.setStretchFactor(middle, 1000)
            inner.setLayout(outer)
        else:
            inner.setLayout(layout)
        self.area: QScrollArea = scroll(inner)
        self.setLayout(column(self.area, space=0))

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def to_top(self) -> None:
        """Show the beginning."""
        self.area.verticalScrollBar().setValue(0)


def emptied(layout: Boxes) -> Boxes:
    """Take everything out of a layout and forget it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            emptied(inner)
    return layout


def list_card(*parts: QWidget) -> QFrame:
    """A card whose rows reach from edge to edge, clear of its round corners."""
    made = card(*parts, space=0, margin=1)
    inside = made.layout()
    if inside is not None:
        inside.setContentsMargins(1, theme().px(8), 1, theme().px(8))
    return made


def fit(rows: RowList, most: int) -> None:
    """Make a list as high as its rows, up to `most` of them; then it scrolls."""
    height = sum(rows.sizeHintForRow(number) for number in range(min(most, rows.rows.rowCount())))
    rows.setFixedHeight(height + 2)
