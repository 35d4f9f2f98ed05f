"""Opening a file and taking it in: outside, progress, words, progress, result. Each failure is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.app.arriving import arrival, opening
from cairn.app.arriving.arrival import Arrival
from cairn.app.arriving.incoming import INTERVIEWS
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ContactRow, OpenedRoot, OutsideView, TakenIn
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.base.files import read_card_file
from cairn.qt.desk import Desk
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.opened import OpenedPane
from cairn.qt.screens.exchange.outside import OutsideCard
from cairn.qt.screens.exchange.page import Page, emptied, fit, list_card
from cairn.qt.widgets import ProgressPanel, Row, RowList, button, card, column
from cairn.qt.widgets.basic import narrow
from cairn.qt.widgets.facts import Line, Notice
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.rows import when_activated

WIDEST = 800
MOST_ROWS = 6


class OpenFlow(Page):
    """One file, from its outside to its result. `finish` leads back, `another` asks for the next file."""

    def __init__(self, desk: Desk, path: Path, finish: Callable[[], Any], another: Callable[[], Any]) -> None:
        super().__init__(self.tr("Exchange › Open a bundle"), "")
        self._desk = desk
        self._path = path
        self._finish = finish
        self._another = another
        self._task: tasks.Task | None = None
        self._arrival: Arrival | None = None
        self.pane: OpenedPane | None = None
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._cancel)
        self._running = card(self.progress)
        self._running.hide()
        self._stage = column(space=16)
        self.body.addLayout(self._stage)
        self.body.addLayout(narrow(self._running, WIDEST))
        self.body.addStretch(1)
        self.set_title(self.tr("Looking at the file"))
        self._run(lambda _progress: opening.look(path), self._outside, None)

    @property
    def busy(self) -> bool:
        """Whether something is being read or taken in."""
        return self._task is not None

    # Background work

    def _run(
        self,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None],
        what: str | None,
        orphaned: Callable[[Any, CairnError | None], None] | None = None,
    ) -> None:
        if what is not None:
            self._running.show()
            self.progress.begin(what)

        def ended(result: Any) -> None:
            self._end()
            then(result)

        def failed(error: CairnError) -> None:
            self._end()
            self._failed(error)

        self._task = tasks.run(
            self,
            work,
            then=ended,
            failed=failed,
            progress=self.progress.report,
            orphaned=orphaned,
            lane="long",
            job=self.tr("A bundle is being taken in or looked at."),
        )

    def _end(self) -> None:
        self._task = None
        self.progress.end()
        self._running.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def leave(self) -> None:
        """The page is left: what is being read is stopped, and of what was looked at nothing stays."""
        self._cancel()
        waiting, self._arrival = self._arrival, None
        if waiting is not None:
            # What it brought is on the disk, encrypted: removing it may take a moment.
            tasks.run(self, lambda _progress: waiting.close(), lane="long")

    # From step to step

    def _outside(self, view: OutsideView) -> None:
        self._show(OutsideCard(view, self._path))
        if view.kind == "bundle":
            self.set_title(self.tr("Opening the bundle"))
            session, path = self._desk.session, self._path
            self._run(
                lambda progress: _look(session, path, progress),
                self._opened,
                self.tr("Checking the bundle to its last byte. Nothing is taken in yet."),
                _forget,
            )
            return
        self.set_title(self.tr("This file can't be taken in"))
        first = None
        if view.kind == "card":
            first = button(self.tr("Add this card to my contacts"), self._add_card, kind="primary")
        self._ways(first)

    def _opened(self, looked: Arrival) -> None:
        self._arrival = looked
        self._desk.refresh_bands()
        self.set_title(self.tr("What came in"))
        self.pane = OpenedPane(self._desk, looked.view, self._take_in, self._finish)
        self._show(self.pane, wide=True)
        self.pane.keyboard()

    def _take_in(self, override: str) -> None:
        looked = self._arrival
        if self._task is not None or looked is None:
            return

        def work(progress: Progress) -> TakenIn:
            return looked.take_in(override=override, progress=progress)

        emptied(self._stage)
        self.pane = None
        self.set_title(self.tr("Taking in"))
        self._run(
            work,
            self._taken,
            self.tr("Taking in. All of it or nothing: it can be stopped at any time."),
        )

    def _taken(self, taken: TakenIn) -> None:
        self._desk.refresh_bands()
        told = [each for each in taken.roots if each.kind in INTERVIEWS]
        others = [each for each in taken.roots if each.kind not in INTERVIEWS]
        waiting = {each.id for each in told if each.id in taken.waiting}
        self.set_title(self.tr("Taken in"))
        said = self.tr("{interviews} from {name}").format(
            interviews=words.amount(taken.roots), name=taken.sender_label
        )
        counts = self.tr("New parts: {new} · newer versions: {updated} · already here: {same}").format(
            new=taken.new, updated=taken.updated, same=taken.same
        )
        parts: list[QWidget] = [Line(said, counts, tone="good")]
        if waiting:
            text = self.tr(
                "{interviews} came in another version than the one here. Nothing was overwritten: both "
                "stand side by side until you settle them."
            )
            parts.append(
                Notice(text.format(interviews=words.interviews(len(waiting))), "warn", glyph="merge")
            )
        parts += [Notice(messages.problem(each), "warn") for each in taken.problems]
        self._show(card(*parts, space=14))
        if others:
            self._stage.addLayout(narrow(card(*words.lines(others), space=14), WIDEST))
        if told:
            self._list_interviews(told, waiting)
        done = button(self.tr("Done"), self._finish, kind="primary")
        another = button(self.tr("Open another bundle…"), self._another)
        self._stage.addWidget(Flow(done, another))
        self._stage.activate()
        done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_interviews(self, told: Sequence[OpenedRoot], waiting: Collection[str]) -> None:
        self.list = RowList(self.tr("Interviews that were taken in"))
        ordered = sorted(told, key=lambda each: each.id not in waiting)
        self.list.set_rows(
            [
                Row(
                    each.id,
                    words.title(each.title),
                    self.tr("Settle the versions") if each.id in waiting else self.tr("Open the interview"),
                    ((self.tr("conflict"), "warn"),) if each.id in waiting else (),
                    glyph="interviews",
                )
                for each in ordered
            ]
        )
        fit(self.list, MOST_ROWS)
        self.list.clicked.connect(self._open_index)
        when_activated(self.list, self._open_interview)
        box = list_card(self.list)
        self._stage.addLayout(narrow(box, WIDEST))

    def _open_index(self, index: QModelIndex) -> None:
        self._open_interview(index.data(Qt.ItemDataRole.UserRole).id)

    def _open_interview(self, interview: str) -> None:
        self._desk.open("interviews", interview)

    def _failed(self, error: CairnError) -> None:
        if isinstance(error, Cancelled):
            self.set_title(self.tr("Stopped"))
            line = Line(messages.sentence(error), "", tone="neutral")
        else:
            self.set_title(self.tr("This bundle is not taken in"))
            line = Line(messages.sentence(error), self.tr("The vault is as it was before."), tone="danger")
        self._show(card(line))
        first = None
        if isinstance(error, Cancelled):
            first = button(self.tr("Try again"), self._again)
        elif error.code == "taking.changed":
            first = button(self.tr("Look at it again"), self._again)
        self.leave()
        self._ways(first)

    def _ways(self, first: QWidget | None) -> None:
        another = button(self.tr("Open another bundle…"), self._another)
        back = button(self.tr("Back to Exchange"), self._finish, kind="quiet")
        ways = [each for each in (first, another, back) if each is not None]
        self._stage.addWidget(Flow(*ways))
        ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        emptied(self._stage)
        self._run(lambda _progress: opening.look(self._path), self._outside, None)

    def _add_card(self) -> None:
        session, path = self._desk.session, self._path

        def added(contact: ContactRow) -> None:
            self._finish()
            self._desk.open("contacts", contact.fingerprint)

        self._run(lambda _progress: contacts.add(session, read_card_file(path)), added, None)

    def _show(self, shown: QWidget, *, wide: bool = False) -> None:
        emptied(self._stage)
        if wide:
            self._stage.addWidget(shown)
        else:
            self._stage.addLayout(narrow(shown, WIDEST))
        shown.show()
        self.to_top()

    def keyboard(self) -> None:
        """Set the focus where the next thing is to be done."""
        if self.pane is not None:
            self.pane.keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._task is None:
            self._finish()
            return
        super().keyPressEvent(event)


def _look(session: Session, path: Path, progress: Progress) -> Arrival:
    """Look through a bundle, and note that it came."""
    looked = arrival.look_through(session, path, progress)
    try:
        looked.note()
    except BaseException:
        looked.close()
        raise
    return looked


def _forget(looked: Arrival | None, _error: CairnError | None) -> None:
    """Nobody waits any more for what was looked at: nothing of it stays."""
    if looked is not None:
        looked.close()
