"""A line in which one of many is found by typing, or by walking a tree; what it means stands beside the list.

The keys stay in the line. Down opens the list, also of an empty line: then Right goes into a branch and Left out of it. Enter
takes what is marked, Esc puts the list away. Nothing is taken that was not chosen: words that name nothing stay in the
line and are said to name nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, label, restyle, show_if
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.reflow import Beside
from cairn.qt.widgets.row_model import Row
from cairn.qt.widgets.rows import RowList

ROWS = 6
"""Rows that are seen at once."""


class _Short(RowList):
    """A list as high as its rows, up to a few."""

    def sizeHint(self) -> QSize:
        rows = max(1, min(ROWS, self.rows.rowCount()))
        return QSize(theme().px(280), rows * theme().px(56) + 2)

    def minimumSizeHint(self) -> QSize:
        rows = max(1, min(3, self.rows.rowCount()))
        return QSize(theme().px(160), rows * theme().px(56) + 2)


class Picker(QWidget):
    """What a picker of terms and one of places have in common. Whoever makes one says what rows there are."""

    edited = Signal()
    """Changed by hand: another one was chosen, or none."""

    def __init__(self, side: QWidget) -> None:
        """`side` explains what is marked."""
        super().__init__()
        self.line = Line()
        self.list = _Short("")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side = side
        self._said = label("", "caption", wrap=True)
        self._nothing = label("", "soft", wrap=True)
        self._choice = Beside(self.list, side, second_width=320, least=300)
        self._branch = ""
        self._browsing = False
        self._shown: list[Row] = []
        self.setLayout(column(self.line, self._said, self._nothing, self._choice, space=4))
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.edited.connect(self._typed)
        self.list.chosen.connect(lambda _id: self._mark())
        self.list.clicked.connect(lambda _index: self._take())
        self._put_away()

    # What kinds of pickers say

    def rows_for(self, typed: str) -> list[Row]:
        """What fits the words, best first."""
        raise NotImplementedError

    def rows_below(self, branch: str) -> list[Row]:
        """What stands below a branch; at the top for none."""
        raise NotImplementedError

    def branch_above(self, branch: str) -> str:
        """The branch above one."""
        raise NotImplementedError

    def is_branch(self, id_: str) -> bool:
        """Whether something stands below it."""
        raise NotImplementedError

    def can_choose(self, id_: str) -> bool:
        """Whether it can be chosen itself."""
        raise NotImplementedError

    def explain(self, id_: str) -> str:
        """Show beside the list what it means; the same in words, for a screen reader."""
        raise NotImplementedError

    def take(self, id_: str) -> None:
        """It was chosen; or nothing, where the line was emptied."""
        raise NotImplementedError

    def start(self) -> str:
        """The branch that is opened first."""
        return ""

    # What is seen

    @property
    def is_open(self) -> bool:
        """Whether the list is there."""
        return not self._choice.isHidden() or not self._nothing.isHidden()

    def setAccessibleName(self, name: str) -> None:
        self.line.setAccessibleName(name)
        self.list.setAccessibleName(name)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        if self.line.isReadOnly() != fixed:
            self.line.setReadOnly(fixed)
            restyle(self.line)
        if fixed:
            self._put_away()

    def tell(self, said: str, *, error: bool = False) -> None:
        """A line below."""
        self._said.setText(said)
        self._said.setAccessibleName(said)
        restyle(self._said, role="error" if error else "caption")
        show_if(self._said, bool(said))

    def typed(self) -> str:
        """The words, with what an input method is still composing."""
        text, at = self.line.text(), self.line.cursorPosition()
        return (text[:at] + self.line.composing + text[at:]).strip()

    def _typed(self) -> None:
        words = self.typed()
        self._browsing = False
        if not words:
            self._put_away()
            self.take("")
            return
        self._show(self.rows_for(words))

    def browse(self, branch: str = "") -> None:
        """Show what stands below a branch."""
        self._branch, self._browsing = branch, True
        self._show(self.rows_below(branch))

    def _show(self, rows: Sequence[Row]) -> None:
        self._shown = list(rows)
        self.list.set_rows(rows)
        self.list.updateGeometry()
        self._nothing.setText(
            self.tr("Nothing fits these words. Empty the line and press Down to look through all.")
        )
        show_if(self._nothing, not rows)
        if rows:
            self.list.choose(rows[0].id, tell=True)
            self._mark()
        show_if(self._choice, bool(rows))
        self._choice.updateGeometry()

    def _mark(self) -> None:
        marked = self.list.chosen_id
        said = self.explain(marked) if marked else ""
        self.line.setAccessibleDescription(said)

    def _put_away(self) -> None:
        self._shown = []
        show_if(self._choice, False)
        show_if(self._nothing, False)
        self.line.setAccessibleDescription(self._said.text())

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() is QEvent.Type.KeyPress and not self.line.isReadOnly():
                if self._key(Qt.Key(cast(QKeyEvent, event).key())):
                    return True
            elif event.type() is QEvent.Type.FocusOut and self.is_open:
                self._put_away()
                self.left()
        return super().eventFilter(watched, event)

    def left(self) -> None:
        """The keys went elsewhere while something was typed that is not chosen."""

    def _key(self, key: Qt.Key) -> bool:
        """Whether the key was one for the list."""
        if key == Qt.Key.Key_Down and not self.is_open:
            self.browse(self.start()) if not self.typed() or self._is_chosen() else self._typed()
            return True
        if not self.is_open:
            return False
        if key == Qt.Key.Key_Escape:
            self._put_away()
            self.left()
            return True
        if key in _STEPS:
            self._step(_STEPS[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        if self._browsing and key == Qt.Key.Key_Right and self.is_branch(self.list.chosen_id):
            self.browse(self.list.chosen_id)
            return True
        if self._browsing and key == Qt.Key.Key_Left and self._branch:
            before = self._branch
            self.browse(self.branch_above(before))
            self.list.choose(before, tell=True)
            return True
        return False

    def _is_chosen(self) -> bool:
        """Whether the line shows what was chosen, untouched."""
        return False

    def _step(self, by: int) -> None:
        places = [row.id for row in self._shown]
        at = places.index(self.list.chosen_id) + by if self.list.chosen_id in places else 0
        if places:
            self.list.choose(places[max(0, min(len(places) - 1, at))], tell=True)

    def _take(self) -> None:
        marked = self.list.chosen_id
        if not marked:
            return
        if self.can_choose(marked) and not (self._browsing and self.is_branch(marked)):
            self._put_away()
            self.take(marked)
        elif self.is_branch(marked):
            self.browse(marked)


_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS,
    Qt.Key.Key_PageUp: -ROWS,
}
