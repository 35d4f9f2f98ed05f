"""Whether everything on the screen has room: nothing cut off, nothing on top of something else.

Panes may scroll up and down. They may not scroll sideways, and text may not be wider or higher than the
place that it is painted in, unless its widget ends it in … and has the whole as a tool tip.
"""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizeGrip,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)

from cairn.qt.media.viewers.bar import Title
from cairn.qt.shell.helping import HelpOverlay
from cairn.qt.shell.rail import RailButton
from cairn.qt.widgets import Chip, Elided, Sheet
from cairn.qt.widgets.drop import DropZone

LEAST_ELIDED = 60
"""Pixels at text size 100 below which a text that ends in … says nothing any more."""
HAIR = 2


def problems(window: QWidget) -> list[str]:
    """Everything that does not fit, in words. What a sheet or the help covers is not looked at again."""
    sheets: list[QWidget] = [w for w in window.findChildren(HelpOverlay) if w.isVisible()]
    sheets = sheets or [w for w in window.findChildren(Sheet) if w.isVisible()]
    found: list[str] = []
    for top in sheets or [window]:
        for widget in top.findChildren(QWidget):
            if widget.isVisible() and widget.window() is window and widget.visibleRegion() is not None:
                found += [f"{_called(widget)}: {what}" for what in _wrong(widget, window)]
        for holder in [top, *top.findChildren(QWidget)]:
            found += _overlaps(holder)
    return found


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} “{text[:60]}”"


def _wrong(widget: QWidget, window: QWidget) -> list[str]:
    said = []
    if isinstance(widget, Elided):
        room = widget.contentsRect().width()
        if widget.toolTip() and room < LEAST_ELIDED:
            said.append(f"only {room} pixels for it")
        if widget.fontMetrics().horizontalAdvance(widget.text()) > room + HAIR:
            said.append(f"has {room}, needs {widget.fontMetrics().horizontalAdvance(widget.text())}")
    elif isinstance(widget, Title):
        # It shortens itself in its middle, and its tool tip has the whole.
        if widget.text() and widget.width() < min(LEAST_ELIDED, widget.sizeHint().width()):
            said.append(f"only {widget.width()} pixels for it")
    elif isinstance(widget, QLabel):
        said += _label(widget)
    elif isinstance(widget, QAbstractButton):
        if isinstance(widget.parentWidget(), QLineEdit):
            # Qt's own, for emptying the line: it is painted to fit.
            return []
        said += _button(widget)
    elif isinstance(widget, QLineEdit):
        said += _line(widget)
    elif isinstance(widget, QComboBox):
        said += _box(widget)
    elif isinstance(widget, Chip | DropZone):
        needed = widget.minimumSizeHint() if isinstance(widget, DropZone) else widget.sizeHint()
        if widget.width() < needed.width() or widget.height() < needed.height():
            said.append(f"has {_size(widget)}, needs {needed.width()}×{needed.height()}")
    else:
        return said
    return said + _outside(widget, window)


def _size(widget: QWidget) -> str:
    return f"{widget.width()}×{widget.height()}"


def _label(label: QLabel) -> list[str]:
    if not label.text():
        return []
    room = label.contentsRect().adjusted(label.margin(), label.margin(), -label.margin(), -label.margin())
    metrics = label.fontMetrics()
    flags = Qt.TextFlag.TextWordWrap.value if label.wordWrap() else 0
    needed = metrics.boundingRect(
        QRect(0, 0, room.width() if flags else 100_000, 100_000), flags, label.text()
    )
    # Less than the space between lines cuts no letter.
    if needed.width() > room.width() + HAIR or needed.height() > room.height() + metrics.height() // 6:
        return [f"has {room.width()}×{room.height()}, needs {needed.width()}×{needed.height()}"]
    return []


def _button(made: QAbstractButton) -> list[str]:
    needed = made.iconSize() if not made.text() and not made.icon().isNull() else made.sizeHint()
    if isinstance(made, QCheckBox | QRadioButton | RailButton):
        needed = made.minimumSizeHint()
    if made.hasHeightForWidth():
        # Its words are broken into lines: any width will do that leaves it the height it then asks for.
        needed = QSize(made.width(), made.heightForWidth(made.width()))
    if made.width() < needed.width() - HAIR or made.height() < needed.height() - HAIR:
        return [f"has {_size(made)}, needs {needed.width()}×{needed.height()}"]
    return []


def _line(line: QLineEdit) -> list[str]:
    shown = line.placeholderText() if not line.text() else ""
    # Frame, padding and the icon that may stand before the words.
    room = line.width() - 2 * line.fontMetrics().height()
    said = []
    if shown and line.fontMetrics().horizontalAdvance(shown) > room:
        said.append(f"“{shown}” has {room}, needs {line.fontMetrics().horizontalAdvance(shown)}")
    if line.height() < line.minimumSizeHint().height() - HAIR:
        said.append(f"is {line.height()} high, needs {line.minimumSizeHint().height()}")
    return said


def _box(box: QComboBox) -> list[str]:
    needed = box.fontMetrics().horizontalAdvance(box.currentText()) + box.fontMetrics().height()
    return [f"has {box.width()}, needs {needed}"] if box.width() < needed else []


def _outside(widget: QWidget, window: QWidget) -> list[str]:
    """Beyond an edge of the window or of anything around it; up and down is fine inside a pane that scrolls."""
    holder, inner = widget.parentWidget(), widget
    place = QRect(QPoint(0, 0), widget.size())
    while holder is not None and holder is not window.parentWidget():
        place.translate(inner.pos())
        room = holder.rect()
        scrolls = isinstance(holder.parentWidget(), QAbstractScrollArea)
        if place.left() < room.left() - HAIR or place.right() > room.right() + HAIR:
            return [
                f"goes beyond {type(holder).__name__} at the side by {max(-place.left(), place.right() - room.right())}"
            ]
        if scrolls:
            return _outside(holder.parentWidget(), window) if holder.parentWidget() else []
        if place.top() < room.top() - HAIR or place.bottom() > room.bottom() + HAIR:
            return [
                f"goes beyond {type(holder).__name__} by {max(-place.top(), place.bottom() - room.bottom())} up or down"
            ]
        if holder is window:
            break
        holder, inner = holder.parentWidget(), holder
    return []


def _overlaps(holder: QWidget) -> list[str]:
    if isinstance(holder, QStackedWidget | QAbstractScrollArea | QLineEdit | QComboBox):
        return []
    parts = [
        w
        for w in holder.children()
        if isinstance(w, QWidget)
        and w.isVisible()
        and not w.isWindow()
        and not isinstance(w, Sheet | HelpOverlay | QSizeGrip | QSplitterHandle | QAbstractSlider)
    ]
    said = []
    for one, other in combinations(parts, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > HAIR and both.height() > HAIR:
            said.append(f"{_called(one)} and {_called(other)} overlap by {both.width()}×{both.height()}")
    return said
