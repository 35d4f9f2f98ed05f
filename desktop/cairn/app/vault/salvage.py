"""Salvaging: what can still be read of a vault or a backup whose database is damaged, and a new vault made of it.

The new vault opens with the same passphrase, words and identity key, and has device keys and a custody log of its
own. Nothing is made to look whole: what is lost, what no signature holds and what the old log no longer shows is
counted and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from cairn.app.kernel import compartment, revising, session
from cairn.app.kernel.session import Session, Who
from cairn.app.kernel.views import Problem
from cairn.bundle.cards import card_keys, read_card, write_card
from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.custody import checkpoint as checkpoints
from cairn.errors import CairnError, InputError, MachineError
from cairn.model import clock
from cairn.model.ids import Fingerprint, MediaId
from cairn.model.kinds import envelope as envelopes
from cairn.model.ports import Progress, no_progress
from cairn.paths import free_bytes, make_folder, sync_folder
from cairn.storage import aside, contacts, secrets, settings
from cairn.storage.media import is_whole_file
from cairn.storage.salvage import LogState, Remains, fill
from cairn.storage.store import Store
from cairn.vault import backup_set, copying, database
from cairn.vault import folder as places
from cairn.vault import keyslots as slots
from cairn.vault.header import Header
from cairn.vault.pages import Pages
from cairn.vault.vault import Vault, first_that_opens

_JOURNALS = "[0-9a-f][0-9a-f]/*.jnl"


@dataclass(frozen=True)
class Rest:
    """An interview of which something is left."""

    id: str
    title: str
    """As it can be read; empty where no version of it is left."""
    versions: int
    """Versions of everything in it that are left."""
    lost: int
    """Versions that the old log tells of and that are lost."""


@dataclass(frozen=True)
class Report:
    """What is left, and what of it is proven."""

    interviews: tuple[Rest, ...]
    revisions: int
    """Versions whose bytes have the hash that names them."""
    signed: int
    """Of these, versions whose signature was checked with a key that is known here."""
    logged: int
    """Of these, versions that a whole custody log shows; 0 where the log is not whole."""
    lost: int
    """Versions that the old log tells of and that are lost."""
    media: int
    media_whole: int
    media_damaged: tuple[str, ...]
    """Names of files that are damaged or missing, though their keys are left."""
    media_without_key: int
    """Files that nobody can open any more, because their keys are lost."""
    names: int
    """Openings of identities that are left."""
    drafts: int
    contacts: int
    pages_lost: int
    rows_lost: int
    log: LogState
    refused: dict[str, int] = field(default_factory=dict)
    """What could not be put into the new vault, counted by code."""

    @property
    def empty(self) -> bool:
        """Whether nothing is left to salvage."""
        return not (self.revisions or self.drafts or self.media_whole)


@dataclass(frozen=True)
class _Source:
    """A vault's folder or a backup, whose key was found."""

    folder: Path
    header: Header
    vmk: bytearray
    slot_id: str
    database: Path
    media: Path


def look(folder: Path, secret: str | Sequence[str], progress: Progress = no_progress) -> Report:
    """What can still be read of the vault or backup in `folder`, with its passphrase (a string) or its words.

    Changes nothing. Progress counts bytes. Raises InputError `vault.wrong-passphrase`, `vault.wrong-words`,
    `vault.not-a-vault`; IntegrityError `vault.header-altered`, `vault.database-altered` where nothing is left;
    MachineError, also `vault.in-use`; Cancelled.
    """
    with _opened(folder, secret) as source, _remains(source, progress) as remains:
        return _report(source, remains, progress)


def salvage(
    folder: Path, target: Path, secret: str | Sequence[str], progress: Progress = no_progress
) -> tuple[Session, Report]:
    """Make `target` (new or empty) a vault of what is left of `folder`, and open it. `folder` is only read.

    Raises as `look`, and InputError `salvage.nothing`, `vault.backup-inside`, MachineError (`machine.exists`,
    `machine.disk-full`, …); then nothing is left in `target`.
    """
    if copying.same_place(folder, target):
        raise InputError("vault.backup-inside")
    with _opened(folder, secret) as source, _remains(source, progress) as remains:
        report = _report(source, remains, progress)
        if report.empty:
            raise InputError("salvage.nothing")
        existed = target.exists()
        lock = places.start_folder(target)
        try:
            header = slots.with_mac(msgspec.structs.replace(source.header, retired=[]), source.vmk)
            key = slots.subkey(source.vmk, header.vault, "db")
            database.create_database(target / header.database, key)
            places.write_header(target, header)
            places.sweep(target)
        except BaseException:
            places.abandon(target, lock, remove_folder=not existed)
            raise
        vault = Vault(target, header, bytearray(source.vmk), source.slot_id, lock)
        try:
            refused = _new_store(source, vault, remains, report, progress)
            # Only now: a store that knows of no media sets their files aside.
            _copy_media(source, target, progress)
            s = session.opened(vault)
        except BaseException:
            vault.lock()
            session.remove_new(target, existed)
            raise
    return s, Report(**{**report.__dict__, "refused": refused})


