"""What only Windows has: its words about locking and sleep, and windows that other programs can't picture.

Everything asks `on_windows` first, so that other systems never load a library for it.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from cairn.paths.system import windows_library

_POWER = 0x0218  # WM_POWERBROADCAST
_SESSION = 0x02B1  # WM_WTSSESSION_CHANGE
_MEANING = {
    (_POWER, 0x0004): "sleep",  # PBT_APMSUSPEND
    (_POWER, 0x0012): "woke",  # PBT_APMRESUMEAUTOMATIC
    (_SESSION, 0x0002): "screen",  # WTS_CONSOLE_DISCONNECT: another person took the screen
    (_SESSION, 0x0004): "screen",  # WTS_REMOTE_DISCONNECT
    (_SESSION, 0x0007): "screen",  # WTS_SESSION_LOCK
}
_THIS_SESSION = 0
_EXCLUDED, _ORDINARY = 0x11, 0x00  # WDA_EXCLUDEFROMCAPTURE, WDA_NONE


def on_windows() -> bool:
    """Is this Windows?"""
    return sys.platform == "win32"


class SessionWatch(QAbstractNativeEventFilter):
    """Tells when the session's screen is locked (`screen`), and when the laptop goes to sleep (`sleep`) or is
    back (`woke`). Keep a reference as long as it shall tell.
    """

    def __init__(self, app: QApplication, told: Callable[[str], None]) -> None:
        super().__init__()
        self._told = told
        # A window of its own, never shown: Qt makes the visible ones anew at times, and forgets who listens.
        self._window = QWindow()
        self._window.create()
        self.listening = self._register("WTSRegisterSessionNotification", _THIS_SESSION)
        app.installNativeEventFilter(self)

    def close(self, app: QApplication) -> None:
        """Listen no more."""
        app.removeNativeEventFilter(self)
        if self.listening:
            self._register("WTSUnRegisterSessionNotification")
        self.listening = False
        self._window.destroy()

    def _register(self, name: str, *more: int) -> bool:
        try:
            call = getattr(windows_library("wtsapi32"), name)
        except (OSError, AttributeError):
            return False
        call.argtypes = [ctypes.c_void_p, *[ctypes.c_uint32] * len(more)]
        return bool(call(int(self._window.winId()), *more))

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if bytes(kind.data() if isinstance(kind, QByteArray) else kind) == b"windows_generic_MSG":
            said = wintypes.MSG.from_address(int(message))
            what = _MEANING.get((said.message, said.wParam))
            if what is not None:
                self._told(what)
        return False, 0


class CaptureGuard(QObject):
    """Keeps every window of the program out of pictures of the screen: screenshots, sharing, remote help.

    Others see the place empty. It does not keep out a camera, nor a program with administrator rights.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.hidden = True
        app.installEventFilter(self)

    def set_hidden(self, hidden: bool) -> None:
        """For all windows, those that are open and those to come."""
        self.hidden = hidden
        for window in self._app.topLevelWidgets():
            if window.isVisible():
                self._apply(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Dialogs, menus and tool tips are windows of their own. Qt may have made the window anew since.
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._apply(watched)
        return False

    def _apply(self, window: QWidget) -> None:
        try:
            call = windows_library("user32").SetWindowDisplayAffinity
        except (OSError, AttributeError):
            return
        call.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
        call(int(window.winId()), _EXCLUDED if self.hidden else _ORDINARY)
