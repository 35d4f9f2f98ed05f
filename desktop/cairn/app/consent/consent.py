"""Consent: what the person agreed to, as a record of its own. The rules that follow are in `gate`."""

from __future__ import annotations

from cairn.app.interviews import case
from cairn.app.interviews.interviews import ensure_saved
from cairn.app.kernel import device_names, record_drafts, revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ConsentView
from cairn.errors import InputError
from cairn.model.kinds.consent import Consent

CHOICES = ("nothing", "keep", "share")
SHARE_WITH = ("verified", "named")


def get(s: Session, interview_id: str) -> ConsentView:
    """The consent that stands for an interview; `set` is False while nobody has asked."""
    with s.store.read() as reader:
        heads = revising.root_heads(reader, interview_id)
        return case.consent_view(heads, device_names.Labels(s, reader))


def check(consent: Consent) -> None:
    """Refuse what can't be agreed to. Raises InputError `consent.unknown-choice`, `consent.nobody-named`."""
    if consent.choice not in CHOICES or consent.share_with not in SHARE_WITH:
        raise InputError("consent.unknown-choice")
    if consent.choice == "share" and consent.share_with == "named" and not consent.contacts:
        raise InputError("consent.nobody-named")


def set_consent(s: Session, interview_id: str, consent: Consent) -> str:
    """Record what the person agreed to; returns the SHA-256 of the new version.

    Always allowed, also for a finalised interview or one of another device, and never in need of a reason: a
    withdrawal must not be held up by a form. What another device proposes stays beside it until it is
    settled. Raises InputError `consent.unknown-choice`, `consent.nobody-named`.
    """
    check(consent)
    ensure_saved(s, interview_id)
    with s.store.write() as work:
        heads = revising.root_heads(work, interview_id)
        # Where several consent records hold, all of them follow: one left behind would go on to restrict.
        holding: dict[str, list[str]] = {}
        for record, head in case.consents(heads):
            if head.state == CURRENT:
                holding.setdefault(record, []).append(head.sha)
        sha = ""
        for record, parents in (holding or {"": []}).items():
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
