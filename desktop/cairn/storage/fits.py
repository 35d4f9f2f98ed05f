"""Whether a database fits its custody log: signs of old pages put back that cost little, looked for at every opening.

Every line has its payload unless an erasure says that it is gone. So whoever puts back pages of records and payloads
but leaves a line is noticed here, whatever they choose: each row is counted where it lies, in the table and in the
indexes by which records are compared with the log, none of which may be of another age than the rest. A counter kept
beside them could not replace that: its own page would be put back, or left, as it suits. The walk over the whole log
(`cairn.custody.walk`) says what is wrong.

Counting reads and authenticates every page of these tables: for 10,000 interviews a twentieth of a second. Counted in
parts by several connections at once it took longer.
"""

from __future__ import annotations

from cairn.errors import IntegrityError
from cairn.storage.work import Reader

# Not from an index, which may be of another age than the table.
_LINES = "SELECT count(*) FROM custody_line NOT INDEXED"
_PAYLOADS = "SELECT count(*) FROM custody_payload NOT INDEXED"
# The indexes by which records are compared with the log.
_INDEXED = "SELECT count(*) FROM custody_payload INDEXED BY custody_payload_obj"
_BY_ROOT = "SELECT count(*) FROM custody_payload INDEXED BY custody_payload_root"
_ERASED = (
    "SELECT coalesce(sum(json_array_length(CAST(payload AS TEXT), '$.detail.entries')), 0)"
    " FROM custody_payload WHERE act = 'erase'"
)


def log_fits(reader: Reader) -> bool:
    """Whether all of it is of one age, and the newest checkpoint is of this log. Raises what reading raises."""
    size = reader.custody.size()
    lines, payloads = _count(reader, _LINES), _count(reader, _PAYLOADS)
    indexed, by_root = _count(reader, _INDEXED), _count(reader, _BY_ROOT)
    erased = _count(reader, _ERASED)
    if lines != size or lines - payloads != erased or not indexed == by_root == payloads:
        return False
    newest = reader.one("SELECT size, root FROM checkpoint ORDER BY id DESC LIMIT 1")
    try:
        # The nodes of the whole log are there, and those of the checkpoint lead to what was signed.
        reader.custody.root(size)
        return newest is None or reader.custody.root(newest[0]).hex() == newest[1]
    except IntegrityError:
        return False


def _count(reader: Reader, statement: str) -> int:
    row = reader.one(statement)
    return int(row[0]) if row is not None else -1
