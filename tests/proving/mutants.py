"""Small changes to a module, each of which a test must notice: a comparison turned, a call left out, a number off.

Only what stands within functions is changed: their code can be exchanged in a process that has imported everything.
Left alone: docstrings, of attributes too, annotations, and words of a `RuntimeError` or a `repr`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
}  # fmt: skip
QUIET = ("__repr__", "__str__")

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One change of one function."""

    function: str
    """Qualified name, as in `Behind.do`."""
    line: int
    last: int
    """The last line of what is changed, or of its condition: a test that reaches any of them reaches it."""
    what: str
    """Before and after, as source; with the number of its like in the function where there are several."""
    code: CodeType
    """The outermost function's code, changed."""
    outer: str
    """Qualified name of the outermost function."""
    first: int
    """Where that begins, with what decorates it."""

    @property
    def name(self) -> str:
        """What the list of survivors calls it within its module: the same wherever the lines have moved to."""
        return f"{self.function}: {self.what}"


def mutants(source: str, file: str) -> list[Mutant]:
    """Every mutant of a module, in order."""
    tree = ast.parse(source)
    made: list[Mutant] = []
    for nest, function in _functions(tree):
        outer = ".".join([*(each.name for each in nest), function.name])
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        seen: dict[tuple[str, str], int] = {}
        for inner, line, last, what, change in _changes(function, outer):
            number = seen[inner, what] = seen.get((inner, what), 0) + 1
            undo = change()
            try:
                code = _code(function, nest, file)
            finally:
                undo()
            said = what if number == 1 else f"{what} ({number})"
            made.append(Mutant(inner, line, last, said, code, outer, first))
    return made


Nest = list[ast.ClassDef]


