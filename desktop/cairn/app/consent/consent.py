"""Consent: what the person agreed to, as a record of its own. The rules that follow are in `gate`."""

from __future__ import annotations

from cairn.app.consent import question
from cairn.app.interviews import case
from cairn.app.interviews.interviews import ensure_saved
from cairn.app.kernel import device_names, record_drafts, revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ConsentView
from cairn.errors import InputError
from cairn.model.agreement import Consent, PlainConsent
from cairn.model.consent import Answer
from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash, RootId


def get(s: Session, interview_id: RootId) -> ConsentView:
    """The consent that stands for an interview; `set` is False while nobody has asked."""
    with s.store.read() as reader:
        return case.consent_view(question.standing(reader, interview_id), device_names.Labels(s, reader))


def of_choice(plain: PlainConsent) -> Consent:
    """The consent that a plain choice is. Raises InputError `consent.unknown-choice`, `consent.nobody-named`."""
    if plain.choice == "share" and plain.share_with == "named" and not plain.contacts:
        raise InputError("consent.nobody-named")
    try:
        return plain.full()
    except ValueError as error:
        raise InputError("consent.unknown-choice") from error


def check(consent: Consent) -> None:
    """Refuse what nobody could read again. Raises InputError `consent.unknown-choice`, `consent.nobody-named`."""
    if consent.readable is None or any(row.answer not in list(Answer) for row in consent.grid):
        raise InputError("consent.unknown-choice")
    if any(not row.recipients for row in consent.grid if row.answer != Answer.NO):
        raise InputError("consent.nobody-named")


def set_consent(s: Session, interview_id: RootId, consent: Consent) -> RevisionHash:
    """Record what the person agreed to; returns the SHA-256 of the new version.

    Always allowed, also for a sealed interview or one of another device, and never in need of a reason: a
    withdrawal must not be held up by a form. What another device proposes stays beside it until it is
    settled. Raises InputError `consent.unknown-choice`, `consent.nobody-named`.
    """
    check(consent)
    ensure_saved(s, interview_id)
    with s.store.write() as work:
        # Where several consent records hold, all of them follow: one left behind would go on to restrict.
        holding: dict[RecordId, list[RevisionHash]] = {}
        for head in question.standing(work, interview_id):
            if head.state == CURRENT:
                holding.setdefault(head.envelope.id, []).append(head.sha)
        sha = NO_REVISION
        for record, parents in (holding or {NO_RECORD: []}).items():
            _, sha = revising.write(
                s,
                work,
                consent,
                root=interview_id,
                record=record,
                parents=parents,
                act="consent.set",
            )
        record_drafts.settled(work, interview_id, "consent")
    return sha
