"""A page of Markdown as quiet text: links lead to other pages alone, no picture loads, nothing is looked up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextListFormat,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from cairn.qt.base.theme import theme

_LINE_HEIGHT = 118
"""Percent of the font's own spacing: with the fonts in use about 1.5 times the letters' size."""
_MAX_CHARACTERS = 75
_CODE = ("monospace", "Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas")


class PageView(QTextBrowser):
    """Shows Markdown with the house's type. The arrow keys scroll, Tab goes from link to link.

    A link is one when it names a page of `known`; any other is plain text. Following it tells `wanted`.
    """

    wanted = Signal(str)

    def __init__(self, name: str, known: Collection[str] = ()) -> None:
        super().__init__()
        self._known = frozenset(known)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._follow)
        self.setReadOnly(True)
        self.setProperty("page", "true")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        links = (
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setTextInteractionFlags(flags | links)
        self.setMinimumWidth(theme().px(120))
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * (_MAX_CHARACTERS + 8) + theme().px(48))
        self.document().setDocumentMargin(theme().px(12))
        self.setCursorWidth(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is loaded, whatever a page asks for."""
        return QByteArray()

    def doSetSource(self, name: QUrl | str, type: Any = None) -> None:
        """No page is opened by its address."""

    def _follow(self, to: QUrl) -> None:
        if to.toString() in self._known:
            self.wanted.emit(to.toString())

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
        self._dress_links()
        self.setExtraSelections([])
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: Sequence[str]) -> None:
        """Show where these words stand, and scroll to the first of them."""
        found: list[QTextEdit.ExtraSelection] = []
        for word in words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                one = QTextEdit.ExtraSelection()
                one.cursor = cursor
                one.format.setBackground(QColor(theme().tokens.warn_soft))
                found.append(one)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(found)
        if found:
            first = min((one.cursor for one in found), key=lambda c: c.position())
            place = QTextCursor(first)
            place.clearSelection()
            self.setTextCursor(place)
            self.ensureCursorVisible()

    def _dress(self) -> None:
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            above, below = self._space(level, in_list=block.textList() is not None)
            before = block.previous()
            if not level and block.textList() is None and before.isValid() and before.textList() is not None:
                above = 10
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
        self._dress_tables()
        self.document().setIndentWidth(theme().px(28))
        self._dress_code()

    def _dress_tables(self) -> None:
        """Hairlines between the lines of a table, and air around it."""
        line = QColor(theme().tokens.line)
        for frame in self.document().rootFrame().childFrames():
            if not isinstance(frame, QTextTable):
                continue
            form = frame.format().toTableFormat()
            form.setBorder(0)
            form.setCellSpacing(0)
            form.setTopMargin(theme().px(8))
            form.setBottomMargin(theme().px(16))
            frame.setFormat(form)
            for number in range(frame.rows() * frame.columns()):
                cell = frame.cellAt(number // frame.columns(), number % frame.columns())
                shape = QTextTableCellFormat()
                shape.setTopPadding(theme().px(4))
                shape.setBottomPadding(theme().px(4))
                shape.setRightPadding(theme().px(24))
                shape.setBottomBorder(1)
                shape.setBottomBorderBrush(line)
                shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                cell.setFormat(shape)
                block = cell.firstCursorPosition()
                tight = QTextBlockFormat()
                tight.setTopMargin(0)
                tight.setBottomMargin(0)
                block.mergeBlockFormat(tight)

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

    def _dress_links(self) -> None:
        """Links to pages in the accent's colour; what leads anywhere else is no link."""
        for start, length, form in self._fragments():
            if not form.isAnchor():
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            good = form.anchorHref() in self._known
            if not good:
                for what in (
                    QTextFormat.Property.IsAnchor,
                    QTextFormat.Property.AnchorHref,
                    QTextFormat.Property.AnchorName,
                    QTextFormat.Property.TextToolTip,
                ):
                    form.clearProperty(what.value)
            form.setFontUnderline(good)
            form.setForeground(QColor(theme().tokens.accent if good else theme().tokens.ink))
            cursor.setCharFormat(form)

    def _fragments(self) -> list[tuple[int, int, QTextCharFormat]]:
        found = []
        block = self.document().begin()
        while block.isValid():
            part = block.begin()
            while not part.atEnd():
                fragment = part.fragment()
                found.append((fragment.position(), fragment.length(), QTextCharFormat(fragment.charFormat())))
                part += 1
            block = block.next()
        return found

    def _dress_code(self) -> None:
        """Code in the system's fixed type, on a soft ground."""
        known = set(QFontDatabase.families())
        families = [name for name in _CODE if name in known] or list(_CODE[:1])
        for start, length, before in self._fragments():
            if not before.fontFixedPitch():
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setFontFamilies(families)
            form.setBackground(QColor(theme().tokens.sunken))
            cursor.mergeCharFormat(form)
