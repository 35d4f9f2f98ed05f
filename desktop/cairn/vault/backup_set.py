"""What lies in the folder of a backup: its list (the manifest), its header, their second copies. Reads, and writes nothing.

One bad sector must not cost a backup: list and header have a second copy each. Where neither list can be
used, header, database and media speak for themselves (each is sealed under the vault's keys); then nobody
can say that nothing is missing or older than it should be, and that is said. FORMAT.md, "Backup".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.paths import machine_errors
from cairn.vault import copying
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import keyslots as slots
from cairn.vault import manifest as mf
from cairn.vault.check import Problem
from cairn.vault.header import Header
from cairn.vault.manifest import File, Manifest
from cairn.vault.vault import Vault

Opener = Callable[[Header], tuple[bytearray, str]]


class Opened(msgspec.Struct, frozen=True):
    """A backup whose vault key was found."""

    header: Header
    header_file: str
    database: str
    """Name of the database's file."""
    manifest: Manifest | None
    """None where no list could be used: then nothing says what should be there."""
    problems: list[Problem]
    vmk: bytearray
    slot_id: str

    @property
    def media(self) -> dict[str, File | None]:
        """Name of each media file that belongs to the backup → what it should be, None where nobody knows."""
        return {} if self.manifest is None else {file.name: file for file in self.manifest.media}


def open_set(folder: Path, secret: str | Sequence[str]) -> Opened:
    """Open the backup in `folder` with a passphrase (a string) or recovery words (a sequence) of its time.

    Raises InputError `vault.not-a-backup`, `vault.wrong-passphrase`, `vault.wrong-words`, `vault.newer`;
    IntegrityError `vault.backup-altered` when no list and no header can be used; MachineError.
    """
    opener: Opener = (
        (lambda header: slots.open_with_passphrase(header, secret))
        if isinstance(secret, str)
        else (lambda header: slots.open_with_words(header, secret))
    )
    found, damaged = manifests(folder)
    problems: list[Problem] = []
    refused: CairnError | None = None
    for manifest in found:
        for name, header, mirrored in _headers_of(folder, manifest):
            try:
                vmk, slot_id = _unlocked(header, opener)
            except (InputError, IntegrityError) as error:
                refused = refused or error
                continue
            if mf.is_authentic(manifest, slots.subkey(vmk, header.vault, "backup")):
                if damaged or manifest is not found[0] or mirrored:
                    problems.append(Problem("vault.backup-copy-used"))
                return Opened(header, name, manifest.database.name, manifest, problems, vmk, slot_id)
    if not found and not damaged and not any(True for _ in _header_files(folder)):
        with machine_errors():
            folder.stat()
        raise InputError("vault.not-a-backup")
    for name, header in _left_headers(folder):
        try:
            vmk, slot_id = _unlocked(header, opener)
        except (InputError, IntegrityError) as error:
            refused = refused or error
            continue
        problems.append(Problem("vault.backup-unlisted"))
        return Opened(header, name, mf.database_of(name), None, problems, vmk, slot_id)
    if isinstance(refused, InputError):
        raise refused
    raise IntegrityError("vault.backup-altered") from refused


def open_own(folder: Path, vault: Vault) -> Opened:
    """Open the backup in `folder` with the keys of the vault that it is of.

    Raises InputError `vault.not-a-backup`, `vault.backup-other`, `vault.newer`; IntegrityError
    `vault.backup-altered` where no copy of its list is of this vault's present key; MachineError.
    """
    found, damaged = manifests(folder)
    if not found and not damaged:
        raise InputError("vault.not-a-backup")
    key = vault.derive("backup")
    for manifest in found:
        if manifest.vault != vault.id:
            raise InputError("vault.backup-other")
        if mf.is_authentic(manifest, key):
            spare = damaged or manifest is not found[0]
            header = next((header for _, header, _ in _headers_of(folder, manifest)), vault.header)
            problems = [Problem("vault.backup-copy-used")] if spare else []
            return Opened(
                header,
                manifest.header.name,
                manifest.database.name,
                manifest,
                problems,
                bytearray(vault.key),
                "",
            )
    raise IntegrityError("vault.backup-altered")


def manifests(folder: Path) -> tuple[list[Manifest], bool]:
    """The lists that can be parsed, the first copy first, and whether a copy is damaged.

    Raises InputError `vault.newer`, MachineError.
    """
    found: list[Manifest] = []
    damaged = False
    for name in (mf.NAME, mf.MIRROR):
        try:
            data = places.read_small(folder / name, mf.MAX_BYTES)
            if data is None:
                continue
            manifest = mf.parse(data)
        except IntegrityError:
            damaged = True
            continue
        if manifest not in found:
            found.append(manifest)
    return found, damaged


def vaults_in(folder: Path) -> set[str]:
    """Ids of the vaults whose headers lie in `folder`, for where no list says whose backup it is."""
    return {header.vault for _, header in _left_headers(folder, needs_database=False)}


def is_listed(folder: Path) -> bool:
    """Whether `folder` holds the list of a backup, or its second copy, whatever their state."""
    return (folder / mf.NAME).is_file() or (folder / mf.MIRROR).is_file()


def media_of(folder: Path, opened: Opened) -> dict[str, File | None]:
    """As `Opened.media`; without a list every media file that is there."""
    if opened.manifest is not None:
        return opened.media
    return dict.fromkeys(copying.media_files(folder / places.MEDIA))


def _unlocked(header: Header, opener: Opener) -> tuple[bytearray, str]:
    vmk, slot_id = opener(header)
    slots.check_mac(header, vmk)
    return vmk, slot_id


def _headers_of(folder: Path, manifest: Manifest) -> Iterator[tuple[str, Header, bool]]:
    """The header that a list names and its second copy, as far as they are what the list says."""
    for name in (manifest.header.name, mf.header_mirror(manifest.header.name)):
        data = places.read_regular(folder / name)
        if data is None or sha256_hex(data) != manifest.header.sha256:
            continue
        try:
            header = hdr.parse(data)
        except IntegrityError:
            continue
        if header.vault == manifest.vault:
            yield manifest.header.name, header, name != manifest.header.name


def _left_headers(folder: Path, *, needs_database: bool = True) -> Iterator[tuple[str, Header]]:
    """Headers that parse, the newest first, each once; with `needs_database` only those whose database is there."""
    for path in _header_files(folder):
        data = places.read_regular(path)
        if data is None or (needs_database and not (folder / mf.database_of(path.name)).is_file()):
            continue
        try:
            yield path.name, hdr.parse(data)
        except CairnError:
            continue


def _header_files(folder: Path) -> list[Path]:
    with machine_errors():
        if not folder.is_dir():
            return []
        found = [
            path
            for path in folder.iterdir()
            if mf.is_set_name(path.name) and not path.name.endswith(".db") and path.is_file()
        ]
        return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))
