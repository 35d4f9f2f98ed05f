"""An expression, read once and worked out as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.forms.xpath import functions  # noqa: F401  (fills the table)
from cairn.forms.xpath.compiler import compiled
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.nodes import Node
from cairn.forms.xpath.parser import parse
from cairn.forms.xpath.paths import Run
from cairn.forms.xpath.problems import Problem, problems
from cairn.forms.xpath.references import Reference, references
from cairn.forms.xpath.syntax import Expr
from cairn.forms.xpath.values import Value, to_boolean, to_number, to_string


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression: its text, its tree, and what of it can be known without a form's answers."""

    text: str
    tree: Expr
    _run: Run

    @property
    def problems(self) -> list[Problem]:
        """Calls that can't work. They raise where they are reached; a check of the form shows them all."""
        return problems(self.tree)

    def evaluate(self, context: Context) -> Value:
        """The value at `context`, of whatever kind it is.

        Raises XPathError, and what the hooks of the environment raise.
        """
        return self._run(context)

    def string(self, context: Context) -> str:
        """The value as a text."""
        return to_string(self._run(context))

    def number(self, context: Context) -> float:
        """The value as a number; NaN where it is none."""
        return float(to_number(self._run(context), context.env.zone))

    def boolean(self, context: Context) -> bool:
        """The value as a truth."""
        return to_boolean(self._run(context))

    def nodes(self, context: Context) -> list[Node] | None:
        """The value as nodes; None where it is something else."""
        value = self._run(context)
        return value if isinstance(value, list) else None

    def references(self, where: tuple[str, ...]) -> frozenset[Reference]:
        """What the expression reads where it stands at the path `where` (names from the root)."""
        return references(self.tree, where)


def compile(text: str) -> Expression:
    """Read `text`.

    Raises XPathError where it is no expression, or a larger one than may be.
    """
    tree = parse(text)
    return Expression(text, tree, compiled(tree))
