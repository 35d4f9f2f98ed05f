"""Openings of identities: sealed rows that can be destroyed, beside revisions that never change.

A row is sealed under the identity key before it gets here (`cairn.crypto.openings`) and bound to the
revision that it opens; nothing of it is in an index. What a bundle brought and nobody could open yet,
because the compartment was closed or the revision isn't here, waits as the age file that it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from cairn.model.ids import Fingerprint, RecordId, RevisionHash, RootId
from cairn.storage.work import Reader, Work


class Sealed(msgspec.Struct, frozen=True):
    """An opening of one revision, sealed."""

    revision: RevisionHash
    record: RecordId
    root: RootId
    key: bytes
    """A key of its own, wrapped."""
    data: bytes


class Arrived(msgspec.Struct, frozen=True):
    """An opening that a bundle brought and that was not opened yet."""

    revision: RevisionHash
    sender: Fingerprint
    """Card fingerprint: each sender has a place of its own, so that nobody can take the place of another."""
    record: RecordId
    root: RootId
    file: bytes
    """An age file to the identity keys of cards."""
    problem: str
    """Code of why it could not be used when it was opened, or empty."""


def put(work: Work, sealed: Sealed) -> None:
    """Keep an opening, in place of the one of the same revision; what waited for that revision is done."""
    work.run("DELETE FROM opening WHERE revision = ?", (sealed.revision,))
    work.run(
        "INSERT INTO opening (revision, record, root, key, data) VALUES (?, ?, ?, ?, ?)",
        (sealed.revision, sealed.record, sealed.root, sealed.key, sealed.data),
    )
    work.run("DELETE FROM opening_arrived WHERE revision = ?", (sealed.revision,))


def get(reader: Reader, revision: RevisionHash) -> Sealed | None:
    """The opening of a revision, or None."""
    row = reader.one(_COLUMNS + " WHERE revision = ?", (revision,))
    return None if row is None else Sealed(*row)


def has(reader: Reader, revision: RevisionHash) -> bool:
    """Whether the opening of a revision is here, opened once and sealed under the own identity key."""
    return reader.one("SELECT 1 FROM opening WHERE revision = ?", (revision,)) is not None


def any_of(reader: Reader, root: RootId) -> bool:
    """Whether there is any opening of a root, opened or not, or a draft of one."""
    row = reader.one(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM opening WHERE root = ?1)"
        " OR EXISTS (SELECT 1 FROM opening_arrived WHERE root = ?1)"
        " OR EXISTS (SELECT 1 FROM draft WHERE root = ?1 AND kind = 'identity')",
        (root,),
    )
    return row is not None


def of_record(reader: Reader, record: RecordId) -> list[Sealed]:
    """Every opening of a record that is here, the newest first."""
    return [Sealed(*row) for row in reader.all(_COLUMNS + " WHERE record = ? ORDER BY n DESC", (record,))]


def of_heads(reader: Reader, root: RootId) -> list[Sealed]:
    """The openings of a root whose revisions are heads, by record, the one to show first."""
    return [Sealed(*row) for row in reader.all(_OF_HEADS, (root,))]


def stands(reader: Reader, record: RecordId, revision: RevisionHash) -> bool:
    """Whether a revision is a head of its record."""
    return reader.one("SELECT 1 FROM head WHERE record = ? AND sha = ?", (record, revision)) is not None


def mark(reader: Reader) -> tuple[int, int]:
    """(arrival number of the newest opening, how many there are): changes whenever openings come or go."""
    row = reader.one("SELECT coalesce(max(n), 0), count(*) FROM opening")
    return (0, 0) if row is None else (row[0], row[1])


def since(reader: Reader, n: int) -> Iterator[Sealed]:
    """The openings that came after number `n`, a few hundred at a time: there may be fifty thousand."""
    while rows := reader.all(_SINCE, (n, _PIECE)):
        for row in rows:
            yield Sealed(*row[:-1])
        n = rows[-1][-1]


def revisions(reader: Reader) -> set[RevisionHash]:
    """The revisions whose openings are here."""
    return {row[0] for row in reader.all("SELECT revision FROM opening")}


def arrive(work: Work, arrived: Arrived) -> None:
    """Keep what a bundle brought until it can be opened; a newer one of the same sender takes its place."""
    work.run(
        "INSERT OR REPLACE INTO opening_arrived (revision, sender, record, root, file, problem)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        msgspec.structs.astuple(arrived),
    )


def waiting(reader: Reader, revisions: Sequence[RevisionHash]) -> list[tuple[RevisionHash, str]]:
    """(revision, code of the reason why it can't be used, or empty) of what arrived for these and is not open."""
    found = []
    for revision in revisions:
        found += reader.all(
            "SELECT revision, problem FROM opening_arrived WHERE revision = ? ORDER BY sender", (revision,)
        )
    return [(row[0], row[1]) for row in found]


def unusable(reader: Reader, root: RootId) -> list[tuple[RecordId, str]]:
    """(record, code of the reason) of what arrived for a root and can't be used."""
    rows = reader.all(
        "SELECT record, problem FROM opening_arrived WHERE root = ? AND problem <> '' ORDER BY revision, sender",
        (root,),
    )
    return [(row[0], row[1]) for row in rows]


def openable(reader: Reader) -> list[Arrived]:
    """What arrived, was not tried yet, and has its revision here."""
    return [
        Arrived(*row)
        for row in reader.all(
            "SELECT a.revision, a.sender, a.record, a.root, a.file, a.problem FROM opening_arrived AS a"
            " JOIN revision ON revision.sha = a.revision WHERE a.problem = '' ORDER BY a.revision, a.sender"
        )
    ]


def rewrap(work: Work, anew: Callable[[RevisionHash, bytes], bytes]) -> None:
    """Wrap the key of every opening anew: `anew` gets the revision and the wrapped key."""
    for revision, key in work.all("SELECT revision, key FROM opening"):
        work.run("UPDATE opening SET key = ? WHERE revision = ?", (anew(revision, key), revision))


def forget(work: Work, record: RecordId) -> None:
    """Destroy every opening of a record or of a whole root, with its key."""
    work.run("DELETE FROM opening WHERE record = ?1 OR root = ?1", (record,))
    work.run("DELETE FROM opening_arrived WHERE record = ?1 OR root = ?1", (record,))


_PIECE = 500
_SINCE = "SELECT revision, record, root, key, data, n FROM opening WHERE n > ? ORDER BY n LIMIT ?"
_OF_HEADS = (
    "SELECT opening.revision, opening.record, opening.root, key, data FROM opening"
    " JOIN head ON head.record = opening.record AND head.sha = opening.revision"
    " WHERE opening.root = ? ORDER BY opening.record, head.place"
)
_COLUMNS = "SELECT revision, record, root, key, data FROM opening"
