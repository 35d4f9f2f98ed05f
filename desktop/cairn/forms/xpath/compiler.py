"""A tree to a closure that works it out. What can be decided once is decided here, not at each evaluation."""

from __future__ import annotations

import math
from collections.abc import Callable

from cairn.forms.xpath import moments, nodes
from cairn.forms.xpath.compare import compared
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import FUNCTIONS
from cairn.forms.xpath.paths import Run, after, expected_nodes, from_root, predicate
from cairn.forms.xpath.problems import fault
from cairn.forms.xpath.syntax import Call, Expr, Filter, Negation, Number, Operation, Path, Quoted
from cairn.forms.xpath.values import NAN, Value, to_boolean, to_number


def compiled(tree: Expr) -> Run:
    """The closure that works `tree` out. A call that can't work raises where it is reached, and not before."""
    if isinstance(tree, Number | Quoted):
        constant: Value = tree.value if isinstance(tree, Number) else tree.text
        return lambda _c: constant
    if isinstance(tree, Path):
        return _path(tree)
    if isinstance(tree, Call):
        return _call(tree)
    if isinstance(tree, Operation):
        return _operation(tree)
    if isinstance(tree, Negation):
        of = compiled(tree.of)
        return lambda c: -to_number(of(c), c.env.zone)
    return _filter(tree)


def _call(tree: Call) -> Run:
    if (problem := fault(tree)) is not None:

        def fail(_c: Context) -> Value:
            raise problem.again()

        return fail
    return FUNCTIONS[tree.name].make(tree, [compiled(each) for each in tree.arguments], compiled)


def _path(tree: Path) -> Run:
    if tree.start == "/":
        return from_root(tree.steps, compiled)
    if tree.start is None:
        return after(lambda c: [c.node], tree.steps, compiled, flat=True)
    start, offset = compiled(tree.start), tree.offset
    if isinstance(tree.start, Call) and tree.start.name in {"instance", "current"}:  # one node
        return after(lambda c: expected_nodes(start(c), offset), tree.steps, compiled, flat=True)
    return after(lambda c: nodes.in_order(expected_nodes(start(c), offset)), tree.steps, compiled, flat=False)


def _filter(tree: Filter) -> Run:
    start, offset = compiled(tree.of), tree.offset
    leaves = [predicate(each, compiled, offset) for each in tree.predicates]

    def run(c: Context) -> Value:
        found = expected_nodes(start(c), offset)
        for leave in leaves:
            found = leave(found, c)
        return found

    return run


def _operation(tree: Operation) -> Run:
    operands = [compiled(each) for each in tree.operands]
    sign = tree.operators[0]
    if sign in {"or", "and"}:
        return _logic(operands, until=sign == "or")
    if sign == "|":
        return _union(operands, tree.offset)
    if sign in {"=", "!="} and len(operands) == 2:
        for one, other in ((0, 1), (1, 0)):
            literal = tree.operands[other]
            if isinstance(literal, Quoted) and not moments.looks_dated(literal.text):
                return _equals_text(operands[one], literal.text, sign == "=")
    first, rest = operands[0], list(zip(tree.operators, operands[1:], strict=True))
    if sign in _ARITHMETIC:
        steps = [(_ARITHMETIC[operator], operand) for operator, operand in rest]

        def sum_up(c: Context) -> Value:
            zone = c.env.zone
            number = to_number(first(c), zone)
            for calculate, operand in steps:
                number = calculate(number, to_number(operand(c), zone))
            return number

        return sum_up

    def compare(c: Context) -> Value:
        value = first(c)
        for operator, operand in rest:
            other = operand(c)
            if isinstance(value, list) and isinstance(other, list):
                c.meter.spend(len(value) + len(other), tree.offset)
            value = compared(operator, value, other, c.env.zone)
        return value

    return compare


def _equals_text(operand: Run, text: str, wanted: bool) -> Run:
    """The comparison that forms make most: with a text that is no date."""

    def run(c: Context) -> Value:
        value = operand(c)
        if isinstance(value, list):
            return any((node.value == text) is wanted for node in value)
        if isinstance(value, str):
            return (value == text) is wanted
        return compared("=" if wanted else "!=", value, text, c.env.zone)

    return run


def _logic(operands: list[Run], *, until: bool) -> Run:
    """`or`, which ends at the first that is true, and `and`, at the first that is not."""

    def run(c: Context) -> Value:
        for operand in operands:
            if to_boolean(operand(c)) is until:
                return until
        return not until

    return run


def _union(operands: list[Run], offset: int) -> Run:
    def run(c: Context) -> Value:
        found = [node for operand in operands for node in expected_nodes(operand(c), offset)]
        c.meter.spend(len(found), offset)
        return nodes.in_order(found)

    return run


def _divided(a: float, b: float) -> float:
    if b == 0:
        return NAN if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)
    return a / b


def _remainder(a: float, b: float) -> float:
    """With the sign of `a`, as in Java and JavaScript."""
    if b == 0 or math.isnan(a) or math.isnan(b) or math.isinf(a):
        return NAN
    return a if math.isinf(b) else math.fmod(a, b)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    # float() takes the date off a Moment: a sum is a number.
    "+": lambda a, b: float(a) + float(b),
    "-": lambda a, b: float(a) - float(b),
    "*": lambda a, b: float(a) * float(b),
    "div": _divided,
    "mod": _remainder,
}
