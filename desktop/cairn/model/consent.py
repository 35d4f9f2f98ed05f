"""The grid of consent, and the one question about it: may these parts go to these people for this use?

What a person agreed to is a list of **rows**. A row says yes, no or *ask first* for each of its uses × parts ×
recipients, until a day. What no row says yes to is no. One consent reads its rows so, the first that fits:

1. a *no* covers it: no, for good;
2. a *yes* covers it and has not ended: yes;
3. an *ask first* covers it: no until it is asked; the answer is a later consent with a *yes* for that recipient
   and use;
4. nothing covers it: no.

Several consents beside each other (a conflict, a proposal that nobody has settled) must all say yes, and so must the
answers for all recipients. So one more consent, recipient or part, an earlier end and a later clock can only narrow.

A code that this version does not know narrows as well: in a *yes* it covers nothing, in a *no* everything, an
unknown answer is a *no*, and an end that is no day has passed. A list that is empty counts the same way. Everything
here is pure: nothing is looked up, the same facts give the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from cairn.model.contacts import Trust
from cairn.model.ids import Fingerprint


class Use(StrEnum):
    """What may be done with it. Codes of the consent wording (`resources/kits`), fifteen of them."""

    STORE = "store"
    """Kept in the archive of whoever holds it: this vault, an office. What sealing asks about."""
    AUDIO = "audio"
    VIDEO = "video"
    PHOTOGRAPH = "photograph"
    AUTO_TRANSCRIPTION = "auto_transcription"
    CONTACT_AGAIN = "contact_again"
    DOCUMENTATION = "documentation"
    UN_BODIES = "un_bodies"
    COURTS = "courts"
    SANCTIONS = "sanctions"
    FAMILY_TRACING = "family_tracing"
    RESEARCH_STATISTICS = "research_statistics"
    PUBLISH_ANONYMOUS = "publish_anonymous"
    PUBLISH_NAMED = "publish_named"
    REFERRAL = "referral"


class Part(StrEnum):
    """What of an interview it is about. Each kind of record names its own."""

    IDENTITY = "identity"
    CONTACT = "contact"
    SOUND = "sound"
    VIDEO = "video"
    FACES = "faces"
    ACCOUNT = "account"
    TRANSCRIPT = "transcript"
    NOTES = "notes"
    ANSWERS = "answers"
    PERSON_FACTS = "person_facts"
    ACTS = "acts"
    ATTACHMENTS = "attachments"


class To(StrEnum):
    """Classes of recipients. A single contact is named by its card fingerprint instead, `SHA256:…`."""

    THIS_VAULT = "this_vault"
    VERIFIED = "verified"
    """Any contact whose words were compared; and whoever finds a plain copy."""
    OFFICE = "office"
    """Any verified contact whose role is office."""
    OWN_OFFICE = "own_office"
    PARTNER = "partner"
    UN_OFFICE = "un_office"
    UN_INVESTIGATION = "un_investigation"
    INTERNATIONAL_COURT = "international_court"
    NATIONAL_PROSECUTOR = "national_prosecutor"
    SANCTIONS_AUTHORITY = "sanctions_authority"
    RED_CROSS = "red_cross"
    TRACING_PARTNER = "tracing_partner"
    SUPPORT_SERVICE = "support_service"
    RESEARCHER = "researcher"
    JOURNALIST = "journalist"
    PUBLIC = "public"


class Answer(StrEnum):
    """What a row says."""

    YES = "yes"
    NO = "no"
    ASK = "ask"
    """*Ask me first*: no, until it was asked."""


class Way(StrEnum):
    """How it is done."""

    HERE = "here"
    """In this vault: kept, recorded, worked on."""
    SEAL = "seal"
    """Out of it, encrypted to named recipients."""
    COPY_OUT = "copy-out"
    """Out of it as plain bytes, readable by whoever finds them."""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the grid: an answer for all its uses × parts × recipients."""

    answer: str
    """`Answer`; an unknown one counts as no."""
    uses: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    """`To`, or a card fingerprint `SHA256:…`."""
    until: str = ""
    """The last day (UTC, `2027-03-31`) on which a yes holds; empty: until the person says no. A no has no end."""


Grid = Sequence[Row]


@dataclass(frozen=True)
class Recipient:
    """What the question needs to know about somebody who would receive it."""

    fingerprint: Fingerprint
    trust: Trust
    role: str = ""
    """As stored here when the words were compared: `field` or `office`."""
    overridden: bool = False
    """The person said in words that this unverified contact shall receive it all the same."""
    classes: frozenset[str] = frozenset()
    """Classes (`To`) that this vault has put the contact in."""


