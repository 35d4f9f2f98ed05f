"""Reads one vocabulary file. A file that was edited by hand and broken is told with its line, never with a traceback.

Strict: a key that is not of the schema is a slip of the pen, and would be lost in silence.
"""

from __future__ import annotations

import re
import tomllib
from typing import TypeVar

import msgspec
from msgspec import inspect

from cairn.errors import InputError
from cairn.vocab.term import Vocabulary

T = TypeVar("T")

MAX_SIZE = 4 << 20
"""Bytes of one file."""
MAX_TERMS = 5_000

_TABLE = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_AT_LINE = re.compile(r"at line (\d+)")
_WHERE = re.compile(r" - at `\$\.?(.*)`\Z")
_NAMED = re.compile(r"`([^`]*)`")
_STEP = re.compile(r"(\w+)(?:\[(\d+|\.\.\.)\])?")


def vocabulary(name: str, data: bytes) -> Vocabulary:
    """The vocabulary in a file `name`.

    Raises InputError `vocab.unreadable`, `vocab.not-toml`, `vocab.missing-key`, `vocab.unknown-key`, `vocab.wrong-value`,
    each with `file` and `line`.
    """
    found = decoded(name, data, Vocabulary)
    if len(found.term) > MAX_TERMS:
        raise InputError("vocab.unreadable", file=name, line=1)
    return found


def decoded(name: str, data: bytes, type_: type[T]) -> T:
    """A TOML file `name` as `type_`. Raises like `vocabulary`."""
    if len(data) > MAX_SIZE:
        raise InputError("vocab.unreadable", file=name, line=1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("vocab.unreadable", file=name, line=data.count(b"\n", 0, error.start) + 1) from error
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise InputError("vocab.not-toml", file=name, line=line) from error
    except RecursionError as error:
        raise InputError("vocab.not-toml", file=name, line=1) from error
    try:
        found = msgspec.convert(loaded, type_)
    except msgspec.ValidationError as error:
        raise _told(name, text, str(error)) from error
    if lost := _lost(loaded, inspect.type_info(type_), ""):
        raise InputError(
            "vocab.unknown-key", file=name, line=line_of(text, lost), key=lost.rpartition(".")[2]
        )
    return found


def _lost(value: object, type_: inspect.Type, path: str) -> str:
    """The path of a key that no struct has; empty where there is none. Records of the library may hold more keys: they
    use the same structs, and a newer program may have written them."""
    if isinstance(type_, inspect.UnionType):
        return next((found for each in type_.types if (found := _lost(value, each, path))), "")
    if isinstance(type_, inspect.StructType) and isinstance(value, dict):
        fields = {field.encode_name: field.type for field in type_.fields}
        for key, inner in value.items():
            inside = f"{path}.{key}" if path else key
            if key not in fields:
                return inside
            if found := _lost(inner, fields[key], inside):
                return found
    if isinstance(type_, inspect.VarTupleType) and isinstance(value, list):
        for number, inner in enumerate(value):
            if found := _lost(inner, type_.item_type, f"{path}[{number}]"):
                return found
    return ""


def _told(name: str, text: str, message: str) -> InputError:
    """What is wrong with the values of a file, from msgspec's words for it."""
    where = _WHERE.search(message)
    path = where[1] if where else ""
    named = _NAMED.search(message)
    key = named[1] if named else ""
    if message.startswith("Object missing required field"):
        return InputError("vocab.missing-key", file=name, line=line_of(text, path), key=key)
    if message.startswith("Object contains unknown field"):
        inside = f"{path}.{key}" if path else key
        return InputError("vocab.unknown-key", file=name, line=line_of(text, inside), key=key)
    last = path.rpartition(".")[2]
    return InputError("vocab.wrong-value", file=name, line=line_of(text, path), key=last or key)


def line_of(text: str, path: str) -> int:
    """The line, from 1, of what `term[3].label.en` names: as near as can be told, its table's first line otherwise."""
    lines = text.split("\n")
    steps = _STEP.findall(path)
    start, end = 0, len(lines)
    if steps and steps[0][1].isdigit():
        table, number = steps[0][0], int(steps[0][1])
        heads = [at for at, line in enumerate(lines) if (found := _TABLE.match(line)) and found[1] == table]
        if number < len(heads):
            start = heads[number]
            after = (at for at in range(start + 1, end) if _TABLE.match(lines[at]))
            end = next(after, end)
            steps = steps[1:]
    keys = [step[0] for step in steps]
    while keys:
        wanted = re.compile(rf"\s*{re.escape('.'.join(keys))}(?=[\s.=])")
        for at in range(start, end):
            if wanted.match(lines[at]):
                return at + 1
        keys.pop()
    return start + 1
