"""The table of functions: a name, how many arguments, and what makes a closure of a call."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cairn.forms.xpath.context import Context
from cairn.forms.xpath.paths import Compile, Run
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value

Make = Callable[[Call, Sequence[Run], Compile], Run]
"""From the call, the closures of its arguments, and the compiler (for who wants to see the arguments as trees)."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: the least and the most arguments (None: no end), and its maker."""

    name: str
    least: int
    most: int | None
    make: Make
    odd: bool = False
    """Whether the number of arguments must be odd: one, and pairs."""


FUNCTIONS: dict[str, Function] = {}


def special(name: str, least: int, most: int | None, *, odd: bool = False) -> Callable[[Make], Make]:
    """Enter a maker: for functions that don't work all their arguments out, or look at how they are written."""

    def enter(make: Make) -> Make:
        FUNCTIONS[name] = Function(name, least, most, make, odd)
        return make

    return enter


def function(
    name: str, least: int, most: int | None
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Enter a function of (call, context, *values): every argument is worked out first."""

    def enter(work: Callable[..., Value]) -> Callable[..., Value]:
        FUNCTIONS[name] = Function(name, least, most, functools.partial(_plain, work))
        return work

    return enter


def _plain(work: Callable[..., Value], call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    if not arguments:
        return lambda c: work(call, c)
    if len(arguments) == 1:
        (only,) = arguments
        return lambda c: work(call, c, only(c))
    if len(arguments) == 2:
        first, second = arguments
        return lambda c: work(call, c, first(c), second(c))
    return _of_many(work, call, arguments)


def _of_many(work: Callable[..., Value], call: Call, arguments: Sequence[Run]) -> Run:
    def run(c: Context) -> Value:
        return work(call, c, *[argument(c) for argument in arguments])

    return run
