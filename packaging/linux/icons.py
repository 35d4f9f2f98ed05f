"""The icon in the sizes that desktops ask for, drawn from its SVG."""

from __future__ import annotations

from pathlib import Path

SIZES = (48, 128, 256)


def draw(svg: Path, size: int, target: Path) -> None:
    """Draw `svg` into a PNG of `size` pixels. The same Qt gives the same bytes."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    if not image.save(str(target), "PNG"):
        raise SystemExit(f"could not write {target}")
