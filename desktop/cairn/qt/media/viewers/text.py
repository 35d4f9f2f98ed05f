"""The viewer of text: as plain characters, whatever markup they hold."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cairn.decode.host import MAX_TEXT, DecodeHost, Text
from cairn.model.ports import ReadableAt
from cairn.qt.base import messages
from cairn.qt.media.viewers.pane import Pane

_LONGEST_LINE = 4000


def broken(text: str) -> tuple[str, bool]:
    """`text` with no line longer than the widget can lay out at once, and whether any was broken.

    A line of a megabyte would stop the window for a minute. Breaks fall on a space where there is one.
    """
    lines, changed = [], False
    for whole in text.split("\n"):
        line = whole
        while len(line) > _LONGEST_LINE:
            space = line.rfind(" ", _LONGEST_LINE // 2, _LONGEST_LINE) + 1
            end = space or _LONGEST_LINE
            lines.append(line[:end])
            line, changed = line[end:], True
        lines.append(line)
    return "\n".join(lines), changed


class TextPane(Pane):
    """The beginning of a text file, to read, search by eye and copy."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("reading", True)
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

        def work() -> tuple[Text, str, bool]:
            text = host.text(source)
            return text, *broken(text.text)

        self.later(work, self._arrived)

    def _arrived(self, result: tuple[Text, str, bool]) -> None:
        text, lines, changed = result
        self.text.setPlainText(lines)
        encoding = text.encoding.upper()
        if text.shortened:
            size = messages.size(MAX_TEXT)
            note = self.tr("Only the first {size} are shown. Encoding: {encoding}")
            note = note.format(size=size, encoding=encoding)
        else:
            note = self.tr("Encoding: {encoding}").format(encoding=encoding)
        if changed:
            note += " · " + self.tr("Very long lines are shown as several.")
        self.note.setText(note)
        self.shown.emit()

    def stop(self) -> None:
        super().stop()
        self.text.clear()
