"""The journal of a recording under way: sealed frames, appended and made durable (FORMAT.md).

One writer, once: a journal is created, written to its end, and never opened for writing again. What a
crash leaves is read by `JournalReader`, which takes the file as it finds it: cut off anywhere, with
frames that don't open in its midst.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec

from cairn.crypto.frames import TAG_SIZE, FrameOpener, FrameSealer
from cairn.errors import IntegrityError, MachineError, from_os
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.recording import Mark
from cairn.paths import machine_errors, open_regular, sync_folder, try_lock

MAGIC = b"cairn-journal/1\n"
LABEL = b"cairn/journal/1"
HEADER, PREAMBLE, SOUND, MARK, PEAKS, END, OFF_SOUND = range(1, 8)
KINDS = (HEADER, PREAMBLE, SOUND, MARK, PEAKS, END, OFF_SOUND)
MAX_FRAME = 1 << 20
"""Most bytes of a sealed frame. A second of the largest sound is a fifth of it."""

_T = TypeVar("_T")
_SYNC = b"CJf1"
_FRAME = struct.Struct(">4sBQI")
_COUNT = struct.Struct(">Q")
_OFF = struct.Struct(">QQ")
_READ = 1 << 18
_LOCK_TRIES = 100
_sync_data = getattr(os, "fdatasync", os.fsync)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a recording is, said once at its beginning and every minute again."""

    v: int = 1
    recording: RecordId
    """Id of the recording's record."""
    interview: RootId
    media: str
    """32 hex digits, the journal's own name."""
    started: str
    """UTC, RFC 3339, seconds."""
    encoding: str
    """`opus` or `flac`."""
    rate: int = 48000
    channels: int = 1
    device: str = ""
    """The microphone, as the system names it."""
    software: str = ""


class Noted(msgspec.Struct, frozen=True):
    """A mark as the journal keeps it. What is written later under a number holds."""

    number: int
    mark: Mark
    open: bool = False
    """What it marks was still going on."""
    kept: bool = False
    """Off the record, and recorded all the same: a span to leave out."""


class Ending(msgspec.Struct, frozen=True):
    """How a recording ended."""

    reason: str
    """`stopped`, or the code of the error that ended it."""
    frames: int = 0
    """Samples of its sound."""
    summary: bytes = b""
    """Of FLAC: the STREAMINFO to stand for the first one."""


