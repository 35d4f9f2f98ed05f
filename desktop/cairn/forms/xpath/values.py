"""The kinds of values, and how one becomes another (XPath 1.0, 4; OpenRosa's dates beside them).

A value is a text, a number, a truth, a list of nodes in document order, or a `Moment`, which is a number that knows
its date. Conversions never fail: what is no number is NaN.
"""

from __future__ import annotations

import math
import re
from datetime import tzinfo
from decimal import Decimal
from typing import TypeAlias

from cairn.forms.xpath import moments
from cairn.forms.xpath.moments import Moment
from cairn.forms.xpath.nodes import Node

Value: TypeAlias = str | float | bool | list[Node]

NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*\Z", re.ASCII)


def to_string(value: Value) -> str:
    """XPath's string(): of nodes, the first one's value; of a date, its text; of a number, without an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return value[0].value if value else ""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return number_text(value)


def to_number(value: Value, zone: tzinfo) -> float:
    """XPath's number(), which reads a date as days since 1970-01-01; NaN for what is neither."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return text_number(to_string(value), zone)


def to_boolean(value: Value) -> bool:
    """XPath's boolean(): a text with a character ("false" too), a number but 0 and NaN, a date, a node."""
    if isinstance(value, Moment):
        return not math.isnan(value)
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def text_number(text: str, zone: tzinfo) -> float:
    """The number that `text` is, or the days of the date that it is; else NaN."""
    if _NUMBER.match(text):
        return float(text)
    if text and (found := moments.read(text.strip(), zone)) is not None:
        return found
    return NAN


def number_text(number: float) -> str:
    """A number in XPath's own form: no exponent, no needless zeros, `NaN`, `Infinity`."""
    if isinstance(number, Moment):
        return number.text
    if math.isfinite(number):
        text = repr(float(number))
        if "e" in text:
            text = format(Decimal(text), "f")
        return text.removesuffix(".0") if text != "-0.0" else "0"
    if math.isnan(number):
        return "NaN"
    return "Infinity" if number > 0 else "-Infinity"
