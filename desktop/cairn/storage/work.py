"""The two views of the database: a reader (one consistent moment) and a unit of work (one transaction)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cairn.custody import checkpoint as checkpoints
from cairn.custody import log
from cairn.model import clock
from cairn.model.ids import NO_ROOT, RecordId, RootId, Sha256
from cairn.storage.custody_rows import DatabaseRows
from cairn.vault.sqlerrors import sql_errors

if TYPE_CHECKING:
    from cairn.model.ports import Signer

Row = tuple[Any, ...]


class Waiting(NamedTuple):
    """A draft that is not in the database yet, see `cairn.storage.aside`."""

    number: int
    data: bytes
    """What `cairn.storage.drafts` makes of it."""


class Reader:
    """One consistent moment of the database. Use it from one thread, and shortly."""

    def __init__(self, connection: Any, waiting: Mapping[RecordId, Waiting] | None = None) -> None:
        self._connection = connection
        self.waiting: Mapping[RecordId, Waiting] = waiting or {}
        """Record → a draft that found the database busy; it may have been taken over at this moment already."""
        self.checked: set[RecordId] = set()
        """Records that were already compared with the custody log at this moment."""

    def all(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row that a query gives."""
        with sql_errors():
            return self._connection.execute(statement, values).fetchall()  # type: ignore[no-any-return]

    def one(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """The first row that a query gives, or None."""
        with sql_errors():
            return self._connection.execute(statement, values).fetchone()  # type: ignore[no-any-return]

    @property
    def custody(self) -> DatabaseRows:
        """The custody log's rows at this moment."""
        return DatabaseRows(self._connection)


class Work(Reader):
    """One short transaction: all of it is stored, or nothing. Made by `Store.write()`."""

    def __init__(self, connection: Any, signer: Signer | None, author: str) -> None:
        super().__init__(connection)
        self._signer = signer
        self._author = author
        self._before: dict[object, Callable[[], object]] = {}
        self._after: list[Callable[[], object]] = []
        self._logged = False
        self.done: list[Callable[[], object]] = []
        """For the store: what is to be done once this is durable."""

    def run(self, statement: str, values: Sequence[object] = ()) -> int:
        """Execute a statement; returns the number of rows it changed."""
        with sql_errors():
            return int(self._connection.execute(statement, values).rowcount)

    def sign_as(self, signer: Signer) -> None:
        """From here on another device writes: a restored vault changes its keys inside one transaction."""
        self._signer = signer

    def log(
        self, act: str, *, obj: str = "", root: RootId = NO_ROOT, detail: dict[str, Any] | None = None
    ) -> log.Entry:
        """Write the custody entry of what this unit of work does."""
        if self._signer is None:
            raise RuntimeError("the store has no signer yet")
        self._logged = True
        return log.append(
            self.custody,
            act=act,
            obj=obj,
            root=root,
            detail=detail or {},
            device=self._signer.fingerprint,
            author=self._author,
            at=clock.now(),
        )

    def before_commit(self, key: object, action: Callable[[], object]) -> None:
        """Do something once at the end of this unit of work, however often it is asked for under this key."""
        self._before[key] = action

    def after_commit(self, action: Callable[[], object]) -> None:
        """Do something once the transaction is durable; not done when it fails."""
        self._after.append(action)

    def checkpoint(self, *, due_after: int = 0) -> checkpoints.Checkpoint | None:
        """Sign the log as it stands, unless the newest checkpoint is at most `due_after` entries behind.

        Returns the newest checkpoint; None for an empty log without any, or without a signer.
        """
        newest = self.one(
            "SELECT size, text, signature, signature_pq FROM checkpoint ORDER BY id DESC LIMIT 1"
        )
        size = self.custody.size()
        behind = size - (newest[0] if newest else 0)
        if size == 0 or self._signer is None or (newest is not None and behind <= due_after):
            return checkpoints.Checkpoint(*newest[1:]) if newest else None
        if newest is None and behind <= due_after:
            return None
        root = Sha256(self.custody.root(size).hex())
        made = checkpoints.sign(self._signer, size, root, clock.now())
        self.run(
            "INSERT INTO checkpoint (size, root, text, signature, signature_pq) VALUES (?, ?, ?, ?, ?)",
            (size, root, made.text, made.signature, made.signature_pq),
        )
        return made

    def finish(self) -> list[Callable[[], object]]:
        """For the store, before it commits: what is due, and what to do afterwards."""
        for action in self._before.values():
            action()
        self._before.clear()
        if self._logged:
            self.checkpoint(due_after=checkpoints.EVERY - 1)
        return self._after
