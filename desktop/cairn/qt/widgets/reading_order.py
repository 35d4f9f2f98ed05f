"""The way by Tab: what is read first is reached first, also where it was added later.

The toolkit's own order is the one in which widgets were made: a row that is added to a list of rows stands at its end,
after everything else in the window. Here the order is read off the layouts each time a key asks for it, so that there is
nothing to keep up. From right to left layouts mirror themselves; the order is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)


def stops(over: QWidget) -> list[QWidget]:
    """What Tab reaches inside `over`, in reading order."""
    return [each for each in _inside(over) if _takes_focus(each)]


def step(over: QWidget, *, forward: bool) -> bool:
    """Set the focus to the next stop inside `over`, or the one before; around the end it goes on at the beginning."""
    found = stops(over)
    if not found:
        return False
    now = QApplication.focusWidget()
    # What has the focus may be a part of a stop: the cell that is open in a table.
    while now is not None and now not in found:
        now = now.parentWidget()
    at = found.index(now) if now is not None else (-1 if forward else 0)
    target = found[(at + (1 if forward else -1)) % len(found)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _show(target)
    return True


def _takes_focus(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & tab == tab
        and widget.focusProxy() is None
    )


def _inside(widget: QWidget) -> Iterator[QWidget]:
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield child
            yield from _inside(child)


def _children(widget: QWidget) -> list[QWidget]:
    """The widgets directly inside, those of the layout in its order, others in the order in which they came."""
    if isinstance(widget, QScrollArea):
        return [content] if (content := widget.widget()) is not None else []
    if isinstance(widget, QSplitter):
        return [each for number in range(widget.count()) if (each := widget.widget(number)) is not None]
    if isinstance(widget, QAbstractScrollArea):
        # Text, lists, tables: one stop each.
        return []
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    layout = widget.layout()
    laid_out = list(_of_layout(layout, children)) if layout is not None else []
    known = set(laid_out)
    return laid_out + [child for child in children if child not in known]


def _of_layout(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Those of `widgets` that lie in `layout`, in its order.

    Not by `itemAt`: PySide keeps the item that it hands out for as long as the layout lives, also when Qt has deleted
    it with its widget. What is then made at the same place in memory brings the program down.
    """
    within: list[QWidget | QLayout] = [
        *widgets,
        *(each for each in layout.children() if isinstance(each, QLayout)),
    ]
    placed = [(at, each) for each in within if (at := layout.indexOf(each)) >= 0]
    if isinstance(layout, QGridLayout):
        placed.sort(key=lambda one: tuple(layout.getItemPosition(one[0]))[:2])  # type: ignore[arg-type]
    else:
        placed.sort(key=lambda one: one[0], reverse=_backwards(layout))
    for _, each in placed:
        if isinstance(each, QLayout):
            yield from _of_layout(each, widgets)
        else:
            yield each


def _backwards(layout: QLayout) -> bool:
    directions = (QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.BottomToTop)
    return isinstance(layout, QBoxLayout) and layout.direction() in directions


def _show(widget: QWidget) -> None:
    """Scroll to it, in whatever it lies."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
