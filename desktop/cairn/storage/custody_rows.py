"""Where the custody log is kept: lines for ever, payloads until their record is erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody.checkpoint import Checkpoint
from cairn.errors import IntegrityError
from cairn.vault.sqlerrors import sql_errors

_STEP = 1_000


class DatabaseRows:
    """The rows of the log in the vault's database (a `cairn.model.ports.CustodyRows`)."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._page: dict[int, tuple[bytes, bytes]] = {}
        self._page_end = 0

    def last(self) -> tuple[int, str] | None:
        """(seq, hash of the exact line) of the newest entry, or None."""
        with sql_errors():
            row = self._connection.execute(
                "SELECT seq, line FROM custody_line ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        return None if row is None else (row[0], lines.line_hash(row[1]))

    def append(self, seq: int, line: bytes, salt: bytes, payload: bytes) -> None:
        """Store one entry inside the running transaction.

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
            self._connection.execute(
                "INSERT INTO custody_payload VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (seq, salt, payload, content.act, content.obj, content.interview, revision, state),
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
            rows = self._connection.execute("SELECT text, signature FROM checkpoint ORDER BY id").fetchall()
        return [Checkpoint(text, signature) for text, signature in rows]

    def newest(self, limit: int, offset: int = 0) -> list[tuple[int, payloads.Payload | None]]:
        """(seq, payload or None when erased), newest first, for showing the log."""
        with sql_errors():
            rows = self._connection.execute(
                "SELECT seq, payload FROM custody_line LEFT JOIN custody_payload USING (seq)"
                " ORDER BY seq DESC LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
        return [(seq, None if data is None else payloads.parse(data)) for seq, data in rows]

    def of_interviews(self, interviews: set[str]) -> list[tuple[int, bytes, bytes]]:
        """(seq, salt, payload) of the entries that belong to these interviews: what travels with them.

        Of an entry that tells what stays in the vault, only the line does."""
        found: dict[int, tuple[int, bytes, bytes]] = {}
        with sql_errors():
            for interview in interviews:
                rows = self._connection.execute(
                    "SELECT seq, salt, payload, act FROM custody_payload WHERE interview = ?", (interview,)
                )
                found.update((row[0], tuple(row[:3])) for row in rows if row[3] not in payloads.STAYING)
        return [found[seq] for seq in sorted(found)]
