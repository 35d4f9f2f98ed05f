"""The store: one vault's database, its writer and its readers."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sql

from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.model.ids import RecordId
from cairn.storage import aside, drafts, fits, projections
from cairn.storage.aside import Aside
from cairn.storage.media import MediaStore, SweepReport
from cairn.storage.migrate import migrate, missing
from cairn.storage.work import Reader, Work
from cairn.vault import reserve
from cairn.vault.database import RESTORED, wal_size
from cairn.vault.sqlerrors import sql_errors
from cairn.vault.vault import TO_READ

if TYPE_CHECKING:
    from cairn.model.ports import Signer
    from cairn.vault import Vault

_PATIENCE = 0.02
"""Seconds that another writer may take, from its beginning, before a draft is kept aside."""
_TURN = 0.001
"""Seconds that one thread computes before another has its turn. A draft asks the database a dozen times and waits for
its turn after each: with Python's own 5 ms these waits were most of its time while a bundle was decided about."""
_WAL = 4 * 1024 * 1024
"""Bytes of the write-ahead log beyond which it is folded into the database, once nobody types."""
_QUIET = 3.0
"""Seconds without a draft after which nobody types."""
_WAL_MOST = 128 * 1024 * 1024
"""Bytes beyond which it is folded all the same."""
READERS = 4
"""Connections for reading that may be in use at once; more threads wait."""
_FULL = "machine.disk-full"


