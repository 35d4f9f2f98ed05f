"""A sheet: a question over the dimmed window, for what can't be undone or needs a reason.

Esc and the first button are the way back. Nothing dangerous is ever the default. A sheet goes with the
widget that asked: locking the vault takes it away at once, whatever stood on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets import reading_order
from cairn.qt.widgets.basic import button, card, column, label, row, scroll
from cairn.qt.widgets.field import Field


class Sheet(QWidget):
    """Covers `over` (the window) until it is answered. Content is the caller's widget."""

    closed = Signal()

    def __init__(
        self, over: QWidget, title: str, content: QWidget | None = None, *, width: int = 480
    ) -> None:
        window = over.window()
        super().__init__(window)
        self._before = window.focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.must_answer = False
        """While work is under way that has to be waited for: Esc does nothing."""
        self.lost = ""
        """What is lost when the program is closed now, in a sentence; nothing where nothing is."""
        self._over = over
        self._width = width
        self._content = content
        self._buttons = row(None, space=8)
        self._title = label(title, "heading", wrap=True)
        parts: list[Any] = [self._title]
        self._area = scroll(content) if content is not None else None
        if self._area is not None:
            parts.append(self._area)
        self.box = card(*parts, self._buttons, space=16)
        self.setLayout(column(None, row(None, self.box, None), None))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        for watched in (window, over, content):
            if watched is not None:
                watched.installEventFilter(self)
        self.setGeometry(window.rect())
        self._fit()

    def _fit(self) -> None:
        """As tall as the content; where the window is too low for that, the content scrolls."""
        window = self.window()
        width = min(theme().px(self._width), max(320, window.width() - 48))
        self.box.setFixedWidth(width)
        if self._area is None or self._content is None:
            return
        edges = self.box.contentsMargins()
        layout = self.box.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        inner = width - margins.left() - margins.right() - edges.left() - edges.right()
        needed = self._content.sizeHint().height()
        if self._content.hasHeightForWidth():
            needed = self._content.heightForWidth(inner)
        around = margins.top() + margins.bottom() + 2 * layout.spacing()
        around += max(self._title.heightForWidth(inner), 0) + self._buttons.sizeHint().height()
        # A hair more than needed: rounding must not make a scroll bar.
        self._area.setFixedHeight(max(theme().px(80), min(needed + 2, window.height() - 32 - around)))

    def add(self, text: str, clicked: Callable[[], Any] | None = None, *, kind: str = "") -> Any:
        """A button at the end of the row; without `clicked` it closes the sheet."""
        made = button(text, clicked or self.dismiss, kind=kind)
        self._buttons.addWidget(made)
        return made

    def open(self, *, from_top: bool = False) -> None:
        """Show it, with the focus inside. `from_top`: what is read first is shown first, wherever the focus is."""
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        for child in reading_order.stops(self.box)[:1]:
            child.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._area is not None and self._area.isAncestorOf(child):
                self._area.ensureWidgetVisible(child)
        if from_top and self._area is not None:
            self._area.verticalScrollBar().setValue(0)

    def dismiss(self) -> None:
        """Close it and give the focus back."""
        self.closed.emit()
        if self._before is not None:
            import shiboken6

            if shiboken6.isValid(self._before):
                self._before.setFocus()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.must_answer:
            self.dismiss()
            return
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The keys stay inside."""
        return reading_order.step(self.box, forward=forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self.parent():
            self.setGeometry(self.window().rect())
            self._fit()
        elif kind == QEvent.Type.LayoutRequest and watched is self._content:
            self._soon.start(0)
        elif kind == QEvent.Type.Hide and watched is self._over and not event.spontaneous():
            self.closed.emit()
            self.close()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        dim = QColor("#000000")
        dim.setAlpha(110)
        QPainter(self).fillRect(self.rect(), dim)


def ask(
    over: QWidget,
    title: str,
    text: str,
    *,
    yes: str,
    then: Callable[[str], Any],
    no: str = "",
    reason: str = "",
    reason_help: str = "",
    danger: bool = False,
) -> Sheet:
    """Ask a question; `then` gets the reason (empty unless `reason` names a field for one).

    With `reason` the answer can only be given once something stands in the field.
    """
    content = QWidget()
    line = QLineEdit()
    parts: list[Any] = []
    if text:
        parts.append(label(text, wrap=True))
    if reason:
        parts.append(Field(reason, line, reason_help))
    content.setLayout(column(*parts, space=16))
    sheet = Sheet(over, title, content)
    sheet.add(no or QCoreApplication.translate("Sheet", "Cancel"))

    def answer() -> None:
        if reason and not line.text().strip():
            return
        given = line.text().strip()
        sheet.dismiss()
        then(given)

    go = sheet.add(yes, answer, kind="danger" if danger else "primary")
    if reason:
        go.setEnabled(False)
        line.textChanged.connect(lambda now: go.setEnabled(bool(now.strip())))
        line.returnPressed.connect(answer)
    sheet.open()
    return sheet
