"""A damaged or missing media file put back from a copy of it: only the very bytes that the vault's own row tells of.

The row knows the key, the size and the SHA-256 of what was put in, so the copy is believed for nothing: each chunk must be
authentic under that key, and all of them must be what was hashed. It is copied beside its place, read back from the disk,
and only then takes the place of what is damaged; whatever fails, and whenever, what was there is there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cairn.crypto.cobblestone import CobReader
from cairn.crypto.hashes import RunningSha256
from cairn.errors import IntegrityError, MachineError
from cairn.model.ids import MediaId
from cairn.paths import machine_errors, make_folder, open_regular, patiently, sync_folder
from cairn.storage.staging import PART, object_context, object_path
from cairn.storage.store import Store
from cairn.vault import copying

_PIECE = 1024 * 1024
Tick = Callable[[int], None]
"""Told the bytes done since the last call; raises Cancelled."""


def is_whole(store: Store, media_id: MediaId, path: Path, tick: Tick) -> bool:
    """Whether a file holds what the row of this object tells of, read to its end. Raises MachineError, Cancelled."""
    with store.read() as reader:
        row = reader.one("SELECT key, size, sha256 FROM media WHERE id = ?", (media_id,))
    handle = None
    try:
        handle = open_regular(path) if row is not None else None
    except MachineError as error:
        if error.code not in ("machine.gone", "machine.disk-failing"):
            raise
    if row is None or handle is None:
        return False
    key, size, digest = row
    found = RunningSha256()
    with os.fdopen(handle, "rb", buffering=0) as file:
        if sys.platform == "linux":
            # Otherwise what was just written comes back from memory, which proves nothing about the disk.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        try:
            source = CobReader(file, key, object_context(store.vault.id, media_id))
            if source.size != size:
                return False
            for offset in range(0, size, _PIECE):
                piece = source.read_at(offset, _PIECE)
                found.update(piece)
                tick(len(piece))
        except IntegrityError:
            return False
        except MachineError as error:
            if error.code != "machine.disk-failing":
                raise
            return False
    return bool(found.hexdigest() == digest)


def put_back(store: Store, media_id: MediaId, source: Path, tick: Tick) -> bool:
    """Put the file of an object back from `source`; False where that is not whole, and nothing was changed.

    Raises MachineError, also `vault.backup-mismatch` where the disk gives back something else than was written to it;
    Cancelled. Then what was there is there.
    """
    if not is_whole(store, media_id, source, tick):
        return False
    target = object_path(store.vault.media_folder, media_id)
    # As the sweep names what a crash leaves behind.
    part = target.with_suffix(PART)
    if not store.vault.media_folder.is_dir():
        raise MachineError("machine.gone")
    make_folder(target.parent)
    try:
        copying.copy_file(source, part, tick)
        if not is_whole(store, media_id, part, tick):
            raise MachineError("vault.backup-mismatch")
        with machine_errors():
            patiently(lambda: os.replace(part, target))
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    with suppress(ValueError):
        store.swept.missing.remove(media_id)
    return True
