"""A text to a tree, by the precedence of its operators (Pratt's way: each operator says how tightly it binds)."""

from __future__ import annotations

from typing import cast

from cairn.forms.xpath import limits
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.lexer import Token, tokens
from cairn.forms.xpath.syntax import (
    AXES,
    BINDING,
    DOWN,
    HERE,
    NEGATION,
    TYPES,
    UP,
    Axis,
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
    Typed,
)

_CONTINUES = frozenset({"::", "(", "["})
"""What makes more of a name than a step to a child."""


def parse(text: str) -> Expr:
    """The tree of `text`.

    Raises XPathError where it is none: with the place, and what stands there.
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Expr:
        if self._seen().sort == "end":
            raise XPathError("xpath.empty", 0)
        found = self._expression(0)
        if self._seen().sort != "end":
            raise self._unexpected()
        return found

    def _seen(self) -> Token:
        """The token that is next."""
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _eat(self, *marks: str) -> Token | None:
        """The next token, if it is one of these marks."""
        token = self._tokens[self._next]
        if token.sort != "mark" or token.text not in marks:
            return None
        self._next += 1
        return token

    def _need(self, mark: str) -> None:
        if not self._eat(mark):
            raise self._unexpected()

    def _ahead(self, mark: str) -> bool:
        """Whether `mark` stands after the next token."""
        token = self._tokens[min(self._next + 1, len(self._tokens) - 1)]
        return token.sort == "mark" and token.text == mark

    def _unexpected(self) -> XPathError:
        token = self._seen()
        if token.sort == "end":
            return XPathError("xpath.ends-early", token.offset)
        return XPathError("xpath.unexpected", token.offset, text=shown(token.text))

    def _expression(self, binding: int) -> Expr:
        """What stands here up to an operator that binds no tighter than `binding`."""
        self._depth += 1
        if self._depth > limits.DEPTH:
            raise XPathError("xpath.too-deep", self._seen().offset, limit=limits.DEPTH)
        token = self._seen()
        if token.sort == "operator" and token.text == "-":
            self._take()
            left: Expr = Negation(self._expression(NEGATION - 1))
        else:
            left = self._operand()
        while (token := self._tokens[self._next]).sort == "operator" and BINDING[token.text] > binding:
            level = BINDING[token.text]
            operators, operands = [], [left]
            following = token
            while following.sort == "operator" and BINDING[following.text] == level:
                self._next += 1
                operators.append(following.text)
                operands.append(self._expression(level))
                following = self._tokens[self._next]
            left = Operation(tuple(operators), tuple(operands), token.offset)
        self._depth -= 1
        return left

    def _operand(self) -> Expr:
        """A path, or a primary expression with what is hung on it."""
        token = self._seen()
        if token.sort == "number":
            self._take()
            start: Expr = Number(float(token.text))
        elif token.sort == "text":
            self._take()
            start = Quoted(token.text)
        elif self._eat("("):
            start = self._expression(0)
            self._need(")")
        elif token.sort == "name" and self._ahead("(") and token.text not in TYPES:
            self._next += 2
            start = Call(token.text, self._arguments(), token.offset)
        else:
            return self._path()
        if predicates := self._predicates():
            start = Filter(start, predicates, token.offset)
        if steps := self._steps():
            return Path(start, steps, token.offset)
        return start

    def _arguments(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        if self._eat(")"):
            return ()
        while True:
            found.append(self._expression(0))
            if self._eat(")"):
                return tuple(found)
            self._need(",")

    def _path(self) -> Path:
        offset = self._seen().offset
        if self._seen().sort == "mark" and self._seen().text == "//":
            return Path("/", self._steps(), offset)
        if self._eat("/"):
            if not self._begins_step():
                return Path("/", (), offset)
            return Path("/", (self._step(), *self._steps()), offset)
        return Path(None, (self._step(), *self._steps()), offset)

    def _begins_step(self) -> bool:
        token = self._seen()
        return token.sort == "name" or (token.sort == "mark" and token.text in {".", "..", "@", "*"})

    def _steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while mark := self._eat("/", "//"):
            if mark.text == "//":
                found.append(DOWN)
            found.append(self._step())
        return tuple(found)

    def _step(self) -> Step:
        token, following = self._seen(), self._tokens[min(self._next + 1, len(self._tokens) - 1)]
        offset = token.offset
        if token.sort == "name" and following.text not in _CONTINUES and ":" not in token.text:
            self._next += 1
            return Step("child", Named(token.text), (), offset)
        if self._eat("."):
            return Step("self", HERE.test, self._predicates(), offset)
        if self._eat(".."):
            return Step("parent", UP.test, self._predicates(), offset)
        axis = "child"
        if self._eat("@"):
            axis = "attribute"
        elif self._seen().sort == "name" and self._ahead("::"):
            axis = self._take().text
            self._take()
            if axis not in AXES:
                raise XPathError("xpath.no-such-axis", offset, text=shown(axis))
        test = self._test()
        return Step(cast(Axis, axis), test, self._predicates(), offset)

    def _test(self) -> Named | Typed:
        if self._eat("*"):
            return Named("*")
        if self._seen().sort != "name":
            raise self._unexpected()
        name = self._take().text
        if name in TYPES and self._eat("("):
            target = None
            if name == "processing-instruction" and self._seen().sort == "text":
                target = self._take().text
            self._need(")")
            return Typed(name, target)
        prefix, colon, local = name.rpartition(":")
        return Named(local, prefix) if colon else Named(name)

    def _predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self._eat("["):
            self._depth += 1  # a predicate takes more of the interpreter's stack than a parenthesis
            found.append(self._expression(0))
            self._depth -= 1
            self._need("]")
        return tuple(found)
