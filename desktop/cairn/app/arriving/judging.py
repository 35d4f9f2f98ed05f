"""What this vault makes of a bundle: from whom it is, what it would become here, and whether it would be refused.

Asked by looking, so that a person hears all of it before anything is taken in, and once more by taking in, inside its
unit of work. Both ask the same functions: what the one promises, the other does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from cairn.app.arriving import unwelcome
from cairn.app.arriving.incoming import Incoming
from cairn.app.kernel import contacts, device_names, revising
from cairn.app.kernel.session import Session, verifiers
from cairn.app.kernel.views import Problem
from cairn.bundle.cards import card_keys, read_card
from cairn.bundle.reader import Head
from cairn.custody.excerpt import Excerpt, Shown
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.intake import log, merge, sequence
from cairn.intake.log import HeldHead, Verdict
from cairn.intake.merge import LocalHead, LocalRecord, MergePlan
from cairn.model.contacts import Card, Trust
from cairn.model.exchange import DeviceVerifier
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RevisionHash
from cairn.model.kinds.envelope import Envelope
from cairn.model.lineage import Step
from cairn.storage import contacts as stored
from cairn.storage import erase, exchange, logs, revisions
from cairn.storage.contacts import Contact
from cairn.storage.work import Reader

UNKNOWN = "unknown"
OWN = "own"
_ACCEPTED = "-"
"""In place of the words with which a person may accept a sender: what they can't lift is what refuses."""


class Checked:
    """Signatures of revisions that fitted, so that each is verified once, however often a bundle is decided about.

    Fingerprints are over all keys of a device: one of them stands for the same keys as long as the program runs.
    """

    def __init__(self) -> None:
        self._fitted: set[tuple[Fingerprint, bytes, bytes]] = set()

    def by(self, fingerprint: Fingerprint, device: DeviceVerifier) -> DeviceVerifier:
        """The same device, asked only about what is not known yet."""
        return _Remembering(self._fitted, fingerprint, device)


class _Remembering:
    def __init__(
        self, fitted: set[tuple[Fingerprint, bytes, bytes]], fingerprint: Fingerprint, device: DeviceVerifier
    ) -> None:
        self._fitted = fitted
        self._fingerprint = fingerprint
        self._device = device

    def verify_revision(self, sha256: bytes, signature: bytes) -> None:
        told = (self._fingerprint, sha256, signature)
        if told not in self._fitted:
            self._device.verify_revision(sha256, signature)
            self._fitted.add(told)


@dataclass
class Judgement:
    """What this vault makes of a bundle at one moment."""

    trust: str
    sender: tuple[str, str]
    """Its label and role, as they are shown."""
    problems: list[Problem] = field(default_factory=list)
    """What a person should know, in order."""
    already: bool = False
    refusal: CairnError | None = None
    """With what taking in would end, whatever the person says of the sender; None where nothing stands against it."""
    wanted: frozenset[RecordId] = frozenset()
    """Records whose files are not here yet."""


def named(s: Session, reader: Reader, problems: Sequence[Problem]) -> list[Problem]:
    """The same with devices by the names that they have here: people know nobody by a fingerprint."""
    labels = device_names.Labels(s, reader)
    found: list[Problem] = []
    for problem in problems:
        if problem.code == "intake.squatted":
            values = {
                key: labels.of(Fingerprint(str(value))) or s.info.label
                if key in ("device", "owner")
                else value
                for key, value in problem.values.items()
            }
            problem = Problem(problem.code, values)
        found.append(problem)
    return found


def judge(s: Session, reader: Reader, found: Incoming, checked: Checked) -> Judgement:
    """What taking this bundle in would tell, or refuse. Nothing is written, nothing raised but what reading raises."""
    trust = trust_of(s, reader, found.head.sender)
    sender = sender_shown(reader, found.head)
    made = Judgement(trust, sender, sender_problems(s, reader, found.head, trust))
    made.problems += unwelcome.problems(reader, found)
    try:
        admit(s, reader, found.head.sender, _ACCEPTED)
        made.problems += log_problems(reader, found, compare_log(s, reader, found))
        plan = decide(s, reader, found, checked)
        made.problems += named(s, reader, plan.problems)
        made.wanted = frozenset(missing_media(s, reader, found, plan))
    except (InputError, IntegrityError) as error:
        made.refusal = error
    try:
        made.already = was_taken_in(reader, found.head)
        if not made.already:
            made.problems += sequence_problems(s, reader, found.head)
    except IntegrityError as error:
        made.refusal = made.refusal or error
    return made


def trust_of(s: Session, reader: Reader, sender: Card) -> str:
    """How far the sender of a bundle is trusted: a `Trust`, `own` or `unknown`. Fingerprints decide."""
    if s.is_own(sender.fingerprint):
        return OWN
    contact = stored.find(reader, sender.fingerprint)
    return contacts.trust(contact) if contact is not None else UNKNOWN


