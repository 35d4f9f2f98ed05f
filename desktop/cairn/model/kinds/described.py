"""What a coded record says, field by field, derived from its struct: for differences, history, pages and search.

The structs of coding have many fields, most of them empty. Naming each a second time would let one be forgotten: a field
that is not listed is not searched, not compared, and not in what leaves. So the lists are made from the struct itself.
Fields of a struct inside follow as `outer.inner`; a list of such structs is told one line each, as `field: value`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, NewType, Protocol, get_args, get_origin, get_type_hints

import msgspec

from cairn.model.ids import RecordId
from cairn.model.kinds.kind import Body, Reference, Text
from cairn.model.kinds.page import Block, Coded, Facts, Heading, Mono, Surroundings, Time, Value, Word
from cairn.model.places.told import PlaceTold, place_references
from cairn.model.terms import term_references
from cairn.model.time import told
from cairn.model.time.told import Told

MAX_SHORT = 500
"""Characters of a short field: a name, a rank, a sum of money."""
MAX_LONG = 20_000
"""Characters of a field that holds sentences."""
MAX_MANY = 1_000
"""Entries of one list in one record."""

Short = Annotated[str, msgspec.Meta(max_length=MAX_SHORT)]
Long = Annotated[str, msgspec.Meta(max_length=MAX_LONG)]
TermId = NewType("TermId", Short)
"""Id of a term of a vocabulary, such as `vio.life.public_execution`. One that is not known here is kept."""
Many = msgspec.Meta(max_length=MAX_MANY)


def fields(body: Body) -> dict[str, str]:
    """Every field of a body as text, nested ones as `outer.inner`, in the order of the struct; of a time also its meaning."""
    found: dict[str, str] = {}
    for name, kind, value in _leaves(type(body), body, ""):
        found |= told.fields(name, value or Told()) if kind is Told else {name: _text(value)}
    return found


class Sayer(Protocol):
    """Says what a body names by id or code in words of a language."""

    def term(self, id_: TermId, /) -> str:
        """The label of a term."""
        ...

    def called(self, record: RecordId, /) -> str:
        """What a record is called: its code."""
        ...

    def time(self, told: Told, /) -> str:
        """A time as it was told and understood."""
        ...

    def place(self, told: PlaceTold, /) -> str:
        """A place as it was told and understood."""
        ...

    def value(self, field: str, code: str, /) -> str:
        """A code of a field; any other text as it is."""
        ...

    def field(self, name: str, /) -> str:
        """What a field is called."""
        ...


def said(body: Body, say: Sayer) -> dict[str, str]:
    """As `fields`, with labels and codes in the place of ids: what people read in a history."""
    return {name: _in_words(name, kind, value, say) for name, kind, value in _leaves(type(body), body, "")}


def _in_words(name: str, kind: Any, value: Any, say: Sayer) -> str:
    match value:
        case list():
            of = bare(next(iter(get_args(kind)), str))
            return "\n".join(_in_words(name, of, each, say) for each in value)
        case Told() if value != Told():
            return say.time(value)
        case PlaceTold() if value:
            return say.place(value)
        case msgspec.Struct() if not isinstance(value, Told | PlaceTold):
            inner = (
                (each, _in_words(each, of, one, say)) for each, of, one in _leaves(type(value), value, "")
            )
            return "; ".join(f"{say.field(f'{name}.{each}')}: {text}" for each, text in inner if text)
    if not value or isinstance(value, Told | PlaceTold):
        return ""
    if kind is TermId:
        return say.term(value)
    if kind is RecordId:
        return say.called(value)
    return say.value(name.rpartition(".")[2], _text(value))


def texts(body: Body) -> list[Text]:
    """What of a body can be searched: every text but ids of terms and of records."""
    return [
        Text(name, text)
        for name, kind, value in _leaves(type(body), body, "")
        if (text := _said(kind, value))
    ]


def page(kind: str) -> Callable[[Any, Surroundings], list[Block]]:
    """How a record of this kind reads on a page: its title, then what is filled in, by name, then who coded it."""

    def blocks(body: Body, around: Surroundings) -> list[Block]:
        rows = [
            (f"field.{kind}.{name}", _line(f"field.{kind}.{name}", of, value, around))
            for name, of, value in _leaves(type(body), body, "")
            if name != "removed" and _text(value)
        ]
        return [Heading(f"kind.{kind}", _called(body)), Facts([*rows, ("author", [around.author])])]

    return blocks


def references(body: Body) -> list[Reference]:
    """Every record that a body names, wherever it stands: of the same interview, and places and terms of the library."""
    return list(dict.fromkeys(_named(body, "")))


def _named(body: Body, before: str) -> Iterator[Reference]:
    for name, kind, value in _leaves(type(body), body, before):
        of = bare(next(iter(get_args(kind)), kind))
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, PlaceTold):
                yield from place_references(name, each)
            elif isinstance(each, Told):
                if each.anchor is not None and each.anchor.record:
                    yield Reference(name, each.anchor.record)
            elif isinstance(each, msgspec.Struct):
                yield from _named(each, f"{name}.")
            elif of is RecordId and each:
                yield Reference(name, each)
            elif of is TermId and each:
                yield from term_references(name, each)


def terms(body: Body) -> list[tuple[str, TermId]]:
    """(field, id) of every term that a body names."""
    return list(_inside(type(body), body, "", TermId))


def times(body: Body) -> list[tuple[str, Told]]:
    """(field, time) of every time that a body tells."""
    return list(_inside(type(body), body, "", Told))


def _inside(struct: type, body: Body | None, before: str, wanted: Any) -> Iterator[tuple[str, Any]]:
    """(field, value) of what is of one type, wherever it stands; nothing that is empty."""
    for name, kind, value in _leaves(struct, body, before):
        of = bare(next(iter(get_args(kind)), kind)) if isinstance(value, list) else kind
        for each in value if isinstance(value, list) else [value]:
            if of is wanted:
                if each:
                    yield name, each
            elif isinstance(each, msgspec.Struct) and not isinstance(each, Told | PlaceTold):
                yield from _inside(type(each), each, f"{name}.", wanted)


def word_keys(kind: str, name: str) -> list[str]:
    """The words of `resources/kinds` that may name a field, the closest first: with its kind, whole, its last part."""
    last = name.rpartition(".")[2]
    return [f"field.{kind}.{name}", f"field.{kind}.{last}", f"field.{name}", f"field.{last}"]


def _called(body: Body) -> str:
    """How a record is called where another names it: its open name, else its code, else its title."""
    found = (getattr(body, name, "") for name in ("shown", "code", "title"))
    return next((text for text in found if isinstance(text, str) and text), "")


def _line(word: str, kind: Any, value: Any, around: Surroundings) -> list[Value]:
    if isinstance(value, list):
        of = bare(next(iter(get_args(kind)), str))
        lines = [_line(word, of, each, around) for each in value]
        return [part for number, line in enumerate(lines) for part in ([" · "] if number else []) + line]
    if isinstance(value, msgspec.Struct) and not isinstance(value, Told | PlaceTold):
        inner = [(name, of, each) for name, of, each in _leaves(type(value), value, "") if _text(each)]
        found: list[Value] = []
        for number, (name, of, each) in enumerate(inner):
            found += ["; "] if number else []
            found += [Word(f"{word}.{name}"), ": ", *_line(f"{word}.{name}", of, each, around)]
        return found
    if isinstance(value, Told):
        return [Time(value)]
    if kind is TermId:
        return [Coded("term", value)]
    if kind is RecordId:
        body = around.bodies.get(value)
        return [_called(body) if body is not None else Mono(value[:8])]
    text = _text(value)
    if kind is not str or not text.isidentifier():
        return [text]
    return [Coded(f"value.{word.rpartition('.')[2]}", text)]


def _leaves(struct: type, body: Any, before: str) -> Iterator[tuple[str, Any, Any]]:
    """(name, type, value) of every field, structs inside opened up also where they are absent."""
    for name, (kind, inside) in shape(struct).items():
        value = getattr(body, name) if body is not None else None
        if inside is not None:
            yield from _leaves(inside, value, f"{before}{name}.")
        else:
            yield before + name, kind, value


@lru_cache
def shape(struct: type) -> Mapping[str, tuple[Any, type[msgspec.Struct] | None]]:
    """Field → (its type without limits and without None, the struct that it is where it is one)."""
    hints = get_type_hints(struct, include_extras=True)
    found: dict[str, tuple[Any, type[msgspec.Struct] | None]] = {}
    for field in msgspec.structs.fields(struct):
        name, kind = field.name, bare(hints[field.name])
        opened = isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in (Told, PlaceTold)
        found[name] = (kind, kind if opened else None)
    return found


def bare(hint: Any) -> Any:
    """A type without its limits and without `| None`."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    rest = [each for each in get_args(hint) if each is not type(None)]
    if len(rest) == 1 and type(None) in get_args(hint):
        return bare(rest[0])
    return hint


def _text(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Told():
            return " = ".join(part for part in (value.words, value.edtf) if part)
        case PlaceTold():
            how = "" if value.relation == "at" else f"({value.relation})"
            return " ".join(part for part in (value.words, how, _bracketed(value)) if part)
        case msgspec.Struct():
            return "; ".join(f"{name}: {text}" for name, text in fields(value).items() if text)
        case list() | tuple():
            return "\n".join(_text(each) for each in value)
        case dict():
            return "\n".join(f"{key}: {_text(each)}" for key, each in value.items())
    return str(value)


def _bracketed(place: PlaceTold) -> str:
    known = ", ".join(each for each in (place.place, place.other) if each)
    return f"[{known}]" if known else ""


def _said(kind: Any, value: Any) -> str:
    """The searchable text of a field; empty for codes, ids, numbers."""
    match value:
        case Told() | PlaceTold():
            return value.words
        case msgspec.Struct():
            return "\n".join(
                text for _, inner, each in _leaves(type(value), value, "") if (text := _said(inner, each))
            )
        case list():
            of = next(iter(get_args(kind)), str)
            return "\n".join(text for each in value if (text := _said(bare(of), each)))
        case str() if kind is str:
            return value
    return ""
