"""Fields of a form: one for each kind of widget, all alike for the form that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from cairn.model.time.told import Told
from cairn.qt.widgets.basic import restyle
from cairn.qt.widgets.editor import Editor
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.when import When

UNDO_TAIL = 40
UNDO_STEP = 12
UNDO_CHARACTERS = 200_000


@dataclass(frozen=True)
class Spot:
    """Where the cursor stands in a field, and what is on its way there."""

    part: str = ""
    """Which of the field's parts; empty where it has but one."""
    cursor: int = 0
    composing: str = ""
    """What the input method has not committed yet."""
    undo: Sequence[str] = ()
    """Earlier states of the text, oldest first."""


class Input(Protocol):
    """One field: it shows a value, tells when a person changes it, and knows where the cursor is."""

    @property
    def edited(self) -> SignalInstance:
        """Changed by hand; what an input method composes counts."""
        ...

    def value(self) -> Any:
        """What stands there, as the record keeps it."""
        ...

    def load(self, value: Any) -> None:
        """Show a value. The person has changed nothing."""
        ...

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        ...

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in this field when `widget` has the focus."""
        ...

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor stands, if `last`, which had the focus last, is of this field, or if it is composed in."""
        ...

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Put the cursor back, type in what was composed unless it is `fixed`; the widget that has the cursor."""
        ...


class TextInput(QObject):
    """A field for long text. Its newest undo steps are kept with the draft."""

    edited = Signal()

    def __init__(self, editor: Editor, *, strip: bool = False) -> None:
        """With `strip`, space around the text is no part of the record."""
        super().__init__(editor)
        self.editor = editor
        self._strip = strip
        self._steps: list[str] = []
        editor.edited.connect(self._changed)

    def value(self) -> str:
        """The text that is committed."""
        text = self.editor.text()
        return text.strip() if self._strip else text

    def load(self, value: str) -> None:
        """Show a text."""
        self.editor.load(value)
        self._steps = [value]

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        if self.editor.isReadOnly() != fixed:
            self.editor.setReadOnly(fixed)
            # The style sheet looks at properties only when it is asked to.
            restyle(self.editor)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is here."""
        return widget is self.editor

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor, composition and undo steps."""
        if last is not self.editor and not self.editor.composing:
            return None
        at = self.editor.textCursor().position()
        return Spot("", at, self.editor.composing, list(self._steps))

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget:
        """Go on where the person stopped."""
        if fixed:
            self.editor.take_up([], spot.cursor)
        else:
            self._steps = list(spot.undo) or self._steps
            self.editor.take_up(spot.undo, spot.cursor, spot.composing)
        return self.editor

    def _changed(self) -> None:
        # Steps of a word or so, newest last: enough to undo after unlocking, small enough for each write.
        now, steps = self.editor.text(), self._steps
        if not steps or abs(len(now) - len(steps[-1])) >= UNDO_STEP or now.endswith(("\n", ". ")):
            steps.append(now)
            while steps and (len(steps) > UNDO_TAIL or sum(map(len, steps)) > UNDO_CHARACTERS):
                steps.pop(0)
        self.edited.emit()


def line_spot(line: Line, part: str, last: QObject | None) -> Spot | None:
    """Where the cursor is in a line, if it is in it."""
    if last is not line and not line.composing:
        return None
    return Spot(part, line.cursorPosition(), line.composing)


def line_take_up(line: Line, spot: Spot, *, fixed: bool) -> QWidget:
    """Put the cursor back into a line, and type in what was being composed."""
    line.setCursorPosition(min(spot.cursor, len(line.text())))
    if spot.composing and not fixed:
        line.insert(spot.composing)
        line.edited.emit()
    return line


class LineInput(QObject):
    """A field of one line. Space around its text is no part of the record."""

    edited = Signal()

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line
        line.edited.connect(self.edited)

    def value(self) -> Any:
        """The text that is committed."""
        return self.line.text().strip()

    def load(self, value: Any) -> None:
        """Show a text, from its beginning."""
        self.line.setText(value)
        self.line.setCursorPosition(0)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        if self.line.isReadOnly() != fixed:
            self.line.setReadOnly(fixed)
            restyle(self.line)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is here."""
        return widget is self.line

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition."""
        return line_spot(self.line, "", last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget:
        """Go on where the person stopped."""
        return line_take_up(self.line, spot, fixed=fixed)


class ListInput(LineInput):
    """A line with several values, parted by commas."""

    def value(self) -> list[str]:
        """The values; empty ones are none."""
        return [part.strip() for part in self.line.text().split(",") if part.strip()]

    def load(self, value: Sequence[str]) -> None:
        """Show them."""
        super().load(", ".join(value))


class _NoText(QObject):
    """What fields without text have in common."""

    edited = Signal()

    def holds(self, widget: QObject | None) -> bool:
        """There is no cursor in it."""
        return False

    def spot(self, last: QObject | None) -> Spot | None:
        """There is none."""
        return None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """There is none."""
        return None


class ChoiceInput(_NoText):
    """One of several buttons. `otherwise` is chosen for a value that none of them stands for."""

    def __init__(self, parent: QObject, buttons: Mapping[str, QAbstractButton], otherwise: str) -> None:
        super().__init__(parent)
        self._buttons = dict(buttons)
        self._otherwise = otherwise
        self._group = QButtonGroup(self)
        for each in buttons.values():
            self._group.addButton(each)
        self._group.buttonToggled.connect(self.edited)

    def value(self) -> str:
        """The value that is chosen; empty for none."""
        return next((value for value, each in self._buttons.items() if each.isChecked()), "")

    def load(self, value: str) -> None:
        """Choose a value; an empty one takes the choice back."""
        if value:
            self._buttons.get(value, self._buttons[self._otherwise]).setChecked(True)
            return
        self._group.setExclusive(False)
        for each in self._buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be chosen."""
        for each in self._buttons.values():
            each.setEnabled(not fixed)

    def focus(self) -> None:
        """Set the focus to what is chosen."""
        for each in self._buttons.values():
            if each.isChecked():
                each.setFocus()


