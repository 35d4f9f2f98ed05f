"""An expression as a tree. Equal trees mean the same; where a part stood in the text (`offset`) does not count.

Operators of one precedence that follow each other are one `Operation`, worked off from the left, so that a sum of a
thousand terms is no deeper than one of two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Axis = Literal[
    "child",
    "descendant",
    "parent",
    "ancestor",
    "following-sibling",
    "preceding-sibling",
    "following",
    "preceding",
    "attribute",
    "self",
    "descendant-or-self",
    "ancestor-or-self",
]
AXES: frozenset[str] = frozenset(Axis.__args__)  # type: ignore[attr-defined]
TYPES: frozenset[str] = frozenset({"node", "text", "comment", "processing-instruction"})

LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
"""Binary operators by precedence, the loosest first; a minus sign binds tighter, and `|` tighter than that."""
BINDING: dict[str, int] = {name: number for number, level in enumerate(LEVELS, 1) for name in level}
NEGATION = len(LEVELS) + 1
UNION = NEGATION + 1
BINDING["|"] = UNION


@dataclass(slots=True, unsafe_hash=True)
class Number:
    """A number, never negative: a minus sign is a `Negation`."""

    value: float


@dataclass(slots=True, unsafe_hash=True)
class Quoted:
    """A text in quotes. XPath has no way to write one that holds both kinds."""

    text: str


@dataclass(slots=True, unsafe_hash=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Expr, ...]
    offset: int = field(default=0, compare=False)


@dataclass(slots=True, unsafe_hash=True)
class Negation:
    """A minus sign before something."""

    of: Expr


@dataclass(slots=True, unsafe_hash=True)
class Operation:
    """`operands[0] operators[0] operands[1] …`, all of one precedence, from the left."""

    operators: tuple[str, ...]
    operands: tuple[Expr, ...]
    offset: int = field(default=0, compare=False)


@dataclass(slots=True, unsafe_hash=True)
class Named:
    """A test of names: `a`, `p:a`, `*` (name `*`), `p:*`."""

    name: str
    prefix: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Typed:
    """A test of kinds: `node()`, `text()`, `comment()`, `processing-instruction('target')`."""

    name: str
    target: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One step of a path. `//` is written as the step `descendant-or-self::node()`, `..` as `parent::node()`."""

    axis: Axis
    test: Named | Typed
    predicates: tuple[Expr, ...] = ()
    offset: int = field(default=0, compare=False)


@dataclass(slots=True, unsafe_hash=True)
class Path:
    """Steps from the root (`start` is "/"), from here (None), or from what an expression gives."""

    start: Expr | Literal["/"] | None
    steps: tuple[Step, ...]
    offset: int = field(default=0, compare=False)


@dataclass(slots=True, unsafe_hash=True)
class Filter:
    """Predicates on what is no step: `instance('x')[1]`, `(a | b)[last()]`."""

    of: Expr
    predicates: tuple[Expr, ...]
    offset: int = field(default=0, compare=False)


Expr: TypeAlias = Number | Quoted | Call | Negation | Operation | Path | Filter

ANY = Typed("node")
HERE = Step("self", ANY)
UP = Step("parent", ANY)
DOWN = Step("descendant-or-self", ANY)
