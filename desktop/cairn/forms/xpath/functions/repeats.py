"""Repeats, other instances, and the order of choices."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cairn.crypto.hashes import sha256
from cairn.forms.xpath import nodes
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.functions.table import function, special
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.paths import Compile, Run, expected_nodes
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value, to_number, to_string

_MODULUS = 2_147_483_647
_FACTOR = 16_807
"""Of the generator of Park and Miller (1988), which JavaRosa shuffles choices with."""


@function("position", 0, 1)
def _position(call: Call, c: Context, value: Value | None = None) -> Value:
    """The number in what is gone through; of a node, which instance of its repeat it is. Of none, 0."""
    if value is None:
        return float(c.ordinal)
    found = expected_nodes(value, call.offset)
    return float(found[0].ordinal) if found else 0.0


@function("current", 0, 0)
def _current(_call: Call, c: Context) -> Value:
    return [c.here]


@function("instance", 1, 1)
def _instance(call: Call, c: Context, name: Value) -> Value:
    """The document of another instance, so that a path goes on with its topmost element."""
    found = c.env.instances.get(to_string(name))
    if found is None:
        raise XPathError("xpath.no-such-instance", call.offset, name=shown(to_string(name)))
    return [found]


@function("pulldata", 4, 4)
def _pulldata(call: Call, c: Context, name: Value, wanted: Value, key: Value, value: Value) -> Value:
    """A field of the first row of a table whose field `key` is `value`; nothing where there is none."""
    table = c.env.instances.get(to_string(name))
    if table is None:
        raise XPathError("xpath.no-such-instance", call.offset, name=shown(to_string(name)))
    field, by, what = to_string(wanted), to_string(key), to_string(value)
    rows = [row for top in table.children for row in top.children if row.kind == "element"]
    c.meter.spend(len(rows), call.offset)
    for row in rows:
        cells = row.named(by)
        if cells and cells[0].value == what:
            found = row.named(field)
            return found[0].value if found else ""
    return ""


@special("indexed-repeat", 3, 7, odd=True)
def _indexed_repeat(call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    """The nodes of the first argument that lie in the instances of the repeats with those numbers.

    The first argument is a path through all instances, wherever the expression stands: so its own instance of the
    repeat does not narrow it.
    """
    target, *rest = arguments
    pairs = list(zip(rest[::2], rest[1::2], strict=True))

    def run(c: Context) -> Value:
        wide = c.among(1)
        wide.node = wide.here = c.env.root
        found = expected_nodes(target(wide if _absolute(call, 0) else c), call.offset)
        for number, (repeat, index) in enumerate(pairs):
            own = wide if _absolute(call, 1 + 2 * number) else c
            place = to_number(index(c), c.env.zone)
            chosen = {node for node in expected_nodes(repeat(own), call.offset) if node.ordinal == place}
            c.meter.spend(len(found), call.offset)
            found = [node for node in found if _lies_in(node, chosen)]
        return found

    return run


def _absolute(call: Call, number: int) -> bool:
    return getattr(call.arguments[number], "start", None) == "/"


def _lies_in(node: Node, chosen: set[Node]) -> bool:
    return node in chosen or any(each in chosen for each in nodes.above(node))


@function("randomize", 1, 2)
def _randomize(call: Call, c: Context, value: Value, seed: Value | None = None) -> Value:
    """The nodes in another order; with the same seed always the same."""
    found = expected_nodes(value, call.offset)
    state = _seed(c, seed)
    shuffled: list[Node] = []
    for number, node in enumerate(found):
        state = state * _FACTOR % _MODULUS
        place = math.floor((state - 1) / (_MODULUS - 1) * (number + 1))
        if place == number:
            shuffled.append(node)
        else:
            shuffled.append(shuffled[place])
            shuffled[place] = node
    return shuffled


def _seed(c: Context, seed: Value | None) -> int:
    if seed is None:
        whole = int.from_bytes(c.env.entropy(8), "big")
    else:
        number = to_number(seed, c.env.zone)
        if math.isfinite(number):
            whole = math.floor(number)
        else:
            # A text is a seed as well: the first eight bytes of its SHA-256.
            digest = sha256(to_string(seed).encode("utf-8", "replace"))
            whole = int.from_bytes(digest[:8], "big", signed=True)
    state = abs(whole) % _MODULUS * (1 if whole >= 0 else -1)
    return state if state > 0 else state + _MODULUS - 1
