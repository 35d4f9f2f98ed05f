"""Keeping a vault in good order: the thorough check, keys and ways to open it."""

from __future__ import annotations

from collections.abc import Iterator

from cairn import vault as vaults
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem, SlotView
from cairn.app.sound import recording_damage
from cairn.app.vault import backups, custody
from cairn.crypto.hashes import RunningSha256
from cairn.crypto.passphrase import Argon2Cost
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.model.contacts import Trust
from cairn.model.ids import Fingerprint
from cairn.model.kinds.recording import Recording
from cairn.model.ports import Progress, no_progress
from cairn.storage import check as stored
from cairn.storage import lists
from cairn.storage.media import MediaInfo
from cairn.storage.store import Store
from cairn.storage.work import Reader
from cairn.vault import check as checks
from cairn.vault import keys as vault_keys

_PIECE = 1024 * 1024


def check(s: Session, progress: Progress = no_progress) -> list[Problem]:
    """Everything that is wrong with the vault: database, files' content, custody log. Empty when all is well.

    Reads everything. Progress counts the bytes of files. Raises MachineError, Cancelled.
    """
    problems = [Problem(found.code, found.values) for found in checks.check_database(s.vault)]
    if s.vault.header_repaired:
        problems.append(Problem("vault.header-repaired", {}))
    with s.store.read() as reader:
        found_media = list(media(s, reader))
    total = sum(info.size for info, _ in found_media)
    done = 0

    def waiting(_done: int, _total: int | None, /) -> None:
        progress(done, total)

    problems += custody.verify(s, waiting).problems
    for info, name in found_media:
        code = _check_media(s, info, progress, done, total)
        if code:
            problems.append(_media_problem(s, info, name, code))
        done += info.size
    named = {info.media_id for info, _ in found_media}
    found = {(each.code, each.subject) for each in stored.check(s.store, waiting)}
    found |= {("storage.media-missing", media_id) for media_id in s.store.swept.missing}
    problems += [
        Problem(code, {"subject": subject})
        for code, subject in sorted(found)
        if not (code == "storage.media-missing" and subject in named)
    ]
    progress(total, total)
    return problems


def rotate_key(s: Session, passphrase: str, progress: Progress = no_progress) -> list[str]:
    """Give the vault a new key and encrypt its database anew; returns new recovery words.

    For when a passphrase became known to others. Nothing else may use the session meanwhile. Raises
    InputError `vault.wrong-passphrase`, MachineError, Cancelled; then the vault opens as before.
    """
    s.store.close()
    try:
        words = vault_keys.rotate(s.vault, passphrase, progress)
    finally:
        s.store = Store.open(s.vault, signer=s.keys, author=s.author)
        s.media = s.store.media
    with s.store.write() as work:
        work.log("key.rotate", obj=s.vault.id)
    return words


def slots(s: Session) -> list[SlotView]:
    """The ways in which this vault can be opened."""
    return [SlotView(slot.id, slot.kind, slot.label, slot.created) for slot in vaults.slots(s.vault)]


def add_passphrase(s: Session, passphrase: str, label: str, *, cost: Argon2Cost | None = None) -> str:
    """Add a passphrase beside the others, for a second person; returns its slot's id."""
    slot = vault_keys.add_passphrase(s.vault, passphrase, label, cost=cost)
    _log_slot(s, "slot.add", slot, "passphrase")
    return slot


def add_escrow(s: Session, fingerprint: Fingerprint) -> str:
    """Let a verified contact open this vault with its own key; returns the slot's id.

    Raises InputError `upkeep.escrow-unverified`, `contact.unknown`, `vault.too-many-slots`.
    """
    with s.store.read() as reader:
        row = contacts.row(reader, fingerprint)
        if row is None:
            raise InputError("contact.unknown")
        if row.trust != Trust.VERIFIED:
            raise InputError("upkeep.escrow-unverified")
        keys = contacts.keys(reader, fingerprint)
    slot = vault_keys.add_escrow(s.vault, keys.age, row.label, fingerprint)
    _log_slot(s, "slot.add", slot, "escrow")
    return slot


def revoke_slot(s: Session, slot_id: str) -> None:
    """Take away a way to open the vault. Raises InputError `vault.no-such-slot`, `vault.last-slot`."""
    vault_keys.revoke_slot(s.vault, slot_id)
    _log_slot(s, "slot.revoke", slot_id, "")


def renew_recovery(s: Session) -> list[str]:
    """New recovery words; the old ones open this vault no more."""
    words = vault_keys.renew_recovery(s.vault)
    _log_slot(s, "slot.add", s.vault.id, "recovery")
    return words


def _log_slot(s: Session, act: str, slot: str, kind: str) -> None:
    with s.store.write() as work:
        work.log(act, obj=slot, detail={"kind": kind})


def media(s: Session, reader: Reader) -> Iterator[tuple[MediaInfo, str]]:
    """Every media object with the name of its file."""
    for interview in lists.ids(reader, lists.order(reader)):
        for info in s.media.of(reader, interview):
            yield info, backups.record_name(reader, info)


def _media_problem(s: Session, info: MediaInfo, name: str, code: str) -> Problem:
    """What is wrong with a file; of a recording, how much of it is lost."""
    if code == "upkeep.media-altered":
        with s.store.read() as reader:
            head = revising.current(reader, info.record_id)
            if head is not None and isinstance(head.body, Recording):
                damage = recording_damage.look(s, reader, info.record_id)
                if damage.spans and not damage.all:
                    return Problem(
                        "upkeep.recording-damaged",
                        {"name": name, "seconds": damage.seconds, "media": info.media_id},
                    )
    return Problem(code, {"name": name, "media": info.media_id})


def _check_media(s: Session, info: MediaInfo, progress: Progress, done: int, total: int) -> str:
    """The code of what is wrong with a file's content; empty when it is what was attached."""
    try:
        source = s.media.open(info.media_id)
    except IntegrityError as error:
        return "upkeep.media-missing" if error.code == "storage.media-missing" else "upkeep.media-altered"
    found = RunningSha256()
    try:
        for offset in range(0, info.size, _PIECE):
            found.update(source.read_at(offset, _PIECE))
            progress(done + min(offset + _PIECE, info.size), total)
    except CairnError as error:
        if not recording_damage.is_damage(error):
            raise
        return "upkeep.media-altered"
    finally:
        source.close()
    return "" if found.hexdigest() == info.sha256 else "upkeep.media-altered"
