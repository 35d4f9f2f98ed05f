"""What must be said while something is recorded, before it is too late: one sentence at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cairn.audio.levels import SILENT_SECONDS
from cairn.audio.recorder import MINUTES_TO_WARN, Snapshot
from cairn.errors import MachineError
from cairn.qt.base import messages
from cairn.qt.base.sound_server import server
from cairn.qt.widgets import Banner

BREAK_AFTER_S = 3600


class Alerts(Banner):
    """The most pressing of what there is to say. What was closed by hand stays closed while it lasts."""

    consent_wanted = Signal()
    """The person wants to write down what was agreed."""

    def __init__(self) -> None:
        super().__init__()
        self.unasked = False
        """Whether no consent is written down for what is recorded."""
        self._code = ""
        self._closed: set[str] = set()
        self.closed.connect(self._dismissed)

    @property
    def code(self) -> str:
        """What is being said: `failed`, `lost`, `gap`, `silent`, `clipping`, `room`, `break`, `consent`, or nothing."""
        return self._code

    def show_now(self, now: Snapshot) -> None:
        """Say what this state asks for."""
        known = codes(now, unasked=self.unasked)
        self._closed &= set(known)
        code = next((one for one in known if one not in self._closed), "")
        if code == "gap" and server.given_up():
            code = "lost"
        if code == self._code and code != "room":
            return
        self._code = code
        if not code:
            self._quiet()
            return
        self.show_message(
            self._sentence(code, now),
            _TONES[code],
            action=self.tr("Write down consent") if code == "consent" else "",
            clicked=self.consent_wanted.emit,
            closable=code not in _STAY,
        )

    def forget(self) -> None:
        """The recording is over."""
        self._closed.clear()
        self._code = ""
        self._quiet()

    def _quiet(self) -> None:
        if not self.isHidden():
            self.blockSignals(True)
            self.clear()
            self.blockSignals(False)

    def _dismissed(self) -> None:
        if self._code:
            self._closed.add(self._code)
            self._code = ""

    def _sentence(self, code: str, now: Snapshot) -> str:
        if code == "failed":
            why = messages.sentence(now.failure) if now.failure is not None else ""
            return self.tr("The recording has stopped. What was recorded is kept. {why}").format(why=why)
        if code == "lost":
            return messages.sentence(MachineError("microphone.sound-system-lost"))
        if code == "gap":
            return self.tr("The microphone is gone. Connect it again: the recording goes on by itself.")
        if code == "silent":
            return self.tr("No sound for %n seconds. Is the microphone on?", "", SILENT_SECONDS)
        if code == "clipping":
            return self.tr("The sound is too loud and is being cut. Move the microphone away.")
        if code == "room":
            return self.tr("Sound for %n more minutes fits on this disk.", "", now.free_minutes or 0)
        if code == "consent":
            return self.tr("No consent is written down yet. It may also be spoken on the recording.")
        return self.tr("An hour has passed. Offer a break.")


_STAY = ("failed", "lost", "gap")
_TONES = {
    "failed": "danger",
    "lost": "danger",
    "gap": "danger",
    "silent": "warn",
    "clipping": "warn",
    "room": "warn",
    "break": "warn",
    "consent": "neutral",
}


def codes(now: Snapshot, *, unasked: bool = False) -> list[str]:
    """What there is to say of a state, the most pressing first. `unasked`: nobody wrote down any consent."""
    found = []
    if now.phase == "failed":
        found.append("failed")
    if now.phase == "gap":
        found.append("gap")
    if now.hint in ("silent", "clipping"):
        found.append(now.hint)
    if now.free_minutes is not None and now.free_minutes < MINUTES_TO_WARN:
        found.append("room")
    if now.since_break_s >= BREAK_AFTER_S and now.phase == "recording":
        found.append("break")
    if unasked and now.phase != "failed":
        found.append("consent")
    return found