def sender_problems(s: Session, reader: Reader, head: Head, trust: str) -> list[Problem]:
    """What a person should know about the sender."""
    codes = {
        OWN: "opening.own",
        UNKNOWN: "opening.sender-unknown",
        Trust.UNVERIFIED: "opening.sender-unverified",
        Trust.EXPIRED: "opening.sender-expired",
        Trust.REVOKED: "opening.sender-revoked",
    }
    problems = [Problem(codes[trust], {})] if trust in codes else []
    card = head.sender
    if trust == UNKNOWN and contacts.has_expired(card.expires):
        problems.append(Problem("opening.sender-expired", {}))
    known = stored.find(reader, card.fingerprint)
    same_label = any(
        contact.label.casefold() == card.label.casefold() and contact.fingerprint != card.fingerprint
        for contact in stored.all(reader)
    )
    if trust in (UNKNOWN, Trust.UNVERIFIED) and same_label:
        problems.append(Problem("opening.label-differs", {"label": card.label}))
    if known is not None and known.revoked is None and not contacts.was_declined(reader, card):
        changes = card_problems(known, card)
        if same_label and trust != Trust.UNVERIFIED and card.label != known.label and changes:
            changes.append(Problem("opening.card-label-taken", {"label": card.label}))
        problems += changes
    if head.addressee(s.keys.fingerprint) is None:
        problems.append(Problem("opening.passed-on", {}))
    return problems


def card_problems(known: Contact, card: Card) -> list[Problem]:
    """What the card in a bundle says otherwise than this vault knows; an older card is no news."""
    if card.created < known.created:
        return []
    problems = []
    if card.label != known.label:
        problems.append(Problem("opening.card-label", {"known": known.label, "said": card.label}))
    if card.role != known.role:
        problems.append(Problem(f"opening.card-role-{card.role}", {}))
    if card.expires != known.expires:
        if card.expires:
            problems.append(Problem("opening.card-ends", {"said": card.expires}))
        else:
            problems.append(Problem("opening.card-endless", {"known": known.expires}))
    return problems


def sender_shown(reader: Reader, head: Head) -> tuple[str, str]:
    """Label and role of a sender as this vault knows them; of an unknown one as its own card says."""
    known = stored.find(reader, head.sender.fingerprint)
    return (known.label, known.role) if known is not None else (head.sender.label, head.sender.role)


def sequence_problems(s: Session, reader: Reader, head: Head) -> list[Problem]:
    """Whether bundles of this sender are missing, or there are two where one can be. Warns, never refuses."""
    addressee = head.addressee(s.keys.fingerprint)
    if addressee is None:
        return []
    held = [
        sequence.Received(each.seq, each.tagmanifest, each.prev)
        for each in exchange.all_received(reader, head.sender.fingerprint)
        if each.seq
    ]
    arrived = sequence.Received(addressee.seq, head.tagmanifest, addressee.prev)
    return sequence.check_sequence(held, arrived)


def was_taken_in(reader: Reader, head: Head) -> bool:
    """Whether this very bundle was taken in. Raises IntegrityError `intake.id-reused` for another one of its id."""
    held = exchange.received(reader, head.bundle_id, head.sender.fingerprint)
    if held is not None and held.tagmanifest != head.tagmanifest:
        raise IntegrityError("intake.id-reused")
    return held is not None


def compare_log(s: Session, reader: Reader, found: Incoming) -> Verdict:
    """Whether the sender's log goes on from all that was seen of it, in this bundle's own words or in earlier ones.

    Raises IntegrityError `intake.log-contradicts`, `intake.log-wrong`.
    """
    shown, given = _shown_log(found)
    arrived = logs.numbered(given)
    lines = logs.held_lines(reader, shown.device, arrived)
    addressee = found.head.addressee(s.keys.fingerprint)
    last = exchange.last_received(reader, shown.device)
    # Of a bundle that someone passed on nobody knows its place; one that is here already is as old as it is.
    late = (
        addressee is None
        or (last is not None and addressee.seq < last.seq)
        or exchange.received(reader, found.head.bundle_id, shown.device) is not None
    )
    return log.compare(shown, _held(reader, shown.device), lines, arrived, late=late)


def log_problems(reader: Reader, found: Incoming, verdict: Verdict) -> list[Problem]:
    """What to tell a person about the sender's log, where it is no reason to refuse.

    Raises IntegrityError `intake.log-contradicts` where it says falsely what log it goes on from.
    """
    problems = []
    if verdict.answer == "not-shown":
        several = len(found.head.recipients) > 1
        code = "intake.log-open" if several else "intake.log-not-shown"
        problems.append(Problem(code, {"size": verdict.unproven}))
    shown, _ = _shown_log(found)
    formers = log.successions(shown, partial(_held, reader))
    if formers and not _held(reader, shown.device):
        # Told once, with the first bundle of the restored vault.
        former = formers[-1]
        known = stored.find(reader, former.device)
        code = "intake.succeeds" if former.proven else "intake.succeeds-open"
        label = known.label if known is not None else former.device
        problems.append(Problem(code, {"label": label, "size": former.proven}))
    return problems


