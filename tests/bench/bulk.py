"""First versions of many records, written in bulk: the rows that `revising.write` would leave, a table at a time.

Envelopes, payloads, lines and nodes are made by the program's own functions; what is left out is asking the database
about each record what can't be otherwise in a vault that nobody else writes to. `test_bulk.py` holds the rows, table
by table, against those of the real path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import msgspec

from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.crypto import record_ids
from cairn.crypto.hashes import random_bytes, sha256, sha256_hex
from cairn.custody import checkpoint, line, payload, tree
from cairn.model import clock
from cairn.model.ids import NO_ROOT, RecordId, RevisionHash, RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.kind import Body
from cairn.storage.drafts import Begun
from cairn.storage.projections import interview_rows, numbers, text
from cairn.storage.work import Work

Row = tuple[Any, ...]
Put = Callable[..., RecordId]
"""`put(body, root=…)` writes a new record and gives its id."""


Writing = Callable[[Session], AbstractContextManager[Put]]
"""One unit of work in which new records are put."""


@contextmanager
def one_by_one(s: Session) -> Iterator[Put]:
    """The real path."""
    with s.store.write() as work:
        yield lambda body, root=NO_ROOT: revising.write(s, work, body, root=root)[0]


class Bulk:
    """New records of one unit of work; nothing is in the database before `finish`."""

    def __init__(self, s: Session, work: Work) -> None:
        self._s = s
        self._work = work
        self._seq = work.custody.size()
        self._peaks = {level: work.custody.node(level, place) for level, place in tree.peaks(self._seq)}
        self._n = (
            work.one("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revision'") or (0,)
        )[0]
        self._rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
        self._roots: dict[RootId, None] = {}

    def put(self, body: Body, root: RootId = NO_ROOT) -> RecordId:
        """A new record's first version; its id."""
        keys = self._s.keys
        begun = Begun(keys.fingerprint, record_ids.new_nonce())
        made = revising.compose(body, device=keys.fingerprint, author=self._s.author, begun=begun, root=root)
        data = envelopes.encode(made)
        sha = RevisionHash(sha256_hex(data))
        self._n += 1
        signature = keys.sign_revision(sha256(data))
        self._rows["record"].append((made.id, made.root, made.kind, made.origin, made.nonce))
        self._rows["revision"].append((self._n, sha, made.id, "current", data, signature, "[]", made.device))
        self._log(made, sha)
        self._rows["head"].append((made.id, 0, sha, "current", made.root, made.kind, made.created))
        self._index(made, body)
        self._roots[made.root] = None
        return made.id

    def finish(self) -> None:
        """Write everything."""
        connection = self._work._connection
        with without_triggers(connection):
            for table, rows in self._rows.items():
                if rows:
                    connection.executemany(f"INSERT INTO {_TABLES[table]}", rows)
        for root in self._roots:
            interview_rows.refresh(self._work, root)
        self._work.checkpoint(due_after=checkpoint.EVERY - 1)

    def _log(self, made: Envelope, sha: RevisionHash) -> None:
        told = payload.serialise(
            payload.Payload(
                act="record.revise",
                obj=made.id,
                root=made.root,
                at=clock.now(),
                device=self._s.keys.fingerprint,
                author=self._s.author,
                detail={"revision": sha, "state": "current", "kind": made.kind},
            )
        )
        salt = random_bytes(payload.SALT_BYTES)
        raw = line.serialise(line.Line(self._seq + 1, payload.commitment(salt, told)))
        found, level, place = tree.leaf_hash(raw), 0, self._seq
        while place & 1:
            found = tree.join(self._peaks[level], found)
            level, place = level + 1, place >> 1
            self._rows["custody_node"].append((level, place, found))
        self._peaks[level] = found
        self._seq += 1
        self._rows["custody_line"].append((self._seq, raw))
        self._rows["custody_payload"].append(
            (self._seq, salt, told, "record.revise", made.id, made.root, made.kind, sha, "current")
        )

    def _index(self, made: Envelope, body: Body) -> None:
        fields: dict[tuple[str, str], None] = {}
        for each in registry.of_body(body).texts(body):
            if each.text:
                name = each.field if each.at is None else text._timed(each.field, each.at)
                fields[name, each.text.replace("\0", " ")] = None
        if fields:
            stored = msgspec.json.encode(list(fields)).decode()
            number = numbers.of(self._work, made.root)
            self._rows["text"].append((self._n, made.id, made.root, made.kind, stored, number))
            self._rows["words"].append((self._n, *text._columns(list(fields))))


_TABLES = {
    "record": "record VALUES (?, ?, ?, ?, ?)",
    "revision": "revision (n, sha, record, state, data, signature, ancestors, device) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "custody_line": "custody_line VALUES (?, ?)",
    "custody_node": "custody_node VALUES (?, ?, ?)",
    "custody_payload": "custody_payload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "head": "head VALUES (?, ?, ?, ?, ?, ?, ?)",
    "text": "text VALUES (?, ?, ?, ?, ?, ?)",
    "words": "words (rowid, title, body, title_pairs, body_pairs) VALUES (?, ?, ?, ?, ?)",
}


@contextmanager
def without_triggers(connection: Any) -> Iterator[None]:
    """The triggers watch that lines come one by one; inside, whole tables are written. They are put back as they were."""
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, declared in triggers:
        connection.execute(declared)


@contextmanager
def writing(s: Session) -> Iterator[Put]:
    """The fast one."""
    with s.store.write() as work:
        bulk = Bulk(s, work)
        yield bulk.put
        bulk.finish()
