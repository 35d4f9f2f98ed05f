"""The terms that a session knows, and its local ones: added, changed, retired. A term is never taken out.

A change of a shipped term is a record of this vault too. It stands over what ships and is not touched when the files are
updated. What other vaults made and sent along is shown as a term like any other, but only its maker changes it.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from cairn.app.kernel import record_drafts, revising
from cairn.app.kernel.revising import Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RootId
from cairn.model.kinds.term import LocalTerm
from cairn.model.terms import local_id, local_record
from cairn.storage import drafts, library, roots
from cairn.storage.work import Reader
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms

KIND = "term"
_TEXTS = (
    "interview",
    "consent",
    "identity",
    "note",
    "attachment",
    "recording",
    "transcript",
    "term",
    "place",
)
"""Kinds that name no terms as what was coded: looked over where it is counted how often one is used."""


class Used(NamedTuple):
    """How often a term is used as what was coded."""

    records: int
    roots: int


def of(s: Session) -> Terms:
    """The terms that this session knows: one and the same until a record of theirs changes.

    Raises IntegrityError where such a record was altered.
    """
    with s.store.read() as reader:
        return s.terms.get(library.heads_of_kind(reader, KIND), lambda: _made(s, reader))


def body(s: Session, id_: str) -> LocalTerm | None:
    """What this vault holds of a term: a local one, or what it says otherwise of a shipped one."""
    record = of(s).get(id_).record
    with s.store.read() as reader:
        head = revising.current(reader, record) if record else None
    return head.body if head is not None and isinstance(head.body, LocalTerm) else None


def ours(s: Session, id_: str) -> bool:
    """Whether this vault may change a term: a shipped one, over which it lays its own words, or one that it made."""
    record = local_record(id_)
    if not record:
        return True
    with s.store.read() as reader:
        return s.is_own(revising.maker(reader, record))


class Begun(NamedTuple):
    """A term that is being written: its record, the vocabulary, and what was typed."""

    record: RecordId
    vocabulary: str
    draft: Draft


def begun(s: Session) -> Begun | None:
    """The local term that somebody began to write and has not saved; the newest, where there are several."""
    with s.store.read() as reader:
        for info in drafts.all(reader):
            draft = drafts.load(reader, info.record_id) if info.kind == KIND else None
            if draft is not None:
                held = msgspec.json.decode(bytes(draft.body), type=LocalTerm)
                return Begun(info.record_id, held.vocabulary, draft)
    return None


def give_up(s: Session, record: RecordId) -> None:
    """Forget a term that was begun and not saved."""
    record_drafts.discard(s, record)


def add(s: Session, term: LocalTerm, record: RecordId = NO_RECORD) -> str:
    """Make a local term; its id. `record` is one that was begun, whose draft then goes.

    Raises InputError `term.no-label`, `term.no-vocabulary`, `term.parent-unknown`, and of a violation that can be chosen
    `term.no-definition`, `term.no-include`, `term.no-out`, `term.no-example`, `term.no-count`, `term.no-sensitivity`.
    """
    _require(of(s), term)
    with s.store.write() as work:
        made, _ = revising.write(s, work, term, record=record)
        record_drafts.settled(work, RootId(made), KIND)
    return local_id(made)


def change(s: Session, id_: str, term: LocalTerm, reason: str = "") -> None:
    """Save another version of a local term, or of what is said otherwise of a shipped one.

    Raises as `add`, and InputError `term.unknown`, `term.not-ours`, `term.parent-circle`.
    """
    known = of(s)
    found = known.get(id_)
    if not found.known:
        raise InputError("term.unknown", id=id_)
    if not ours(s, id_):
        raise InputError("term.not-ours")
    if found.origin == "local":
        _require(known, term)
        if known.within(term.parent, id_):
            raise InputError("term.parent-circle")
    else:
        term = msgspec.structs.replace(term, of=id_, vocabulary="", parent="")
    with s.store.write() as work:
        heads = revising.heads(work, found.record) if found.record else []
        parents = [head.sha for head in heads if head.state == revising.CURRENT]
        revising.write(s, work, term, record=found.record, parents=parents, reason=reason)


def retire(s: Session, id_: str, *, retired: bool = True) -> None:
    """No longer offer a term, or offer it again. What names it goes on showing it. Raises as `change`."""
    held = body(s, id_) or LocalTerm(of=id_)
    change(s, id_, msgspec.structs.replace(held, retired=retired))


def used(s: Session, id_: str) -> Used:
    """How many records here name a term as what was coded, under how many roots. Takes long in a great vault."""
    with s.store.read() as reader:
        return Used(*library.named_by(reader, id_, _TEXTS))


def _require(terms: Terms, term: LocalTerm) -> None:
    if not term.label:
        raise InputError("term.no-label")
    if terms.vocabulary(term.vocabulary) is None:
        raise InputError("term.no-vocabulary", name=term.vocabulary)
    if term.parent and (
        not terms.get(term.parent).known or terms.get(term.parent).vocabulary != term.vocabulary
    ):
        raise InputError("term.parent-unknown", id=term.parent)
    if term.vocabulary == "violations":
        missing = _missing(term)
        if missing:
            raise InputError(missing)


def _missing(term: LocalTerm) -> str:
    """What a violation lacks to be counted: who codes must be able to tell it from its neighbours."""
    wanted = (
        (bool(term.definition), "term.no-definition"),
        (bool(term.include), "term.no-include"),
        (bool(term.out), "term.no-out"),
        (bool(term.example), "term.no-example"),
        (bool(term.count.pattern and term.count.one), "term.no-count"),
        (bool(term.sensitivity), "term.no-sensitivity"),
    )
    return next((code for there, code in wanted if not there), "")


def _made(s: Session, reader: Reader) -> Terms:
    local: list[Term] = []
    changes: list[Term] = []
    for root in roots.of_kind(reader, KIND):
        head = revising.current(reader, root)
        if head is None or not isinstance(head.body, LocalTerm):
            continue
        if not head.body.of:
            local.append(_term(head, head.body))
        elif s.is_own(revising.maker(reader, root)):
            # What another office says of a shipped term doesn't change what it says here.
            changes.append(_term(head, head.body))
    return Terms(local, changes)


def _term(head: Version, held: LocalTerm) -> Term:
    record: RecordId = head.envelope.id
    return Term(
        id=held.of or local_id(record),
        labels=held.label,
        parent=held.parent,
        retired=held.retired,
        definition=held.definition,
        include=held.include,
        out=held.out,
        example=held.example,
        count=held.count,
        crosswalk=held.crosswalk,
        sensitivity=held.sensitivity,
        note=held.note,
        origin="local",
        vocabulary=held.vocabulary,
        record=record,
    )
