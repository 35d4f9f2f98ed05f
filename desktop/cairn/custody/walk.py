"""Walking the log: verify every line, payload and checkpoint, and explain where and how it breaks.

Works when payloads were erased or never travelled. Memory stays flat in the length of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from cairn.custody import checkpoint as checkpoints_
from cairn.custody import line as lines_
from cairn.custody import payload as payloads_
from cairn.custody.checkpoint import Checkpoint, Statement
from cairn.errors import CairnError, IntegrityError
from cairn.model.ports import CustodyRows, Progress, no_progress

VerifySignature = Callable[[bytes, bytes], None]
"""Given a checkpoint's text and signature, raises a CairnError when the signature is not the device's."""

_STEP = 2_000


class Known(msgspec.Struct, frozen=True):
    """What someone else remembers of this log: a receipt, or the head in an earlier bundle."""

    size: int
    head: str


class Problem(msgspec.Struct, frozen=True, order=True):
    """One break. `seq` is the entry that it concerns."""

    seq: int
    code: str


class Report(msgspec.Struct, frozen=True):
    """What a walk found."""

    entries: int
    head: str
    """Hash of the last line; 64 zeros for an empty log."""
    payloads: int
    """Payloads that are here and were checked."""
    absent: int
    """Payloads that are not here: erased, or of interviews that did not travel."""
    problems: list[Problem]

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


def verify(
    rows: CustodyRows,
    checkpoints: Sequence[Checkpoint] = (),
    verify_signature: VerifySignature | None = None,
    *,
    device: str | None = None,
    known: Sequence[Known] = (),
    complete: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Walk the whole log.

    `complete` says that payloads are absent only where an `erase` entry names them (a vault's own log,
    not one that travelled). `device` is whose log it must be. Never raises for what is wrong with the
    log: that is in the report. Raises Cancelled. Progress counts entries.
    """
    walk = _Walk(rows, complete)
    statements = _statements(walk, checkpoints, verify_signature, device)
    pins = {statement.size: statement.head for statement in statements}
    pins |= {item.size: item.head for item in known}
    total = rows.last()
    for done, (seq, raw) in enumerate(rows.lines()):
        if done % _STEP == 0:
            progress(done, total[0] if total else 0)
        walk.step(seq, raw, pins)
    walk.blame(pins)
    walk.check_absences()
    for statement in statements:
        walk.compare(statement.size, statement.head, "custody.checkpoint-differs")
    for item in known:
        walk.compare(item.size, item.head, "custody.forked")
    progress(walk.last_seq, walk.last_seq)
    return Report(walk.last_seq, walk.last_hash, walk.payloads, walk.absent_count, sorted(set(walk.problems)))


def extends(old_size: int, old_head: str, lines: Iterable[bytes]) -> Known:
    """Check that a whole log goes on from the size and head that were seen earlier.

    Returns the new size and head. Raises IntegrityError `custody.rolled-back` (shorter than it was),
    `custody.forked` (a different history) or `custody.line-altered` (not a chain).
    """
    size, head = 0, lines_.FIRST_PREV
    agreed = old_size == 0
    for raw in lines:
        try:
            line = lines_.parse(raw)
        except CairnError as error:
            raise IntegrityError("custody.line-altered", seq=size + 1) from error
        if line.seq != size + 1 or line.prev != head:
            raise IntegrityError("custody.line-altered", seq=size + 1)
        size, head = line.seq, lines_.line_hash(raw)
        if size == old_size:
            if head != old_head:
                raise IntegrityError("custody.forked", seq=size)
            agreed = True
    if not agreed:
        raise IntegrityError("custody.rolled-back", seq=size)
    return Known(size, head)


