"""What can be dropped or pasted into the Files tab: files, or a picture that has no file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QImage

from cairn.paths import machine_errors
from cairn.qt.base.files import local_paths

_ENCODED = (("image/png", ".png"), ("image/jpeg", ".jpg"), ("image/tiff", ".tiff"), ("image/webp", ".webp"))
"""Pictures that are taken byte for byte, so that nothing from outside is decoded here."""


class OnDisk:
    """A file to add."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name

    def open(self) -> tuple[BinaryIO, int]:
        """Its bytes and how many they are."""
        with machine_errors():
            return self._path.open("rb"), self._path.stat().st_size


class Pasted:
    """A picture to add that has no file."""

    def __init__(self, name: str, octets: bytes) -> None:
        self.name = name
        self._octets = octets

    def open(self) -> tuple[BinaryIO, int]:
        """Its bytes and how many they are."""
        return io.BytesIO(self._octets), len(self._octets)


Source = OnDisk | Pasted


def paths_of(data: QMimeData) -> list[Path]:
    """The files that are named."""
    return local_paths(data.urls())


def can_take(data: QMimeData) -> bool:
    """Whether there is something to add."""
    return bool(paths_of(data)) or data.hasImage() or any(data.hasFormat(kind) for kind, _ in _ENCODED)


def picture_of(data: QMimeData) -> tuple[bytes, str] | None:
    """A picture's bytes and the ending of its name, or None."""
    for kind, ending in _ENCODED:
        if data.hasFormat(kind):
            encoded = bytes(data.data(kind).data())
            if encoded:
                return encoded, ending
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its types want text
    return bytes(buffer.data().data()), ".png"
