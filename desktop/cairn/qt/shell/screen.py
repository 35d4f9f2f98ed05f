"""What a screen is, and the desk it works at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.session import Session
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.qt.base import tasks

if TYPE_CHECKING:
    from cairn.qt.media.recording.host import RecorderHost
    from cairn.qt.shell.window import Window

T = TypeVar("T")


class Desk(Protocol):
    """What the window does for its screens."""

    @property
    def session(self) -> Session:
        """The open vault."""
        ...

    @property
    def decoder(self) -> DecodeHost:
        """Decodes untrusted files in children without keys; closed when the vault is locked."""
        ...

    def run(
        self,
        context: QObject,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[CairnError], None] | None = None,
        progress: Callable[[int, int | None], None] | None = None,
        orphaned: Callable[[T | None, CairnError | None], None] | None = None,
        lane: tasks.Lane = "vault",
    ) -> tasks.Task:
        """Background work, see `cairn.qt.base.tasks.run`. Without `failed`, an error becomes a banner."""
        ...

    def say(
        self,
        sentence: str,
        tone: str = "neutral",
        *,
        action: str = "",
        clicked: Callable[[], Any] | None = None,
    ) -> None:
        """A banner above the screen; `tone` neutral, good, warn or danger."""
        ...

    def fail(self, error: CairnError) -> None:
        """A banner with the error's sentence."""
        ...

    def open(self, screen: str, what: str = "") -> None:
        """Go to a screen by its name; `what` is handed to its `show_item`."""
        ...

    def show_saved(self, text: str, *, waiting: bool = False) -> None:
        """The state of saving, in the status bar."""
        ...

    def lock(self) -> None:
        """Lock the vault now."""
        ...

    def set_badge(self, screen: str, count: int) -> None:
        """A number beside a word of the rail."""
        ...

    @property
    def recorder(self) -> RecorderHost:
        """The recording that may be under way. It is the window's and outlives this desk."""
        ...

    @property
    def window_shell(self) -> Window:
        """The window, for the settings that change it."""
        ...


class Screen(QWidget):
    """A screen of the main window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def enter(self) -> None:
        """It is shown, or shown again: load what may have changed."""

    def leave(self) -> None:
        """Another screen is shown, or the vault is being locked: hand unsaved words to the draft."""

    def let_go(self) -> None:
        """The vault is being locked: close what is open, above all what holds a key."""

    def show_item(self, what: str) -> None:
        """Show one thing of this screen, named by its id."""

    def help_page(self) -> str:
        """The page of the help for what is shown now; none: the screen's own."""
        return ""

    def where(self) -> str:
        """What is shown now, as an id for `show_item`: so that unlocking comes back to it. Never content."""
        return ""
