"""Taking a bundle in: all of it or nothing, again without effect, never over what is here.

The bundle is read once. Its files go straight into vault encryption and wait without a key on record;
when the last byte was verified, one transaction adds revisions, files, ledger and custody entries. A
failure or a cancel before that throws the waiting files away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cairn import paths
from cairn.app.arriving import arriving_identities, incoming, opening
from cairn.app.arriving.incoming import Incoming
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.session import Session, verifiers
from cairn.app.kernel.views import Problem, TakenIn
from cairn.bundle.cards import card_keys, read_card
from cairn.bundle.reader import BundleReader, Head, PayloadFile
from cairn.errors import CairnError, InputError, MachineError
from cairn.intake import merge
from cairn.intake.log import Verdict
from cairn.intake.merge import LocalHead, LocalRecord, MergePlan
from cairn.model import clock
from cairn.model.contacts import Trust
from cairn.model.exchange import DeviceVerifier, MediaEntry
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RevisionHash
from cairn.model.kinds.envelope import Envelope
from cairn.model.lineage import Step
from cairn.model.ports import Progress, no_progress
from cairn.storage import contacts as stored
from cairn.storage import erase, exchange, logs, revisions
from cairn.storage.media import Staged
from cairn.storage.work import Reader, Work

_MARGIN = 16 * 1024 * 1024


def take_in(s: Session, path: Path, *, override: str = "", progress: Progress = no_progress) -> TakenIn:
    """Verify a bundle and take everything in it into the vault.

    `override` are the words with which the person accepts a sender who is unknown, unverified or expired;
    they are recorded. A revoked sender is always refused. Raises InputError `taking.sender-…`,
    `taking.own`, `bundle.…`, `opening.is-card`; IntegrityError when anything is not what was signed, or
    claims what its signer may not claim; MachineError, Cancelled. Then the vault is as it was.
    """
    with paths.machine_errors(), path.open("rb") as file:
        return take_in_from(s, file, override=override, progress=progress)


def take_in_from(
    s: Session, file: BinaryIO, *, override: str = "", progress: Progress = no_progress
) -> TakenIn:
    """As `take_in`, from an open seekable file that stands at the bundle's first byte."""
    opening.refuse_card(file)
    staged: dict[RecordId, Staged] = {}
    try:
        with BundleReader(file, s.keys.age_identity, progress=progress) as bundle:
            with s.store.read() as reader:
                _admit(s, reader, bundle.head, override)
            if paths.free_bytes(s.info.folder) < bundle.head.payload_octets + _MARGIN:
                raise MachineError("machine.disk-full")
            wanted: set[RecordId] = set()

            def on_records(found: Incoming) -> None:
                with s.store.read() as reader:
                    opening.log_problems(reader, found, opening.compare_log(s, reader, found))
                    plan = _decide(s, reader, found)
                    wanted.update(_missing_media(s, reader, found, plan))

            def on_media(entry: MediaEntry, payload: PayloadFile) -> None:
                if entry.record in wanted:
                    staged[entry.record] = _stage(s, entry, payload)

            found = incoming.read(bundle, on_records, on_media)
        return _apply(s, found, staged, override, progress)
    finally:
        # One that has its row by now is left alone.
        for each in staged.values():
            with suppress(CairnError):
                s.media.discard(each)


def _admit(s: Session, reader: Reader, head: Head, override: str) -> str:
    """Whether anything of this sender is taken in at all; how far it is trusted."""
    trust = opening.trust_of(s, reader, head)
    if trust == opening.OWN:
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


def _decide(s: Session, reader: Reader, found: Incoming) -> MergePlan:
    return merge.plan_merge(
        _Local(reader),
        found.revisions,
        found.stubs,
        sender=found.head.sender.fingerprint,
        devices=_devices(s, reader, found.head),
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


def _missing_media(s: Session, reader: Reader, found: Incoming, plan: MergePlan) -> set[RecordId]:
    """Records of attachments whose bytes are not here: new ones, and ones that were lost."""
    erased = {action.revision.envelope.id for action in plan.actions if action.outcome == "erased"}
    return {
        entry.record
        for entry in found.media
        if entry.record not in erased
        and revising.media_of(s, reader, entry.root, entry.record, entry.sha256) is None
    }


def _stage(s: Session, entry: MediaEntry, payload: PayloadFile) -> Staged:
    # Hashed while it passes by; `chunks` raises at the end when the hash is another one.
    with s.media.stage(entry.root, sha256=payload.sha256) as sink:
        for piece in payload.views():
            sink.write(piece)
        return sink.finish()


def _apply(
    s: Session, found: Incoming, staged: dict[RecordId, Staged], override: str, progress: Progress
) -> TakenIn:
    head = found.head
    with s.store.write() as work:
        # All of it once more: minutes may have passed, in which a person revoked the sender or erased.
        trust = _admit(s, work, head, override)
        problems = [
            problem
            for problem in opening.sender_problems(s, work, head, trust)
            if problem.code in ("opening.label-differs", "opening.passed-on")
        ]
        already = opening.was_taken_in(work, head)
        problems += [Problem("taking.already", {})] if already else opening.sequence_problems(s, work, head)
        verdict = opening.compare_log(s, work, found)
        problems += opening.log_problems(work, found, verdict)
        plan = _decide(s, work, found)
        if trust == opening.UNKNOWN:
            contacts.put(work, head.sender, head.card)
        if trust != Trust.VERIFIED and not already:
            work.log(
                "sender.override",
                obj=head.bundle_id,
                detail={"sender": head.sender.fingerprint, "words": override.strip()},
            )
            problems.append(Problem("taking.overridden", {"words": override.strip()}))
        wanted = _missing_media(s, work, found, plan)
        _put(work, found, plan, progress)
        for record, each in staged.items():
            if record in wanted:
                s.media.add(work, each, record)
        problems += arriving_identities.take(s, work, found)
        _note(s, work, found, verdict)
    problems += plan.problems
    return TakenIn(
        bundle_id=head.bundle_id,
        sender_label=head.sender.label,
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
        return (
            LocalRecord(stone.kind, stone.root, True, NO_FINGERPRINT, NO_FINGERPRINT)
            if stone is not None
            else None
        )

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
