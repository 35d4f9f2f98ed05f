"""Facts: a caption and what it says, line by line; text that must be exact; lines with an icon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import label, row
from cairn.qt.widgets.chip import Chip, chip_colours

GLYPHS = {"good": ("check", "accent"), "warn": ("warn", "warn"), "danger": ("cross", "danger")}


def mark(glyph: str, tint: str, size: int = 20) -> QLabel:
    """An icon as a label of its own; what stands beside it says the same in words."""
    made = QLabel()
    made.setPixmap(icon(glyph, tint).pixmap(QSize(theme().px(size), theme().px(size))))
    made.setFixedSize(QSize(theme().px(size), theme().px(size)))
    return made


class Facts(QWidget):
    """A small table of captions and values. Values wrap; a value may be a widget."""

    def __init__(self, facts: Sequence[tuple[str, str | QWidget]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(8))
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show these and nothing else."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        for number, (caption, value) in enumerate(facts):
            shown = value if isinstance(value, QWidget) else label(value, wrap=True)
            name = label(caption, "caption")
            name.setContentsMargins(0, theme().px(2), 0, 0)
            self._grid.addWidget(name, number, 0, top)
            self._grid.addWidget(shown, number, 1)


class Exact(QPlainTextEdit):
    """Text that is shown to its last character: a path, a hash. Wraps anywhere, can be marked and copied."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setReadOnly(True)
        self.setProperty("exact", "true")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme().px(60))
        self._fit()

    def _fit(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        height = max(1, lines) * self.fontMetrics().lineSpacing() + theme().px(6)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), self.minimumHeight())


class Line(QWidget):
    """An icon, a strong line, a soft one below it, a chip at the right: one finding."""

    def __init__(
        self, title: str, soft: str = "", *, tone: str = "neutral", glyph: str = "", chip: str = ""
    ) -> None:
        super().__init__()
        shown, tint = GLYPHS.get(tone, ("info", "ink_soft"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(2))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(mark(glyph or shown, tint), 0, 0, top)
        grid.addWidget(label(title, "strong", wrap=True), 0, 1)
        if chip:
            grid.addWidget(Chip(chip, tone), 0, 2, top)
        if soft:
            grid.addWidget(label(soft, "soft", wrap=True), 1, 1, 1, 2)


class Notice(QWidget):
    """A sentence on a soft ground that stays: a warning before a step, a reason why not."""

    def __init__(self, sentence: str, tone: str = "warn", *, glyph: str = "") -> None:
        super().__init__()
        self._tone = tone
        shown, tint = {
            "warn": ("warn", "warn"),
            "danger": ("warn", "danger"),
            "good": ("check", "accent"),
        }.get(tone, ("info", "ink_soft"))
        self._words = label(sentence, wrap=True)
        self._tint()
        sign = mark(glyph or shown, tint)
        layout = row(sign, self._words, space=12, margin=12)
        layout.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def set_text(self, sentence: str) -> None:
        """Say something else."""
        self._words.setText(sentence)

    def _tint(self) -> None:
        token = {"warn": theme().tokens.warn, "danger": theme().tokens.danger}.get(
            self._tone, theme().tokens.ink
        )
        self._words.setStyleSheet(f"color: {token};")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chip_colours(self._tone, theme().tokens)[0]))
        painter.drawRoundedRect(self.rect(), theme().px(8), theme().px(8))
