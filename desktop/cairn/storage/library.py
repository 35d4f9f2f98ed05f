"""What the library asks of all roots at once: whether anything of a kind is new, and how many records name something."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cairn.model.ids import RevisionHash, RootId
from cairn.storage.work import Reader


def heads_of_kind(reader: Reader, kind: str) -> list[tuple[RootId, RevisionHash]]:
    """(root, head) of every root of a kind, as the projection has it: to see whether anything is new, never to read by."""
    return [(row[0], row[1]) for row in reader.all(_HEADS_OF_KIND, (kind,))]


def named_by(reader: Reader, text: str, but: Sequence[str]) -> tuple[int, int]:
    """(records, roots) whose heads have a value that is exactly this text, such as the id of a term; of all kinds but some.

    Reads their bodies, one after the other: a second for some hundred MB.
    """
    marks = ", ".join("?" * len(but))
    row = reader.one(_NAMED_BY.format(marks), (*but, msgspec.json.encode(text)))
    return (row[0], row[1]) if row is not None else (0, 0)


_HEADS_OF_KIND = "SELECT root, sha FROM head WHERE kind = ? AND record = root ORDER BY root, place"
# An inner quotation mark is written with a backslash in JSON: so a text that merely holds the words never looks the same.
_NAMED_BY = (
    "SELECT count(DISTINCT head.record), count(DISTINCT head.root)"
    " FROM head JOIN revision ON revision.sha = head.sha AND revision.record = head.record"
    " WHERE head.kind NOT IN ({}) AND instr(revision.data, ?) > 0"
)
