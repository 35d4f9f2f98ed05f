"""Opening a bundle: verified to its last byte and told in words; nothing is written anywhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

from cairn import paths
from cairn.app.arriving import incoming
from cairn.app.arriving.incoming import Incoming
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import OpenedView, OutsideView, Problem
from cairn.bundle import outside
from cairn.bundle.reader import BundleReader, Head, PayloadFile
from cairn.crypto.age import Identity
from cairn.custody.excerpt import Excerpt, Shown
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.intake import log, sequence
from cairn.intake.log import HeldHead, Verdict
from cairn.model.contacts import Trust
from cairn.model.exchange import MediaEntry
from cairn.model.ids import Fingerprint
from cairn.model.ports import Progress, no_progress
from cairn.storage import contacts as stored
from cairn.storage import exchange, logs
from cairn.storage.work import Reader

UNKNOWN = "unknown"
OWN = "own"
_CARD = b"cairn-card/"


def look(path: Path) -> OutsideView:
    """What anybody sees of a file without a key. Problems are in the answer, not raised.

    Raises MachineError when the file can't be read.
    """
    with paths.machine_errors(), path.open("rb") as file:
        size = path.stat().st_size
        if file.read(len(_CARD)) == _CARD:
            return OutsideView(size, "card", 0, False, (Problem("opening.is-card", {}),))
        file.seek(0)
        return _outside(file, size)


def open_bundle(path: Path, key: Session | Identity, progress: Progress = no_progress) -> OpenedView:
    """Open and verify a bundle with an open vault, or with an age identity alone.

    Raises InputError `bundle.not-for-us`, `bundle.malformed`, `opening.is-card` and others; IntegrityError
    when anything in it is not what was signed; MachineError, Cancelled. So what is returned is whole and
    signed; who the signer is, `sender_trust` says.
    """
    s = key if isinstance(key, Session) else None
    identity = key.keys.age_identity if isinstance(key, Session) else key
    with paths.machine_errors(), path.open("rb") as file:
        size = path.stat().st_size
        refuse_card(file)
        with BundleReader(file, identity, progress=progress) as bundle:
            found = incoming.read(bundle, _nothing, _pass_by)
    if s is None:
        return _view(found, size, UNKNOWN, already=False, own=None, problems=())
    with s.store.read() as reader:
        trust = trust_of(s, reader, found.head)
        problems = sender_problems(s, reader, found.head, trust)
        already = False
        try:
            already = was_taken_in(reader, found.head)
            if not already:
                problems += sequence_problems(s, reader, found.head)
            problems += log_problems(reader, found, compare_log(s, reader, found))
        except IntegrityError as error:
            # The bundle itself is whole and signed; that its sender's log was rewritten refuses taking in.
            problems.append(Problem(error.code, error.values))
    return _view(found, size, trust, already=already, own=s.keys.fingerprint, problems=tuple(problems))


def refuse_card(file: BinaryIO) -> None:
    """Say so when somebody takes a card for a bundle. Raises InputError `opening.is-card`."""
    beginning = file.read(len(_CARD))
    file.seek(0)
    if beginning == _CARD:
        raise InputError("opening.is-card")


def trust_of(s: Session, reader: Reader, head: Head) -> str:
    """How far the sender of a bundle is trusted: a `Trust`, `own` or `unknown`. Fingerprints decide."""
    if s.is_own(head.sender.fingerprint):
        return OWN
    contact = stored.find(reader, head.sender.fingerprint)
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
    same_label = any(
        contact.label.casefold() == head.sender.label.casefold()
        and contact.fingerprint != head.sender.fingerprint
        for contact in stored.all(reader)
    )
    if trust in (UNKNOWN, Trust.UNVERIFIED) and same_label:
        problems.append(Problem("opening.label-differs", {"label": head.sender.label}))
    if head.addressee(s.keys.fingerprint) is None:
        problems.append(Problem("opening.passed-on", {}))
    return problems


def sequence_problems(s: Session, reader: Reader, head: Head) -> list[Problem]:
    """Whether bundles of this sender are missing. Warns, never refuses."""
    addressee = head.addressee(s.keys.fingerprint)
    if addressee is None:
        return []
    last = exchange.last_received(reader, head.sender.fingerprint)
    held = sequence.Received(last.seq, last.tagmanifest) if last is not None and last.seq else None
    return sequence.check_sequence(held, addressee.seq, addressee.prev)


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


def _outside(file: BinaryIO, size: int) -> OutsideView:
    try:
        found = outside.look(file)
    except InputError as error:
        return OutsideView(size, "unknown", 0, False, (Problem(error.code, error.values),))
    except CairnError as error:
        return OutsideView(size, "age", 0, False, (Problem(error.code, error.values),))
    if not found.post_quantum:
        problem = Problem("opening.not-post-quantum", {})
        return OutsideView(size, "age", len(found.stanzas), False, (problem,))
    problems = () if found.plausible else (Problem("bundle.truncated", {}),)
    return OutsideView(size, "bundle", len(found.stanzas), True, problems)


def _view(
    found: Incoming,
    size: int,
    trust: str,
    *,
    already: bool,
    own: Fingerprint | None,
    problems: tuple[Problem, ...],
) -> OpenedView:
    head = found.head
    gaps = ("intake.gap", "intake.first-missing")
    return OpenedView(
        bundle_id=head.bundle_id,
        sender_label=head.sender.label,
        sender_role=head.sender.role,
        sender_fingerprint=head.sender.fingerprint,
        sender_trust=trust,
        sender_words=head.sender.words,
        whole=True,
        signed=True,
        for_me=own is None or head.addressee(own) is not None,
        created=head.created,
        roots=tuple(incoming.roots(found)),
        already=already,
        seq_gap=any(problem.code in gaps for problem in problems),
        size=size,
        problems=problems,
        sender_card=head.card,
    )


def _nothing(_found: Incoming) -> None:
    return


def _pass_by(_entry: MediaEntry, _file: PayloadFile) -> None:
    return
