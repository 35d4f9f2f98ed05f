"""Search: queries in the person's own words, never an error for what they type, hits with snippets."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from cairn.model.ids import RecordId, RootId
from cairn.storage.projections.text import RUN, RUN_CHARACTERS, moment, normal
from cairn.storage.work import Reader

MAX_QUERY = 400
"""Characters of a query that are looked at."""
_MAX_TERMS = 12
_BEFORE, _AFTER = 40, 110
# What goes on a word of an alphabet: 2009 is a word in 2009년.
_LETTER = rf"[^\W{RUN_CHARACTERS}]"
_PIECE = re.compile(f"({RUN.pattern})")


class Hit(msgspec.Struct, frozen=True):
    """A record in which all the words were found."""

    record_id: RecordId
    root: RootId
    """Id of the interview, or of the library or office record itself."""
    kind: str
    field: str
    """Where the snippet is from: `account`, `title`, `text`, …"""
    snippet: list[tuple[str, bool]]
    """Pieces of text in order, and whether each is what was searched for."""
    at: int | None = None
    """Of a transcript: where in the recording's sound the paragraph begins, in milliseconds."""


class _Query(msgspec.Struct, frozen=True):
    match: str
    titles: str
    pattern: re.Pattern[str]


def query(reader: Reader, text: str, limit: int = 50) -> list[Hit]:
    """Records that hold all the words of `text`: those with the words in a title or name first, then the
    most recently changed. The last word may be unfinished.
    """
    parsed = _parse(text)
    if parsed is None:
        return []
    statement = (
        "SELECT id, record, root, kind, fields FROM text"
        " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?)"
        " ORDER BY id DESC"
    )
    rows = reader.all(statement, (parsed.titles, limit))
    seen = {row[0] for row in rows}
    if len(rows) < limit:
        rows += [row for row in reader.all(statement, (parsed.match, limit)) if row[0] not in seen]
    return [_hit(row, parsed.pattern) for row in rows[:limit]]


def match_expression(text: str) -> str | None:
    """The FTS5 expression for `text` over the table `words`; None when there is nothing to search for."""
    parsed = _parse(text)
    return None if parsed is None else parsed.match


def _parse(text: str) -> _Query | None:
    in_words: list[str] = []
    in_pairs: list[str] = []
    patterns: list[str] = []
    chunks = normal(text[:MAX_QUERY]).split()
    for place, chunk in enumerate(chunks):
        pieces = [piece for piece in _PIECE.split(chunk) if piece]
        for number, piece in enumerate(pieces):
            if len(in_words) + len(in_pairs) >= _MAX_TERMS:
                break
            if RUN.fullmatch(piece):
                in_pairs.append(_pairs_term(piece))
                patterns.append(re.escape(piece))
                continue
            unfinished = place == len(chunks) - 1 and number == len(pieces) - 1
            # The tokeniser knows letters and digits; a piece without any would match nothing at all.
            tokens = [token for token in re.split(r"[\W_]+", piece) if token and token[0].isalnum()]
            for token in tokens:
                last = unfinished and token is tokens[-1]
                in_words.append(f'"{token}" *' if last else f'"{token}"')
                patterns.append(_loose(token) if last else f"{_loose(token)}(?!{_LETTER})")
    if not patterns:
        return None
    terms = [f"{{title body}} : {term}" for term in in_words]
    terms += [f"{{title_pairs body_pairs}} : {term}" for term in in_pairs]
    titles = [f"title : {term}" for term in in_words] + [f"title_pairs : {term}" for term in in_pairs]
    return _Query(" AND ".join(terms), " AND ".join(titles), re.compile("|".join(patterns), re.IGNORECASE))


def _pairs_term(run: str) -> str:
    if len(run) == 1:
        return f'"{run}" *'
    return '"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"'


def _variants() -> dict[str, str]:
    """Each base letter with the letters that are it with a mark: what `remove_diacritics` makes equal."""
    found: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)):
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0].casefold()
        if base != character.casefold():
            found.setdefault(base, []).append(character)
    return {base: "".join(dict.fromkeys(letters)) for base, letters in found.items()}


_VARIANTS = _variants()


def _loose(token: str) -> str:
    """A pattern for a word, whatever its case and marks."""
    pattern = f"(?<!{_LETTER})"
    for character in unicodedata.normalize("NFD", token):
        if unicodedata.combining(character):
            continue
        letters = _VARIANTS.get(character.casefold(), "")
        pattern += f"[{re.escape(character)}{letters}]" if letters else re.escape(character)
        pattern += "[\u0300-\u036f]*"
    return pattern


def _hit(row: tuple[object, ...], pattern: re.Pattern[str]) -> Hit:
    _, record_id, root, kind, stored = row
    fields = msgspec.json.decode(str(stored), type=list[tuple[str, str]])
    # Of texts with a moment, that with the most of the words: a snippet is one place in the sound.
    timed = any(moment(field)[1] is not None for field, _ in fields)
    best = max(fields, key=lambda each: _found(each[1], pattern)) if timed else None
    field, text = best or next((each for each in fields if pattern.search(each[1])), fields[0])
    found = pattern.search(text)
    name, at = moment(field)
    snippet = _snippet(text, found.start() if found else 0, pattern)
    return Hit(RecordId(str(record_id)), RootId(RecordId(str(root))), str(kind), name, snippet, at)


def _found(text: str, pattern: re.Pattern[str]) -> int:
    """How many of the words stand in a text."""
    return len({match[0].casefold() for match in pattern.finditer(text)})


def _snippet(text: str, place: int, pattern: re.Pattern[str]) -> list[tuple[str, bool]]:
    start, end = max(0, place - _BEFORE), min(len(text), place + _AFTER)
    # Begin and end between words where a space is near.
    if start and (space := text.find(" ", start, place)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", place + _AFTER // 2, end)) >= 0:
        end = space
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for found in pattern.finditer(text, start, end):
        if found.start() > at:
            pieces.append((text[at : found.start()], False))
        if found.end() > found.start():
            pieces.append((found[0], True))
        at = found.end()
    if at < end:
        pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return [(piece.replace("\n", " "), hit) for piece, hit in pieces]
