"""The screen of the exchange: the first page, or one job that was begun there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from cairn.app.arriving import received
from cairn.app.arriving.received import ReceivedRow
from cairn.app.leaving import sealing
from cairn.app.leaving.views import SentRow
from cairn.qt.base import tasks
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.exchange.home import HomePage
from cairn.qt.screens.exchange.outside import bundle_filters
from cairn.qt.screens.exchange.received import ReceivedBundlePage, ReceivedPage
from cairn.qt.screens.exchange.seal import SealFlow
from cairn.qt.screens.exchange.sealed import SentPage
from cairn.qt.screens.exchange.taking import OpenFlow
from cairn.qt.widgets import column
from cairn.qt.widgets.choose import choose_file

RECEIVED = "received"
"""What `show_item` is given for the list of what came."""
Job = SealFlow | OpenFlow | SentPage | ReceivedPage | ReceivedBundlePage


class ExchangeScreen(Screen):
    """Outbox and inbox. `show_item` with ids of interviews, parted by commas, begins to seal those."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stack = QStackedWidget()
        self.setLayout(column(self._stack, space=0))
        self.home = HomePage(
            self.seal,
            self.choose,
            self.look_at,
            self.show_sent,
            self.show_received,
            office=desk.session.info.role == "office",
        )
        self._stack.addWidget(self.home)
        self.job: Job | None = None

    def enter(self) -> None:
        session = self.desk.session
        tasks.run(self, lambda _progress: sealing.sent(session), then=self.home.show_sent)
        tasks.run(
            self,
            lambda _progress: (received.count(session), received.undecided(session)),
            then=lambda found: self.home.show_received(*found),
        )
        if self.job is None:
            self.home.keyboard()
        elif isinstance(self.job, SealFlow):
            # Words may have been compared meanwhile.
            self.job.look_again()
        elif isinstance(self.job, ReceivedPage):
            self.job.load()
        elif isinstance(self.job, ReceivedBundlePage):
            # What it brought may be settled, or erased, meanwhile.
            self.show_received()

    def show_item(self, what: str) -> None:
        if self.busy:
            return
        if what == RECEIVED:
            self.show_received()
            return
        self.seal(what.split(","))

    def help_page(self) -> str:
        return "taking-in" if isinstance(self.job, OpenFlow | ReceivedPage | ReceivedBundlePage) else ""

    @property
    def busy(self) -> bool:
        """Whether something is being sealed, read or taken in."""
        return isinstance(self.job, SealFlow | OpenFlow) and self.job.busy

    @property
    def occupied(self) -> bool:
        """Whether another job would undo what the person began: a bundle that is not sealed yet, work under way."""
        return self.busy or (isinstance(self.job, SealFlow) and not self.job.done)

    # Jobs

    def seal(self, chosen: Sequence[str] = ()) -> None:
        """Begin to seal a bundle."""
        self._begin(SealFlow(self.desk, self.go_home, self.seal, chosen))

    def choose(self) -> None:
        """Ask for a bundle's file."""
        choose_file(
            self,
            self.tr("Open a bundle"),
            self.look_at,
            filters=bundle_filters(),
            verb=self.tr("Open bundle"),
        )

    def open_file(self, path: Path) -> bool:
        if self.occupied:
            return False
        self.look_at(path)
        return True

    def look_at(self, path: Path) -> None:
        """Look at a file, verify it, tell what is in it."""
        self._begin(OpenFlow(self.desk, path, self.go_home, self.choose))

    def show_sent(self, sent: SentRow) -> None:
        """One bundle of the ledger."""
        self._begin(SentPage(sent, self.go_home))

    def show_received(self) -> None:
        """What came."""
        self._begin(ReceivedPage(self.desk, self.show_bundle, self.choose, self.go_home))

    def show_bundle(self, one: ReceivedRow) -> None:
        """One bundle that came."""
        self._begin(ReceivedBundlePage(self.desk, one, self.choose, self.show_received))

    def go_home(self) -> None:
        """Back to the first page."""
        self._drop()
        self._stack.setCurrentWidget(self.home)
        self.enter()

    def _begin(self, job: Job) -> None:
        self._drop()
        self.job = job
        self._stack.addWidget(job)
        self._stack.setCurrentWidget(job)
        job.keyboard()

    def _drop(self) -> None:
        job: QWidget | None = self.job
        self.job = None
        if isinstance(job, OpenFlow):
            job.leave()
        if job is not None:
            self._stack.removeWidget(job)
            job.hide()
            job.deleteLater()
