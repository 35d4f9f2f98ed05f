"""The viewer of text: as plain characters, whatever markup they hold."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cairn.app.interviews import search
from cairn.decode.host import ENCODINGS, MAX_TEXT, DecodeHost, Text
from cairn.model.ports import ReadableAt
from cairn.qt.base import messages
from cairn.qt.media.viewers.pane import Pane, Sought
from cairn.qt.widgets import row
from cairn.qt.widgets.find import FindStrip

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
        self.encoding = QComboBox()
        self.encoding.setAccessibleName(self.tr("Encoding"))
        self.encoding.setToolTip(self.tr("If the words can't be read, choose another encoding"))
        self.encoding.addItem(self.tr("Found by Cairn"), "")
        for code, words in self._encodings():
            self.encoding.addItem(words, code)
        self.encoding.activated.connect(self._chosen)
        self.strip = FindStrip(self.text, search.places)
        layout.addWidget(self.strip)
        layout.addWidget(self.text, 1)
        below = row(self.note, self.encoding, space=8)
        below.setStretch(0, 1)
        layout.addLayout(below)
        self.setFocusProxy(self.text)

    def _encodings(self) -> list[tuple[str, str]]:
        """Those that a person may choose, in words."""
        said = {
            "cp949": self.tr("Korean (CP949, EUC-KR)"),
            "gb18030": self.tr("Chinese, simplified (GB18030)"),
            "big5": self.tr("Chinese, traditional (Big5)"),
            "cp932": self.tr("Japanese (Shift-JIS)"),
            "cp1251": self.tr("Cyrillic (Windows-1251)"),
            "cp1252": self.tr("Western (Windows-1252)"),
        }
        return [(code, said.get(code, code.upper())) for code in ENCODINGS]

    def begin(self, name: str, source: ReadableAt) -> None:
        self.text.setAccessibleName(self.tr("Text of {name}").format(name=name))
        self.encoding.setCurrentIndex(0)
        self._ask(source, "")

    def _chosen(self, _index: int) -> None:
        if self.source is not None:
            self._ask(self.source, str(self.encoding.currentData()))

    def _ask(self, source: ReadableAt, encoding: str) -> None:
        self.text.clear()
        host = self.host

        def work() -> tuple[Text, str, bool]:
            text = self.read(host, source, encoding)
            return text, *broken(text.text)

        self.later(work, self._arrived)

    def read(self, host: DecodeHost, source: ReadableAt, encoding: str) -> Text:
        """The words of the file; in a worker."""
        return host.text(source, encoding=encoding)

    def about(self, text: Text) -> str:
        """What is said below the words."""
        encoding = text.encoding.upper()
        if text.shortened:
            note = self.tr("Only the first {size} are shown. Encoding: {encoding}")
            return note.format(size=messages.size(MAX_TEXT), encoding=encoding)
        return self.tr("Encoding: {encoding}").format(encoding=encoding)

    def _arrived(self, result: tuple[Text, str, bool]) -> None:
        text, lines, changed = result
        self.text.setPlainText(lines)
        note = self.about(text)
        if changed:
            note += " · " + self.tr("Very long lines are shown as several.")
        self.note.setText(note)
        self.shown.emit()
        if self.sought.words:
            sought, self.sought = self.sought, Sought()
            self.seek(sought)
        else:
            self.strip.again()

    def seek(self, sought: Sought) -> None:
        if self.text.document().isEmpty():
            self.sought = sought
        else:
            self.strip.look_for(sought.words, nth=sought.nth)

    def stop(self) -> None:
        super().stop()
        self.text.clear()


class DocumentPane(TextPane):
    """The words of a Word, Excel, OpenDocument or Hangul file: what it says, not how it looks."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.encoding.hide()

    def read(self, host: DecodeHost, source: ReadableAt, encoding: str) -> Text:
        """The words of the file; in a worker."""
        return host.document_text(source)

    def about(self, text: Text) -> str:
        """That these are words alone."""
        if text.shortened:
            return self.tr("The first words of this document, without its layout and pictures.")
        return self.tr("The words of this document, without its layout and pictures.")
