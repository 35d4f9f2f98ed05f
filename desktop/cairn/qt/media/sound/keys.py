"""The keys of listening, which also work while typing, and a foot pedal, which is a keyboard of three keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

KEYS = {
    "play": "F7",
    "back": "Ctrl+Alt+Left",
    "on": "Ctrl+Alt+Right",
    "slower": "Ctrl+Alt+Down",
    "faster": "Ctrl+Alt+Up",
    "loop": "Ctrl+Alt+L",
}
PEDAL = ("play", "back", "on")
"""What a foot pedal's three keys may do."""
PREFERENCE = "pedal"
"""The setting in the vault: a map from an entry of PEDAL to a key in Qt's portable writing."""


def shown(act: str) -> str:
    """A key as this system writes it, for a tool tip."""
    return QKeySequence(KEYS[act]).toString(QKeySequence.SequenceFormat.NativeText)


def pedal_keys(given: object) -> dict[str, str]:
    """What a setting says about the pedal, without anything that is no key."""
    if not isinstance(given, Mapping):
        return {}
    keys = {act: given.get(act) for act in PEDAL}
    return {act: key for act, key in keys.items() if isinstance(key, str) and not QKeySequence(key).isEmpty()}


class Keys(QObject):
    """Shortcuts of `widget` that act wherever the focus is in its window, while the widget can be seen."""

    def __init__(self, widget: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._acts = dict(acts)
        self._pedal: list[QShortcut] = []
        for act, key in KEYS.items():
            if act in self._acts:
                self._bind(act, key)

    def _bind(self, act: str, key: str) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._widget)
        # A foot that rests on the pedal must not play and pause ten times a second.
        made.setAutoRepeat(act in ("back", "on"))
        made.activated.connect(self._acts[act])
        return made

    def set_pedal(self, keys: Mapping[str, str]) -> None:
        """The pedal's keys, besides those that always hold."""
        for old in self._pedal:
            old.setEnabled(False)
            old.deleteLater()
        taken = {QKeySequence(key).toString() for key in KEYS.values()}
        self._pedal = [
            self._bind(act, key)
            for act, key in keys.items()
            if act in self._acts and QKeySequence(key).toString() not in taken
        ]
