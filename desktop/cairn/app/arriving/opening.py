"""Opening a bundle: verified to its last byte and told in words; nothing is written anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from cairn import paths
from cairn.app.arriving import incoming, judging, unwelcome
from cairn.app.arriving.incoming import Incoming
from cairn.app.arriving.judging import UNKNOWN, Checked, Judgement
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import OpenedView, OutsideView, Problem, Refusal
from cairn.bundle import outside
from cairn.bundle.card_mail import looks_like_card
from cairn.bundle.cards import card_keys
from cairn.bundle.reader import BundleReader, PayloadFile
from cairn.crypto.age import Identity
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.intake import merge
from cairn.model.exchange import MediaEntry
from cairn.model.ids import Fingerprint
from cairn.model.ports import Progress, no_progress

_BEGINNING = 4096
"""How far into a file a card may begin: mail puts words before it."""
_GAPS = ("intake.gap", "intake.first-missing")


def look(path: Path) -> OutsideView:
    """What anybody sees of a file without a key. Problems are in the answer, not raised.

    Raises MachineError when the file can't be read.
    """
    with paths.machine_errors(), path.open("rb") as file:
        size = path.stat().st_size
        if looks_like_card(file.read(_BEGINNING)):
            return OutsideView(size, "card", 0, False, (Problem("opening.is-card", {}),))
        file.seek(0)
        return _outside(file, size)


def open_bundle(path: Path, key: Session | Identity, progress: Progress = no_progress) -> OpenedView:
    """Open and verify a bundle with an open vault, or with an age identity alone.

    Raises InputError `bundle.not-for-us`, `bundle.malformed`, `opening.is-card` and others; IntegrityError
    when anything in it is not what was signed; MachineError, Cancelled. So what is returned is whole and
    signed; who the signer is, `sender_trust` says; whether taking it in would be refused all the same, `refusal`.
    """
    s = key if isinstance(key, Session) else None
    identity = key.keys.age_identity if isinstance(key, Session) else key
    judged: list[Judgement] = []

    def on_records(found: Incoming) -> None:
        judged.append(_alone(found) if s is None else judge(s, found, Checked()))

    with paths.machine_errors(), path.open("rb") as file:
        size = path.stat().st_size
        refuse_card(file)
        with BundleReader(file, identity, progress=progress) as bundle:
            found = incoming.read(bundle, on_records, _pass_by)
    return view(found, size, judged[0], own=None if s is None else s.keys.fingerprint)


def judge(s: Session, found: Incoming, checked: Checked) -> Judgement:
    """What this vault makes of a bundle as it stands."""
    with s.store.read() as reader:
        return judging.judge(s, reader, found, checked)


def refuse_card(file: BinaryIO) -> None:
    """Say so when somebody takes a card for a bundle. Raises InputError `opening.is-card`."""
    beginning = file.read(_BEGINNING)
    file.seek(0)
    if looks_like_card(beginning):
        raise InputError("opening.is-card")


def view(found: Incoming, size: int, judged: Judgement, *, own: Fingerprint | None) -> OpenedView:
    """What is shown of a bundle that was read to its end. `own` is the device whose vault it was opened with."""
    head = found.head
    refusal = judged.refusal
    return OpenedView(
        bundle_id=head.bundle_id,
        sender_label=judged.sender[0],
        sender_role=judged.sender[1],
        sender_fingerprint=head.sender.fingerprint,
        sender_trust=judged.trust,
        sender_words=head.sender.words,
        whole=True,
        signed=True,
        for_me=own is None or head.addressee(own) is not None,
        created=head.created,
        roots=tuple(incoming.roots(found)),
        already=judged.already,
        seq_gap=any(problem.code in _GAPS for problem in judged.problems),
        size=size,
        problems=tuple(judged.problems),
        sender_card=head.card,
        refusal=None if refusal is None else Refusal(refusal.code, refusal.values, refusal.exit_code),
    )


def _alone(found: Incoming) -> Judgement:
    """What can be said without a vault: what the bundle says of itself, and its sender's own signatures."""
    sender = found.head.sender
    expired = [Problem("opening.sender-expired", {})] if contacts.has_expired(sender.expires) else []
    problems = [*expired, *unwelcome.problems(None, found)]
    made = Judgement(UNKNOWN, (sender.label, sender.role), problems)
    try:
        merge.check_alone(found.revisions, found.stubs, {sender.fingerprint: card_keys(sender)})
    except (InputError, IntegrityError) as error:
        made.refusal = error
    return made


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


def _pass_by(_entry: MediaEntry, _file: PayloadFile) -> None:
    return
