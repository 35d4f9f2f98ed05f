"""A bundle between looking and taking in: read, decrypted and verified once.

While it is looked at, its files go into vault encryption as they pass by, under keys that are in memory alone and
under names that the next opening of the vault sweeps away; everything else that it holds stays in memory. So what a
person is shown is what is taken in, whatever becomes of the file meanwhile; and closing the page, cancelling, locking
the vault or a crash leaves nothing but what nobody can read, and soon not that. Whoever looks for a person notes that
it came (`received.py`): who sealed it, and why it would be refused, and nothing of what it holds.

A file that is another one by then is read anew, and taken in only where it holds the very bundle that was shown.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import NamedTuple

from cairn import paths
from cairn.app.arriving import incoming, judging, opening, received, taking_in
from cairn.app.arriving.incoming import Incoming
from cairn.app.arriving.judging import Checked, Judgement
from cairn.app.arriving.taking_in import Stale
from cairn.app.kernel.collecting import no_whole_collection
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import OpenedView, TakenIn
from cairn.bundle.reader import BundleReader, PayloadFile
from cairn.errors import MachineError
from cairn.model.exchange import MediaEntry
from cairn.model.ports import Progress, no_progress
from cairn.storage.staging import Held


class Arrival:
    """What was looked at, and waits for a person's decision. `close` it in any case; then nothing of it is left."""

    def __init__(
        self,
        s: Session,
        path: Path,
        stamp: _Stamp,
        found: Incoming,
        view: OpenedView,
        checked: Checked,
        held: Held,
    ) -> None:
        self.view = view
        """What a person is shown of it."""
        self._s = s
        addressee = found.head.addressee(s.keys.fingerprint)
        self._seq = addressee.seq if addressee is not None else 0
        self._path = path
        self._stamp = stamp
        self._checked = checked
        self._head = found.head
        self._held = held
        self._lock = threading.Lock()
        self._found: Incoming | None = found

    def take_in(self, *, override: str = "", progress: Progress = no_progress) -> TakenIn:
        """Take in what was looked at. Raises what `taking_in.take_in` raises.

        InputError `taking.changed` where the file holds another bundle by now: look again, nothing was taken in.
        A file that is gone is no reason to refuse: all of it was read.
        """
        with self._s.store.read() as reader:
            # What a person can still say is asked before anything is given up.
            judging.admit(self._s, reader, self._head.sender, override)
        with self._lock:
            found, self._found = self._found, None
        if found is not None:
            try:
                if _stamp_now(self._path) in (self._stamp, None):
                    return taking_in.apply(self._s, found, self._held, self._checked, override, progress)
            except Stale:
                pass
            finally:
                self.close()
        with paths.machine_errors(), self._path.open("rb") as file:
            return taking_in.take_in_from(
                self._s, file, override=override, progress=progress, shown=self._head.tagmanifest
            )

    def note(self) -> None:
        """Note that it came: it is in the list of what came until it is taken in, or taken off."""
        received.note(self._s, self.view, self._seq)

    def close(self) -> None:
        """Forget it: files that wait are removed. Idempotent; may be called from any thread, also after locking."""
        with self._lock:
            self._found = None
        self._s.media.let_go(self._held)


@no_whole_collection()
def look_through(s: Session, path: Path, progress: Progress = no_progress) -> Arrival:
    """Open a bundle, verify it to its last byte and hold what it brings, until a person decides.

    Raises what `opening.open_bundle` raises; then nothing is held.
    """
    held = s.media.hold()
    try:
        return _look_through(s, path, held, progress)
    except BaseException:
        s.media.let_go(held)
        raise


def _look_through(s: Session, path: Path, held: Held, progress: Progress) -> Arrival:
    checked = Checked()
    judged: list[Judgement] = []
    with paths.machine_errors(), path.open("rb") as file:
        stamp = _stamp(os.fstat(file.fileno()))
        size = stamp.size
        opening.refuse_card(file)
        with BundleReader(file, s.keys.age_identity, progress=progress) as bundle:
            # Where there is no room now, there may be when it is taken in: then it is read once more.
            room = taking_in.has_room(s, bundle)

            def on_records(found: Incoming) -> None:
                judged.append(opening.judge(s, found, checked))

            def on_media(entry: MediaEntry, payload: PayloadFile) -> None:
                judgement = judged[0]
                if room and judgement.refusal is None and entry.record in judgement.wanted:
                    taking_in.hold(s, held, entry, payload)

            found = incoming.read(bundle, on_records, on_media)
        if _stamp(os.fstat(file.fileno())) != stamp:
            # Somebody is still writing it: what was read may be of two ages, though it was verified.
            stamp = _Stamp(0, 0, 0, 0, 0)
    view = opening.view(found, size, judged[0], own=s.keys.fingerprint)
    return Arrival(s, path, stamp, found, view, checked, held)


class _Stamp(NamedTuple):
    """What the system says of a file that changes when its content does."""

    size: int
    modified: int
    changed: int
    device: int
    inode: int


def _stamp(found: os.stat_result) -> _Stamp:
    return _Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_dev, found.st_ino)


def _stamp_now(path: Path) -> _Stamp | None:
    """The stamp of the file that has this path now; None where there is none any more."""
    try:
        with paths.machine_errors():
            return _stamp(path.stat())
    except MachineError as error:
        if error.code == "machine.gone":
            return None
        raise
