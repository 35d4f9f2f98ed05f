"""The status bar: saved or not, time until the lock, free space, whose vault."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import Elided, label, row, show_if

NEWS_MS = 8_000
"""How long it stands there what was done just now."""
LEAST_NAME = 80
"""Room for the vault's name, in design pixels, below which it is left out."""


class _Dot(QWidget):
    """Steady, never blinking; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = False
        self.setFixedSize(QSize(theme().px(8), theme().px(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().tokens.warn if self.waiting else theme().tokens.accent))
        painter.drawEllipse(self.rect())


class StatusBar(QWidget):
    """One quiet line at the foot of the window."""

    def __init__(self, recording: QWidget) -> None:
        """`recording` tells what is being recorded, first in the line."""
        super().__init__()
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._dot = _Dot()
        self._kept = True
        self._waiting = False
        self._saved = label(self.tr("Everything is saved"), "caption")
        self._old_news = QTimer(self)
        self._old_news.setSingleShot(True)
        self._old_news.setInterval(NEWS_MS)
        self._old_news.timeout.connect(self._show_state)
        self._lock = label("", "caption")
        self._lock.hide()
        self._space = label("", "caption")
        self._vault = Elided("", "caption")
        self._vault.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        edge = theme().px(16)
        for part in (self._lock, self._space, self._vault):
            part.setContentsMargins(edge, 0, 0, 0)
        layout = row(recording, self._dot, self._saved, self._lock, self._space, self._vault, space=8)
        layout.setStretchFactor(self._vault, 1)
        layout.setContentsMargins(theme().px(16), theme().px(6), theme().px(16), theme().px(6))
        self.setLayout(layout)
        self._parts = (recording, self._dot, self._saved, self._lock, self._space)
        self._locks = False
        """Whether there is a time until the lock to tell."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """What matters least goes first where the line is too short: the name, free space, time until the lock."""
        gap = theme().px(8)
        room = self.width() - 2 * theme().px(16)
        for part in self._parts:
            optional = part in (self._lock, self._space)
            if part.isHidden() and not optional:
                continue
            wide = part.sizeHint().width() + gap
            if optional:
                show_if(part, wide <= room and (part is not self._lock or self._locks))
            if not part.isHidden():
                room -= wide
        show_if(self._vault, room >= theme().px(LEAST_NAME))

    def show_saved(self, text: str, *, waiting: bool) -> None:
        """The state of saving, in words. What is done gives way to the plain state after a while."""
        self._saved.setText(text)
        if waiting:
            self._old_news.stop()
        else:
            self._old_news.start()
        self._waiting = waiting
        self._dot.waiting = waiting or not self._kept
        self._dot.update()

    def set_kept(self, kept: bool) -> None:
        """Whether what is typed can be kept at all."""
        self._kept = kept
        if not self._waiting:
            # What still waits is told by whoever waits with it.
            self._show_state()

    def _show_state(self) -> None:
        self._saved.setText(
            self.tr("Everything is saved") if self._kept else self.tr("Nothing can be saved now")
        )
        self._dot.waiting = not self._kept
        self._dot.update()

    def show_lock(self, seconds: int) -> None:
        """Time until the idle lock; nothing when it is off."""
        self._locks = seconds >= 0
        if seconds < 0:
            self._lock.setText("")
        elif seconds >= 90:
            self._lock.setText(self.tr("Locks in {minutes} min").format(minutes=round(seconds / 60)))
        else:
            self._lock.setText(self.tr("Locks in {seconds} s").format(seconds=seconds))
        self._make_room()

    def show_space(self, free: int) -> None:
        """Free bytes where the vault lies."""
        self._space.setText(self.tr("{size} free").format(size=messages.size(free)))

    def show_vault(self, text: str) -> None:
        """Whose vault it is."""
        self._vault.show_text(text)
