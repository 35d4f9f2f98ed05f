"""PCM to Ogg/Opus or FLAC, through libsndfile, into a sink that only ever grows.

The encoder holds back a fifth of a second at most: libsndfile's own choice, a page a second, would be
the second that a crash takes away. What the sink gets is whole: pages of Ogg, frames of FLAC, never a part.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import soundfile

from cairn.audio import flac, ogg
from cairn.errors import MachineError

OPUS_RATES = (8000, 12000, 16000, 24000, 48000)
_LEVEL = 0.9
_PAGE_MS = 200.0
_SET_PAGE_LATENCY = 0x1302  # SFC_SET_OGG_PAGE_LATENCY_MS of sndfile.h; the wrapper has no name for it
_FAULTS = (soundfile.SoundFileError, RuntimeError, ValueError, TypeError, AssertionError)


class _Gathered(io.RawIOBase):
    """What libsndfile believes to be a file. What it patches afterwards is kept apart."""

    def __init__(self) -> None:
        self.new = bytearray()
        self.last = b""
        self.patches: list[tuple[int, bytes]] = []
        self._size = 0
        self._at = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def write(self, data: Any) -> int:
        octets = bytes(data)
        if self._at == self._size:
            self.new += octets
            self.last = octets
            self._size += len(octets)
        else:
            self.patches.append((self._at, octets))
        self._at += len(octets)
        return len(octets)


class Encoder:
    """Takes 16-bit PCM and hands encoded bytes to `sink`, the preamble alone in the first call.

    Raises MachineError `audio.encoder-failed`; what the sink raises comes through as it is, and the
    encoder can't be used afterwards.
    """

    def __init__(
        self,
        sink: Callable[[bytes], None],
        encoding: str,
        rate: int = 48000,
        channels: int = 1,
        *,
        total: int = 0,
    ) -> None:
        """`total`, where known, is the number of frames to come: FLAC says it at its beginning."""
        self._sink = sink
        self._opus = encoding == "opus"
        self._rate = rate
        self._total = total
        self._file = _Gathered()
        self._preamble = b""
        self.complete = 0
        """Frames (samples per channel) that are whole in what the sink has got."""
        self.summary = b""
        """After `close`, of FLAC: the STREAMINFO with length and checksum, to stand for the first one."""
        try:
            if self._opus:
                self._sound = soundfile.SoundFile(
                    self._file, "w", rate, channels, "OPUS", format="OGG", compression_level=_LEVEL
                )
                _short_pages(self._sound)
            else:
                self._sound = soundfile.SoundFile(self._file, "w", rate, channels, "PCM_16", format="FLAC")
        except _FAULTS as error:
            raise MachineError("audio.encoder-failed") from error

    def write(self, pcm: bytes | memoryview) -> None:
        """Encode whole frames of little-endian 16-bit samples."""
        if not len(pcm):
            return
        try:
            self._sound.buffer_write(pcm, "int16")
        except _FAULTS as error:
            raise MachineError("audio.encoder-failed") from error
        self._pass_on()

    def close(self) -> None:
        """Encode what is held back and end the stream. May be called again."""
        if self._sound.closed:
            return
        try:
            self._sound.close()
        except _FAULTS as error:
            raise MachineError("audio.encoder-failed") from error
        self._pass_on()
        if not self._opus and self._preamble:
            self.summary = flac.patched(self._preamble, self._file.patches)[flac.STREAMINFO]

    def _pass_on(self) -> None:
        new = self._file.new
        if not self._preamble:
            size = ogg.preamble_size(new) if self._opus else flac.preamble_size(new)
            if not size:
                return
            self._preamble = bytes(new[:size])
            del new[:size]
            known = self._total and not self._opus
            self._sink(flac.with_total(self._preamble, self._total) if known else self._preamble)
        size = self._whole_pages() if self._opus else self._whole_frames()
        if size:
            piece = bytes(memoryview(new)[:size])
            del new[:size]
            self._sink(piece)

    def _whole_pages(self) -> int:
        end = 0
        for page in ogg.pages(self._file.new):
            end = page.end
            if page.granule >= 0:
                heard = max(0, page.granule - ogg.pre_skip(self._preamble))
                self.complete = heard * self._rate // 48000
        return end

    def _whole_frames(self) -> int:
        # libFLAC writes a frame at a time; the last one may be shorter than the others.
        if self._file.new:
            found = flac.frame(self._file.last)
            self.complete = found.number * flac.block_size(self._preamble) + found.samples
        return len(self._file.new)


def _short_pages(sound: Any) -> None:
    latency = soundfile._ffi.new("double *", _PAGE_MS)
    soundfile._snd.sf_command(sound._file, _SET_PAGE_LATENCY, latency, 8)


def software() -> str:
    """The encoder's name and version, for the record."""
    return f"libsndfile {soundfile.__libsndfile_version__}"
