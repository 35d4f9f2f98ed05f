"""The consent gate: the one pure function that every way out of the vault passes through.

Sealing into a bundle and copying a file out as plain bytes ask here first, and so must every way out
that is added later (reports, redacted copies). What it refuses does not leave. The export of the
device's age identity is no testimony and does not pass here; it opens bundles for this device only.

The rules, most restrictive first:

- no consent on record means that nobody asked: nothing leaves;
- `nothing`, `keep`, and any choice that this version does not know: nothing leaves;
- `share` with `verified`: to contacts whose words were compared, and as plain copies;
- `share` with `named`: to the named contacts alone, and never as a plain copy (that is for anyone);
- several consents beside each other (a conflict, a proposal not settled yet): each of them must allow it;
- a revoked or expired contact receives nothing; an unverified one only where the person has overridden
  that in words, which the caller records;
- what was said off the record stays: a recording with an excluded span (a cut without it may leave), a note
  begun in one, a transcript that has words of one; so does a note of a recording that is not stopped yet;
- what was removed stays (its id and hash may travel, its content does not), and so does what another
  device has proposed and nobody has settled, and what this version does not understand.

So one more consent, or one more recipient, can only narrow what leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cairn.model.contacts import Trust
from cairn.model.kinds.consent import Consent


class Way(StrEnum):
    """The ways out of the vault."""

    SEAL = "seal"
    """Encrypted, to named recipients."""
    COPY_OUT = "copy-out"
    """As plain bytes, readable by whoever finds them."""


@dataclass(frozen=True)
class Item:
    """Something of one interview that might leave."""

    kind: str
    record: str
    name: str = ""
    size: int = 0
    removed: bool = False
    present: bool = True
    """Whether its bytes are here at all."""
    settled: bool = True
    """False for what another device proposed and no person has accepted yet."""
    known: bool = True
    """False for what a newer version of Cairn wrote: whether it was removed can't be told."""
    off_record: bool = False
    """True for what holds something of a span that was put off the record."""
    recording_open: bool = False
    """True for what belongs to a recording of which it is not known yet what was off the record."""


@dataclass(frozen=True)
class RecipientFacts:
    """What the rules need to know about a recipient."""

    fingerprint: str
    trust: Trust
    overridden: bool = False
    """The person said in words that this unverified contact shall receive it all the same."""


@dataclass(frozen=True)
class Decision:
    """What may leave, and what stays with the code that says why.

    `refused` is the code that holds back the whole interview, or None.
    """

    leaves: tuple[Item, ...]
    stays: tuple[tuple[Item, str], ...]
    refused: str | None


def may_leave(
    way: Way,
    items: Sequence[Item],
    consents: Sequence[Consent],
    recipients: Sequence[RecipientFacts],
) -> Decision:
    """Decide about the `items` of ONE interview, under all `consents` that stand for it.

    `recipients` are those of the bundle; for a plain copy they are ignored. Pure: the same facts give
    the same answer, and nothing is looked up.
    """
    refused = _refusal(way, consents, recipients)
    if refused is not None:
        return Decision((), tuple((item, refused) for item in items), refused)
    leaves = []
    stays = []
    for item in items:
        held = _held_back(item)
        if held is None:
            leaves.append(item)
        else:
            stays.append((item, held))
    return Decision(tuple(leaves), tuple(stays), None)


def _refusal(way: Way, consents: Sequence[Consent], recipients: Sequence[RecipientFacts]) -> str | None:
    if not consents:
        return "gate.not-asked"
    for consent in consents:
        if consent.choice == "keep":
            return "gate.keep-only"
        if consent.choice != "share" or consent.share_with not in ("verified", "named"):
            return "gate.nothing"
    if way is Way.COPY_OUT:
        named_only = any(consent.share_with == "named" for consent in consents)
        return "gate.copy-named-only" if named_only else None
    if way is not Way.SEAL:
        return "gate.nothing"
    if not recipients:
        return "gate.no-recipient"
    for recipient in recipients:
        distrust = _distrust(recipient)
        if distrust is not None:
            return distrust
        for consent in consents:
            if consent.share_with == "named" and recipient.fingerprint not in consent.contacts:
                return "gate.not-named"
    return None


def _distrust(recipient: RecipientFacts) -> str | None:
    if recipient.trust is Trust.VERIFIED:
        return None
    if recipient.trust is Trust.REVOKED:
        return "gate.recipient-revoked"
    if recipient.trust is Trust.EXPIRED:
        return "gate.recipient-expired"
    return None if recipient.overridden else "gate.recipient-unverified"


def _held_back(item: Item) -> str | None:
    if item.removed:
        return "gate.removed"
    if not item.settled:
        return "gate.not-settled"
    if not item.known:
        return "gate.newer"
    if item.off_record:
        return "gate.off-record"
    if item.recording_open:
        return "gate.recording-open"
    return None if item.present else "gate.not-here"
