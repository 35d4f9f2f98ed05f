"""The registry of kinds: the one place that knows which there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cairn.model.kinds import (
    act,
    attachment,
    coding,
    consent,
    event,
    identity,
    information,
    interview,
    involvement,
    note,
    passage,
    person,
    place,
    post,
    preparation,
    recording,
    relation,
    term,
    transcript,
    unit,
)
from cairn.model.kinds.kind import Body, Kind, Scope

_KINDS: dict[str, Kind[Any]] = {}
_OF_TYPE: dict[type[Body], Kind[Any]] = {}


def get(name: str) -> Kind[Any] | None:
    """The kind of this name; None for one of a newer program."""
    return _KINDS.get(name)


def of(name: str) -> Kind[Any]:
    """The kind of this name, which is known to exist. Raises KeyError."""
    return _KINDS[name]


def of_body(body: Body) -> Kind[Any]:
    """The kind that a body is of. Raises KeyError."""
    return _OF_TYPE[type(body)]


def every(scope: Scope | None = None) -> list[Kind[Any]]:
    """All kinds, of one scope when given, in the order of a page."""
    found = [kind for kind in _KINDS.values() if scope is None or kind.scope is scope]
    return sorted(found, key=lambda kind: (kind.order, kind.name))


@contextmanager
def with_kind(kind: Kind[Any]) -> Iterator[None]:
    """One kind more, for as long as the block lasts: for trying a new kind out."""
    _add(kind)
    try:
        yield
    finally:
        del _KINDS[kind.name], _OF_TYPE[kind.type]


def _add(kind: Kind[Any]) -> None:
    if kind.name in _KINDS or kind.type in _OF_TYPE:
        raise ValueError(f"two kinds named {kind.name}")
    if kind.scope is not Scope.INTERVIEW and not kind.is_root:
        raise ValueError(f"{kind.name}: library and office records are roots")
    _KINDS[kind.name] = kind
    _OF_TYPE[kind.type] = kind


for _each in (
    interview,
    consent,
    identity,
    preparation,
    person,
    relation,
    note,
    recording,
    transcript,
    attachment,
    unit,
    post,
    event,
    act,
    involvement,
    information,
    term,
    place,
    passage,
    coding,
):
    _add(_each.KIND)
