"""Numbers (XPath 1.0, 4.4), and OpenRosa's mathematics. What has no value is NaN, what is too large is infinite."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from decimal import Context as Decimals

from cairn.forms.xpath import limits
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import NAN, Value, to_number

_EXACT = Decimals(prec=400, rounding=ROUND_HALF_UP)
"""Enough digits for every double, with the places that may be asked for."""


@function("number", 0, 1)
def _number(_call: Call, c: Context, value: Value | None = None) -> Value:
    return float(to_number(c.node.value if value is None else value, c.env.zone))


@function("int", 1, 1)
def _int(_call: Call, c: Context, value: Value) -> Value:
    return _whole(math.trunc, to_number(value, c.env.zone))


@function("floor", 1, 1)
def _floor(_call: Call, c: Context, value: Value) -> Value:
    return _whole(math.floor, to_number(value, c.env.zone))


@function("ceiling", 1, 1)
def _ceiling(_call: Call, c: Context, value: Value) -> Value:
    return _whole(math.ceil, to_number(value, c.env.zone))


def _whole(to: Callable[[float], int], number: float) -> float:
    return float(to(number)) if math.isfinite(number) else float(number)


@function("round", 1, 2)
def _round(_call: Call, c: Context, value: Value, places: Value = 0.0) -> Value:
    """To `places` after the point, or before it where negative; a half goes away from 0, as JavaRosa has it."""
    number, digits = float(to_number(value, c.env.zone)), to_number(places, c.env.zone)
    if not math.isfinite(number):
        return number
    if math.isnan(digits):
        return NAN
    shift = int(max(-limits.DIGITS, min(limits.DIGITS, digits)))
    # The shortest text that means this number: 2.15 is meant as 2.15, not as what a double makes of it.
    moved = Decimal(repr(number)).scaleb(shift, _EXACT).to_integral_value(ROUND_HALF_UP)
    return float(moved.scaleb(-shift, _EXACT)) + 0.0


@function("abs", 1, 1)
def _abs(_call: Call, c: Context, value: Value) -> Value:
    return abs(float(to_number(value, c.env.zone)))


@function("random", 0, 0)
def _random(_call: Call, c: Context) -> Value:
    return (int.from_bytes(c.env.entropy(7), "big") >> 3) / (1 << 53)


@function("pi", 0, 0)
def _pi(_call: Call, _c: Context) -> Value:
    return math.pi


def _exp10(number: float) -> float:
    return math.pow(10.0, number)


def _logarithm(of: Callable[[float], float], number: float) -> float:
    return of(number) if number != 0 else -math.inf


def _power(base: float, power: float) -> float:
    if base == 0 and power < 0:
        return math.inf
    return math.pow(base, power)


def _of_one(work: Callable[[float], float], _call: Call, c: Context, value: Value) -> Value:
    return _tried(work, float(to_number(value, c.env.zone)))


def _of_two(work: Callable[[float, float], float], _call: Call, c: Context, a: Value, b: Value) -> Value:
    return _tried(work, float(to_number(a, c.env.zone)), float(to_number(b, c.env.zone)))


def _tried(work: Callable[..., float], *numbers: float) -> float:
    try:
        return work(*numbers)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return NAN


_MATHEMATICS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": _exp10,
    "log": functools.partial(_logarithm, math.log),
    "log10": functools.partial(_logarithm, math.log10),
}
for _name, _work in _MATHEMATICS.items():
    function(_name, 1, 1)(functools.partial(_of_one, _work))
function("pow", 2, 2)(functools.partial(_of_two, _power))
function("atan2", 2, 2)(functools.partial(_of_two, math.atan2))
