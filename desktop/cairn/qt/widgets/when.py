"""A line for a time: below it stands how the words are understood while they are typed, and what else they may mean.

The words stay as they are typed. What they are taken to mean is kept beside them: a reading that leaves nothing open, one of
several that a person picked by mouse or keyboard (arrow down, Space), or a meaning that the person gave in a second line.
Of several readings none is taken until somebody picks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.kernel import times
from cairn.model.time.anchoring import moved, understood_among
from cairn.model.time.told import MAX_WORDS, Told
from cairn.model.time.understanding import Understood, understood
from cairn.model.time.words.context import Context, Event
from cairn.qt.base import messages
from cairn.qt.widgets.basic import button, column, label, restyle, show_if
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.reflow import Flow


class _Choice(QPushButton):
    """A reading to pick. It is as wide as it will be when it is picked, and bold."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "filter")
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        bold = self.font()
        bold.setWeight(QFont.Weight.DemiBold)
        wide, plain = QFontMetrics(bold), self.fontMetrics()
        lines = self.text().split("\n")
        more = max(wide.horizontalAdvance(each) for each in lines)
        more -= max(plain.horizontalAdvance(each) for each in lines)
        return super().sizeHint() + QSize(max(0, more), 0)


class When(QWidget):
    """`line` is where the words are typed, `meaning` where a person may say what they mean; `told` is both."""

    edited = Signal()
    """Changed by hand: the words, what is composed in them, or what they are taken to mean."""
    looked = Signal()
    """The words were read anew."""

    def __init__(
        self,
        known: Callable[[], Context] = Context,
        told: Told | None = None,
        events: Callable[[], Sequence[Event]] = tuple,
    ) -> None:
        """`known` says, each time, what may be used to understand the words: the day of the interview, a birth.

        `events` are those of the interview that a time may hang on ("the winter after the second repatriation").
        """
        super().__init__()
        self.line, self.meaning = Line(), Line()
        for each in (self.line, self.meaning):
            each.setMaxLength(MAX_WORDS)
        self._known = known
        self._events = events
        self._loaded = told or Told()
        self._picked: Told | None = None
        self._said = label("", "caption", wrap=True)
        self._choices = Flow()
        self._buttons: list[QPushButton] = []
        self._readings: Sequence[Told] = ()
        self._right = button(self.tr("Say what it means…"), self._put_right, kind="link")
        self._own = label(self.tr("What it means"), "caption")
        self.meaning.setAccessibleName(self.tr("What it means"))
        self.meaning.setPlaceholderText(self.tr("spring 1998, 1998-03, 1998/2000"))
        show_if(self._own, False)
        show_if(self.meaning, False)
        self.found: Understood = understood("")
        self._column = column(
            self.line, self._said, self._choices, Flow(self._right), self._own, self.meaning, space=4
        )
        self.setLayout(self._column)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.edited.connect(self._typed)
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.inputRejected.connect(self._full)
        self.meaning.edited.connect(self._meant)
        self.load(self._loaded)

    def setAccessibleName(self, name: str) -> None:
        # The line is what has the keys, and what a screen reader says.
        self.line.setAccessibleName(name)

    @property
    def told(self) -> Told:
        """The words as they stand, and what they are taken to mean as far as that is known or was picked."""
        return self._of(self.line.text().strip())

    def _of(self, words: str) -> Told:
        if self._picked is not None and self._picked.words == words:
            return self._picked
        if self._loaded.words == words:
            return self._loaded
        return self._read(words).told

    def load(self, told: Told) -> None:
        """Show a time, from the beginning of its words."""
        self._loaded, self._picked = told, None
        self._show_own(False)
        self.line.setText(told.words)
        self.line.setCursorPosition(0)
        self._look()

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        for each in (self.line, self.meaning):
            if each.isReadOnly() != fixed:
                each.setReadOnly(fixed)
                restyle(each)
        self._show_ways()

    def look_again(self) -> None:
        """What is known beside the words has changed: an event has another date, or there is one more."""
        self._look(anew=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ReadOnlyChange:
            self._show_ways()
        if event.type() is not QEvent.Type.KeyPress or not self._buttons:
            return super().eventFilter(watched, event)
        key = cast(QKeyEvent, event).key()
        if watched is self.line:
            if key == Qt.Key.Key_Down and not self.line.isReadOnly():
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
        return (text[:at] + self.line.composing + text[at:]).strip()

    def _read(self, words: str) -> Understood:
        if words and words == self.found.words:
            return self.found
        return understood_among(words, self._known(), self._events())

    def _typed(self) -> None:
        self._look()
        self.edited.emit()

    def _full(self) -> None:
        self._tell(self.tr("No more than {count} characters fit in here.").format(count=MAX_WORDS))

    def _look(self, *, anew: bool = False) -> None:
        words = self._words()
        if anew or words != self.found.words:
            self.found = understood_among(words, self._known(), self._events())
        if self._picked is not None and self._picked.words != words:
            self._show_own(False)
        self._show()
        self.looked.emit()

    def _show(self) -> None:
        self._tell(self._sentence())
        self._offer(self._open())
        self._show_ways()

    def _tell(self, said: str) -> None:
        self._said.setText(said)
        self._said.setAccessibleName(said)
        self.line.setAccessibleDescription(said)
        show_if(self._said, bool(said))

    def _sentence(self) -> str:
        language = messages.language()
        told = self._of(self._words())
        if told.edtf:
            parts = [each(told, language) for each in (times.understood_as, times.days, times.notes)]
            event = moved(told, self._events())
            if event is not None:
                parts.append(self.tr("{event} has another date now").format(event=event.name))
            return " · ".join(part for part in parts if part)
        if told.anchor is not None and told.anchor.record:
            return times.verdict(Understood("relative", told.words, anchor=told.anchor), language)
        if not told.words:
            return ""
        if self.found.kind == "sure" or (told == self._picked and self.found.kind != "choose"):
            return self.tr("The words alone are kept.")
        return times.verdict(self.found, language)

    def _open(self) -> Sequence[Told]:
        """Readings that a person picks from: several, what may have been meant, or the one that was not taken."""
        now = self._of(self._words())
        readings = self.found.readings or self.found.suggestions
        if self.found.kind == "sure" and now.edtf == readings[0].edtf and not self.found.others:
            return ()
        return (*readings, *self.found.others)

    def _offer(self, readings: Sequence[Told]) -> None:
        if list(readings) != list(self._readings):
            had_keys = any(each.hasFocus() for each in self._buttons)
            self._readings = readings
            self._buttons = [self._choice(told) for told in readings]
            before, self._choices = self._choices, Flow(*self._buttons)
            self._column.replaceWidget(before, self._choices)
            before.hide()
            before.deleteLater()
            if had_keys:
                self.line.setFocus()
        now = self._of(self._words())
        for each, reading in zip(self._buttons, self._readings, strict=True):
            each.setChecked(_meaning(now) != Told() and _meaning(now) == _meaning(reading))

    def _show_ways(self) -> None:
        free = not self.line.isReadOnly()
        show_if(self._choices, bool(self._buttons) and free)
        show_if(self._right, bool(self._words()) and free and self._own.isHidden())

    def _choice(self, told: Told) -> QPushButton:
        made = _Choice(self._offered(told))
        # Pressed again, a reading is taken back.
        made.clicked.connect(lambda on: self._pick(told if on else Told()))
        made.installEventFilter(self)
        return made

    def _offered(self, told: Told) -> str:
        language = messages.language()
        notes = times.notes(told, language)
        if not told.edtf:
            return self.tr("{anchor}, whose date is not known yet").format(anchor=notes)
        described = times.described(told, language)
        # A long one is told in two lines, so that it fits where two fields stand side by side.
        between = "\n" if len(described) + len(notes) > _LONG else " "
        return f"{described}{between}({notes})" if notes else described

    def _pick(self, told: Told) -> None:
        self._picked = msgspec.structs.replace(told, words=self._words())
        self._show_own(False)
        self._show()
        self.edited.emit()

    # A meaning of one's own

    def _put_right(self) -> None:
        now = self._of(self._words())
        self.meaning.setText(times.written(now, messages.language()) if now.edtf else "")
        self._show_own(True)
        self.meaning.setFocus()

    def _show_own(self, shown: bool) -> None:
        if not shown and self.meaning.hasFocus():
            self.line.setFocus()
        show_if(self._own, shown)
        show_if(self.meaning, shown)
        self._show_ways()

    def _meant(self) -> None:
        """What is typed as the meaning is taken where it leaves nothing open; else the words are kept alone."""
        text = self.meaning.text().strip()
        found = understood(text, self._known())
        sure = found.kind == "sure"
        meant = msgspec.structs.replace(found.told, words=self._words()) if sure else Told(self._words())
        if meant != self._of(self._words()):
            self._picked = meant
            self.edited.emit()
        self._show()
        if text and not sure:
            self._tell(times.verdict(found, messages.language()))


def _meaning(told: Told) -> Told:
    return msgspec.structs.replace(told, words="")


_LONG = 36
"""Characters of a choice beyond which its notes stand below."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
