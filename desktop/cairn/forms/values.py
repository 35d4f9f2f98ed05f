"""What a question's type makes of a text: the form in which it is kept, or nothing where it is none.

A value that doesn't fit its type is empty, as in the reference implementations; the screen says so where a person
types it. Sources: ODK XForms specification, "Data Types"; JavaRosa writes a decimal with its point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime

TYPES = frozenset({
    "string", "int", "decimal", "boolean", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape", "binary",
    "barcode", "intent", "selectList",
})  # fmt: skip
_ALIASES = {
    "integer": "int", "long": "int", "short": "int", "double": "decimal", "float": "decimal", "number": "decimal",
    "text": "string", "select1": "string", "select": "string", "odk:rank": "string", "rank": "string", "xsd:int": "int",
    "datetime": "dateTime", "base64Binary": "binary",
}  # fmt: skip
_INT = re.compile(r"[+-]?\d{1,20}(\.\d*)?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?\Z", re.ASCII | re.DOTALL)
_CLOCK = r"(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}(?::\d{2})?)?"
_TIME = re.compile(_CLOCK + r"\Z", re.ASCII)
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})T" + _CLOCK + r"\Z", re.ASCII)
LARGEST = 2**31 - 1


def type_of(name: str) -> str:
    """A bind's type without its prefix, under the name that is used here; unknown ones stay as they are."""
    bare = (
        name.strip().rpartition(":")[2]
        if name.strip().startswith(("xsd:", "xs:", "xf:", "odk:"))
        else name.strip()
    )
    return _ALIASES.get(bare, bare) or "string"


def cast(kind: str, text: str) -> str:
    """`text` in the form in which a value of this type is kept; empty where it is none of it."""
    made = _CASTS.get(kind)
    return text if made is None or not text else made(text.strip())


def fits(kind: str, text: str) -> bool:
    """Whether a text that is not empty is a value of this type."""
    return not text.strip() or cast(kind, text) != ""


def _int(text: str) -> str:
    if not _INT.match(text):
        number = _float(text)
        if number is None or not math.isfinite(number):
            return ""
        text = str(math.trunc(number))
    value = int(text.partition(".")[0] or 0)
    return str(value) if -LARGEST - 1 <= value <= LARGEST else ""


def _float(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _decimal(text: str) -> str:
    value = _float(text)
    return "" if value is None or not math.isfinite(value) else plain(value)


def plain(value: float) -> str:
    """A number with its point and without an exponent: `23.0`, `0.5`."""
    text = repr(float(value))
    if "e" not in text:
        return text
    if abs(value) >= 1:
        return f"{value:.1f}"
    return f"{value:.20f}".rstrip("0")


def _boolean(text: str) -> str:
    return {"true": "1", "1": "1", "false": "0", "0": "0"}.get(text.lower(), "")


def _date(text: str) -> str:
    found = _DATE.match(text)
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def _time(text: str) -> str:
    found = _TIME.match(text)
    return text if found and int(found[1]) < 24 and int(found[2]) < 60 and int(found[3]) < 60 else ""


def _stamp(text: str) -> str:
    found = _STAMP.match(text)
    if found is None:
        return ""
    try:
        datetime.fromisoformat(text[:19])
    except ValueError:
        return ""
    return text


def _point(text: str) -> str:
    numbers = [_float(each) for each in text.split()]
    if not 2 <= len(numbers) <= 4 or any(each is None for each in numbers):
        return ""
    known = [each for each in numbers if each is not None]
    if abs(known[0]) > 90 or abs(known[1]) > 180 or (len(known) == 4 and known[3] < 0):
        return ""
    # No place at all, as a device without a fix says it.
    if len(known) == 4 and not any(known):
        return ""
    return " ".join(plain(each) for each in known)


def _line(least: int) -> Callable[[str], str]:
    def made(text: str) -> str:
        points = [_point(each) for each in text.split(";") if each.strip()]
        return ";".join(points) if len(points) >= least and all(points) else ""

    return made


_CASTS: dict[str, Callable[[str], str]] = {
    "int": _int,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "dateTime": _stamp,
    "geopoint": _point,
    "geotrace": _line(2),
    "geoshape": _line(3),
}
