"""Files that a person points at, before anything is read from them."""

from __future__ import annotations

from pathlib import Path

from cairn import paths
from cairn.errors import MachineError


def require_file(path: Path) -> None:
    """Refuse what is no file: a pipe or a device would be waited for. Raises MachineError."""
    if path.is_dir():
        raise MachineError("machine.is-folder")
    if not path.is_file():
        raise MachineError("machine.gone")


def read_card_file(path: Path) -> bytes:
    """The bytes of a card's file; of a longer file no more than shows that it is none. Raises MachineError."""
    from cairn.bundle.cards import MAX_BYTES

    with paths.machine_errors(), path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
