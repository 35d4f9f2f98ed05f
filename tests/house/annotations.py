"""What the source says of the types of its names."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def annotated(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """(line, name, annotation) of every parameter, field and answer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                if arg.annotation is not None:
                    yield arg.lineno, arg.arg, ast.unparse(arg.annotation)
            if node.returns is not None:
                yield node.lineno, node.name, ast.unparse(node.returns)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.lineno, node.target.id, ast.unparse(node.annotation)
