"""The desk: rail, banners, the screen that is open, and the status bar. One for each time a vault is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from cairn.app.arriving import received
from cairn.app.kernel.session import Session
from cairn.app.vault import recovery_words
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.qt.base import messages, tasks
from cairn.qt.base.help_pages import OF_SCREEN
from cairn.qt.base.theme import theme
from cairn.qt.base.writing import writing
from cairn.qt.desk import Screen, WindowSettings
from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.shell.bands import Band
from cairn.qt.shell.folders import FolderMemory
from cairn.qt.shell.rail import Rail
from cairn.qt.shell.recording import RecordingLine
from cairn.qt.shell.registry import SCREENS
from cairn.qt.shell.status import StatusBar
from cairn.qt.widgets import Banner, VLine, choose, column, hline, row
from cairn.qt.widgets.basic import show_if

SPACE_EVERY = 30
COMPACT = 960


class DeskWindow(WindowSettings, Protocol):
    """The window, as far as its desk needs it."""

    recorder: RecorderHost

    def lock(self) -> None:
        """Lock the vault now."""
        ...

    def refresh_space(self) -> None:
        """Look again how much space is free."""
        ...

    def try_writing(self) -> None:
        """Try again to write in a vault in which nothing could be kept."""
        ...


class DeskView(QWidget):
    """What is shown while a vault is open. Implements `cairn.qt.desk.Desk`."""

    def __init__(self, window: DeskWindow, session: Session) -> None:
        super().__init__()
        self._window = window
        self._session = session
        self._screens: dict[str, Screen] = {}
        self._open = ""
        self._focus: dict[str, QWidget] = {}
        """Where the focus was on each screen that was left."""
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
        self._practice: Band | None = None
        if info.practice:
            sentence = self.tr("Practice vault. Everything here is made up. Don't write anything real in it.")
            self._practice = Band(sentence, "warn")
            parts.append(self._practice)
        if session.alarm:
            # The person chose to look at it all the same; what is shown may be an older state.
            sentence = self.tr(
                "This vault does not fit its custody log. What you see may be an older state. "
                "“Check now” under Custody says where it breaks."
            )
            parts.append(Band(sentence, "danger"))
        if session.store.drafts_damaged:
            # Once: the file has another name now, and the next opening finds none.
            parts.append(Band(messages.sentence("storage.drafts-damaged"), "warn"))
        body = row(self.rail, VLine(), middle, space=0)
        parts += [body, hline(), self.status]
        layout = column(*parts, space=0)
        layout.setStretchFactor(body, 1)
        self.setLayout(layout)
        self._layout = layout
        self._unproved: Band | None = None
        self._to_read: Band | None = None
        self.look_whether_kept()
        for number, entry in enumerate(SCREENS, start=1):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(lambda name=entry.name: self.open(name))
        self.refresh_bands()
        choose.use_memory(FolderMemory(session, self))

    def look_whether_kept(self) -> None:
        """Say it, above everything and to whatever would write, where nothing can be kept in the vault now."""
        code = self._session.unwritable
        why = messages.sentence(code) if code else ""
        if why == writing().why and (self._to_read is not None) == bool(why):
            return
        if self._to_read is not None:
            self._layout.removeWidget(self._to_read)
            self._to_read.hide()
            self._to_read.deleteLater()
            self._to_read = None
        if why:
            self._to_read = Band(why, "warn", action=self.tr("Try again"), clicked=self._window.try_writing)
            self._layout.insertWidget(0, self._to_read)
        if self._practice is not None:
            # Where nothing can be written it warns of nothing, and takes the room of what is read.
            show_if(self._practice, not why)
        self.status.set_kept(not why)
        writing().say(why)

    def refresh_bands(self) -> None:
        """What a band tells of may be different now."""
        session = self._session
        tasks.run(self, lambda _progress: received.undecided(session), then=self._show_undecided)
        if not session.info.practice:
            tasks.run(
                self,
                lambda _progress: recovery_words.unproved(session),
                then=self._show_unproved,
            )

    def _show_undecided(self, count: int) -> None:
        said = self.tr("%n received bundle(s) wait for you to decide", "", count)
        self.rail.button("exchange").set_count(count, said)

    def _show_unproved(self, unproved: bool) -> None:
        if unproved and self._unproved is None:
            self._unproved = Band(
                self.tr(
                    "Nobody has typed the recovery words of this vault back. Without them on paper, a forgotten "
                    "passphrase is the end of it."
                ),
                "warn",
                action=self.tr("See to it"),
                clicked=lambda: self.open("settings", "ways.prove"),
            )
            self._layout.insertWidget(0, self._unproved)
        if self._unproved is not None:
            show_if(self._unproved, unproved)

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
        self.look_whether_kept()
        tone = "danger" if isinstance(error, IntegrityError | MachineError) else "warn"
        self.say(messages.sentence(error), tone)

    def open(self, screen: str, what: str = "") -> None:
        """Go to a screen; `what` names one thing on it."""
        before = self._screens.get(self._open)
        if before is not None and screen != self._open:
            self._keep_focus(before)
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
        elif now is not before:
            self._give_focus(screen)

    def _keep_focus(self, screen: Screen) -> None:
        """Remember where the person was on a screen that is left."""
        where = self.window().focusWidget()
        if screen.isAncestorOf(where):
            self._focus[self._open] = where

    def _give_focus(self, screen: str) -> None:
        """Put the cursor back where it was on this screen, if that can still be seen there."""
        where = self._focus.pop(screen, None)
        if where is not None and shiboken6.isValid(where) and where.isVisible() and where.isEnabled():
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_page(self) -> str:
        """The page of the help for what is in front."""
        now = self._screens.get(self._open)
        return (now.help_page() if now is not None else "") or OF_SCREEN.get(self._open, "")

    def show_help(self) -> bool:
        """Open that page; the help leads back."""
        before, page = self._open, self.help_page()
        if before != "help":
            self.open("help", page)
            self._screens["help"].came_from(before)
        return True

    def open_file(self, screen: str, path: Path) -> bool:
        """Go to a screen with a file that was opened from outside; False where it can't be taken now."""
        self.open(screen)
        return self._screens[screen].open_file(path)

    def record_or_stop(self) -> None:
        """F9: to the conversation that is recorded, or what the screen in front makes of it."""
        if self.recorder.active:
            self.show_recording()
        now = self._screens.get(self._open)
        if now is not None:
            now.record_or_stop()

    def shown(self, name: str) -> Screen:
        """A screen that has been opened."""
        return self._screens[name]

    def place(self) -> tuple[str, str]:
        """Where the person is: the screen's name and an id on it."""
        now = self._screens.get(self._open)
        return self._open or "interviews", now.where() if now is not None else ""

    def leave(self) -> None:
        """The vault is being locked: every screen hands its unsaved words over."""
        choose.use_memory(None)
        for screen in self._screens.values():
            screen.leave()
            screen.let_go()
        writing().say("")
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None

    def show_saved(self, text: str, *, waiting: bool = False) -> None:
        """The state of saving."""
        self.status.show_saved(text, waiting=waiting)

    def lock(self) -> None:
        """Lock the vault now."""
        self._window.lock()

    @property
    def settings(self) -> WindowSettings:
        """The window, as far as the settings change it."""
        return self._window

    def tick(self, left: int) -> None:
        """Once a second, with the seconds until the idle lock."""
        self.look_whether_kept()
        self.status.show_lock(left)
        self._ticks += 1
        if self._ticks % SPACE_EVERY == 0:
            self._window.refresh_space()
