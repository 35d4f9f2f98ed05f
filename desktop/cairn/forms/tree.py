"""The tree of answers that an expression walks over: our own, because it lives beside records, not in a file.

What is not relevant is empty for an expression, and an instance of a repeat that is not relevant is not there at all.
`all_children` and `text` have it still, for the screen and for what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cairn.forms.definition import Bind, Control
    from cairn.forms.xpath.nodes import Kind


class Node:
    """An element of an instance, its attribute, or (without a parent) its document."""

    __slots__ = (
        "_named", "all_children", "attributes", "bind", "control", "kind", "name", "namespace",
        "own_relevant", "parent", "path", "prefix", "relevant", "repeated", "text", "writer",
    )  # fmt: skip

    def __init__(self, name: str, kind: Kind = "element", namespace: str = "", prefix: str = "") -> None:
        self.kind: Kind = kind
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.parent: Node | None = None
        self.all_children: list[Node] = []
        self.attributes: list[Node] = []
        self.text = ""
        self.path = ""
        """Where it stands, without numbers: `/data/person/name`."""
        self.bind: Bind | None = None
        self.control: Control | None = None
        self.own_relevant = True
        self.relevant = True
        """Its own relevance and that of all it lies in."""
        self.repeated = False
        """Whether it is an instance of a repeat."""
        self.writer = ""
        """Who wrote its text last: `default`, `calculate`, `action`, `person`."""
        self._named: dict[str, list[Node]] | None = None

    @property
    def qname(self) -> str:
        """The name as it is written in a path."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def children(self) -> Sequence[Node]:
        """The children that an expression sees."""
        if all(each.relevant for each in self.all_children):
            return self.all_children
        return [each for each in self.all_children if each.relevant or not each.repeated]

    def named(self, name: str, /) -> Sequence[Node]:
        """The children of this name that an expression sees."""
        found = self.every(name)
        if not found or not found[0].repeated:
            return found
        return [each for each in found if each.relevant]

    def every(self, name: str) -> list[Node]:
        """The children of this name, also those that are not relevant."""
        index = self._named
        if index is None:
            index = self._named = {}
            for each in self.all_children:
                index.setdefault(each.name, []).append(each)
        return index.get(name, [])

    @property
    def value(self) -> str:
        """What an expression reads: nothing where it isn't relevant."""
        if not self.relevant:
            return ""
        if not self.all_children:
            return self.text
        return "".join(each.value for each in self.all_children)

    @property
    def ordinal(self) -> int:
        """Its number from 1 among those of its name."""
        return self.parent.every(self.name).index(self) + 1 if self.parent is not None else 1

    def insert(self, place: int, child: Node) -> None:
        """Put `child` at a place among all children."""
        child.parent = self
        self.all_children.insert(place, child)
        self._named = None

    def append(self, child: Node) -> None:
        """Put `child` last."""
        self.insert(len(self.all_children), child)

    def remove(self, child: Node) -> None:
        """Take `child` out."""
        self.all_children.remove(child)
        child.parent = None
        self._named = None

    def set_attribute(self, name: str, value: str, namespace: str = "", prefix: str = "") -> Node:
        """Add an attribute."""
        made = Node(name, "attribute", namespace, prefix)
        made.text, made.parent = value, self
        self.attributes.append(made)
        return made

    def copy(self) -> Node:
        """A copy of all below, in no tree."""
        made = Node(self.name, self.kind, self.namespace, self.prefix)
        made.text, made.path, made.bind, made.control = self.text, self.path, self.bind, self.control
        made.writer, made.repeated = self.writer, self.repeated
        for attribute in self.attributes:
            new = made.set_attribute(attribute.name, attribute.text, attribute.namespace, attribute.prefix)
            new.path, new.bind = attribute.path, attribute.bind
        for child in self.all_children:
            new = child.copy()
            new.parent = made
            made.all_children.append(new)
        return made

    def walk(self) -> Iterator[Node]:
        """This and all elements below, in document order."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            yield each
            waiting.extend(reversed(each.all_children))

    def inner(self) -> Iterator[Node]:
        """All elements and attributes from here down."""
        for each in self.walk():
            yield each
            yield from each.attributes

    def up(self) -> Iterator[Node]:
        """This and what it lies in, from the nearest."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent
