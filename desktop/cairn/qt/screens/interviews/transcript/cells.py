"""How a paragraph's cells are drawn and typed into."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cairn.app.interviews import search
from cairn.app.sound import paragraphs
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.transcript.paragraph_model import (
    OFF,
    PLAYING,
    SPEAKER,
    TEXT,
    TIME,
    TRANSLATION,
)
from cairn.qt.widgets.editor import LINE_HEIGHT, Editor
from cairn.qt.widgets.find import units

Index = QModelIndex | QPersistentModelIndex

_ABOVE, _BESIDE = 10, 12


class Cell(Editor):
    """A paragraph while it is typed into. What its keys ask for is done by the table."""

    asked = Signal(str)
    """`split`, `split-other`, `join`, `up`, `down`, `leave`, `next`, `before`, `undo`, `redo`."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(name, grows=False)
        self.setParent(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("cell", "true")
        self.setMaximumWidth(16_777_215)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._marks = _Marks(self.document())

    def event(self, event: QEvent) -> bool:
        # Else the table's own shortcuts and the window's would take these while words are typed.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._ask(event):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMaximumWidth(16_777_215)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._ask(event)
        if act:
            event.accept()
            self.asked.emit(act)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A line break inside the paragraph.
            self.textCursor().insertText("\n")
        else:
            super().keyPressEvent(event)

    def _ask(self, event: QKeyEvent) -> str:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        cursor = self.textCursor()
        plain = held == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain:
                return "split"
            return "split-other" if held == Qt.KeyboardModifier.ControlModifier else ""
        if key == Qt.Key.Key_Escape and plain:
            return "leave"
        if key == Qt.Key.Key_Tab and plain:
            return "next"
        if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.ShiftModifier):
            return "before"
        if key == Qt.Key.Key_Backspace and plain and cursor.atStart() and not cursor.hasSelection():
            return "join"
        if key == Qt.Key.Key_Up and plain and self._edge(-1):
            return "up"
        if key == Qt.Key.Key_Down and plain and self._edge(1):
            return "down"
        if held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Z:
            return "" if self.document().isUndoAvailable() else "undo"
        if held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Y:
            return "" if self.document().isRedoAvailable() else "redo"
        return ""

    def _edge(self, way: int) -> bool:
        """Whether the cursor stands in the first or last line."""
        cursor = self.textCursor()
        here = cursor.position()
        cursor.movePosition(cursor.MoveOperation.Up if way < 0 else cursor.MoveOperation.Down)
        return cursor.position() == here


def _offer(line: QLineEdit, completer: QCompleter) -> None:
    if line.hasFocus() and not line.text():
        completer.setCompletionPrefix("")
        completer.complete()


class _Marks(QSyntaxHighlighter):
    """`[inaudible]` and its like in the accent's colour, as where nobody is typing."""

    def highlightBlock(self, text: str) -> None:
        for start, end in paragraphs.marks(text):
            self.setFormat(start, end - start, QColor(theme().tokens.accent))


class ParagraphDelegate(QStyledItemDelegate):
    """Draws the cells and opens their editors."""

    opened = Signal(object)
    """A Cell was made for the text or the translation."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.speakers: list[str] = []
        self.words = ""
        """What was searched for: marked wherever it stands."""

    # Drawing

    def height(self, text: str, width: int) -> int:
        """How high a cell of this width is, in pixels."""
        layout, high = self._layout(text, width - 2 * theme().px(_BESIDE))
        del layout
        return int(high + 0.5) + 2 * theme().px(_ABOVE)

    def _layout(self, text: str, width: int, *, marked: bool = False) -> tuple[QTextLayout, float]:
        layout = QTextLayout(text.replace("\n", "\u2028"), self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        soft = QTextCharFormat()
        soft.setForeground(QColor(theme().tokens.accent))
        formats = []
        for start, end in paragraphs.marks(text):
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, end - start, soft
            formats.append(each)
        if marked and self.words:
            found = QTextCharFormat()
            found.setBackground(QColor(theme().tokens.mark))
            found.setForeground(QColor(theme().tokens.ink))
            for start, end in search.places(text, self.words):
                each = QTextLayout.FormatRange()
                first = units(text, start)
                each.start, each.length, each.format = first, units(text, end) - first, found
                formats.append(each)
        layout.setFormats(formats)
        layout.beginLayout()
        high = 0.0
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, high))
            high += line.height() * LINE_HEIGHT / 100
        layout.endLayout()
        return layout, high

    def _font(self) -> QFont:
        parent = self.parent()
        return QFont(parent.font()) if isinstance(parent, QWidget) else QFont()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, px = theme().tokens, theme().px
        rect = QRect(option.rect)
        painter.save()
        off = bool(index.data(OFF))
        back = t.danger_soft if off else t.accent_soft if index.data(PLAYING) else t.surface
        painter.fillRect(rect, QColor(back))
        column = index.column()
        if column == TIME and (off or index.data(PLAYING)):
            # Colour alone tells nothing: what is heard has a bar at its side.
            bar = QRect(rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(bar, QColor(t.danger if off else t.accent))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(px(_BESIDE), px(_ABOVE), -px(_BESIDE), -px(_ABOVE))
        text = str(index.data() or "")
        painter.setPen(QColor(t.ink_soft if column == TIME else t.ink))
        if column in (TEXT, TRANSLATION):
            layout, _ = self._layout(text, inside.width(), marked=True)
            layout.draw(painter, QPointF(inside.topLeft()))
        else:
            font = self._font()
            if column == SPEAKER:
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading, shown)
            if column == TIME and self._speakers_fold():
                # Without a column of their own, they stand below the time.
                line = round(painter.fontMetrics().height() * LINE_HEIGHT / 100)
                speaker = str(index.model().index(index.row(), SPEAKER).data() or "")
                speaker = painter.fontMetrics().elidedText(
                    speaker, Qt.TextElideMode.ElideRight, inside.width()
                )
                painter.setPen(QColor(t.ink))
                painter.drawText(inside.adjusted(0, line, 0, 0), Qt.AlignmentFlag.AlignLeading, speaker)
        if index == self._current():
            painter.setPen(QColor(t.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _speakers_fold(self) -> bool:
        parent = self.parent()
        return isinstance(parent, QTableView) and parent.isColumnHidden(SPEAKER)

    def _current(self) -> QModelIndex:
        table = self.parent()
        if isinstance(table, QTableView) and table.hasFocus():
            return table.currentIndex()
        return QModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self.height(str(index.data() or ""), option.rect.width()))

    # Typing

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """In the words Tab is the table's: it goes on to the translation and to the next paragraph, never to a time."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(editor, Cell) and isinstance(event, QKeyEvent) and event.key() in tabs:
            if event.type() == QEvent.Type.KeyPress:
                editor.keyPressEvent(event)
            return True
        return super().eventFilter(editor, event)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        word = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        if index.column() in (TEXT, TRANSLATION):
            cell = Cell(parent, str(word))
            self.opened.emit(cell)
            return cell
        line = QLineEdit(parent)
        line.setProperty("cell", "true")
        line.setAccessibleName(str(word))
        if index.column() == SPEAKER and self.speakers:
            completer = QCompleter(self.speakers, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            line.setCompleter(completer)
            # Who is present is offered before the first letter.
            QTimer.singleShot(0, line, lambda: _offer(line, completer))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, Cell):
            # What is being typed is the newer: loaded again, the cursor would jump.
            if editor.text() != text:
                editor.load(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Cell | QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(QRect(option.rect))
