"""Questionnaires as they go around, brought to what the converter takes. Runs in the child only.

Each change is told as a finding. What is mended here was seen in real files: a question that is called `meta`, which is
reserved; types of other programs; columns that make the converter stumble, or write XML that is none; the same choice
entered twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cairn.decode.form_sheets import Book, Row
from cairn.forms.findings import Finding, Grade, finding
from cairn.forms.markup import CAIRN

TYPES = {
    "tel": "text",
    "phone": "text",
    "db-object": "text",
    "url": "text",
    "html": "note",
    "number": "decimal",
}
"""Types of other programs, and what they are asked as here."""
_OBJECT = re.compile(r"^db:[\w-]+$")
_PREFIXED = re.compile(r"^(bind|body|control|instance)\s*::?\s*([\w.-]+):([\w.-]+)$")
_KNOWN = frozenset({"jr", "odk", "orx", "h", "ev", "xsd", "xf", "entities"})
_NAMESPACE = re.compile(r"""([\w.-]+)\s*=\s*["']([^"']*)["']""")
_CRASHING = frozenset({"tag", "name", "id", "xmlns", "version"})
"""`instance::tag` and its like end the converter with an error of its own."""
_TRANSLATED = re.compile(
    r"^(label|hint|guidance_hint|constraint_message|required_message|image|audio|video)\s*:\s*([^:]\S*.*)$"
)
_RESERVED = "meta"


def normalise(book: Book) -> Iterator[Finding]:
    """Change `book` in place; what was changed."""
    yield from _columns(book)
    yield from _types(book)
    yield from _reserved(book)
    yield from _choices(book)


def _columns(book: Book) -> Iterator[Finding]:
    settings = book.get("settings") or [{}]
    declared = dict(_NAMESPACE.findall(" ".join(str(row.get("namespaces", "")) for row in settings)))
    cairn = False
    for sheet in ("survey", "choices"):
        for header in list((book.get(f"{sheet}_header") or [{}])[0]):
            low = header.strip().lower()
            prefixed = _PREFIXED.match(low)
            if prefixed and prefixed[2] == "cairn":
                cairn = True
            elif prefixed and prefixed[2] not in declared and prefixed[2] not in _KNOWN:
                _drop(book, sheet, header)
                yield finding(
                    "form.column-undeclared",
                    Grade.WARNING,
                    sheet=sheet,
                    row=1,
                    column=header,
                    prefix=prefixed[2],
                )
            elif (
                low.replace(" ", "").startswith("instance::") and low.rpartition(":")[2].strip() in _CRASHING
            ):
                _drop(book, sheet, header)
                yield finding("form.column-left-out", Grade.NOTE, sheet=sheet, row=1, column=header)
            elif (single := _TRANSLATED.match(header.strip())) is not None:
                # With one colon the language would become the prefix of an attribute that nobody declared.
                _rename(book, sheet, header, f"{single[1]}::{single[2]}")
                yield finding(
                    "form.column-renamed",
                    Grade.NOTE,
                    sheet=sheet,
                    row=1,
                    column=header,
                    to=f"{single[1]}::{single[2]}",
                )
    if cairn and "cairn" not in declared:
        rows = book.setdefault("settings", []) or [{}]
        rows[0]["namespaces"] = f'{rows[0].get("namespaces", "")} cairn="{CAIRN}"'.strip()
        book["settings"] = rows
        head = book.get("settings_header") or [{}]
        head[0]["namespaces"] = None
        book["settings_header"] = head


def _drop(book: Book, sheet: str, header: str) -> None:
    book[f"{sheet}_header"][0].pop(header, None)
    for row in book[sheet]:
        row.pop(header, None)


def _rename(book: Book, sheet: str, old: str, new: str) -> None:
    head = book[f"{sheet}_header"][0]
    if new in head:
        return
    book[f"{sheet}_header"] = [{new if key == old else key: value for key, value in head.items()}]
    for row in book[sheet]:
        if old in row:
            row[new] = row.pop(old)


def cells(row: Row, *names: str) -> str:
    """The cell of the first of these columns that there is, written in any case."""
    for key, value in row.items():
        if key.strip().lower().replace(" ", "_") in names:
            return str(value)
    return ""


def _put(row: Row, name: str, value: str) -> None:
    for key in row:
        if key.strip().lower() in (name, {"type": "command", "name": "tag"}.get(name)):
            row[key] = value
            return


def _types(book: Book) -> Iterator[Finding]:
    for at, row in enumerate(book.get("survey") or [], 2):
        kind = cells(row, "type", "command").strip()
        asked = TYPES.get(kind.lower()) or ("text" if _OBJECT.match(kind) else None)
        if asked:
            _put(row, "type", asked)
            yield finding(
                "form.type-mapped",
                Grade.NOTE,
                sheet="survey",
                row=at,
                name=cells(row, "name"),
                type=kind,
                to=asked,
            )


def _reserved(book: Book) -> Iterator[Finding]:
    """`meta` is where a submission says which one it is: a question of that name gets another."""
    rows = book.get("survey") or []
    names = {cells(row, "name").strip() for row in rows}
    at = next((at for at, row in enumerate(rows, 2) if cells(row, "name").strip().lower() == _RESERVED), 0)
    if not at:
        return
    new = next(name for name in (f"meta{end}" for end in ("_1", "_2", "_3", "_renamed")) if name not in names)
    old = re.compile(r"\$\{\s*meta\s*\}", re.IGNORECASE)
    for row in [*rows, *(book.get("choices") or [])]:
        for key, value in row.items():
            row[key] = old.sub(f"${{{new}}}", str(value))
        if cells(row, "name").strip().lower() == _RESERVED and row in rows:
            _put(row, "name", new)
    yield finding("form.renamed", Grade.NOTE, sheet="survey", row=at, name=new, old=_RESERVED)


def _choices(book: Book) -> Iterator[Finding]:
    """The same choice entered twice, all cells alike, is one; two that differ are for a person to settle."""
    rows = book.get("choices") or []
    seen = Counter[tuple[tuple[str, str], ...]]()
    for at, row in enumerate(rows, 2):
        whole = tuple(sorted((key, str(value).strip()) for key, value in row.items()))
        if not whole:
            continue
        seen[whole] += 1
        if seen[whole] > 1:
            yield finding(
                "form.choice-again", Grade.NOTE, sheet="choices", row=at, name=cells(row, "name", "value")
            )
            row.clear()
