"""Labels, buttons, cards and layouts in the house's look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.base.writing import writing


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties and let the style sheet look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def show_if(widget: QWidget, shown: bool) -> None:
    """Show or hide a part, also before it has a parent: `setVisible` would open it as a window of its own."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(shown)


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A plain-text label. `role`: title, heading, strong, soft, caption, error, accent, or none."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        made.setTextInteractionFlags(flags)
        made.setAccessibleName(text)
    return made


class Elided(QLabel):
    """A plain-text label that ends in … where it has no room; the tool tip has the whole."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show `text`, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        # With some fonts the sign of what is left out makes it some pixels wider than was asked for.
        over = metrics.horizontalAdvance(shown) - room
        if over > 0 and shown != self._whole:
            shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, room - over))
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setText(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


def edge() -> int:
    """The margin of a page in design pixels: at large text the room is kept for the text."""
    return 32 if theme().scale <= 125 else 14


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    # Qt's own classes can't be mixed; what is made of this is a button all the same.
    _Button = object


class KeptOnly(_Button):
    """A button that may be one that writes: then it is off, with the reason, while nothing can be kept.

    What its screen wants meanwhile is remembered.
    """

    _wanted = True
    _kept_only = False
    _tip = ""

    def set_kept_only(self) -> None:
        """It writes."""
        if not self._kept_only:
            self._kept_only = True
            self._wanted = self.isEnabled()
            writing().changed.connect(self._look_whether_kept)
            if writing().why:
                self._look_whether_kept()

    def _allowed(self, enabled: bool) -> bool:
        """Whether it may be on now, where its screen wants that."""
        self._wanted = enabled
        return enabled and not (self._kept_only and writing().why)

    def _look_whether_kept(self) -> None:
        why = writing().why
        if why:
            self._tip = self._tip or self.toolTip()
            self.setToolTip(why)
        else:
            self.setToolTip(self._tip)
        self.setEnabled(self._wanted)


class IconButton(KeptOnly, QToolButton):
    """A small button with an icon alone."""

    def setEnabled(self, enabled: bool) -> None:
        super().setEnabled(self._allowed(enabled))


class FocusKeeping(KeptOnly, QPushButton):
    """Where it is greyed while it has the keys, nobody else gets them, and it takes them back afterwards.

    Qt would hand them to whatever stands next, and Enter would press that.
    """

    _had_keys = False

    def setEnabled(self, enabled: bool) -> None:
        enabled = self._allowed(enabled)
        # Not `hasFocus`: a dialog that is just closing may still be the active window.
        if not enabled and self.window().focusWidget() is self:
            self._had_keys = True
            self.clearFocus()
        super().setEnabled(enabled)
        if enabled and self._had_keys:
            self._had_keys = False
            if self.window().focusWidget() is None:
                self.setFocus()


def button(
    text: str,
    clicked: Callable[[], Any] | None = None,
    *,
    kind: str = "",
    glyph: str = "",
    tall: bool = False,
) -> QPushButton:
    """A button: `kind` primary, danger, quiet or (none) secondary; `glyph` names an icon before the word."""
    made = FocusKeeping(text)
    made.setAccessibleName(text.replace("&", ""))
    # Enter presses the button that has the keys, as the space bar does.
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if tall:
        made.setProperty("tall", "true")
    if glyph:
        token = {"primary": "on_accent", "danger": "danger", "quiet": "accent", "chip": "accent"}.get(
            kind, "ink"
        )
        made.setIcon(icon(glyph, token))
        # Wider than the icon: what is left over is the space before the word.
        made.setIconSize(QSize(theme().px(22), theme().px(18)))
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def icon_button(glyph: str, name: str, clicked: Callable[[], Any] | None = None) -> QToolButton:
    """A small button with an icon alone; `name` is its tool tip and its accessible name."""
    made = IconButton()
    made.setProperty("kind", "quiet")
    made.setIcon(icon(glyph, "ink"))
    made.setIconSize(QSize(theme().px(18), theme().px(18)))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def _fill(
    layout: QBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], space: int, margin: int
) -> None:
    layout.setSpacing(theme().px(space))
    edge = theme().px(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(theme().px(part))
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def row(*parts: QWidget | QLayout | int | None, space: int = 8, margin: int = 0) -> QHBoxLayout:
    """Side by side. None is a stretch, a number a gap in design pixels."""
    layout = QHBoxLayout()
    _fill(layout, parts, space, margin)
    return layout


def column(*parts: QWidget | QLayout | int | None, space: int = 8, margin: int = 0) -> QVBoxLayout:
    """One below the other. None is a stretch, a number a gap in design pixels."""
    layout = QVBoxLayout()
    _fill(layout, parts, space, margin)
    return layout


def narrow(part: QWidget, widest: int) -> QHBoxLayout:
    """A part that is no wider than this, in design pixels, and as high as its lines are at that width.

    A column asks a part for its height at the column's own width, whatever the part's greatest: in a row it is asked
    at the width that it gets.
    """
    part.setMaximumWidth(theme().px(widest))
    made = row(part, None, space=0)
    made.setStretchFactor(part, 1000)
    return made


def card(*parts: QWidget | QLayout | int | None, space: int = 12, margin: int = 24) -> QFrame:
    """A card: surface, hairline, rounded, 24 inside."""
    made = QFrame()
    made.setProperty("surface", "card")
    made.setLayout(column(*parts, space=space, margin=margin))
    return made


def hline() -> QFrame:
    """A horizontal hairline."""
    made = QFrame()
    made.setProperty("surface", "line")
    made.setFixedHeight(1)
    return made


class VLine(QFrame):
    """A vertical hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "line")
        self.setFixedWidth(1)


def scroll(content: QWidget, name: str = "") -> QScrollArea:
    """`content` in a pane that scrolls up and down, never sideways; the keyboard reaches it through its parts."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if name:
        area.setAccessibleName(name)
    content.setProperty("surface", "clear")
    content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


def reveal(widget: QWidget, *, first: bool = False) -> None:
    """Scroll the pane around `widget` until it can be seen; with `first` it comes to the top, as far as there is more."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    content = above.widget() if above is not None else None
    if above is None or content is None:
        return
    if first:
        above.verticalScrollBar().setValue(widget.mapTo(content, QPoint(0, -theme().px(8))).y())
    else:
        above.ensureWidgetVisible(widget, theme().px(16), theme().px(48))
