"""Walking the log: verify every line, payload, node and checkpoint, and explain where and how it breaks.

Works when payloads were erased. Memory stays flat in the length of the log. The nodes that are kept are made anew
and compared, each with the two below it, so that one altered line is one finding and not one at every level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from cairn.custody import checkpoint as checkpoints_
from cairn.custody import line as lines_
from cairn.custody import payload as payloads_
from cairn.custody import tree
from cairn.custody.checkpoint import Checkpoint, Statement
from cairn.errors import CairnError
from cairn.model.ids import NO_HASH, Fingerprint, Sha256
from cairn.model.ports import CustodyRows, Progress, no_progress

VerifySignature = Callable[[Checkpoint], object]
"""Raises a CairnError when a checkpoint's signatures are not the device's."""

_STEP = 2_000


class Known(msgspec.Struct, frozen=True):
    """What someone else remembers of this log: what a bundle carried, or a receipt."""

    size: int
    root: Sha256
    """Root (hex) of the tree of that size."""


class Problem(msgspec.Struct, frozen=True, order=True):
    """One break. `seq` is the entry that it concerns."""

    seq: int
    code: str


class Report(msgspec.Struct, frozen=True):
    """What a walk found."""

    entries: int
    root: Sha256
    """Root (hex) of the tree over all lines."""
    payloads: int
    """Payloads that are here and were checked."""
    absent: int
    """Payloads that are not here: erased, or never given."""
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
    device: Fingerprint | None = None,
    known: Sequence[Known] = (),
    complete: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Walk the whole log.

    `complete` says that payloads are absent only where an `erase` entry names them (a vault's own log,
    not one that was exported). `device` is whose log it must be. Never raises for what is wrong with the
    log: that is in the report. Raises Cancelled. Progress counts entries.
    """
    walk = _Walk(rows, complete)
    statements = _statements(walk, checkpoints, verify_signature, device)
    pins = {statement.size for statement in statements} | {item.size for item in known}
    total = rows.size()
    for done, (seq, raw) in enumerate(rows.lines()):
        if done % _STEP == 0:
            progress(done, total)
        walk.step(seq, raw)
        if seq in pins:
            walk.pin()
    walk.blame()
    walk.check_absences()
    for statement in statements:
        walk.compare(statement.size, statement.root, "custody.checkpoint-differs")
    for item in known:
        walk.compare(item.size, item.root, "custody.forked")
    progress(walk.last_seq, walk.last_seq)
    problems = sorted(set(walk.problems))
    return Report(walk.last_seq, walk.root(), walk.payloads, walk.absent_count, problems)


def _statements(
    walk: _Walk,
    checkpoints: Sequence[Checkpoint],
    verify_signature: VerifySignature | None,
    device: Fingerprint | None,
) -> list[Statement]:
    good: list[Statement] = []
    for item in checkpoints:
        try:
            statement = checkpoints_.parse(item.text)
            if verify_signature is not None:
                verify_signature(item)
        except CairnError:
            walk.problem("custody.checkpoint-bad", 0)
            continue
        if device is not None and statement.device != device:
            walk.problem("custody.checkpoint-bad", statement.size)
            continue
        good.append(statement)
    return good


class _Stored:
    """The nodes that are kept, taken in the order in which the walk comes to them: one place in each level."""

    def __init__(self, rows: CustodyRows) -> None:
        self._rows = rows
        self._levels: dict[int, Iterator[tuple[int, bytes]]] = {}
        self._next: dict[int, tuple[int, bytes] | None] = {}

    def take(self, level: int, place: int) -> bytes | None:
        """The node as it is kept; None when it is not."""
        while (found := self._peek(level)) is not None and found[0] < place:
            self._advance(level)
        return None if found is None or found[0] != place else found[1]

    def left(self, lines: int) -> bool:
        """Whether nodes are kept of lines after so many. One over a gap before them says nothing of what follows."""
        while (found := self._peek(1)) is not None and (found[0] + 1) << 1 <= lines:
            self._advance(1)
        return found is not None

    def _peek(self, level: int) -> tuple[int, bytes] | None:
        if level not in self._levels:
            self._levels[level] = iter(self._rows.nodes(level))
            self._advance(level)
        return self._next[level]

    def _advance(self, level: int) -> None:
        self._next[level] = next(self._levels[level], None)


