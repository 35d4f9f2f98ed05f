"""The kinds of coding: what is filled in is searched, compared and told by name, whichever field it is."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from cairn import resources
from cairn.bundle.page import Words, blocks_html
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import registry
from cairn.model.kinds.described import TermId, word_keys
from cairn.model.kinds.kind import Authority, Kind, Reference
from cairn.model.kinds.page import Surroundings
from cairn.model.kinds.person import Person
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import MEANING, Told

CODED = [
    registry.of(name)
    for name in [
        "preparation",
        "person",
        "relation",
        "unit",
        "post",
        "event",
        "act",
        "involvement",
        "information",
    ]
]
ELSEWHERE = RecordId("0b4f2c1e-5d3a-8e21-9c00-112233445566")


def filled(struct: type, marks: list[str]) -> Any:
    """A body with something in every field, each text another one, which `marks` then names."""
    hints = get_type_hints(struct, include_extras=True)
    return struct(
        **{
            field.name: value(hints[field.name], marks)
            for field in msgspec.structs.fields(struct)
            if field.name not in ("removed", "protected")
        }
    )


def value(hint: Any, marks: list[str]) -> Any:
    hint = bare(hint)
    if get_origin(hint) is list:
        return [value(get_args(hint)[0], marks)]
    if hint is TermId:
        return "vio.life"
    if hint is RecordId:
        return ELSEWHERE
    if hint is bool:
        return True
    marks.append(f"mark{len(marks)}x")
    if hint in (Told, PlaceTold):
        return hint(words=marks[-1])
    if hint is str:
        return marks[-1]
    marks.pop()
    return filled(hint, marks)


def bare(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    rest = [each for each in get_args(hint) if each is not type(None)]
    return bare(rest[0]) if type(None) in get_args(hint) else hint


def open_person(struct: type, marks: list[str]) -> Any:
    body = filled(struct, marks) if struct is not Person else None
    if body is None:
        # Names stand open only where nobody is protected.
        hints = get_type_hints(Person, include_extras=True)
        body = Person(protected=False, names=value(hints["names"], marks), note=value(str, marks))
    return body


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.name)
def test_every_text_is_found_compared_and_shown(kind: Kind[Any]) -> None:
    marks: list[str] = []
    body = open_person(kind.type, marks)
    assert len(marks) > 1
    searched = "\n".join(text.text for text in kind.texts(body))
    compared = "\n".join(kind.fields(body).values())
    blocks = kind.page(body, Surroundings(author="field 9"))
    assert blocks is not None
    page = blocks_html(Words("en"), blocks)
    for mark in marks:
        assert mark in searched and mark in compared and mark in page
    assert "vio.life" not in searched and ELSEWHERE not in searched
    assert msgspec.json.decode(msgspec.json.encode(body), type=kind.type) == body


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_field_has_a_word_on_the_page(kind: Kind[Any], language: str) -> None:
    body = open_person(kind.type, [])
    words = resources.table("kinds", language)
    for name in kind.fields(body):
        assert any(key in words for key in word_keys(kind.name, name.removesuffix(MEANING))), name
    # Also what stands inside a list; a field without a word would stand there by the name it has in the struct.
    blocks = kind.page(body, Surroundings())
    assert blocks is not None
    shown = re.sub(r"mark\d+x|<[^>]+>", " ", blocks_html(Words(language), blocks))
    assert "_" not in shown and "field." not in shown
    if language == "ko":
        assert set(re.findall(r"[a-z]{3,}", shown)) <= {"vio", "life", "yes"}


def test_an_empty_record_names_nothing_and_is_small() -> None:
    for kind in CODED:
        body = kind.type()
        assert list(kind.references(body)) == [] and list(kind.texts(body)) == []
        assert msgspec.json.encode(body) == b"{}"
        assert not kind.removed(body) and kind.removed(kind.declined(body))


def test_what_is_coded_is_a_layer_that_finalising_leaves_open() -> None:
    layers = [kind for kind in CODED if kind.authority is Authority.LAYER]
    assert {kind.name for kind in CODED} - {kind.name for kind in layers} == {"preparation"}
    assert not any(kind.freezes for kind in layers)


def test_references_name_every_record_that_stands_in_a_body() -> None:
    for kind in CODED:
        if kind.name == "person":
            continue
        body = filled(kind.type, [])
        named = msgspec.json.encode(body).decode().count(ELSEWHERE)
        assert len(list(kind.references(body))) == named, kind.name
    at = PlaceTold("by the ferry", ELSEWHERE)
    assert list(registry.of("event").references(registry.of("event").type(place=at))) == [
        Reference("place", ELSEWHERE)
    ]


def test_somebody_protected_has_no_open_name_and_no_day_of_birth() -> None:
    for bad in ({"names": [{"text": "한별"}]}, {"born": {"words": "1979-03-02", "edtf": "1979-03-02"}}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"code": "P1", **bad}, Person)
        assert msgspec.convert({"code": "P8", "protected": False, **bad}, Person).code == "P8"
    assert Person(code="P4", born=Told("spring 2001", "2001-21")).shown == "P4"


def test_a_record_that_travels_beside_is_called_by_its_code() -> None:
    post = registry.of("post")
    body = post.type(person=ELSEWHERE, superior=RecordId("1c4f2c1e-5d3a-8e21-9c00-112233445566"))
    blocks = post.page(body, Surroundings(bodies={ELSEWHERE: Person(code="P8")}))
    assert blocks is not None
    page = blocks_html(Words("en"), blocks)
    assert "P8" in page and "<code>1c4f2c1e</code>" in page and str(NO_RECORD or "never") not in page
