"""A text to tokens (XPath 1.0, 3.7), and what the peers allow besides: `1or 2`, `5mod2`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from cairn.forms.xpath import limits
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.syntax import BINDING

Sort = Literal["number", "text", "name", "operator", "mark", "end"]

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\r\n\u00a0]+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?!:)(?:\*|{_NAME}))?)
    |(?P<mark>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*])""",
    re.VERBOSE,
)
_WORDS = ("and", "or", "mod", "div")
_GLUED = re.compile(r"(and|or|mod|div)(?=[\d.])")
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ",", "/", "//"})


class Token(NamedTuple):
    """A piece of an expression, without the quotes of a text, and the offset at which it begins."""

    sort: Sort
    text: str
    offset: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, with an `end` after the last.

    Raises XPathError: too long, a character that belongs nowhere, a text without its closing quote.
    """
    if len(text) > limits.LENGTH:
        raise XPathError("xpath.too-long", limits.LENGTH, limit=limits.LENGTH)
    found: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise _no_token(text, offset)
        sort, piece, start, offset = match.lastgroup, match.group(), offset, match.end()
        if sort == "space":
            continue
        if sort == "number":
            found.append(Token("number", piece, start))
        elif sort == "text":
            found.append(Token("text", piece[1:-1], start))
        elif sort == "name":
            token = _name(piece, start, after_operand=_ends_operand(found))
            offset = start + len(token.text)
            found.append(token)
        else:
            operator = piece in BINDING and (piece != "*" or _ends_operand(found))
            found.append(Token("operator" if operator else "mark", piece, start))
    found.append(Token("end", "", len(text)))
    return found


def _ends_operand(found: list[Token]) -> bool:
    """Whether an operator is what must come next (the rule that tells `*` and `div` from names)."""
    if not found or found[-1].sort == "operator":
        return False
    return found[-1].sort != "mark" or found[-1].text not in _BEFORE_OPERAND


def _name(piece: str, start: int, *, after_operand: bool) -> Token:
    if not after_operand:
        return Token("name", piece, start)
    if piece in _WORDS:
        return Token("operator", piece, start)
    if glued := _GLUED.match(piece):
        return Token("operator", glued[1], start)
    return Token("name", piece, start)


def _no_token(text: str, offset: int) -> XPathError:
    if text[offset] in "\"'":
        return XPathError("xpath.open-quote", offset)
    if text[offset] == "$":
        return XPathError("xpath.no-variables", offset, text=shown(text[offset : offset + 40]))
    return XPathError("xpath.stray", offset, text=text[offset])
