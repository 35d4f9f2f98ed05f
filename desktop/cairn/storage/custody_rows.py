"""Where the custody log is kept: lines and nodes for ever, payloads until their record is erased."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from cairn.custody import payload as payloads
from cairn.custody import tree
from cairn.custody.checkpoint import Checkpoint
from cairn.errors import IntegrityError
from cairn.model.ids import RecordId, RevisionHash
from cairn.vault.sqlerrors import sql_errors

_STEP = 1_000


class DatabaseRows:
    """The rows of the log in the vault's database (a `cairn.model.ports.CustodyRows`)."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._page: dict[int, tuple[bytes, bytes]] = {}
        self._page_end = 0

    def size(self) -> int:
        """How many entries there are: the number of the newest."""
        with sql_errors():
            row = self._connection.execute("SELECT max(seq) FROM custody_line").fetchone()
        return row[0] or 0

    def root(self, size: int | None = None) -> bytes:
        """The root of the tree of that size, of the whole log without; made of nodes, not of leaves.

        Raises IntegrityError `storage.custody-altered` where the log is shorter, or nodes are missing.
        """
        return tree.root(self.size() if size is None else size, self.node)

    def append(
        self, seq: int, line: bytes, salt: bytes, payload: bytes, nodes: Sequence[tuple[int, int, bytes]]
    ) -> None:
        """Store one entry, and the nodes that it completes, inside the running transaction.

        Raises IntegrityError `storage.custody-altered` where the log was set back: what later entries told is
        still here, and a new one in their place would make two histories of it.
        """
        content = payloads.parse(payload)
        revision, state = content.detail.get("revision"), content.detail.get("state")
        with sql_errors():
            later = self._connection.execute("SELECT 1 FROM custody_payload WHERE seq >= ? LIMIT 1", (seq,))
            if later.fetchone() is not None:
                raise IntegrityError("storage.custody-altered")
            self._connection.execute("INSERT INTO custody_line VALUES (?, ?)", (seq, line))
            for node in nodes:
                self._connection.execute("INSERT INTO custody_node VALUES (?, ?, ?)", node)
            self._connection.execute(
                "INSERT INTO custody_payload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    seq,
                    salt,
                    payload,
                    content.act,
                    content.obj,
                    content.root,
                    content.detail.get("kind") or "",
                    revision,
                    state,
                ),
            )

    def lines(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """(seq, exact line) in order, from `start`. Holds a thousand at a time."""
        while True:
            with sql_errors():
                rows = self._connection.execute(
                    "SELECT seq, line FROM custody_line WHERE seq >= ? ORDER BY seq LIMIT ?", (start, _STEP)
                ).fetchall()
            yield from rows
            if len(rows) < _STEP:
                return
            start = rows[-1][0] + 1

    def line(self, seq: int) -> bytes:
        """The exact line with that number. Raises IntegrityError `storage.custody-altered` when it is not there."""
        with sql_errors():
            row = self._connection.execute("SELECT line FROM custody_line WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            raise IntegrityError("storage.custody-altered")
        return bytes(row[0])

    def node(self, level: int, place: int) -> bytes:
        """The hash of a perfect node of the tree; of a leaf (level 0) it is made of its line.

        Raises IntegrityError `storage.custody-altered` when it is not there.
        """
        if level == 0:
            return tree.leaf_hash(self.line(place + 1))
        with sql_errors():
            row = self._connection.execute(
                "SELECT hash FROM custody_node WHERE level = ? AND place = ?", (level, place)
            ).fetchone()
        if row is None:
            raise IntegrityError("storage.custody-altered")
        return bytes(row[0])

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """(place, hash) of every node that is kept of a level, from 1, in order. Holds a thousand at a time."""
        start = 0
        while True:
            with sql_errors():
                rows = self._connection.execute(
                    "SELECT place, hash FROM custody_node WHERE level = ? AND place >= ? ORDER BY place LIMIT ?",
                    (level, start, _STEP),
                ).fetchall()
            yield from rows
            if len(rows) < _STEP:
                return
            start = rows[-1][0] + 1

    def payload(self, seq: int) -> tuple[bytes, bytes] | None:
        """(salt, payload) of an entry, or None when it was erased. Reads ahead, for a walk in order."""
        if not self._page_end - _STEP <= seq < self._page_end:
            with sql_errors():
                rows = self._connection.execute(
                    "SELECT seq, salt, payload FROM custody_payload WHERE seq >= ? AND seq < ?",
                    (seq, seq + _STEP),
                ).fetchall()
            self._page = {row[0]: (row[1], row[2]) for row in rows}
            self._page_end = seq + _STEP
        return self._page.get(seq)

    def checkpoints(self) -> list[Checkpoint]:
        """Every checkpoint, oldest first."""
        with sql_errors():
            rows = self._connection.execute(
                "SELECT text, signature, signature_pq FROM checkpoint ORDER BY id"
            ).fetchall()
        return [Checkpoint(*row) for row in rows]

    def newest(self, limit: int, offset: int = 0) -> list[tuple[int, payloads.Payload | None]]:
        """(seq, payload or None when erased), newest first, for showing the log."""
        with sql_errors():
            rows = self._connection.execute(
                "SELECT seq, payload FROM custody_line LEFT JOIN custody_payload USING (seq)"
                " ORDER BY seq DESC LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
        return [(seq, None if data is None else payloads.parse(data)) for seq, data in rows]

    def revision_at(self, record: RecordId, seq: int) -> RevisionHash | None:
        """SHA-256 of the version of a record that stood when entry `seq` was written; of its first where none did.

        None where the log tells of none that is not merely proposed.
        """
        known = "SELECT revision FROM custody_payload WHERE obj = ? AND revision IS NOT NULL AND state <> 'proposed'"
        with sql_errors():
            row = (
                self._connection.execute(
                    f"{known} AND seq <= ? ORDER BY seq DESC LIMIT 1",  # both halves stand here
                    (record, seq),
                ).fetchone()
                or self._connection.execute(f"{known} ORDER BY seq LIMIT 1", (record,)).fetchone()
            )
        return None if row is None else RevisionHash(row[0])

    def of_records(
        self, records: Collection[RecordId], revisions: Collection[RevisionHash]
    ) -> list[tuple[int, bytes, bytes]]:
        """(seq, salt, payload) of the entries about these records: what travels with them, in order.

        Of the entries that tell of a revision only those of `revisions`. Not of an act whose words stay in the vault.
        Of no other record, not even of the same interview: what stays there is not told of."""
        found: list[tuple[int, bytes, bytes]] = []
        with sql_errors():
            for record in records:
                rows = self._connection.execute(
                    "SELECT seq, salt, payload, act, revision FROM custody_payload WHERE obj = ?", (record,)
                )
                found += [
                    tuple(row[:3])
                    for row in rows
                    if row[3] not in payloads.STAYING and (row[4] is None or row[4] in revisions)
                ]
        return sorted(found)

    def restorations(self) -> list[tuple[int, bytes, bytes]]:
        """(seq, salt, payload) of the entries that name a log which this one goes on from; mostly none."""
        with sql_errors():
            rows = self._connection.execute(
                "SELECT seq, salt, payload FROM custody_payload WHERE act = 'restore' ORDER BY seq"
            ).fetchall()
        return [tuple(row) for row in rows]
