"""Nodes counted, summed up and named (XPath 1.0, 4.1 and 4.4)."""

from __future__ import annotations

import math

from cairn.forms.xpath import nodes
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.paths import expected_nodes
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import NAN, Value, text_number, to_number, to_string

_XML = "http://www.w3.org/XML/1998/namespace"


@function("count", 1, 1)
def _count(call: Call, _c: Context, value: Value) -> Value:
    return float(len(nodes.counted(expected_nodes(value, call.offset))))


@function("count-non-empty", 1, 1)
def _count_non_empty(call: Call, _c: Context, value: Value) -> Value:
    return float(sum(1 for node in nodes.counted(expected_nodes(value, call.offset)) if node.value))


@function("sum", 1, 1)
def _sum(call: Call, c: Context, value: Value) -> Value:
    zone = c.env.zone
    return float(
        sum(
            (text_number(node.value, zone) for node in nodes.counted(expected_nodes(value, call.offset))), 0.0
        )
    )


def _numbers(c: Context, values: tuple[Value, ...]) -> list[float]:
    zone = c.env.zone
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [float(text_number(node.value, zone)) for node in nodes.counted(value)]
        else:
            found.append(float(to_number(value, zone)))
    return found


@function("max", 0, None)
def _max(_call: Call, c: Context, *values: Value) -> Value:
    found = _numbers(c, values)
    return max(found) if found and not any(map(math.isnan, found)) else NAN


@function("min", 0, None)
def _min(_call: Call, c: Context, *values: Value) -> Value:
    found = _numbers(c, values)
    return min(found) if found and not any(map(math.isnan, found)) else NAN


@function("last", 0, 0)
def _last(_call: Call, c: Context) -> Value:
    return float(c.size)


def _first(call: Call, c: Context, value: Value | None) -> Node | None:
    if value is None:
        return c.node
    found = expected_nodes(value, call.offset)
    return found[0] if found else None


@function("local-name", 0, 1)
def _local_name(call: Call, c: Context, value: Value | None = None) -> Value:
    node = _first(call, c, value)
    return node.name if node is not None else ""


@function("name", 0, 1)
def _name(call: Call, c: Context, value: Value | None = None) -> Value:
    node = _first(call, c, value)
    if node is None:
        return ""
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


@function("namespace-uri", 0, 1)
def _namespace_uri(call: Call, c: Context, value: Value | None = None) -> Value:
    node = _first(call, c, value)
    return node.namespace if node is not None else ""


@function("lang", 1, 1)
def _lang(_call: Call, c: Context, value: Value) -> Value:
    wanted = to_string(value).lower()
    for node in (c.node, *nodes.above(c.node)):
        for each in node.attributes:
            if each.name == "lang" and (each.namespace == _XML or each.prefix == "xml"):
                there = each.value.lower()
                return there == wanted or there.startswith(wanted + "-")
    return False


@function("id", 1, 1)
def _id(call: Call, c: Context, value: Value) -> Value:
    """Elements whose attribute `id` is one of the words: forms declare no other kind of id."""
    texts = [node.value for node in value] if isinstance(value, list) else [to_string(value)]
    wanted = set(" ".join(texts).split())
    found: list[Node] = []
    for node in nodes.below(c.env.root):
        c.meter.spend(1, call.offset)
        if any(each.name == "id" and each.value in wanted for each in node.attributes):
            found.append(node)
    return found
