"""The screen of custody: the state of the log, a check on demand, and every entry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import EntryView
from cairn.app.vault import custody
from cairn.errors import CairnError, Cancelled
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.custody import checks
from cairn.qt.screens.custody.checks import ALL, LOG, Checked, Result, ResultPanel
from cairn.qt.screens.custody.entries import PAGE, row_of
from cairn.qt.widgets import (
    Chip,
    Fingerprint,
    ProgressPanel,
    RowList,
    VLine,
    button,
    card,
    column,
    hline,
    label,
    row,
    scroll,
)
from cairn.qt.widgets.basic import edge, narrow
from cairn.qt.widgets.facts import Facts
from cairn.qt.widgets.reflow import Cells, Ends
from cairn.qt.widgets.rows import when_activated

WIDEST = 720
LIST_WIDTH = 420
LEAST_LIST = 300
TOGETHER = 820
"""From this width on, in design pixels, state and entries stand beside each other."""


class CustodyScreen(Screen):
    """State and words of the log above, its entries below, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._task: tasks.Task | None = None
        self._head = ""
        self._total = -1
        self.check_log = button(self.tr("Check now"), partial(self.check, LOG), kind="primary", glyph="check")
        self.check_all = button(self.tr("Check everything"), partial(self.check, ALL))
        self.check_all.setToolTip(self.tr("Reads the database, every file and the log. May take a while."))
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._stop)
        self._busy = card(self.progress, margin=16)
        self._busy.hide()
        self.result = ResultPanel(desk)
        self.result.hide()
        self._chip = Chip()
        self._facts = Facts()
        self._words_place = column()
        self.list = RowList(self.tr("Entries of the custody log"))
        self.list.more_wanted.connect(self._more)
        self.list.setMinimumHeight(theme().px(LEAST_LIST))
        when_activated(self.list, self._open_interview)
        self._build()

    def _build(self) -> None:
        how = button(self.tr("How the log works"), self._explain, kind="quiet", glyph="help")
        title = Ends(label(self.tr("Custody"), "title"), how)
        intro = label(
            self.tr(
                "Whatever happens in this vault is written down here. One fingerprint stands for all "
                "the lines, so nothing can be changed or taken out unnoticed."
            ),
            "soft",
            wrap=True,
        )
        buttons = Cells(2, across=8)
        buttons.add(self.check_log)
        buttons.add(self.check_all)
        state_head = row(label(self.tr("State"), "heading"), self._chip, None, space=12)
        state = card(state_head, self._facts, buttons, space=16)
        note = label(
            self.tr(
                "Write these words into a paper notebook at the end of a day. A log that was put back to an "
                "older state ends in other words."
            ),
            "caption",
            wrap=True,
        )
        self._head_card = card(
            label(self.tr("The log's end in 12 words"), "heading", wrap=True),
            self._words_place,
            note,
            space=16,
        )
        told = (intro, self._busy, self.result, state, self._head_card)
        parts = column(title, *(narrow(part, WIDEST) for part in told), space=16, margin=edge())
        inner = QWidget()
        inner.setLayout(parts)
        self._parts = parts
        self._end = column(None)
        parts.addLayout(self._end)
        self._line = VLine()
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = label("", "caption")
        head = row(label(self.tr("Entries"), "heading"), None, self._count)
        head.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(12))
        inside = column(head, hline(), self.list, space=0)
        inside.setStretchFactor(self.list, 1)
        self._side.setLayout(inside)
        self._outer = row(scroll(inner, self.tr("Custody")), self._line, self._side, space=0)
        self._outer.setStretch(0, 1)
        self.setLayout(self._outer)
        self._beside = True
        self._fold()

    def _fold(self) -> None:
        """The entries stand beside the state, or below it where the window is narrow for its text size."""
        wide = self.width() >= theme().px(TOGETHER)
        self._line.setVisible(wide)
        if wide:
            self._side.setFixedWidth(min(theme().px(LIST_WIDTH), self.width() // 2))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        if wide == self._beside:
            return
        self._beside = wide
        (self._outer if wide else self._parts).addWidget(self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # What is shown

    def enter(self) -> None:
        session = self.desk.session

        def load(_progress: Any) -> tuple[tuple[int, str, tuple[str, ...]], Checked | None, list[EntryView]]:
            return custody.head(session), checks.last(session), custody.entries(session, PAGE, 0)

        tasks.run(self, load, then=self._fill)

    def _fill(
        self, loaded: tuple[tuple[int, str, tuple[str, ...]], Checked | None, Sequence[EntryView]]
    ) -> None:
        (total, head, words), checked, entries = loaded
        self._show_state(total, checked)
        if head != self._head:
            self._head = head
            while (item := self._words_place.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            self._words_place.addWidget(Fingerprint(words))
        if total != self._total:
            self._total = total
            self._count.setText(self.tr("newest first"))
            self.list.set_rows([row_of(entry) for entry in entries], total)

    def _show_state(self, total: int, checked: Checked | None) -> None:
        if checked is None:
            self._chip.set(self.tr("not checked yet"))
            when = self.tr("never on this vault")
        elif checked.problems:
            self._chip.set(self.tr("%n problems", "", checked.problems), "danger")
            when = messages.moment(checked.at)
        else:
            self._chip.set(self.tr("whole"), "good")
            when = messages.moment(checked.at)
        facts = [(self.tr("Entries"), messages.locale().toString(total)), (self.tr("Last check"), when)]
        if checked is not None:
            what = self.tr("the whole vault") if checked.what == ALL else self.tr("the log")
            facts.append((self.tr("Checked"), what))
            newer = total - checked.entries
            if newer > 0:
                facts.append((self.tr("Since then"), self.tr("%n new entries", "", newer)))
        self._facts.show_facts(facts)

    def _more(self) -> None:
        session, have = self.desk.session, len(self.list.rows.rows)
        tasks.run(
            self, lambda _progress: custody.entries(session, PAGE, have), then=self._add, failed=self._no_more
        )

    def _add(self, entries: Sequence[EntryView]) -> None:
        # Entries written meanwhile push the older ones down: what is there already is not shown twice.
        have = {line.id for line in self.list.rows.rows}
        self.list.rows.add_rows([row_of(entry) for entry in entries if str(entry.seq) not in have])

    def _no_more(self, error: CairnError) -> None:
        self.list.rows.add_rows([])
        self.desk.fail(error)

    def _open_interview(self, entry_id: str) -> None:
        found = next((line for line in self.list.rows.rows if line.id == entry_id), None)
        if found is not None and found.data.interview and found.data.what:
            self.desk.open("interviews", found.data.interview)

    def _explain(self) -> None:
        self.desk.open("help", "custody")

    # Checking

    def check(self, what: str) -> None:
        """Check the log, or with `all` the whole vault."""
        if self._task is not None:
            return
        session = self.desk.session
        self.result.clear()
        self._set_busy(True)
        begun = self.tr("Checking everything") if what == ALL else self.tr("Checking the log")
        self.progress.begin(begun, counts_bytes=what == ALL)
        self._task = tasks.run(
            self,
            lambda progress: checks.check(session, what, progress),
            then=self._checked,
            failed=self._failed,
            progress=self.progress.report,
            lane="long",
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _checked(self, result: Result) -> None:
        self._set_busy(False)
        self.result.show_result(result)
        self.enter()

    def _failed(self, error: CairnError) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            self.desk.say(self.tr("The check was stopped before its end. It says nothing about the vault."))
        else:
            self.desk.fail(error)

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._task = None
            self.progress.end()
        self._busy.setVisible(busy)
        self.check_log.setEnabled(not busy)
        self.check_all.setEnabled(not busy)
        if not busy:
            self.check_log.setFocus(Qt.FocusReason.OtherFocusReason)
