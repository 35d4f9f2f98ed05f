"""Texts (XPath 1.0, 4.2), and OpenRosa's."""

from __future__ import annotations

import base64
import binascii
import math
import re
from functools import lru_cache

import regex

from cairn.crypto.hashes import named_digest
from cairn.forms.xpath import limits
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value, to_number, to_string

_CLASS = re.compile(r"\\(.)", re.DOTALL)
_ASCII = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[A-Za-z0-9_]",
    "W": "[^A-Za-z0-9_]",
    "s": r"[ \t\n\x0b\f\r]",
    "S": r"[^ \t\n\x0b\f\r]",
}
"""What the short classes mean in Java's and JavaScript's patterns."""
_SPACE = re.compile(r"[ \t\r\n]+")
_COUNTED = re.compile(r"(\)?)\{(\d+)")
_SPREAD = re.compile(r"\(\?[\w-]*x[\w-]*[:)]")
"""The flag with which blanks and remarks may stand in a pattern, also inside of a count."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def texts_of(call: Call, values: tuple[Value, ...]) -> list[str]:
    """The values as texts, of nodes each one's; together no longer than a text may be."""
    found: list[str] = []
    for value in values:
        found += [node.value for node in value] if isinstance(value, list) else [to_string(value)]
    if sum(map(len, found)) > limits.TEXT:
        raise XPathError("xpath.text-too-long", call.offset, limit=limits.TEXT)
    return found


@function("string", 0, 1)
def _string(_call: Call, c: Context, value: Value | None = None) -> Value:
    return c.node.value if value is None else to_string(value)


@function("concat", 0, None)
def _concat(call: Call, _c: Context, *values: Value) -> Value:
    return "".join(texts_of(call, values))


@function("join", 1, None)
def _join(call: Call, _c: Context, between: Value, *values: Value) -> Value:
    found = texts_of(call, values)
    text = to_string(between)
    if len(text) * len(found) > limits.TEXT:
        raise XPathError("xpath.text-too-long", call.offset, limit=limits.TEXT)
    return text.join(found)


