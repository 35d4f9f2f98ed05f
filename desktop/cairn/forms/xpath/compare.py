"""Comparisons (XPath 1.0, 3.4), in which a date compares as the day that it is, however it is written.

One departure, which the peers share: with `<` and its like, nodes beside a truth are compared by their numbers, not
by whether there are any.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import tzinfo

from cairn.forms.xpath import moments
from cairn.forms.xpath.moments import Moment
from cairn.forms.xpath.values import Value, text_number, to_boolean, to_number

_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compared(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Whether `left sign right` holds; between nodes, whether it holds for any of them."""
    if sign in _ORDERS:
        holds = _ORDERS[sign]
        return any(holds(a, b) for a in _ends(left, zone) for b in _ends(right, zone))
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) is (sign == "=")
    if isinstance(left, float) or isinstance(right, float):
        return _numbers_equal(left, right, sign == "=", zone)
    return _texts_equal(_texts(left), _texts(right), sign == "=", zone)


def _ends(value: Value, zone: tzinfo) -> tuple[float, ...]:
    """The numbers that decide an order: of nodes, the least and the greatest."""
    if not isinstance(value, list):
        return (to_number(value, zone),)
    numbers = [number for node in value if (number := text_number(node.value, zone)) == number]
    return (min(numbers), max(numbers)) if numbers else ()


def _numbers_equal(left: Value, right: Value, wanted: bool, zone: tzinfo) -> bool:
    if isinstance(left, list):
        left, right = right, left
    number = to_number(left, zone)
    if isinstance(right, list):
        return any((text_number(node.value, zone) == number) is wanted for node in right)
    return (number == to_number(right, zone)) is wanted


def _texts(value: Value) -> list[str]:
    return [node.value for node in value] if isinstance(value, list) else [str(value)]


def _texts_equal(left: list[str], right: list[str], wanted: bool, zone: tzinfo) -> bool:
    if not left or not right:
        return False
    if len(left) == len(right) == 1:
        return (left[0] == right[0] or _key(left[0], zone) == _key(right[0], zone)) is wanted
    ours, theirs = ({_key(text, zone) for text in side} for side in (left, right))
    return not ours.isdisjoint(theirs) if wanted else len(ours | theirs) > 1


def _key(text: str, zone: tzinfo) -> str | Moment:
    """What equals what equals `text`: the moment that it is, or the text itself."""
    if not moments.looks_dated(text):
        return text
    found = moments.read(text, zone)
    return text if found is None else found
