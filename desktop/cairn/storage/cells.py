"""Rows out of single pages of a SQLite database (sqlite.org/fileformat2.html, §1.5, §1.6, §2.1). Pure.

A page that holds rows can be read without the pages above it: for salvaging a database whose tree is torn.
Which table a row is of is for its reader to see. Whatever does not add up is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cairn.crypto.page_seals import USABLE

Value = int | float | str | bytes | None
Row = tuple[Value, ...]
PageOf = Callable[[int], bytes | None]

_INDEX_INTERIOR, _INDEX_LEAF, _TABLE_LEAF = 0x02, 0x0A, 0x0D
_EACH_POINTER_MAP = USABLE // 5 + 1
_MAX_PAYLOAD = 64 * 1024 * 1024
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def is_pointer_map(number: int) -> bool:
    """Whether page `number` is one of those that `auto_vacuum` keeps between the others: no rows lie there."""
    return number >= 2 and (number - 2) % _EACH_POINTER_MAP == 0


def rows(number: int, page: bytes, page_of: PageOf) -> Iterator[tuple[int, int | None, Row | None]]:
    """(place, row number, values) of every row in a page; none of one that holds no rows.

    The row number is None in an index (and in a table WITHOUT ROWID, which is one). Values are None where the row
    can't be read: a page on which its long values go on is lost.
    """
    start = 100 if number == 1 else 0
    if is_pointer_map(number) or len(page) < start + 12:
        return
    kind = page[start]
    if kind not in (_INDEX_INTERIOR, _INDEX_LEAF, _TABLE_LEAF):
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    pointers = start + (12 if kind == _INDEX_INTERIOR else 8)
    if pointers + 2 * count > len(page):
        return
    for place in range(count):
        at = int.from_bytes(page[pointers + 2 * place : pointers + 2 * place + 2], "big")
        try:
            row_number, payload = _cell(page, kind, at, page_of)
            yield place, row_number, None if payload is None else _record(payload)
        except (IndexError, ValueError):
            yield place, None, None


def _cell(page: bytes, kind: int, at: int, page_of: PageOf) -> tuple[int | None, bytes | None]:
    if kind == _INDEX_INTERIOR:
        at += 4
    length, at = _varint(page, at)
    row_number: int | None = None
    if kind == _TABLE_LEAF:
        row_number, at = _varint(page, at)
    if length > _MAX_PAYLOAD:
        raise ValueError
    most = USABLE - 35 if kind == _TABLE_LEAF else (USABLE - 12) * 64 // 255 - 23
    if length <= most:
        return row_number, _exactly(page[at : at + length], length)
    least = (USABLE - 12) * 32 // 255 - 23
    here = least + (length - least) % (USABLE - 4)
    if here > most:
        here = least
    found = bytearray(_exactly(page[at : at + here], here))
    following = int.from_bytes(_exactly(page[at + here : at + here + 4], 4), "big")
    while len(found) < length:
        next_page = page_of(following) if following else None
        if next_page is None:
            return row_number, None
        found += next_page[4 : 4 + min(USABLE - 4, length - len(found))]
        following = int.from_bytes(next_page[:4], "big")
    return row_number, bytes(found)


def _record(payload: bytes) -> Row:
    end, at = _varint(payload, 0)
    types: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    if at != end:
        raise ValueError
    values: list[Value] = []
    for kind in types:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTEGERS:
        size = _INTEGERS[kind]
        return int.from_bytes(_exactly(payload[at : at + size], size), "big", signed=True), at + size
    if kind < 12:
        # 7 is a floating-point number, of which no table has any; 10 and 11 are reserved.
        raise ValueError
    size = (kind - 12) // 2
    data = _exactly(payload[at : at + size], size)
    return (data.decode("utf-8") if kind % 2 else data), at + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    found = 0
    for place in range(8):
        byte = data[at + place]
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, at + place + 1
    return found << 8 | data[at + 8], at + 9


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise ValueError
    return data
