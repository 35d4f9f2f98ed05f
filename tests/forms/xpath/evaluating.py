"""Expressions worked out in a test: on a small form, by a clock that stands."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from cairn.forms.xpath.context import Context, Environment
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.values import Value
from forms.xpath.trees import Leaf, at, from_xml

SEOUL = timezone(timedelta(hours=9))
NOON = datetime(2026, 3, 10, 12, 0, 0, 250000, tzinfo=SEOUL)
FORM = """<data id="household" version="3">
  <name>Ahn</name><size>3</size><empty/><born>1987-05-04</born><langs>ko en</langs>
  <person><name>A</name><age>31</age><child><name>a1</name></child><child><name>a2</name></child></person>
  <person><name>B</name><age>5</age><child><name>b1</name></child></person>
  <person><name>C</name><age/></person>
  <total/>
</data>"""
PLACES = """<root><item><name>p1</name><label>North</label><in>x</in></item>
<item><name>p2</name><label>South</label><in>y</in></item></root>"""


def form(text: str = FORM) -> Leaf:
    """The document of a form, without the white space between its questions."""
    document = from_xml(text)
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if any(each.kind == "element" for each in node.children):
            node.children = [each for each in node.children if each.kind != "text"]
        waiting.extend(node.children)
    return document


def environment(document: Leaf | None = None, **more: Any) -> Environment:
    given: dict[str, Any] = {
        "instances": {"places": form(PLACES)},
        "now": lambda: NOON,
        "zone": SEOUL,
        "entropy": lambda count: bytes(range(7, 7 + count)) if count < 200 else bytes(count),
    }
    return Environment(document if document is not None else form(), **(given | more))


def value(expression: str, where: str = "1", env: Environment | None = None) -> Value:
    """What `expression` is at the node `where` (`1.6.2`: the numbers of elements)."""
    env = env or environment()
    assert isinstance(env.root, Leaf)
    return compile(expression).evaluate(Context(env, at(env.root, where)))


def values(found: Value) -> list[str]:
    """The values of nodes."""
    assert isinstance(found, list)
    return [each.value for each in found]


def names(found: list[Node]) -> list[str]:
    return [each.name for each in found]
