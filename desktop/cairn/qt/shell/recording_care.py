"""What the window does about recordings that nobody looks at: cut off ones are kept, broken ones are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from cairn.errors import CairnError, IntegrityError
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.recording.host import RecorderHost

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.app.kernel.views import RecordingView
    from cairn.model.ports import Progress


class Telling(Protocol):
    """The window, as far as it is told about recordings."""

    @property
    def desk(self) -> Desk | None:
        """The desk, while a vault is open."""
        ...

    def fail(self, error: CairnError) -> None:
        """Show an error where the person is."""
        ...

    def tell_entrance(self, sentence: str) -> None:
        """Say something on the screen before the vault."""
        ...


class RecordingCare(QObject):
    """Follows the recorder for the window."""

    def __init__(self, window: Telling, recorder: RecorderHost, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._recorder = recorder
        recorder.failed.connect(self._recording_failed)

    def keep_unfinished(self, session: Session) -> None:
        """Recordings whose end was cut off, or that were stopped behind the lock, are saved now."""

        if session.unwritable:
            # They wait until the vault can be written again.
            return

        def keep(progress: Progress) -> list[RecordingView]:
            from cairn.app.sound import recordings

            if all(one.in_use for one in recordings.unfinished(session)):
                return []
            return recordings.recover(session, progress)

        def kept(found: list[RecordingView]) -> None:
            for one in found:
                self._recorder.kept.emit(one.interview, one.id)
            cut = sum(1 for one in found if one.interrupted)
            if self._window.desk is not None and cut:
                sentence = self.tr(
                    "%n recordings were interrupted. All that was on the disk is kept.", "", cut
                )
                self._window.desk.say(sentence, "warn")

        tasks.run(self, keep, then=kept, failed=self._not_kept, lane="long")

    def _not_kept(self, error: CairnError) -> None:
        """A recording that was cut off can't be opened: where it waits is shown."""
        desk = self._window.desk
        if desk is None or not isinstance(error, IntegrityError):
            self._recording_failed(error)
            return
        desk.say(
            messages.sentence(error),
            "danger",
            action=self.tr("Show it"),
            clicked=lambda: desk.open("settings", "recording"),
        )

    def _recording_failed(self, error: CairnError) -> None:
        """It could not begin, it broke off, or it can't be saved now. What was recorded is on the disk."""
        now, desk = self._recorder.snapshot, self._window.desk
        mine = desk is not None and self._recorder.belongs_to(desk.session)
        if desk is not None and mine and self._recorder.record_on(desk.session):
            desk.say(
                self.tr(
                    "The recording stopped by itself and goes on as a new one. What was recorded is kept."
                ),
                "warn",
            )
            return
        if now is not None and now.phase == "failed":
            self._recorder.stop(desk.session if desk is not None and mine else None)
        if now is None or now.phase != "failed" or error.code.startswith("audio."):
            # The sentences of the recorder itself say that it has stopped.
            self._window.fail(error)
            return
        sentence = self.tr("The recording has stopped. What was recorded is kept. {why}")
        sentence = sentence.format(why=messages.sentence(error))
        if desk is not None:
            desk.say(sentence, "danger")
        else:
            self._window.tell_entrance(sentence)
