"""A log in memory: one that was exported, or one that is made without a vault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cairn.custody import line as lines_
from cairn.custody import tree
from cairn.errors import CairnError, IntegrityError


class MemoryRows:
    """Lines, payloads and nodes as a `cairn.model.ports.CustodyRows`; the nodes are made of the lines."""

    def __init__(
        self, lines: Sequence[bytes] = (), payloads: Mapping[int, tuple[bytes, bytes]] | None = None
    ) -> None:
        self._lines: list[bytes] = []
        self._nodes: list[list[bytes]] = [[]]
        self._payloads = dict(payloads or {})
        for line in lines:
            self._grow(line)

    def size(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def append(
        self, seq: int, line: bytes, salt: bytes, payload: bytes, nodes: Sequence[tuple[int, int, bytes]]
    ) -> None:
        """Add one entry."""
        self._payloads[seq] = (salt, payload)
        self._grow(line)

    def lines(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """(number, exact line); a line's number is the one it says, so that a walk sees what is out of order."""
        for place, raw in enumerate(self._lines, start=1):
            if place >= start:
                try:
                    yield lines_.parse(raw).seq, raw
                except CairnError:
                    yield place, raw

    def line(self, seq: int) -> bytes:
        """The exact line at a place, from 1. Raises IntegrityError."""
        if not 1 <= seq <= len(self._lines):
            raise IntegrityError("custody.line-missing", seq=seq)
        return self._lines[seq - 1]

    def payload(self, seq: int) -> tuple[bytes, bytes] | None:
        """(salt, payload), or None when it is not here."""
        return self._payloads.get(seq)

    def node(self, level: int, place: int) -> bytes:
        """A perfect node of the tree. Raises IntegrityError when the log is too short for it."""
        if level >= len(self._nodes) or place >= len(self._nodes[level]):
            raise IntegrityError("custody.node-altered", seq=(place + 1) << level)
        return self._nodes[level][place]

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """Every node of a level, in order."""
        yield from enumerate(self._nodes[level] if level < len(self._nodes) else [])

    def _grow(self, line: bytes) -> None:
        leaf = tree.leaf_hash(line)
        new = tree.completed(len(self._lines), leaf, self.node)
        self._lines.append(line)
        self._nodes[0].append(leaf)
        for level, _, found in new:
            if level == len(self._nodes):
                self._nodes.append([])
            self._nodes[level].append(found)
