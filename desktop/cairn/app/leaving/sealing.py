"""Sealing: choose interviews and recipients, see exactly what leaves and what stays, then write the bundle.

Every interview passes the consent gate; what it holds back does not leave. Removed notes and files are
left out altogether: of revisions that do not travel, a bundle carries ids and hashes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cairn.app.consent import gate
from cairn.app.consent.gate import Way
from cairn.app.interviews import case, interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import (
    ContactRow,
    Leaving,
    Problem,
    Sealed,
    SealInterview,
    SealPreview,
    SentRow,
    Staying,
)
from cairn.app.leaving import travelling
from cairn.app.sound import off_record
from cairn.bundle import writer
from cairn.bundle.identity_files import BundleOpening
from cairn.bundle.writer import BundleMedia, BundlePlan, BundleRoot, Recipient, Written
from cairn.crypto import recovery
from cairn.custody import checkpoint as checkpoints
from cairn.custody.checkpoint import Checkpoint
from cairn.errors import InputError, MachineError
from cairn.model import clock, limits
from cairn.model.contacts import Trust
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.consent import Consent
from cairn.model.kinds.recording import Recording
from cairn.model.ports import Progress, no_progress
from cairn.storage import drafts, exchange, lists, logs, settings
from cairn.storage.work import Reader

_NAME = "sent-name."
_WITH_BYTES = ("attachment", "recording")
_TRIES = 20


@dataclass(frozen=True)
class _Choice:
    """An interview with all its heads and what the gate says."""

    id: str
    title: str
    heads: dict[str, list[Version]]
    decision: gate.Decision


def preview(
    s: Session,
    ids: Sequence[str],
    recipient_fps: Sequence[str],
    *,
    override: str = "",
    save_drafts: bool = True,
) -> SealPreview:
    """What sealing these interviews to these contacts would do now. Nothing is changed.

    `override` are the words with which the person accepts unverified recipients; they are recorded.
    With `save_drafts` what is typed but not saved becomes a version first and travels; where that needs a
    reason (a finalised interview) the draft stays. Raises InputError `interview.unknown`, `contact.unknown`.
    """
    with s.store.read() as reader:
        recipients = [_recipient(reader, fingerprint) for fingerprint in dict.fromkeys(recipient_fps)]
        facts = _facts(recipients, override)
        chosen = [_choose(s, reader, interview, facts) for interview in dict.fromkeys(ids)]
        open_drafts = [
            (choice.id, choice.title) for choice in chosen if drafts.load(reader, choice.id) is not None
        ]
        stuck = {interview for interview, _ in open_drafts if _needs_reason(s, reader, interview)}
        # Words of a recording become a version where the person says so: half a paragraph is no statement.
        typed = [choice for choice in chosen if _transcript_typed(reader, choice.id)]
        stuck |= {choice.id for choice in typed}
        open_transcripts = tuple(
            (choice.id, choice.title) for choice in typed if not _needs_reason(s, reader, choice.id)
        )
    problems = _problems(chosen, recipients, override)
    for choice in chosen:
        if choice.id in stuck or (not save_drafts and (choice.id, choice.title) in open_drafts):
            problems.append(Problem("sealing.draft-left-out", {"title": choice.title}))
    leaving = [item for choice in chosen for item in choice.decision.leaves]
    blocked = not leaving or not recipients or len(recipients) > limits.RECIPIENTS.most
    return SealPreview(
        interviews=tuple(_shown(choice) for choice in chosen),
        recipients=tuple(recipients),
        size_estimate=writer.estimate(
            [item.size if item.kind in _WITH_BYTES else 2048 for item in leaving], max(1, len(recipients))
        ),
        files=sum(item.kind in _WITH_BYTES for item in leaving),
        open_drafts=tuple(open_drafts),
        problems=tuple(problems),
        ready=not blocked,
        override=override.strip(),
        save_drafts=save_drafts,
        open_transcripts=open_transcripts,
    )


def seal(s: Session, preview: SealPreview, folder: Path, progress: Progress = no_progress) -> Sealed:
    """Write the bundle that `preview` showed into `folder`; all or nothing.

    Raises InputError with the gate's code when nothing may leave, `sealing.nothing-chosen`,
    `sealing.changed` when it is no longer what was shown; IntegrityError when something in the vault is
    not what was signed; MachineError, Cancelled.
    """
    if not preview.ready:
        raise InputError(_why_not(preview))
    if not folder.is_dir():
        raise MachineError("machine.gone")
    with s.sealing:
        if preview.save_drafts:
            _save_drafts(s, preview)
        with _pinned(s) as (reader, checkpoint):
            rows = [_recipient(reader, row.fingerprint) for row in preview.recipients]
            facts = _facts(rows, preview.override)
            chosen = [_choose(s, reader, each.id, facts) for each in preview.interviews]
            if not _same(preview, chosen):
                raise InputError("sealing.changed")
            chosen = [choice for choice in chosen if choice.decision.leaves]
            plan = _plan(s, reader, chosen, rows, checkpoint)

        def note(written: Written) -> None:
            _note(s, plan, written, preview, rows, chosen)

        written = writer.seal_to_folder(folder, plan, s.keys, progress, before_naming=note)
        if written.path is None:
            raise MachineError("machine.gone")
    return Sealed(
        path=written.path,
        size=written.size,
        sha256=written.sha256,
        words=tuple(recovery.words_from(bytes.fromhex(written.sha256)[:16])),
        bundle_id=written.bundle_id,
        interviews=tuple((choice.id, choice.title) for choice in chosen),
    )


def sent(s: Session) -> list[SentRow]:
    """The bundles sealed so far, newest first."""
    with s.store.read() as reader:
        bundles: dict[str, list[exchange.Sent]] = {}
        for row in exchange.sent(reader):
            bundles.setdefault(row.bundle_id, []).append(row)
        found = []
        for bundle, rows in bundles.items():
            labels = [
                (row.recipient, contact.label if (contact := contacts.row(reader, row.recipient)) else "")
                for row in rows
            ]
            titles = [
                (interview, each.title if (each := lists.interview(reader, interview)) else "")
                for interview in exchange.sent_roots(reader, bundle)
            ]
            found.append(
                SentRow(
                    bundle_id=bundle,
                    created=rows[0].created,
                    name=str(settings.get(reader, _NAME + bundle, "")),
                    size=rows[0].size,
                    sha256=rows[0].file_sha256,
                    recipients=tuple(labels),
                    interviews=tuple(titles),
                )
            )
    return found


def _recipient(reader: Reader, fingerprint: str) -> ContactRow:
    row = contacts.row(reader, fingerprint)
    if row is None:
        raise InputError("contact.unknown")
    return row


def _facts(recipients: Sequence[ContactRow], override: str) -> list[gate.RecipientFacts]:
    overridden = bool(override.strip())
    return [gate.RecipientFacts(row.fingerprint, Trust(row.trust), overridden) for row in recipients]


def _choose(s: Session, reader: Reader, interview: str, recipients: Sequence[gate.RecipientFacts]) -> _Choice:
    heads = revising.root_heads(reader, interview)
    row = lists.interview(reader, interview)
    if row is None:
        raise InputError("interview.unknown")
    own = heads.get(interview, [])
    # An interview that another device merely proposes, or that has no version yet, has nothing that holds.
    settled = any(head.state == CURRENT for head in own)
    off = off_record.of_heads(reader, interview, heads)
    items = [
        item for record, found in heads.items() for item in _items(s, reader, record, found, settled, off)
    ]
    if not items:
        items = [gate.Item("interview", interview, row.title, settled=settled)]
    consents = [
        head.body if isinstance(head.body, Consent) else Consent() for _, head in case.consents(heads)
    ]
    decision = gate.may_leave(Way.SEAL, items, consents, recipients)
    return _Choice(interview, row.title, heads, decision)


def _items(
    s: Session,
    reader: Reader,
    record: str,
    heads: list[Version],
    settled: bool,
    off: off_record.OffRecord,
) -> list[gate.Item]:
    current = [head for head in heads if head.state == CURRENT]
    kind = heads[0].envelope.kind
    items = []
    if current:
        shown = current[0]
        size = len(shown.stored.data)
        present = True
        removed = any(getattr(head.body, "removed", False) for head in current)
        if isinstance(shown.body, Attachment | Recording):
            size = shown.body.size
            present = all(_is_present(s, reader, head) for head in current)
        items.append(
            gate.Item(
                kind,
                record,
                revising.title_of(shown.body),
                size,
                removed=removed,
                present=present or removed,
                settled=settled,
                known=all(head.body is not None for head in current),
                off_record=any(off.holds_back(head.body, record) for head in current),
                recording_open=any(off.is_open(head.body) for head in current),
            )
        )
    items += [
        gate.Item(kind, record, revising.title_of(head.body), len(head.stored.data), settled=False)
        for head in heads
        if head.state != CURRENT
    ]
    return items


def _is_present(s: Session, reader: Reader, head: Version) -> bool:
    body = head.body
    if not isinstance(body, Attachment | Recording):
        return False
    envelope = head.envelope
    return revising.media_of(s, reader, envelope.root, envelope.id, body.sha256) is not None


def _problems(chosen: Sequence[_Choice], recipients: Sequence[ContactRow], override: str) -> list[Problem]:
    problems: list[Problem] = []
    if not chosen:
        problems.append(Problem("sealing.nothing-chosen", {}))
    if len(recipients) > limits.RECIPIENTS.most:
        problems.append(Problem("sealing.too-many", {"most": limits.RECIPIENTS.most}))
    for code in dict.fromkeys(choice.decision.refused for choice in chosen if choice.decision.refused):
        problems.append(Problem(code, {}))
    for choice in chosen:
        if not choice.decision.leaves:
            problems.append(Problem("sealing.stays-whole", {"title": choice.title}))
        elif any(sum(h.state == CURRENT for h in found) > 1 for found in choice.heads.values()):
            problems.append(Problem("sealing.conflict", {"title": choice.title}))
    if override.strip() and any(row.trust == Trust.UNVERIFIED for row in recipients):
        problems.append(Problem("sealing.overridden", {"words": override.strip()}))
    return problems


def _why_not(preview: SealPreview) -> str:
    """The code of the first thing that stops it."""
    return next(
        (problem.code for problem in preview.problems if problem.code.startswith("gate.")),
        next(
            (
                problem.code
                for problem in preview.problems
                if problem.code in ("sealing.nothing-chosen", "sealing.too-many")
            ),
            "gate.no-recipient" if not preview.recipients else "sealing.changed",
        ),
    )


def _shown(choice: _Choice) -> SealInterview:
    return SealInterview(
        id=choice.id,
        title=choice.title,
        leaves=tuple(
            Leaving(item.kind, item.record, item.name, item.size) for item in choice.decision.leaves
        ),
        stays=tuple(Staying(item.kind, item.record, item.name, code) for item, code in choice.decision.stays),
    )


def _same(preview: SealPreview, chosen: Sequence[_Choice]) -> bool:
    """Whether what leaves and stays is what was shown. Texts may have moved on with a saved draft."""
    shown = [
        (
            each.id,
            [(item.kind, item.record) for item in each.leaves],
            [(item.kind, item.record, item.code) for item in each.stays],
        )
        for each in preview.interviews
    ]
    now = [
        (
            choice.id,
            [(item.kind, item.record) for item in choice.decision.leaves],
            [(item.kind, item.record, code) for item, code in choice.decision.stays],
        )
        for choice in chosen
    ]
    return shown == now


def _needs_reason(s: Session, reader: Reader, interview: str) -> bool:
    try:
        interviews.require_reason(s, reader, interview, "")
    except InputError:
        return True
    return False


def _transcript_typed(reader: Reader, interview: str) -> bool:
    return any(info.kind == "transcript" for info in drafts.all(reader, interview))


def _save_drafts(s: Session, preview: SealPreview) -> None:
    leaving = {each.id for each in preview.interviews if each.leaves}
    for interview, _ in preview.open_drafts:
        if interview not in leaving:
            continue
        with s.store.read() as reader:
            stuck = _needs_reason(s, reader, interview)
        if not stuck:
            interviews.save_version(s, interview)


@contextmanager
def _pinned(s: Session) -> Iterator[tuple[Reader, Checkpoint]]:
    """A moment of the vault, and the signed checkpoint of the custody log at this very moment.

    What is written between the two would be in the bundle without its entry. Raises InputError
    `sealing.nothing-chosen` for a vault without a log, `sealing.changed` when it never rests.
    """
    for _ in range(_TRIES):
        with s.store.write() as work:
            checkpoint = work.checkpoint()
        if checkpoint is None:
            raise InputError("sealing.nothing-chosen")
        with s.store.read() as reader:
            if reader.custody.size() == checkpoints.parse(checkpoint.text).size:
                yield reader, checkpoint
                return
    raise InputError("sealing.changed")


def _plan(
    s: Session,
    reader: Reader,
    chosen: Sequence[_Choice],
    recipients: Sequence[ContactRow],
    checkpoint: Checkpoint,
) -> BundlePlan:
    interviews_: list[BundleRoot] = []
    media: list[BundleMedia] = []
    openings: list[BundleOpening] = []
    told: list[tuple[int, bytes, bytes]] = []
    for choice in chosen:
        leaving = {item.record for item in choice.decision.leaves}
        told += reader.custody.of_records(leaving)
        parcel = travelling.parcel(s, reader, choice.id, choice.heads, leaving)
        interviews_.append(parcel.interview)
        media += parcel.media
        openings += parcel.openings
    addressed = []
    for row in recipients:
        seq, prev = exchange.next_number(reader, row.fingerprint)
        addressed.append(Recipient(contacts.keys(reader, row.fingerprint), seq, prev))
    return BundlePlan(
        card=s.card,
        created=clock.now(),
        recipients=addressed,
        roots=interviews_,
        media=media,
        openings=openings,
        custody=logs.take(reader, checkpoint, told, [row.fingerprint for row in recipients]),
    )


def _note(
    s: Session,
    plan: BundlePlan,
    written: Written,
    preview: SealPreview,
    recipients: Sequence[ContactRow],
    chosen: Sequence[_Choice],
) -> None:
    """Write down that the bundle leaves, before it has a name: what crashes now is told of, but isn't there."""
    override = preview.override
    unverified = [row.fingerprint for row in recipients if row.trust == Trust.UNVERIFIED]
    with s.store.write() as work:
        # Sealing may have taken an hour, in which consent was taken back or a recipient was revoked.
        facts = _facts([_recipient(work, row.fingerprint) for row in recipients], override)
        now = [_choose(s, work, choice.id, facts) for choice in chosen]
        for before, after in zip(chosen, now, strict=True):
            # What was added meanwhile is not in the bundle; what is in it must still be allowed to leave.
            allowed = {item.record for item in after.decision.leaves}
            if not allowed >= {item.record for item in before.decision.leaves}:
                raise InputError(after.decision.refused or "sealing.changed")
        if unverified:
            work.log(
                "recipient.override",
                obj=plan.bundle_id,
                detail={"recipients": unverified, "words": override},
            )
        exchange.add_sent(
            work,
            plan.bundle_id,
            {to.keys.fingerprint: to.seq for to in plan.recipients},
            tagmanifest=written.tagmanifest,
            file_sha256=written.sha256,
            size=written.size,
            created=plan.created,
            custody=_head(plan),
            roots=[choice.id for choice in chosen],
        )
        if written.path is not None:
            settings.put(work, _NAME + plan.bundle_id, written.path.name)


def _head(plan: BundlePlan) -> tuple[int, str]:
    pinned = checkpoints.parse(plan.custody.checkpoint.text)
    return pinned.size, pinned.root
