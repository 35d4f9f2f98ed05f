"""What is indexed for search, and how a text is cut into pieces that SQLite's tokeniser can find.

`unicode61` parts words at spaces and marks, which suits alphabets. Korean puts particles behind words
(국경지대에서) and Chinese and Japanese put no spaces at all: a run of such characters is indexed by its
pairs of neighbours (국경 경지 지대 …) and its last character, so that any part of it can be found, and a
single syllable as the beginning of a pair. (SQLite's `trigram` finds nothing for two syllables.) So are the other
scripts without blanks: Thai, Lao, Khmer, Burmese, Tibetan.

A name is written with a hyphen, with a blank or with neither (Jong-ori, Jong ori, Jongori): words that a hyphen joins, and
two of which the first begins with a capital, are indexed joined as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import add

import msgspec

from cairn.model.folding import folded
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds import registry
from cairn.model.values import MomentMs
from cairn.storage import file_words
from cairn.storage.projections import heads, numbers
from cairn.storage.projections.heads import Head
from cairn.storage.work import Work

NAME = "text"
VERSION = 4
DROP = ("text", "words")
TABLES = """
CREATE TABLE text (
  id INTEGER PRIMARY KEY,         -- the arrival number of the record's newest revision
  record TEXT NOT NULL UNIQUE,
  root TEXT NOT NULL,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,           -- JSON list of [field, text]
  number INTEGER NOT NULL         -- of the root (numbers.py)
) STRICT;
CREATE INDEX text_root ON text (root);
CREATE INDEX text_place ON text (id, number, kind);
CREATE VIRTUAL TABLE words USING fts5 (
  title, body, title_pairs, body_pairs,
  content = '', tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
-- Without this, erased words stay in the index until segments happen to merge.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
"""

RUN_CHARACTERS = (
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\u0e01-\u0e7f\u0e80-\u0eff"  # Thai, Lao
    "\u0f40-\u0fbc\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f\u1780-\u17d3"  # Tibetan, Burmese, Khmer
)
RUN = re.compile(f"[{RUN_CHARACTERS}]+")
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\u30fb\u00b7"
_HYPHEN = re.compile(f"[{HYPHENS}]")
# Begins where letters begin and never goes back: in a file of one endless word each letter would be a new search.
_HYPHENED = re.compile(rf"(?<![^\W\d_])[^\W\d_]++(?:[{HYPHENS}][^\W\d_]++)+")
_NAMED = re.compile(r"\b([^\W\d_]{2,20}) (?=([^\W\d_]{2,20})\b)")
_TITLES = frozenset({"title", "name"})


def normal(text: str) -> str:
    """The form that texts are indexed and searched in (`cairn.model.folding`)."""
    return folded(text)


def pairs(text: str) -> str:
    """The pairs and last characters of every run in `text` (which is `normal`), parted by spaces."""
    pieces: list[str] = []
    for match in RUN.finditer(text):
        run = match[0]
        pieces.extend(map(add, run, run[1:]))
        pieces.append(run[-1])
    return " ".join(pieces)


def words(text: str) -> str:
    """`text` without such runs, and its joined names: what the tokeniser of words is given."""
    plain = RUN.sub(" ", text)
    return " ".join([plain, *joined(plain)])


def joined(text: str) -> list[str]:
    """Names as they are written without the hyphen or the blank in them: `Jongori` for Jong-ori and for Jong ori."""
    found = ["".join(_HYPHEN.split(match[0])) for match in _HYPHENED.finditer(text)]
    found += [f"{match[1]}{match[2]}" for match in _NAMED.finditer(text) if match[1][0].isupper()]
    return list(dict.fromkeys(found))


def _fields(work: Work, record: RecordId, found: Sequence[Head]) -> list[tuple[str, str]]:
    """(field, text) of what can be searched in the heads that are shown; nothing of what was removed."""
    shown = [head for head in found if head.state == "current"] or list(found)
    fields: dict[tuple[str, str], None] = {}
    for head in shown:
        body = envelopes.read(heads.envelope(work, head.sha))
        kind = None if body is None else registry.of_body(body)
        if body is None or kind is None or kind.removed(body):
            continue
        for each in kind.texts(body):
            if each.text:
                name = each.field if each.at is None else _timed(each.field, each.at)
                fields[name, each.text.replace("\0", " ")] = None
        media = kind.media(body)
        inside = file_words.of(work, record, media.sha256) if media is not None else None
        if inside:
            fields[file_words.FIELD, inside] = None
    return list(fields)


def _timed(field: str, at: MomentMs) -> str:
    """The name of a field whose text belongs to a moment of a recording, in milliseconds."""
    return f"{field}@{at}"


def moment(field: str) -> tuple[str, MomentMs | None]:
    """The name of a field as it is stored, and the moment of its text; None for a text that has none."""
    name, _, at = field.partition("@")
    return name, MomentMs(int(at)) if at else None


def refresh(work: Work, record_id: RecordId, root: RootId, kind: str, found: Sequence[Head]) -> None:
    """Index the text of a record's heads in place of what was indexed before."""
    forget(work, record_id)
    fields = _fields(work, record_id, found)
    newest = work.one("SELECT max(n) FROM revision WHERE record = ?", (record_id,))
    if not fields or newest is None or newest[0] is None:
        return
    stored = msgspec.json.encode(fields).decode()
    work.run(
        "INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)",
        (newest[0], record_id, root, kind, stored, numbers.of(work, root)),
    )
    work.run(
        "INSERT INTO words (rowid, title, body, title_pairs, body_pairs) VALUES (?, ?, ?, ?, ?)",
        (newest[0], *_columns(fields)),
    )


def forget(work: Work, record_id: RecordId) -> None:
    """Take a record out of the index, to the last byte."""
    row = work.one("SELECT id, fields FROM text WHERE record = ?", (record_id,))
    if row is None:
        return
    # The index keeps no text of its own: to remove an entry it must be given what was put in.
    fields = msgspec.json.decode(row[1], type=list[tuple[str, str]])
    work.run(
        "INSERT INTO words (words, rowid, title, body, title_pairs, body_pairs)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (row[0], *_columns(fields)),
    )
    work.run("DELETE FROM text WHERE id = ?", (row[0],))


def rebuild(work: Work) -> None:
    """Fill the empty tables."""
    for record_id, root, kind in work.all("SELECT id, root, kind FROM record"):
        refresh(work, record_id, root, kind, heads.projected(work, record_id))


def _columns(fields: Sequence[tuple[str, str]]) -> tuple[str, str, str, str]:
    title = normal("\n".join(text for field, text in fields if field in _TITLES))
    body = normal("\n".join(text for field, text in fields if field not in _TITLES))
    return words(title), words(body), pairs(title), pairs(body)
