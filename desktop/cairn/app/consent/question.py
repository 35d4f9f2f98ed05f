"""The question that every way out asks: gathers the facts, asks the gate, gives its answer.

The consents that stand are gathered here alone: all heads of all consent records of an interview, proposals too.
`now` is the later of the clock and of the newest entry of this vault's own custody log, so that a clock set back
does not open what has ended; and what was once seen to have ended is remembered in the vault.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from cairn.app.consent import gate, items
from cairn.app.consent.gate import Decision, GateFacts, Item
from cairn.app.consent.items import Heads
from cairn.app.interviews import case
from cairn.app.kernel import contacts, device_names, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ConsentView, ContactRow
from cairn.app.sound import off_record
from cairn.errors import CairnError, InputError
from cairn.model import clock, consent
from cairn.model.agreement import Consent
from cairn.model.consent import Grid, Part, Recipient, Use, Way
from cairn.model.contacts import Trust
from cairn.model.ids import Fingerprint, RecordId, RootId
from cairn.model.kinds import registry
from cairn.storage import lists, revisions, settings
from cairn.storage.work import Reader, Work

_ENDED = "consent.ended"
"""Setting: the latest last day of a consent that was seen to have passed."""
_LOOK_BACK = 16
"""Entries of the log among which the newest is looked for whose payload was not erased."""


def standing(reader: Reader, interview: RootId) -> list[revising.Version]:
    """Every consent that stands for an interview: all heads of all its consent records.

    Raises IntegrityError `storage.record-altered` where the custody log knows one that is not here.
    """
    return [
        head
        for info in revisions.records_of(reader, interview, ["consent"])
        for head in revising.heads(reader, info.id)
    ]


@dataclass(frozen=True)
class Asked:
    """One root with all that the gate must know of it, at one moment. Ask it for as many recipients as you like."""

    root: RootId
    title: str
    heads: Heads
    items: tuple[Item, ...]
    consents: tuple[Grid | None, ...]
    now: str

    def seal(
        self, recipients: Sequence[Recipient], use: Use = Use.STORE, *, held: Collection[str] = ()
    ) -> Decision:
        """What may be sealed to these recipients, together, for this use, without the records in `held`."""
        facts = GateFacts(Way.SEAL, self.now, self.consents, tuple(recipients), use, frozenset(held))
        return gate.may_leave(facts, self.items)

    def copy_out(self, *, held: Collection[str] = ()) -> Decision:
        """What may leave as plain bytes, readable by whoever finds them, without the records in `held`."""
        facts = GateFacts(Way.COPY_OUT, self.now, self.consents, held=frozenset(held))
        return gate.may_leave(facts, self.items)


def about(s: Session, reader: Reader, root: RootId, *, written: bool = True) -> Asked:
    """Gather the facts of an interview, a library or an office record; see `items.of_root` for `written`.

    Raises InputError `interview.unknown`.
    """
    heads = revising.root_heads(reader, root)
    own = heads.get(root, [])
    if not own and lists.interview(reader, root) is None:
        raise InputError("interview.unknown")
    title = revising.title_of(own[0].body) if own else revising.title(reader, root)
    off = off_record.of_heads(reader, root, heads)
    found = items.of_root(s, reader, root, heads, off, written=written) or [items.unsaved(root, title)]
    return Asked(root, title, heads, tuple(found), _grids(_standing_for(reader, root, own)), now(reader))


def _standing_for(reader: Reader, root: RootId, own: Sequence[revising.Version]) -> list[revising.Version]:
    """The consents that a root is asked under: its own; of an office record those of every interview it is about.

    Where nobody has asked in one of those, or it is not here, nobody has asked for the judgement either.
    """
    told = {interview for head in own for interview in head.envelope.about}
    if not told:
        return standing(reader, root)
    each = [standing(reader, interview) for interview in sorted(told)]
    return [head for found in each for head in found] if all(each) else []


def said(s: Session, reader: Reader, root: RootId) -> ConsentView:
    """The consent under which a root is asked, to be shown: of an office record the first that it is about."""
    found = _standing_for(reader, root, revising.root_heads(reader, root).get(root, []))
    return case.consent_view(found, device_names.Labels(s, reader))


def copy_out(s: Session, reader: Reader, record: RecordId, use: Use = Use.STORE) -> str:
    """Empty when a record may be copied out as plain bytes for this use, else the gate's code that says why not.

    Raises InputError `interview.unknown`.
    """
    return copying(s, reader, record, use)[1]


def copying(s: Session, reader: Reader, record: RecordId, use: Use = Use.STORE) -> tuple[Item, str]:
    """What a plain copy of a record would let out for this use, and the gate's code that says why not, or nothing.

    Raises InputError `interview.unknown`.
    """
    heads = revising.heads(reader, record)
    if not heads:
        raise InputError("interview.unknown")
    root = heads[0].envelope.root
    off = off_record.of_interview(reader, root)
    around = {each: revising.heads(reader, each) for each in _sources(heads)}
    found = items.of_record(s, reader, record, heads, off, around)[:1]
    for source, theirs in around.items():
        found += items.of_record(s, reader, source, theirs, off, {}) if theirs else []
    facts = GateFacts(Way.COPY_OUT, now(reader), _grids(standing(reader, root)), use=use)
    decision = gate.may_leave(facts, found)
    return found[0], next((code for item, code in decision.stays if item is found[0]), "")


def _sources(heads: Sequence[revising.Version]) -> set[RecordId]:
    """Records that any of these versions quotes."""
    quoted = [registry.of_body(head.body).quotes(head.body) for head in heads if head.body is not None]
    return {each.source for each in quoted if each is not None}


def may_record(s: Session, interview: RootId, part: Part) -> bool:
    """Whether a part of an interview may be recorded in this vault (a `MayRecord` of this session).

    Where nobody was asked yet it may: the person may be about to say it into the recorder.
    """
    remember(s, [interview])
    with s.store.read() as reader:
        consents = _grids(standing(reader, interview))
        if not consents:
            return True
        return not consent.may(Use.AUDIO, [part], (), Way.HERE, now(reader), consents)[part]


def recipient(row: ContactRow, moment: str, *, overridden: bool = False) -> Recipient:
    """What the gate needs to know of a contact; its card may have expired by `moment`, whatever the clock says."""
    trust = Trust(row.trust)
    if trust is not Trust.REVOKED and row.expires and row.expires < moment[:10]:
        trust = Trust.EXPIRED
    return Recipient(row.fingerprint, trust, row.role, overridden)


def recipients(
    reader: Reader, fingerprints: Sequence[Fingerprint], *, overridden: bool = False
) -> list[tuple[ContactRow, Recipient]]:
    """The contacts with these fingerprints, each once. Raises InputError `contact.unknown`."""
    moment = now(reader)
    found = []
    for fingerprint in dict.fromkeys(fingerprints):
        row = contacts.row(reader, fingerprint)
        if row is None:
            raise InputError("contact.unknown")
        found.append((row, recipient(row, moment, overridden=overridden)))
    return found


def now(reader: Reader) -> str:
    """The time that consents are measured by (UTC, RFC 3339)."""
    newest = next((entry for _, entry in reader.custody.newest(_LOOK_BACK) if entry is not None), None)
    mark = consent.mark(str(settings.get(reader, _ENDED, "")))
    return consent.latest(clock.now(), newest.at if newest is not None else "", mark)


def remember(s: Session, interviews: Sequence[RootId]) -> None:
    """Keep in the vault which consents of these interviews have ended by now: ended is ended.

    Writes only where there is something new. A vault that can't be written to is no reason not to answer.
    """
    with s.store.read() as reader:
        moment = now(reader)
        grids = [grid for each in interviews for grid in _grids(standing(reader, each))]
        day = consent.ended(grids, moment)
        if day <= str(settings.get(reader, _ENDED, "")):
            return
    with suppress(CairnError), s.store.write() as work:
        _keep(work, day)


def _keep(work: Work, day: str) -> None:
    if day > str(settings.get(work, _ENDED, "")):
        settings.put(work, _ENDED, day)


def _grids(heads: Sequence[revising.Version]) -> tuple[Grid | None, ...]:
    return tuple(head.body.readable if isinstance(head.body, Consent) else None for head in heads)
