"""Rows of a list found by one of their fields: `item[district = /data/district]`, in lists of tens of thousands.

Lists beside the answers don't change while a form is open. So where a predicate compares a field of theirs with something
that is the same for every row, the rows are put in order by that field once, and looked up from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cairn.forms.xpath import moments, nodes
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.parts import calls
from cairn.forms.xpath.syntax import Call, Expr, Named, Operation, Path, Quoted, Step
from cairn.forms.xpath.values import Value

Run = Callable[[Context], Value]
_STEADY = frozenset({"string", "concat", "coalesce", "if", "selected-at", "normalize-space"})
"""Functions of their arguments alone."""
_PLACED = frozenset({"position", "last"})
"""Functions that ask where a row stands among the others."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field of the rows, and what it must equal."""

    field: str
    wanted: Run
    whole: bool
    """Whether that is all that the predicate says; otherwise it is asked of what was found."""

    def rows(self, parent: Node, name: str, c: Context, offset: int) -> list[Node] | None:
        """The children of `parent` of this name that fit, in order; None where they have to be gone through."""
        if nodes.root(parent) == c.env.root:
            return None
        own = c.among(1)
        own.node = c.here  # what a row is compared with doesn't depend on the row
        value = self.wanted(own)
        if isinstance(value, list) and len(value) < 2:
            value = value[0].value if value else None  # type: ignore[assignment]
        if value is None:
            return []
        if not isinstance(value, str) or moments.looks_dated(value):
            return None
        return self._sorted(parent, name, c, offset).get(value, [])

    def _sorted(self, parent: Node, name: str, c: Context, offset: int) -> dict[str, list[Node]]:
        key = (parent, name, self.field)
        found = c.env.rows.get(key)
        if found is None:
            rows = parent.named(name)
            c.meter.spend(len(rows), offset)
            found = c.env.rows[key] = {}
            for row in rows:
                for text in {cell.value for cell in row.named(self.field)}:
                    found.setdefault(text, []).append(row)
        return found


def lookup(step: Step, compiled: Callable[[Expr], Run]) -> Lookup | None:
    """What the first predicate of `step` looks up; None where it does something else."""
    if not step.predicates or step.axis != "child" or not _plain(step.test):
        return None
    predicate = step.predicates[0]
    if isinstance(predicate, Operation) and predicate.operators[0] == "and":
        if any(call.name in _PLACED for call in calls(predicate)):
            return None
        found = (_compared(each, compiled, whole=False) for each in predicate.operands)
        return next((each for each in found if each is not None), None)
    return _compared(predicate, compiled, whole=True)


def _compared(tree: Expr, compiled: Callable[[Expr], Run], *, whole: bool) -> Lookup | None:
    match tree:
        case Operation(("=",), (left, right)):
            for field, other in ((left, right), (right, left)):
                if (name := _field(field)) and _steady(other):
                    return Lookup(name, compiled(other), whole)
    return None


def _plain(test: object) -> bool:
    return isinstance(test, Named) and test.name != "*" and not test.prefix


def _field(tree: Expr) -> str:
    """The name, where `tree` is nothing but a child's."""
    match tree:
        case Path(None, (Step("child", Named(name, ""), ()),)) if name != "*":
            return name
    return ""


def _steady(tree: Expr) -> bool:
    """Whether `tree` is the same for every row."""
    match tree:
        case Quoted():
            return True
        case Path("/" | Call("current", ()), _):
            return True
        case Call(name, arguments):
            return name in _STEADY and bool(arguments) and all(map(_steady, arguments))
    return False
