"""Truth and choice: what is worked out depends on what came before."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function, special
from cairn.forms.xpath.paths import Compile, Run
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value, to_boolean, to_string


@special("if", 3, 3)
def _if(_call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    """One branch alone is worked out, and its value is left as it is."""
    condition, then, otherwise = arguments
    return lambda c: then(c) if to_boolean(condition(c)) else otherwise(c)


@special("coalesce", 0, None)
def _coalesce(_call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    """The first value that is not empty; the last where all are."""

    def run(c: Context) -> Value:
        value: Value = ""
        for argument in arguments:
            value = argument(c)
            if to_string(value):
                break
        return value

    return run


@special("once", 1, 1)
def _once(_call: Call, arguments: Sequence[Run], _compile: Compile) -> Run:
    """What the node holds already, so that a value once worked out stays."""
    (argument,) = arguments
    return lambda c: c.here.value or to_string(argument(c))


@function("true", 0, 0)
def _true(_call: Call, _c: Context) -> Value:
    return True


@function("false", 0, 0)
def _false(_call: Call, _c: Context) -> Value:
    return False


@function("boolean", 1, 1)
def _boolean(_call: Call, _c: Context, value: Value) -> Value:
    return to_boolean(value)


@function("not", 1, 1)
def _not(_call: Call, _c: Context, value: Value) -> Value:
    return not to_boolean(value)


@function("boolean-from-string", 1, 1)
def _boolean_from_string(_call: Call, _c: Context, value: Value) -> Value:
    return to_string(value) in {"1", "true"}
