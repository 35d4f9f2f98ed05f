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
MAX_BYTES = 64 * 1024 * 1024
"""About 400,000 media files."""

_DATABASE = re.compile(r"vault-[0-9a-f]{8}\.db", re.ASCII)
_HEADER = re.compile(r"vault-[0-9a-f]{8}\.hdr", re.ASCII)
_MEDIA = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.cob", re.ASCII)
_NEWER = re.compile(r"cairn-backup/([2-9]|[1-9][0-9]{1,5})", re.ASCII)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup."""

    name: str
    sha256: Sha256
    size: Annotated[int, msgspec.Meta(ge=0)]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that belongs to one backup. `mac` is under the vault's key `backup`."""

    format: Literal["cairn-backup/1"]
    vault: str
    created: str
    header: File
    database: File
    media: list[File]
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
    """Whether `name` is that of a header or database of some backup."""
    return bool(_HEADER.fullmatch(name) or _DATABASE.fullmatch(name))


def _mac(manifest: Manifest, key: bytes) -> bytes:
    parts = {name: getattr(manifest, name) for name in manifest.__struct_fields__ if name != "mac"}
    return hmac_sha256(key, canonical(parts))


def _is_newer(data: bytes) -> bool:
    try:
        return bool(_NEWER.fullmatch(msgspec.json.decode(data, type=_Version).format))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
