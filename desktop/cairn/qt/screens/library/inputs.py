"""The fields of a term: texts in the window's language, labels in all three, one of a list, a neighbour."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from cairn.model.terms import LANGUAGES, Count, Neighbour, Said
from cairn.qt.forms.inputs import Spot, TextInput, line_spot, line_take_up
from cairn.qt.widgets.basic import restyle
from cairn.qt.widgets.editor import Editor
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.term_picker import TermPicker


class LabelInput(QObject):
    """A line for each language."""

    edited = Signal()

    def __init__(self, lines: dict[str, Line], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = lines
        for line in lines.values():
            line.edited.connect(self.edited)

    def value(self) -> Said:
        """What stands there."""
        return Said(**{code: self._lines[code].text().strip() for code in LANGUAGES})

    def load(self, value: Said) -> None:
        """Show them."""
        for code, line in self._lines.items():
            line.setText(getattr(value, code))
            line.setCursorPosition(0)

    def set_read_only(self, fixed: bool) -> None:
        """Whether they can only be read."""
        for line in self._lines.values():
            if line.isReadOnly() != fixed:
                line.setReadOnly(fixed)
                restyle(line)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in one of them."""
        return any(widget is line for line in self._lines.values())

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition, in the line that has them."""
        spots = (line_spot(line, code, last) for code, line in self._lines.items())
        return next((spot for spot in spots if spot is not None), None)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on in the line where the person stopped."""
        line = self._lines.get(spot.part)
        return line_take_up(line, spot, fixed=fixed) if line is not None else None


class SaidInput(TextInput):
    """A long text in one language; in the others it stays as it is."""

    def __init__(self, editor: Editor, language: str) -> None:
        super().__init__(editor, strip=True)
        self._language = language if language in LANGUAGES else LANGUAGES[0]
        self._held = Said()

    def value(self) -> Said:  # type: ignore[override]
        """With the text that is committed."""
        return msgspec.structs.replace(self._held, **{self._language: super().value()})

    def load(self, value: Said) -> None:  # type: ignore[override]
        """Show the text of the language; of a text that others wrote in theirs, that."""
        self._held = value
        super().load(getattr(value, self._language))


class OneOf(QObject):
    """One of a list, by its id."""

    edited = Signal()

    def __init__(self, box: QComboBox, offered: Sequence[tuple[str, str]]) -> None:
        super().__init__(box)
        self.box = box
        self._offered = [id_ for id_, _ in offered]
        for _, word in offered:
            box.addItem(word)
        box.activated.connect(lambda _place: self.edited.emit())

    def value(self) -> str:
        """The id of what is chosen."""
        place = self.box.currentIndex()
        return self._offered[place] if 0 <= place < len(self._offered) else ""

    def load(self, value: str) -> None:
        """Choose one; one that is not offered is added as its id, so that it stays."""
        if value not in self._offered:
            self._offered.append(value)
            self.box.addItem(value)
        self.box.setCurrentIndex(self._offered.index(value))

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self.box.setEnabled(not fixed)

    def holds(self, widget: QObject | None) -> bool:
        """There is no cursor in it."""
        return False

    def spot(self, last: QObject | None) -> Spot | None:
        """There is none."""
        return None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """There is none."""
        return None


class _Two(QObject):
    """Something that is chosen, and a text beside it."""

    edited = Signal()

    def __init__(self, text: SaidInput) -> None:
        super().__init__(text.editor)
        self.text = text
        text.edited.connect(self.edited)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in the text."""
        return self.text.holds(widget)

    def spot(self, last: QObject | None) -> Spot | None:
        """The text's."""
        return self.text.spot(last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """The text's."""
        return self.text.take_up(spot, fixed=fixed)


class CountInput(_Two):
    """A pattern, and what one act is."""

    def __init__(self, pattern: OneOf, text: SaidInput) -> None:
        super().__init__(text)
        self._pattern = pattern
        pattern.edited.connect(self.edited)

    def value(self) -> Count:
        """Both."""
        return Count(self._pattern.value(), self.text.value())

    def load(self, value: Count) -> None:
        """Show both."""
        self._pattern.load(value.pattern)
        self.text.load(value.one)

    def set_read_only(self, fixed: bool) -> None:
        """Whether both can only be read."""
        self._pattern.set_read_only(fixed)
        self.text.set_read_only(fixed)


class OutInput(_Two):
    """The nearest neighbour, and what belongs there. Further ones, from a file, stay as they are."""

    def __init__(self, near: TermPicker, text: SaidInput) -> None:
        super().__init__(text)
        self._near = near
        self._rest: tuple[Neighbour, ...] = ()
        near.edited.connect(self.edited)

    def value(self) -> tuple[Neighbour, ...]:
        """The neighbours; none where neither a term nor a word stands there."""
        said = self.text.value()
        own = Neighbour(self._near.term, said.en, said.ko, said.zh)
        return (own, *self._rest) if self._near.term or said else self._rest

    def load(self, value: tuple[Neighbour, ...]) -> None:
        """Show the first."""
        first = value[0] if value else Neighbour("")
        self._rest = tuple(value[1:])
        self._near.load(first.see)
        self.text.load(first.said)

    def set_read_only(self, fixed: bool) -> None:
        """Whether both can only be read."""
        self._near.set_read_only(fixed)
        self.text.set_read_only(fixed)
