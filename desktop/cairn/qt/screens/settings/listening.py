"""Listening: the keys of a foot pedal."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cairn.app.kernel import preferences
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.media.sound import keys
from cairn.qt.media.sound.key_button import KeyButton
from cairn.qt.screens.settings.group import Group
from cairn.qt.widgets import icon_button, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.settings import Outcome


class ListeningGroup(Group):
    """What a pedal does, wherever a recording is heard. The keys of the keyboard hold besides."""

    key = "listening"
    glyph = "sound"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(
            self.tr("Listening"),
            self.tr("A USB foot pedal is a small keyboard. Press a button here, then the pedal."),
        )
        self._kept: dict[str, str] = {}
        self.buttons: dict[str, KeyButton] = {}
        self._forget: dict[str, QWidget] = {}
        words = {
            "play": (self.tr("Pedal: play and pause"), keys.shown("play")),
            "back": (self.tr("Pedal: 3 seconds back"), keys.shown("back")),
            "on": (self.tr("Pedal: 3 seconds forward"), keys.shown("on")),
        }
        for act, (name, also) in words.items():
            made = self.buttons[act] = KeyButton(name)
            made.learnt.connect(partial(self._learn, act))
            made.refused.connect(self._refuse)
            forget = icon_button(
                "cross",
                self.tr("Forget this key: {name}").format(name=name),
                partial(self._learn, act, ""),
            )
            self.anchors[act] = made
            self._forget[act] = forget
            self.line(name, self.tr("On the keyboard: {key}").format(key=also), made, forget)
        self._outcome = Outcome()
        self.lines.addWidget(self._outcome)

    def load(self) -> None:
        """The keys that are kept."""
        session = self.desk.session
        tasks.run(
            self,
            lambda _progress: preferences.inside(session, keys.PREFERENCE, {}),
            then=lambda kept: self._show(keys.pedal_keys(kept)),
        )

    def _show(self, kept: dict[str, str]) -> None:
        self._kept = kept
        for act, made in self.buttons.items():
            made.show_key(kept.get(act, ""))
            show_if(self._forget[act], act in kept)

    def _learn(self, act: str, key: str) -> None:
        # A key that did something else does this now.
        kept = {other: known for other, known in self._kept.items() if other != act and known != key}
        if key:
            kept[act] = key
        self._outcome.say()
        self._show(kept)
        session = self.desk.session
        tasks.run(self, lambda _progress: preferences.change_inside(session, keys.PREFERENCE, kept or None))

    def _refuse(self, why: str) -> None:
        words = {
            "writes": self.tr(
                "This key writes a character or moves between fields. Set the pedal to another one, such as F13 "
                "or Ctrl+Alt+P."
            ),
            "taken": self.tr(
                "This key does something else already. Set the pedal to another one, such as F13."
            ),
        }
        self._outcome.say(label(words[why], "error", wrap=True))