def _functions(tree: ast.Module) -> Iterator[tuple[Nest, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each outermost function with the classes around it."""

    def within(
        body: list[ast.stmt], nest: Nest
    ) -> Iterator[tuple[Nest, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for node in body:
            if isinstance(node, Functions):
                if node.name not in QUIET:
                    yield nest, node
            elif isinstance(node, ast.ClassDef):
                yield from within(node.body, [*nest, node])

    yield from within(tree.body, [])


def _code(function: ast.FunctionDef | ast.AsyncFunctionDef, nest: Nest, file: str) -> CodeType:
    """The code of a function, compiled with nothing around it but the names of its classes."""
    bare = copy.deepcopy(function)
    bare.decorator_list = []
    body: ast.stmt = bare
    for each in reversed(nest):
        body = ast.copy_location(ast.ClassDef(each.name, [], [], [body], []), each)
    future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
    tree = ast.fix_missing_locations(ast.Module([future, body], []))
    code = compile(tree, file, "exec", dont_inherit=True)
    for name in [*(each.name for each in nest), function.name]:
        code = next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
    return code


Undo = Callable[[], None]
Change = Callable[[], Undo]


def _changes(
    function: ast.FunctionDef | ast.AsyncFunctionDef, path: str
) -> Iterator[tuple[str, int, int, str, Change]]:
    """(inner qualified name, first and last line, before → after, a way to do it) for a function and what is within."""
    for number, statement in enumerate(function.body):
        if number == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        yield from _of(statement, path)


def _of(node: ast.AST, path: str) -> Iterator[tuple[str, int, int, str, Change]]:
    if isinstance(node, Functions):
        yield from _changes(node, f"{path}.<locals>.{node.name}")
        return
    if isinstance(node, ast.Raise) and "RuntimeError" in ast.unparse(node):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    for what, change in _own(node):
        until = node.test if isinstance(node, ast.If | ast.While) else node
        yield path, getattr(node, "lineno", 0), getattr(until, "end_lineno", 0), what, change
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_comment", "format_spec", "ctx"):
            continue
        if isinstance(node, ast.JoinedStr):
            inner = [each for each in node.values if isinstance(each, ast.FormattedValue)]
            for each in inner:
                yield from _of(each, path)
            return
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from _of(each, path)


def _own(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """The changes of one node itself."""
    said = ast.unparse(node).split("\n")[0][:90] if isinstance(node, ast.expr | ast.stmt) else ""
    match node:
        case ast.Compare(ops=[op]):
            other = COMPARED[type(op)]()
            yield f"{said} → {_sign(other)}", _field(node, "ops", [other])
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                changed = [*ops[:place], COMPARED[type(op)](), *ops[place + 1 :]]
                yield f"{said} → {place + 1}. {_sign(changed[place])}", _field(node, "ops", changed)
        case ast.BoolOp(op=op, values=values):
            other_op: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{said} → {'or' if isinstance(op, ast.And) else 'and'}", _field(node, "op", other_op)
            for place in range(len(values)):
                rest = [*values[:place], *values[place + 1 :]]
                if len(rest) == 1:
                    rest.insert(0, ast.Constant(isinstance(op, ast.And)))  # `True and x` is x
                yield f"{said} → without {ast.unparse(values[place])[:60]}", _field(node, "values", rest)
        case ast.UnaryOp(op=ast.Not(), operand=_):
            yield f"{said} → without not", _field(node, "op", ast.UAdd(), truth=True)
        case ast.BinOp(op=op) if type(op) in RECKONED:
            yield f"{said} → {RECKONED[type(op)].__name__}", _field(node, "op", RECKONED[type(op)]())
        case ast.AugAssign(op=op) if type(op) in RECKONED:
            yield f"{said} → {RECKONED[type(op)].__name__}", _field(node, "op", RECKONED[type(op)]())
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.Constant) and not (
                isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
            ):
                turned = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
                yield f"{ast.unparse(test)[:90]} → not", _field(node, "test", turned)
        case ast.Constant(value=bool() as value):
            yield f"{said} → {not value}", _field(node, "value", not value)
        case ast.Constant(value=int() as value):
            yield f"{said} → {value + 1}", _field(node, "value", value + 1)
        case ast.Constant(value=str() as value):
            yield f"{said} → other words", _field(node, "value", value + "x" if value else "x")
        case ast.Constant(value=bytes() as value):
            yield f"{said} → other bytes", _field(node, "value", value + b"x" if value else b"x")
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            nothing = ast.copy_location(ast.Constant(None), value)
            yield f"{said} → return None", _field(node, "value", nothing)
        case ast.Expr(value=ast.Call() as value):
            nothing = ast.copy_location(ast.Constant(None), value)
            yield f"{said} → left out", _field(node, "value", nothing)
        case ast.Raise():
            yield f"{said} → left out", _statement(node, ast.Pass)
        case ast.Break():
            yield "break → continue", _statement(node, ast.Continue)
        case ast.Continue():
            yield "continue → break", _statement(node, ast.Break)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _sign(op: ast.cmpop) -> str:
    return ast.unparse(ast.Compare(ast.Name("a"), [op], [ast.Name("b")]))[2:-2]


def _field(node: ast.AST, name: str, value: object, *, truth: bool = False) -> Change:
    def change() -> Undo:
        before = getattr(node, name)
        if truth:
            # `not x` without the not, kept a truth value: not not x.
            assert isinstance(node, ast.UnaryOp)
            operand = node.operand
            node.operand = ast.copy_location(ast.UnaryOp(ast.Not(), operand), operand)
            return lambda: setattr(node, "operand", operand)
        setattr(node, name, value)
        return lambda: setattr(node, name, before)

    return change


def _statement(node: ast.stmt, other: type[ast.stmt]) -> Change:
    """Becomes another statement without fields of its own."""

    def change() -> Undo:
        kind, fields = node.__class__, dict(node.__dict__)
        node.__class__ = other

        def undo() -> None:
            node.__class__ = kind
            node.__dict__.update(fields)

        return undo

    return change
