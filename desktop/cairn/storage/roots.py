"""Everything that stands under a root, read and compared with the custody log at once.

An interview may have thousands of records. One question for all of them costs less than ten questions for each, and
compares the same (`cairn.storage.revisions.check`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cairn.errors import IntegrityError
from cairn.model.ids import RecordId, RootId
from cairn.storage import revisions
from cairn.storage.projections import heads as projected_heads
from cairn.storage.projections.heads import Head, Node
from cairn.storage.revisions import StoredRevision
from cairn.storage.work import Reader, Row

_FEW = 20
"""As many records are compared one by one more quickly than with everything of their root."""


def heads(reader: Reader, root: RootId, kinds: Sequence[str] = ()) -> dict[RecordId, list[StoredRevision]]:
    """Record id → its heads, the one to show first, of every record of a root that has any, in order of arrival;
    of some kinds when given.

    Raises IntegrityError `storage.record-altered`.
    """
    records = [info.id for info in revisions.records_of(reader, root, kinds)]
    if kinds and len(records) < _FEW:
        for record in records:
            revisions.check(reader, record)
    else:
        _check(reader, root, records)
    found: dict[RecordId, list[StoredRevision]] = {record: [] for record in records}
    wanted = f" AND head.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    for row in reader.all(_HEADS + wanted + " ORDER BY head.record, head.place", (root, *kinds)):
        record = row[1]
        if record not in found:
            # A head of a record that is not there, or of another kind than its record.
            raise IntegrityError("storage.record-altered", record=record)
        found[record].append(revisions.stored(row))
    return {record: each for record, each in found.items() if each}


def of_kind(reader: Reader, kind: str) -> list[RootId]:
    """The roots of a kind, in order of arrival; none that was erased."""
    return [row[0] for row in reader.all(_OF_KIND, (kind,))]


def _check(reader: Reader, root: RootId, records: Sequence[RecordId]) -> None:
    """`revisions.check` for all records of a root. Raises IntegrityError `storage.record-altered`."""
    stored = _by_record(reader.all(_STORED, (root,)))
    logged = _by_record(reader.all(_LOGGED, (root,)))
    links = _by_record(reader.all(_LINKS, (root,)))
    projected = _by_record(reader.all(_PROJECTED, (root,)))
    gone = {row[0] for row in reader.all(_ERASED, (root,))} | {row[0] for row in reader.all(_STONES, (root,))}
    for record in records:
        if record in reader.checked:
            continue
        here = stored[record]
        same = (
            record not in gone
            and sorted(row[:2] for row in here) == sorted(logged[record])
            and [Head(*row) for row in projected[record]] == _computed(reader, record, here, links[record])
        )
        if not same:
            # What is missing altogether, or was erased and is back, is told apart there.
            revisions.check(reader, record)
        reader.checked.add(record)


def _computed(reader: Reader, record: RecordId, here: Sequence[Row], links: Sequence[Row]) -> list[Head]:
    if len(here) == 1:
        # Alone, it is the head, whatever it says that it follows.
        sha, state, _ = here[0]
        return [Head(sha, state)]
    return projected_heads.compute(
        [Node(*row) for row in here],
        [(child, parent, bool(claimed)) for child, parent, claimed in links],
        projected_heads.owner(reader, record),
    )


def _by_record(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


_OF_KIND = (
    "SELECT id FROM record WHERE id = root AND kind = ?"
    " ORDER BY (SELECT min(n) FROM revision WHERE record = record.id)"
)
_STORED = (
    "SELECT revision.record, sha, state, device FROM record JOIN revision ON revision.record = record.id"
    " WHERE root = ? ORDER BY n"
)
_LOGGED = (
    "SELECT obj, revision, state FROM record JOIN custody_payload ON obj = id"
    " WHERE record.root = ? AND revision IS NOT NULL"
)
_LINKS = "SELECT link.record, child, parent, claimed FROM record JOIN link ON link.record = id WHERE root = ?"
_PROJECTED = (
    "SELECT head.record, sha, state FROM record JOIN head ON head.record = id"
    " WHERE record.root = ? ORDER BY head.record, place"
)
_ERASED = "SELECT obj FROM record JOIN custody_payload ON obj = id WHERE record.root = ? AND act = 'erase'"
_STONES = "SELECT id FROM record JOIN tombstone ON tombstone.record = id WHERE record.root = ?"
_HEADS = (
    "SELECT revision.sha, revision.record, data, signature, revision.state, ancestors, n"
    " FROM head JOIN revision ON revision.sha = head.sha AND revision.record = head.record WHERE head.root = ?"
)