def told(report: Report) -> list[Problem]:
    """What a report says, sentence by sentence, the interviews apart."""
    log = report.log
    lines = [Problem("salvage.found", {"count": report.revisions, "signed": report.signed})]
    if report.lost:
        lines.append(Problem("salvage.lost", {"count": report.lost}))
    elif log.whole:
        lines.append(Problem("salvage.nothing-lost", {}))
    if log.whole:
        lines.append(Problem("salvage.log-whole", {"entries": log.entries, "logged": report.logged}))
    elif log.entries:
        lines.append(Problem("salvage.log-gaps", {"entries": log.entries, "newest": log.newest}))
    else:
        lines.append(Problem("salvage.log-none", {}))
    lines.append(Problem("salvage.media", {"whole": report.media_whole, "count": report.media}))
    lines += [Problem("salvage.media-damaged", {"name": name}) for name in report.media_damaged]
    if report.media_without_key:
        lines.append(Problem("salvage.media-without-key", {"count": report.media_without_key}))
    rest = {"drafts": report.drafts, "names": report.names, "contacts": report.contacts}
    lines.append(Problem("salvage.rest", dict(rest)))
    if report.pages_lost or report.rows_lost:
        lines.append(Problem("salvage.pages", {"pages": report.pages_lost, "rows": report.rows_lost}))
    lines += [
        Problem("salvage.refused", {"count": count, "reason": code})
        for code, count in sorted(report.refused.items())
    ]
    return lines


_LOSSES = ("salvage.lost", "salvage.log-", "salvage.media-", "salvage.pages", "salvage.refused")


def problems(report: Report) -> list[Problem]:
    """What of a report is a loss, or is not proven any more; empty where everything is left."""
    return [
        each for each in told(report) if each.code.startswith(_LOSSES) and each.code != "salvage.log-whole"
    ]


def _new_store(
    source: _Source, vault: Vault, remains: Remains, report: Report, progress: Progress
) -> dict[str, int]:
    keys, identity = DeviceKeys.generate()
    who = _who(remains)
    card = write_card(keys, label=who.label, role=who.role)
    store = Store.open(vault, signer=keys, author=who.author or who.label)
    try:
        former = _former_cards(remains)
        identity_key = vault.identity_key()
        with store.write() as work:
            for row in remains.tables["setting"]:
                value = settings.decoded(str(row[1]))
                if value is not None:
                    settings.put(work, str(row[0]), value)
            for name, value in remains.tables["secret"]:
                if name != session.DEVICE and isinstance(value, bytes):
                    secrets.put(work, str(name), value)
            secrets.put(work, session.DEVICE, keys.to_secret())
            compartment.keep_secret(work, identity_key, identity)
            compartment.note_key(work, identity_key)
            settings.put(work, session.CARD, card.decode("utf-8"))
            settings.put(work, session.FORMER, [text.decode("utf-8") for text, _ in former])
            settings.put(work, session.WHO, msgspec.to_builtins(who))
            work.log(
                "vault.salvage",
                obj=vault.id,
                detail={
                    "former_device": former[-1][1].fingerprint if former else "",
                    "former_entries": report.log.newest,
                    "former_whole": report.log.whole,
                    "versions": report.revisions,
                    "signed": report.signed,
                    "lost": report.lost,
                    "pages_lost": report.pages_lost,
                },
            )
        refused = fill(store, remains, former[-1][1].fingerprint if former else None, progress)
        with store.write() as work:
            for fingerprint, data, *_, revoked, reason in remains.tables["contact"]:
                # Whom this vault trusted stood in the log that is no more: the words are to be compared again.
                with suppress(CairnError):
                    card_ = read_card(bytes(data))  # type: ignore[arg-type]
                    contacts.add(
                        work,
                        Fingerprint(str(fingerprint)),
                        bytes(data),  # type: ignore[arg-type]
                        label=card_.label,
                        role=card_.role,
                        created=card_.created,
                        expires=card_.expires,
                    )
                    if revoked is not None:
                        # Whom nobody is to trust any more stays so.
                        contacts.revoke(work, Fingerprint(str(fingerprint)), str(reason))
    finally:
        store.close()
    # The new store made one of its own, under a key that the old one has taken the place of.
    database.remove_database(vault.folder / aside.NAME)
    for ending in ("", "-wal"):
        # Drafts that waited beside the database: their key came with the secrets.
        waiting = source.folder / f"{aside.NAME}{ending}"
        if waiting.is_file() and not backup_set.is_listed(source.folder):
            copying.copy_file(waiting, vault.folder / waiting.name, lambda _count: None)
    return refused


