"""A field with a short list of terms to choose from: a vocabulary of a dozen. Longer ones are found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.forms.inputs import Spot
from cairn.vocab.terms import Terms


class QuietCombo(QComboBox):
    """A box that a wheel does not change while it is scrolled past, and that is no wider than its field."""

    def __init__(self, *, whole: bool = False) -> None:
        """With `whole` its longest word always has room: for short words beside other fields."""
        super().__init__()
        self._whole = whole
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        # It asks for the room of its longest word, and takes what there is.
        if self._whole:
            return self.sizeHint()
        return QSize(min(theme().px(120), self.sizeHint().width()), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def term_words(terms: Terms, vocabulary: str, prefix: str) -> list[tuple[str, str]]:
    """(id, label) of the terms of a vocabulary that begin so and can be chosen, in their order."""
    return [
        (term.id, terms.label(term.id, messages.language()))
        for term in terms.terms(vocabulary)
        if term.id.startswith(prefix) and term.chosen
    ]


class ChosenInput(QObject):
    """One of several values in a box; none while nobody asked. A value that it does not have is kept and shown as it is."""

    edited = Signal()

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        self.box = QuietCombo()
        super().__init__(self.box)
        self.box.addItem(QCoreApplication.translate("Choices", "Not asked"), "")
        for value, word in words:
            self.box.addItem(word, value)
        self._own = self.box.count()
        self.box.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> Any:
        """The value that is chosen."""
        return self.box.currentData()

    def load(self, value: Any) -> None:
        """Show a value."""
        while self.box.count() > self._own:
            self.box.removeItem(self._own)
        at = self.box.findData(value)
        if at < 0:
            unknown = QCoreApplication.translate("Choices", "not known here ({code})").format(code=value)
            self.box.addItem(unknown, value)
            at = self._own
        self.box.setCurrentIndex(at)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self.box.setEnabled(not fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether it has the keys."""
        return widget is self.box

    def spot(self, last: QObject | None) -> Spot | None:
        """That it had them last: there is no cursor."""
        return Spot() if last is self.box else None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on where the person stopped."""
        return self.box
