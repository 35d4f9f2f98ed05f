"""The custody log for people: walked and explained, and shown entry by entry."""

from __future__ import annotations

from contextlib import suppress

from cairn.app.kernel import device_names, revising
from cairn.app.kernel.session import Session, verifiers
from cairn.app.kernel.views import CustodyReport, EntryView, Problem
from cairn.bundle.cards import card_keys, read_card
from cairn.crypto import recovery
from cairn.custody import checkpoint as checkpoints
from cairn.custody import payload as payloads
from cairn.custody import walk
from cairn.custody.checkpoint import Checkpoint
from cairn.custody.payload import Payload
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.model.exchange import DeviceVerifier
from cairn.model.ids import NO_HASH, Fingerprint, RevisionHash, Sha256
from cairn.model.ports import Progress, no_progress
from cairn.storage import contacts as stored
from cairn.storage import logs, revisions
from cairn.storage.work import Reader


def verify(s: Session, progress: Progress = no_progress) -> CustodyReport:
    """Walk the whole log: every line, payload, node and signed checkpoint, what bundles carried of it, and every
    version it tells of.

    A break is no error but a problem in the report, with the entry that it concerns. Progress counts
    entries, twice. Raises MachineError, Cancelled.
    """
    with s.store.read() as reader:
        rows = reader.custody
        report = walk.verify(
            rows,
            rows.checkpoints(),
            lambda item: _verify_checkpoint(s, item),
            known=logs.sent_known(reader),
            complete=True,
            progress=progress,
        )
        problems = [Problem(found.code, {"seq": found.seq}) for found in report.problems]
        problems += _check_versions(s, reader, report.entries, progress)
        if not _contacts_fit(reader):
            problems.append(Problem("storage.contact-altered", {}))
    if s.alarm and not problems:
        problems.append(Problem("storage.custody-altered", {}))
    head = report.root if report.entries else ""
    return CustodyReport(
        whole=not problems,
        entries=report.entries,
        head=head,
        head_words=tuple(recovery.words_from(bytes.fromhex(head)[:16])) if head else (),
        problems=tuple(problems),
    )


def entries(s: Session, limit: int = 200, offset: int = 0) -> list[EntryView]:
    """Entries of the log, the newest first."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        return [_entry(reader, labels, seq, payload) for seq, payload in reader.custody.newest(limit, offset)]


def count(s: Session) -> int:
    """How many entries the log has."""
    with s.store.read() as reader:
        return reader.custody.size()


def head(s: Session) -> tuple[int, Sha256, tuple[str, ...]]:
    """How many entries the log has, the root of its tree, and that root as 12 words. Walks nothing.

    Where nodes are missing, which the check says, there is no root to show.
    """
    with s.store.read() as reader:
        size = reader.custody.size()
        try:
            root = reader.custody.root(size)
        except IntegrityError:
            return size, NO_HASH, ()
    return (size, Sha256(root.hex()), tuple(recovery.words_from(root[:16]))) if size else (0, NO_HASH, ())


def _verify_checkpoint(s: Session, item: Checkpoint) -> None:
    """A checkpoint is signed by this device, or by what this vault was before a restore."""
    device = checkpoints.parse(item.text).device
    for keys in (s.keys.public, *s.former):
        if keys.fingerprint == device:
            checkpoints.verify(item, keys)
            return
    raise IntegrityError("custody.checkpoint-bad")


def _check_versions(s: Session, reader: Reader, total: int, progress: Progress) -> list[Problem]:
    """Each version that the log tells of is here, is what was hashed and carries its device's signature."""
    devices = _known_devices(reader) | verifiers(s)
    problems: list[Problem] = []
    altered: set[str] = set()
    rows = reader.custody
    for seq in range(1, total + 1):
        if seq % 500 == 1:
            progress(seq, total)
        kept = rows.payload(seq)
        if kept is None:
            continue
        try:
            payload = payloads.parse(kept[1])
        except CairnError:
            continue
        sha = payload.detail.get("revision")
        if not isinstance(sha, str):
            continue
        try:
            found = revisions.get(reader, RevisionHash(Sha256(sha)))
            device = devices.get(found.envelope.device)
            if device is None:
                raise IntegrityError("storage.record-altered")
            device.verify_revision(bytes.fromhex(sha), found.signature)
        except (InputError, IntegrityError):
            if payload.obj not in altered:
                altered.add(payload.obj)
                problems.append(Problem("upkeep.version-wrong", {"seq": seq}))
    progress(total, total)
    return problems


def _contacts_fit(reader: Reader) -> bool:
    try:
        stored.all(reader)
    except IntegrityError:
        return False
    return True


def _known_devices(reader: Reader) -> dict[Fingerprint, DeviceVerifier]:
    """The keys of every card here, for checking signatures alone: whom to trust is another question."""
    found: dict[Fingerprint, DeviceVerifier] = {}
    for card in stored.cards(reader):
        with suppress(InputError, IntegrityError):
            keys = card_keys(read_card(card))
            found[keys.fingerprint] = keys
    return found


def _entry(reader: Reader, labels: device_names.Labels, seq: int, payload: Payload | None) -> EntryView:
    if payload is None:
        return EntryView(seq, "", "", "", "", "")
    return EntryView(
        seq=seq,
        at=payload.at,
        act=payload.act,
        what=_what(reader, labels, seq, payload),
        author=payload.author,
        device_label=labels.of(payload.device),
        interview=payload.root,
        detail=dict(payload.detail),
    )


def _what(reader: Reader, labels: device_names.Labels, seq: int, payload: Payload) -> str:
    """What an entry is about, as far as it is still here: the title that a root had then, a contact's label."""
    if payload.root:
        # Also where the record itself is altered or gone, the log is shown.
        with suppress(InputError, IntegrityError):
            return revising.title_at(reader, payload.root, seq)
        return ""
    if payload.act.startswith("contact."):
        return labels.of(Fingerprint(payload.obj))
    named = payload.detail.get("recipients") or payload.detail.get("sender") or []
    return ", ".join(
        labels.of(Fingerprint(str(each))) for each in ([named] if isinstance(named, str) else named)
    )
