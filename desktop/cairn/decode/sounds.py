"""Sound files to 16-bit samples, by libsndfile; those that come in packets by `packets`. Runs in the child only.

What a file says of its length is not believed: what it is made of is counted (`mpeg`, `links`, `wave`), several
streams are heard one after the other, and bytes that no stream holds are told.
"""

from __future__ import annotations

import io
from typing import BinaryIO, Protocol, cast

import numpy as np
import soundfile

from cairn.decode import links, mpeg, packets, wave, wire
from cairn.decode.parts import Streams, View
from cairn.decode.refusal import Refused
from cairn.decode.whole import Whole

_FORMATS = frozenset({"WAV", "WAVEX", "RF64", "W64", "FLAC", "OGG", "MP3", "AIFF", "AU", "CAF"})
_UNKNOWN_LENGTH = 1 << 60
_MP3_BEFORE = 10 * 1152
_BAD_FILE = (soundfile.SoundFileError, RuntimeError, ValueError, TypeError)


class _Steady(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A sound file that is not jumped about in by the library itself.

    A seekable SoundFile seeks to where it already is after each read. For MP3 that throws away the
    decoder's state: every block would begin with silence. Our own `seek` works all the same.
    """

    def seekable(self) -> bool:
        return False


class _Sound(Protocol):
    """A sound that is open. `frames` is 0 while the length is unknown."""

    rate: int
    channels: int
    frames: int

    def read(self, first: int, count: int) -> packets.Samples: ...


class _Streamed:
    """One stream that libsndfile reads. Raises Refused, also from `read`."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            sound = _Steady(file)
        except _BAD_FILE as error:
            raise Refused("unsupported") from error
        if sound.format not in _FORMATS:
            raise Refused("unsupported")
        self._sound = sound
        self._at = 0
        self.rate = int(sound.samplerate)
        self.channels = int(sound.channels)
        self.frames = int(sound.frames) if 0 <= sound.frames < _UNKNOWN_LENGTH else 0
        self.known = sound.frames < _UNKNOWN_LENGTH

    def read(self, first: int, count: int) -> packets.Samples:
        """Up to `count` frames from `first`, a row a frame."""
        if self.known and first >= self.frames:
            return np.zeros((0, self.channels), np.float32)
        try:
            # A decoder that is left where it stands plays on without a click.
            if first != self._at:
                self._jump(first)
            samples: packets.Samples = self._sound.read(count, dtype="float32", always_2d=True)
        except _BAD_FILE as error:
            self._at = -1
            raise Refused("damaged") from error
        self._at += len(samples)
        return samples

    def measure(self) -> None:
        """Find out how long it is, where its head doesn't tell."""
        while not self.known:
            samples = self.read(self.frames, wire.MAX_BLOCK)
            self.frames += len(samples)
            self.known = not len(samples)

    def _jump(self, first: int) -> None:
        # An MP3 frame borrows bits from those before it; straight after a jump there is silence.
        before = min(first, _MP3_BEFORE) if self._sound.format == "MP3" else 0
        self._at = self._sound.seek(first - before) + before
        if before:
            self._sound.read(before, dtype="float32")


class _Joined:
    """Streams of one rate and number of channels, heard one after the other."""

    def __init__(self, views: list[View]) -> None:
        self._streams: list[_Streamed] = []
        self.left = 0
        """Bytes of streams that are no sound, or another than the first."""
        failed: Refused | None = None
        for view in views:
            try:
                stream = _Streamed(cast("BinaryIO", view))
            except Refused as error:
                failed = error
                self.left += view.seek(0, io.SEEK_END)
                continue
            first = self._streams[0] if self._streams else stream
            if (stream.rate, stream.channels) == (first.rate, first.channels):
                self._streams.append(stream)
            else:
                self.left += view.seek(0, io.SEEK_END)
        if not self._streams:
            raise failed or Refused("unsupported")
        if len(self._streams) > 1:
            for stream in self._streams:
                stream.measure()
        self.rate, self.channels = self._streams[0].rate, self._streams[0].channels
        self.frames = sum(stream.frames for stream in self._streams)

    def read(self, first: int, count: int) -> packets.Samples:
        """Up to `count` frames from `first`, a row a frame; fewer where a stream ends."""
        last = self._streams[-1]
        for stream in self._streams:
            if first < stream.frames or stream is last:
                return stream.read(first, count)
            first -= stream.frames
        raise AssertionError


class Sounds:
    """One sound file, kept open between blocks."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sound: _Sound | None = None
        self._left = 0
        self._unclosed = False

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """What the sound is, or `request.count` frames of it from `request.first`."""
        sound = self._open(request.size)
        channels = sound.channels if sound.channels <= 2 else 1
        if request.op == "sound":
            answer = wire.Answer(
                rate=sound.rate,
                channels=channels,
                frames=sound.frames,
                left=self._left,
                unclosed=self._unclosed,
            )
            return answer, b""
        wanted = max(0, min(request.count, wire.MAX_BLOCK))
        samples = sound.read(request.first, wanted)
        while 0 < len(samples) < wanted:
            # One stream ends here, and another may go on.
            more = sound.read(request.first + len(samples), wanted - len(samples))
            if not len(more):
                break
            samples = np.concatenate([samples, more])
        if sound.channels > 2:
            samples = samples.mean(axis=1, keepdims=True)
        whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        # 16-bit files come out as they went in.
        block = np.clip(np.rint(whole * 32768), -32768, 32767).astype("<i2").tobytes()
        return wire.Answer(octets=len(block), rate=sound.rate, channels=channels), block

    def _open(self, size: int) -> _Sound:
        if self._sound is None:
            try:
                sound = self._known(size)
            except Refused as refused:
                if str(refused) != "unsupported":
                    raise
                sound = Whole(self._file, size)
            if not 1 <= sound.channels <= 64 or not 0 < sound.rate <= 768_000:
                raise Refused("unsupported")
            self._sound = sound
        return self._sound

    def _known(self, size: int) -> _Sound:
        self._file.seek(0)
        head = self._file.read(12)
        self._file.seek(0)
        if head[4:8] == b"ftyp" or packets.is_adts(head):
            sound = packets.Packets(self._file, size)
            self._left = sound.left
            return sound
        streams = _streams(self._file, size, head)
        if not streams.views:
            return _Streamed(self._file)
        joined = _Joined(streams.views)
        self._left, self._unclosed = streams.left + joined.left, streams.unclosed
        return joined


def _streams(file: BinaryIO, size: int, head: bytes) -> Streams:
    """What the file is made of; nothing where that is left to libsndfile."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return wave.streams(file, size)
    if head[:4] == b"OggS":
        return links.ogg(file, size)
    if head[:4] == b"fLaC":
        return links.flac(file, size)
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return mpeg.streams(file, size)
    return Streams([])


def warm() -> None:
    """Let libsndfile and the callback machinery load while they still can."""
    for kind, subtype in (("WAV", "PCM_16"), ("OGG", "OPUS"), ("FLAC", "PCM_16")):
        sample = io.BytesIO()
        soundfile.write(sample, np.zeros((480, 1), dtype="float32"), 48000, format=kind, subtype=subtype)
        sample.seek(0)
        Sounds(sample)(wire.Request("sound-block", len(sample.getvalue()), 0, 100))
    packets.warm()
