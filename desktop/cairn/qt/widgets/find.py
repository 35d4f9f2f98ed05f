"""Finding words inside a text: a strip above it with the place that is shown and how many there are, previous and next.

Every place is marked in the text, the one that is shown framed; nothing of the text is changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import button, icon_button, label, row
from cairn.qt.widgets.search_line import SearchLine

Places = Callable[[str, str], list[tuple[int, int]]]
"""Where in a text (first) the words (second) stand: (start, end) in code points."""
WAIT_MS = 120


class Ticks(QWidget):
    """Beside a text's scroll bar: a tick for each place, the one that is shown larger. The mouse goes through it."""

    def __init__(self, text: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(text)
        self._text = text
        self._places: list[float] = []
        self._at = -1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        text.verticalScrollBar().installEventFilter(self)
        self.hide()

    def show_places(self, places: list[float], at: int) -> None:
        """Places as parts of the whole height, from 0 to 1."""
        self._places, self._at = places, at
        self._fit()

    def _fit(self) -> None:
        bar = self._text.verticalScrollBar()
        self.setVisible(bool(self._places) and bar.isVisible())
        corner = bar.mapTo(self._text, QPoint(0, 0))
        self.setGeometry(QRect(corner, bar.size()))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t, px = theme().tokens, theme().px
        for at, place in enumerate(self._places):
            high = px(5) if at == self._at else px(3)
            top = round(place * (self.height() - high))
            painter.fillRect(0, top, self.width(), high, QColor(t.accent if at == self._at else t.warn))


class FindStrip(QWidget):
    """Hidden until `look_for` or `begin`. Enter and Down go to the next place, Up to the one before, Esc ends."""

    ended = Signal()

    def __init__(self, text: QTextEdit | QPlainTextEdit, places: Places) -> None:
        super().__init__()
        self._text = text
        self._places = places
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self.line = SearchLine(self.tr("Find in this text"))
        self.line.setMaximumWidth(theme().px(280))
        self.said = label("", "strong")
        text.installEventFilter(self)
        self._ticks = Ticks(text)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT_MS)
        self._later.timeout.connect(self._look)
        self.line.textEdited.connect(lambda _text: self._later.start())
        self.line.textChanged.connect(lambda text: None if text else self._look())
        self.before = icon_button("arrow-up", self.tr("Place before"), lambda: self.step(-1))
        self.next = icon_button("chevron-down", self.tr("Next place"), lambda: self.step(1))
        self.done = button(self.tr("Done"), self.end, kind="quiet")
        layout = row(self.line, self.said, None, self.before, self.next, self.done, space=8)
        edge = theme().px(16)
        layout.setContentsMargins(edge, theme().px(8), edge, theme().px(8))
        self.setLayout(layout)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+F: where the keys are in the text, it is this text that is searched, and nothing else."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.begin()
                return True
        return super().eventFilter(watched, event)

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._found)

    @property
    def at(self) -> int:
        """The place that is shown, from 1; 0 for none."""
        return self._at + 1

    def begin(self) -> None:
        """Show the strip, ready to type: Ctrl+F."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def look_for(self, words: str, stretch: tuple[int, int] | None = None, nth: int = 0) -> None:
        """Mark all places of these words and show one: of those in a stretch of the text (or in all of it) the `nth`, from 0.

        `stretch` is (start, end) as Qt counts.
        """
        self.show()
        self.line.setText(words)
        self._later.stop()
        self._look()
        start, end = stretch or (0, self._text.document().characterCount())
        there = [at for at, (place, _) in enumerate(self._found) if start <= place < end]
        if there and (at := there[min(nth, len(there) - 1)]):
            self._at = at
            self._show()

    def again(self) -> None:
        """The text is another: look for the same words."""
        if not self.isHidden() and self.line.text().strip():
            self._look()

    def end(self) -> None:
        """No places marked any more; the keys go back to the text."""
        self._found, self._at = [], -1
        self._mark()
        self.hide()
        self._text.setFocus()
        self.ended.emit()

    def step(self, by: int) -> None:
        """The next place, or the one before; after the last comes the first."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()

    def _look(self) -> None:
        words = self.line.text().strip()
        whole = self._text.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
        found = self._places(whole, words) if words else []
        if any(ord(each) > 0xFFFF for each in whole):
            found = [(units(whole, start), units(whole, end)) for start, end in found]
        self._found = found
        self._at = 0 if found else -1
        self._show()

    def _show(self) -> None:
        if self._found:
            said = self.tr("Place {place} of {count}").format(place=self.at, count=self.count)
        else:
            said = self.tr("Not in this text") if self.line.text().strip() else ""
        self.said.setText(said)
        for each in (self.before, self.next):
            each.setEnabled(len(self._found) > 1)
        self._mark()
        if self._found:
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(self._found[self._at][0])
            self._text.setTextCursor(cursor)
            self._text.ensureCursorVisible()
            # Not at the very edge: what stands around it is read with it.
            bar, spot = self._text.verticalScrollBar(), self._text.cursorRect(cursor)
            bar.setValue(bar.value() + spot.top() - self._text.viewport().height() // 3)

    def _mark(self) -> None:
        t = theme().tokens
        marks = []
        for number, (start, end) in enumerate(self._found):
            one = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(QColor(t.mark))
            form.setForeground(QColor(t.ink))
            if number == self._at:
                form.setBackground(QColor(t.accent))
                form.setForeground(QColor(t.on_accent))
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.cursor = cursor
            one.format = form
            marks.append(one)
        self._text.setExtraSelections(marks)
        self._ticks.show_places([self._height(start) for start, _ in self._found], self._at)

    def _height(self, place: int) -> float:
        """How far down a place stands, from 0 to 1."""
        document = self._text.document()
        block = document.findBlock(place)
        if isinstance(self._text, QPlainTextEdit):
            return block.firstLineNumber() / max(1, document.lineCount())
        line = block.layout().lineForTextPosition(place - block.position())
        top = document.documentLayout().blockBoundingRect(block).top() + (line.y() if line.isValid() else 0)
        return float(top / max(1.0, document.size().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._later.isActive():
                self._later.stop()
                self._look()
            else:
                self.step(1)
        elif key == Qt.Key.Key_Up:
            self.step(-1)
        else:
            super().keyPressEvent(event)


def units(text: str, place: int) -> int:
    """A place in code points as Qt counts: in UTF-16."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
