"""A tree to the text that parses to it again."""

from __future__ import annotations

from cairn.forms.xpath.syntax import (
    BINDING,
    DOWN,
    HERE,
    NEGATION,
    Call,
    Expr,
    Filter,
    Named,
    Negation,
    Number,
    Operation,
    Path,
    Quoted,
    Step,
)
from cairn.forms.xpath.values import number_text


def printed(tree: Expr) -> str:
    """`tree` as an expression, with the parentheses that it needs."""
    match tree:
        case Number(value):
            return number_text(value)
        case Quoted(text):
            return f"'{text}'" if "'" not in text else f'"{text}"'
        case Call(name, arguments):
            return f"{name}({', '.join(map(printed, arguments))})"
        case Negation(of):
            return f"-{_inside(of, NEGATION - 1)}"
        case Operation(operators, operands):
            level = BINDING[operators[0]]
            pieces = [_inside(operands[0], level)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                pieces += [operator, _inside(operand, level)]
            return " ".join(pieces)
        case Path(start, steps):
            return _path(start, steps)
        case Filter(of, predicates):
            return _primary(of) + _predicates(predicates)


def _inside(tree: Expr, level: int) -> str:
    """`tree` as an operand of an operator that binds at `level`."""
    if isinstance(tree, Operation):
        return f"({printed(tree)})" if BINDING[tree.operators[0]] <= level else printed(tree)
    if isinstance(tree, Negation):
        return f"({printed(tree)})" if level >= NEGATION else printed(tree)
    if tree == Path("/", ()):
        return f"({printed(tree)})"  # a name or a star after it would be its step
    return printed(tree)


def _path(start: object, steps: tuple[Step, ...]) -> str:
    pieces: list[str] = []
    if start is not None and start != "/":
        pieces.append(_primary(start))  # type: ignore[arg-type]
    between = "/" if start is not None else ""
    waiting = list(steps)
    if start == "/" and not steps:
        return "/"
    while waiting:
        step = waiting.pop(0)
        if step == DOWN and waiting and between:
            pieces.append("//" + _step(waiting.pop(0)))
        else:
            pieces.append(between + _step(step))
        between = "/"
    return "".join(pieces)


def _primary(tree: Expr) -> str:
    text = printed(tree)
    return text if isinstance(tree, Number | Quoted | Call) else f"({text})"


def _step(step: Step) -> str:
    test = step.test
    if step.test == HERE.test and step.axis in {"self", "parent"}:
        written = "." if step.axis == HERE.axis else ".."
    else:
        if isinstance(test, Named):
            name = f"{test.prefix}:{test.name}" if test.prefix else test.name
        else:
            name = f"{test.name}({'' if test.target is None else printed(Quoted(test.target))})"
        written = {"child": "", "attribute": "@"}.get(step.axis, f"{step.axis}::") + name
    return written + _predicates(step.predicates)


def _predicates(predicates: tuple[Expr, ...]) -> str:
    return "".join(f"[{printed(each)}]" for each in predicates)
