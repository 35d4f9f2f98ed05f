"""Paths to closures: axes, tests of nodes, predicates, and what an absolute path means inside a repeat.

A path from the root walks down by names. Where a step that is not the last finds several instances of a repeat and one
of them holds the node that the expression stands at, it means this one (JavaRosa's way, and thereby ODK's).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cairn.forms.xpath import nodes
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.lookups import lookup
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.syntax import DOWN, Named, Number, Step, Typed
from cairn.forms.xpath.values import Value, to_boolean

Run = Callable[[Context], Value]
Find = Callable[[Context], list[Node]]
Compile = Callable[..., Run]
Test = Callable[[Node, Context], bool]

_REVERSED = frozenset({"parent", "ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
_FLAT = frozenset({"child", "attribute", "self", "parent"})
"""From nodes of which none lies in another, these axes lead to such again."""
_KINDS = {"text": "text", "comment": "comment", "processing-instruction": "instruction"}


def from_root(steps: tuple[Step, ...], compiled: Compile) -> Find:
    """A path that begins at the root of the answers."""
    plain = steps[: next((number for number, step in enumerate(steps) if not _is_plain(step)), len(steps))]
    if not plain:
        return after(lambda c: [c.env.root], steps, compiled, flat=True)
    *inner, last = [(step.test.name, step.test.prefix) for step in plain if isinstance(step.test, Named)]
    rest = steps[len(plain) :]
    # A step with predicates is none that a repeat's instance is chosen at, but those before it are.
    whole = not rest
    if not whole:
        inner.append(last)

    def find(c: Context) -> list[Node]:
        here: Node = c.env.root
        for number, (name, prefix) in enumerate(inner):
            found = here.named(name)
            if prefix:
                found = _of_prefix(found, prefix, c)
            if len(found) == 1:
                here = found[0]
            elif not found:
                return []
            elif (own := _own(found, c)) is not None:
                here = own
            else:
                some = list(found)
                for inside, prefixed in inner[number + 1 :] + ([last] if whole else []):
                    some = _children(some, inside, prefixed, c)
                return some
        if not whole:
            return [here]
        found = here.named(last[0])
        return list(_of_prefix(found, last[1], c) if last[1] else found)

    return find if whole else after(find, rest, compiled, flat=True)


def after(start: Find, steps: Sequence[Step], compiled: Compile, *, flat: bool) -> Find:
    """A path that goes on from what `start` finds; `flat` where none of that lies in another."""
    find = start
    waiting = list(steps)
    while waiting:
        step = waiting.pop(0)
        if step == DOWN and waiting and waiting[0].axis == "child" and not waiting[0].predicates:
            following = waiting.pop(0)
            step = Step("descendant", following.test, (), following.offset)
        find = _step(find, step, compiled, flat=flat)
        flat = flat and step.axis in _FLAT
    return find


def filtered(found: list[Node], predicate: Run, c: Context, offset: int = 0) -> list[Node]:
    """Those of `found` for which `predicate` holds, or whose number in the list it is."""
    inner = c.among(len(found))
    kept: list[Node] = []
    spend = c.meter.spend
    for number, node in enumerate(found, 1):
        spend(0, offset)  # what a predicate does to one node may take long
        inner.node, inner.ordinal, inner.size = node, number, len(found)
        value = predicate(inner)
        if value == number if isinstance(value, float) else to_boolean(value):
            kept.append(node)
    return kept


def predicate(tree: object, compiled: Compile, offset: int) -> Callable[[list[Node], Context], list[Node]]:
    """What a predicate leaves of a list."""
    if isinstance(tree, Number):
        place = int(tree.value) if tree.value == int(tree.value) else 0

        def one(found: list[Node], _c: Context) -> list[Node]:
            return found[place - 1 : place] if place else []

        return one
    run = compiled(tree)

    def some(found: list[Node], c: Context) -> list[Node]:
        c.meter.spend(len(found), offset)
        return filtered(found, run, c, offset)

    return some


def _is_plain(step: Step) -> bool:
    return (
        step.axis == "child"
        and isinstance(step.test, Named)
        and step.test.name != "*"
        and not step.predicates
    )


def _own(found: Iterable[Node], c: Context) -> Node | None:
    """Which of `found` the expression stands in: by the node gone through, or, where that is elsewhere, its own."""
    for start in (c.node, c.here):
        node: Node | None = start
        holding = set(found)
        while node is not None:
            if node in holding:
                return node
            node = node.parent
    return None


def _of_prefix(found: Iterable[Node], prefix: str, c: Context) -> list[Node]:
    return [node for node in found if _has_prefix(node, prefix, c)]


def _has_prefix(node: Node, prefix: str, c: Context) -> bool:
    address = c.env.namespaces.get(prefix)
    if address is None or not node.namespace:
        return node.prefix == prefix
    return node.namespace == address


def _children(found: list[Node], name: str, prefix: str, c: Context) -> list[Node]:
    some = [child for node in found for child in node.named(name)]
    c.meter.spend(len(found) + len(some), 0)
    return _of_prefix(some, prefix, c) if prefix else some


def _step(start: Find, step: Step, compiled: Compile, *, flat: bool) -> Find:
    axis, offset, test = step.axis, step.offset, step.test
    predicates = [predicate(each, compiled, offset) for each in step.predicates]
    if axis == "child" and isinstance(test, Named) and test.name != "*":
        walk = _by_name(test)
    else:
        walk = _by_test(step)
    indexed = lookup(step, compiled)
    backwards = axis in _REVERSED
    orderly = flat and axis in {"child", "attribute", "self"}

    def find(c: Context) -> list[Node]:
        begun = start(c)
        gathered: list[Node] = []
        for node in begun:
            found, waiting = None, predicates
            if indexed is not None:
                found, waiting = indexed.rows(node, test.name, c, offset), predicates[indexed.whole :]
            if found is None:
                found, waiting = walk(node, c), predicates
            for leave in waiting:
                if not found:
                    break
                found = leave(found, c)
            gathered += reversed(found) if backwards else found
        c.meter.spend(len(begun) + len(gathered), offset)
        return gathered if orderly or len(begun) < 2 else nodes.in_order(gathered)

    return find


def _by_name(test: Named) -> Callable[[Node, Context], list[Node]]:
    name, prefix = test.name, test.prefix
    if prefix:
        return lambda node, c: _of_prefix(node.named(name), prefix, c)
    return lambda node, _c: list(node.named(name))


def _by_test(step: Step) -> Callable[[Node, Context], list[Node]]:
    walk, test, offset = _AXES[step.axis], _test(step), step.offset

    def found(node: Node, c: Context) -> list[Node]:
        some = list(walk(node))
        c.meter.spend(len(some), offset)
        return [each for each in some if test(each, c)]

    return found


def _test(step: Step) -> Test:
    test = step.test
    if isinstance(test, Typed):
        if test.name == "node":
            return lambda _node, _c: True
        kind, target = _KINDS[test.name], test.target
        return lambda node, _c: node.kind == kind and (target is None or node.name == target)
    sort = "attribute" if step.axis == "attribute" else "element"
    name, prefix = test.name, test.prefix
    if prefix:
        return lambda node, c: node.kind == sort and name in {"*", node.name} and _has_prefix(node, prefix, c)
    if name == "*":
        return lambda node, _c: node.kind == sort
    if sort == "attribute":
        return lambda node, _c: node.kind == sort and node.name == name and not node.prefix
    return lambda node, _c: node.kind == sort and node.name == name


def _with_self(node: Node, others: Iterable[Node]) -> list[Node]:
    return [node, *others]


def _siblings(node: Node) -> tuple[Sequence[Node], Sequence[Node]]:
    """Those before and those after, in document order; none of an attribute."""
    if node.parent is None or node.kind == "attribute":
        return (), ()
    all_of_them = nodes.inside(node.parent)
    place = next((number for number, each in enumerate(all_of_them) if each == node), len(all_of_them))
    return all_of_them[:place], all_of_them[place + 1 :]


def _following(node: Node) -> list[Node]:
    found: list[Node] = []
    if node.kind == "attribute" and node.parent is not None:
        node = node.parent
        found += nodes.below(node)
    for each in (node, *nodes.above(node)):
        for sibling in _siblings(each)[1]:
            found += _with_self(sibling, nodes.below(sibling))
    return found


def _preceding(node: Node) -> list[Node]:
    found: list[Node] = []
    if node.kind == "attribute" and node.parent is not None:
        node = node.parent
    for each in (node, *nodes.above(node)):
        for sibling in reversed(_siblings(each)[0]):
            found += reversed(_with_self(sibling, nodes.below(sibling)))
    return found


_AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "child": nodes.inside,
    "descendant": nodes.below,
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "ancestor": nodes.above,
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding-sibling": lambda node: reversed(_siblings(node)[0]),
    "following": _following,
    "preceding": _preceding,
    "attribute": lambda node: node.attributes,
    "self": lambda node: (node,),
    "descendant-or-self": lambda node: _with_self(node, nodes.below(node)),
    "ancestor-or-self": lambda node: _with_self(node, nodes.above(node)),
}


def expected_nodes(value: Value, offset: int) -> list[Node]:
    """`value` as nodes. Raises XPathError where it is something else."""
    if not isinstance(value, list):
        raise XPathError("xpath.no-nodes", offset)
    return value
