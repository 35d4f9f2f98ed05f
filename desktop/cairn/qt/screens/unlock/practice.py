"""Making the practice vault, or opening it when it is there."""

from __future__ import annotations

from cairn.app.kernel import session as sessions
from cairn.app.kernel.session import Session
from cairn.app.program import practice, practice_place
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.widgets import ProgressPanel, button, card, label, row
from cairn.qt.widgets.entrance import EntranceCard


def _open_or_make(progress: Progress) -> Session:
    folder = practice_place.default_folder()
    if not folder.exists():
        practice.make(folder, progress=progress)
    return sessions.open_vault(folder, practice_place.PASSPHRASE)


class PracticeScreen(EntranceCard):
    """Shown while the practice vault is made."""

    def __init__(self, desk: EntranceDesk) -> None:
        super().__init__()
        self._desk = desk
        self.progress = ProgressPanel()
        text = self.tr(
            "A vault with made-up interviews to try everything in. Nothing in it is real, and nothing real belongs in it."
        )
        self._back = button(self.tr("Back"), lambda: desk.begin())
        box = card(
            label(self.tr("Practice vault"), "title"),
            label(text, "soft", wrap=True),
            self.banner,
            self.progress,
            row(self._back, None),
            space=16,
            margin=32,
        )
        self.place(box, 480)
        self.setFocusProxy(self._back)
        self.progress.begin(self.tr("Opening the practice vault"), counts_bytes=False)
        task = tasks.run(
            self,
            _open_or_make,
            then=desk.enter,
            failed=self._refused,
            orphaned=desk.close_unwanted,
            progress=self.progress.report,
            lane="long",
        )
        self.progress.cancelled.connect(task.cancel)

    def _refused(self, error: CairnError) -> None:
        self.progress.end()
        if isinstance(error, Cancelled):
            self._desk.show_unlock()
        else:
            self.tell(messages.sentence(error))