class Store:
    """One vault's database. Every method may be called from any thread.

    One writer at a time, under a lock; readers see the moment they began and never wait for it.
    """

    def __init__(self, vault: Vault, writer: Any) -> None:
        self.vault = vault
        self._writer = writer
        self._lock = threading.RLock()
        self._working = False
        self._since = 0.0
        self._typed = -_QUIET
        self._folding = False
        self._idle: list[Any] = []
        self._readers: set[Any] = set()
        self._gate = threading.Condition()
        self._queue: deque[object] = deque()
        self._closed = False
        self._signer: Signer | None = None
        self._author = ""
        self.media = MediaStore(self)
        self.alarm = False
        """Whether the database was opened although it doesn't fit its custody log."""
        self.swept = SweepReport(0, 0, [])
        """What the sweep at opening found."""
        self._aside: Aside | None = None
        self._refused = ""
        self.reserve_used = False
        """Whether the disk was so full that the reserve had to be given up for a draft."""

    @classmethod
    def open(
        cls, vault: Vault, *, signer: Signer | None = None, author: str = "", despite_alarm: bool = False
    ) -> Store:
        """Open the database of an unlocked vault: migrate, tidy up, check that it fits its custody log.

        When it does not fit, a person may decide to go on all the same (`despite_alarm`): what is still
        right in it must not be lost. Then `alarm` says so.

        A vault that is open to be read only gets no writer, and nothing is tidied up. Raises InputError
        `storage.newer`, IntegrityError `storage.custody-altered` or `vault.database-altered`, MachineError,
        also `storage.older-to-read` where it must be brought up to date first.
        """
        sys.setswitchinterval(_TURN)
        if vault.to_read:
            return cls._open_still(vault, despite_alarm)
        writer = vault.connect()
        try:
            with sql_errors():
                migrate(writer)
                writer.execute("PRAGMA recursive_triggers = ON")
                # Folded by `_fold`, and never inside a draft: that is copying megabytes, and two more syncs.
                writer.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
                writer.execute(f"PRAGMA journal_size_limit = {_WAL}").fetchall()
            store = cls(vault, writer)
            store.use_signer(signer, author=author)
        except BaseException:
            writer.close()
            raise
        try:
            store._settle(despite_alarm)
        except BaseException:
            store._shut()
            raise
        return store

    @classmethod
    def _open_still(cls, vault: Vault, despite_alarm: bool) -> Store:
        store = cls(vault, None)
        try:
            with store._reading() as connection, sql_errors():
                if missing(connection):
                    raise MachineError("storage.older-to-read")
            with store.read() as reader:
                store._look_whether_it_fits(reader, despite_alarm)
                if projections.stale(reader):
                    raise MachineError("storage.older-to-read")
                key, taken = aside.key(reader), aside.taken(reader)
            if key is not None:
                store._aside = Aside(vault.folder / aside.NAME, key, taken, still=True)
            store.swept = store.media.look()
        except BaseException:
            store._shut()
            raise
        return store

    @property
    def unwritable(self) -> str:
        """Code that says why nothing can be kept now; empty where it can, as far as anybody has tried."""
        return self.vault.to_read or self._refused

    def try_writing(self) -> None:
        """Write something small, so that `unwritable` says how it stands now. Raises MachineError."""
        with self.write() as work:
            work.run("INSERT OR REPLACE INTO meta VALUES ('tried', '')")
            work.run("DELETE FROM meta WHERE key = 'tried'")

    def _look_whether_it_fits(self, reader: Reader, despite_alarm: bool) -> None:
        if not fits.log_fits(reader):
            if not despite_alarm:
                raise IntegrityError("storage.custody-altered")
            self.alarm = True

    @property
    def drafts_damaged(self) -> bool:
        """Whether drafts that waited beside the database could not be read at this opening: they are kept apart."""
        return self._aside is not None and self._aside.damaged

    def use_signer(self, signer: Signer | None, *, author: str = "") -> None:
        """Who signs checkpoints and stands in the custody log from now on.

        The device's keys are kept in this database, so it is opened before they are known.
        """
        self._signer = signer
        self._author = author

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A unit of work: one short transaction, all of it or nothing.

        Don't do anything slow inside. Raises MachineError `machine.disk-full` and others; then nothing
        was stored. A unit of work inside another of the same thread is a mistake.
        """
        with self._writing() as work:
            yield work
        self._fold_soon()

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        with self._lock:
            self._require_open()
            self.vault.require_writing()
            self.vault.require_present()
            if self._working:
                raise RuntimeError("a unit of work is already open in this thread")
            # A draft that waits is older than whatever is written from here on.
            self._take_over()
            try:
                with self._transaction() as work:
                    yield work
                actions = work.done
            finally:
                # Whoever typed meanwhile did not wait for this.
                self._take_over()
            for action in actions:
                action()

    @contextmanager
    def _transaction(self) -> Iterator[Work]:
        work = Work(self._writer, self._signer, self._author)
        self._working = True
        self._since = time.monotonic()
        try:
            with self._noting():
                yield from self._committing(work)
        finally:
            self._working = False

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Remember whether the database could be written, the last time that somebody tried."""
        try:
            yield
        except MachineError as error:
            # A file elsewhere that could not be written says nothing about the database.
            if isinstance(error.__cause__, sql.Error):
                self._refused = TO_READ.get(error.code, self._refused)
            raise
        self._refused = ""

    def _committing(self, work: Work) -> Iterator[Work]:
        with sql_errors():
            self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield work
            work.done = work.finish()
            with sql_errors():
                self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                with sql_errors():
                    self._writer.execute("ROLLBACK")
            raise

    def _take_over(self) -> None:
        """Move the drafts that wait into the database. Where that fails they go on waiting, durable as they are."""
        waiting = self._aside.rows if self._aside is not None else {}
        if not waiting or self._aside is None or self.vault.to_read:
            return
        number = max(row.number for row in waiting.values())
        with suppress(CairnError):
            with self._transaction() as work:
                taken = aside.taken(work)
                for record, row in waiting.items():
                    if row.number > taken:
                        drafts.take_over(work, record, row.data)
                aside.note_taken(work, max(number, taken))
            self._aside.drop(number)

    def write_draft(self, record: RecordId, data: bytes) -> None:
        """Keep a draft, durably, without waiting for another writer for longer than a moment. Raises MachineError."""
        self._typed = time.monotonic()
        # Who has been writing for long will do so for longer: nobody waits for it at all.
        if self._lock.acquire(timeout=min(max(self._since + _PATIENCE - time.monotonic(), 0), _PATIENCE)):
            try:
                self._with_reserve(lambda work: drafts.take_over(work, record, data), self._writing)
            finally:
                self._lock.release()
            self._fold_soon()
            return
        self._require_open()
        self.vault.require_writing()
        self.vault.require_present()
        with self._noting():
            try:
                self._require_aside().save(record, data, drafts.joined)
            except MachineError as error:
                if error.code != _FULL or not reserve.release(self.vault.folder):
                    raise
                self.reserve_used = True
                self._require_aside().save(record, data, drafts.joined)

    def _require_aside(self) -> Aside:
        if self._aside is None:
            raise MachineError("vault.locked")
        return self._aside

    def write_with_reserve(self, step: Callable[[Work], None]) -> None:
        """Do `step` as a unit of work; when the disk is full, give up the reserve and do it again.

        For drafts alone: the reserve is for the words that are on the screen. Raises MachineError.
        """
        self._with_reserve(step, self.write)

    def _with_reserve(
        self, step: Callable[[Work], None], write: Callable[[], AbstractContextManager[Work]]
    ) -> None:
        try:
            with write() as work:
                step(work)
        except MachineError as error:
            if error.code != _FULL or not reserve.release(self.vault.folder):
                raise
            self.reserve_used = True
            with write() as work:
                step(work)

    def _fold_soon(self) -> None:
        """Copy the write-ahead log into the database, beside whoever writes, as soon as nobody types.

        SQLite would do it inside the commit that finds it due: a draft would wait for the megabytes of another, and
        for two more syncs. And while they are synced, whoever syncs anything on this disk waits too.
        """
        with self._gate:
            waited = self._aside is not None and self._aside.log_size > 0
            if self._folding or self._closed or not (waited or wal_size(self.vault.database_path) > _WAL):
                return
            self._folding = True
        threading.Thread(target=self._fold, name="fold", daemon=True).start()

    def _fold(self) -> None:
        path = self.vault.database_path
        try:
            with self._gate:
                while not self._closed and wal_size(path) <= _WAL_MOST:
                    left = self._typed + _QUIET - time.monotonic()
                    if left <= 0:
                        break
                    self._gate.wait(left)
            # What can't be folded now, for somebody reads it, is folded later.
            with suppress(CairnError), self._reading() as connection, sql_errors():
                if wal_size(path) > _WAL:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                if self._aside is not None and not self._aside.rows:
                    self._aside.truncate()
        finally:
            self._folding = False

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        connection = self._take()
        try:
            yield connection
        finally:
            self._give_back(connection)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent view of the database as it is now. Keep it short; never write through it."""
        connection = self._take()
        # Before the moment that is read: what is taken over in between is then seen twice, never not at all.
        waiting = self._aside.rows if self._aside is not None else None
        try:
            with sql_errors():
                connection.execute("BEGIN")
            yield Reader(connection, waiting)
        finally:
            try:
                if connection.in_transaction:
                    with sql_errors():
                        connection.execute("ROLLBACK")
            finally:
                self._give_back(connection)

    @property
    def restored(self) -> bool:
        """Whether this database came out of a backup and its vault has no device keys of its own yet."""
        with self.read() as reader:
            row = reader.one("PRAGMA user_version")
        return row is not None and row[0] == RESTORED

    def clear_restored(self, work: Work) -> None:
        """The restored vault has its own keys, once this unit of work is stored."""
        work.run("PRAGMA user_version = 0")

    def rebuild(self) -> None:
        """Make every projection anew from the revisions."""
        with self.write() as work:
            projections.rebuild(work)

    def close(self) -> None:
        """Sign a checkpoint, fold the write-ahead log into the database, close. Idempotent.

        It always closes, whatever fails on the way; then raises what failed.
        """
        with self._lock:
            if self._closed:
                return
            if self._working:
                raise RuntimeError("a unit of work is open in this thread")
            try:
                # A new checkpoint would make a log that doesn't fit look as if it did.
                if self._signer is not None and not self.alarm and not self.vault.to_read:
                    with self.write() as work:
                        work.checkpoint()
            finally:
                self._shut()

    def truncate_log(self) -> None:
        """Fold the write-ahead log into the database and empty it: after an erasure nothing of it stays there."""
        with self._lock, sql_errors():
            self._require_open()
            self.vault.require_writing()
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if self._aside is not None:
                self._aside.truncate()

    def _settle(self, despite_alarm: bool) -> None:
        with self.read() as reader:
            self._look_whether_it_fits(reader, despite_alarm)
            stale = projections.stale(reader)
            key, taken = aside.key(reader), aside.taken(reader)
        if stale:
            with self.write() as work:
                projections.rebuild(work, only=stale)
        if key is None:
            with self.write() as work:
                key = aside.make_key(work)
        self._aside = Aside(self.vault.folder / aside.NAME, key, taken)
        with self._lock:
            self._take_over()
        self.swept = self.media.sweep()

    def _require_open(self) -> None:
        if self._closed:
            raise MachineError("vault.locked")

    def _take(self) -> Any:
        # First come, first served: threads that read in a loop must not keep one from its turn.
        ticket = object()
        with self._gate:
            self._queue.append(ticket)
            try:
                while True:
                    self._require_open()
                    if self._queue[0] is ticket and (self._idle or len(self._readers) < READERS):
                        break
                    self._gate.wait()
                if self._idle:
                    return self._idle.pop()
                connection = self.vault.connect(read_only=True)
                self._readers.add(connection)
                return connection
            finally:
                self._queue.remove(ticket)
                self._gate.notify_all()

    def _give_back(self, connection: Any) -> None:
        with self._gate:
            self._idle.append(connection)
            self._gate.notify_all()

    def _shut(self) -> None:
        self.media.close()
        with self._gate:
            self._closed = True
            self._gate.notify_all()
            # Whoever still reads gets a moment, then is interrupted: closing must not hang on a reader.
            waited = self._gate.wait_for(lambda: len(self._idle) == len(self._readers), timeout=2)
            if not waited:
                for connection in self._readers:
                    connection.interrupt()
                self._gate.wait_for(lambda: len(self._idle) == len(self._readers), timeout=8)
            for connection in self._idle:
                connection.close()
            self._readers -= set(self._idle)
            self._idle.clear()
        try:
            with sql_errors():
                if self._writer is not None:
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except CairnError:
            # A full disk can refuse it; the log stays and is folded in at the next opening.
            pass
        finally:
            if self._aside is not None:
                self._aside.close()
            if self._writer is not None:
                self._writer.close()
