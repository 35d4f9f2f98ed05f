"""The viewer of sound files: the same hearing as for a recording, with a picture drawn while one listens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cairn.audio.peaks import peaks_of
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError
from cairn.model.ports import Progress, ReadableAt
from cairn.qt.base import tasks
from cairn.qt.media.sound.box import SoundBox
from cairn.qt.media.viewers.pane import Pane
from cairn.qt.widgets import label

_PIECE_SECONDS = 2


class SoundPane(Pane):
    """A sound file with its waveform. Space plays and pauses; the other keys are those of every sound."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.box = SoundBox()
        self._drawing: tasks.Task | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "soft", wrap=True)
        self.words.hide()
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addWidget(self.box)
        layout.addStretch(2)
        self.setFocusProxy(self.box)
        self.box.player.ready.connect(self._ready)
        self.box.player.failed.connect(self.failed)

    def say(self, words: str) -> None:
        """Stand this above the sound."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def begin(self, name: str, source: ReadableAt) -> None:
        """Ask what the sound is; it is shown when that is known."""
        self._cancel()
        self.box.waveform.clear()
        self.box.waveform.setAccessibleName(self.tr("Sound over time: {name}").format(name=name))
        self.box.open(source, self.host)

    def stop(self) -> None:
        """Let go of the file: silence, no samples, no picture."""
        super().stop()
        self._cancel()
        self.box.let_go()

    def _cancel(self) -> None:
        if self._drawing is not None:
            self._drawing.drop(stop=True)
            self._drawing = None

    def _ready(self) -> None:
        self.shown.emit()
        if self.source is not None:
            self._draw(self.source)

    def _draw(self, source: ReadableAt) -> None:
        host, turn = self.host, self._turn
        # Another object is another child: what is listened to does not wait for what is drawn.
        twin = _Twin(source)

        def work(progress: Progress) -> bytes:
            try:
                info = host.sound(twin)
                frames = _PIECE_SECONDS * info.rate
                at = 0

                def pieces() -> Iterator[bytes]:
                    nonlocal at
                    while block := host.sound_block(twin, at, frames):
                        at += len(block) // (2 * info.channels)
                        progress(at, info.frames or None)
                        yield block

                return peaks_of(pieces(), info.rate, info.channels)
            finally:
                host.release(twin)

        def arrived(peaks: bytes) -> None:
            if turn == self._turn:
                self.box.waveform.set_peaks(peaks)

        def failed(_error: CairnError) -> None:
            """It can be heard without a picture; where it can't, playing says why."""

        self._drawing = tasks.run(self, work, then=arrived, failed=failed, orphaned=_ignore, lane="long")


class FilmPane(SoundPane):
    """The sound of a film. Its pictures are not shown: that takes more of a decoder than Cairn lets in."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.say(
            self.tr(
                "Cairn plays the sound of this film and does not show its pictures. Copy it out to see them."
            )
        )


class _Twin:
    """The same bytes under another name."""

    def __init__(self, source: ReadableAt) -> None:
        self._source = source
        self.size = source.size

    def read_at(self, offset: int, length: int, /) -> bytes:
        return self._source.read_at(offset, length)


def _ignore(_result: object, _error: CairnError | None) -> None:
    """Nobody waits for this picture any more."""
