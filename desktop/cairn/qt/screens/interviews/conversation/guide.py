"""The question guide beside the notes: what was asked when, and which question would come next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cairn.app.sound import guides
from cairn.errors import CairnError
from cairn.model.kinds.recording import Mark
from cairn.model.values import MomentMs
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.media.sound.columns import stamp
from cairn.qt.widgets import column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.reflow import Ends
from cairn.qt.widgets.settings import Choice
from cairn.qt.widgets.shrinking import Shrinking

NUMBERED = 9
_EDGE = 12


class Question(QAbstractButton):
    """One question. Clicking it stamps it as asked."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self.number = number
        self.words = text
        self._asked: MomentMs | None = None
        self._next = False
        self._boxes: dict[tuple[int, str], QRect] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_state(None, now=False)

    def show_state(self, asked: MomentMs | None, *, now: bool) -> None:
        """When it was asked (ms of the sound), and whether it would come next."""
        self._asked, self._next = asked, now
        self.setAccessibleName(". ".join(part for part in (self.words, self._below()) if part))
        self.updateGeometry()
        self.update()

    @property
    def asked(self) -> MomentMs | None:
        """When it was asked, or None."""
        return self._asked

    def _below(self) -> str:
        if self._asked is not None:
            return self.tr("asked {time}").format(time=stamp(self._asked))
        return self.tr("next") if self._next else ""

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        return font

    def _box(self, width: int) -> QRect:
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
        room = QRect(0, 0, max(20, width - 2 * theme().px(_EDGE)), 10_000)
        # A layout asks for the same few widths some twenty times in a row, for every question of the guide.
        key = (room.width(), self.font().key())
        found = self._boxes.get(key)
        if found is None:
            if len(self._boxes) > 7:
                self._boxes.clear()
            found = self._boxes[key] = self.fontMetrics().boundingRect(room, flags, self.words)
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = QFontMetrics(self._small()).height() + theme().px(2) if self._below() else 0
        return self._box(width).height() + below + theme().px(16)

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme().px(200))
        return QSize(theme().px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._next or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent_soft if self._next else t.sunken))
            painter.drawRoundedRect(self.rect(), px(8), px(8))
        room = self.rect().adjusted(px(_EDGE), px(8), -px(_EDGE), 0)
        painter.setPen(QColor(t.ink_soft if self._asked is not None else t.ink))
        wrap = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, wrap, self.words)
        below = self._below()
        if below:
            high = self._box(self.width()).height()
            painter.setFont(self._small())
            painter.setPen(QColor(t.ink_soft))
            lower = room.adjusted(0, high + px(2), 0, 0)
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignLeft), below)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))


class QuestionGuide(QWidget):
    """A guide to choose, and its questions. What was asked is known from the recording's marks."""

    asked = Signal(str)
    """The person asks this question now."""
    guide_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[Question] = []
        self._marks: tuple[Mark, ...] = ()
        self._unsaid: dict[int, str] = {}
        """Words of the marks that keep none, by their place among the marks: while it is recorded, and here only."""
        self._count = label("", "caption")
        self._name = ""
        self.choice = Choice(self.tr("Question guide"), self._titles(), guides.FIRST)
        self.choice.setMinimumWidth(theme().px(120))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.picked.connect(self._picked)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme().px(4))
        self._hint = label(
            self.tr("F6 stamps the next question, Alt and its number any other."), "caption", wrap=True
        )
        head = Ends(label(self.tr("Question guide"), "strong"), self._count)
        self._list.setContentsMargins(0, 0, 0, 0)
        lines = QWidget()
        lines.setLayout(self._list)
        self._pane = Shrinking(lines, least=160)
        self.setLayout(column(head, self.choice, self._pane, self._hint, None, space=8))
        self.set_running(False)
        for number in range(NUMBERED):
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            key.activated.connect(lambda number=number: self._ask(number))

    def hasHeightForWidth(self) -> bool:
        """No: a layout never gives less than that height, and the list inside scrolls."""
        return False

    def _titles(self) -> list[tuple[object, str]]:
        found: list[tuple[object, str]] = []
        for name in guides.names():
            found.append((name, guides.load(name, messages.language()).title))
        return [*found, ("", self.tr("None"))]

    def open(self, name: str) -> None:
        """Show a guide by its name; nothing for one that is not there."""
        if name == self._name and self._questions:
            return
        self._name = name
        self.choice.show_value(name)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        words: list[str] = []
        if name:
            try:
                words = guides.load(name, messages.language()).questions
            except CairnError:
                words = []
        self._questions = [Question(number, text) for number, text in enumerate(words)]
        for question in self._questions:
            question.clicked.connect(lambda _on=False, number=question.number: self._ask(number))
            self._list.addWidget(question)
        self._look()

    def _picked(self, name: object) -> None:
        self.open(str(name))
        self.guide_chosen.emit(str(name))

    def set_running(self, running: bool) -> None:
        """Whether something is recorded: only then a question can be stamped."""
        show_if(self._hint, running)
        if not running:
            self._unsaid.clear()
        for question in self._questions:
            question.setEnabled(running)
        self._running = running
        self._look()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """The marks of the recording, of which the questions are taken."""
        found = tuple(mark for mark in marks if mark.kind == "question")
        if found != self._marks:
            self._marks = found
            self._look()

    def asked_off_record(self, words: str) -> None:
        """The newest mark is of this question and doesn't say so: it was asked off the record."""
        if self._marks:
            self._unsaid[len(self._marks) - 1] = words
            self._look()

    def _told(self) -> list[tuple[str, MomentMs]]:
        return [
            (mark.text or self._unsaid.get(number, ""), mark.at) for number, mark in enumerate(self._marks)
        ]

    def ask_next(self) -> None:
        """F6: the question that comes next is asked now."""
        number = self._next()
        if number is not None:
            self._ask(number)

    def _next(self) -> int | None:
        """The first one not asked after the one asked last; else the first not asked."""
        order = {question.words: question.number for question in self._questions}
        told = [words for words, _at in self._told()]
        last = max((order[words] for words in told[-1:] if words in order), default=-1)
        asked = set(told)
        free = [question.number for question in self._questions if question.words not in asked]
        return next((number for number in free if number > last), free[0] if free else None)

    def _ask(self, number: int) -> None:
        if self._running and number < len(self._questions):
            self.asked.emit(self._questions[number].words)

    def _look(self) -> None:
        when: dict[str, MomentMs] = {}
        for words, at in self._told():
            when.setdefault(words, at)
        following = self._next() if self._running else None
        for question in self._questions:
            question.setEnabled(self._running)
            question.show_state(when.get(question.words), now=question.number == following)
        if following is not None:
            self._pane.ensureWidgetVisible(self._questions[following], 0, theme().px(48))
        asked = sum(1 for question in self._questions if question.asked is not None)
        self._count.setText(
            self.tr("{asked} of {all}").format(asked=asked, all=len(self._questions))
            if self._questions
            else ""
        )
