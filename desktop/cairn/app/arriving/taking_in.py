"""Taking a bundle in: all of it or nothing, again without effect, never over what is here.

The bundle is read once. Its files go straight into vault encryption and wait there, sealed under keys that are in
memory alone; when the last byte was verified, they become durable, and one transaction adds revisions, files, ledger
and custody entries. A failure or a cancel before that throws the waiting files away.

Looking at a bundle first costs no second reading: what was looked at waits as an `Arrival` (`arrival.py`) and is
applied from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cairn import paths
from cairn.app.arriving import arriving_identities, incoming, judging, opening, unwelcome
from cairn.app.arriving.incoming import Incoming
from cairn.app.arriving.judging import Checked
from cairn.app.kernel import contacts
from cairn.app.kernel.collecting import no_whole_collection
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem, TakenIn
from cairn.bundle.reader import BundleReader, PayloadFile
from cairn.errors import CairnError, InputError, MachineError
from cairn.intake.log import Verdict
from cairn.intake.merge import MergePlan
from cairn.model import clock
from cairn.model.contacts import Card, Trust
from cairn.model.exchange import MediaEntry
from cairn.model.ids import RecordId, Sha256
from cairn.model.ports import Progress, no_progress
from cairn.storage import arrived, exchange, logs, revisions
from cairn.storage.staging import Held, Staged
from cairn.storage.work import Work

_TOLD = ("opening.label-differs", "opening.passed-on", "opening.card-")
"""What of a sender is told also of what was taken in: the rest is in how far it was trusted."""
_MARGIN = 16 * 1024 * 1024


class Stale(Exception):
    """What was held is not all that is wanted by now: the bundle is to be read anew."""


@no_whole_collection()
def take_in(s: Session, path: Path, *, override: str = "", progress: Progress = no_progress) -> TakenIn:
    """Verify a bundle and take everything in it into the vault.

    `override` are the words with which the person accepts a sender who is unknown, unverified or expired;
    they are recorded. A revoked sender is always refused. Raises InputError `taking.sender-…`,
    `taking.own`, `bundle.…`, `opening.is-card`; IntegrityError when anything is not what was signed, or
    claims what its signer may not claim; MachineError, Cancelled. Then the vault is as it was.
    """
    with paths.machine_errors(), path.open("rb") as file:
        return take_in_from(s, file, override=override, progress=progress)


@no_whole_collection()
def take_in_from(
    s: Session,
    file: BinaryIO,
    *,
    override: str = "",
    progress: Progress = no_progress,
    shown: str = "",
) -> TakenIn:
    """As `take_in`, from an open seekable file that stands at the bundle's first byte.

    `shown` is the signed tag manifest's SHA-256 of the bundle that a person was shown. Raises InputError
    `taking.changed` where this is another one.
    """
    opening.refuse_card(file)
    checked = Checked()
    held = s.media.hold()
    try:

        def admit(sender: Card, tagmanifest: Sha256) -> None:
            if shown and tagmanifest != shown:
                raise InputError("taking.changed")
            with s.store.read() as reader:
                judging.admit(s, reader, sender, override)

        with BundleReader(file, s.keys.age_identity, admit=admit, progress=progress) as bundle:
            if not has_room(s, bundle):
                raise MachineError("machine.disk-full")
            wanted: set[RecordId] = set()

            def on_records(found: Incoming) -> None:
                with s.store.read() as reader:
                    judging.log_problems(reader, found, judging.compare_log(s, reader, found))
                    plan = judging.decide(s, reader, found, checked)
                    wanted.update(judging.missing_media(s, reader, found, plan))

            def on_media(entry: MediaEntry, payload: PayloadFile) -> None:
                if entry.record in wanted:
                    hold(s, held, entry, payload)

            found = incoming.read(bundle, on_records, on_media)
        return apply(s, found, held, checked, override, progress, whole=False)
    finally:
        s.media.let_go(held)


def has_room(s: Session, bundle: BundleReader) -> bool:
    """Whether the disk has room for what a bundle holds."""
    return paths.free_bytes(s.info.folder) >= bundle.head.payload_octets + _MARGIN


def hold(s: Session, held: Held, entry: MediaEntry, payload: PayloadFile) -> None:
    """Encrypt a file as it passes by, and let it wait."""
    # Hashed while it passes by; `views` raises at the end when the hash is another one.
    with s.media.stage(entry.root, sha256=payload.sha256) as sink:
        for piece in payload.views():
            sink.write(piece)
        held.keep(entry.record, sink.seal())


@no_whole_collection()
def apply(
    s: Session,
    found: Incoming,
    held: Held,
    checked: Checked,
    override: str,
    progress: Progress,
    *,
    whole: bool = True,
) -> TakenIn:
    """Take in what was read to its end and verified, with the files that are held. Raises as `take_in`.

    With `whole` nothing may be missing among them: raises Stale where this vault wants a file by now that it had when
    they were read. Then, too, the vault is as it was.
    """
    staged = held.settle(progress)
    try:
        return _apply(s, found, staged, checked, override, progress, whole=whole)
    finally:
        # One that has its row by now is left alone.
        for each in staged.values():
            with suppress(CairnError):
                s.media.discard(each)


def _apply(
    s: Session,
    found: Incoming,
    staged: Mapping[RecordId, Staged],
    checked: Checked,
    override: str,
    progress: Progress,
    *,
    whole: bool,
) -> TakenIn:
    head = found.head
    with s.store.write() as work:
        # All of it once more: minutes may have passed, in which a person revoked the sender or erased.
        trust = judging.admit(s, work, head.sender, override)
        problems = [
            problem
            for problem in judging.sender_problems(s, work, head, trust)
            if problem.code.startswith(_TOLD)
        ]
        already = judging.was_taken_in(work, head)
        problems += [Problem("taking.already", {})] if already else judging.sequence_problems(s, work, head)
        verdict = judging.compare_log(s, work, found)
        problems += judging.log_problems(work, found, verdict)
        problems += unwelcome.problems(work, found)
        plan = judging.decide(s, work, found, checked)
        wanted = judging.missing_media(s, work, found, plan)
        if whole and wanted - staged.keys():
            raise Stale
        label, _ = judging.sender_shown(work, head)
        contacts.put(work, head.sender, head.card)
        if trust != Trust.VERIFIED and not already:
            work.log(
                "sender.override",
                obj=head.bundle_id,
                detail={"sender": head.sender.fingerprint, "words": override.strip()},
            )
            code = "taking.overridden-expired" if trust == Trust.EXPIRED else "taking.overridden"
            problems.append(Problem(code, {"words": override.strip()}))
        _put(work, found, plan, progress)
        for record, each in staged.items():
            if record in wanted:
                s.media.add(work, each, record)
        problems += arriving_identities.take(s, work, found)
        _note(s, work, found, verdict)
    with s.store.read() as reader:
        problems += judging.named(s, reader, plan.problems)
    return TakenIn(
        bundle_id=head.bundle_id,
        sender_label=label,
        sender_fingerprint=head.sender.fingerprint,
        roots=tuple(incoming.roots(found)),
        new=plan.count("add"),
        updated=plan.count("forward"),
        same=plan.count("already", "history", "erased"),
        conflicts=plan.count("conflict"),
        problems=tuple(problems),
        waiting=frozenset(
            action.revision.envelope.root for action in plan.actions if action.outcome == "conflict"
        ),
    )


def _put(work: Work, found: Incoming, plan: MergePlan, progress: Progress) -> None:
    octets = found.head.payload_octets
    for action in plan.actions:
        # So that a bundle of very many records can be cancelled here too.
        progress(octets, octets)
        if action.outcome in ("already", "erased"):
            continue
        revision = action.revision
        revisions.put(
            work,
            revision.data,
            revision.signature,
            # What only fills the history must never become a head, also where a mere proposal follows it.
            state="current" if action.state == "current" else "proposed",
            act="record.take-in",
            ancestors=action.ancestors,
            detail={"bundle": found.head.bundle_id},
        )


def _note(s: Session, work: Work, found: Incoming, verdict: Verdict) -> None:
    head = found.head
    if found.excerpt is not None and found.shown is not None:
        logs.keep(work, found.excerpt, found.shown, verdict.joined)
    addressee = head.addressee(s.keys.fingerprint)
    arrived.forget(work, head.bundle_id, head.sender.fingerprint)
    exchange.add_received(
        work,
        exchange.Received(
            bundle_id=head.bundle_id,
            sender=head.sender.fingerprint,
            seq=addressee.seq if addressee is not None else 0,
            prev=addressee.prev if addressee is not None else "",
            tagmanifest=head.tagmanifest,
            created=head.created,
            taken_in=clock.now(),
            custody_size=head.custody.size,
            custody_root=head.custody.root,
            roots=incoming.root_ids(found),
        ),
    )
