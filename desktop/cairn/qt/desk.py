"""What a screen is, and all that it may ask of what stands around it.

Screens know these protocols and nothing of the window: `shell/` implements them. Nothing here comes from the
media, from a screen or from the shell, so a screen can be built and tested at any desk.

Background work is not asked of the desk: `cairn.qt.base.tasks.run` is the one door to it, for every widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from cairn.model.ids import RecordId, RootId
from cairn.model.values import MomentMs
from cairn.qt.base import tasks
from cairn.qt.widgets.entrance import Entrance

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.app.sound.recording_choices import Choices
    from cairn.audio.recorder import Snapshot
    from cairn.decode.host import DecodeHost
    from cairn.errors import CairnError
    from cairn.model.kinds.recording import Mark
    from cairn.model.ports import Progress

T = TypeVar("T")
RecordingState = Literal["idle", "starting", "recording", "ending"]


class AudioDevice(Protocol):
    """A microphone as the system names it."""

    @property
    def key(self) -> str:
        """Finds it again."""
        ...

    @property
    def name(self) -> str:
        """What the system calls it."""
        ...


class AudioInput(Protocol):
    """The one microphone that is listened to, be it recorded or only its level looked at."""

    key: str
    """Which it is; empty for the system's choice."""

    @property
    def samples(self) -> SignalInstance:
        """(bytes): 16-bit mono samples."""
        ...

    @property
    def failed(self) -> SignalInstance:
        """(CairnError): it could not be started."""
        ...

    @property
    def lost(self) -> SignalInstance:
        """It delivers no more."""
        ...

    @property
    def devices_changed(self) -> SignalInstance:
        """A microphone came or went, once `microphones` was asked."""
        ...

    @property
    def running(self) -> bool:
        """Whether it was started, and not stopped since."""
        ...

    @property
    def heard(self) -> bool:
        """Whether something came from it since."""
        ...

    def microphones(self) -> Sequence[AudioDevice]:
        """The inputs that are there, the system's choice first."""
        ...

    def start(self, key: str = "") -> None:
        """Listen to this one."""
        ...

    def stop(self) -> None:
        """Listen no more."""
        ...


class Recorder(Protocol):
    """The recording that may be under way. It is the window's: it outlives the desk, and each screen."""

    choices: Choices
    """The settings of the vault that was opened last."""
    next_question: Callable[[], None] | None
    """Stamps the next question of the guide, where one is shown for this recording."""
    state: RecordingState
    interview: RootId
    """Id of the interview that is recorded; empty without a recording."""
    recording: RecordId
    """Id of the recording; empty without one."""

    @property
    def changed(self) -> SignalInstance:
        """(Snapshot): ten times a second while something is recorded, and at once after each act."""
        ...

    @property
    def state_changed(self) -> SignalInstance:
        """`state` is another."""
        ...

    @property
    def marked(self) -> SignalInstance:
        """(Mark): made by hand."""
        ...

    @property
    def kept(self) -> SignalInstance:
        """(interview, recording): it is kept in the vault."""
        ...

    @property
    def capture(self) -> AudioInput:
        """The microphone."""
        ...

    @property
    def active(self) -> bool:
        """Whether a recording is under way, be it paused or being ended."""
        ...

    @property
    def snapshot(self) -> Snapshot | None:
        """How the recording stands, or None."""
        ...

    @property
    def off_record(self) -> bool:
        """Whether what is said now is off the record."""
        ...

    def at(self, interview: RootId) -> MomentMs | None:
        """The time in the sound at which we are now (ms), where it is this interview that is recorded."""
        ...

    def belongs_to(self, session: Session) -> bool:
        """Whether the recording is one of this vault."""
        ...

    def warm_up(self) -> None:
        """Somebody may record soon."""
        ...

    def begin(self, session: Session, interview: RootId, *, key: str = "") -> None:
        """Record this interview with the microphone `key`."""
        ...

    def stop(self, session: Session | None) -> None:
        """Stop the recording and keep it in the vault."""
        ...

    def mark(self, kind: str = "mark", text: str = "") -> Mark | None:
        """Mark this moment; None where nothing is recorded."""
        ...

    def set_reason(self, text: str) -> None:
        """Why it is paused."""
        ...

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        ...

    def off(self, *, keep_recording: bool | None = None) -> None:
        """Off the record; without a choice as the settings say."""
        ...

    def toggle_off(self) -> None:
        """Off the record, or on it again."""
        ...


