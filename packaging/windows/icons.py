"""The program's picture in the containers that Windows and macOS want, drawn from the one SVG.

`python packaging/windows/icons.py FOLDER` writes `cairn.ico` and `cairn.icns` there. The installer's first and
last page show it too.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

SVG = Path(__file__).resolve().parents[2] / "resources" / "icons" / "cairn.svg"
WINDOWS = (16, 24, 32, 48, 64, 256)
MACOS = (16, 32, 64, 128, 256, 512, 1024)
SIDE = (328, 628)
"""Pixels of the picture at the side of the installer: twice what NSIS shows on an ordinary screen."""
PAPER = "#F6F5F1"


def png(size: int) -> bytes:
    """The picture as PNG, `size` pixels wide and high."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(SVG.read_bytes())).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())


def ico() -> bytes:
    """A Windows icon: every size as PNG, which Windows reads since Vista."""
    drawn = [(size, png(size)) for size in WINDOWS]
    head = (0).to_bytes(2, "little") + (1).to_bytes(2, "little") + len(drawn).to_bytes(2, "little")
    offset = len(head) + 16 * len(drawn)
    for size, data in drawn:
        side = (size % 256).to_bytes(1, "little")  # 256 is written as 0
        head += side + side + b"\0\0" + (1).to_bytes(2, "little") + (32).to_bytes(2, "little")
        head += len(data).to_bytes(4, "little") + offset.to_bytes(4, "little")
        offset += len(data)
    return head + b"".join(data for _, data in drawn)


def icns() -> bytes:
    """A macOS icon."""
    from PIL import Image

    sizes = [Image.open(io.BytesIO(png(size))) for size in MACOS]
    held = io.BytesIO()
    sizes[-1].save(held, format="ICNS", append_images=sizes[:-1])
    return held.getvalue()


def side() -> bytes:
    """The picture at the side of the installer's first and last page, as BMP."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    width, height = SIDE
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    mark = width / 2
    QSvgRenderer(QByteArray(SVG.read_bytes())).render(painter, QRectF(mark / 2, mark * 0.75, mark, mark))
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "BMP")  # type: ignore[call-overload]
    return bytes(held.data().data())


def main() -> int:
    """Write both into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cairn.ico").write_bytes(ico())
    (folder / "cairn.icns").write_bytes(icns())
    return 0


if __name__ == "__main__":
    sys.exit(main())
