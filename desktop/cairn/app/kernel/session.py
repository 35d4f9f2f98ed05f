"""An open vault: creating, opening, locking, and who its owner is."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from cairn import vault as vaults
from cairn.app.kernel import compartment, copy_out_cleanup, preferences
from cairn.app.kernel.compared import Compared
from cairn.app.kernel.compartment import Compartment
from cairn.app.kernel.identity_search import NameIndex
from cairn.app.kernel.library import Kept
from cairn.app.kernel.preferences import known_vaults
from cairn.app.kernel.views import VaultInfo
from cairn.bundle.cards import MAX_LABEL, ROLES, card_keys, read_card, write_card
from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.crypto.passphrase import Argon2Cost
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model import clock
from cairn.model.exchange import DeviceVerifier
from cairn.model.ids import Fingerprint, RecordId
from cairn.model.places.gazetteer import Gazetteer
from cairn.storage import secrets, settings
from cairn.storage.drafts import Begun
from cairn.storage.media import MediaStore
from cairn.storage.store import Store
from cairn.storage.work import Reader, Work
from cairn.vault import Vault, identity_key, reserve
from cairn.vault import keys as vault_keys
from cairn.vocab.terms import Terms

__all__ = [
    "ROLES",
    "Session",
    "VaultInfo",
    "create_vault",
    "known_vaults",
    "open_vault",
    "open_with_words",
    "set_passphrase",
    "start",
]

DEVICE = "device"
"""Name under which the device's secret keys are kept in the vault."""
CARD = "vault.card"
WHO = "vault.who"
FORMER = "vault.former-cards"
"""Cards of the devices that this vault was before it was restored from a backup."""


AUTO_LOCK = "auto-lock"
HIDE_FROM_CAPTURE = "hide-from-capture"
"""Where the system can: is the window left out of pictures of the screen?"""
"""Name of the setting (`preferences.inside`) that says after how many idle minutes the vault locks; 0 never."""
RECOVERY_UNPROVED = "recovery.unproved"
"""Name of the setting that is true while nobody has typed the recovery words back."""
RESERVE = reserve.SIZE
"""Bytes that a vault holds in reserve, so that on a full disk the words on the screen can still be saved."""


class Who(msgspec.Struct, frozen=True):
    """What the vault's settings say about its owner."""

    label: str
    role: str
    author: str = ""
    practice: bool = False
    created: str = ""


@dataclass(repr=False)
class Session:
    """One unlocked vault with everything that use cases need. Close it: that is the lock."""

    vault: Vault
    store: Store
    keys: DeviceKeys
    media: MediaStore
    info: VaultInfo
    card: bytes
    """The own contact card, exact bytes."""
    former: tuple[PublicKeys, ...] = ()
    """Keys of this vault before it was restored from a backup; what they made is its own too."""
    identity: Compartment = field(default_factory=Compartment)
    """What names and contacts lie in; it may be closed while the vault is open."""
    name_index: NameIndex = field(init=False)
    """The protected names, in memory, while the compartment is open."""
    sealing: threading.Lock = field(default_factory=threading.Lock)
    """Held while a bundle is sealed: two at once would take the same place in a recipient's sequence."""
    finishing: threading.Lock = field(default_factory=threading.Lock)
    """Held while a recording is saved: the button and the unlocking must not both do it."""
    beginning: threading.Lock = field(default_factory=threading.Lock)
    """Held between the row of a new recording and its journal: until then it looks like one that was lost."""
    renewing: threading.Lock = field(default_factory=threading.Lock)
    """Held while the identity key is replaced."""
    begun: dict[RecordId, Begun] = field(default_factory=dict)
    """Record id → what it is derived from, of records that have no revision and no draft yet (`revising.begin`)."""
    terms: Kept[Terms] = field(default_factory=Kept)
    """What ships and what this vault says, as `cairn.app.kernel.terms.of` gives them."""
    gazetteer: Kept[Gazetteer] = field(default_factory=Kept)
    """Likewise, as `cairn.app.kernel.places.of` gives them."""

    places: Compared = field(default_factory=Compared)
    """Where passages were found in their sources, while the vault is open."""

    def __post_init__(self) -> None:
        self.name_index = NameIndex(self.identity)

    @property
    def alarm(self) -> bool:
        """Whether the vault was opened although its database doesn't fit its custody log."""
        return self.store.alarm

    @property
    def unwritable(self) -> str:
        """Code that says why nothing can be kept in this vault now: a medium that can only be read, a full disk."""
        return self.store.unwritable

    @property
    def author(self) -> str:
        """What is written as the author of everything made here."""
        return self.info.author or self.info.label

    def is_own(self, fingerprint: Fingerprint) -> bool:
        """Whether a device is this one, or what this vault was before a restore."""
        return fingerprint == self.keys.fingerprint or any(
            keys.fingerprint == fingerprint for keys in self.former
        )

    def close(self) -> None:
        """Lock: sign a checkpoint, close the database, forget the keys. May be called again.

        The vault is locked even when the last writing fails; the failure is raised afterwards.
        """
        self.identity.close()
        self.places.forget()
        try:
            self.store.close()
        finally:
            self.vault.lock()