class JournalWriter:
    """Appends to a journal that nobody else has. Not for more than one thread at a time.

    Everything raises MachineError when the disk refuses; what was written before stays whole.
    """

    def __init__(self, handle: int, key: bytes, header: Header) -> None:
        """For `create` alone."""
        self.header = header
        self._handle: int | None = handle
        self._sealer = FrameSealer(key, LABEL, _bound(header.recording, header.interview))
        self._preamble = b""
        self.size = 0
        """Bytes written."""

    @classmethod
    def create(cls, path: Path, key: bytes, header: Header) -> JournalWriter:
        """A new journal, durable with its header and its name.

        `key` is the recording's own and is used for no other journal. Raises MachineError
        `machine.exists` and what else the disk says; then no file is left.
        """
        with machine_errors():
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
        journal = cls(handle, key, header)
        try:
            _lock(handle)
            journal._append(MAGIC)
            journal._frame(HEADER, msgspec.json.encode(header))
            journal.sync()
            with machine_errors():
                sync_folder(path.parent)
                # It may have been made for this very file.
                sync_folder(path.parent.parent)
        except BaseException:
            journal.close()
            with suppress(OSError):
                path.unlink()
            raise
        return journal

    def preamble(self, data: bytes) -> None:
        """What the encoded sound begins with, before any sample."""
        self._preamble = data
        self._frame(PREAMBLE, data)

    def sound(self, data: bytes, frames_total: int, off: tuple[int, int] | None = None) -> None:
        """Encoded sound, whole pages or frames of it, that ends after `frames_total` samples.

        `off` are the samples of it that are off the record: the first, and the first after them. It is of
        another kind then, so that nobody can take that away and leave the sound.
        """
        if off is None:
            self._frame(SOUND, _COUNT.pack(frames_total) + data)
        else:
            self._frame(OFF_SOUND, _COUNT.pack(frames_total) + _OFF.pack(*off) + data)

    def mark(self, mark: Mark, number: int = 0, *, open: bool = False, kept: bool = False) -> None:
        """A mark; the last one written under a `number` holds. See `Noted`."""
        self._frame(MARK, msgspec.json.encode(Noted(number, mark, open, kept)))

    def peaks(self, data: bytes, first: int = 0) -> None:
        """Peaks from the one numbered `first`, a byte for each 50 ms."""
        self._frame(PEAKS, _COUNT.pack(first) + data)

    def again(self) -> None:
        """Header and preamble once more: a recording can be read without its first block on the disk."""
        self._frame(HEADER, msgspec.json.encode(self.header))
        if self._preamble:
            self._frame(PREAMBLE, self._preamble)

    def sync(self) -> None:
        """Return when what was written is on the disk."""
        with machine_errors():
            _sync_data(self._open_handle())

    def end(self, reason: str = "stopped", frames: int = 0, summary: bytes = b"") -> None:
        """The last frame, durable: nothing follows."""
        self._frame(END, msgspec.json.encode(Ending(reason, frames, summary)))
        self.sync()

    def close(self) -> None:
        """Let go of the file and its lock. May be called again."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    def _frame(self, kind: int, plain: bytes) -> None:
        counter = self._sealer.counter
        sealed = self._sealer.seal(plain, kind)
        self._append(_FRAME.pack(_SYNC, kind, counter, len(sealed)) + sealed)

    def _append(self, data: bytes) -> None:
        handle = self._open_handle()
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(handle, left) :]
        except OSError as error:
            # The part of a frame that found room goes, so that what follows is never behind rubbish.
            with suppress(OSError):
                os.ftruncate(handle, self.size)
                os.lseek(handle, self.size, os.SEEK_SET)
            raise from_os(error) from error
        self.size += len(data)

    def _open_handle(self) -> int:
        if self._handle is None:
            raise MachineError("machine.gone")
        return self._handle


class Frame(NamedTuple):
    """A frame that opened."""

    kind: int
    data: bytes
    counter: int


class Sounding(NamedTuple):
    """What a frame of sound holds."""

    until: int
    """Samples of the sound up to its end."""
    data: bytes
    """Encoded sound."""
    off: tuple[int, int] | None
    """The samples that are off the record, the first and the first after them."""


class JournalReader:
    """Reads what is there of a journal, as often as asked, in pieces of a quarter of a megabyte."""

    def __init__(self, path: Path, key: bytes, *, recording: RecordId, interview: RootId) -> None:
        """Look for the header. Raises IntegrityError `audio.no-journal` where not one frame of this
        recording, of this interview, opens with this key and tells what it is; MachineError."""
        self._path = path
        self._opener = FrameOpener(key, LABEL, _bound(recording, interview))
        self.ended: Ending | None = None
        """How it ended, once `frames` has been read to its end; None after a crash."""
        self.lost = 0
        """Frames that are missing or don't open, with later ones that do, once `frames` has been read."""
        for frame in self.frames():
            if frame.kind == HEADER:
                self.header = _decode(frame.data, Header)
                break
        else:
            raise IntegrityError("audio.no-journal")
        if (self.header.recording, self.header.interview) != (recording, interview):
            raise IntegrityError("audio.no-journal")

    def frames(self) -> Iterator[Frame]:
        """Every frame that opens, in order. Raises MachineError when the disk can't be read."""
        self.ended, self.lost, expected = None, 0, 0
        for kind, counter, sealed in self._candidates():
            if counter < expected:
                continue
            try:
                data = self._opener.open(counter, kind, sealed)
            except IntegrityError:
                continue
            self._skip = len(sealed) + _FRAME.size
            self.lost += counter - expected
            expected = counter + 1
            if kind == END:
                self.ended = _decode(data, Ending)
            yield Frame(kind, data, counter)

    def _candidates(self) -> Iterator[tuple[int, int, bytes]]:
        """What looks like a frame, from wherever the last good one ended. `_skip` is set by the taker."""
        handle = open_regular(self._path)
        if handle is None:
            raise IntegrityError("audio.no-journal")
        with machine_errors(), open(handle, "rb", buffering=0) as file:
            buffer = bytearray()
            full = True
            while True:
                at = buffer.find(_SYNC)
                if at < 0:
                    del buffer[: max(0, len(buffer) - len(_SYNC) + 1)]
                else:
                    del buffer[:at]
                    if len(buffer) >= _FRAME.size:
                        _, kind, counter, length = _FRAME.unpack_from(buffer)
                        whole = _FRAME.size + length
                        if kind not in KINDS or not TAG_SIZE <= length <= MAX_FRAME:
                            del buffer[: len(_SYNC)]
                            continue
                        if len(buffer) >= whole:
                            self._skip = len(_SYNC)
                            yield kind, counter, bytes(memoryview(buffer)[_FRAME.size : whole])
                            del buffer[: self._skip]
                            continue
                if full:
                    piece = file.read(_READ)
                    full = bool(piece)
                    buffer += piece
                elif at < 0:
                    return
                else:
                    # Cut off here, or a length that is not true: what follows may still be whole.
                    del buffer[: len(_SYNC)]


def in_use(path: Path) -> bool:
    """Whether somebody is writing this journal: this program, or another one. Raises MachineError.

    A link or a pipe in its place is nobody's journal.
    """
    handle = open_regular(path, write=True)
    if handle is None:
        return False
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


def sound_of(data: bytes) -> tuple[int, bytes]:
    """The count and the rest of a frame of sound or of peaks. Raises IntegrityError `audio.damaged`."""
    if len(data) < _COUNT.size:
        raise IntegrityError("audio.damaged")
    return int(_COUNT.unpack_from(data)[0]), data[_COUNT.size :]


def sounding(frame: Frame) -> Sounding:
    """The content of a frame of kind SOUND or OFF_SOUND. Raises IntegrityError `audio.damaged`."""
    until, data = sound_of(frame.data)
    if frame.kind == SOUND:
        return Sounding(until, data, None)
    if len(data) < _OFF.size:
        raise IntegrityError("audio.damaged")
    start, end = _OFF.unpack_from(data)
    return Sounding(until, data[_OFF.size :], (start, end))


def _lock(handle: int) -> None:
    # Whoever asks `in_use` at this very moment holds the lock for an instant.
    for _ in range(_LOCK_TRIES):
        if try_lock(handle):
            return
        time.sleep(0.002)
    raise MachineError("machine.refused")


def _bound(recording: RecordId, interview: RootId) -> bytes:
    return LABEL + UUID(recording).bytes + UUID(interview).bytes


def _decode(data: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise IntegrityError("audio.damaged") from error
