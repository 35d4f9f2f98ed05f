"""Icons: one family of strokes, drawn in the theme's colours, crisp at every scale.

`icon("lock")` follows the theme; it draws itself anew at the size and pixel ratio that is asked for.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from cairn import resources
from cairn.qt.base.theme import theme

_BLACK = b'"#000"'
_GREEN = b'"#2F6B5E"'
"""What the logo is drawn in, which also stands alone on a task bar."""


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    ink = f'"{colour}"'.encode()
    data = resources.read_bytes(f"icons/{name}.svg").replace(_BLACK, ink).replace(_GREEN, ink)
    return QSvgRenderer(QByteArray(data))


class _Engine(QIconEngine):
    """Draws one icon in a token's colour (`ink`, `accent`, …) of the theme in force.

    In a rectangle wider than high it stands where reading begins, so that a button can part it from its word.
    """

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "control_line" if mode is QIcon.Mode.Disabled else self._token
        colour = getattr(theme().tokens, token)
        edge = min(rect.width(), rect.height())
        spot = QRectF(rect.x(), rect.y() + (rect.height() - edge) / 2, edge, edge)
        if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            spot.moveRight(rect.x() + rect.width())
        _renderer(self._name, colour).render(painter, spot)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        """The same, for a copy of the icon that Qt is about to change; Qt deletes it with that copy.

        PySide hands the pointer over but leaves the object to Python. Unless it is kept here until Qt has deleted it,
        Python frees it on returning, and Qt goes on with memory that is no longer its own.
        """
        _clones[:] = [one for one in _clones if isValid(one)]
        made = _Engine(self._name, self._token)
        _clones.append(made)
        return made


_clones: list[_Engine] = []
"""Engines that Qt holds and Python would free."""


def icon(name: str, tint: str = "ink_soft") -> QIcon:
    """The icon `name` of `resources/icons/` in the colour `tint` (a token) of the theme."""
    return QIcon(_Engine(name, tint))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon into `rect` in the colour `#RRGGBB`, for widgets that paint themselves."""
    _renderer(name, colour).render(painter, rect)


def logo() -> QIcon:
    """The cairn, the same in both themes."""
    return QIcon(str(resources.path("icons/cairn.svg")))
