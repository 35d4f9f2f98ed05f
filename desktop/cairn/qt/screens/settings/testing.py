"""The self-test in the window: the checks of this build, Qt's among them, and a second from the microphone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.sentences import known
from cairn.app.program import selftest
from cairn.app.program.selftest import Check
from cairn.app.program.selftest_sound import Heard
from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media import selftest as own
from cairn.qt.widgets import label
from cairn.qt.widgets.facts import Facts, Line
from cairn.qt.widgets.settings import Outcome, block


class SelfTest(Outcome):
    """Runs the checks and shows what they found, each in words. Hidden until then."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.checks: list[Check] = []
        self._listener: own.Listener | None = None

    def begin(self) -> None:
        """Listen for a second, where nothing is being recorded, then run the checks."""
        self.say(label(self.tr("Testing. This takes some seconds."), "soft", wrap=True))
        if self.desk.recorder.active:
            # Two at one microphone may disturb each other, and the recording comes first.
            self._run(Heard(why="busy"))
            return
        self._listener = own.Listener(self)
        self._listener.done.connect(self._run)
        self._listener.begin()

    def stop(self) -> None:
        """The screen is left: nothing listens any more."""
        if self._listener is not None and not self._listener.ended:
            self._listener.stop()
            self.say()
            self.ended.emit()

    def _run(self, heard: Heard) -> None:
        probes = own.probes()

        def work(_progress: Progress) -> list[Check]:
            return selftest.run(probes=probes, heard=heard)

        tasks.run(self, work, then=self._done, failed=self._failed, lane="long")

    def _done(self, checks: list[Check]) -> None:
        self.checks = checks
        wrong = selftest.failures(checks)
        lines: list[QWidget] = [self._wrong(check) for check in wrong]
        if not wrong:
            lines = [Line(self.tr("%n checks, all passed.", "", len(checks)), tone="good")]
        passed: list[tuple[str, str | QWidget]] = [
            (self._time(check), self._passed(check)) for check in checks if not check.problem
        ]
        self.say(*lines, Facts(passed))
        self.ended.emit()

    def _time(self, check: Check) -> str:
        return self.tr("{seconds} s").format(seconds=messages.locale().toString(check.seconds, "f", 1))

    def _passed(self, check: Check) -> QWidget:
        return block_of(selftest.sentence(check.name, messages.language()), check.detail)

    def _wrong(self, check: Check) -> QWidget:
        what = selftest.sentence(check.name, messages.language())
        if known(check.problem):
            # The computer's affair, a microphone that nobody may use for instance: said as everywhere else.
            return Line(messages.sentence(check.problem), what, tone="danger")
        told = self.tr("Not so in this copy ({code}). Don't use it; get Cairn again from where you had it.")
        code = " ".join(part for part in (check.name, check.problem, check.detail) if part)
        return Line(what, told.format(code=code), tone="danger")

    def _failed(self, error: CairnError) -> None:
        self.say(Line(messages.sentence(error), tone="danger"))
        self.ended.emit()


def block_of(text: str, soft: str) -> QWidget:
    """A sentence with a soft line below it, where there is something for it."""
    made = block(label(text, wrap=True), *([label(soft, "caption", wrap=True)] if soft else []))
    layout = made.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    return made
