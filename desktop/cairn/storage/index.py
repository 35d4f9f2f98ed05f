"""What is indexed for search, and how a text is cut into pieces that SQLite's tokeniser can find.

`unicode61` parts words at spaces and marks, which suits alphabets. Korean puts particles behind words
(국경지대에서) and Chinese and Japanese put no spaces at all: a run of such characters is indexed by its
pairs of neighbours (국경 경지 지대 …) and its last character, so that any part of it can be found, and a
single syllable as the beginning of a pair. (SQLite's `trigram` finds nothing for two syllables.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from cairn.model import records
from cairn.storage.work import Work

RUN_CHARACTERS = (
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
)
RUN = re.compile(f"[{RUN_CHARACTERS}]+")
_TITLES = frozenset({"title", "name"})


def normal(text: str) -> str:
    """The form that texts are indexed and searched in: NFC, without NUL (which would end SQLite's text)."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")


def pairs(text: str) -> str:
    """The pairs and last characters of every run in `text` (which is `normal`), parted by spaces."""
    pieces: list[str] = []
    for match in RUN.finditer(text):
        run = match[0]
        pieces.extend(run[place : place + 2] for place in range(len(run)))
    return " ".join(pieces)


def words(text: str) -> str:
    """`text` without such runs: what the tokeniser of words is given."""
    return RUN.sub(" ", text)


def fields_of(body: records.Body) -> list[tuple[str, str]]:
    """(field, text) of what can be searched in a body; nothing for what was removed."""
    fields: list[tuple[str, str]]
    if isinstance(body, records.Interview):
        people = "\n".join(person.name for person in body.people if person.name)
        fields = [
            ("title", body.title),
            ("date", body.date),
            ("place", body.place),
            ("people", people),
            ("summary", body.summary),
            ("account", body.account),
        ]
    elif isinstance(body, records.Consent):
        fields = [("given", body.given)]
    elif isinstance(body, records.Note):
        fields = [] if body.removed else [("text", body.text)]
    elif isinstance(body, records.Transcript):
        # A field for each paragraph: what is found in it has a moment in the sound.
        fields = []
        for each in () if body.removed else body.paragraphs:
            fields += [(timed("spoken", each.start), each.text)]
            fields += [(timed("translation", each.start), each.translation)]
    else:
        fields = [] if body.removed else [("name", body.name)]
    return [(field, normal(text)) for field, text in fields if text]


def timed(field: str, at: int) -> str:
    """The name of a field whose text belongs to a moment of a recording, in milliseconds."""
    return f"{field}@{at}"


def moment(field: str) -> tuple[str, int | None]:
    """The name that `timed` was given, and the moment; None for a field that has none."""
    name, _, at = field.partition("@")
    return name, int(at) if at else None


def put(
    work: Work, number: int, record_id: str, interview: str, kind: str, fields: Sequence[tuple[str, str]]
) -> None:
    """Index the text of a record's heads in place of what was indexed before."""
    remove(work, record_id)
    if not fields:
        return
    stored = msgspec.json.encode(fields).decode()
    work.run("INSERT INTO text VALUES (?, ?, ?, ?, ?)", (number, record_id, interview, kind, stored))
    work.run(
        "INSERT INTO words (rowid, title, body, title_pairs, body_pairs) VALUES (?, ?, ?, ?, ?)",
        (number, *_columns(fields)),
    )


def remove(work: Work, record_id: str) -> None:
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


def clear(work: Work) -> None:
    """Empty the index."""
    work.run("DELETE FROM text")
    work.run("INSERT INTO words (words) VALUES ('delete-all')")


def _columns(fields: Sequence[tuple[str, str]]) -> tuple[str, str, str, str]:
    title = "\n".join(text for field, text in fields if field in _TITLES)
    body = "\n".join(text for field, text in fields if field not in _TITLES)
    return words(title), words(body), pairs(title), pairs(body)
