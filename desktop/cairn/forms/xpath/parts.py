"""The parts of a tree, gone through without recursion."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.forms.xpath.syntax import Call, Expr, Filter, Negation, Operation, Path, Step


def calls(tree: Expr) -> Iterator[Call]:
    """Every call in `tree`, outer ones first."""
    for each in parts(tree):
        if isinstance(each, Call):
            yield each


def parts(tree: Expr) -> Iterator[Expr]:
    """`tree` and every expression in it, in the order of the text."""
    waiting: list[Expr | Step] = [tree]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, Step):
            yield each
        waiting.extend(reversed(_inner(each)))


def _inner(tree: Expr | Step) -> list[Expr | Step]:
    match tree:
        case Call(_, arguments):
            return list(arguments)
        case Operation(_, operands):
            return list(operands)
        case Negation(of):
            return [of]
        case Filter(of, predicates):
            return [of, *predicates]
        case Path(start, steps):
            begun: list[Expr | Step] = [] if start is None or start == "/" else [start]
            return begun + list(steps)
        case Step():
            return list(tree.predicates)
        case _:
            return []
