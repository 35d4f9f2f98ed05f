"""The one window: the entrance (unlock, set up, look at a bundle), and the desk while a vault is open.

Locking covers the content first, then lets the vault lane finish what was typed, signs a checkpoint
and forgets the keys. What was shown comes back after unlocking: only ids are remembered for that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from cairn import paths
from cairn.app.kernel import preferences
from cairn.app.sound import recording_choices as choices
from cairn.errors import CairnError
from cairn.qt.base import faults, messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.base.windows import CaptureGuard, on_windows
from cairn.qt.media.recording.host import RecorderHost
from cairn.qt.shell.closing import Closing
from cairn.qt.shell.copied import Copied
from cairn.qt.shell.helping import Helped, Helper
from cairn.qt.shell.lock_keeper import LockKeeper
from cairn.qt.shell.open_file import FileOpener
from cairn.qt.shell.recording import RecordingStrip
from cairn.qt.shell.recording_care import RecordingCare
from cairn.qt.shell.recording_keys import RecordingKeys
from cairn.qt.shell.writing_again import WritingAgain
from cairn.qt.widgets import column, reading_order
from cairn.qt.widgets.entrance import Entrance

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.model.ports import Progress
    from cairn.qt.shell.desk_view import DeskView

T = TypeVar("T")
DEFAULT_MINUTES = 5
TITLE_BAR = 32
"""What a window manager adds above, about, in logical pixels."""


class Window(QMainWindow):
    """Cairn's window. Its title never says what is inside."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.setWindowTitle("Cairn")
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        self._restore_geometry()
        self._stack = QStackedWidget()
        self.recorder = RecorderHost(self)
        self.strip = RecordingStrip(self.recorder)
        behind = QWidget()
        layout = column(self.strip, self._stack, space=0)
        layout.setStretchFactor(self._stack, 1)
        behind.setLayout(layout)
        self.setCentralWidget(behind)
        self._keys = RecordingKeys(self, self.recorder, self._record_or_stop)
        self._care = RecordingCare(self, self.recorder, self)
        self.helper = Helper(self, self._stack, self._shown)
        self.opener = FileOpener(self, app, self)
        self.desk: DeskView | None = None
        self._unentered: Session | None = None
        self._lost = False
        self.copied = Copied(self)
        self._closing = Closing(self)
        self._again = WritingAgain(self, self)
        self._entrance: Entrance | None = None
        self._back: tuple[Path, str, str] | None = None
        self.guard = CaptureGuard(app, self) if on_windows() else None
        """Hides the windows from pictures of the screen, where the system can."""
        self.keeper = LockKeeper(app, self)
        self.keeper.lock_wanted.connect(self.lock)
        self.keeper.ticked.connect(self._tick)
        for keys, act in (("Ctrl+L", self.lock), ("Ctrl+Q", self.close)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)
        tasks.on_error(self.fail)
        tasks.on_lost(self._words_lost)
        faults.on_bug(self.say_bug)
        theme().changed.connect(self._repaint)

    # Before the vault

    def begin(self, *, practice: bool = False, folder: Path | None = None) -> None:
        """The first screen: unlock the vault used last, or the ways to begin."""
        known = preferences.known_vaults()
        if practice and not known:
            self.show_practice()
            return
        self.show_unlock(folder or next((vault.folder for vault in known if vault.last), None))

    def show_unlock(self, folder: Path | None = None) -> None:
        """The card that opens a vault."""
        from cairn.qt.screens.unlock.screen import UnlockScreen

        self.show_entrance(UnlockScreen(self, folder))

    def show_setup(self) -> None:
        """The wizard that makes a vault."""
        from cairn.qt.screens.setup.screen import SetupScreen

        self.show_entrance(SetupScreen(self))

    def show_practice(self) -> None:
        """Make (or open) the practice vault."""
        from cairn.qt.screens.unlock.practice import PracticeScreen

        self.show_entrance(PracticeScreen(self))

    def show_outside(self, path: Path | None = None) -> None:
        """What can be said of a bundle without any key; `path` was double-clicked, and can be gone on with."""
        from cairn.qt.screens.exchange.outside import OutsideScreen

        self.show_entrance(OutsideScreen(self.begin, go_on=self.opener.open_vault_for, path=path))

    def show_restore(self) -> None:
        """Make a vault from a backup."""
        from cairn.qt.screens.setup.restore import RestoreScreen

        self.show_entrance(RestoreScreen(self))

    def show_salvage(self, folder: Path | None = None) -> None:
        """What is left of a damaged vault or backup, and a vault made of it."""
        from cairn.qt.screens.setup.salvage import SalvageScreen

        self.show_entrance(SalvageScreen(self, folder))

    def hold(self, session: Session) -> None:
        """A vault is open already while its screen before the desk is still shown (new words, new passphrase).

        Should the person leave before `enter`, it is locked.
        """
        self._unentered = session

    def _let_go(self, then: Callable[[], Any] | None = None) -> None:
        session, self._unentered = self._unentered, None
        if session is not None:
            self._close(session, then)
        elif then is not None:
            then()

    @property
    def making(self) -> bool:
        """Whether a vault is being made or recovered: such a screen must not be replaced."""
        before = self._entrance
        return self._unentered is not None or (before is not None and not before.replaceable)

    def _shown(self) -> Helped | None:
        return self.desk if self.desk is not None else self._entrance

    @property
    def opened_file(self) -> Path | None:
        """The file that was opened from outside and waits for a vault."""
        return self.opener.waiting

    def forget_file(self) -> None:
        """The person does not want to go on with it."""
        self.opener.forget()

    def show_help(self) -> None:
        """Open the help where the person is."""
        self.helper.help()

    @property
    def shown(self) -> QWidget:
        """What fills the window now."""
        return self._entrance if self.desk is None and self._entrance is not None else self._stack

    @property
    def locked(self) -> bool:
        """Whether no desk is shown."""
        return self.desk is None

    @property
    def entrance(self) -> Entrance | None:
        """The screen before the vault, while none is open."""
        return self._entrance

    def show_entrance(self, entrance: Entrance) -> None:
        """Put a screen before the vault into the window."""
        self._drop_entrance()
        self.helper.close()
        self._entrance = entrance
        self._stack.addWidget(entrance)
        self._stack.setCurrentWidget(entrance)
        entrance.setFocus()

    def _drop_entrance(self) -> None:
        if self._entrance is not None:
            self._stack.removeWidget(self._entrance)
            self._entrance.hide()
            self._entrance.deleteLater()
            self._entrance = None

    # With the vault

    def enter(self, session: Session) -> None:
        """A vault was opened: show the desk, where the person was before."""
        from cairn.app.kernel import session as sessions
        from cairn.qt.shell.desk_view import DeskView

        self._unentered = None
        self.helper.close()
        self.recorder.choices = choices.load(session)
        minutes = preferences.inside(session, sessions.AUTO_LOCK, DEFAULT_MINUTES)
        self.lock_minutes = minutes if isinstance(minutes, int) else DEFAULT_MINUTES
        if self.guard is not None:
            self.guard.set_hidden(preferences.inside(session, sessions.HIDE_FROM_CAPTURE, True) is not False)
        self.desk = DeskView(self, session)
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self._drop_entrance()
        screen, what = "interviews", ""
        if self._back is not None and self._back[0] == session.info.folder:
            _, screen, what = self._back
        self.desk.open(screen, what)
        self.keeper.start()
        self.refresh_space()
        self.strip.set_covered(True)
        self._care.keep_unfinished(session)
        self.opener.entered(self.desk)

    def lock(
        self, _why: str = "", then: Callable[[], Any] | None = None, *, end_recording: bool = False
    ) -> None:
        """Lock now. The content is covered at once; what was typed is kept.

        A recording goes on or ends as the settings say; with `end_recording` it ends.
        """
        desk = self.desk
        if desk is None:
            if self._unentered is not None:
                folder = self._unentered.info.folder
                self._let_go(then)
                self.show_unlock(folder)
            return
        session, folder = desk.session, desk.session.info.folder
        self._lost = False
        self.desk = None
        self.keeper.stop()
        self.set_capture_hidden(True)
        self._back = (folder, *desk.place())
        desk.leave()
        tasks.drop_all()
        self._close_dialogs(desk)
        self.strip.set_covered(False)
        self.show_unlock(folder)
        self._stack.removeWidget(desk)
        desk.hide()
        desk.deleteLater()
        # What was copied or selected here must not outlast the lock; what other programs copied is not ours.
        self.copied.clear()
        self.recorder.vault_locks(session, end=end_recording)
        self._close(session, then)

    def _close_dialogs(self, desk: DeskView) -> None:
        """Dialogs and menus are windows of their own: they would stand over the lock until they are deleted."""
        for one in desk.findChildren(QWidget):
            if one.isWindow() and one.isVisible():
                one.close()
                self.activateWindow()

    def _close(self, session: Session, then: Callable[[], Any] | None = None) -> None:
        """Sign, write and forget the keys, after everything that waits to be written."""

        def closed(_result: object) -> None:
            self.keeper.let_sleep()
            if self.desk is None:
                theme().forget_widgets(self._app)
            if then is not None:
                then()

        def refused(error: CairnError) -> None:
            self.keeper.let_sleep()
            if not self._lost:
                self.tell_entrance(messages.sentence(error))
            if then is not None:
                then()

        tasks.run(self, lambda _progress: session.close(), then=closed, failed=refused)

    # What the settings change

    @property
    def lock_minutes(self) -> int:
        """Minutes without a key or a touch until the vault locks; 0 for never."""
        return self.keeper.minutes

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self.keeper.minutes = minutes

    def screen_lock_heard_from(self) -> tuple[str, ...]:
        """Who tells Cairn that the screen was locked."""
        return self.keeper.heard_from()

    @property
    def capture_hidden(self) -> bool | None:
        """Whether pictures of the screen show nothing of Cairn; None where the system can't hide it."""
        return self.guard.hidden if self.guard is not None else None

    def set_capture_hidden(self, hidden: bool) -> None:
        """Hide the windows from such pictures, or show them; nothing where the system can't."""
        if self.guard is not None:
            self.guard.set_hidden(hidden)

    def set_usable(self, usable: bool) -> None:
        """Shut the desk off, or open it again."""
        if self.desk is not None:
            self.desk.setEnabled(usable)

    def run_on(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[CairnError], None] | None = None,
    ) -> tasks.Task:
        """Background work that is heard as long as the window lives: the widget that asked may be gone."""
        return tasks.run(self, work, then=then, failed=failed)

    def _words_lost(self, error: CairnError) -> None:
        """The form that had them is closed: the vault was locked, or another interview was opened."""
        self._lost = True
        sentence = self.tr("The words typed last could not be kept. {why}")
        sentence = sentence.format(why=messages.sentence(error))
        if self.desk is not None:
            self.desk.say(sentence, "danger")
        else:
            self.tell_entrance(sentence)

    def tell_entrance(self, sentence: str) -> None:
        """Say something on the screen before the vault."""
        if self._entrance is not None:
            self._entrance.tell(sentence)

    def fail(self, error: CairnError) -> None:
        """Show an error where the person is."""
        if self.desk is not None:
            self.desk.fail(error)
        else:
            self.tell_entrance(messages.sentence(error))

    def say_bug(self) -> None:
        """Something went wrong that Cairn did not foresee."""
        sentence = self.tr(
            "Something in Cairn went wrong. What you typed is kept. If it goes on, lock the vault and open it again."
        )
        if self.desk is not None:
            self.desk.say(sentence, "danger")
        else:
            self.tell_entrance(sentence)

    def close_unwanted(self, session: Session | None, _error: CairnError | None = None) -> None:
        """For `orphaned` of work that opens a vault: whoever asked has left, so nobody would lock it."""
        if session is not None:
            self._close(session)

    def rebuild_soon(self) -> None:
        """As `rebuild`, once this event is over."""
        QTimer.singleShot(0, self, self.rebuild)

    def rebuild(self) -> None:
        """Language or text size changed: build what is shown anew, at the same place."""
        if self.desk is None:
            self.show_unlock()
            return
        from cairn.qt.shell.desk_view import DeskView

        session, place = self.desk.session, self.desk.place()
        old = self.desk
        old.leave()
        self.desk = DeskView(self, session)
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self._stack.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.desk.open(*place)
        self._tick(self.keeper.left())
        self.refresh_space()

    def try_writing(self) -> None:
        """Try again to write in a vault in which nothing could be kept."""
        self._again.try_it()

    def go_on_with(self, session: Session) -> None:
        """The same vault, opened to write: the desk is made anew, where the person was."""
        desk = self.desk
        if desk is None:
            return
        self._back = (session.info.folder, *desk.place())
        self.desk = None
        desk.leave()
        tasks.drop_all()
        self._close_dialogs(desk)
        self._stack.removeWidget(desk)
        desk.hide()
        desk.deleteLater()
        self.enter(session)

    def refresh_space(self) -> None:
        """Look again how much space is free."""
        desk = self.desk
        if desk is None:
            return
        folder = desk.session.info.folder
        tasks.run(
            desk,
            lambda _progress: paths.free_bytes(folder),
            then=desk.status.show_space,
            failed=desk.fail,
        )

    def _close_when_idle(self) -> None:
        if not self.recorder.active:
            QTimer.singleShot(0, self, self.close)

    def _record_or_stop(self) -> None:
        if self.desk is not None:
            self.desk.record_or_stop()

    def _tick(self, left: int) -> None:
        if self.desk is not None:
            self.desk.tick(left)

    def _repaint(self) -> None:
        for widget in self.findChildren(QWidget):
            widget.update()

    def come_forward(self) -> None:
        """Before other windows, where the desktop lets a program do that; else it shows that something is new."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if not self.isActiveWindow():
            self._app.alert(self)

    def show_fitting(self) -> None:
        """Show the window, filling the screen where it would not fit on it: the status line must be seen."""
        room = self.screen().availableGeometry()
        # The title bar is not known before the window is shown.
        if self.width() > room.width() or self.height() + TITLE_BAR > room.height():
            self.showMaximized()
        else:
            self.show()

    def _restore_geometry(self) -> None:
        kept = preferences.outside().geometry
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "replace")))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in reading order, whatever was added when."""
        return reading_order.step(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock first, then end: the last words and the checkpoint are written before the process goes."""
        if self._closing.asks():
            event.ignore()
            return
        self.opener.instance.close()
        if self.desk is not None or self._unentered is not None:
            event.ignore()
            self.hide()
            self.lock(then=lambda: QTimer.singleShot(0, self, self.close), end_recording=True)
            return
        if self.recorder.active:
            # Closed behind the lock: the journal is closed first, and saved at the next unlock.
            event.ignore()
            self.recorder.state_changed.connect(self._close_when_idle)
            return
        kept = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        try:
            preferences.change_outside(geometry=kept)
        except CairnError:
            # The size of the window is a comfort; a full or read-only disk must not keep it open.
            event.accept()
        super().closeEvent(event)
        if not self.isVisible():
            # It was hidden while the vault was locked: Qt ends by itself only when a window that is seen closes.
            self._app.quit()
