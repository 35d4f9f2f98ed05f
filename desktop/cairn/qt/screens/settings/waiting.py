"""Recordings that are not saved yet because their end was cut off and they can't be opened: again, or given up."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import RecordingView, Unfinished
from cairn.app.sound import recordings
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.widgets import ask, button, card, column, hline, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.facts import mark
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.settings import SettingLine


class Waiting(QWidget):
    """Names them with their interview and moment. Hidden while there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._busy = False
        self._list = column(space=0)
        title = label(self.tr("Recordings that could not be saved"), "strong", wrap=True)
        about = label(
            self.tr(
                "Their end was cut off, and what is on the disk can't be opened. They wait here: a backup may have "
                "what is missing. Nothing is dropped unless you say so."
            ),
            "soft",
            wrap=True,
        )
        layout = column(title, about, card(self._list, space=0, margin=0), space=6)
        # A part of its own under the settings: as far from them as it takes to be read apart.
        layout.setContentsMargins(0, theme().px(18), 0, 0)
        self.setLayout(layout)
        show_if(self, False)

    def load(self) -> None:
        """Ask the vault which wait."""
        session = self._desk.session
        tasks.run(self, lambda _progress: recordings.unfinished(session), then=self._show)

    def _show(self, found: list[Unfinished]) -> None:
        waiting = [each for each in found if not each.in_use]
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, each in enumerate(waiting):
            if number:
                self._list.addWidget(hline())
            self._list.addWidget(self._line(each))
        show_if(self, bool(waiting))

    def _line(self, each: Unfinished) -> QWidget:
        name = each.title or self.tr("Interview without a title")
        begun = self.tr("Recording begun {moment}").format(moment=messages.moment(each.started))
        again = button(self.tr("Try again"), partial(self._again, each), kind="quiet")
        only_where_kept(again)
        again.setAccessibleName(
            self.tr("Try again: {interview}, {begun}").format(interview=name, begun=begun)
        )
        drop = button(self.tr("Give up…"), partial(self._ask_drop, each), kind="quiet")
        only_where_kept(drop)
        drop.setAccessibleName(self.tr("Give up: {interview}, {begun}").format(interview=name, begun=begun))
        return SettingLine(name, begun, again, drop, glyph=mark("warn", "warn"))

    def _again(self, each: Unfinished) -> None:
        session = self._desk.session
        tasks.run(
            self,
            lambda progress: recordings.finish(session, each.recording, progress),
            then=self._saved,
            failed=self._refused,
            lane="long",
        )

    def _ask_drop(self, each: Unfinished) -> None:
        ask(
            self,
            self.tr("Give up this recording for good?"),
            self.tr(
                "Cairn tries once more to open it. If that fails, its sound and its key are removed, and nobody can "
                "ever hear it. If there is a backup of this vault, look there first. The custody log keeps that "
                "there was a recording. Your reason stays in this vault."
            ),
            yes=self.tr("Give up the recording"),
            reason=self.tr("Reason"),
            then=partial(self._drop, each),
            danger=True,
        )

    def _drop(self, each: Unfinished, reason: str) -> None:
        session = self._desk.session
        tasks.run(
            self,
            lambda progress: recordings.finish_or_give_up(session, each.recording, reason, progress),
            then=self._saved,
            failed=self._refused,
            lane="long",
        )

    def _saved(self, made: RecordingView | None) -> None:
        if made is not None:
            self._desk.say(
                self.tr("It could be opened after all, and is saved: {name}").format(name=made.name)
            )
        else:
            self._desk.say(self.tr("The recording is given up. The custody log keeps the reason."))
        self.load()

    def _refused(self, error: CairnError) -> None:
        self._desk.fail(error)
        self.load()
