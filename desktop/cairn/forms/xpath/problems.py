"""What is wrong with a call, seen before anything is worked out.

A form may name a function that is not known in a branch that is never reached. So this is a list for who checks the
form, and an error only where the call is reached.
"""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import Value
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.functions.refused import REFUSED
from cairn.forms.xpath.functions.table import FUNCTIONS
from cairn.forms.xpath.parts import calls
from cairn.forms.xpath.syntax import Call, Expr


@dataclass(frozen=True, slots=True)
class Problem:
    """A code, the values of its sentence, and the offset of what it is about."""

    code: str
    values: dict[str, Value]
    offset: int

    def again(self) -> XPathError:
        """The error that this is where the call is reached."""
        return XPathError(self.code, self.offset, **self.values)


def fault(call: Call) -> Problem | None:
    """Why `call` can't work: no such function, one that is refused, too few or too many arguments."""
    function = FUNCTIONS.get(call.name)
    name, given = shown(call.name), len(call.arguments)
    if function is None:
        return Problem(REFUSED.get(call.name, "xpath.no-such-function"), {"name": name}, call.offset)
    if given < function.least:
        return Problem("xpath.too-few", {"name": name, "given": given, "least": function.least}, call.offset)
    if function.most is not None and given > function.most:
        return Problem("xpath.too-many", {"name": name, "given": given, "most": function.most}, call.offset)
    if function.odd and given % 2 == 0:
        return Problem("xpath.no-pairs", {"name": name, "given": given}, call.offset)
    return None


def problems(tree: Expr) -> list[Problem]:
    """Every call in `tree` that can't work, in the order of the text."""
    return [problem for call in calls(tree) if (problem := fault(call)) is not None]
