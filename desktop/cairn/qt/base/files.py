"""Files that a person points at, before anything is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl

from cairn import paths
from cairn.errors import MachineError


def require_file(path: Path) -> None:
    """Refuse what is no file: a pipe or a device would be waited for. Raises MachineError."""
    if path.is_dir():
        raise MachineError("machine.is-folder")
    if not path.is_file():
        raise MachineError("machine.gone")


def local_paths(urls: Sequence[QUrl]) -> list[Path]:
    """The files of this computer that are named; names need not be UTF-8, as Qt's own words for them must be."""
    named = [
        paths.local_path(bytes(url.toEncoded().data()).decode("ascii")) for url in urls if url.isLocalFile()
    ]
    return [Path(name) for name in named if name]


def read_card_file(path: Path) -> bytes:
    """The bytes of a card's file, or of the mail that it stands in; of a longer file no more than shows that it is none. Raises MachineError."""
    from cairn.bundle.card_mail import MAX_BYTES

    with paths.machine_errors(), path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
