"""What is wrong with a questionnaire's rows, before it is converted: each with its row and a code. Runs in the child only.

The converter stops at the first thing that it can't take and says it in English; most of what happens is found here
first, all of it at once, in codes that have words in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cairn.decode.form_dialects import cells
from cairn.decode.form_sheets import Book, Row
from cairn.forms.findings import Finding, Grade, finding

REFUSED = frozenset({
    "background-audio", "background-geopoint", "barcode", "q_barcode", "add_barcode_prompt", "geotrace", "geoshape",
    "q_geotrace", "q_geoshape", "osm", "loop", "begin_loop", "select_one_external", "select_one_external_from",
    "start-geopoint", "sms", "subscriberid", "simserial", "phonenumber", "imei", "get_sim_id", "sim_id",
    "get_phone_number", "phone_number", "get_subscriber_id", "subscriber_id", "cascading_select",
})  # fmt: skip
"""Types that Cairn doesn't offer: they draw on a map, need a scanner or a phone, or listen unseen."""
_APPEARANCES = (
    (re.compile(r"^ex:"), "ex:"), (re.compile(r"^printer"), "printer"), (re.compile(r"^image-map$"), "image-map"),
    (re.compile(r"^bearing$"), "bearing"), (re.compile(r"^search\s*\("), "search()"),
)  # fmt: skip
_LISTED = re.compile(
    r"^(select_one|select_multiple|rank|select one|select multiple|select1|select one from|select multiple from|"
    r"select all that apply from|select all that apply|add select one prompt using|add select multiple prompt using)"
    r"\s+(?P<list>\S.*?)(\s+or[ _](specify[ _])?other)?$",
    re.IGNORECASE,
)
_FILED = re.compile(r"^select[_ ](one|multiple)[_ ]from[_ ]file\s+(?P<file>\S+)", re.IGNORECASE)
_BEGIN = re.compile(r"^begin[_ ](group|repeat|lgroup|looped group|loop)", re.IGNORECASE)
_END = re.compile(r"^end[_ ](group|repeat|lgroup|looped group|loop)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]*)\s*\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_PICTURE = re.compile(r"<\s*img|!\[|src\s*=|file:|javascript:", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(script|iframe|object|embed|style|link|meta|form|input)\b", re.IGNORECASE)
_TOLD = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def lint(book: Book) -> Iterator[Finding]:
    """Everything that is found, the order of the rows."""
    rows = book.get("survey") or []
    if not rows:
        yield finding(
            "form.no-survey", Grade.BROKEN, sheets=", ".join(map(str, book.get("sheet_names") or []))
        )
        return
    lists, sheets = _lists(book), _Names()
    names = {cells(row, "name", "value", "tag").strip() for row in rows}
    yield from _list_rows(book)
    for at, row in enumerate(rows, 2):
        if not any(str(value).strip() for value in row.values()) or _is_off(row):
            continue
        yield from _row(row, at, lists, sheets)
        yield from _references(row, at, names)
    yield from sheets.left_open()


def _is_off(row: Row) -> bool:
    return cells(row, "disabled").strip().lower() in ("yes", "true", "true()")


def _lists(book: Book) -> set[str]:
    return {cells(row, "list_name", "list").strip() for row in book.get("choices") or []} | {
        cells(row, "list_name", "list").strip() for row in book.get("entities") or []
    }


def _list_rows(book: Book) -> Iterator[Finding]:
    free = any(
        cells(row, "allow_choice_duplicates").strip().lower() in ("yes", "true", "true()")
        for row in book.get("settings") or []
    )
    seen: dict[tuple[str, str], int] = {}
    for at, row in enumerate(book.get("choices") or [], 2):
        where, code = cells(row, "list_name", "list").strip(), cells(row, "name", "value").strip()
        if not where:
            continue
        if not code:
            yield finding("form.choice-nameless", Grade.BROKEN, sheet="choices", row=at, list=where)
        elif (where, code) in seen and not free:
            yield finding(
                "form.choice-twice",
                Grade.BROKEN,
                sheet="choices",
                row=at,
                name=code,
                list=where,
                other=seen[where, code],
            )
        elif " " in code:
            yield finding("form.choice-space", Grade.WARNING, sheet="choices", row=at, name=code, list=where)
        seen.setdefault((where, code), at)


class _Names:
    """Which names stand in which group, and which groups are open."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str, int, dict[str, int]]] = [("", "", 0, {})]

    def take(self, name: str, row: int) -> int:
        """The row of an earlier question of that name right here; 0 where there is none."""
        here = self._open[-1][3]
        earlier = here.get(name, 0)
        here.setdefault(name, row)
        return earlier

    def begin(self, kind: str, name: str, row: int) -> None:
        self._open.append((kind, name, row, {}))

    def end(self, kind: str) -> bool:
        """Whether there was one to end."""
        if len(self._open) == 1 or self._open[-1][0] != kind:
            return False
        self._open.pop()
        return True

    def left_open(self) -> Iterator[Finding]:
        for kind, name, row, _ in self._open[1:]:
            yield finding("form.begin-unmatched", Grade.BROKEN, sheet="survey", row=row, name=name, kind=kind)


def _row(row: Row, at: int, lists: set[str], names: _Names) -> Iterator[Finding]:
    kind, name = cells(row, "type", "command").strip(), cells(row, "name", "value", "tag").strip()

    def found(code: str, grade: Grade, **values: Any) -> Finding:
        return finding(code, grade, sheet="survey", row=at, name=name, **values)

    if not kind:
        if name or cells(row, "label"):
            yield found("form.typeless", Grade.BROKEN)
        return
    if end := _END.match(kind):
        if not names.end(_kind(end[1])):
            yield found("form.end-unmatched", Grade.BROKEN, kind=_kind(end[1]))
        return
    short = re.sub(r"\s+", "_", kind.lower()).split("_or_other")[0]
    if short in REFUSED or short.split("_external")[0] == "select_one" and "external" in short:
        yield found("form.type-refused", Grade.REFUSED, type=kind)
    if name and (earlier := names.take(name, at)):
        yield found("form.name-twice", Grade.BROKEN, other=earlier)
    if name and not _NAME.match(name):
        yield found("form.name-invalid", Grade.BROKEN)
    if begin := _BEGIN.match(kind):
        names.begin(_kind(begin[1]), name, at)
    listed = None if _FILED.match(kind) else _LISTED.match(kind)
    if listed and listed["list"] not in lists and not listed["list"].startswith("${"):
        yield found("form.list-missing", Grade.BROKEN, list=listed["list"])
    for word in _words(cells(row, "appearance", "control::appearance", "body::appearance")):
        for pattern, told in _APPEARANCES:
            if pattern.search(word):
                yield found("form.appearance-refused", Grade.REFUSED, appearance=told)
    yield from _told(row, at, name)


def _kind(word: str) -> str:
    return {"lgroup": "repeat", "looped group": "repeat"}.get(word.lower(), word.lower())


def _words(appearance: str) -> list[str]:
    return [appearance.strip()] if "(" in appearance else appearance.split()


def _told(row: Row, at: int, name: str) -> Iterator[Finding]:
    """Pictures inside a label and markup that is not text are never shown: said once for each row."""
    for key, value in row.items():
        if key.split(":")[0].strip().lower() not in _TOLD:
            continue
        if _MARKUP.search(str(value)) or _PICTURE.search(str(value)):
            yield finding("form.label-markup", Grade.WARNING, sheet="survey", row=at, name=name, column=key)
            return


def _references(row: Row, at: int, names: set[str]) -> Iterator[Finding]:
    for key, value in row.items():
        for name in _REFERENCE.findall(str(value)):
            if name not in names:
                yield finding(
                    "form.undefined",
                    Grade.BROKEN,
                    sheet="survey",
                    row=at,
                    name=cells(row, "name"),
                    column=key,
                    wanted=name,
                )
