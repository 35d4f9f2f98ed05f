"""What a printer is, and what is given to one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QPagedPaintDevice


class Reach(StrEnum):
    """Where pages go from the queue of a printer, as far as the print system tells."""

    HERE = "here"
    """A cable at this computer."""
    NETWORK = "network"
    FILE = "file"
    """No paper: the queue writes a file."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Printer:
    """A queue of the print system."""

    name: str
    """What the print system calls it."""
    title: str
    """What people call it."""
    where: str
    reach: Reach
    default: bool = False
    stopped: bool = False
    """It takes pages and keeps them until somebody starts it again."""


class Pages(Protocol):
    """What is printed."""

    def pdf(self) -> bytes:
        """All pages, made in memory."""
        ...

    def draw(self, device: QPagedPaintDevice) -> object:
        """Draw them on a device whose paper is chosen."""
        ...
