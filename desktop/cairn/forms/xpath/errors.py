"""What can go wrong with an expression, typed: the author's fault, at a place in the text.

Every failure of this room is an `XPathError`: a code, the values of its sentence, and `offset`, the number of the
character (from 0) where the cause stands. Nothing else is raised, whatever the expression or the form holds.
"""

from __future__ import annotations

from cairn.errors import InputError, Value

SHOWN = 60
"""Characters of an expression that a value of an error holds at most."""


class XPathError(InputError):
    """An expression that can't be read, or can't be worked out with what the form holds."""

    def __init__(self, code: str, /, offset: int, **values: Value) -> None:
        """`offset` counts characters of the expression; `place`, as a person counts it, is the value of the sentence."""
        super().__init__(code, place=offset + 1, **values)
        self.offset = offset


def shown(text: str) -> str:
    """`text`, short enough for a sentence."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