class TickInput(_NoText):
    """Any of several boxes, which may come and go. What was loaded and has no box stays as it was."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QAbstractButton] = {}
        self._others: list[str] = []
        self._fixed = False

    def offer(self, boxes: Mapping[str, QAbstractButton]) -> None:
        """These boxes are there now, in place of those before; whoever made them shows them."""
        self._boxes = dict(boxes)
        self._others = [value for value in self._others if value not in boxes]
        for each in boxes.values():
            each.setEnabled(not self._fixed)
            each.toggled.connect(self.edited)

    def value(self) -> list[str]:
        """The values that are ticked."""
        return [value for value, each in self._boxes.items() if each.isChecked()] + self._others

    def load(self, value: Sequence[str]) -> None:
        """Tick these and no other."""
        self._others = [each for each in value if each not in self._boxes]
        for name, each in self._boxes.items():
            each.setChecked(name in value)

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be ticked."""
        self._fixed = fixed
        for each in self._boxes.values():
            each.setEnabled(not fixed)


class WhenInput(QObject):
    """A field for a time: the words and what they are taken to mean."""

    edited = Signal()

    def __init__(self, when: When) -> None:
        super().__init__(when)
        self.when = when
        when.edited.connect(self.edited)

    def value(self) -> Told:
        """The words that are committed, and their meaning."""
        return self.when.told

    def load(self, value: Told) -> None:
        """Show a time."""
        self.when.load(value)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self.when.set_read_only(fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in its words."""
        return widget is self.when.line

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition."""
        return line_spot(self.when.line, "", last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget:
        """Go on where the person stopped."""
        return line_take_up(self.when.line, spot, fixed=fixed)


class OneTick(_NoText):
    """Yes or no: one box."""

    def __init__(self, box: QAbstractButton) -> None:
        super().__init__(box)
        self._box = box
        box.toggled.connect(self.edited)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self._box.isChecked()

    def load(self, value: bool) -> None:
        """Tick it or not."""
        self._box.setChecked(value)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can be ticked."""
        self._box.setEnabled(not fixed)
