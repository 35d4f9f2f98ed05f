"""Sealing: choose interviews and recipients, see exactly what leaves and what stays, then write the bundles.

Every interview passes the consent gate for every recipient. Recipients with equal answers share a bundle, others get
one of their own (`choosing`). Of what stays, nothing is in any of them (`travelling`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cairn.app.coding import moved
from cairn.app.consent import question
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ConsentView, Problem
from cairn.app.leaving import choosing, travelling, views
from cairn.app.leaving.choosing import Choice, Group
from cairn.app.leaving.views import HELD, Sealed, SealGroup, SealInterview, SealPreview, SentRow
from cairn.app.sound import transcripts
from cairn.bundle import writer
from cairn.bundle.writer import BundlePlan, Recipient, Written
from cairn.crypto import recovery
from cairn.custody import checkpoint as checkpoints
from cairn.custody.checkpoint import Checkpoint
from cairn.errors import InputError, MachineError
from cairn.model import clock, limits
from cairn.model.contacts import Trust
from cairn.model.ids import Fingerprint, RootId
from cairn.model.kinds import registry
from cairn.model.ports import Progress, no_progress
from cairn.model.values import LengthMs
from cairn.storage import drafts, exchange, logs, settings
from cairn.storage.work import Reader

_NAME = "sent-name."
_TRIES = 20
STOPS = ("sealing.nothing-chosen", "sealing.too-many", "sealing.held-whole")
"""Problems that, beside those of the gate, are the reason where nothing is sealed."""


def preview(
    s: Session,
    ids: Sequence[RootId],
    recipient_fps: Sequence[Fingerprint],
    *,
    override: str = "",
    save_drafts: bool = True,
    hold_back: Collection[str] = (),
) -> SealPreview:
    """What sealing these interviews to these contacts would do now. No record is changed.

    `override` are the words with which the person accepts unverified recipients; they are recorded.
    With `save_drafts` what is typed but not saved becomes a version first and travels; what needs a reason for
    that (a finalised interview) stays until `save_corrections` is given one. The records in `hold_back` stay,
    although consent lets them go; ids that are not among these interviews' say nothing. Raises InputError
    `interview.unknown`, `contact.unknown`.
    """
    question.remember(s, ids)
    with s.store.read() as reader:
        people = question.recipients(reader, recipient_fps, overridden=bool(override.strip()))
        groups = choosing.groups(s, reader, ids, people, hold_back, written=False)
        chosen = [choice for choice in groups[0].choices if not choice.referred]
        open_drafts: list[tuple[RootId, str]] = []
        corrections: list[tuple[RootId, str]] = []
        # Words of a recording become a version where the person says so: half a paragraph is no statement.
        open_transcripts: list[tuple[RootId, str]] = []
        for choice in chosen:
            if choice.kind != choosing.INTERVIEW:
                continue
            drafted = drafts.load(reader, choice.id) is not None
            spoken = _transcript_typed(reader, choice.id)
            if (drafted or spoken) and _needs_reason(s, reader, choice.id):
                corrections.append((choice.id, choice.title))
                continue
            if drafted:
                open_drafts.append((choice.id, choice.title))
            if spoken:
                open_transcripts.append((choice.id, choice.title))
        stuck = {interview for interview, _ in (*corrections, *open_transcripts)}
        said = {
            choice.id: question.said(s, reader, choice.id) for group in groups for choice in group.choices
        }
    problems = _problems(groups, override)
    for choice in chosen:
        if choice.id in stuck or (not save_drafts and (choice.id, choice.title) in open_drafts):
            problems.append(Problem("sealing.draft-left-out", {"title": choice.title}))
    too_many = any(len(group.people) > limits.RECIPIENTS.most for group in groups)
    return SealPreview(
        groups=tuple(_shown(group, said) for group in groups),
        recipients=tuple(row for row, _ in people),
        open_drafts=tuple(open_drafts),
        problems=tuple(problems),
        ready=any(group.leaving for group in groups) and not too_many,
        override=override.strip(),
        save_drafts=save_drafts,
        held=frozenset(
            item.record
            for group in groups
            for choice in group.choices
            for item in choice.asked.items
            if item.record in hold_back and item.can_be_held
        ),
        open_transcripts=tuple(open_transcripts),
        corrections=tuple(corrections),
    )


def save_corrections(s: Session, preview: SealPreview, reason: str) -> None:
    """Make versions of what is typed in finalised interviews and in those of other devices, with its reason.

    Raises InputError `interview.reason-needed`, and as `interviews.save_version`.
    """
    for interview, _ in preview.corrections:
        transcripts.save_drafts(s, interview, reason)
        interviews.save_version(s, interview, reason=reason)


def seal(
    s: Session, preview: SealPreview, folder: Path, progress: Progress = no_progress
) -> tuple[Sealed, ...]:
    """Write the bundles that `preview` showed into `folder`, in the order of its groups; all or none.

    Raises InputError with the gate's code when nothing may leave, `sealing.nothing-chosen`,
    `sealing.changed` when it is no longer what was shown; IntegrityError when something in the vault is
    not what was signed; MachineError, Cancelled.
    """
    if not preview.ready:
        why = _why_not(preview)
        raise InputError(why.code, **why.values)
    if not folder.is_dir():
        raise MachineError("machine.gone")
    with s.sealing:
        if preview.save_drafts:
            _save_drafts(s, preview)
        for interview in _leaving(preview):
            moved.write(s, interview)
        with _pinned(s) as (reader, checkpoint):
            fingerprints = [row.fingerprint for row in preview.recipients]
            people = question.recipients(reader, fingerprints, overridden=bool(preview.override))
            ids = [each.id for each in preview.groups[0].interviews if not each.referred]
            groups = choosing.groups(s, reader, ids, people, preview.held)
            if not _same(preview, groups):
                raise InputError("sealing.changed")
            groups = [Group(group.people, group.leaving) for group in groups if group.leaving]
            plans = [_plan(s, reader, group, checkpoint) for group in groups]
        written = _write(s, folder, plans, progress, groups, preview)
    return tuple(_sealed(group, each) for group, each in zip(groups, written, strict=True))


def _write(
    s: Session,
    folder: Path,
    plans: Sequence[BundlePlan],
    progress: Progress,
    groups: Sequence[Group],
    preview: SealPreview,
) -> list[Written]:
    """Write one bundle inside the other: none has its name before all are whole and the vault has noted them."""
    made: list[Written] = []
    named: list[Written] = []
    sizes = [sum(media.size for media in plan.media) for plan in plans]

    def write(number: int) -> None:
        before = sum(sizes[:number])

        def far(done: int, total: int | None, /) -> None:
            progress(before + done, None if total is None else before + total + sum(sizes[number + 1 :]))

        def then(written: Written) -> None:
            made.append(written)
            if number + 1 < len(plans):
                write(number + 1)
            else:
                _note(s, plans, made, groups, preview)

        named.insert(0, writer.seal_to_folder(folder, plans[number], s.keys, far, before_naming=then))

    write(0)
    return named


def _sealed(group: Group, written: Written) -> Sealed:
    if written.path is None:
        raise MachineError("machine.gone")
    return Sealed(
        path=written.path,
        size=written.size,
        sha256=written.sha256,
        words=tuple(recovery.words_from(bytes.fromhex(written.sha256)[:16])),
        bundle_id=written.bundle_id,
        interviews=tuple((choice.id, choice.title) for choice in group.choices),
        recipients=tuple((row.fingerprint, row.label) for row, _ in group.people),
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
            then = rows[0].custody_size
            titles = [
                (root, revising.title_at(reader, root, then)) for root in exchange.sent_roots(reader, bundle)
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


def _problems(groups: Sequence[Group], override: str) -> list[Problem]:
    problems: list[Problem] = []
    if not any(group.choices for group in groups):
        problems.append(Problem("sealing.nothing-chosen", {}))
    if any(len(group.people) > limits.RECIPIENTS.most for group in groups):
        problems.append(Problem("sealing.too-many", {"most": limits.RECIPIENTS.most}))
    for group in groups:
        problems += [Problem(each.decision.refused, {}) for each in group.choices if each.decision.refused]
    bundles = [group for group in groups if group.leaving]
    if len(groups) > 1 and bundles:
        for group in groups:
            if not group.leaving:
                problems += [Problem("sealing.nothing-for", {"name": row.label}) for row, _ in group.people]
    if len(bundles) > 1:
        problems.append(Problem("sealing.several", {"count": len(bundles)}))
    for group in bundles or groups:
        for choice in group.choices:
            if choice.held_whole:
                problems.append(Problem("sealing.held-whole", {"title": choice.title}))
            elif not choice.decision.leaves:
                problems.append(Problem("sealing.stays-whole", {"title": choice.title}))
            elif _in_conflict(choice):
                problems.append(Problem("sealing.conflict", {"title": choice.title}))
            problems += [
                Problem("sealing.names-held", {"name": name}) for name in _naming_held(choice, group)
            ]
    rows = [row for group in groups for row, _ in group.people]
    if override.strip() and any(row.trust == Trust.UNVERIFIED for row in rows):
        problems.append(Problem("sealing.overridden", {"words": override.strip()}))
    once: list[Problem] = []
    for problem in problems:
        if problem not in once:
            once.append(problem)
    return once


def _in_conflict(choice: Choice) -> bool:
    return any(
        sum(head.state == CURRENT for head in found) > 1
        for record, found in choice.asked.heads.items()
        if record in choice.leaving
    )


def _naming_held(choice: Choice, group: Group) -> list[str]:
    """What leaves although it refers to something that the person holds back, as a transcript to its recording."""
    held = {item.record for each in group.choices for item, code in each.decision.stays if code == HELD}
    if not held:
        return []
    bodies = [
        (item.name or item.kind, head.body)
        for item in choice.decision.leaves
        for head in choice.asked.heads.get(item.record, ())
    ]
    return [
        name
        for name, body in bodies
        if body is not None and held & {each.record for each in registry.of_body(body).references(body)}
    ]


def _why_not(preview: SealPreview) -> Problem:
    """The first thing that stops it."""
    stops = [each for each in preview.problems if each.code.startswith("gate.")]
    stops += [each for each in preview.problems if each.code in STOPS]
    otherwise = "gate.no-recipient" if not preview.recipients else "sealing.changed"
    return stops[0] if stops else Problem(otherwise, {})


def _shown(group: Group, said: Mapping[RootId, ConsentView] | None = None) -> SealGroup:
    leaving = [item for choice in group.choices for item in choice.decision.leaves]
    sizes = [item.size if item.has_bytes else 2048 for item in leaving]
    return SealGroup(
        recipients=tuple(row for row, _ in group.people),
        interviews=tuple(
            _shown_interview(choice, (said or {}).get(choice.id, ConsentView())) for choice in group.choices
        ),
        size_estimate=writer.estimate(sizes, max(1, len(group.people))),
        files=sum(item.has_bytes for item in leaving),
        length=LengthMs(sum(item.length for item in leaving)),
    )


def _shown_interview(choice: Choice, said: ConsentView) -> SealInterview:
    decision = choice.decision
    found = [*((item, "") for item in decision.leaves), *decision.stays]
    items = sorted((views.shown(item.facts, code) for item, code in found), key=views.place)
    return SealInterview(
        id=choice.id,
        title=choice.title,
        items=tuple(items),
        consent=said,
        kind=choice.kind,
        referred=choice.referred,
    )


def _same(preview: SealPreview, groups: Sequence[Group]) -> bool:
    """Whether what leaves and stays is what was shown. Texts may have moved on with a saved draft."""
    return [_outline(each) for each in preview.groups] == [_outline(_shown(group)) for group in groups]


def _outline(group: SealGroup) -> object:
    return (
        [row.fingerprint for row in group.recipients],
        [
            (
                each.id,
                [(item.kind, item.record) for item in each.leaves],
                [(item.kind, item.record, item.code) for item in each.stays],
            )
            for each in group.interviews
        ],
    )


def _needs_reason(s: Session, reader: Reader, interview: RootId) -> bool:
    try:
        interviews.require_reason(s, reader, interview, "")
    except InputError:
        return True
    return False


def _transcript_typed(reader: Reader, interview: RootId) -> bool:
    return any(info.kind == "transcript" for info in drafts.all(reader, interview))


def _leaving(preview: SealPreview) -> dict[RootId, None]:
    """The roots of which something leaves."""
    return dict.fromkeys(each.id for group in preview.groups for each in group.interviews if each.leaves)


def _save_drafts(s: Session, preview: SealPreview) -> None:
    leaving = _leaving(preview)
    for interview, _ in preview.open_drafts:
        if interview not in leaving:
            continue
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


def _plan(s: Session, reader: Reader, group: Group, checkpoint: Checkpoint) -> BundlePlan:
    parcels = [travelling.parcel(s, reader, choice) for choice in group.choices]
    addressed = []
    for row, _ in group.people:
        seq, prev = exchange.next_number(reader, row.fingerprint)
        addressed.append(Recipient(contacts.keys(reader, row.fingerprint), seq, prev))
    return BundlePlan(
        card=s.card,
        created=clock.now(),
        recipients=addressed,
        roots=[parcel.root for parcel in parcels],
        media=[media for parcel in parcels for media in parcel.media],
        openings=[opening for parcel in parcels for opening in parcel.openings],
        custody=logs.take(
            reader,
            checkpoint,
            sorted(entry for parcel in parcels for entry in parcel.payloads),
            [row.fingerprint for row, _ in group.people],
        ),
    )


def _note(
    s: Session,
    plans: Sequence[BundlePlan],
    made: Sequence[Written],
    groups: Sequence[Group],
    preview: SealPreview,
) -> None:
    """Write down that the bundles leave, before they have names: what crashes now is told of, but isn't there."""
    with s.store.write() as work:
        for plan, written, group in zip(plans, made, groups, strict=True):
            _still_allowed(s, work, group, preview)
            unverified = [row.fingerprint for row, _ in group.people if row.trust == Trust.UNVERIFIED]
            if unverified:
                work.log(
                    "recipient.override",
                    obj=plan.bundle_id,
                    detail={"recipients": unverified, "words": preview.override},
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
                roots=[choice.id for choice in group.choices],
            )
            if written.path is not None:
                settings.put(work, _NAME + plan.bundle_id, written.path.name)


def _still_allowed(s: Session, reader: Reader, group: Group, preview: SealPreview) -> None:
    """Sealing may have taken an hour, in which consent was taken back, ended, or a recipient was revoked.

    What was added meanwhile is not in the bundle; what is in it must still be allowed to leave.
    """
    fingerprints = [row.fingerprint for row, _ in group.people]
    people = question.recipients(reader, fingerprints, overridden=bool(preview.override))
    now = choosing.again(s, reader, group, people, preview.held).choices
    for before, after in zip(group.choices, now, strict=True):
        if not after.leaving >= before.leaving:
            raise InputError(after.decision.refused or "sealing.changed")


def _head(plan: BundlePlan) -> tuple[int, str]:
    pinned = checkpoints.parse(plan.custody.checkpoint.text)
    return pinned.size, pinned.root
