"""Choosing a passphrase: six suggested words, or one's own with an estimate of its strength."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from cairn.crypto import strength
from cairn.qt.base import messages
from cairn.qt.widgets import Field, button, column, label, row
from cairn.qt.widgets.basic import restyle, show_if
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped

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
        self._keys = label("", "soft", wrap=True, selectable=True)
        self._first = SecretLine()
        self._second = SecretLine()
        for line in (self._first, self._second):
            line.textChanged.connect(self._look)
        # While it is being typed the second is different from the first all the time: that is told afterwards.
        self._second.editingFinished.connect(self._compare)
        self._first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self.finished)
        self._first_field = Field(self.tr("Passphrase"), self._first)
        self._second_field = Field(self.tr("Type it once more"), self._second)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Strength of the passphrase"))
        self._shown = ShowTyped(self._first, self._second)
        self.setLayout(
            column(
                label(self.tr("Six random words are easy to remember and hard to guess:"), "soft", wrap=True),
                self._suggestion,
                self._keys,
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
        words = strength.suggest_passphrase(language=messages.language())
        self._suggestion.setText(words)
        self._suggestion.setAccessibleName(words)
        keys = strength.latin_keys(words)
        # Where the passphrase is hidden no input method composes: the same keys give these letters there.
        self._to_type = keys
        said = self.tr("Type them without the Korean input method, with the same keys: {keys}")
        self._keys.setText(said.format(keys=keys))
        show_if(self._keys, keys != words)

    def _take(self) -> None:
        self._shown.setChecked(True)
        self._first.setText(self._to_type)
        self._second.clear()
        self._second.setFocus()

    def _look(self) -> None:
        text, again = self._first.text(), self._second.text()
        bits = strength.strength_bits(text)
        self._bar.setValue(min(100, round(bits / 80 * 100)))
        tone = "good"
        if not text:
            words = self.tr("Anyone who has this passphrase and the vault's folder can read everything.")
        elif bits < LEAST_BITS:
            words, tone = self.tr("Too easy to guess. Add words."), "danger"
        elif bits < ENOUGH_BITS:
            words, tone = self.tr("Fair. One or two more words make it much harder to guess."), "warn"
        else:
            words = self.tr("Hard to guess.")
        restyle(self._bar, tone=tone)
        self._first_field.set_help(" ".join(part for part in (words, self._first.blanks) if part))
        if self._second_field.error and (not again or again == text or self._second.hasFocus()):
            self._second_field.set_error("")
        self.changed.emit()

    def _compare(self) -> None:
        """Somebody is through with the second: say it where it is another one."""
        text, again = self._first.text(), self._second.text()
        self._second_field.set_error(self.tr("The two are different.") if again and again != text else "")
