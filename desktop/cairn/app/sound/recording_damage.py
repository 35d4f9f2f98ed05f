"""Recordings whose encrypted file was damaged on the disk: what of them is lost, and how to hear the rest.

A chunk of 16 KiB that is not authentic any more is never given out; the sound around it is. In a recording of
speech that is about four seconds, in FLAC a third of one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from cairn.app.kernel.session import Session
from cairn.app.sound.recording_view import body_of, media_id, need
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.model.ids import MediaId, RecordId
from cairn.model.kinds.recording import Recording
from cairn.model.ports import Progress, ReadableAt, no_progress
from cairn.model.values import BEGINNING, MomentMs, Span
from cairn.storage.work import Reader

_OF_THE_FILE = ("crypto.", "storage.media-altered")
_PIECE = 1024 * 1024


class _Open(ReadableAt, Protocol):
    def close(self) -> None: ...


class Sound:
    """The sound of a recording as far as it can be heard (a `ReadableAt`). Close it."""

    def __init__(
        self, source: ReadableAt, file: _Open, damaged: tuple[Span, ...] = (), *, steady: bool = True
    ) -> None:
        self._source = source
        self._file = file
        self.size = source.size
        self.damaged = damaged
        """Stretches of its own time that are lost: silence stands there."""
        self.steady = steady
        """Whether all the rest is heard at its own time."""

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`. Raises what reading finds."""
        return self._source.read_at(offset, length)

    def close(self) -> None:
        """Forget the key. Idempotent."""
        self._file.close()


@dataclass(frozen=True)
class Damage:
    """What is lost of a recording."""

    spans: tuple[Span, ...]
    all: bool = False
    """Nothing of it can be read."""

    @property
    def seconds(self) -> int:
        """How much is lost, rounded up to whole seconds."""
        return -(-sum(span.end - span.start for span in self.spans) // 1000)


def is_damage(error: CairnError) -> bool:
    """Whether an error of reading says that the file is not what was written, so that `repaired` may help."""
    if isinstance(error, MachineError):
        return error.code == "machine.disk-failing"
    return isinstance(error, IntegrityError) and error.code.startswith(_OF_THE_FILE)


def repaired(s: Session, recording_id: RecordId, progress: Progress = no_progress) -> Sound:
    """The sound around what is damaged; reads the file once to its end. Progress counts bytes.

    Of a recording that is whole it is the sound itself. Raises InputError `interview.unknown`,
    IntegrityError `file.bytes-missing`, `storage.media-missing`, or `crypto.file-altered` where nothing is
    left; MachineError, Cancelled.
    """
    with s.store.read() as rows:
        head = need(rows, recording_id)
        body, media = body_of(head), media_id(s, rows, head)
    if not media:
        raise IntegrityError("file.bytes-missing")
    return _repaired(s, media, body, progress)


def heard(s: Session, recording_id: RecordId, progress: Progress = no_progress) -> Sound:
    """As `repaired`, but the file as it is where all of it is authentic: what copies are made from."""
    with s.store.read() as rows:
        head = need(rows, recording_id)
        body, media = body_of(head), media_id(s, rows, head)
    if not media:
        raise IntegrityError("file.bytes-missing")
    try:
        source = s.media.open(media)
    except CairnError as error:
        if not is_damage(error):
            raise
        return _repaired(s, media, body, progress)
    try:
        for offset in range(0, source.size, _PIECE):
            source.read_at(offset, _PIECE)
            progress(min(offset + _PIECE, source.size), source.size)
    except CairnError as error:
        source.close()
        if not is_damage(error):
            raise
        return _repaired(s, media, body, progress)
    return Sound(source, source)


def look(s: Session, rows: Reader, recording_id: RecordId, progress: Progress = no_progress) -> Damage:
    """What is lost of a recording. Raises as `repaired`, but for what nothing is left of."""
    head = need(rows, recording_id)
    body, media = body_of(head), media_id(s, rows, head)
    whole = Damage((Span(BEGINNING, MomentMs(body.duration)),), all=True)
    if not media:
        return whole
    try:
        sound = _repaired(s, media, body, progress)
    except IntegrityError:
        return whole
    sound.close()
    return Damage(sound.damaged)


def _repaired(s: Session, media: MediaId, body: Recording, progress: Progress) -> Sound:
    # It loads what sound needs: only when there is damage.
    from cairn.audio.repair import repair

    reader = s.media.open_damaged(media)
    try:
        gaps = reader.damaged(progress)
        if gaps == [(0, reader.size)]:
            raise IntegrityError("crypto.file-altered")
        if not gaps:
            return Sound(reader, reader)
        own = body.source != "import"
        found = repair(reader, gaps, duration=body.duration, kind=body.type, recorded=own)
        return Sound(found, reader, found.lost, steady=found.steady)
    except BaseException:
        with suppress(CairnError):
            reader.close()
        raise
