"""Whether anything can be kept in the vault that is open: known to the shell, asked by whatever would write.

A medium that can only be read and a full disk take the words off nobody: what would write is greyed with the reason,
and fields take no words that could not be kept.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Writing(QObject):
    """One for the process, as there is one desk. GUI thread only."""

    changed = Signal()
    """`why` is another."""

    def __init__(self) -> None:
        super().__init__()
        self.why = ""
        """The sentence that says why nothing can be kept; empty where it can."""

    def say(self, why: str) -> None:
        """From now on it is so."""
        if why != self.why:
            self.why = why
            self.changed.emit()


_writing: list[Writing] = []


def writing() -> Writing:
    """What is known now."""
    if not _writing:
        _writing.append(Writing())
    return _writing[0]
