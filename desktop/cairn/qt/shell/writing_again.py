"""*Try again* in the band of a vault in which nothing can be kept: a disk was freed, a card is no longer locked."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cairn.errors import CairnError
from cairn.qt.base import tasks

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.qt.shell.desk_view import DeskView


class TryingWindow(Protocol):
    """The window, as far as this needs it."""

    desk: DeskView | None

    def go_on_with(self, session: Session) -> None:
        """The same vault, opened to write."""
        ...


class WritingAgain:
    """Tries it in the background, and tells."""

    def __init__(self, window: TryingWindow, parent: QWidget) -> None:
        self._window = window
        self._parent = parent

    def try_it(self) -> None:
        """A vault that could only be read is opened anew for it, with the keys that are in memory."""
        from cairn.app.kernel import session as sessions

        window, desk = self._window, self._window.desk
        if desk is None:
            return
        session = desk.session
        # Opened anew, nothing else may use it meanwhile; a disk that was full is only tried.
        desk.setEnabled(not session.vault.to_read)

        def done(again: Session) -> None:
            if window.desk is not desk:
                # The vault was locked meanwhile: nobody waits for what was opened.
                if again is not session:
                    tasks.run(self._parent, lambda _progress: _close(again))
                return
            if again is session:
                desk.look_whether_kept()
            else:
                window.go_on_with(again)
            self._say(again)

        def refused(error: CairnError) -> None:
            if window.desk is desk:
                desk.setEnabled(True)
                desk.fail(error)

        tasks.run(
            self._parent,
            lambda _progress: sessions.try_writing(session),
            then=done,
            failed=refused,
            orphaned=_close,
        )

    def _say(self, session: Session) -> None:
        desk = self._window.desk
        if desk is not None and not session.unwritable:
            desk.say(QCoreApplication.translate("WritingAgain", "What you type is kept again."), "good")


def _close(session: Session | None, _error: CairnError | None = None) -> None:
    """Lock what nobody waits for. The lock that came in between may have done it already."""
    if session is not None:
        with suppress(CairnError):
            session.close()