class _Walk:
    def __init__(self, rows: CustodyRows, complete: bool) -> None:
        self._rows = rows
        self._stored = _Stored(rows)
        self._complete = complete
        self.problems: list[Problem] = []
        self.last_seq = 0
        self.payloads = 0
        self.absent_count = 0
        self._newest: list[tuple[int, bytes]] = []
        """For each level, (place, hash) of the newest node: what roots are made of."""
        self._fits: list[tuple[int, bool | None]] = []
        """Of the last two lines: number, and whether its payload fits it; None where that can't be told."""
        self._wrong: dict[tree.Node, list[tuple[int, bool | None]]] = {}
        """Nodes that are not made of the two below them."""
        self._roots: dict[int, str] = {0: tree.EMPTY_ROOT.hex()}
        self._named_altered: set[int] = set()
        self._bad_commits: list[int] = []
        self._absent: set[int] = set()
        self._erased: set[int] = set()

    def problem(self, code: str, seq: int) -> None:
        self.problems.append(Problem(seq, code))

    def step(self, seq: int, raw: bytes) -> None:
        try:
            line = lines_.parse(raw)
        except CairnError:
            line = None
        if seq <= self.last_seq:
            # A line twice, or out of order: it can't be part of this log.
            self._altered(seq)
            return
        if seq > self.last_seq + 1:
            self.problem("custody.line-missing", self.last_seq + 1)
        if line is None or line.seq != seq:
            self._altered(seq)
        self.last_seq = seq
        fits = self._payload(seq, line.commit if line is not None else None)
        self._fits = [*self._fits[-1:], (seq, fits)]
        self._grow(seq - 1, tree.leaf_hash(raw))

    def pin(self) -> None:
        """Remember the root as it is here: someone has said what it must be."""
        self._roots[self.last_seq] = self.root()

    def root(self) -> Sha256:
        """The root over the lines so far; of nodes as they are kept, so that a break is told once."""
        found = []
        for level, place in tree.peaks(self.last_seq):
            if level >= len(self._newest) or self._newest[level][0] != place:
                return NO_HASH
            found.append(self._newest[level][1])
        return Sha256(tree.root_of(found).hex())

    def blame(self) -> None:
        """Say for each node that doesn't fit whether it was altered itself, or a line below it."""
        for (level, place), lines in self._wrong.items():
            if (level - 1, 2 * place) in self._wrong:
                # It was made of one that was altered. Over a right one this is the same finding at the same entry.
                continue
            if level > 1 or (level + 1, place >> 1) in self._wrong:
                self.problem("custody.node-altered", (place + 1) << level)
                continue
            pair = {seq for seq, _ in lines}
            if pair & self._named_altered:
                continue
            # Of two lines the one that its payload contradicts, else the one that none vouches for.
            altered = [seq for seq, fits in lines if fits is False] or [
                seq for seq, fits in lines if fits is None
            ]
            for seq in altered or pair:
                self._altered(seq)
        for seq in self._bad_commits:
            if seq not in self._named_altered:
                self.problem("custody.payload-altered", seq)
        if self._stored.left(self.last_seq):
            self.problem("custody.rolled-back", self.last_seq)

    def check_absences(self) -> None:
        for seq in self._absent - self._erased:
            self.problem("custody.payload-missing", seq)

    def compare(self, size: int, root: Sha256, code: str) -> None:
        if size > self.last_seq:
            self.problem("custody.rolled-back", self.last_seq)
        elif self._roots.get(size, root) not in (root, "") and size not in self._named_altered:
            self.problem(code, size)

    def _grow(self, leaf: int, found: bytes) -> None:
        level, place = 0, leaf
        while True:
            if level == len(self._newest):
                self._newest.append((place, found))
            left = self._newest[level]
            self._newest[level] = (place, found)
            if not place & 1 or left[0] != place - 1:
                # The first of a pair, or the second of one whose first is missing.
                return
            made = tree.join(left[1], found)
            level, place = level + 1, place >> 1
            kept = self._stored.take(level, place)
            if kept is None:
                self.problem("custody.node-altered", (place + 1) << level)
            elif kept != made:
                self._wrong[level, place] = list(self._fits)
            found = made if kept is None else kept

    def _altered(self, seq: int) -> None:
        self._named_altered.add(seq)
        self.problem("custody.line-altered", seq)

    def _payload(self, seq: int, commit: str | None) -> bool | None:
        kept = self._rows.payload(seq)
        if kept is None:
            self.absent_count += 1
            if self._complete:
                self._absent.add(seq)
            return None
        self.payloads += 1
        salt, data = kept
        try:
            if commit is not None and payloads_.commitment(salt, data) != commit:
                self._bad_commits.append(seq)
                return False
            payload = payloads_.parse(data)
        except CairnError:
            self.problem("custody.payload-malformed", seq)
            return None
        if payload.act == "erase":
            self._erasure(seq, payload.detail.get("entries", []))
        return True if commit is not None else None

    def _erasure(self, seq: int, entries: object) -> None:
        named = (
            {number for number in entries if isinstance(number, int)} if isinstance(entries, list) else set()
        )
        self._erased |= named
        if self._complete:
            for number in sorted(named):
                if number not in self._absent and number < seq:
                    self.problem("custody.erased-returned", number)
