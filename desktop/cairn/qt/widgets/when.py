"""A line for a time: below it stands how the words are understood while they are typed, and what else they may mean.

Nothing is put in the place of the words by itself. Of several readings a person picks one, by mouse or keyboard (arrow down,
Enter), and it is written into the line in a form that has one meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.kernel import times
from cairn.model.time.told import Told
from cairn.model.time.understanding import Understood, understood
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.widgets.basic import button, column, label, show_if
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.reflow import Flow


class When(QWidget):
    """`line` is what a form binds; `found` what its words were understood as."""

    looked = Signal()
    """The words were read anew."""

    def __init__(self, known: Callable[[], Context] = Context, text: str = "") -> None:
        """`known` says, each time, what may be used to understand the words: the day of the interview, an event."""
        super().__init__()
        self.line = Line(text)
        self._known = known
        self._said = label("", "caption", wrap=True)
        self._choices = Flow()
        self._buttons: list[QPushButton] = []
        self.found: Understood = understood("")
        self._column = column(self.line, self._said, self._choices, space=4)
        self.setLayout(self._column)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.edited.connect(self._look)
        self.line.textChanged.connect(lambda _text: self._look())
        self._look()

    def setAccessibleName(self, name: str) -> None:
        # The line is what has the keys, and what a screen reader says.
        self.line.setAccessibleName(name)

    @property
    def told(self) -> Told:
        """The sure reading; else the words alone."""
        return self.found.told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ReadOnlyChange:
            show_if(self._choices, bool(self._buttons) and not self.line.isReadOnly())
        if event.type() is not QEvent.Type.KeyPress or not self._buttons:
            return super().eventFilter(watched, event)
        key = cast(QKeyEvent, event).key()
        if watched is self.line:
            if key == Qt.Key.Key_Down:
                self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        elif key in _STEPS:
            at = self._buttons.index(cast(QPushButton, watched)) + _STEPS[Qt.Key(key)]
            to: QWidget = self._buttons[min(at, len(self._buttons) - 1)] if at >= 0 else self.line
            to.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _words(self) -> str:
        """With what an input method is still composing."""
        text, at = self.line.text(), self.line.cursorPosition()
        return text[:at] + self.line.composing + text[at:]

    def _look(self) -> None:
        words = self._words()
        if words == self.found.words and words:
            return
        self.found = understood(words, self._known())
        said = self._sentence()
        self._said.setText(said)
        self._said.setAccessibleName(said)
        self.line.setAccessibleDescription(said)
        show_if(self._said, bool(said))
        self._offer(self._open())
        self.looked.emit()

    def _sentence(self) -> str:
        found, language = self.found, messages.language()
        if not found.words.strip():
            return ""
        if found.kind == "sure":
            parts = [
                each(found.readings[0], language) for each in (times.understood_as, times.days, times.notes)
            ]
            return " · ".join(part for part in parts if part)
        return times.verdict(found, language)

    def _open(self) -> Sequence[Told]:
        """Readings that a person picks from: several, what may have been meant, or one that holds only from here."""
        if self.found.kind == "sure":
            alone = understood(self.found.words)
            same = alone.kind == "sure" and alone.readings[0].edtf == self.found.readings[0].edtf
            return () if same else self.found.readings
        return self.found.readings or self.found.suggestions

    def _offer(self, readings: Sequence[Told]) -> None:
        had_keys = any(each.hasFocus() for each in self._buttons)
        self._buttons = [self._choice(told) for told in readings]
        before, self._choices = self._choices, Flow(*self._buttons)
        self._column.replaceWidget(before, self._choices)
        before.hide()
        before.deleteLater()
        show_if(self._choices, bool(readings) and not self.line.isReadOnly())
        if had_keys:
            self.line.setFocus()

    def _choice(self, told: Told) -> QPushButton:
        made = button(self._offered(told), lambda: self._pick(told))
        made.installEventFilter(self)
        return made

    def _offered(self, told: Told) -> str:
        language = messages.language()
        notes = times.notes(told, language)
        return times.described(told, language) + (f" ({notes})" if notes else "")

    def _pick(self, told: Told) -> None:
        self.line.setFocus()
        self.line.setText(times.written(told, messages.language()))
        self.line.edited.emit()


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
