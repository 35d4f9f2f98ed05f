"""A text editor for long text: calm line height, lines of at most about 75 characters, plain text.

What an input method is still composing (Hangul, Pinyin) is not in `toPlainText`; `composing` has it,
so that a lock in the middle of a syllable loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QTextEdit, QWidget

from cairn.qt.base.theme import theme

LINE_HEIGHT = 112
"""Percent of the font's own line spacing: with the fonts in use about 1.5 times the letters' size."""
MAX_CHARACTERS = 75
_RUNNING = "someone sits with a person who tells what happened, and writes it down word by word; "
_LINE_ENDS = re.compile("[\u2028\u2029\ufdd0\ufdd1]")


class Editor(QTextEdit):
    """Plain text, wrapped. Tab leaves the field; Ctrl+Z and Ctrl+Y undo and redo."""

    edited = Signal()
    """The text or the composition changed by the person's hand."""
    left = Signal()

    def __init__(self, name: str, *, placeholder: str = "", least: int = 96, grows: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._composing = ""
        self._least = least
        self._grows = grows
        self._loading = False
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.textChanged.connect(self._changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow)
        self.cursorPositionChanged.connect(self._soon.start)
        self.setMaximumWidth(self.widest())

    def widest(self) -> int:
        """The width of about 75 characters, with the margins."""
        # Of running text: what a font says is its average may be that of its capitals.
        each = self.fontMetrics().horizontalAdvance(_RUNNING) / len(_RUNNING)
        return round(each * (MAX_CHARACTERS + 4)) + theme().px(32)

    @property
    def composing(self) -> str:
        """What the input method has not committed yet."""
        return self._composing

    def text(self) -> str:
        """The text that is committed."""
        # Not `toPlainText`: it makes plain spaces of those that keep words together.
        return _LINE_ENDS.sub("\n", self.document().toRawText())

    def load(self, text: str) -> None:
        """Show `text` as it was stored; the person has changed nothing."""
        self._loading = True
        self.setPlainText(text)
        self._space_lines()
        self._loading = False

    def take_up(self, steps: Sequence[str], at: int, composing: str = "") -> None:
        """Go on after `load`: `steps` are earlier states that can be undone, `at` is where the cursor stood.

        `composing` was on its way when the text was kept: it is typed in now, as a change by hand.
        """
        now = self.text()
        earlier = list(steps)
        while earlier and earlier[-1] == now:
            earlier.pop()
        if earlier:
            self.load(earlier[0])
            self._loading = True
            for step in (*earlier[1:], now):
                self._replace(step)
            self._loading = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        if composing:
            cursor.insertText(composing)
        self.setTextCursor(cursor)

    def _replace(self, text: str) -> None:
        """Change the whole text in a way that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def _space_lines(self) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.document().setUndoRedoEnabled(False)
        cursor.mergeBlockFormat(form)
        self.document().setUndoRedoEnabled(True)

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self.edited.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _follow(self) -> None:
        """Keep the cursor in sight: a field that grows doesn't scroll itself, the panes around it do.

        Called with the next round of events, and again when the field has grown by the line that was begun.
        """
        if not self.hasFocus():
            return
        spot = self.cursorRect()
        above: QWidget | None = self.parentWidget()
        while above is not None:
            inside = above.widget() if isinstance(above, QScrollArea) else None
            if isinstance(above, QScrollArea) and inside is not None:
                for corner in (spot.bottomLeft(), spot.topLeft()):
                    at = self.viewport().mapTo(inside, corner)
                    above.ensureVisible(at.x(), at.y(), 0, spot.height())
            above = above.parentWidget()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMaximumWidth(self.widest())

    def sizeHint(self) -> QSize:
        if not self._grows:
            return super().sizeHint()
        height = int(self.document().size().height()) + theme().px(20)
        return QSize(self.widest(), max(theme().px(self._least), height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height() if self._grows else theme().px(self._least))


def commit_composition(widget: QWidget) -> None:
    """Let the input method commit what it composes, before a lock or a version."""
    from PySide6.QtGui import QGuiApplication

    if widget.isVisible():
        QGuiApplication.inputMethod().commit()