class WindowSettings(Protocol):
    """What the settings change of the window itself. It outlives the desk."""

    lock_minutes: int
    """Minutes without a key or a touch until the vault locks; 0 for never."""

    def screen_lock_heard_from(self) -> tuple[str, ...]:
        """Who tells Cairn that the screen was locked: `windows`, `logind`, names of screen savers; nobody where empty."""
        ...

    @property
    def capture_hidden(self) -> bool | None:
        """Whether other programs' pictures of the screen show nothing of Cairn; None where that can't be had."""
        ...

    def set_capture_hidden(self, hidden: bool) -> None:
        """Hide the windows from such pictures, or show them."""
        ...

    def set_usable(self, usable: bool) -> None:
        """Shut the desk off, or open it again: nothing else may use the vault meanwhile."""
        ...

    def run_on(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[CairnError], None] | None = None,
    ) -> tasks.Task:
        """Background work that is heard even though the widget which asked is gone."""
        ...

    def rebuild_soon(self) -> None:
        """Build anew what is shown, at the same place: language or text size changed."""
        ...


class Desk(Protocol):
    """What the window does for its screens while a vault is open."""

    @property
    def session(self) -> Session:
        """The open vault."""
        ...

    @property
    def decoder(self) -> DecodeHost:
        """Decodes untrusted files in children without keys; closed when the vault is locked."""
        ...

    @property
    def recorder(self) -> Recorder:
        """The recording that may be under way."""
        ...

    @property
    def settings(self) -> WindowSettings:
        """The window, as far as the settings change it."""
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

    def refresh_bands(self) -> None:
        """What a band across the window tells of may be different now."""
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

    def came_from(self, screen: str) -> None:
        """The person was at another screen, and may want to go back to it."""

    def open_file(self, path: Path) -> bool:
        """Take a file that was opened from outside; False where something must be ended first."""
        return False

    def record_or_stop(self) -> None:
        """The key for it was pressed (F9), wherever the person is on this screen."""


class EntranceDesk(Protocol):
    """What the window does for the screens before the vault."""

    @property
    def opened_file(self) -> Path | None:
        """The file that was opened from outside and waits for a vault."""
        ...

    def forget_file(self) -> None:
        """The person does not want to go on with it."""
        ...

    def begin(self) -> None:
        """Show the first screen."""
        ...

    def show_unlock(self, folder: Path | None = None) -> None:
        """The card that opens a vault."""
        ...

    def show_setup(self) -> None:
        """The wizard that makes a vault."""
        ...

    def show_practice(self) -> None:
        """Make (or open) the practice vault."""
        ...

    def show_outside(self) -> None:
        """What can be said of a bundle without any key."""
        ...

    def show_restore(self) -> None:
        """Make a vault from a backup."""
        ...

    def show_salvage(self, folder: Path | None = None) -> None:
        """What is left of a damaged vault or backup, and a vault made of it."""
        ...

    def show_entrance(self, entrance: Entrance) -> None:
        """Put another screen before the vault into the window."""
        ...

    def show_help(self) -> None:
        """Open the help over what is shown."""
        ...

    def hold(self, session: Session) -> None:
        """A vault is open already while its screen before the desk is still shown.

        Should the person leave before `enter`, it is locked.
        """
        ...

    def enter(self, session: Session) -> None:
        """A vault was opened: show the desk."""
        ...

    def close_unwanted(self, session: Session | None, error: CairnError | None = None) -> None:
        """For `orphaned` of work that opens a vault: whoever asked has left, so nobody would lock it."""
        ...
