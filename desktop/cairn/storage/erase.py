"""Erasure: the one way in which a revision leaves, through a gate that the triggers hold shut otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from cairn.errors import InputError
from cairn.model import clock
from cairn.model.ids import RecordId, RootId
from cairn.storage import file_words, openings, projections, recordings_in_progress
from cairn.storage.projections import about, interview_rows
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.media import MediaStore


class Tombstone(msgspec.Struct, frozen=True):
    """What remains of an erased record."""

    record_id: RecordId
    root: RootId
    kind: str
    revisions: int
    erased: str
    """UTC, RFC 3339."""
    reason: str


def erase(work: Work, media: MediaStore, record_ids: Sequence[RecordId], reason: str) -> list[Tombstone]:
    """Erase records: revisions, signatures, drafts, search, what the custody log tells of them, media keys
    and, after the commit, media files. An interview takes all its records with it, and every office record
    that names it.

    `reason` is kept in the tombstone and in the log: a code, nothing personal. The log's lines stay and
    still verify. A record that is erased already is passed over. Raises InputError
    `storage.no-such-record`.
    """
    done: list[Tombstone] = []
    for record_id in _with_parts(work, record_ids):
        row = work.one("SELECT root, kind FROM record WHERE id = ?", (record_id,))
        draft = work.one("SELECT root, kind FROM draft WHERE record = ?", (record_id,))
        if row is None and draft is None:
            if work.one("SELECT 1 FROM tombstone WHERE record = ?", (record_id,)):
                continue
            raise InputError("storage.no-such-record")
        root, kind = row or draft or ("", "")
        done.append(_erase_one(work, media, record_id, root, kind, reason))
    for root in {stone.root for stone in done}:
        interview_rows.refresh(work, root)
    if done:
        work.after_commit(media.remove_gone)
    return done


def tombstone(reader: Reader, record_id: RecordId) -> Tombstone | None:
    """What remains of an erased record; None when it was not erased."""
    row = reader.one(
        "SELECT record, root, kind, revisions, erased, reason FROM tombstone WHERE record = ?",
        (record_id,),
    )
    return None if row is None else Tombstone(*row)


def _with_parts(work: Work, record_ids: Sequence[RecordId]) -> list[RecordId]:
    found: dict[RecordId, None] = {}
    for record_id in record_ids:
        # A judgement about what is erased goes with it, all of its revisions: it names what was told.
        found.update(dict.fromkeys(about.records(work, RootId(record_id))))
        parts = work.all(
            "SELECT id FROM record WHERE root = ?1 UNION SELECT record FROM draft WHERE root = ?1",
            (record_id,),
        )
        for (part,) in parts:
            if part != record_id:
                found[part] = None
    for record_id in record_ids:
        found[record_id] = None
    return list(found)


def _erase_one(
    work: Work, media: MediaStore, record_id: RecordId, root: RootId, kind: str, reason: str
) -> Tombstone:
    revisions = work.all("SELECT n FROM revision WHERE record = ?", (record_id,))
    stone = Tombstone(record_id, root, kind, len(revisions), clock.now(), reason)
    entries = work.all(
        "SELECT seq FROM custody_payload WHERE (obj = ?1 OR root = ?1) AND act <> 'erase' ORDER BY seq",
        (record_id,),
    )
    work.run("INSERT INTO tombstone VALUES (?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(stone))
    work.run("INSERT INTO erasing (record) VALUES (?)", (record_id,))
    projections.forget(work, record_id)
    work.run("DELETE FROM draft WHERE record = ?", (record_id,))
    work.run("DELETE FROM revision WHERE record = ?", (record_id,))
    work.run("DELETE FROM record WHERE id = ?", (record_id,))
    for (seq,) in entries:
        work.run("DELETE FROM custody_payload WHERE seq = ?", (seq,))
    work.run("DELETE FROM foreign_payload WHERE obj = ?1 OR root = ?1", (record_id,))
    media.forget(work, record_id)
    openings.forget(work, record_id)
    file_words.forget(work, record_id)
    for running in recordings_in_progress.all(work, RootId(record_id)):
        # Only the interview of a recording under way has one by this name.
        recordings_in_progress.remove(work, running.recording)
    work.run("DELETE FROM erasing WHERE record = ?", (record_id,))
    work.log(
        "erase",
        obj=record_id,
        root=root,
        detail={"reason": reason, "kind": kind, "entries": [seq for (seq,) in entries]},
    )
    work.checked.discard(record_id)
    return stone
