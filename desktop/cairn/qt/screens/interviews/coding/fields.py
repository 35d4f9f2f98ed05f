"""Fields for every part of an act, made from its structs: a field that the record has is never missing on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, get_args, get_origin

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from cairn.app.coding.acts import Who
from cairn.app.kernel import sentences
from cairn.app.people.coded import Coding
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import registry
from cairn.model.kinds.described import MAX_LONG, MAX_SHORT, TermId, bare, shape
from cairn.model.kinds.vocabularies import of_field
from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.forms.inputs import LineInput, OneTick, TextInput, WhenInput
from cairn.qt.forms.pickers import PlaceInput, Several, TermInput, several_terms
from cairn.qt.forms.struct_rows import Column, Made, StructPart, StructRows
from cairn.qt.screens.interviews.coding.who import WhoInput, WhoPicker
from cairn.qt.widgets import Editor, Line
from cairn.qt.widgets.place_picker import PlacePicker
from cairn.qt.widgets.term_picker import TermPicker
from cairn.qt.widgets.when import When
from cairn.vocab.terms import Terms

translate = QCoreApplication.translate


class Setting(NamedTuple):
    """What the fields ask, each time: the terms and places of the session, the people of the interview, its day."""

    terms: Callable[[], Terms]
    places: Callable[[], Gazetteer]
    coding: Callable[[], Coding]
    day: Callable[[], Context]


class RecordInput(WhoInput):
    """One of the records that there are, by its id."""

    def value(self) -> Any:
        """The id; empty for nobody."""
        return super().value().record

    def load(self, value: Any) -> None:
        """Show a record."""
        super().load(Who(record=value or NO_RECORD))


def word(kind: str, field: str) -> str:
    """What a field is called in the language of the screen."""
    return sentences.field(kind, field, messages.language())


def columns(
    kind: str, struct: type, setting: Setting, *, before: str = "", but: Sequence[str] = ()
) -> list[Column]:
    """A column for every field of a struct but those named."""
    return [
        Column(name, word(kind, before + name), partial(made, kind, before + name, hint, inside, setting))
        for name, (hint, inside) in shape(struct).items()
        if name not in ("removed", *but)
    ]


def made(kind: str, field: str, hint: Any, inside: type[msgspec.Struct] | None, setting: Setting) -> Made:
    """The input for one field of a record of this kind."""
    if inside is not None:
        if issubclass(inside, Who):
            picker = WhoPicker(setting.coding, ("person", "unit", "unknown"), units=True)
            return Made(picker, WhoInput(picker))
        part = StructPart(word(kind, field), inside, columns(kind, inside, setting, before=f"{field}."))
        return Made(part, part)
    if get_origin(hint) is list:
        return _list(kind, field, bare(get_args(hint)[0]), setting)
    if hint is Told:
        when = When(setting.day)
        return Made(when, WhenInput(when))
    if hint is PlaceTold:
        place = PlacePicker(setting.places)
        return Made(place, PlaceInput(place))
    if hint is TermId:
        term = TermPicker(setting.terms, of_field(kind, field))
        return Made(term, TermInput(term))
    if hint is RecordId:
        who = WhoPicker(setting.coding, (), units=True)
        return Made(who, RecordInput(who))
    if hint is bool:
        box = QCheckBox(word(kind, field))
        return Made(box, OneTick(box))
    return _text(kind, field)


def _list(kind: str, field: str, of: Any, setting: Setting) -> Made:
    if of is TermId:
        several = several_terms(setting.terms, of_field(kind, field))
        return Made(several, several)
    if of is RecordId:
        who = WhoPicker(setting.coding, (), units=True)
        several = Several(
            who,
            lambda: who.who.record,
            lambda: who.load(Who()),
            lambda record: setting.coding().called(record),
        )
        return Made(several, several)
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        name = word(kind, field)
        rows = StructRows(
            of,
            columns(kind, of, setting, before=f"{field}."),
            translate("Coding", "Add: {name}").format(name=name),
            translate("Coding", "Remove: {name}").format(name=name),
        )
        return Made(rows, rows)
    raise TypeError(field)


def _text(kind: str, field: str) -> Made:
    """A line or a field for sentences, by what the record has room for."""
    if field in _long_of(kind):
        editor = Editor("", least=56)
        return Made(editor, TextInput(editor, strip=True))
    line = Line()
    line.setMaxLength(MAX_SHORT)
    return Made(line, LineInput(line))


@cache
def _long_of(kind: str) -> frozenset[str]:
    return frozenset(_long(registry.of(kind).type))


def _long(struct: type, before: str = "") -> list[str]:
    """Fields with room for sentences, by the limits in the struct."""
    found = []
    for field in msgspec.structs.fields(struct):
        name, inside = before + field.name, shape(struct)[field.name][1]
        limit = msgspec.inspect.type_info(field.type)
        if inside is not None:
            found += _long(inside, f"{name}.")
        elif getattr(limit, "max_length", None) == MAX_LONG:
            found.append(name)
        elif isinstance(limit, msgspec.inspect.ListType) and isinstance(
            limit.item_type, msgspec.inspect.StructType
        ):
            found += _long(limit.item_type.cls, f"{name}.")
    return found
