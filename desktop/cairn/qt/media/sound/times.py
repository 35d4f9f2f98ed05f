"""A field for a moment of a sound."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from cairn.model.values import BEGINNING, LengthMs, MomentMs
from cairn.qt.media.sound.columns import clock, exact, read_moment
from cairn.qt.widgets import Field


class TimeField(Field):
    """A moment as minutes and seconds, hours before them where there are any."""

    def __init__(self, name: str) -> None:
        self.line = QLineEdit()
        super().__init__(name, self.line)
        self.set_help(self.tr("Minutes and seconds, as 12:30"))
        self._given = BEGINNING
        self.line.textEdited.connect(lambda _text: self.show_error(""))

    def set_ms(self, ms: MomentMs) -> None:
        """Show a moment."""
        self._given = ms
        self.line.setText(exact(ms))

    def ms(self, duration: LengthMs) -> MomentMs | None:
        """The moment in a sound of `duration`, at most its end; None, with a sentence below the field, for none."""
        most = MomentMs(duration)
        if self.line.text() == exact(self._given):
            return min(self._given, most)
        found = read_moment(self.line.text())
        if found is None:
            self.show_error(self.tr("Write a time as minutes and seconds: 12:30."))
        elif found > most + 1000:
            self.show_error(self.tr("The recording ends at {whole}.").format(whole=clock(most)))
            return None
        return found if found is None else min(found, most)

    def show_error(self, sentence: str) -> None:
        """What is wrong, in place of the help."""
        self.set_error(sentence)
