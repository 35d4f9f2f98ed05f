"""A term that this vault made, or what it says otherwise of a shipped one. It is never taken out: it is retired."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from cairn.model.kinds.kind import Kind, Reference, Scope
from cairn.model.terms import Count, Crosswalk, Neighbour, Said, TermId, term_references

MAX_NEIGHBOURS = 40


class LocalTerm(msgspec.Struct, frozen=True, omit_defaults=True):
    """A term of its own (`local.` and the id of this record), or, with `of`, a change of a shipped one."""

    of: TermId = ""
    """The shipped term whose words are said otherwise here: what is empty is not changed."""
    vocabulary: Annotated[str, msgspec.Meta(max_length=60)] = ""
    parent: TermId = ""
    label: Said = Said()
    definition: Said = Said()
    include: Said = Said()
    out: Annotated[tuple[Neighbour, ...], msgspec.Meta(max_length=MAX_NEIGHBOURS)] = ()
    example: Said = Said()
    count: Count = Count()
    crosswalk: Crosswalk = Crosswalk()
    sensitivity: Literal["", "S1", "S2", "S3"] = ""
    note: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    retired: bool = False


def _lines(said: Said) -> str:
    return "\n".join(f"{code}: {text}" for code in ("en", "ko", "zh") if (text := getattr(said, code)))


def _fields(body: LocalTerm) -> dict[str, str]:
    out = [f"{each.see}: {each.said.in_language('en')}" for each in body.out]
    codes = [f"HURIDOCS {each.code} ({each.fit})" for each in body.crosswalk.huridocs or ()]
    for scheme in ("coi", "rome", "gbv", "ilo"):
        codes += [f"{scheme} {code}" for code in getattr(body.crosswalk, scheme) or ()]
    return {
        "of": body.of,
        "vocabulary": body.vocabulary,
        "parent": body.parent,
        "label": _lines(body.label),
        "definition": _lines(body.definition),
        "include": _lines(body.include),
        "out": "\n".join(out),
        "example": _lines(body.example),
        "count": "\n".join(each for each in (body.count.pattern, _lines(body.count.one)) if each),
        "crosswalk": "\n".join(codes),
        "sensitivity": body.sensitivity,
        "note": body.note,
        "retired": "yes" if body.retired else "",
    }


def _references(body: LocalTerm) -> list[Reference]:
    return [
        *term_references("parent", body.parent),
        *term_references("out", *(each.see for each in body.out)),
        *term_references("count", body.count.pattern),
    ]


KIND = Kind(
    name="term",
    type=LocalTerm,
    version=1,
    scope=Scope.LIBRARY,
    is_root=True,
    freezes=False,
    part="none",
    title=lambda body: body.label.in_language("en") or body.of,
    fields=_fields,
    references=_references,
    order=70,
    icon="text",
)