def _report(source: _Source, remains: Remains, progress: Progress) -> Report:
    known = _devices(remains)
    versions: dict[str, int] = {}
    lost: dict[str, int] = {}
    titles: dict[str, str] = {}
    here = {found.sha for found in remains.revisions}
    interviews: set[str] = set()
    logged = 0
    log = _proven(remains, known)
    for seq, line, _, _, told in remains.entries():
        sha = told.detail.get("revision")
        if not isinstance(sha, str):
            continue
        if sha not in here:
            lost[told.root] = lost.get(told.root, 0) + 1
            if told.obj == told.root and told.detail.get("kind") == "interview":
                # Of an interview whose own versions are all lost the log still tells that it was.
                interviews.add(told.root)
        elif line is not None and log.whole and seq <= log.signed:
            logged += 1
    signed = 0
    for found in remains.revisions:
        data, signature, _, _ = remains.revision(found)
        try:
            envelope = envelopes.parse(data)
        except InputError:
            continue
        keys = known.get(envelope.device)
        if keys is not None:
            with suppress(CairnError):
                keys.verify_revision(bytes.fromhex(found.sha), signature)
                signed += 1
        versions[envelope.root] = versions.get(envelope.root, 0) + 1
        if envelope.is_root and envelope.kind == "interview":
            interviews.add(envelope.root)
            titles[envelope.root] = revising.title_of(envelopes.read(envelope))
    damaged, whole, files = _media(source, remains, progress)
    return Report(
        interviews=tuple(
            Rest(root, titles.get(root, ""), versions.get(root, 0), lost.get(root, 0))
            for root in sorted(interviews, key=lambda root: (titles.get(root, ""), root))
        ),
        revisions=len(remains.revisions),
        signed=signed,
        logged=logged,
        lost=sum(lost.values()),
        media=len(remains.tables["media"]),
        media_whole=whole,
        media_damaged=tuple(sorted(damaged)),
        media_without_key=files,
        names=len(remains.tables["opening"]),
        drafts=len(remains.tables["draft"]),
        contacts=len(remains.tables["contact"]),
        pages_lost=remains.pages_lost,
        rows_lost=remains.rows_lost,
        log=log,
    )


def _proven(remains: Remains, known: Mapping[str, PublicKeys]) -> LogState:
    """The state of the old log, whole only where the checkpoint that its lines lead to was signed by a device that is
    known here: unsigned, whoever had the disk could have written all of it."""
    log = remains.log
    for size, item in remains.checkpoints():
        if log.whole and size == log.signed:
            with suppress(CairnError, KeyError):
                checkpoints.verify(item, known[checkpoints.parse(item.text).device])
                return log
    return LogState(log.entries, log.newest, whole=False, signed=0)


def _media(source: _Source, remains: Remains, progress: Progress) -> tuple[list[str], int, int]:
    """(names of files that are damaged or missing, number of whole ones, number of files without a key)."""
    files = copying.media_files(source.media)
    total = sum(files.values())
    done, whole = 0, 0
    damaged: list[str] = []
    names = _names(remains)
    for row in remains.tables["media"]:
        media_id, record, key, size = MediaId(str(row[0])), str(row[2]), row[3], row[5]
        name = f"{media_id[:2]}/{media_id}.cob"
        present = files.pop(name, None)
        good = (
            present is not None
            and isinstance(key, bytes)
            and isinstance(size, int)
            and is_whole_file(source.media / name, key, source.header.vault, media_id, size)
        )
        done += present or 0
        progress(min(done, total), total)
        if good:
            whole += 1
        else:
            damaged.append(names.get(record, name))
    return damaged, whole, len(files)


