"""A text to read and to code: numbered paragraphs, its passages underlined, and beside it their lanes and tags.

Nothing of a passage is ever stored in the document. The text is kept as it is in the vault, and places are code points
of it; Qt counts UTF-16 (`code_points`). Only what is in sight is drawn.

By the keyboard: arrows, with Shift, as in any text; Alt+W, Alt+S and Alt+P choose the word, the sentence, the paragraph
at the cursor, and pressed again the next one too; with Shift they give the last one back. Alt+Down and Alt+Up go from
passage to passage. Enter says that something is to be made of what is chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from cairn.model.passages import units
from cairn.model.passages.units import Unit
from cairn.qt.base.theme import theme
from cairn.qt.widgets.code_points import Places, shown
from cairn.qt.widgets.passage_lanes import Drawn, Lanes, Placed, colours, packed

GUTTER = 40
SIZE = 16
LINE = 24
GAP = 12
WIDEST = 528
"""Design pixels: of the numbers, of the letters, of a line's height, between paragraphs, and of a line."""
NAMES_FROM = 640
"""Design pixels of width from which there is room for names beside the tags."""
_DEEPEST = 3
"""Lines that are drawn below each other under words that lie in several passages."""
_KEYS = {Unit.WORD: "W", Unit.SENTENCE: "S", Unit.PARAGRAPH: "P"}


def _x(line: QTextLine, unit: int) -> float:
    # Qt's own types say less than it gives: where it is, and which unit that was.
    found: Any = line.cursorToX(unit)
    return float(found[0])


