"""The manifest `backup.json`: parse, check, serialise. Pure; see FORMAT.md, "Backup".

As with the vault's header there is one byte form of every manifest, and all others are refused.
"""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

import msgspec

from cairn.crypto.hashes import equal, hmac_sha256
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Sha256, is_new_id, is_sha256
from cairn.vault.header import Bytes32, canonical

FORMAT: Final = "cairn-backup/1"
NAME = "backup.json"
MIRROR = "backup.json.bak"
"""The same bytes again, against a damaged sector."""
MAX_BYTES = 64 * 1024 * 1024
"""About 400,000 media files."""

_DATABASE = re.compile(r"vault-[0-9a-f]{8}\.db", re.ASCII)
_HEADER = re.compile(r"vault-[0-9a-f]{8}\.hdr", re.ASCII)
_HEADER_MIRROR = re.compile(r"vault-[0-9a-f]{8}\.hdr\.bak", re.ASCII)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_MEDIA = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.cob", re.ASCII)
_NEWER = re.compile(r"cairn-backup/([2-9]|[1-9][0-9]{1,5})", re.ASCII)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup."""

    name: str
    sha256: Sha256
    size: Annotated[int, msgspec.Meta(ge=0)]


class MediaFile(File, frozen=True, forbid_unknown_fields=True):
    """A media object of a backup. They never change, so that `sha256` is also what the vault's own file must be."""

    read: str
    """When it was last read back from the disk of the backup, and was whole."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that belongs to one backup. `mac` is under the vault's key `backup`."""

    format: Literal["cairn-backup/1"]
    vault: str
    created: str
    header: File
    database: File
    media: list[MediaFile]
    mac: Bytes32


class _Version(msgspec.Struct):
    format: str


def parse(data: bytes) -> Manifest:
    """The manifest in `data`. Raises InputError `vault.newer`, IntegrityError `vault.backup-altered`."""
    if len(data) > MAX_BYTES:
        raise IntegrityError("vault.backup-altered")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if _is_newer(data):
            raise InputError("vault.newer") from error
        raise IntegrityError("vault.backup-altered") from error
    names = [file.name for file in manifest.media]
    sound = (
        is_new_id(manifest.vault)
        and _HEADER.fullmatch(manifest.header.name)
        and _DATABASE.fullmatch(manifest.database.name)
        and all(is_media_name(name) for name in names)
        and names == sorted(set(names))
        and all(_TIME.fullmatch(file.read) for file in manifest.media)
        and all(is_sha256(f.sha256) for f in (manifest.header, manifest.database, *manifest.media))
        and serialise(manifest) == data
    )
    if not sound:
        raise IntegrityError("vault.backup-altered")
    return manifest


def serialise(manifest: Manifest) -> bytes:
    """The one byte form of `manifest`."""
    return canonical(manifest) + b"\n"


def with_mac(manifest: Manifest, key: bytes) -> Manifest:
    """The same manifest with a MAC that fits."""
    return msgspec.structs.replace(manifest, mac=_mac(manifest, key))


def is_authentic(manifest: Manifest, key: bytes) -> bool:
    """Whether the manifest was written by whoever holds `key`."""
    return equal(_mac(manifest, key), manifest.mac)


def is_media_name(name: str) -> bool:
    """Whether `name` is that of a media object below `media/`."""
    return bool(_MEDIA.fullmatch(name))


def is_set_name(name: str) -> bool:
    """Whether `name` is that of a header, its mirror or a database of some backup."""
    return any(form.fullmatch(name) for form in (_HEADER, _HEADER_MIRROR, _DATABASE))


def header_mirror(name: str) -> str:
    """The name of the second copy of the header `name`."""
    return f"{name}.bak"


def database_of(header_name: str) -> str:
    """The name of the database that belongs to a header."""
    return header_name.removesuffix(".bak").removesuffix(".hdr") + ".db"


def _mac(manifest: Manifest, key: bytes) -> bytes:
    parts = {name: getattr(manifest, name) for name in manifest.__struct_fields__ if name != "mac"}
    return hmac_sha256(key, canonical(parts))


def _is_newer(data: bytes) -> bool:
    try:
        return bool(_NEWER.fullmatch(msgspec.json.decode(data, type=_Version).format))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
