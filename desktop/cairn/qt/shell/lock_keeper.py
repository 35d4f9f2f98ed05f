"""When the vault locks by itself: after idle time, before sleep, and with the session's screen lock.

Timers stand still while a laptop sleeps, so the clock that counts suspended time (CLOCK_BOOTTIME) is
compared as well. logind and screen savers are heard over D-Bus where they are present (`screen_locks.py`), Windows
through its messages; where neither is, nothing complains, and the settings say so.

Signs of life are looked for at the windows and at what is typed in. A filter on the whole application would be
asked about every event of every widget, tens of thousands when an interview is opened.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import SLOT, QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from cairn.qt.base import windows
from cairn.qt.base.clock import boot_seconds
from cairn.qt.shell.screen_locks import ScreenLocks

TICK_MS = 1000
ANSWER_MS = 5000
_LOGIND = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_LOCK_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class LockKeeper(QObject):
    """Watches the application and says when to lock. Off until `start`."""

    lock_wanted = Signal(str)
    """Why: `idle`, `sleep`, `screen` or `key`."""
    ticked = Signal(int)
    """Seconds until the idle lock; -1 when it is off."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.minutes = 5
        self._last = boot_seconds()
        self._running = False
        self._inhibitor: QDBusUnixFileDescriptor | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._typed_in: QObject | None = None
        app.focusWindowChanged.connect(self._window_entered)
        app.focusObjectChanged.connect(self._typing_moved)
        self._watch: windows.SessionWatch | None = None
        self.screens: ScreenLocks | None = None
        """Who tells of a locked screen, where that is asked over D-Bus."""
        if windows.on_windows():
            self._watch = windows.SessionWatch(app, self.on_session)
        else:
            self._listen()
            self.screens = ScreenLocks(self)
            self.screens.locked.connect(self.on_screen_lock)

    def start(self) -> None:
        """A vault is open."""
        self._last = boot_seconds()
        if not self._running:
            self._running = True
            self._typing_moved(QGuiApplication.focusObject())
            self._timer.start()
            self._delay_sleep()
        self._tick()

    def stop(self) -> None:
        """No vault is shown any more. A waiting sleep goes on waiting until `let_sleep`."""
        if self._running:
            self._running = False
            for window in QGuiApplication.allWindows():
                window.removeEventFilter(self)
            self._leave_typing()
            self._timer.stop()

    def let_sleep(self) -> None:
        """The vault is closed, its last words are written: the laptop may sleep."""
        self._inhibitor = None

    def _watch_windows(self) -> None:
        # Again and again: menus, lists and dialogs are windows that come and go. Twice installed is once.
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def _window_entered(self, window: QWindow | None) -> None:
        if self._running and window is not None:
            window.installEventFilter(self)

    def _typing_moved(self, now: QObject | None) -> None:
        # What an input method composes never passes through the window.
        self._leave_typing()
        if self._running and now is not None:
            self._typed_in = now
            now.installEventFilter(self)

    def _leave_typing(self) -> None:
        if self._typed_in is not None and shiboken6.isValid(self._typed_in):
            self._typed_in.removeEventFilter(self)
        self._typed_in = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = boot_seconds()
            # The window's own shortcut doesn't reach through a dialog that lies over it; this does.
            if isinstance(event, QKeyEvent) and event.keyCombination() == _LOCK_KEY:
                self.lock_wanted.emit("key")
                return True
        return False

    def heard_from(self) -> tuple[str, ...]:
        """Who tells when the screen is locked: names of screen savers, `logind`, `windows`; nobody where it is empty."""
        if self.screens is None:
            return ("windows",)
        return (*sorted(self.screens.savers), *(("logind",) if self.screens.logind else ()))

    def left(self) -> int:
        """Seconds until the idle lock; -1 when it is off."""
        if self.minutes <= 0:
            return -1
        return max(0, int(self.minutes * 60 - (boot_seconds() - self._last)))

    def _tick(self) -> None:
        if self._running:
            self._watch_windows()
        left = self.left()
        self.ticked.emit(left)
        if left == 0 and self._running:
            self.lock_wanted.emit("idle")

    def _listen(self) -> None:
        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return
        manager = f"{_LOGIND}.Manager"
        # The binding's stub asks for bytes, the binding itself takes only the text that SLOT gives.
        bus.connect("", _MANAGER, manager, "PrepareForSleep", self, SLOT("on_sleep(bool)"))  # type: ignore[call-overload]

    def on_session(self, what: str) -> None:
        """Windows: the screen is locked (`screen`), the laptop goes to sleep (`sleep`) or is back (`woke`)."""
        if what == "screen":
            self.on_screen_lock()
        else:
            self.on_sleep(what == "sleep")

    def _delay_sleep(self) -> None:
        """Ask logind to wait a moment before sleep, so that the lock is done before the lid is.

        Asked without waiting for the answer: a bus that hangs must not hold up the window.
        """
        if windows.on_windows():
            return
        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return
        ask = QDBusMessage.createMethodCall(_LOGIND, _MANAGER, f"{_LOGIND}.Manager", "Inhibit")
        ask.setArguments(["sleep", "Cairn", "Locks the vault", "delay"])
        waiting = QDBusPendingCallWatcher(bus.asyncCall(ask, ANSWER_MS), self)
        waiting.finished.connect(self._answered)

    def _answered(self, waiting: QDBusPendingCallWatcher) -> None:
        reply = waiting.reply()
        waiting.deleteLater()
        if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments() and self._running:
            given = reply.arguments()[0]
            if isinstance(given, QDBusUnixFileDescriptor):
                # Held as long as it is referenced; see `let_sleep`.
                self._inhibitor = given

    @Slot(bool)
    def on_sleep(self, going: bool) -> None:
        """logind: the laptop is about to sleep (or has woken)."""
        if going and self._running:
            self.lock_wanted.emit("sleep")
        elif not going:
            self._tick()

    @Slot()
    def on_screen_lock(self) -> None:
        """The session's screen is locked, or about to be."""
        if self._running:
            self.lock_wanted.emit("screen")