NOT_ASKED = "gate.not-asked"
NO_RECIPIENT = "gate.no-recipient"
REVOKED = "gate.recipient-revoked"
EXPIRED_CARD = "gate.recipient-expired"
UNVERIFIED = "gate.recipient-unverified"
NEWER = "gate.newer"
CONSENT_NEWER = "gate.consent-newer"
NOTHING = "gate.nothing"
KEEP_ONLY = "gate.keep-only"
REFUSED = "gate.refused"
ENDED = "gate.ended"
ASK_FIRST = "gate.ask-first"
USE_WITHHELD = "gate.use-withheld"
PART_WITHHELD = "gate.part-withheld"
NOT_NAMED = "gate.not-named"
COPY_NAMED_ONLY = "gate.copy-named-only"

_ORDER = (
    NOT_ASKED,
    NO_RECIPIENT,
    REVOKED,
    EXPIRED_CARD,
    UNVERIFIED,
    CONSENT_NEWER,
    NOTHING,
    KEEP_ONLY,
    NEWER,
    NOT_NAMED,
    COPY_NAMED_ONLY,
    REFUSED,
    ENDED,
    ASK_FIRST,
    USE_WITHHELD,
    PART_WITHHELD,
)
"""Where several reasons hold, the first of these is told: it is the one that another answer would not change."""

_OPEN = frozenset((Answer.YES, Answer.ASK))
_USES = frozenset(Use)
_PARTS = frozenset(Part)
_CLASSES = frozenset(To)
_FINGERPRINT = "SHA256:"


def may(
    use: str,
    parts: Iterable[str],
    recipients: Sequence[Recipient],
    way: Way,
    now: str,
    consents: Sequence[Grid | None],
) -> dict[str, str]:
    """For each of `parts` the code of the reason why it may not; empty where it may.

    `consents` are all that stand for the interview, None for one that this version can't read. `recipients` count
    for sealing alone: a plain copy is for whoever finds it. `now` is UTC, RFC 3339 (`latest`).
    """
    receivers = _receivers(way, recipients)
    found = {}
    for part in parts:
        reasons = {_distrust(each) for each in recipients} if way is Way.SEAL else set()
        if not consents:
            reasons.add(NOT_ASKED)
        if not receivers:
            reasons.add(NO_RECIPIENT)
        if use not in _USES or part not in _PARTS:
            reasons.add(NEWER)
        for grid in consents:
            reasons.update(_cell(grid, use, part, receiver, way, now) for receiver in receivers)
        found[part] = first(reasons)
    return found


def trusted(recipients: Sequence[Recipient], way: Way) -> str:
    """The code of the reason why these may not receive what no consent is asked for; empty where they may."""
    if way is not Way.SEAL:
        return ""
    return first({_distrust(each) for each in recipients}) if recipients else NO_RECIPIENT


def first(reasons: Collection[str]) -> str:
    """Of several reasons of `may` the one to tell; empty where there is none. One that has no place is one too."""
    told = min((code for code in reasons if code), default="")
    return next((code for code in _ORDER if code in reasons), told)


def latest(*times: str) -> str:
    """The latest of these times (UTC, RFC 3339 with seconds): what `may` shall take for now.

    A clock can be set back; the newest entry of the own custody log and `mark` can not.
    """
    return max(times)


def ended(consents: Iterable[Grid | None], now: str) -> str:
    """The latest last day that has passed in any of these consents, or empty where none has.

    What was seen to have ended has ended for good: keep `mark` of it, and count it for `latest` from then on.
    """
    rows = [row for grid in consents if grid is not None for row in grid if row.answer in _OPEN]
    return max((row.until for row in rows if _day(row.until) and _over(row.until, now)), default="")


def mark(day: str) -> str:
    """The first moment after a last day, or empty for an empty one. Raises ValueError for what is no day."""
    return f"{date.fromisoformat(day) + timedelta(days=1)}T00:00:00Z" if day else ""


@dataclass(frozen=True)
class _Receiver:
    """Whom a row must name to reach somebody, and whom a *no* must name to keep it from them."""

    reached_by: frozenset[str]
    kept_from: frozenset[str] | None
    """None for whoever finds it: also each of those from whom something is to be kept."""


_HERE = _Receiver(frozenset((To.THIS_VAULT,)), frozenset((To.THIS_VAULT,)))
_ANYBODY = _Receiver(frozenset((To.VERIFIED, To.PUBLIC)), None)
_VAULT_DECIDES = frozenset((To.THIS_VAULT, To.VERIFIED, To.OFFICE))
"""Classes that follow from what is known of a contact: nobody is put in them."""


def _receivers(way: Way, recipients: Sequence[Recipient]) -> list[_Receiver]:
    if way is Way.SEAL:
        return [_receiver(each) for each in recipients]
    if way is Way.HERE:
        return [_HERE]
    return [_ANYBODY]


