"""What was copied or merely selected here: marked as secret for clipboard managers, and taken back.

X11 has two clipboards: what is selected lies in PRIMARY at once, for the middle button, and would stay there
when the vault is locked. Both are emptied at the lock and some minutes after the last change; what other
programs put there is left alone. A manager that ignores the mark keeps what it saw.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

CLEAR_MS = 3 * 60 * 1000
"""After so long a copy that nobody pasted is gone; long enough to look something up in another window."""
MARK = "x-kde-passwordManagerHint"
MARKS = {MARK: b"secret"}
"""What clipboard managers look for before they keep something: KDE's hint, which KeePassXC, GPaste, CopyQ, Klipper and
others know."""
if sys.platform == "win32":
    # https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats, "Cloud Clipboard and Clipboard History Formats"
    _FORMAT = 'application/x-qt-windows-mime;value="{}"'
    MARKS |= {
        _FORMAT.format("ExcludeClipboardContentFromMonitorProcessing"): b"\x01",
        _FORMAT.format("CanIncludeInClipboardHistory"): bytes(4),
        _FORMAT.format("CanUploadToCloudClipboard"): bytes(4),
    }
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Copied(QObject):
    """Watches the application's clipboards from the moment it is made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = dict.fromkeys(_MODES, False)
        self._marking = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLEAR_MS)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._data_changed)
        self._clipboard.selectionChanged.connect(self._selection_changed)

    def clear(self) -> None:
        """Empty what holds something of ours."""
        self._timer.stop()
        for mode in _MODES:
            if self._ours[mode]:
                self._ours[mode] = False
                self._clipboard.clear(mode)

    def _owns(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def _data_changed(self) -> None:
        self._changed(QClipboard.Mode.Clipboard)

    def _selection_changed(self) -> None:
        self._changed(QClipboard.Mode.Selection)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._marking:
            return
        # Not every system says whose clipboard it is; what changes while Cairn is in front counts as ours.
        in_front = QApplication.activeWindow() is not None and mode == QClipboard.Mode.Clipboard
        owned = self._owns(mode)
        self._ours[mode] = owned or in_front
        if self._ours[mode]:
            self._timer.start()
        if owned:
            self._mark(mode)

    def _mark(self, mode: QClipboard.Mode) -> None:
        """Put the same text there again with the marks: every widget copies by itself, so it is done here for all."""
        data = self._clipboard.mimeData(mode)
        if not data.hasText() or data.hasFormat(MARK):
            return
        marked = QMimeData()
        marked.setText(data.text())
        for name, value in MARKS.items():
            marked.setData(name, value)
        self._marking = True
        try:
            self._clipboard.setMimeData(marked, mode)
        finally:
            self._marking = False
