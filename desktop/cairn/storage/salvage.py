"""What can still be read of a damaged database, and putting it into a new one.

Rows are found page by page and known by their form, so that it doesn't matter which pages above them are lost.
A revision counts only where its bytes have the hash that names it. The custody log is no longer one that goes
on: its lines are kept as evidence beside the logs of other devices, and the new vault begins a log of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.custody import checkpoint as checkpoints
from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody.checkpoint import Checkpoint
from cairn.custody.memory import MemoryRows
from cairn.custody.payload import Payload
from cairn.errors import CairnError, InputError
from cairn.model.ids import Fingerprint, RecordId, RevisionHash, as_root
from cairn.model.ports import Progress
from cairn.storage import aside, cells, revisions, settings
from cairn.storage.cells import Row
from cairn.storage.projections import interview_rows
from cairn.vault.pages import Pages

if TYPE_CHECKING:
    from cairn.storage.store import Store
    from cairn.storage.work import Work

_BATCH = 200
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MEDIA = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DEVICE = re.compile(r"SHA256:[A-Za-z0-9+/]{43}", re.ASCII)
_NAME = re.compile(r"(?![0-9a-f]{8}-|[0-9a-f]{32})[a-z][A-Za-z0-9./_-]*", re.ASCII)
_ANY = re.compile(r"", re.ASCII)

_FORMS: dict[str, tuple[bool, tuple[object, ...]]] = {
    # Table → (has row numbers, what each column is). A pattern is a text that begins so; None is the row number.
    "revision": (
        True,
        (None, _SHA, _ID, re.compile("current|proposed"), bytes, bytes, re.compile(r"\["), _DEVICE),
    ),
    "custody_line": (True, (None, bytes)),
    "custody_payload": (True, (None, bytes, bytes, _NAME, _ANY, _ANY, _ANY, ..., ...)),
    "checkpoint": (True, (None, int, _SHA, bytes, bytes, bytes)),
    "opening": (True, (None, _SHA, _ID, _ID, bytes, bytes)),
    "opening_arrived": (True, (_SHA, _DEVICE, _ID, _ID, bytes, _ANY)),
    "draft": (True, (_ID, _ID, _NAME, _ANY, _ANY, _ANY, bytes)),
    "contact": (True, (_DEVICE, bytes, _ANY, _ANY, _ANY, _ANY, _ANY, ..., ..., _ANY)),
    "received": (True, (_ANY, _DEVICE, int, _ANY, _SHA, _ANY, _ANY, int, _ANY, re.compile(r"\["))),
    "foreign_payload": (True, (_DEVICE, int, bytes, bytes, _ANY, _ANY)),
    "recording_in_progress": (True, (_ID, _ID, _ANY, _ANY, _MEDIA, bytes, _ANY)),
    "media": (False, (_MEDIA, _ID, _ID, bytes, _SHA, int)),
    "tombstone": (False, (_ID, _ID, _NAME, int, _ANY, _ANY)),
    "secret": (False, (_NAME, bytes)),
    "setting": (False, (_NAME, _ANY)),
    "foreign_line": (False, (_DEVICE, int, bytes)),
    "foreign_head": (False, (_DEVICE, int, _SHA, int)),
    "foreign_checkpoint": (False, (_DEVICE, int, bytes, bytes, bytes)),
}
_KEPT_AS_FOUND = (
    "media",
    "opening",
    "opening_arrived",
    "received",
    "foreign_line",
    "foreign_payload",
    "foreign_head",
    "foreign_checkpoint",
    "recording_in_progress",
)
"""Tables whose rows go into the new database as they are."""
_META = ("projection.", aside.TAKEN)


class FoundRevision(msgspec.Struct, frozen=True):
    """A revision that is there: its bytes have the hash that names it."""

    n: int
    sha: RevisionHash
    record: RecordId
    device: Fingerprint
    page: int
    place: int


class LogState(msgspec.Struct, frozen=True):
    """What is left of the custody log, and what it shows."""

    entries: int
    """Lines that were found."""
    newest: int
    """The highest number of a line or payload: so many there were at least."""
    whole: bool
    """Every line to the newest is there, and they lead to the root that was signed last."""
    signed: int
    """Entries under the newest checkpoint that they lead to; 0 where there is none."""


class Remains:
    """What is left of a database. Close it."""

    def __init__(self, pages: Pages, progress: Progress) -> None:
        """Reads all of it. Raises MachineError, Cancelled. Progress counts bytes."""
        self._pages = pages
        self.revisions: list[FoundRevision] = []
        self.tables: dict[str, list[Row]] = {name: [] for name in (*_FORMS, "meta")}
        self.rows_lost = 0
        """Rows that are there but can't be read: part of what they say lies on a lost page."""
        self._lines: dict[int, bytes] = {}
        self._payloads: dict[int, tuple[int, int]] = {}
        for number, page in pages.all(progress):
            for place, row_number, row in cells.rows(number, page, pages.read):
                if row is None:
                    self.rows_lost += 1
                else:
                    self._take(number, place, row_number, row)
        self.revisions.sort(key=lambda each: each.n)
        self.log = self._log_state()

    @property
    def pages_lost(self) -> int:
        """How many pages of the database are not authentic."""
        return len(self._pages.damaged)

    def setting(self, key: str) -> object:
        """A setting, or None."""
        for name, value in self.tables["setting"]:
            if name == key:
                return settings.decoded(str(value))
        return None

    def secret(self, name: str) -> bytes | None:
        """A secret, or None."""
        return next(
            (
                bytes(value)
                for key, value in self.tables["secret"]
                if key == name and isinstance(value, bytes)
            ),
            None,
        )

    def revision(self, found: FoundRevision) -> tuple[bytes, bytes, str, list[RevisionHash]]:
        """(exact bytes, signature, state, ancestors). Raises MachineError."""
        row = self._row(found.page, found.place)
        return row[4], row[5], row[3], msgspec.json.decode(row[6])  # type: ignore[return-value, arg-type]

    def entries(self) -> Iterator[tuple[int, bytes | None, bytes, bytes, Payload]]:
        """(number, line if there, salt, payload, what it says) of every entry whose payload can be read, in order,
        where line and payload belong together or there is no line."""
        for seq, (page, place) in sorted(self._payloads.items()):
            row = self._row(page, place)
            salt, data = row[1], row[2]
            if not isinstance(salt, bytes) or not isinstance(data, bytes):
                continue
            line = self._lines.get(seq)
            try:
                told = payloads.parse(data)
                fits = line is None or lines.parse(line).commit == payloads.commitment(salt, data)
            except CairnError:
                continue
            if fits:
                yield seq, line, salt, data, told

    def log_lines(self) -> list[tuple[int, bytes]]:
        """(number, exact line) of every line that was found."""
        return sorted(self._lines.items())

    def checkpoints(self) -> list[tuple[int, Checkpoint]]:
        """(size, checkpoint) of those that were found."""
        return [(int(row[1]), Checkpoint(*row[3:])) for row in self.tables["checkpoint"]]  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the file. Idempotent."""
        self._pages.close()

    def _row(self, page: int, place: int) -> Row:
        plain = self._pages.read(page)
        for at, _, row in cells.rows(page, plain or b"", self._pages.read):
            if at == place and row is not None:
                return row
        raise InputError("record.malformed")

    def _take(self, page: int, place: int, row_number: int | None, row: Row) -> None:
        name = _table(row_number is not None, row)
        if name is None:
            return
        number = row_number or 0
        if name == "revision":
            data = row[4]
            if isinstance(data, bytes) and sha256_hex(data) == row[1]:
                self.revisions.append(
                    FoundRevision(number, row[1], RecordId(str(row[2])), row[7], page, place)  # type: ignore[arg-type]
                )
            else:
                self.rows_lost += 1
        elif name == "custody_line":
            self._take_line(number, row)
        elif name == "custody_payload":
            self._payloads[number] = (page, place)
        elif name == "setting" and str(row[0]).startswith(_META):
            # Another table has rows of the same form; its keys are apart.
            self.tables["meta"].append(row)
        else:
            self.tables[name].append(row)

    def _take_line(self, number: int, row: Row) -> None:
        # The search's own tables have rows of the same form: only what is exactly a line is one.
        raw = row[1]
        with suppress(InputError):
            if isinstance(raw, bytes) and lines.parse(raw).seq == number:
                self._lines[number] = raw

    def _log_state(self) -> LogState:
        newest = max([0, *self._lines, *self._payloads])
        signed = 0
        if len(self._lines) == newest and newest:
            log = MemoryRows([raw for _, raw in self.log_lines()])
            for size, item in self.checkpoints():
                if signed < size <= newest and _root(log, size) == checkpoints.parse(item.text).root:
                    signed = size
        last = max([0, *(size for size, _ in self.checkpoints())])
        return LogState(len(self._lines), newest, bool(signed) and signed >= last, signed)


def fill(store: Store, remains: Remains, device: Fingerprint | None, progress: Progress) -> dict[str, int]:
    """Put what is left into the database of `store`, whose signer begins a new log. `device` is whose log the old one was.

    Counts of what could not be put, by code. Progress counts revisions. Raises MachineError, Cancelled.
    """
    with store.write() as work:
        _rows(work, remains)
        if device is not None:
            _old_log(work, remains, device)
        for record, root, kind, count, erased, reason in remains.tables["tombstone"]:
            # As with any erasure the log says so; what it said of the record is not brought back.
            work.run(
                "INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?, ?, ?, ?)",
                (record, root, kind, count, erased, reason),
            )
            detail: dict[str, object] = {"reason": reason, "kind": kind, "entries": [], "salvaged": True}
            work.log("erase", obj=str(record), root=as_root(str(root)), detail=detail)
    refused: dict[str, int] = {}
    for start in range(0, len(remains.revisions), _BATCH):
        progress(start, len(remains.revisions))
        with store.write() as work:
            for found in remains.revisions[start : start + _BATCH]:
                data, signature, state, ancestors = remains.revision(found)
                try:
                    revisions.put(
                        work,
                        data,
                        signature,
                        state="proposed" if state == "proposed" else "current",
                        act="record.salvage",
                        ancestors=ancestors,
                    )
                except CairnError as error:
                    refused[error.code] = refused.get(error.code, 0) + 1
    with store.write() as work:
        for key, value in remains.tables["meta"]:
            if key == aside.TAKEN:
                work.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        for row in remains.tables["draft"]:
            work.run("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            interview_rows.refresh(work, as_root(str(row[1])))
    progress(len(remains.revisions), len(remains.revisions))
    return refused


def _rows(work: Work, remains: Remains) -> None:
    for name in _KEPT_AS_FOUND:
        for row in remains.tables[name]:
            marks = ", ".join("?" * len(row))
            # A row number is given anew; of two rows for one thing the first stays.
            work.run(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", row)  # noqa: S608 - names of ours


def _old_log(work: Work, remains: Remains, device: Fingerprint) -> None:
    """Keep what is left of the old log as evidence, where logs of other devices are kept."""
    for seq, raw in remains.log_lines():
        work.run("INSERT OR IGNORE INTO foreign_line VALUES (?, ?, ?)", (device, seq, raw))
    for seq, _, salt, data, told in remains.entries():
        work.run(
            "INSERT OR IGNORE INTO foreign_payload VALUES (?, ?, ?, ?, ?, ?)",
            (device, seq, salt, data, told.obj, told.root),
        )
    for size, item in remains.checkpoints():
        work.run(
            "INSERT OR IGNORE INTO foreign_checkpoint VALUES (?, ?, ?, ?, ?)",
            (device, size, item.text, item.signature, item.signature_pq),
        )


def _root(log: MemoryRows, size: int) -> str:
    from cairn.custody import tree

    return tree.root(size, log.node).hex()


def _table(numbered: bool, row: Row) -> str | None:
    for name, (has_numbers, form) in _FORMS.items():
        if has_numbers == numbered and len(row) == len(form) and all(map(_is_of_form, row, form)):
            return name
    return None


def _is_of_form(value: object, form: object) -> bool:
    if form is ...:
        return value is None or isinstance(value, str)
    if form is None:
        return value is None
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and (
            form.match(value) is not None
            if form.pattern in ("", r"\[")
            else form.fullmatch(value) is not None
        )
    return isinstance(form, type) and isinstance(value, form)
