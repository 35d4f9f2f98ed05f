"""Recording: quality, what a lock does, and what *off the record* does."""

from __future__ import annotations

from cairn.app.sound import recording_choices as choices
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.group import Group
from cairn.qt.screens.settings.waiting import Waiting
from cairn.qt.widgets.settings import Choice


class RecordingGroup(Group):
    """Settings of this vault: they hold from the next recording on, those of the lock at once."""

    key = "recording"
    glyph = "mic"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("Recording"), self.tr("The microphone is chosen where you record."))
        now = desk.recorder.choices
        self.quality = Choice(
            self.tr("Quality"),
            [
                ("speech", self.tr("Speech: 14 MB an hour")),
                ("evidence", self.tr("Evidence: 95 MB an hour")),
            ],
            now.quality,
        )
        self.lock = Choice(
            self.tr("When the vault locks"),
            [(True, self.tr("The recording goes on")), (False, self.tr("The recording ends"))],
            now.keep_on_lock,
        )
        self.off = Choice(
            self.tr("Off the record"),
            [("stop", self.tr("Record nothing")), ("exclude", self.tr("Record, and leave out"))],
            now.off,
        )
        self.quality.picked.connect(lambda value: self._change(quality=value))
        self.lock.picked.connect(lambda value: self._change(keep_on_lock=value))
        self.off.picked.connect(lambda value: self._change(off=value))
        self.line(
            self.tr("Quality"),
            self.tr(
                "Speech is Opus, clear for every voice. Evidence is FLAC: sample for sample what the microphone gave."
            ),
            self.quality,
        )
        self.line(
            self.tr("When the vault locks"),
            self.tr(
                "If it goes on, no word is lost when the screen locks itself, and the key of this one recording "
                "stays in memory until you stop. If a running recorder is the greater danger, let it end."
            ),
            self.lock,
        )
        self.line(
            self.tr("Off the record"),
            self.tr(
                "What the key F5 does. What is recorded and left out stays in this vault, and is in no transcript, "
                "copy or bundle. The person decides; you can choose differently each time."
            ),
            self.off,
        )
        self.waiting = Waiting(desk)
        self.body.addWidget(self.waiting)
        self.anchors = {"quality": self.quality, "lock": self.lock, "off": self.off}

    def load(self) -> None:
        now = self.desk.recorder.choices
        self.quality.show_value(now.quality)
        self.lock.show_value(now.keep_on_lock)
        self.off.show_value(now.off)
        self.waiting.load()

    def _change(self, **changed: object) -> None:
        session, host = self.desk.session, self.desk.recorder
        host.choices = choices.with_changes(host.choices, **changed)
        now = host.choices
        tasks.run(self, lambda _p: choices.keep(session, now))