def create_vault(
    folder: Path,
    *,
    label: str,
    role: str,
    passphrase: str,
    author: str = "",
    practice: bool = False,
    cost: Argon2Cost | None = None,
) -> tuple[Session, list[str]]:
    """Make a new vault with new device keys; the second value is its 24 recovery words, kept nowhere.

    `label` is the name or code on the contact card. `cost` is for tests; without it the vault chooses what
    this computer bears. Raises InputError `session.label-empty`, `session.label-too-long`,
    `session.role-unknown`, `card.label`, and what `vault.create` raises; then nothing is left.
    """
    label = label.strip()
    if not label:
        raise InputError("session.label-empty")
    if len(label) > MAX_LABEL:
        raise InputError("session.label-too-long", most=MAX_LABEL)
    if role not in ROLES:
        raise InputError("session.role-unknown")
    keys, identity = DeviceKeys.generate()
    card = write_card(keys, label=label, role=role)
    existed = folder.exists()
    vault, words = vaults.create(folder, passphrase, cost=cost)
    try:
        store = Store.open(vault, signer=keys, author=author or label)
        try:
            who = Who(label, role, author.strip(), practice, clock.now())
            with store.write() as work:
                secrets.put(work, DEVICE, keys.to_secret())
                compartment.keep_secret(work, vault.identity_key(), identity)
                compartment.note_key(work, vault.identity_key())
                settings.put(work, CARD, card.decode("utf-8"))
                settings.put(work, WHO, msgspec.to_builtins(who))
                if not practice:
                    preferences.put_inside(work, RECOVERY_UNPROVED, True)
                work.log("vault.create", obj=vault.id, detail={"device": keys.fingerprint})
            session = start(vault, store)
        except BaseException:
            store.close()
            raise
    except BaseException:
        vault.lock()
        remove_new(folder, existed)
        raise
    # Nothing after this may fail: nobody knows the words yet.
    if not practice:
        preferences.remember_vault(folder)
    return session, words


def remove_unseen(s: Session, existed: bool) -> None:
    """Take a vault away that was just made and whose recovery words nobody has seen; `existed`: its folder was there."""
    folder = s.info.folder
    with suppress(CairnError):
        s.close()
    remove_new(folder, existed)


def open_vault(folder: Path, passphrase: str, *, despite_alarm: bool = False) -> Session:
    """Open a vault. Raises what `vault.unlock` raises, and IntegrityError for a damaged database.

    One whose database does not fit its custody log is refused with IntegrityError
    `storage.custody-altered`; `despite_alarm` opens it, when the person knows and says so. Then
    `Session.alarm` is set, and `custody.verify` explains the break.
    """
    return opened(vaults.unlock(folder, passphrase), despite_alarm=despite_alarm)


def open_with_words(folder: Path, words: Sequence[str] | str, *, despite_alarm: bool = False) -> Session:
    """Open a vault with its 24 recovery words; then set a new passphrase. Otherwise as `open_vault`."""
    return opened(vaults.unlock_with_words(folder, words), despite_alarm=despite_alarm)


def set_passphrase(s: Session, new: str, old: str | None = None, *, cost: Argon2Cost | None = None) -> None:
    """Change the passphrase; `old` is checked when it is given. Recorded in the custody log.

    Raises InputError `vault.wrong-passphrase`, `vault.passphrase-empty`.
    """
    vault_keys.change_passphrase(s.vault, new, old=old, cost=cost)
    with s.store.write() as work:
        work.log("passphrase.change", obj=s.vault.id)


def set_author(s: Session, author: str) -> None:
    """Change the name or code that is written into what is made from now on."""
    with s.store.write() as work:
        who = _who(work)
        settings.put(work, WHO, msgspec.to_builtins(msgspec.structs.replace(who, author=author.strip())))
    s.info = replace(s.info, author=author.strip())
    s.store.use_signer(s.keys, author=s.author)


def start(vault: Vault, store: Store) -> Session:
    """A session over an open store: reads who the owner is and takes the device's keys into use.

    The identity compartment opens with the vault. Raises IntegrityError `session.device-missing`,
    `crypto.keys-altered`.
    """
    with store.read() as reader:
        secret = secrets.get(reader, DEVICE)
        card = str(settings.get(reader, CARD, "")).encode("utf-8")
        who = _who(reader)
        former = tuple(
            card_keys(read_card(text.encode("utf-8"))) for text in settings.get(reader, FORMER, [])
        )
    if secret is None or not card:
        raise IntegrityError("session.device-missing")
    keys = DeviceKeys.from_secret(secret)
    info = VaultInfo(
        label=who.label,
        role=who.role,
        author=who.author,
        fingerprint=keys.fingerprint,
        folder=vault.folder,
        practice=who.practice,
        created=who.created,
    )
    session = Session(vault, store, keys, store.media, info, card, former)
    store.use_signer(keys, author=session.author)
    open_identity(session)
    if not who.practice and not vault.to_read:
        # A medium that gives no reserve still gives a vault.
        with suppress(MachineError):
            reserve.ensure(vault.folder, size=RESERVE)
    return session


