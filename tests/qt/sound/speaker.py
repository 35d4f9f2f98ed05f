"""An output that hears what is fed, as fast as the test says; no device."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cairn.qt.media.sound.playback import Playback
from cairn.qt.media.sound.player import Player


class Speaker(Playback):
    """Takes everything at once; the test says what has been heard."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heard = bytearray()
        self.on = False
        self.done = False
        self.missing = False
        self.starts = 0

    @property
    def playing(self) -> bool:
        return self.on

    def start(self, rate: int, channels: int) -> bool:
        self.heard.clear()
        self.starts += 1
        self.on, self.done = not self.missing, False
        return self.on

    def feed(self, samples: bytes) -> None:
        self.heard += samples

    def finish(self) -> None:
        self.done = True

    def stop(self) -> None:
        self.on = False

    def end(self) -> None:
        """All that was fed has been heard."""
        self.on = False
        self.ended.emit()


def plug(player: Player) -> Speaker:
    """Give a player this output."""
    made = Speaker(player)
    player.plug(made)
    return made