def _receiver(recipient: Recipient) -> _Receiver:
    # Whoever is not verified, and not accepted in words, is refused for that, whatever the rows say.
    codes = {recipient.fingerprint, To.VERIFIED, *(recipient.classes & _CLASSES - _VAULT_DECIDES)}
    office = recipient.role == "office"
    proven = office and recipient.trust is Trust.VERIFIED
    return _Receiver(
        frozenset(codes | {To.OFFICE} if proven else codes),
        frozenset(codes | {To.OFFICE} if office else codes),
    )


def _distrust(recipient: Recipient) -> str:
    if recipient.trust is Trust.VERIFIED:
        return ""
    if recipient.trust is Trust.REVOKED:
        return REVOKED
    if recipient.trust is Trust.EXPIRED:
        return EXPIRED_CARD
    return "" if recipient.overridden else UNVERIFIED


def _cell(grid: Grid | None, use: str, part: str, receiver: _Receiver, way: Way, now: str) -> str:
    """The answer of one consent for one use, part and receiver: empty for yes, else the reason."""
    if grid is None:
        return CONSENT_NEWER
    open_rows = [row for row in grid if row.answer in _OPEN]
    if any(_forbids(row, use, part, receiver) for row in grid if row not in open_rows):
        return REFUSED
    covering = [row for row in open_rows if _allows(row, use, part, receiver)]
    standing = {row.answer for row in covering if not _over(row.until, now)}
    if Answer.YES in standing:
        return ""
    if Answer.ASK in standing:
        return ASK_FIRST
    if covering:
        return ENDED
    return _missing(open_rows, use, receiver, way)


def _missing(rows: Grid, use: str, receiver: _Receiver, way: Way) -> str:
    """Why no row covers it: what they say of others comes nearest."""
    reached = {code for row in rows for code in row.recipients}
    if not reached:
        return NOTHING
    if not receiver.reached_by.isdisjoint(reached):
        theirs = [row for row in rows if not receiver.reached_by.isdisjoint(row.recipients)]
        return PART_WITHHELD if any(use in row.uses for row in theirs) else USE_WITHHELD
    if reached == {To.THIS_VAULT}:
        return KEEP_ONLY
    if way is Way.HERE:
        return NOTHING
    return COPY_NAMED_ONLY if way is Way.COPY_OUT else NOT_NAMED


def _allows(row: Row, use: str, part: str, receiver: _Receiver) -> bool:
    return use in row.uses and part in row.parts and not receiver.reached_by.isdisjoint(row.recipients)


def _forbids(row: Row, use: str, part: str, receiver: _Receiver) -> bool:
    if not (_meant({use}, row.uses, _USES) and _meant({part}, row.parts, _PARTS)):
        return False
    if receiver.kept_from is None:
        return True
    contacts = {code for code in row.recipients if code.startswith(_FINGERPRINT)}
    return _meant(receiver.kept_from, row.recipients, _CLASSES | contacts)


def _meant(wanted: Iterable[str], said: Sequence[str], known: frozenset[str]) -> bool:
    """Whether a *no* that names `said` is about `wanted`: also where it names something unknown, or nothing."""
    return not said or not known.issuperset(said) or not set(said).isdisjoint(wanted)


def _over(until: str, now: str) -> bool:
    """Whether a last day has passed. One that is no day has."""
    if not until:
        return False
    day = _day(until)
    return day is None or now[:10] > until


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # The basic form and weeks are ISO 8601 too; comparing as text needs the one form.
    return day if day.isoformat() == text else None


# Presets: the plain choices of the screen, as grids


KEEP = Row(Answer.YES, (Use.STORE, Use.AUDIO), tuple(Part), (To.THIS_VAULT,))
"""Everything may be kept and recorded in this vault."""


def preset(choice: str, recipients: Sequence[str] = (To.VERIFIED,)) -> tuple[Row, ...]:
    """The grid of a plain choice: `nothing`, `keep`, or `share` with `recipients` (classes or fingerprints).

    Raises ValueError for another choice.
    """
    if choice == "nothing":
        return ()
    if choice == "keep":
        return (KEEP,)
    if choice == "share":
        return (KEEP, Row(Answer.YES, (Use.STORE, Use.DOCUMENTATION), tuple(Part), tuple(recipients)))
    raise ValueError(choice)


def choice_of(grid: Grid) -> tuple[str, tuple[str, ...]]:
    """(choice, recipients) of the preset that a grid is; (`custom`, ()) for a grid that is none."""
    rows = tuple(grid)
    for choice in ("nothing", "keep"):
        if rows == preset(choice):
            return choice, ()
    named = rows[-1].recipients
    if rows == preset("share", named) and (
        named == (To.VERIFIED,) or all(code.startswith(_FINGERPRINT) for code in named)
    ):
        return "share", named
    return "custom", ()
