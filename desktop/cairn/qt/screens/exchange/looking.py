"""The look through what would leave, before it does: protected names in its texts, and files that tell more than they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cairn.app.files import telling
from cairn.app.files.telling import Telling
from cairn.app.leaving import names
from cairn.app.leaving.views import SealPreview
from cairn.model.ids import RecordId
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.screens.exchange.consent import ConsentStep


class LookThrough(QObject):
    """Looks once for each preview, off the window's thread, and shows what was found; sealing waits for it."""

    def __init__(self, over: QWidget, desk: Desk, step: ConsentStep, changed: Callable[[], Any]) -> None:
        """`changed` is called when a look has begun or ended."""
        super().__init__(over)
        self._desk = desk
        self._step = step
        self._changed = changed
        self._task: tasks.Task | None = None
        self._known: dict[RecordId, Telling | None] = {}
        """What files tell, as far as it was found: their bytes never change."""

    @property
    def busy(self) -> bool:
        """Whether it is being looked at this moment."""
        return self._task is not None

    def cancel(self) -> None:
        """Stop it; then it is said that not everything was looked at."""
        if self._task is not None:
            self._task.cancel()

    def look(self, preview: SealPreview, *, panel: bool) -> None:
        """Look through what this preview lets out, in place of the one before; `panel`: its progress may be shown."""
        if self._task is not None:
            self._task.drop(stop=True)
            if panel:
                self._step.progress.end()
        session, decoder, known = self._desk.session, self._desk.decoder, self._known
        leaving = [
            (each.id, one.record)
            for group in preview.bundles
            for each in group.interviews
            for one in each.leaves
            if one.has_bytes
        ]
        found = names.NOTHING

        def work(progress: Progress) -> None:
            nonlocal found
            found = names.of_preview(session, preview, progress)
            telling.leaving(session, decoder, leaving, progress, known)

        def ended(*, stopped: bool = False) -> None:
            self._task = None
            if panel:
                self._step.progress.end()
            self._step.names.show_look(found, stopped=stopped and found is names.NOTHING)
            told = [one for _, record in leaving if (one := known.get(record)) is not None]
            self._step.say_telling(told, stopped=stopped)
            self._changed()

        panel = panel and not all(record in known for _, record in leaving)
        if panel:
            self._step.progress.begin(self.tr("Looking at what the files tell beside their content"))
        self._task = tasks.run(
            self,
            work,
            then=lambda _done: ended(),
            failed=lambda _error: ended(stopped=True),
            progress=self._step.progress.report,
            lane="long",
        )
        self._changed()
