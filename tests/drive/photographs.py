"""A copy for sharing is made of a picture: begun, then turned and with two black rectangles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drive.person import wait_for

if TYPE_CHECKING:
    from drive.scenes import Scenes


def play(scenes: Scenes, screen: Any) -> None:
    """From the screen of interviews."""
    scenes.row(screen.list, "Practice: The baker")
    screen.workspace.tabs.open("files")
    files = screen.workspace.files
    scenes.row(files.list, "the bakery")
    scenes.click(files.photo.copy)
    canvas = files.editor.canvas
    wait_for(lambda: not canvas.full.isEmpty(), 10)
    scenes.take("photo-copy")
    canvas.turn()
    for _ in range(2):
        canvas.add_in_middle()
    canvas._move(5, 3, size=False)
    canvas._move(4, 2, size=True)
    scenes.take("photo-copy-blacked-out")
    scenes.click(files.editor._cancel)
