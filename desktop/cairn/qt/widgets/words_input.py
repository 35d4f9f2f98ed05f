"""Typing words that somebody reads out: one box a word, with completion from the list.

Typing is what finds a forged card or a wrongly written recovery word; so there is no pasting button
here, but a pasted line of words is spread over the boxes for people who keep them in a safe place.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from cairn.crypto import wordlists
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, restyle
from cairn.qt.widgets.reflow import Cells


class _Box(QLineEdit):
    spaced = Signal()
    """The space bar: this word is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setMinimumWidth(theme().px(90))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.spaced.emit()
            return
        super().keyPressEvent(event)


class WordsInput(QWidget):
    """`count` boxes. `positions` names them when only some words of a longer list are asked for."""

    edited = Signal()
    finished = Signal()
    """Enter in the last box, or the last word completed."""

    def __init__(self, count: int, *, positions: Sequence[int] = (), columns: int = 4) -> None:
        super().__init__()
        self._boxes: list[_Box] = []
        cells = Cells(columns, stretch=True)
        words = QStringListModel(list(wordlists.words()), self)
        for number in range(count):
            box = _Box()
            place = positions[number] if positions else number + 1
            name = self.tr("Word {number}").format(number=place)
            box.setAccessibleName(name)
            box.setPlaceholderText(str(place))
            completer = QCompleter(words, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            box.setCompleter(completer)
            box.textEdited.connect(lambda text, at=number: self._edited(at, text))
            box.returnPressed.connect(lambda at=number: self._next(at))
            box.spaced.connect(lambda at=number: self._next(at, end=False))
            box.editingFinished.connect(lambda at=number: self._look(at))
            cells.add(box)
            self._boxes.append(box)
        self.setLayout(column(cells))
        self.setFocusProxy(self._boxes[0])

    @property
    def boxes(self) -> list[QLineEdit]:
        """The boxes, in order."""
        return list(self._boxes)

    def words(self) -> list[str]:
        """What stands in the boxes, without the empty ones."""
        return [text for text in (box.text().strip().lower() for box in self._boxes) if text]

    @property
    def complete(self) -> bool:
        """Whether every box has a word."""
        return len(self.words()) == len(self._boxes)

    def clear(self) -> None:
        """Empty every box."""
        for box in self._boxes:
            box.clear()
            restyle(box, wrong="false")

    def mark_wrong(self, words: Sequence[str] = ()) -> None:
        """Mark the boxes that hold one of `words`, or all of them when none are named."""
        for box in self._boxes:
            wrong = not words or box.text().strip().lower() in words
            restyle(box, wrong="true" if wrong else "false")

    def _edited(self, at: int, text: str) -> None:
        parts = text.split()
        if len(parts) > 1:
            for offset, word in enumerate(parts[: len(self._boxes) - at]):
                self._boxes[at + offset].setText(word.lower())
            self._boxes[min(at + len(parts), len(self._boxes)) - 1].setFocus()
        restyle(self._boxes[at], wrong="false")
        self.edited.emit()

    def _look(self, at: int) -> None:
        """Somebody is through with a word: mark it where no word of the list begins like this."""
        box = self._boxes[at]
        typed = box.text().strip().lower()
        known = not typed or any(word.startswith(typed) for word in wordlists.words())
        restyle(box, wrong="false" if known else "true")

    def _next(self, at: int, *, end: bool = True) -> None:
        """Go on to the next box. From the last one there is none: with `end` all is typed, else nothing happens,
        so that the next key meets no button."""
        if at + 1 < len(self._boxes):
            self._boxes[at + 1].setFocus()
            self._boxes[at + 1].selectAll()
        elif end:
            self._look(at)
            self.finished.emit()
