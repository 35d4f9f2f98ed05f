"""What of an interview can be coded: its texts as they stand, with the version that a passage of them would cite."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.app.coding import moved, passages, places
from cairn.app.coding.coders import Coder
from cairn.app.coding.passages import PassageView
from cairn.app.kernel import revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import RecordId, RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.passages import agreement
from cairn.model.passages.agreement import Agreement, Marked
from cairn.model.passages.units import Unit, units


@dataclass(frozen=True)
class CodedText:
    """One text that can be coded."""

    source: RecordId
    kind: str
    """Of its record: `interview`, `note`, `transcript`."""
    field: str
    title: str
    """Of its record."""
    revision: RevisionHash
    """The version that it is of."""
    text: str


def of_interview(s: Session, interview: RootId) -> list[CodedText]:
    """The texts of an interview that have words, the account first. Raises InputError `interview.unknown`."""
    with s.store.read() as reader:
        if not revising.maker(reader, interview):
            raise InputError("interview.unknown")
        heads = revising.root_heads(reader, interview, moved.citable_kinds())
    found: list[tuple[int, CodedText]] = []
    for record, each in heads.items():
        head = places.shown(each)
        if head is None or head.state != CURRENT or head.body is None:
            continue
        kind = registry.of_body(head.body)
        if not kind.removed(head.body):
            found += [
                (kind.order, CodedText(record, kind.name, name, revising.title_of(head.body), head.sha, text))
                for name, text in kind.citable(head.body).items()
                if text.strip()
            ]
    return [each for _, each in sorted(found, key=lambda one: one[0])]


@dataclass(frozen=True)
class Agreed:
    """How far coders agree about one text, for each code, and who they are."""

    text: CodedText
    coders: tuple[Coder, ...]
    codes: tuple[Agreement, ...]
    left_out: int = 0
    """Passages that lie nowhere in the text as it stands: changed ones count where they lie now."""


def agreed(s: Session, interview: RootId) -> list[Agreed]:
    """The figures for each text that two coders or more marked passages in.

    Who is hidden by a blind coding is not compared: the figures would tell what they marked. Raises InputError
    `interview.unknown`.
    """
    found = passages.listed(s, interview)
    every = [
        coder
        for coder in sorted({*found.passes.of, *(each.coder for each in found.passages)})
        if found.passes.shows(coder)
    ]
    result = []
    for text in of_interview(s, interview):
        here = found.of(text.source, text.field)
        # A coder who is done and marked nothing in a text looked at it, too.
        who = [
            each for each in every if found.passes.is_closed(each) or any(one.coder == each for one in here)
        ]
        if len(who) < 2 or not here:
            continue
        sentences = list(units(text.text, Unit.SENTENCE))
        marked = [[one for view in here if view.coder == each for one in _marked(view)] for each in who]
        codes = agreement.per_code(sentences, marked)
        lost = sum(view.span is None for view in here)
        result.append(Agreed(text, tuple(who), tuple(codes), lost))
    return result


def _marked(view: PassageView) -> list[Marked]:
    span = view.span
    return [] if span is None else [Marked(*span, frozenset(view.body.codes))]