def open_identity(s: Session) -> None:
    """Open the identity compartment with what opened the vault.

    Raises IntegrityError `vault.header-altered`, `crypto.keys-altered`, MachineError.
    """
    if s.vault.to_read:
        with s.store.read() as reader:
            fresh = identity_key.pending(s.vault)
            began = fresh is not None and compartment.is_under(reader, fresh)
            s.identity.open(fresh if fresh is not None and began else s.vault.identity_key(), reader)
        return
    settle_identity_key(s)
    with s.store.read() as reader:
        s.identity.open(s.vault.identity_key(), reader)


def settle_identity_key(s: Session) -> None:
    """Finish a new identity key that was begun, or give it up where nothing lies under it yet.

    Raises IntegrityError `vault.header-altered`, MachineError.
    """
    fresh = identity_key.pending(s.vault)
    if fresh is None:
        return
    with s.store.read() as reader:
        went_over = compartment.is_under(reader, fresh)
    if went_over:
        identity_key.finish(s.vault)
    else:
        identity_key.give_up(s.vault)


def verifiers(s: Session) -> dict[Fingerprint, DeviceVerifier]:
    """The public keys of this device and of what it was before a restore, by fingerprint."""
    return {keys.fingerprint: keys for keys in (s.keys.public, *s.former)}


def opened(vault: Vault, *, despite_alarm: bool = False) -> Session:
    """A session over an unlocked vault, which is locked again when that fails.

    Where it turns out here that nothing can be written, it is open to be read. A vault that was just restored
    from a backup gets keys of its own here, before it is used; one that can only be read signs nothing.
    """
    try:
        try:
            session = _begun(vault, despite_alarm)
        except MachineError as error:
            vault.read_from_now(error)
            session = _begun(vault, despite_alarm)
    except BaseException:
        vault.lock()
        raise
    if not session.info.practice:
        preferences.remember_vault(vault.folder)
    return session


def _begun(vault: Vault, despite_alarm: bool) -> Session:
    store = Store.open(vault, despite_alarm=despite_alarm)
    try:
        session = start(vault, store)
        if store.restored and not vault.to_read:
            _succeed(session)
            session.identity.close()
            session = start(vault, store)
        if not _keys_fit(session):
            if not despite_alarm:
                raise IntegrityError("storage.custody-altered")
            store.alarm = True
        if not vault.to_read:
            copy_out_cleanup.sweep(store)
    except BaseException:
        # What closing it can't write is not what failed.
        with suppress(MachineError):
            store.close()
        raise
    return session


def try_writing(s: Session) -> Session:
    """Try to write again in a vault that could only be read: the session to go on with, which is `s` where it was
    opened for writing and had only come to its limits.

    Otherwise the vault is opened anew, with the keys that are here; nothing else may use `s` meanwhile, and `s` is
    closed after it. Raises MachineError where nothing can be written still; then `s` goes on as it was.
    """
    if not s.vault.to_read:
        s.store.try_writing()
        return s
    s.vault.require_room()
    s.store.close()
    try:
        s.vault.begin_writing()
    except BaseException:
        s.store = Store.open(s.vault, despite_alarm=s.alarm)
        s.media = s.store.media
        s.store.use_signer(s.keys, author=s.author)
        raise
    s.identity.close()
    return opened(s.vault, despite_alarm=s.alarm)


def _keys_fit(s: Session) -> bool:
    """Whether the newest entry of the log is by the device whose keys are here, not by its successor."""
    with s.store.read() as reader:
        newest = reader.custody.newest(1)
    return not newest or newest[0][1] is None or newest[0][1].device == s.keys.fingerprint


def _succeed(before: Session) -> None:
    """New keys and a new card for a restored vault; the log names the size and root that it goes on from.

    One transaction, which also takes the mark away: with its former keys it would be the original's double.
    """
    keys, identity = DeviceKeys.generate()
    card = write_card(keys, label=before.info.label, role=before.info.role)
    with before.store.write() as work:
        size = work.custody.size()
        former = settings.get(work, FORMER, [])
        settings.put(work, FORMER, [*former, before.card.decode("utf-8")])
        settings.put(work, CARD, card.decode("utf-8"))
        secrets.put(work, DEVICE, keys.to_secret())
        compartment.keep_secret(work, before.vault.identity_key(), identity)
        work.sign_as(keys)
        work.log(
            "restore",
            obj=before.vault.id,
            detail={
                "former_device": before.keys.fingerprint,
                "former_size": size,
                "former_root": work.custody.root(size).hex(),
            },
        )
        before.store.clear_restored(work)


def _who(reader: Reader | Work) -> Who:
    try:
        return msgspec.convert(settings.get(reader, WHO, {}), type=Who)
    except msgspec.ValidationError as error:
        raise IntegrityError("session.device-missing") from error


def remove_new(folder: Path, existed: bool) -> None:
    """Take away a locked vault whose making failed half-way; only what that made is in `folder`."""
    try:
        for entry in list(folder.iterdir()):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        if not existed:
            folder.rmdir()
    except (OSError, CairnError):
        return