@function("substr", 2, 3)
def _substr(_call: Call, c: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    """From `start`, counted from 0 (below 0 from the end), up to and without `end`."""
    text = to_string(value)
    return text[_place(start, c) :] if end is None else text[_place(start, c) : _place(end, c)]


def _place(value: Value, c: Context) -> int:
    number = to_number(value, c.env.zone)
    if math.isnan(number):
        return 0
    return int(max(-limits.TEXT, min(limits.TEXT, number)))


@function("substring", 2, 3)
def _substring(_call: Call, c: Context, value: Value, start: Value, length: Value | None = None) -> Value:
    """XPath's own: counted from 1, with places and lengths rounded, and NaN inside nothing."""
    text = to_string(value)
    first = _rounded(to_number(start, c.env.zone))
    end = math.inf if length is None else first + _rounded(to_number(length, c.env.zone))
    if math.isnan(first) or math.isnan(end):
        return ""
    begin, stop = max(first, 1.0), min(end, len(text) + 1.0)
    return text[int(begin) - 1 : int(stop) - 1] if begin < stop else ""


def _rounded(number: float) -> float:
    return float(math.floor(number + 0.5)) if math.isfinite(number) else number


@function("substring-before", 2, 2)
def _substring_before(_call: Call, _c: Context, value: Value, mark: Value) -> Value:
    before, found, _ = to_string(value).partition(to_string(mark)) if to_string(mark) else ("", "", "")
    return before if found else ""


@function("substring-after", 2, 2)
def _substring_after(_call: Call, _c: Context, value: Value, mark: Value) -> Value:
    if not to_string(mark):
        return to_string(value)
    return to_string(value).partition(to_string(mark))[2]


@function("contains", 2, 2)
def _contains(_call: Call, _c: Context, value: Value, part: Value) -> Value:
    return to_string(part) in to_string(value)


@function("starts-with", 2, 2)
def _starts_with(_call: Call, _c: Context, value: Value, part: Value) -> Value:
    return to_string(value).startswith(to_string(part))


@function("ends-with", 2, 2)
def _ends_with(_call: Call, _c: Context, value: Value, part: Value) -> Value:
    return to_string(value).endswith(to_string(part))


@function("translate", 3, 3)
def _translate(_call: Call, _c: Context, value: Value, old: Value, new: Value) -> Value:
    to = to_string(new)
    table: dict[int, str | None] = {}
    for number, character in enumerate(to_string(old)):
        table.setdefault(ord(character), to[number] if number < len(to) else None)
    return to_string(value).translate(table)


@function("string-length", 0, 1)
def _string_length(_call: Call, c: Context, value: Value | None = None) -> Value:
    return float(len(c.node.value if value is None else to_string(value)))


@function("normalize-space", 0, 1)
def _normalize_space(_call: Call, c: Context, value: Value | None = None) -> Value:
    return _SPACE.sub(" ", c.node.value if value is None else to_string(value)).strip(" ")


@function("regex", 2, 2)
def _regex(call: Call, _c: Context, value: Value, pattern: Value) -> Value:
    """Whether the whole text fits the pattern, as JavaRosa has it; classes mean ASCII, as there."""
    written = to_string(pattern)
    if len(written) > limits.PATTERN:
        raise XPathError("xpath.pattern-too-long", call.offset, limit=limits.PATTERN)
    if _is_costly(written):
        raise XPathError("xpath.no-pattern", call.offset, text=shown(written))
    try:
        found = _pattern(written).fullmatch(to_string(value), timeout=limits.PATTERN_SECONDS)
    except TimeoutError:
        raise XPathError("xpath.pattern-too-slow", call.offset, text=shown(written)) from None
    except (regex.error, OverflowError, RecursionError, ValueError, KeyError, IndexError):
        raise XPathError("xpath.no-pattern", call.offset, text=shown(written)) from None
    return found is not None


def _is_costly(written: str) -> bool:
    """Whether compiling alone would take memory without end: what must stand there so often is written out so often."""
    if _SPREAD.search(written):
        return True
    most, product = 1, 1
    for after_group, digits in _COUNTED.findall(written):
        count = (
            max(1, min(int(digits[:9]), limits.PATTERN_COUNT + 1))
            if len(digits) < 9
            else limits.PATTERN_COUNT + 1
        )
        # Counts multiply where groups lie in one another; which do is not looked at.
        if after_group:
            product *= count
        else:
            most = max(most, count)
        if most * product > limits.PATTERN_COUNT:
            return True
    return False


@lru_cache(maxsize=256)
def _pattern(written: str) -> regex.Pattern[str]:
    # Version 1 has sets within sets, as Java's patterns have.
    return regex.compile(_CLASS.sub(lambda match: _ASCII.get(match[1], match[0]), written), regex.VERSION1)


@function("digest", 2, 3)
def _digest(call: Call, _c: Context, value: Value, algorithm: Value, form: Value = "base64") -> Value:
    found = named_digest(to_string(algorithm).strip().upper(), to_string(value).encode("utf-8", "replace"))
    if found is None:
        raise XPathError("xpath.no-digest", call.offset, text=shown(to_string(algorithm)))
    return found.hex() if to_string(form).strip().lower() == "hex" else base64.b64encode(found).decode()


@function("base64-decode", 1, 1)
def _base64_decode(_call: Call, _c: Context, value: Value) -> Value:
    try:
        return base64.b64decode(to_string(value)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


@function("uuid", 0, 1)
def _uuid(call: Call, c: Context, length: Value | None = None) -> Value:
    """A UUID of version 4 (RFC 9562); with a length, that many letters and digits."""
    if length is None:
        raw = bytearray(c.env.entropy(16))
        raw[6], raw[8] = raw[6] & 0x0F | 0x40, raw[8] & 0x3F | 0x80
        text = raw.hex()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    number = to_number(length, c.env.zone)
    if number > limits.TOKEN:
        raise XPathError("xpath.text-too-long", call.offset, limit=limits.TOKEN)
    return "".join(
        _ALPHABET[byte % len(_ALPHABET)] for byte in c.env.entropy(int(number) if number > 0 else 0)
    )
