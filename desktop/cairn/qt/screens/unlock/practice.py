"""Making the practice vault, or opening it when it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.app.kernel import session as sessions
from cairn.app.kernel.session import Session
from cairn.app.program import practice
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages
from cairn.qt.shell.entrance import Gate
from cairn.qt.widgets import ProgressPanel, button, card, label, row

if TYPE_CHECKING:
    from cairn.qt.shell.window import Window


def _open_or_make(progress: Progress) -> Session:
    folder = practice.default_folder()
    if not folder.exists():
        practice.make(folder, progress=progress)
    return sessions.open_vault(folder, practice.PASSPHRASE)


class PracticeScreen(Gate):
    """Shown while the practice vault is made."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.progress = ProgressPanel()
        text = self.tr(
            "A vault with made-up interviews to try everything in. Nothing in it is real, and nothing real belongs in it."
        )
        self._back = button(self.tr("Back"), lambda: window.begin())
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
        task = window.run(
            self,
            _open_or_make,
            then=window.enter,
            failed=self._refused,
            orphaned=window.close_unwanted,
            progress=self.progress.report,
            lane="long",
        )
        self.progress.cancelled.connect(task.cancel)

    def _refused(self, error: CairnError) -> None:
        self.progress.end()
        if isinstance(error, Cancelled):
            self._window.show_unlock()
        else:
            self.tell(messages.sentence(error))
