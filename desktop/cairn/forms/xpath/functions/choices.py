"""Answers to questions with choices: a list of words, with spaces between."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function, special
from cairn.forms.xpath.paths import Compile, Run
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value, text_number, to_boolean, to_number, to_string


@function("selected", 2, 2)
def _selected(_call: Call, _c: Context, value: Value, choice: Value) -> Value:
    return to_string(choice).strip() in (to_string(value).split() or [""])


@function("selected-at", 2, 2)
def _selected_at(_call: Call, c: Context, value: Value, place: Value) -> Value:
    """The choice of that number, from 0; nothing where there is none."""
    chosen, number = to_string(value).split(), to_number(place, c.env.zone)
    return chosen[int(number)] if 0 <= number < len(chosen) else ""


@function("count-selected", 1, 1)
def _count_selected(_call: Call, _c: Context, value: Value) -> Value:
    return float(len(to_string(value).split()))


@function("jr:choice-name", 2, 2)
def _choice_name(_call: Call, c: Context, value: Value, question: Value) -> Value:
    """The label of a choice in the language that is shown; its value where it has none."""
    choice = to_string(value)
    label = c.env.choice_label(choice, to_string(question), c.here)
    return choice if label is None else label


@function("jr:itext", 1, 1)
def _itext(_call: Call, c: Context, name: Value) -> Value:
    """A text of the form in the language that is shown; its name where there is none."""
    text = c.env.translation(to_string(name))
    return to_string(name) if text is None else text


def _truths(c: Context, value: Value) -> list[bool]:
    """Of each node whether its value is a number but 0, or any other text; of anything else, its truth."""
    if not isinstance(value, list):
        return [to_boolean(value)]
    return [_holds(node.value, c) for node in value] or [False]


def _holds(text: str, c: Context) -> bool:
    number = text_number(text, c.env.zone)
    return bool(text) if math.isnan(number) else number != 0


def _between(total: float, least: float, most: float) -> bool:
    """-1 means no end."""
    return (least < 0 or total >= least) and (most < 0 or total <= most)


@function("checklist", 2, None)
def _checklist(_call: Call, c: Context, least: Value, most: Value, *values: Value) -> Value:
    """Whether as many of the values hold as are asked for."""
    total = float(sum(sum(_truths(c, value)) for value in values))
    return _between(total, to_number(least, c.env.zone), to_number(most, c.env.zone))


@special("weighted-checklist", 2, None)
def _weighted_checklist(_call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    """The same with a weight beside each value; nodes beside nodes are taken in pairs."""
    least, most, *rest = arguments

    def run(c: Context) -> Value:
        zone = c.env.zone
        total = 0.0
        for value, weight in zip(rest[::2], rest[1::2], strict=False):
            weights = list(_weights(c, weight(c)))
            for number, holds in enumerate(_truths(c, value(c))):
                if holds and weights:
                    total += weights[min(number, len(weights) - 1)]
        return _between(total, to_number(least(c), zone), to_number(most(c), zone))

    return run


def _weights(c: Context, value: Value) -> Iterator[float]:
    if isinstance(value, list):
        yield from (text_number(node.value, c.env.zone) for node in value)
    else:
        yield to_number(value, c.env.zone)
