"""The thorough check: every record against the custody log, every media object against its file.

Reading compares a record when it is opened; this compares all of them, from the tables themselves and
the exact payloads, not from indexes and columns that could be of another age.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.custody import payload as payloads
from cairn.errors import CairnError
from cairn.model.ids import MediaId, RecordId
from cairn.model.ports import Progress, no_progress
from cairn.storage.projections import heads
from cairn.storage.work import Reader, Row

if TYPE_CHECKING:
    from cairn.storage.store import Store


_PAYLOADS = (
    "SELECT seq, payload, act, obj, root, kind, revision, state FROM custody_payload NOT INDEXED"
    " WHERE seq > ? ORDER BY seq LIMIT 500"
)
_REVISIONS = "SELECT n, sha, record, state, data FROM revision NOT INDEXED WHERE n > ? ORDER BY n LIMIT 100"


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something that is not what it should be."""

    code: str
    subject: str
    """Id of the record or media object; the number of a custody entry."""


def check(store: Store, progress: Progress = no_progress) -> list[Problem]:
    """Compare everything; an empty list is good. Raises Cancelled. Progress counts revisions and entries.

    The custody log itself is walked by `cairn.custody.walk`, the database's pages by `cairn.vault.check`.
    """
    with store.read() as reader:
        problems = _records(reader, progress)
        missing = _missing_media(store, reader)
    return sorted({*problems, *(Problem("storage.media-missing", media_id) for media_id in missing)})


def _records(reader: Reader, progress: Progress) -> set[Problem]:
    problems: set[Problem] = set()
    logged: dict[RecordId, set[tuple[str, str]]] = {}
    entries = reader.one("SELECT count(*) FROM custody_payload NOT INDEXED")
    revisions = reader.one("SELECT count(*) FROM revision NOT INDEXED")
    total = (entries[0] if entries else 0) + (revisions[0] if revisions else 0)
    done = 0
    for seq, payload, *columns in _rows(reader, _PAYLOADS):
        try:
            told = payloads.parse(payload)
        except CairnError:
            problems.add(Problem("storage.record-altered", str(seq)))
            continue
        revision, state = told.detail.get("revision"), told.detail.get("state")
        if columns != [told.act, told.obj, told.root, told.detail.get("kind") or "", revision, state]:
            problems.add(Problem("storage.record-altered", told.obj))
        if isinstance(revision, str):
            logged.setdefault(RecordId(told.obj), set()).add((revision, str(state)))
        done += 1
        if done % 1000 == 0:
            progress(done, total)
    stored: dict[RecordId, set[tuple[str, str]]] = {}
    for _, sha, record, state, data in _rows(reader, _REVISIONS):
        stored.setdefault(record, set()).add((sha, state))
        if sha256_hex(data) != sha:
            problems.add(Problem("storage.record-altered", record))
        done += 1
        if done % 100 == 0:
            progress(done, total)
    for record in stored.keys() | logged.keys():
        same = stored.get(record) == logged.get(record)
        if not same or heads.projected(reader, record) != heads.computed(reader, record):
            problems.add(Problem("storage.record-altered", record))
    progress(total, total)
    return problems


def _rows(reader: Reader, statement: str) -> Iterator[Row]:
    """Rows of a table in the order of their number, some hundreds in memory at a time."""
    after = -1
    while rows := reader.all(statement, (after,)):
        yield from rows
        after = rows[-1][0]


def _missing_media(store: Store, reader: Reader) -> list[MediaId]:
    return [
        media_id
        for (media_id,) in reader.all("SELECT id FROM media ORDER BY id")
        if not store.media.has_file(media_id)
    ]
