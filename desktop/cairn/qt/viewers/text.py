"""The viewer of text: as plain characters, whatever markup they hold."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cairn.decode.host import MAX_TEXT, DecodeHost, Text
from cairn.model.ports import ReadableAt
from cairn.qt.viewers.pane import Pane


class TextPane(Pane):
    """The beginning of a text file, to read, search by eye and copy."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setTabChangesFocus(True)
        self.note = QLabel()
        self.note.setProperty("role", "caption")
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.note)
        self.setFocusProxy(self.text)

    def begin(self, name: str, source: ReadableAt) -> None:
        self.text.clear()
        self.text.setAccessibleName(self.tr("Text of {name}").format(name=name))
        host = self.host
        self.later(lambda: host.text(source), self._arrived)

    def _arrived(self, text: Text) -> None:
        self.text.setPlainText(text.text)
        encoding = text.encoding.upper()
        if text.shortened:
            size = self.locale().formattedDataSize(MAX_TEXT, 0)
            note = self.tr("Only the first {size} are shown. Encoding: {encoding}")
            self.note.setText(note.format(size=size, encoding=encoding))
        else:
            self.note.setText(self.tr("Encoding: {encoding}").format(encoding=encoding))
        self.shown.emit()

    def stop(self) -> None:
        super().stop()
        self.text.clear()
