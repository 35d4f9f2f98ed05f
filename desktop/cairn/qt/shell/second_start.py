"""Windows: a second start finds the first by a window that is never shown, and hands it its files (WM_COPYDATA).

No pipe and no socket: a message between two windows of one session, answered before it returns. Programs of other
people have windows in sessions of their own; a program of the same person can say here what a double click can.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QWindow

from cairn.paths.system import windows_library

ANSWER_MS = 3000
"""How long the first program has to answer; then the second opens a window of its own."""
LARGEST = 64 * 1024
"""Bytes of what is handed over: sixteen of the longest paths in use."""
_COPY_DATA = 0x004A  # WM_COPYDATA
_FORM = "cairn-files/1"
"""What is handed over: this, then each path, UTF-8, each with a NUL behind it."""
_MARK = 0x436169726E  # that it is meant for us: other programs send such messages, too
_NO_WAIT_FOR_THE_HUNG = 0x0002  # SMTO_ABORTIFHUNG
_TAKEN = 1


class _CopyData(ctypes.Structure):
    """COPYDATASTRUCT (winuser.h)."""

    _fields_ = (("mark", ctypes.c_size_t), ("size", ctypes.c_uint32), ("data", ctypes.c_void_p))


def hand_over(name: str, files: Sequence[str]) -> bool:
    """Give these paths to the program that is found as `name`. False when there is none, or when it does not answer."""
    try:
        user = windows_library("user32")
        finder, sender = user.FindWindowW, user.SendMessageTimeoutW
        whose, allow = user.GetWindowThreadProcessId, user.AllowSetForegroundWindow
    except (OSError, AttributeError):
        return False
    finder.argtypes, finder.restype = [ctypes.c_wchar_p, ctypes.c_wchar_p], ctypes.c_void_p
    window = finder(None, name)
    if not window:
        return False
    # Only whoever was clicked may bring a window to the front, and may pass that on.
    process = ctypes.c_uint32()
    whose.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    allow.argtypes = [ctypes.c_uint32]
    if whose(window, ctypes.byref(process)):
        allow(process.value)
    said = "".join(f"{each}\0" for each in (_FORM, *files)).encode("utf-8", "surrogatepass")
    held = ctypes.create_string_buffer(said, len(said))
    sent, answer = _CopyData(_MARK, len(said), ctypes.addressof(held)), ctypes.c_size_t()
    sender.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p),
        *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
    ]
    done = sender(
        window, _COPY_DATA, None, ctypes.byref(sent), _NO_WAIT_FOR_THE_HUNG, ANSWER_MS, ctypes.byref(answer)
    )
    return bool(done) and answer.value == _TAKEN


class Door(QAbstractNativeEventFilter):
    """Found as `name` until it is closed; `told` gets what was handed over. Keep a reference as long."""

    def __init__(self, app: QCoreApplication, name: str, told: Callable[[list[str]], None]) -> None:
        super().__init__()
        self._app = app
        self._told = told
        self._window = QWindow()
        self._window.create()
        self._handle = int(self._window.winId())
        self.open = self._call_it(name)
        app.installNativeEventFilter(self)

    def close(self) -> None:
        """Be found no more."""
        self._app.removeNativeEventFilter(self)
        self.open = False
        self._window.destroy()

    def _call_it(self, name: str) -> bool:
        # Qt would add the program's name to a title of its own.
        try:
            call = windows_library("user32").SetWindowTextW
        except (OSError, AttributeError):
            return False
        call.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
        return bool(call(self._handle, name))

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if bytes(kind.data() if isinstance(kind, QByteArray) else kind) == b"windows_generic_MSG":
            said = wintypes.MSG.from_address(int(message))
            if said.message == _COPY_DATA and said.hWnd == self._handle and said.lParam:
                found = _read(_CopyData.from_address(said.lParam))
                if found is not None:
                    self._told(found)
                    return True, _TAKEN
        return False, 0


def _read(given: _CopyData) -> list[str] | None:
    """What was handed over; None for whatever no second start says."""
    if given.mark != _MARK or not given.data or not 0 < given.size <= LARGEST:
        return None
    try:
        form, *files, end = (
            ctypes.string_at(given.data, given.size).decode("utf-8", "surrogatepass").split("\0")
        )
    except ValueError:
        return None
    return files if form == _FORM and not end else None
