"""A form's XML as plain values: what the child hands over, what a record keeps, what the engine reads.

The child parsed the XML; here nothing is ever parsed again but JSON of one exact shape, with limits. Written back as
XML it is the same form for other programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

import msgspec

from cairn.errors import InputError

MAX_BYTES = 32 << 20
"""Longest tree, as JSON."""
MAX_DEPTH = 60
"""Most elements within one another."""
MAX_MARKS = 400_000
"""Most elements of one form, its lists of choices included."""

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
EVENTS = "http://www.w3.org/2001/xml-events"
CAIRN = "urn:cairn:forms:1"
"""What of a form is Cairn's own: the part of a question, gates, and types that ODK doesn't know."""


class Mark(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """An element: its local name, its namespace, its attributes (`{namespace}name` or `name`), what is inside."""

    name: str
    space: str
    attributes: dict[str, str]
    parts: list[Union[Mark, str]]  # noqa: UP007 - a type of itself

    def marks(self, name: str = "") -> Iterator[Mark]:
        """The elements right inside, of one name where one is given."""
        for part in self.parts:
            if isinstance(part, Mark) and (not name or part.name == name):
                yield part

    def first(self, name: str) -> Mark | None:
        """The first element right inside with this name."""
        return next(self.marks(name), None)

    def get(self, name: str, space: str = "") -> str | None:
        """An attribute."""
        return self.attributes.get(f"{{{space}}}{name}" if space else name)

    def text(self) -> str:
        """All of the text inside."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole XML file: its root, and the prefixes that its expressions use."""

    root: Mark
    prefixes: dict[str, str] = {}


def loads(data: bytes) -> Document:
    """A document from its JSON. Raises InputError `form.damaged`, `form.too-big`."""
    if len(data) > MAX_BYTES:
        raise InputError("form.too-big")
    try:
        document = msgspec.json.decode(data, type=Document)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise InputError("form.damaged") from error
    measure(document.root)
    return document


def dumps(document: Document) -> bytes:
    """The same as JSON."""
    return msgspec.json.encode(document)


def measure(root: Mark) -> int:
    """How many elements there are. Raises InputError `form.too-big` beyond what is allowed."""
    count, level = 0, [root]
    for _ in range(MAX_DEPTH):
        count += len(level)
        if count > MAX_MARKS:
            break
        level = [inner for mark in level for inner in mark.parts if isinstance(inner, Mark)]
        if not level:
            return count
    raise InputError("form.too-big")


def written(document: Document) -> str:
    """XML text of a document."""
    names = {space: prefix for prefix, space in document.prefixes.items() if prefix}
    head = "".join(
        f" xmlns:{prefix}={quoteattr(space)}" for space, prefix in sorted(names.items(), key=lambda p: p[1])
    )
    pieces: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(document.root, names, "", head, pieces)
    return "".join(pieces)


_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Text between two tags."""
    return text.translate(_TEXT)


def quoteattr(text: str) -> str:
    """The value of an attribute, with its quotes."""
    return f'"{text.translate(_VALUE)}"'


def _write(mark: Mark, names: dict[str, str], default: str, head: str, into: list[str]) -> None:
    tag, extra = mark.name, head
    if mark.space != default:
        if mark.space in names:
            tag = f"{names[mark.space]}:{mark.name}"
        else:
            extra += f" xmlns={quoteattr(mark.space)}"
            default = mark.space
    into.append(f"<{tag}{extra}")
    for key, value in mark.attributes.items():
        space, _, name = key.rpartition("}")
        known = names.get(space[1:]) if space else None
        if not space or known:
            into.append(f" {known}:{name}={quoteattr(value)}" if known else f" {name}={quoteattr(value)}")
        else:
            into.append(f" xmlns:x_={quoteattr(space[1:])} x_:{name}={quoteattr(value)}")
    if not mark.parts:
        into.append("/>")
        return
    into.append(">")
    for part in mark.parts:
        if isinstance(part, str):
            into.append(escape(part))
        else:
            _write(part, names, default, "", into)
    into.append(f"</{tag}>")
