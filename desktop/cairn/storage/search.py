"""Search: queries in the person's own words, never an error for what they type, hits with snippets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from cairn.model.folding import Folded
from cairn.model.ids import RecordId, RootId
from cairn.model.values import MomentMs
from cairn.storage.projections.text import HYPHENS, RUN, RUN_CHARACTERS, moment, normal
from cairn.storage.work import Reader

MAX_QUERY = 400
"""Characters of a query that are looked at."""
_MAX_TERMS = 12
_BEFORE, AFTER = 40, 110
# What goes on a word of an alphabet: 2009 is a word in 2009년.
_LETTER = rf"[^\W{RUN_CHARACTERS}]"
_GAP = f"[{HYPHENS} ]?"
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])*")
_PARTICLE = re.compile(
    "(?<=..)(?:에서는|에서도|으로는|으로|에서|에게|한테|까지|부터|처럼|보다|이나|은|는|이|가|을|를|에|의|도|로|과|와|만|나)$"
)
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
    at: MomentMs | None = None
    """Of a transcript: where in the recording's sound the paragraph begins, in milliseconds."""


class Query(msgspec.Struct, frozen=True):
    """What was typed, as expressions over the index and as patterns over a text in its folded form."""

    match: str
    titles: str
    pattern: re.Pattern[str]
    """Any of the words."""
    each: tuple[re.Pattern[str], ...]
    """Each of the words by itself, also where it is a part of a name that is written as one."""


def query(reader: Reader, text: str, limit: int = 50) -> list[Hit]:
    """Records that hold all the words of `text`: those with the words in a title or name first, then the
    most recently changed. The last word may be unfinished.
    """
    parsed = parse(text)
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
    parsed = parse(text)
    return None if parsed is None else parsed.match


@dataclass(frozen=True)
class _Token:
    """A word of the query."""

    word: str
    last: bool
    """Whether it may be unfinished."""
    follows: bool
    """Whether only a blank or a hyphen parts it from the word before: both may be one name."""
    hyphened: bool
    """Whether it is a hyphen."""


def parse(text: str) -> Query | None:
    """What a person typed; None where there is nothing to search for."""
    tokens: list[_Token] = []
    runs: list[str] = []
    chunks = normal(text[:MAX_QUERY]).split()
    follows = False
    for place, chunk in enumerate(chunks):
        pieces = [piece for piece in _PIECE.split(chunk) if piece]
        for number, piece in enumerate(pieces):
            if len(tokens) + len(runs) >= _MAX_TERMS:
                break
            if RUN.fullmatch(piece):
                runs.append(piece)
                follows = False
                continue
            unfinished = place == len(chunks) - 1 and number == len(pieces) - 1
            # The tokeniser knows letters and digits; a piece without any would match nothing at all.
            found = [(word[0], word.start()) for word in _WORD.finditer(piece)]
            for count, (word, start) in enumerate(found):
                hyphened = bool(count) and piece[start - 1] in HYPHENS
                last = unfinished and count == len(found) - 1
                tokens.append(_Token(word, last, follows or hyphened, hyphened))
                follows = False
            follows = bool(found)
    if not tokens and not runs:
        return None
    ways = _ways(tokens)
    in_pairs = [_pairs_term(run) for run in runs]
    match = _expression(ways, "{title body}", in_pairs, "{title_pairs body_pairs}")
    titles = _expression(ways, "title", in_pairs, "title_pairs")
    patterns = [
        f"{_loose(word, gaps=True)}" + ("" if last else f"(?!{_LETTER})") for word, last in _names(ways)
    ]
    patterns += [_loose(each.word) + ("" if each.last else f"(?!{_LETTER})") for each in tokens]
    patterns += [re.escape(run) for run in runs]
    each = [_alone(tokens, number) for number in range(len(tokens))] + [re.escape(run) for run in runs]
    return Query(
        match,
        titles,
        re.compile("|".join(patterns), re.IGNORECASE),
        tuple(re.compile(one, re.IGNORECASE) for one in each),
    )


def _alone(tokens: Sequence[_Token], number: int) -> str:
    """A pattern for one word: as it is, or joined with a neighbour, or with all, as one name."""
    spelled = [tokens[number : number + 1]]
    spelled += [tokens[at - 1 : at + 1] for at in (number, number + 1) if 0 < at < len(tokens)]
    spelled += [tokens] if len(tokens) > 2 else []
    patterns = []
    for part in spelled:
        word, last = "".join(each.word for each in part), part[-1].last
        patterns.append(_loose(word, gaps=len(part) > 1) + ("" if last else f"(?!{_LETTER})"))
    return "|".join(patterns)