def _shown_log(found: Incoming) -> tuple[Shown, Excerpt]:
    if found.shown is None or found.excerpt is None:
        raise IntegrityError("intake.log-wrong")
    return found.shown, found.excerpt


def _held(reader: Reader, device: Fingerprint) -> list[HeldHead]:
    return [HeldHead(head.size, head.root, head.strand) for head in logs.held_heads(reader, device)]


def admit(s: Session, reader: Reader, sender: Card, override: str) -> str:
    """Whether anything of this sender is taken in at all; how far it is trusted.

    `override` are the words with which a person accepts one that is not verified. Raises InputError `taking.…`.
    """
    trust = trust_of(s, reader, sender)
    if trust == OWN:
        raise InputError("taking.own")
    if trust == Trust.REVOKED:
        raise InputError("taking.sender-revoked")
    if trust != Trust.VERIFIED and not override.strip():
        codes = {
            Trust.UNVERIFIED: "taking.sender-unverified",
            Trust.EXPIRED: "taking.sender-expired",
        }
        raise InputError(codes.get(Trust(trust), "") if trust in list(Trust) else "taking.sender-unknown")
    return trust


def decide(s: Session, reader: Reader, found: Incoming, checked: Checked) -> MergePlan:
    """What each revision becomes. Raises what `merge.plan_merge` raises."""
    return merge.plan_merge(
        _Local(reader),
        found.revisions,
        found.stubs,
        sender=found.head.sender.fingerprint,
        devices={name: checked.by(name, each) for name, each in _devices(s, reader, found.head).items()},
        verified=_verified(s, reader),
        # What this vault was before it was restored is succeeded by what it is.
        heirs={keys.fingerprint: (s.keys.fingerprint,) for keys in s.former},
        media=[entry.sha256 for entry in found.media],
    )


def _devices(s: Session, reader: Reader, head: Head) -> Mapping[Fingerprint, DeviceVerifier]:
    known: dict[Fingerprint, DeviceVerifier] = {
        contact.fingerprint: card_keys(read_card(contact.card))
        for contact in stored.all(reader)
        if contact.revoked is None
    }
    known[head.sender.fingerprint] = card_keys(head.sender)
    return known | verifiers(s)


def _verified(s: Session, reader: Reader) -> set[Fingerprint]:
    """The devices whose layers are taken as they are: this one, and contacts whose words were compared."""
    own = {s.keys.fingerprint, *(keys.fingerprint for keys in s.former)}
    trusted = (contacts.row(reader, each.fingerprint) for each in stored.all(reader))
    return own | {row.fingerprint for row in trusted if row is not None and row.trust == Trust.VERIFIED}


def missing_media(s: Session, reader: Reader, found: Incoming, plan: MergePlan) -> set[RecordId]:
    """Records of attachments whose bytes are not here: new ones, and ones that were lost."""
    erased = {action.revision.envelope.id for action in plan.actions if action.outcome == "erased"}
    return {
        entry.record
        for entry in found.media
        if entry.record not in erased
        and revising.media_of(s, reader, entry.root, entry.record, entry.sha256) is None
    }


class _Local:
    """This vault at one moment, as the merge decision sees it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def record(self, record_id: RecordId) -> LocalRecord | None:
        info = revisions.info(self._reader, record_id)
        if info is not None:
            mover = revisions.mover(self._reader, record_id)
            return LocalRecord(info.kind, info.root, False, info.origin, mover)
        stone = erase.tombstone(self._reader, record_id)
        if stone is None:
            return None
        return LocalRecord(stone.kind, stone.root, True, NO_FINGERPRINT, NO_FINGERPRINT)

    def heads(self, record_id: RecordId) -> Sequence[LocalHead]:
        return [LocalHead(head.sha, head.state) for head in revisions.heads(self._reader, record_id)]

    def revisions(self, record_id: RecordId) -> Mapping[RevisionHash, Step]:
        found: dict[RevisionHash, Step] = {}
        for each in revisions.of(self._reader, record_id):
            parents = [*each.envelope.parents, *each.ancestors]
            for parent in parents:
                found.setdefault(parent, Step())
            found[each.sha] = Step(parents, each.envelope.device, each.state == "current")
        return found

    def envelope(self, sha256: RevisionHash) -> Envelope | None:
        if not revisions.known(self._reader, [sha256]):
            return None
        return revisions.get(self._reader, sha256).envelope
