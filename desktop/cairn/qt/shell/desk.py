"""The desk: rail, banners, the screen that is open, and the status bar. One for each time a vault is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from cairn.app.kernel.session import Session
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.screens.help.pages import OF_SCREEN
from cairn.qt.shell.bands import Band
from cairn.qt.shell.rail import Rail
from cairn.qt.shell.recording import RecordingLine
from cairn.qt.shell.registry import SCREENS
from cairn.qt.shell.screen import Screen
from cairn.qt.shell.status import StatusBar
from cairn.qt.widgets import Banner, VLine, column, hline, row

if TYPE_CHECKING:
    from cairn.qt.shell.window import Window

T = TypeVar("T")
SPACE_EVERY = 30
COMPACT = 960


class DeskView(QWidget):
    """What stands behind the gate. Implements `cairn.qt.shell.screen.Desk`."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__()
        self._window = window
        self._session = session
        self._screens: dict[str, Screen] = {}
        self._open = ""
        self._ticks = 0
        self._decoder: DecodeHost | None = None
        self.rail = Rail()
        self.rail.wanted.connect(self.open)
        self.rail.lock_wanted.connect(self.lock)
        self.banner = Banner()
        self.recording = RecordingLine(window.recorder)
        self.recording.wanted.connect(self.show_recording)
        self.status = StatusBar(self.recording)
        window.recorder.state_changed.connect(self._tell_rail)
        self._tell_rail()
        info = session.info
        kind = (
            self.tr("Office vault “{label}”") if info.role == "office" else self.tr("Field vault “{label}”")
        )
        self.status.show_vault(kind.format(label=info.label))
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme().px(120))
        top = QWidget()
        inset = column(self.banner, margin=0)
        edge = theme().px(24)
        inset.setContentsMargins(edge, theme().px(8), edge, 0)
        top.setLayout(inset)
        self.banner.closed.connect(top.hide)
        self._top = top
        top.hide()
        middle = column(top, self._stack, space=0)
        parts: list[Any] = []
        if info.practice:
            sentence = self.tr("Practice vault. Everything here is made up. Don't write anything real in it.")
            parts.append(Band(sentence, "warn"))
        if session.alarm:
            # The person chose to look at it all the same; what is shown may be an older state.
            sentence = self.tr(
                "This vault does not fit its custody log. What you see may be an older state. "
                "“Check now” under Custody says where it breaks."
            )
            parts.append(Band(sentence, "danger"))
        body = row(self.rail, VLine(), middle, space=0)
        parts += [body, hline(), self.status]
        layout = column(*parts, space=0)
        layout.setStretchFactor(body, 1)
        self.setLayout(layout)
        for number, entry in enumerate(SCREENS, start=1):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(lambda name=entry.name: self.open(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that is narrow for its text size shows the rail without its words."""
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < theme().px(COMPACT))

    @property
    def session(self) -> Session:
        """The open vault."""
        return self._session

    @property
    def decoder(self) -> DecodeHost:
        """Decodes untrusted files in children without keys."""
        if self._decoder is None:
            self._decoder = DecodeHost()
        return self._decoder

    @property
    def recorder(self) -> RecorderHost:
        """The recording that may be under way."""
        return self._window.recorder

    def _tell_rail(self) -> None:
        self.rail.button("interviews").set_recording(self.recorder.active)

    def show_recording(self) -> None:
        """Go to the conversation that is recorded."""
        if self.recorder.belongs_to(self._session):
            self.open("interviews", f"{self.recorder.interview}#conversation")
        else:
            self.say(self.tr("What is recorded belongs to another vault. Open that one to stop it."), "warn")

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
        """Background work; without `failed`, an error becomes a banner."""
        return tasks.run(
            context,
            work,
            then=then,
            failed=failed or self._fail_quietly,
            progress=progress,
            orphaned=orphaned or self._orphaned,
            lane=lane,
        )

    def _orphaned(self, _result: object, error: CairnError | None) -> None:
        """What failed for a form that was closed meanwhile is said all the same, as long as the vault is open."""
        if error is not None and self._window.desk is self:
            self._fail_quietly(error)

    def say(
        self,
        sentence: str,
        tone: str = "neutral",
        *,
        action: str = "",
        clicked: Callable[[], Any] | None = None,
    ) -> None:
        """A banner above the screen."""
        self._top.show()
        self.banner.show_message(sentence, tone, action=action, clicked=clicked)

    def fail(self, error: CairnError) -> None:
        """A banner with the error's sentence."""
        tone = "danger" if isinstance(error, IntegrityError | MachineError) else "warn"
        self.say(messages.sentence(error), tone)

    def _fail_quietly(self, error: CairnError) -> None:
        from cairn.errors import Cancelled

        if not isinstance(error, Cancelled):
            self.fail(error)

    def open(self, screen: str, what: str = "") -> None:
        """Go to a screen; `what` names one thing on it."""
        before = self._screens.get(self._open)
        if before is not None and screen != self._open:
            before.leave()
            self.banner.clear()
        if screen not in self._screens:
            entry = next(entry for entry in SCREENS if entry.name == screen)
            self._screens[screen] = entry.make(self)
            self._stack.addWidget(self._screens[screen])
        now = self._screens[screen]
        self._open = screen
        self.rail.show_chosen(screen)
        self._stack.setCurrentWidget(now)
        now.enter()
        if what:
            now.show_item(what)

    def help_page(self) -> str:
        """The page of the help for what is in front."""
        now = self._screens.get(self._open)
        return (now.help_page() if now is not None else "") or OF_SCREEN.get(self._open, "")

    def show_help(self) -> None:
        """Open that page; the help leads back."""
        from cairn.qt.screens.help.screen import HelpScreen

        before, page = self._open, self.help_page()
        if before == "help":
            return
        self.open("help", page)
        shown = self._screens["help"]
        if isinstance(shown, HelpScreen):
            shown.came_from(before)

    def shown(self, name: str) -> Screen:
        """A screen that has been opened."""
        return self._screens[name]

    def shown_now(self) -> Screen | None:
        """The screen that is in front."""
        return self._screens.get(self._open)

    def place(self) -> tuple[str, str]:
        """Where the person is: the screen's name and an id on it."""
        now = self._screens.get(self._open)
        return self._open or "interviews", now.where() if now is not None else ""

    def leave(self) -> None:
        """The vault is being locked: every screen hands its unsaved words over."""
        for screen in self._screens.values():
            screen.leave()
            screen.let_go()
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None

    def show_saved(self, text: str, *, waiting: bool = False) -> None:
        """The state of saving."""
        self.status.show_saved(text, waiting=waiting)

    def set_badge(self, screen: str, count: int) -> None:
        """A number beside a word of the rail."""
        self.rail.button(screen).set_count(count)

    def lock(self) -> None:
        """Lock the vault now."""
        self._window.lock()

    @property
    def window_shell(self) -> Window:
        """The window, for the settings that change it."""
        return self._window

    def tick(self, left: int) -> None:
        """Once a second, with the seconds until the idle lock."""
        self.status.show_lock(left)
        self._ticks += 1
        if self._ticks % SPACE_EVERY == 0:
            self._window.refresh_space()