def _ways(tokens: Sequence[_Token]) -> list[list[tuple[str, bool]]]:
    """The ways in which words may stand in a text: each alone, and two that may be one name as one."""
    ways = [[(each.word, each.last) for each in tokens]]
    for number in range(1, min(len(tokens), 6)):
        before, here = tokens[number - 1], tokens[number]
        if here.follows and (before.word + here.word).isalpha():
            one = (before.word + here.word, here.last)
            alone = [(each.word, each.last) for each in tokens]
            ways.append([*alone[: number - 1], one, *alone[number + 1 :]])
    if len(tokens) > 2 and all(each.hyphened for each in tokens[1:]):
        ways.append([("".join(each.word for each in tokens), tokens[-1].last)])
    return [way for way in ways if way]


def _names(ways: Sequence[Sequence[tuple[str, bool]]]) -> list[tuple[str, bool]]:
    """Words as one name, the longest first; and single words, which a text may part with a hyphen or a blank."""
    whole = dict.fromkeys(each for way in ways for each in way if each[0].isalpha() and len(each[0]) > 3)
    return sorted(whole, key=lambda each: -len(each[0]))


def _expression(
    ways: Sequence[Sequence[tuple[str, bool]]], words: str, in_pairs: Sequence[str], pairs: str
) -> str:
    others = [f"{pairs} : {term}" for term in in_pairs]
    spelled = [
        " AND ".join([*(f'{words} : "{word}"' + (" *" if last else "") for word, last in way), *others])
        for way in ways or [[]]
    ]
    return spelled[0] if len(spelled) == 1 else " OR ".join(f"({each})" for each in spelled)


def stem(text: str) -> str:
    """What might be found in place of `text`: its Korean words without their particles; nothing where there are none."""
    changed = [_PARTICLE.sub("", chunk) if RUN.fullmatch(chunk) else chunk for chunk in normal(text).split()]
    found = " ".join(changed)
    return found if found != " ".join(normal(text).split()) else ""


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


def _loose(token: str, *, gaps: bool = False) -> str:
    """A pattern for a word, whatever its case and marks; with `gaps` one hyphen or blank may stand between letters."""
    pattern = f"(?<!{_LETTER})"
    for number, character in enumerate(unicodedata.normalize("NFD", token)):
        if "\u0300" <= character <= "\u036f":
            continue
        if gaps and number:
            pattern += _GAP
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
    field, text = best or next((each for each in fields if pattern.search(normal(each[1]))), fields[0])
    plain = Folded(text)
    found = pattern.search(plain.text)
    name, at = moment(field)
    snippet = cut_out(text, plain, found.start() if found else 0, pattern)
    return Hit(RecordId(str(record_id)), RootId(RecordId(str(root))), str(kind), name, snippet, at)


def _found(text: str, pattern: re.Pattern[str]) -> int:
    """How many of the words stand in a text."""
    return len({match[0].casefold() for match in pattern.finditer(normal(text))})


def places(text: str, query: str, most: int = 5000) -> list[tuple[int, int]]:
    """Where in `text`, as it was written, the words of `query` stand: (start, end), in order."""
    parsed = parse(query)
    if parsed is None:
        return []
    plain = Folded(text)
    found: list[tuple[int, int]] = []
    for each in parsed.pattern.finditer(plain.text):
        if each.end() > each.start():
            start = plain.written(each.start())
            found.append((start, max(start + 1, plain.written(each.end()))))
        if len(found) == most:
            break
    return found


def cut_out(
    text: str, plain: Folded, place: int, pattern: re.Pattern[str], within: tuple[int, int] | None = None
) -> list[tuple[str, bool]]:
    """What stands around a place of the folded text, in pieces, and whether each is what was searched for.

    Nothing from outside `within`, (start, end) of a paragraph, say.
    """
    folded = plain.text
    first, last = within or (0, len(folded))
    start, end = max(first, place - _BEFORE), min(last, place + AFTER)
    # Begin and end between words where a space is near.
    if start > first and (space := folded.find(" ", start, place)) >= 0:
        start = space + 1
    if end < last and (space := folded.rfind(" ", place + AFTER // 2, end)) >= 0:
        end = space

    def written(first: int, last: int) -> str:
        return text[plain.written(first) : plain.written(last)]

    pieces: list[tuple[str, bool]] = [("…", False)] if start > first else []
    at = start
    for found in pattern.finditer(folded, start, end):
        if found.start() > at:
            pieces.append((written(at, found.start()), False))
        if found.end() > found.start():
            pieces.append((written(found.start(), found.end()), True))
        at = found.end()
    if at < end:
        pieces.append((written(at, end), False))
    if end < last:
        pieces.append(("…", False))
    return [(piece.replace("\n", " "), hit) for piece, hit in pieces]
