"""What was compared of a few interviews, remembered while the vault is open: it follows from versions that never change."""

from __future__ import annotations

from typing import Any

from cairn.model.ids import RootId

_MOST = 8
"""Interviews that are remembered: one that is worked on, and a few beside it."""


class Compared:
    """For each of the last interviews a table that whoever compares fills (`cairn.app.coding.places`)."""

    def __init__(self) -> None:
        self._of: dict[RootId, dict[Any, Any]] = {}

    def of(self, root: RootId) -> dict[Any, Any]:
        """The table of an interview."""
        table = self._of.pop(root, {})
        self._of[root] = table
        while len(self._of) > _MOST:
            del self._of[next(iter(self._of))]
        return table

    def forget(self) -> None:
        """Forget all of it: the lock."""
        self._of.clear()
