"""A vault on a medium that can only be read: the band, what is off, and the question before a copy that nothing tells of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from cairn.app.program import practice
from cairn.errors import MachineError
from cairn.vault import folder as places
from drive import reading

if TYPE_CHECKING:
    from drive.scenes import Scenes


def _refused(_folder: Path, _header: object) -> None:
    raise MachineError("machine.read-only")


def play(scenes: Scenes) -> None:
    """In the practice vault, which is opened anew for it and written again afterwards."""
    scenes.lock()
    with mock.patch.object(places, "require_writable", _refused):
        scenes.enter(scenes.stage.practice, practice.PASSPHRASE)
        screen = scenes.screen("interviews")
        scenes.row(screen.list, "Practice: The baker")
        screen.workspace.tabs.open("account")
        scenes.take("to-read")
        screen.workspace.tabs.open("read")
        scenes.person.settle()
        reading.ask(scenes, screen.workspace.read._save, "sheet-copy-noted-nowhere")
        scenes.screen("settings")
        scenes.take("settings-to-read")
        scenes.lock()
    scenes.enter(scenes.stage.practice, practice.PASSPHRASE)
