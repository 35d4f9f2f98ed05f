"""A page of Markdown as quiet text: no link opens, no picture loads, nothing is looked up anywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from cairn.qt.theme import theme

_LINE_HEIGHT = 118
"""Percent of the font's own spacing: with the fonts in use about 1.5 times the letters' size."""
_MAX_CHARACTERS = 75
_CODE = ("monospace", "Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas")


class PageView(QTextEdit):
    """Shows Markdown with the house's type. The arrow keys scroll, the text can be marked and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("page", "true")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setMinimumWidth(theme().px(120))
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * (_MAX_CHARACTERS + 8) + theme().px(48))
        self.document().setDocumentMargin(theme().px(12))
        self.setCursorWidth(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is loaded, whatever a page asks for."""
        return QByteArray()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down scroll: there is no cursor to be moved. Esc belongs to the screen."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        page = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1}.get(Qt.Key(event.key()))
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif step is not None:
            bar.setValue(bar.value() + step * theme().px(48))
        elif page is not None:
            bar.setValue(bar.value() + page * (bar.pageStep() - theme().px(24)))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_page(self, text: str) -> None:
        """Show a page from its beginning."""
        plain = QTextDocument.MarkdownFeature.MarkdownNoHTML
        self.document().setMarkdown(
            text, QTextDocument.MarkdownFeature(plain | QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        )
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self) -> None:
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            above, below = self._space(level, in_list=block.textList() is not None)
            shape.setTopMargin(theme().px(above) if block.blockNumber() else 0)
            shape.setBottomMargin(theme().px(below))
            cursor.mergeBlockFormat(shape)
            if level:
                # As a whole: Markdown's own relative size would win over a size that is merged in.
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(self._heading(level))
            listed = block.textList()
            if listed is not None:
                form = QTextListFormat(listed.format())
                form.setIndent(1)
                listed.setFormat(form)
            block = block.next()
        self.document().setIndentWidth(theme().px(28))
        self._dress_code()

    def _space(self, level: int, *, in_list: bool) -> tuple[int, int]:
        if level == 1:
            return 0, 16
        if level:
            return 20, 8
        return (2, 4) if in_list else (0, 12)

    def _heading(self, level: int) -> QTextCharFormat:
        font = QFont(self.font())
        font.setPixelSize(theme().px(24 if level == 1 else 18))
        font.setWeight(QFont.Weight.DemiBold)
        form = QTextCharFormat()
        form.setFont(font)
        return form

    def _dress_code(self) -> None:
        """Code in the system's fixed type, on a soft ground."""
        known = set(QFontDatabase.families())
        families = [name for name in _CODE if name in known] or list(_CODE[:1])
        block = self.document().begin()
        while block.isValid():
            parts = []
            part = block.begin()
            while not part.atEnd():
                fragment = part.fragment()
                if fragment.charFormat().fontFixedPitch():
                    parts.append((fragment.position(), fragment.length()))
                part += 1
            for start, length in parts:
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                form = QTextCharFormat()
                form.setFontFamilies(families)
                form.setBackground(QColor(theme().tokens.sunken))
                cursor.mergeCharFormat(form)
            block = block.next()
