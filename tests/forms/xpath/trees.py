"""A tree of nodes made from XML, with everything that XML has: for expressions of others, and for an oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from cairn.forms.xpath.nodes import Kind, Node, joined


class Leaf:
    """One node of any kind; equal to itself alone."""

    def __init__(self, kind: Kind, parent: Leaf | None = None, name: str = "", text: str = "") -> None:
        self.kind: Kind = kind
        self.parent: Leaf | None = parent
        self.name = name
        self.prefix = ""
        self.namespace = ""
        self.text = text
        self.children: list[Leaf] = []
        self.attributes: list[Leaf] = []

    @property
    def value(self) -> str:
        return joined(self) if self.children else self.text

    @property
    def ordinal(self) -> int:
        siblings: Sequence[Leaf] = self.parent.named(self.name) if self.parent is not None else [self]
        return siblings.index(self) + 1

    def named(self, name: str, /) -> Sequence[Leaf]:
        return [each for each in self.children if each.kind == "element" and each.name == name]

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name} {self.text!r}>"


def from_xml(text: str) -> Leaf:
    """The document of `text`; without anything in it where `text` is no XML."""
    document = Leaf("document")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    top = etree.fromstring(text.encode(), parser)
    before = [each for each in _before(top)]
    for each in [*reversed(before), top]:
        document.children.append(_made(each, document))
    return document


def _before(top: Any) -> Iterator[Any]:
    each = top.getprevious()
    while each is not None:
        yield each
        each = each.getprevious()


def _made(source: Any, parent: Leaf) -> Leaf:
    if isinstance(source, etree._Comment):
        return Leaf("comment", parent, "", source.text or "")
    if isinstance(source, etree._ProcessingInstruction):
        return Leaf("instruction", parent, source.target, source.text or "")
    name = etree.QName(source)
    made = Leaf("element", parent, name.localname)
    made.namespace, made.prefix = name.namespace or "", source.prefix or ""
    for key, value in source.attrib.items():
        attribute = etree.QName(key)
        one = Leaf("attribute", made, attribute.localname, value)
        one.namespace = attribute.namespace or ""
        one.prefix = next(
            (p or "" for p, u in source.nsmap.items() if u == one.namespace), "xml" if one.namespace else ""
        )
        made.attributes.append(one)
    if source.text:
        made.children.append(Leaf("text", made, "", source.text))
    for child in source:
        made.children.append(_made(child, made))
        if child.tail:
            made.children.append(Leaf("text", made, "", child.tail))
    return made


def elements(node: Node) -> list[Node]:
    return [each for each in node.children if each.kind == "element"]


def at(document: Leaf, path: str) -> Node:
    """The node at `1.2/@id`: the numbers of elements from 1, and the name of an attribute."""
    node: Node = document
    way, _, attribute = path.partition("/@")
    for number in [] if way in {"", "/"} else way.split("."):
        node = elements(node)[int(number) - 1]
    if attribute:
        name = attribute.rpartition(":")[2]
        return next(each for each in node.attributes if each.name == name)
    return node


def path_of(node: Node) -> str | None:
    """The other way round; None for what has no such path."""
    if node.kind == "document":
        return "/"
    if node.kind == "attribute" and node.parent is not None:
        written = f"{node.prefix}:{node.name}" if node.prefix else node.name
        return f"{path_of(node.parent)}/@{written}"
    if node.kind != "element" or node.parent is None:
        return None
    before = path_of(node.parent)
    number = str(elements(node.parent).index(node) + 1)
    return number if before == "/" else f"{before}.{number}"
