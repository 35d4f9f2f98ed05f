"""Media objects on their way into the vault: encrypted as they come, without a row, and without a key on the disk.

An object is *sealed* when its last byte was encrypted: a `.part` file that nobody can read, because its key is in
memory alone. It is *staged* once that file is durable under its own name; then a row makes it part of the vault. What
is held (`Held`) waits in between for a person to decide. Nothing that is held outlives the open store: closing it
gives everything up, and what a crash leaves of it goes at the next opening, with every other `.part`.

Before a file gets its own name the database notes that it is to be removed (`Promise`); the unit of work that adds its
row takes the note back. So whatever ends the program in between, or locks the vault, the next opening removes it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from cairn.crypto.cobblestone import CobWriter
from cairn.crypto.hashes import RunningSha256, random_bytes
from cairn.crypto.pipeline import Behind
from cairn.errors import MachineError
from cairn.model.ids import NO_HASH, MediaId, RecordId, RootId, Sha256
from cairn.model.ports import Progress, no_progress
from cairn.paths import SteadyFile, machine_errors, make_folder, patiently, sync_folder

PART = ".part"
Promise = Callable[[Sequence[MediaId]], None]
"""Notes durably that these files go unless their rows come. Raises MachineError; then they get no names."""


class Staged(msgspec.Struct, frozen=True):
    """A media object whose file is durable and whose row is still to be added (or which is discarded)."""

    media_id: MediaId
    """32 hex digits."""
    root: RootId
    sha256: Sha256
    """Of the plain bytes."""
    size: int
    """Plain bytes."""
    key: bytes

    def __repr__(self) -> str:
        return f"Staged({self.media_id})"


class Sealed(msgspec.Struct, frozen=True):
    """A media object that is encrypted to its end and not durable: what becomes of it is still to be decided."""

    object: Staged
    """What it will be."""


def object_path(folder: Path, media_id: MediaId) -> Path:
    """Where the file of an object lies below the media folder."""
    return folder / media_id[:2] / f"{media_id}.cob"


def object_context(vault_id: str, media_id: MediaId) -> bytes:
    """What binds a file to its vault and its id."""
    return f"cairn/media/1|{vault_id}|{media_id}".encode("ascii")


class MediaSink:
    """Takes the plain bytes of a new object. As a context manager it leaves nothing behind on an error."""

    def __init__(
        self, folder: Path, root: RootId, vault_id: str, promise: Promise, sha256: Sha256 = NO_HASH
    ) -> None:
        self._promise = promise
        self._id = MediaId(random_bytes(16).hex())
        self._root = root
        self._key = random_bytes(32)
        self._folder = folder
        self._part = object_path(folder, self._id).with_suffix(PART)
        self._sha256 = sha256
        self._hash = RunningSha256()
        self._size = 0
        self._hashing: Behind | None = None
        self._sealed: Sealed | None = None
        self._staged: Staged | None = None
        if not folder.is_dir():
            # A stick that was pulled: its files must not land where it had been mounted.
            raise MachineError("machine.gone")
        make_folder(self._part.parent)
        with machine_errors():
            handle = os.open(
                self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
        self._file: BinaryIO = os.fdopen(handle, "wb")
        try:
            self._cob = CobWriter(SteadyFile(self._file), self._key, object_context(vault_id, self._id))
            if not sha256:
                self._hashing = Behind()
        except BaseException:
            self.discard()
            raise

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take in more bytes; returns how many. Raises MachineError."""
        if self._hashing is not None:
            self._hashing.do(self._hash.update, data)
        self._size += len(memoryview(data).cast("B"))
        with machine_errors():
            self._cob.write(data)
        return len(memoryview(data).cast("B"))

    def seal(self) -> Sealed:
        """Encrypt to the end and close the file, which is whole and not durable. Raises MachineError; then nothing is left."""
        if self._sealed is None:
            try:
                if self._hashing is not None:
                    self._hashing.wait()
                    self._hashing.close()
                    self._sha256 = self._hash.hexdigest()
                with machine_errors():
                    self._cob.finish()
                    self._file.close()
            except BaseException:
                self.discard()
                raise
            self._sealed = Sealed(Staged(self._id, self._root, self._sha256, self._size, self._key))
        return self._sealed

    def finish(self) -> Staged:
        """Make the file durable under its own name. Not inside a unit of work. Raises MachineError; then nothing is left."""
        if self._staged is None:
            (self._staged,) = settle(self._folder, [self.seal()], self._promise)
        return self._staged

    def discard(self) -> None:
        """Give it up; nothing is left. Does nothing after `seal` and `finish`."""
        if self._hashing is not None:
            self._hashing.close()
        if self._sealed is None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.discard()


def settle(
    folder: Path, sealed: Iterable[Sealed], promise: Promise, progress: Progress = no_progress
) -> list[Staged]:
    """Make objects durable under their own names, all of them. Raises MachineError, Cancelled; then none is left.

    Each file is synced before it gets its name, and each folder once when all have theirs: a name that is there after
    a crash is that of a whole file.
    """
    wanted = list(sealed)
    folders = {}
    try:
        promise([each.object.media_id for each in wanted])
        for number, each in enumerate(wanted):
            progress(number, len(wanted))
            target = object_path(folder, each.object.media_id)
            part = target.with_suffix(PART)
            with machine_errors():
                _sync(part)
                patiently(partial(os.rename, part, target))
            folders[target.parent] = True
        with machine_errors():
            for one in (*folders, folder):
                sync_folder(one)
    except BaseException:
        remove(folder, wanted)
        raise
    return [each.object for each in wanted]


def remove(folder: Path, sealed: Iterable[Sealed]) -> None:
    """Give up objects that have no row. What can't be removed now goes at the next opening."""
    for each in sealed:
        target = object_path(folder, each.object.media_id)
        for path in (target.with_suffix(PART), target):
            with suppress(OSError):
                path.unlink(missing_ok=True)


class Held:
    """Sealed objects that wait, by the record that each will belong to. Any thread may give them up at any time."""

    def __init__(self, folder: Path, promise: Promise) -> None:
        self._folder = folder
        self._promise = promise
        self._lock = threading.Lock()
        self._sealed: dict[RecordId, Sealed] | None = {}

    def keep(self, record: RecordId, sealed: Sealed) -> None:
        """Hold one more. Raises MachineError `vault.locked` when all was given up; then it is removed."""
        with self._lock:
            if self._sealed is not None:
                self._sealed[record] = sealed
                return
        remove(self._folder, [sealed])
        raise MachineError("vault.locked")

    def settle(self, progress: Progress = no_progress) -> dict[RecordId, Staged]:
        """Make all of it durable: from then on whoever asked adds rows, or discards. Raises as `settle`."""
        with self._lock:
            found, self._sealed = self._sealed, None
        if found is None:
            raise MachineError("vault.locked")
        settled = settle(self._folder, found.values(), self._promise, progress)
        return dict(zip(found, settled, strict=True))

    def give_up(self) -> None:
        """Remove what is held. Idempotent, and without effect on what was settled."""
        with self._lock:
            found, self._sealed = self._sealed, None
        remove(self._folder, (found or {}).values())


def _sync(path: Path) -> None:
    # To be synced a file must be open for writing, on Windows.
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