class MemoryRows:
    """Lines and payloads of a log that travelled, as CustodyRows for `verify`."""

    def __init__(
        self, lines: Sequence[bytes], payloads: dict[int, tuple[bytes, bytes]] | None = None
    ) -> None:
        self._lines = list(lines)
        self._payloads = dict(payloads or {})

    def last(self) -> tuple[int, str] | None:
        """(number of lines, hash of the newest), or None."""
        if not self._lines:
            return None
        return len(self._lines), lines_.line_hash(self._lines[-1])

    def append(self, seq: int, line: bytes, salt: bytes, payload: bytes) -> None:
        """Add one entry."""
        self._lines.append(line)
        self._payloads[seq] = (salt, payload)

    def lines(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """(place, exact line); a line's place must be its own number, which the walk checks."""
        for place, raw in enumerate(self._lines, start=1):
            if place >= start:
                try:
                    yield lines_.parse(raw).seq, raw
                except CairnError:
                    yield place, raw

    def payload(self, seq: int) -> tuple[bytes, bytes] | None:
        """(salt, payload), or None when it did not travel."""
        return self._payloads.get(seq)


def _statements(
    walk: _Walk,
    checkpoints: Sequence[Checkpoint],
    verify_signature: VerifySignature | None,
    device: str | None,
) -> list[Statement]:
    good: list[Statement] = []
    for item in checkpoints:
        try:
            statement = checkpoints_.parse(item.text)
            if verify_signature is not None:
                verify_signature(item.text, item.signature)
        except CairnError:
            walk.problem("custody.checkpoint-bad", 0)
            continue
        if device is not None and statement.device != device:
            walk.problem("custody.checkpoint-bad", statement.size)
            continue
        good.append(statement)
    return good


class _Walk:
    def __init__(self, rows: CustodyRows, complete: bool) -> None:
        self._rows = rows
        self._complete = complete
        self.problems: list[Problem] = []
        self.last_seq = 0
        self.last_hash = lines_.FIRST_PREV
        self.payloads = 0
        self.absent_count = 0
        self._heads: dict[int, str] = {0: lines_.FIRST_PREV}
        self._broken_links: list[int] = []
        self._named_altered: set[int] = set()
        self._bad_commits: list[int] = []
        self._absent: set[int] = set()
        self._erased: set[int] = set()

    def problem(self, code: str, seq: int) -> None:
        self.problems.append(Problem(seq, code))

    def step(self, seq: int, raw: bytes, pins: dict[int, str]) -> None:
        try:
            line = lines_.parse(raw)
        except CairnError:
            line = None
        if seq <= self.last_seq:
            # A line twice, or out of order: it can't be part of this chain.
            self._altered(seq)
            return
        gap = seq > self.last_seq + 1
        if gap:
            self.problem("custody.line-missing", self.last_seq + 1)
        if line is None or line.seq != seq:
            self._altered(seq)
        elif not gap and line.prev != self.last_hash:
            self._broken_links.append(self.last_seq)
        self.last_seq, self.last_hash = seq, lines_.line_hash(raw)
        if seq in pins:
            self._heads[seq] = self.last_hash
        self._payload(seq, line.commit if line is not None else None)

    def blame(self, pins: dict[int, str]) -> None:
        """Name the altered line behind each broken link between a line and the next."""
        broken = set(self._broken_links)
        for before in sorted(broken):
            after = before + 1
            if before in self._named_altered or after in self._named_altered:
                continue
            # Altering a line breaks the link on its either side; a pinned head clears the earlier line.
            cleared = before == 0 or (before in pins and self._heads.get(before) == pins[before])
            contradicted = after in pins and self._heads.get(after, pins[after]) != pins[after]
            if cleared or contradicted or after in broken:
                self._altered(after)
            else:
                self._altered(before)
        for seq in self._bad_commits:
            if seq not in self._named_altered:
                self.problem("custody.payload-altered", seq)

    def check_absences(self) -> None:
        for seq in self._absent - self._erased:
            self.problem("custody.payload-missing", seq)

    def compare(self, size: int, head: str, code: str) -> None:
        if size > self.last_seq:
            self.problem("custody.rolled-back", self.last_seq)
        elif size in self._heads and self._heads[size] != head and size not in self._named_altered:
            self.problem(code, size)

    def _altered(self, seq: int) -> None:
        self._named_altered.add(seq)
        self.problem("custody.line-altered", seq)

    def _payload(self, seq: int, commit: str | None) -> None:
        kept = self._rows.payload(seq)
        if kept is None:
            self.absent_count += 1
            if self._complete:
                self._absent.add(seq)
            return
        self.payloads += 1
        salt, data = kept
        try:
            if commit is not None and payloads_.commitment(salt, data) != commit:
                self._bad_commits.append(seq)
                return
            payload = payloads_.parse(data)
        except CairnError:
            self.problem("custody.payload-malformed", seq)
            return
        if payload.act == "erase":
            entries = payload.detail.get("entries", [])
            named = (
                {number for number in entries if isinstance(number, int)}
                if isinstance(entries, list)
                else set()
            )
            self._erased |= named
            if self._complete:
                for number in sorted(named):
                    if number not in self._absent and number < seq:
                        self.problem("custody.erased-returned", number)
