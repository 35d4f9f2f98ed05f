"""Choosing a passphrase: six suggested words, or one's own with an estimate of its strength."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from cairn.crypto import strength
from cairn.qt.base import messages
from cairn.qt.widgets import Field, button, column, label, row

ENOUGH_BITS = 60.0
LEAST_BITS = 40.0


class PassphraseForm(QWidget):
    """`passphrase` when `good`: typed twice the same, and not so weak that it protects from nobody."""

    changed = Signal()
    finished = Signal()
    """Enter in the second field."""

    def __init__(self) -> None:
        super().__init__()
        self._suggestion = label("", "heading", wrap=True, selectable=True)
        again = button(self.tr("Suggest others"), self._suggest, kind="quiet", glyph="refresh")
        take = button(self.tr("Use these words"), self._take)
        self._first = QLineEdit()
        self._second = QLineEdit()
        for line in (self._first, self._second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self._look)
        self._first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self.finished)
        self._first_field = Field(self.tr("Passphrase"), self._first)
        self._second_field = Field(self.tr("Type it once more"), self._second)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Strength of the passphrase"))
        self._shown = QCheckBox(self.tr("Show what I type"))
        self._shown.setAccessibleName(self._shown.text())
        self._shown.toggled.connect(self._show_typed)
        self.setLayout(
            column(
                label(self.tr("Six random words are easy to remember and hard to guess:"), "soft", wrap=True),
                self._suggestion,
                row(take, again, None),
                8,
                self._first_field,
                self._bar,
                self._second_field,
                self._shown,
                space=8,
            )
        )
        self._suggest()
        self._look()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A focus proxy would do the same, but Tab then leaps over what stands before the first field.
        self._first.setFocus(event.reason())

    @property
    def passphrase(self) -> str:
        """What was typed first."""
        return self._first.text()

    @property
    def good(self) -> bool:
        """Whether it can be used."""
        text = self._first.text()
        return text == self._second.text() and strength.strength_bits(text) >= LEAST_BITS

    def _suggest(self) -> None:
        self._suggestion.setText(strength.suggest_passphrase(language=messages.language()))
        self._suggestion.setAccessibleName(self._suggestion.text())

    def _take(self) -> None:
        self._shown.setChecked(True)
        self._first.setText(self._suggestion.text())
        self._second.clear()
        self._second.setFocus()

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._first.setEchoMode(mode)
        self._second.setEchoMode(mode)

    def _look(self) -> None:
        text, again = self._first.text(), self._second.text()
        bits = strength.strength_bits(text)
        self._bar.setValue(min(100, round(bits / 80 * 100)))
        if not text:
            words = self.tr("Anyone who has this passphrase and the vault's folder can read everything.")
        elif bits < LEAST_BITS:
            words = self.tr("Too easy to guess. Add words.")
        elif bits < ENOUGH_BITS:
            words = self.tr("Fair. One or two more words make it much harder to guess.")
        else:
            words = self.tr("Hard to guess.")
        self._first_field.set_help(words)
        self._second_field.set_error(self.tr("The two are different.") if again and again != text else "")
        self.changed.emit()
