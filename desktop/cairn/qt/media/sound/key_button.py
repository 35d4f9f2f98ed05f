"""A button that learns a key: press it, then the key or the pedal."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.qt.media.sound.keys import KEYS

_BARE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
}
_FIXED = (
    {f"F{number}" for number in range(1, 10)} | {"Ctrl+L"} | {f"Ctrl+{number}" for number in range(1, 10)}
)
_WALKING = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace}


def refusal(key: str, *, writes: bool) -> str:
    """Why a key can't be had: `writes` (it would be missing while typing), `taken`, or empty."""
    if writes:
        return "writes"
    return "taken" if key in _FIXED or key in KEYS.values() else ""


class KeyButton(QPushButton):
    """Shows its key. While it learns, the next key is taken; Esc leaves it as it was."""

    learnt = Signal(str)
    """The new key in Qt's portable writing."""
    refused = Signal(str)
    """What `refusal` said about the key that was pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._key = ""
        self._learning = False
        self.clicked.connect(self._begin)
        self._show()

    @property
    def key(self) -> str:
        """The key, or empty."""
        return self._key

    def show_key(self, key: str) -> None:
        """Show a key."""
        self._key = key
        self._learning = False
        self._show()

    def _show(self) -> None:
        if self._learning:
            words = self.tr("Press the key now…")
        elif self._key:
            words = QKeySequence(self._key).toString(QKeySequence.SequenceFormat.NativeText)
        else:
            words = self.tr("Set a key…")
        self.setText(words)
        self.setAccessibleName(f"{self._name}: {words}")

    def _begin(self) -> None:
        self._learning = True
        self._show()

    def _end(self) -> None:
        self._learning = False
        self._show()

    def event(self, event: QEvent) -> bool:
        if self._learning and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # the key is learnt here and does nothing else
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _BARE or event.isAutoRepeat():
            return
        if key == Qt.Key.Key_Escape:
            self._end()
            return
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        writes = key in _WALKING or (event.text().isprintable() and bool(event.text()) and not held)
        why = refusal(pressed, writes=writes)
        self._end()
        if why:
            self.refused.emit(why)
        else:
            self.show_key(pressed)
            self.learnt.emit(pressed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()
