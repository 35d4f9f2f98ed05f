"""Sound that only the library of packets knows, and only as a whole file: WebM, WMA, WavPack and others.

Such a file and all of its samples must fit into the child's memory; what is longer is refused as too big. It is
decoded once, from its beginning to its end: a jump of that library lands beside its goal.
"""

from __future__ import annotations

from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from cairn.decode.refusal import Refused

try:
    import codecpod
except ImportError:
    codecpod = None  # type: ignore[assignment]  # no wheel for this machine: such sound is refused

MAX_FILE = 96 << 20
"""Longest file, in bytes."""
_NEARLY = 1 << 16
MAX_SAMPLES = 100_000_000
"""Most samples of all channels together: 35 minutes of 48,000 a second with one channel."""


class Whole:
    """One sound in memory. Raises Refused `unsupported`, `too-big`."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        if codecpod is None:
            raise Refused("unsupported")
        if size > MAX_FILE:
            raise Refused("too-big" if _is_sound(file) else "unsupported")
        file.seek(0)
        data = file.read(size)
        try:
            about = codecpod.info(data)
            self.channels = int(about.channels)
            if not 1 <= self.channels <= 64:
                raise Refused("unsupported")
            most = MAX_SAMPLES // self.channels
            loaded = codecpod.load(data, num_frames=most, channels_first=False)
        except (codecpod.CodecpodError, ValueError) as error:
            raise Refused("unsupported") from error
        samples, rate = cast("tuple[npt.NDArray[np.float32], int]", loaded)
        # A jump over its end is not taken: it stops a packet or so before it.
        if len(samples) >= most - _NEARLY:
            raise Refused("too-big")
        self._samples = np.asarray(samples, np.float32).reshape(len(samples), -1)
        self.rate = int(rate)
        self.frames = len(self._samples)
        if not self.frames:
            raise Refused("unsupported")

    def read(self, first: int, count: int) -> npt.NDArray[np.float32]:
        """Up to `count` frames from `first`, a row a frame."""
        return self._samples[first : first + count]


def _is_sound(file: BinaryIO) -> bool:
    """Whether the head is that of a film or a sound that would be decoded if it were shorter."""
    file.seek(0)
    return file.read(4) in (b"\x1a\x45\xdf\xa3", b"\x30\x26\xb2\x75", b"wvpk", b"MAC ")