class PassageText(QTextEdit):
    """The text. `set_text`, then `set_passages`; what is chosen is `selection`."""

    chosen = Signal()
    """Other words are chosen, or none."""
    picked = Signal(str)
    """The key of the passage that the person went to."""
    wanted = Signal()
    """Enter: something is to be made of the words that are chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("reading", "coding")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = ""
        self._places = Places("")
        self._passages: list[Drawn] = []
        self._reach: list[int] = []
        self._chosen_key = ""
        self._anchor: tuple[int, int] | None = None
        self.numbers = QWidget(self)
        self.numbers.installEventFilter(self)
        self.lanes = Lanes(self)
        self.lanes.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for unit, key in _KEYS.items():
            self._key(f"Alt+{key}", lambda unit=unit: self.choose(unit))
            self._key(f"Alt+Shift+{key}", lambda unit=unit: self.give_back(unit))
        self._key("Alt+Down", lambda: self.step(1))
        self._key("Alt+Up", lambda: self.step(-1))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._moved())
        self.selectionChanged.connect(self.chosen)
        self.cursorPositionChanged.connect(self._soon.start)
        theme().changed.connect(self._look)
        self._look()

    def _key(self, keys: str, action: object) -> None:
        made = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetShortcut)
        made.activated.connect(action)

    # What is shown

    def text(self) -> str:
        """The text as it is in the vault."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text, or another version of it; without passages, nothing chosen."""
        self._text, self._places = text, Places(text)
        self._passages, self._reach, self._chosen_key, self._anchor = [], [], "", None
        self.lanes.set_passages((), ())
        self.setPlainText(shown(text))
        self._space()

    def set_passages(self, passages: Sequence[Drawn]) -> None:
        """Show these passages; those that the text has no such place for are left out. What is chosen stays."""
        size = len(self._text)
        fitting = [each for each in passages if 0 <= each.start < each.end <= size]
        self._passages = sorted(fitting, key=lambda each: (each.start, -each.end, each.key))
        self._reach = []
        furthest = 0
        for each in self._passages:
            furthest = max(furthest, each.end)
            self._reach.append(furthest)
        self.lanes.set_passages(self._passages, packed(self._passages, self._text))
        self._lay_out()
        self._moved()
        self._tell()

    def passages(self) -> list[Drawn]:
        """What is shown, in order of the text."""
        return list(self._passages)

    def at_place(self, place: int) -> list[Drawn]:
        """The passages that a place lies in, the shortest first."""
        found = [each for each in self._overlapping(place, place + 1)]
        return sorted(found, key=lambda each: each.end - each.start)

    def _overlapping(self, start: int, end: int) -> Iterator[Drawn]:
        return (self._passages[number] for number in self._numbers(start, end))

    def _numbers(self, start: int, end: int) -> Iterator[int]:
        """The numbers of the passages that have a character between two places, in order."""
        number = bisect_right(self._reach, start)
        while number < len(self._passages) and self._passages[number].start < end:
            if self._passages[number].end > start:
                yield number
            number += 1

    # What is chosen

    def selection(self) -> tuple[int, int] | None:
        """The chosen words as code points; None where none are."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._places.to_points(cursor.selectionStart())
        return start, max(start + 1, self._places.to_points(cursor.selectionEnd()))

    def selected_words(self) -> str:
        """The chosen words as they are in the vault."""
        found = self.selection()
        return self._text[slice(*found)] if found else ""

    def cursor_place(self) -> int:
        """Where the cursor stands, in code points."""
        return self._places.to_points(self.textCursor().position())

    def select(self, start: int, end: int) -> None:
        """Choose words and bring them into sight."""
        cursor = self.textCursor()
        cursor.setPosition(self._places.to_units(start))
        cursor.setPosition(self._places.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def choose(self, unit: Unit) -> None:
        """Choose the word, sentence or paragraph at the cursor; where it is chosen already, the next one too."""
        now = self.selection()
        if now is None or self._anchor != now:
            start = now[0] if now is not None else self.cursor_place()
            found = units.around(self._text, unit, start)
            if found is None:
                return
            if now is None or not (found[0] <= now[0] and now[1] <= found[1]) or found == now:
                found = found if now is None or found[1] > now[1] else self._longer(now, unit)
        else:
            found = self._wider(now, unit)
        self._anchor = found
        self.select(*found)

    def _wider(self, now: tuple[int, int], unit: Unit) -> tuple[int, int]:
        """What was chosen by units before: up to the whole of this one first, then the next one too."""
        whole = units.around(self._text, unit, now[0])
        if (
            whole is not None
            and (whole[0] < now[0] or whole[1] > now[1])
            and whole[0] <= now[0]
            and now[1] <= whole[1]
        ):
            return whole
        return self._longer(now, unit)

    def _longer(self, now: tuple[int, int], unit: Unit) -> tuple[int, int]:
        following = units.after(self._text, unit, now[1])
        return (now[0], following[1]) if following is not None else now

    def give_back(self, unit: Unit) -> None:
        """Choose one word, sentence or paragraph less, from the end."""
        now = self.selection()
        if now is None:
            return
        before = units.before(self._text, unit, now[1] - 1)
        if before is not None and before[1] > now[0]:
            self._anchor = (now[0], before[1])
            self.select(*self._anchor)

    # From passage to passage

    def step(self, by: int) -> None:
        """Go to the next passage, or the one before, in order of the text."""
        if not self._passages:
            return
        numbers = {each.key: number for number, each in enumerate(self._passages)}
        now = numbers.get(self._chosen_key)
        if now is None:
            place = self.cursor_place()
            starts = [each.start for each in self._passages]
            now = bisect_left(starts, place) - (1 if by > 0 else 0)
        self._pick(self._passages[min(max(0, now + by), len(self._passages) - 1)])

    def go_to(self, key: str) -> bool:
        """Choose the words of a passage and bring them into sight; whether it is shown here."""
        found = next((each for each in self._passages if each.key == key), None)
        if found is None:
            return False
        self._chosen_key = key
        self.select(found.start, found.end)
        self._moved()
        return True

    @property
    def chosen_key(self) -> str:
        """The passage that the person went to last, or empty."""
        return self._chosen_key

    def _pick(self, passage: Drawn) -> None:
        self.go_to(passage.key)
        self.picked.emit(passage.key)

    def _tell(self) -> None:
        """Say to who can't see it what lies at the cursor."""
        here = self.at_place(self.cursor_place())
        if (
            self._chosen_key
            and all(each.key != self._chosen_key for each in here)
            and self.selection() is None
        ):
            self._chosen_key = ""
            self._moved()
        said = ", ".join(" ".join(part for part in (each.tag, each.name) if part) for each in here)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.wanted.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.numbers and event.type() == QEvent.Type.Paint:
            self._paint_numbers()
            return True
        if watched is self.lanes and isinstance(event, QMouseEvent):
            number = self.lanes.under(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonPress and number is not None:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._pick(self._passages[number])
                return True
            if event.type() == QEvent.Type.MouseMove:
                self.lanes.setToolTip("" if number is None else self._passages[number].name)
        return False

    # How it looks

    def _look(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme().px(SIZE))
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(theme().px(8))
        self._space()
        self._lay_out()

    def _space(self) -> None:
        form, between = QTextBlockFormat(), QTextBlockFormat()
        form.setLineHeight(theme().px(LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(theme().px(GAP))
        # An empty line between paragraphs is one of the text, and no second distance between them.
        between.setLineHeight(theme().px(2), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(form)
        block = self.document().begin()
        while block.isValid():
            if block.length() == 1 and self.document().blockCount() > 1:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(between)
            block = block.next()
        cursor.endEditBlock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)
        self._moved()

    def _lay_out(self) -> None:
        px, bar = theme().px, self.verticalScrollBar()
        self.lanes.names = self.width() >= px(NAMES_FROM)
        left, right = px(GUTTER), self.lanes.wanted()
        room = self.width() - left - right - (bar.width() if bar.isVisible() else 0)
        spare = max(0, room - px(WIDEST + 16))
        if self.isRightToLeft():
            self.setViewportMargins(right + spare, 0, left, 0)
        else:
            self.setViewportMargins(left, 0, right + spare, 0)
        at = self.viewport().geometry()
        before, behind = (
            (at.right() + 1, at.left() - right)
            if self.isRightToLeft()
            else (at.left() - left, at.right() + 1)
        )
        self.numbers.setGeometry(before, at.top(), left, at.height())
        self.lanes.setGeometry(behind, at.top(), right, at.height())

    def _moved(self) -> None:
        self.numbers.update()
        self.viewport().update()

    def _blocks(self) -> Iterator[tuple[QTextBlock, int]]:
        """The paragraphs in sight, and where they begin in the viewport."""
        layout, shift = self.document().documentLayout(), self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(1, 1)).block()
        while block.isValid():
            top = round(layout.blockBoundingRect(block).top()) - shift
            if top > self.viewport().height():
                return
            yield block, top
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        seen: dict[int, tuple[int, int]] = {}
        begun: set[int] = set()
        for block, top in self._blocks():
            start = self._places.to_points(block.position())
            end = self._places.to_points(block.position() + block.length() - 1)
            self._underline(painter, block, top, list(self._numbers(start, max(end, start + 1))), seen, begun)
        in_sight = [Placed(number, *where, number in begun) for number, where in sorted(seen.items())]
        self.lanes.show_in_sight(in_sight, self._chosen_key)

    def _underline(
        self,
        painter: QPainter,
        block: QTextBlock,
        top: int,
        numbers: list[int],
        seen: dict[int, tuple[int, int]],
        begun: set[int],
    ) -> None:
        """Draw the lines under the words of one paragraph, and note how high the passages in it are."""
        layout, px = block.layout(), theme().px
        shift = layout.position()
        base = top - round(self.document().documentLayout().blockBoundingRect(block).top()) + round(shift.y())
        ends = [-1] * _DEEPEST
        for number in numbers:
            passage = self._passages[number]
            first = max(0, self._places.to_units(passage.start) - block.position())
            last = min(block.length() - 1, self._places.to_units(passage.end) - block.position())
            if first >= last:
                continue
            depth = next((n for n, end in enumerate(ends) if end <= first), _DEEPEST - 1)
            ends[depth] = max(ends[depth], last)
            if passage.start >= self._places.to_points(block.position()):
                begun.add(number)
            strong, _ = colours(passage.kind)
            pen = QPen(strong, px(3 if passage.key == self._chosen_key else 2))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if passage.foreign:
                pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            at = layout.lineForTextPosition(first).lineNumber()
            while at < layout.lineCount():
                line = layout.lineAt(at)
                if line.textStart() >= last:
                    break
                begin, stop = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
                if stop == line.textStart() + line.textLength():
                    stop = (
                        self._without_blanks(block.position() + begin, block.position() + stop)
                        - block.position()
                    )
                one, other = _x(line, begin), _x(line, stop)
                high = base + line.y()
                below = round(high + line.ascent() + px(4) + depth * px(3))
                left = round(shift.x() + min(one, other))
                painter.drawLine(left, below, round(shift.x() + max(one, other)), below)
                before = seen.get(number, (round(high) + px(3), 0))
                seen[number] = before[0], round(high + px(LINE)) - px(3)
                at += 1

    def _without_blanks(self, start: int, end: int) -> int:
        """The end of a stretch without the blanks there, in units: at the end of a line they are not seen."""
        begin, stop = self._places.to_points(start), self._places.to_points(end)
        while stop > begin and self._text[stop - 1] == " ":
            stop -= 1
        return self._places.to_units(stop)

    def _paint_numbers(self) -> None:
        painter = QPainter(self.numbers)
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        painter.setFont(font)
        painter.setPen(QColor(theme().tokens.ink_soft))
        number = None
        for block, top in self._blocks():
            if number is None:
                number = self._number_before(block)
            if block.text().strip():
                number += 1
                wide = self.numbers.width() - theme().px(12)
                left = theme().px(12) if self.isRightToLeft() else 0
                spot = QRect(left, top, wide, theme().px(LINE))
                painter.drawText(
                    spot, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, str(number)
                )

    def _number_before(self, block: QTextBlock) -> int:
        """How many paragraphs with words stand before one: the empty lines between them have no number."""
        return bisect_left(self._with_words(), block.blockNumber())

    def _with_words(self) -> list[int]:
        if self._numbered[0] is not self._text:
            lines = re.split("[\n\r\u2029\ufdd0\ufdd1]", shown(self._text))
            self._numbered = self._text, [number for number, line in enumerate(lines) if line.strip()]
        return self._numbered[1]

    _numbered: tuple[str, list[int]] = ("", [])
