"""What an expression reads, without working it out: for the order in which a form's expressions depend on each other.

A reference is a path of names from a root. Where names can't be told (`*`, `//`, `ancestor::`, what a function gives)
it reaches further than what is read, never less far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.forms.xpath.parts import calls
from cairn.forms.xpath.syntax import Call, Expr, Filter, Named, Path, Quoted, Step, Typed

ANY = "*"
"""One step of any name."""
DEEP = "**"
"""Any number of steps, none as well."""
_BESIDE = frozenset({"following-sibling", "preceding-sibling"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that is read: in the answers, or in the instance of that name.

    `steps` are local names from the root, with `*` for any one and, last, `**` for whatever is below.
    """

    steps: tuple[str, ...]
    instance: str | None = None
    valued: bool = True
    """Whether values are read; otherwise nodes are only counted or found, and answers in them change nothing."""

    def reads(self, path: tuple[str, ...]) -> bool:
        """Whether a change at `path` may change what is read: in it, or around it (a group's value holds its parts)."""
        if not self.valued and len(path) > len(self.steps) and DEEP not in self.steps:
            return False
        for ours, theirs in zip(self.steps, path, strict=False):
            if ours == DEEP:
                return True
            if ours not in {ANY, theirs}:
                return False
        return True

    def __str__(self) -> str:
        written = "/" + "/".join(self.steps)
        return written if self.instance is None else f"instance('{self.instance}'){written}"


def references(tree: Expr, where: tuple[str, ...]) -> frozenset[Reference]:
    """All that `tree` reads where it stands at `where`."""
    return frozenset(_read(tree, Reference(where), Reference(where)))


def _read(tree: Expr, node: Reference, here: Reference) -> Iterator[Reference]:
    """`node` is what is gone through, `here` what `current()` means."""
    match tree:
        case Path(start, steps):
            yield from _path(start, steps, node, here)
        case Filter(of, predicates):
            yield from _read(of, node, here)
            within = _leads(of, node, here)
            for each in predicates:
                yield from _read(each, within, here)
        case Call(name, arguments) if not arguments:
            if name == "current":
                yield here
            elif name in _OF_HERE:
                yield node
        case Call(name, arguments):
            if name == "once":
                yield node
            if name in {"instance", "pulldata"}:
                yield _instance(arguments)
            for number, each in enumerate(arguments):
                found = _read(each, node, here)
                yield from _counted(each, found, node, here) if _counts(name, number) else found
        case _:
            for each in _direct(tree):
                yield from _read(each, node, here)


def _counts(name: str, number: int) -> bool:
    """Whether a function asks of its argument of this number which nodes there are, and not what they hold."""
    return name in _COUNTING or (name == "indexed-repeat" and number % 2 == 1)


def _counted(tree: Expr, found: Iterator[Reference], node: Reference, here: Reference) -> Iterator[Reference]:
    """`found`, the nodes that `tree` leads to being only counted."""
    reached = _leads(tree, node, here)
    for each in found:
        yield Reference(each.steps, each.instance, valued=False) if each == reached else each


_COUNTING = frozenset({"count", "position", "name", "local-name", "namespace-uri"})
_OF_HERE = frozenset(
    {"string", "number", "normalize-space", "string-length", "name", "local-name", "namespace-uri"}
)


def _direct(tree: Expr) -> Iterator[Expr]:
    operands = getattr(tree, "operands", None)
    if operands is not None:
        yield from operands
    elif hasattr(tree, "of"):
        yield tree.of


def _path(start: object, steps: tuple[Step, ...], node: Reference, here: Reference) -> Iterator[Reference]:
    if start == "/":
        reached = Reference(())
    elif start is None:
        reached = node
    else:
        # What the path starts from is read only as far as the path goes.
        begun = set(_read(start, node, here))  # type: ignore[arg-type]
        reached = _leads(start, node, here)  # type: ignore[arg-type]
        yield from begun - {reached}
    for step in steps:
        reached = _stepped(reached, step)
        for predicate in step.predicates:
            yield from _read(predicate, reached, here)
    yield reached


def _leads(tree: Expr, node: Reference, here: Reference) -> Reference:
    """The one path that `tree` gives nodes of; everything, where that can't be told."""
    match tree:
        case Path(start, steps):
            reached = Reference(()) if start == "/" else node if start is None else _leads(start, node, here)
            for step in steps:
                reached = _stepped(reached, step)
            return reached
        case Filter(of, _):
            return _leads(of, node, here)
        case Call("current", ()):
            return here
        case Call("instance", arguments):
            return _instance(arguments)
        case Call("randomize" | "indexed-repeat" | "once", (first, *_)):
            return _leads(first, node, here)
        case _:
            return Reference((DEEP,))


def _instance(arguments: tuple[Expr, ...]) -> Reference:
    """The instance that a call names; of one that is worked out, any: then the answers are not among it."""
    name = arguments[0].text if arguments and isinstance(arguments[0], Quoted) else ANY
    return Reference((), name)


def _stepped(reached: Reference, step: Step) -> Reference:
    steps = reached.steps
    if DEEP in steps:
        return reached
    name = step.test.name if isinstance(step.test, Named) else ANY
    if step.axis in {"self", "attribute"}:
        pass
    elif step.axis == "child":
        if not (isinstance(step.test, Typed) and step.test.name != "node"):
            steps = (*steps, name)
    elif step.axis == "parent":
        steps = steps[:-1]
    elif step.axis in _BESIDE:
        steps = (*steps[:-1], name)
    elif step.axis in {"descendant", "descendant-or-self"}:
        steps = (*steps, DEEP)
    else:
        steps = (DEEP,)
    return Reference(steps, reached.instance)


def functions_of(tree: Expr) -> frozenset[str]:
    """The names of all functions that `tree` calls."""
    return frozenset(each.name for each in calls(tree))