def _names(remains: Remains) -> dict[str, str]:
    """Record → what its newest readable version calls it, of those that have media."""
    wanted = {str(row[2]) for row in remains.tables["media"]}
    found: dict[str, str] = {}
    for each in remains.revisions:
        if each.record in wanted:
            with suppress(CairnError):
                body = envelopes.read(envelopes.parse(remains.revision(each)[0]))
                if body is not None:
                    found[each.record] = revising.title_of(body)
    return found


def _copy_media(source: _Source, target: Path, progress: Progress) -> None:
    files = copying.media_files(source.media)
    if sum(files.values()) > free_bytes(target):
        raise MachineError("machine.disk-full")
    journals = [f"{path.parent.name}/{path.name}" for path in source.media.glob(_JOURNALS)]
    total = sum(files.values())
    done = [0]

    def tick(count: int) -> None:
        done[0] += count
        progress(min(done[0], total), total)

    for name in [*files, *journals]:
        make_folder((target / places.MEDIA / name).parent)
        try:
            copying.copy_file(source.media / name, target / places.MEDIA / name, tick)
        except MachineError as error:
            if error.code != "machine.disk-failing":
                raise
            copying.copy_readable(source.media / name, target / places.MEDIA / name, tick)
    sync_folder(target / places.MEDIA)


def _who(remains: Remains) -> Who:
    with suppress(msgspec.ValidationError):
        return msgspec.convert(remains.setting(session.WHO), type=Who)
    return Who("Cairn", "field", created=clock.now())


def _former_cards(remains: Remains) -> list[tuple[bytes, PublicKeys]]:
    """The cards of the devices that the vault was, the last one last, as far as they are left and check out."""
    texts = remains.setting(session.FORMER)
    wanted = [*(texts if isinstance(texts, list) else []), remains.setting(session.CARD)]
    found: list[tuple[bytes, PublicKeys]] = []
    for text in wanted:
        if isinstance(text, str):
            with suppress(CairnError):
                found.append((text.encode("utf-8"), card_keys(read_card(text.encode("utf-8")))))
    if not found and (secret := remains.secret(session.DEVICE)) is not None:
        # The card is lost and its keys are not: it is made again, for what it signed to stay its own.
        with suppress(CairnError):
            keys = DeviceKeys.from_secret(secret)
            who = _who(remains)
            found.append((write_card(keys, label=who.label, role=who.role), keys.public))
    return found


def _devices(remains: Remains) -> dict[str, PublicKeys]:
    found = {keys.fingerprint: keys for _, keys in _former_cards(remains)}
    for row in remains.tables["contact"]:
        with suppress(CairnError):
            keys = card_keys(read_card(bytes(row[1])))  # type: ignore[arg-type]
            found[keys.fingerprint] = keys
    return {str(name): keys for name, keys in found.items()}


@contextmanager
def _remains(source: _Source, progress: Progress) -> Iterator[Remains]:
    if not source.database.is_file():
        raise MachineError("vault.database-missing")
    remains = Remains(Pages(source.database, slots.subkey(source.vmk, source.header.vault, "db")), progress)
    try:
        yield remains
    finally:
        remains.close()


@contextmanager
def _opened(folder: Path, secret: str | Sequence[str]) -> Iterator[_Source]:
    """The vault or backup in `folder`; a vault is held, so that no other program writes into it meanwhile."""
    if backup_set.is_listed(folder):
        found = backup_set.open_set(folder, secret)
        path = folder / found.database
        yield _Source(folder, found.header, found.vmk, found.slot_id, path, folder / places.MEDIA)
        return
    headers = places.read_headers(folder)
    lock = None
    try:
        lock = places.take_lock(folder)
    except MachineError as error:
        # A medium that can't be written is nobody's to change meanwhile.
        if error.code not in ("machine.read-only", "machine.not-allowed", "machine.disk-full"):
            raise
    try:
        header, vmk, slot_id = first_that_opens(
            headers,
            (lambda each: slots.open_with_passphrase(each, secret))
            if isinstance(secret, str)
            else (lambda each: slots.open_with_words(each, secret)),
        )
        yield _Source(folder, header, vmk, slot_id, folder / header.database, folder / places.MEDIA)
    finally:
        if lock is not None:
            lock.release()
