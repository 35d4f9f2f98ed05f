"""Expressions of a form as large as the WHO's verbal autopsy: read once, worked out after each keystroke."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import elementpath
from lxml import etree

from bench.table import Figure, against, limited
from cairn.forms.xpath.context import Context, Environment
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.nodes import Kind, joined

COUNT = 1024
"""Of expressions; the form of the WHO has as many."""
GROUPS, QUESTIONS = 32, 16
ROUNDS = 7


class Quick:
    """A node that finds its children by their names, as the tree of a form does."""

    __slots__ = ("attributes", "children", "index", "kind", "name", "namespace", "parent", "prefix", "text")

    def __init__(self, name: str, parent: Quick | None, text: str = "") -> None:
        self.kind: Kind = "element" if parent is not None else "document"
        self.name, self.parent, self.text = name, parent, text
        self.prefix = self.namespace = ""
        self.children: list[Quick] = []
        self.attributes: list[Quick] = []
        self.index: dict[str, list[Quick]] = {}
        if parent is not None:
            parent.children.append(self)
            parent.index.setdefault(name, []).append(self)

    @property
    def value(self) -> str:
        return joined(self) if self.children else self.text

    @property
    def ordinal(self) -> int:
        return 1

    def named(self, name: str, /) -> list[Quick]:
        return self.index.get(name, [])


def form() -> tuple[Quick, etree._Element, list[tuple[str, str]]]:
    """The same answers as our tree and as XML, and (path, expression) of every expression: of plain XPath 1.0."""
    document = Quick("", None)
    data, root = Quick("data", document), etree.Element("data")
    paths: list[str] = []
    for group in range(GROUPS):
        ours, theirs = Quick(f"group_{group}", data), etree.SubElement(root, f"group_{group}")
        for question in range(QUESTIONS):
            text = ("yes", "no", "dk", str(group + question), "", "2015-03-04")[
                (group * 7 + question * 5) % 6
            ]
            Quick(f"id{group}_{question}", ours, text)
            etree.SubElement(theirs, f"id{group}_{question}").text = text
            paths.append(f"/data/group_{group}/id{group}_{question}")
    return document, root, [(paths[n % len(paths)], _expression(paths, n)) for n in range(COUNT)]


def _expression(paths: list[str], number: int) -> str:
    a, b, c, d = (paths[(number * step + step) % len(paths)] for step in (1, 3, 7, 11))
    return (
        f"{a} = 'yes'",
        f" {a} = 'yes' and ( {b} = 'no' or {c} = 'dk' )",
        f"not( {a} = '') and count( {b} ) > 0 and ({c} = 'yes' or {d} != 'no')",
        f"(({a} = 'yes') or ({b} = 'yes')) and (({c} != 'dk') or not({d} = 'yes' and {a} = 'no'))",
        f"concat( {a} , '-', string-length({b}) + 1)",
        f". = 'yes' or . = 'no' or contains( {b} , 'y')",
        f"starts-with({a}, 'y') and string({b}) != string({c})",
        f"({a} = 'yes' and {b} = 'yes') or ({c} = 'yes' and {d} = 'yes') or ({a} = 'dk' and {d} = 'dk')",
    )[number % 8]


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Reading all, and working all out, beside `elementpath` with one tree of nodes for all."""
    say("expressions of a form of 1,024")
    document, root, expressions = form()
    tree = elementpath.get_node_tree(root)
    parser = elementpath.XPath1Parser()
    ours_read = _best(lambda: [compile(text) for _, text in expressions])
    theirs_read = _best(lambda: [parser.parse(text) for _, text in expressions])
    ours = [(compile(text), _at(document, path)) for path, text in expressions]
    theirs = [(parser.parse(text), _element(root, path)) for path, text in expressions]
    env = Environment(document)

    def work_out() -> list[object]:
        return [expression.evaluate(Context(env, node)) for expression, node in ours]

    def beside() -> list[object]:
        return [token.evaluate(elementpath.XPathContext(root=tree, item=node)) for token, node in theirs]

    if work_out() != beside():
        raise RuntimeError("the two don't agree")
    ours_done, theirs_done = _best(work_out), _best(beside)
    return [
        limited(f"{COUNT:,} expressions of a form read", ours_read * 1000, "ms", 100),
        against("the same beside", ours_read, "elementpath", theirs_read),
        limited(f"{COUNT:,} expressions worked out", ours_done * 1000, "ms", 15),
        against("the same beside", ours_done, "elementpath", theirs_done, 1.0),
    ]


def _at(document: Quick, path: str) -> Quick:
    node = document
    for name in path.strip("/").split("/"):
        (node,) = node.named(name)
    return node


def _element(root: etree._Element, path: str) -> etree._Element:
    found = root.find("/".join(path.strip("/").split("/")[1:]))
    assert found is not None
    return found


def _best(step: Callable[[], object]) -> float:
    """Seconds of the quickest run."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(ROUNDS):
            start = time.perf_counter()
            step()
            times.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return min(times)
