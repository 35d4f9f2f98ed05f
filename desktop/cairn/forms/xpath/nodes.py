"""What an expression sees of a form: a tree of nodes, as a protocol that any tree can meet.

The tree is the caller's. What `children` and `named` give is what an expression may see: a tree that leaves out what
is not relevant there has it left out of every count and sum. Document order follows from `children` alone, and needs
no numbering of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal, Protocol

Kind = Literal["document", "element", "attribute", "text", "comment", "instruction"]


class Node(Hashable, Protocol):
    """One node. Two nodes are the same where they are equal; by identity, unless a tree has reasons."""

    @property
    def kind(self) -> Kind:
        """What it is. A form's own tree has a document, elements and attributes alone."""

    @property
    def name(self) -> str:
        """The local name; empty where a kind has none."""

    @property
    def prefix(self) -> str:
        """The prefix it was written with, or empty."""

    @property
    def namespace(self) -> str:
        """The namespace's address, or empty."""

    @property
    def parent(self) -> Node | None:
        """What it lies in; of an attribute, its element; None of a document."""

    @property
    def children(self) -> Sequence[Node]:
        """What lies in it, in document order, without attributes."""

    @property
    def attributes(self) -> Sequence[Node]:
        """Its attributes, in a fixed order."""

    @property
    def value(self) -> str:
        """Its string value (XPath 1.0, 5): of a group, all texts in it, one after the other (`joined`)."""

    @property
    def ordinal(self) -> int:
        """Its number from 1 among the siblings of its name: of a repeat, which one it is."""

    def named(self, name: str, /) -> Sequence[Node]:
        """The child elements of this local name, in document order. Asked most often: let it be quick."""


class Text:
    """The text of a leaf, where an expression asks for it as a node of its own and the tree keeps none."""

    __slots__ = ("parent", "value")
    kind: Kind = "text"
    name = prefix = namespace = ""
    ordinal = 1
    children: Sequence[Node] = ()
    attributes: Sequence[Node] = ()

    def __init__(self, leaf: Node) -> None:
        self.parent: Node | None = leaf
        self.value = leaf.value

    def named(self, _name: str, /) -> Sequence[Node]:
        return ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and other.parent == self.parent

    def __hash__(self) -> int:
        return hash(("text", self.parent))


def counted(found: Iterable[Node]) -> list[Node]:
    """Those that a count or a sum is made of: a tree may keep nodes that are empty because they are not relevant, and
    says so by their `relevant`."""
    return [node for node in found if getattr(node, "relevant", True)]


def inside(node: Node) -> Sequence[Node]:
    """The children of `node`; of a leaf with a value, its text."""
    if node.children or node.kind != "element" or not node.value:
        return node.children
    return (Text(node),)


def joined(node: Node) -> str:
    """The string value of what has children: all texts under it, in document order. For trees that want it."""
    if not node.children:
        return node.value
    return "".join(
        each.value for each in below(node) if not each.children and each.kind in {"element", "text"}
    )


def root(node: Node) -> Node:
    """The topmost node of the tree that `node` lies in."""
    while (parent := node.parent) is not None:
        node = parent
    return node


def above(node: Node) -> Iterator[Node]:
    """Parent, grandparent and so on, from the nearest."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def below(node: Node) -> Iterator[Node]:
    """Everything under `node`, in document order, without recursion."""
    waiting = list(reversed(inside(node)))
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(inside(each)))


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in document order; trees stand in the order in which they first occur."""
    once = list(dict.fromkeys(nodes))
    if len(once) < 2:
        return once
    places: dict[Node, dict[Node, int]] = {}
    trees: dict[Node, int] = {}

    def place(node: Node) -> tuple[int, ...]:
        """The numbers on the way from the root: attributes below 0, so that they come before children."""
        way: list[int] = []
        while (parent := node.parent) is not None:
            if parent not in places:
                places[parent] = {each: number for number, each in enumerate(inside(parent))}
                first = -len(parent.attributes)
                places[parent] |= {each: first + number for number, each in enumerate(parent.attributes)}
            way.append(places[parent].get(node, 0))
            node = parent
        way.append(trees.setdefault(node, len(trees)))
        return tuple(reversed(way))

    return sorted(once, key=place)
