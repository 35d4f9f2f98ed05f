"""Coded records in words: codes of people instead of ids of records, labels instead of ids of terms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cairn.app.interviews import differences
from cairn.app.kernel import sentences, terms, times
from cairn.app.kernel.session import Session
from cairn.app.people import coded
from cairn.app.people.coded import Coding
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import described, registry
from cairn.model.kinds.described import TermId
from cairn.model.kinds.kind import Body
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.vocab.terms import Terms


class Naming:
    """A `described.Sayer` for one kind of record, over what stands of an interview."""

    def __init__(self, kind: str, coding: Coding, known: Terms, language: str) -> None:
        self._kind = kind
        self._coding = coding
        self._terms = known
        self._language = language

    def term(self, id_: TermId) -> str:
        """Its label; one that is not known here as its id."""
        return self._terms.label(id_, self._language)

    def called(self, record: RecordId) -> str:
        """Its code."""
        return self._coding.called(record)

    def time(self, told: Told) -> str:
        """The words, and what they were taken to mean where that says more."""
        meant = times.described(told, self._language)
        return meant if not told.words or meant == told.words else f"“{told.words}” ({meant})"

    def place(self, told: PlaceTold) -> str:
        """The words; else the place that they were taken to mean."""
        return told.words or ", ".join(told.places) or sentences.value("place", told.relation, self._language)

    def value(self, field: str, code: str) -> str:
        """A code of a field in words."""
        return sentences.value(field, code, self._language)

    def field(self, name: str) -> str:
        """What a field is called."""
        return sentences.field(self._kind, name, self._language)


def said(s: Session, interview: RootId, language: str) -> Callable[[Body | None], dict[str, str]]:
    """For `history.difference`: the fields of a body in words; of what is not coded as they are."""
    coding, known = coded.load(s, interview), terms.of(s)
    return partial(_said, coding, known, language)


def _said(coding: Coding, known: Terms, language: str, body: Body | None) -> dict[str, str]:
    kind = registry.of_body(body) if body is not None else None
    if body is None or kind is None or kind.fields is not described.fields:
        return differences.fields(body)
    return described.said(body, Naming(kind.name, coding, known, language))
