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
    rf"""[ \t\r\n\u00a0]*
    (?:(\.\.|::|//|!=|<=|>=|[()\[\]@,/|+\-=<>*]|\.(?!\d))
    |({_NAME}(?::(?!:)(?:\*|{_NAME}))?)
    |(\d+(?:\.\d*)?|\.\d+)
    |("[^"]*"|'[^']*')
    |(\Z))""",
    re.VERBOSE,
)
_MARK, _WORD, _NUMBER, _TEXT, _END = range(1, 6)
_BLANK = re.compile(r"[ \t\r\n\u00a0]*")
_WORDS = frozenset({"and", "or", "mod", "div"})
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
    add, match, new = found.append, _TOKEN.match, tuple.__new__
    offset, operand = 0, False
    while (seen := match(text, offset)) is not None:
        sort, start, offset = seen.lastindex, seen.start(seen.lastindex or 0), seen.end()
        piece = text[start:offset]
        if sort == _MARK:
            # Whether an operand is complete tells `*` from `*` (XPath 1.0, 3.7).
            operator = piece in BINDING and (operand or piece != "*")
            add(new(Token, ("operator" if operator else "mark", piece, start)))
            operand = not operator and piece not in _BEFORE_OPERAND
        elif sort == _WORD:
            word = _operator(piece) if operand else ""
            add(new(Token, ("operator" if word else "name", word or piece, start)))
            offset = start + len(word or piece)
            operand = not word
        elif sort == _END:
            add(Token("end", "", len(text)))
            return found
        else:
            add(new(Token, ("number", piece, start) if sort == _NUMBER else ("text", piece[1:-1], start)))
            operand = True
    raise _no_token(text, _BLANK.match(text, offset).end())  # type: ignore[union-attr]  # matches always


def _operator(word: str) -> str:
    """The operator that `word` is, or begins with before a number; else nothing."""
    if word in _WORDS:
        return word
    glued = _GLUED.match(word)
    return glued[1] if glued else ""


def _no_token(text: str, offset: int) -> XPathError:
    if text[offset] in "\"'":
        return XPathError("xpath.open-quote", offset)
    if text[offset] == "$":
        return XPathError("xpath.no-variables", offset, text=shown(text[offset : offset + 40]))
    return XPathError("xpath.stray", offset, text=text[offset])
