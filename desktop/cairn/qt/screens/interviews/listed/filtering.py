"""What of the interviews is wanted: in words above the list, and as a sheet to choose it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from cairn.app.interviews import listing
from cairn.app.interviews.listing import ALL, FALLING, Filter, Sender, Sort
from cairn.app.kernel import times
from cairn.model.time.told import Told
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import Field, Sheet, column, label
from cairn.qt.widgets.reflow import Beside, Flow
from cairn.qt.widgets.settings import Choice
from cairn.storage.lists import State

_MOST_NAMES = 2


def sort_words() -> dict[Sort, str]:
    """What the list is sorted by, in the order in which it is offered."""
    return {
        Sort.CHANGED: QCoreApplication.translate("Filter", "Changed"),
        Sort.CREATED: QCoreApplication.translate("Filter", "Begun"),
        Sort.DATE: QCoreApplication.translate("Filter", "Told"),
        Sort.PLACE: QCoreApplication.translate("Filter", "Place"),
        Sort.TITLE: QCoreApplication.translate("Filter", "Code name"),
        Sort.SENDER: QCoreApplication.translate("Filter", "From"),
        Sort.STATE: QCoreApplication.translate("Filter", "State"),
    }


def direction_word(sort: Sort, *, upwards: bool) -> str:
    """Which way it is sorted."""
    if sort in FALLING:
        return (
            QCoreApplication.translate("Filter", "Oldest first")
            if upwards
            else QCoreApplication.translate("Filter", "Newest first")
        )
    if sort is Sort.STATE:
        return (
            QCoreApplication.translate("Filter", "Drafts first")
            if upwards
            else QCoreApplication.translate("Filter", "Finalised first")
        )
    return (
        QCoreApplication.translate("Filter", "From A to Z")
        if upwards
        else QCoreApplication.translate("Filter", "From Z to A")
    )


def state_words() -> dict[State, str]:
    """What a state of an interview is called."""
    return {
        "draft": QCoreApplication.translate("Filter", "Draft"),
        "saved": QCoreApplication.translate("Filter", "Saved"),
        "final": QCoreApplication.translate("Filter", "Finalised"),
    }


def parts(wanted: Filter, senders: Sequence[Sender], own: str) -> list[tuple[str, Filter]]:
    """What a filter asks for: each thing in words, and the filter without it. `own` is the label of this vault."""

    def without(**changed: Any) -> Filter:
        return msgspec.structs.replace(wanted, **changed)

    found: list[tuple[str, Filter]] = []
    if wanted.states:
        words = state_words()
        found.append((", ".join(words[each] for each in wanted.states), without(states=())))
    if wanted.waits:
        found.append((QCoreApplication.translate("Filter", "Waits for you"), without(waits=False)))
    if wanted.unsaved:
        found.append((QCoreApplication.translate("Filter", "Changed, not saved"), without(unsaved=False)))
    if wanted.sent is not None:
        word = (
            QCoreApplication.translate("Filter", "In a bundle")
            if wanted.sent
            else QCoreApplication.translate("Filter", "In no bundle")
        )
        found.append((word, without(sent=None)))
    if wanted.protected is not None:
        word = (
            QCoreApplication.translate("Filter", "Protected names")
            if wanted.protected
            else QCoreApplication.translate("Filter", "No protected names")
        )
        found.append((word, without(protected=None)))
    if wanted.senders:
        names = [each.label or own for each in senders if set(each.devices) & set(wanted.senders)]
        shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        word = QCoreApplication.translate("Filter", "From: {names}").format(names=shown)
        found.append((word, without(senders=())))
    if wanted.since:
        word = QCoreApplication.translate("Filter", "Since {day}").format(day=_time(wanted.since))
        found.append((word, without(since="")))
    if wanted.until:
        word = QCoreApplication.translate("Filter", "Until {day}").format(day=_time(wanted.until))
        found.append((word, without(until="")))
    if wanted.surely and (wanted.since or wanted.until):
        word = QCoreApplication.translate("Filter", "Without doubt")
        found.append((word, without(surely=False)))
    return found


class FilterSheet(QWidget):
    """The sheet: what is ticked is counted at once, and the button says how many will be shown."""

    def __init__(self, desk: Desk, over: QWidget, wanted: Filter, then: Callable[[Filter], Any]) -> None:
        super().__init__()
        self._desk = desk
        self._words = wanted.words
        self._then = then
        self._asked = 0
        self._senders: list[tuple[QCheckBox, Sender]] = []
        self._before = wanted
        states = state_words()
        self.states = {each: _box(states[each], each in wanted.states) for each in listing.STATES}
        self.waits = _box(self.tr("Something waits for you to settle it"), wanted.waits)
        self.unsaved = _box(self.tr("Changed, and not saved as a version"), wanted.unsaved)
        self.sent = _either(
            self.tr("In a bundle"),
            (self.tr("In a bundle or not"), self.tr("In a bundle sealed here"), self.tr("In no bundle")),
            wanted.sent,
        )
        self.protected = _either(
            self.tr("Protected names"),
            (
                self.tr("With protected names or without"),
                self.tr("With protected names"),
                self.tr("Without protected names"),
            ),
            wanted.protected,
        )
        self.since, self.until = QLineEdit(wanted.since), QLineEdit(wanted.until)
        how = self.tr("2031, 2031-03-14, spring 2031")
        self._since = Field(self.tr("Told since"), self.since, how)
        self._until = Field(self.tr("Told until"), self.until, how)
        self.surely = _box(self.tr("Only where the date leaves no doubt about it"), wanted.surely)
        self._from = Flow(gap=16)
        self._from_title = label(self.tr("From"), "strong")
        self.setLayout(
            column(
                label(self.tr("State"), "strong"),
                Flow(*self.states.values(), gap=16),
                self.waits,
                self.unsaved,
                self._from_title,
                self._from,
                Beside(self._since, self._until, second_width=200, least=160, gap=16),
                self.surely,
                Flow(self.sent, self.protected, gap=16),
                space=10,
            )
        )
        self.sheet = Sheet(over, self.tr("Show only some interviews"), self, width=560)
        self.sheet.add(self.tr("Cancel"))
        self.sheet.add(
            self.tr("Show all"), lambda: self._answer(msgspec.structs.replace(ALL, words=self._words))
        )
        self.go: QPushButton = self.sheet.add("", self._go, kind="primary")
        for box in (*self.states.values(), self.waits, self.unsaved, self.surely):
            box.toggled.connect(lambda _on: self._count())
        for choice in (self.sent, self.protected):
            choice.picked.connect(lambda _value: self._count())
        for line in (self.since, self.until):
            line.textChanged.connect(lambda _text: self._count())
            line.returnPressed.connect(self._go)
        session = desk.session
        tasks.run(self.sheet, lambda _progress: listing.senders(session), then=self._show_senders)
        self._say(None)
        self._count()

    @property
    def wanted(self) -> Filter:
        """What stands in it now."""
        chosen = [each for box, sender in self._senders if box.isChecked() for each in sender.devices]
        return Filter(
            words=self._words,
            states=tuple(each for each, box in self.states.items() if box.isChecked()),
            senders=tuple(chosen) if self._senders else self._before.senders,
            waits=self.waits.isChecked(),
            unsaved=self.unsaved.isChecked(),
            sent=self.sent.value,  # type: ignore[arg-type]  # one of its options
            protected=self.protected.value,  # type: ignore[arg-type]
            since=_edtf(self.since),
            until=_edtf(self.until),
            surely=self.surely.isChecked(),
        )

    def _show_senders(self, senders: Sequence[Sender]) -> None:
        own = self._desk.session.info.label
        for each in senders:
            words = QCoreApplication.translate("Filter", "{name} ({count})").format(
                name=each.label or own, count=messages.locale().toString(each.count)
            )
            box = _box(words, bool(set(each.devices) & set(self._before.senders)))
            box.toggled.connect(lambda _on: self._count())
            self._from.add(box)
            box.show()
            self._senders.append((box, each))
        # One sender alone is no choice.
        for part in (self._from, self._from_title):
            part.setVisible(len(senders) > 1)

    def _wrong(self) -> bool:
        wrong = False
        for line, field in ((self.since, self._since), (self.until, self._until)):
            text = line.text().strip()
            bad = bool(text) and not listing.time_of(text)
            # While a year is still being typed nothing is wrong yet.
            field.set_error(
                self.tr("Type it so that it means one time: 2031, 2031-03-14, spring 2031.")
                if bad and len(text) > 3
                else ""
            )
            wrong = wrong or bad
        return wrong

    def _count(self) -> None:
        self._asked += 1
        asked, wanted, session = self._asked, self.wanted, self._desk.session
        if self._wrong():
            self._say(None)
            return

        def show(count: int) -> None:
            if asked == self._asked:
                self._say(count)

        tasks.run(self.sheet, lambda _progress: listing.count(session, wanted), then=show)

    def _say(self, count: int | None) -> None:
        self.go.setEnabled(count is not None)
        said = (
            QCoreApplication.translate("Filter", "Show %n", "", count)
            if count is not None
            else self.tr("Show interviews")
        )
        self.go.setText(said)
        self.go.setAccessibleName(said)

    def _go(self) -> None:
        if self.go.isEnabled() and not self._wrong():
            self._answer(self.wanted)

    def _answer(self, wanted: Filter) -> None:
        self.sheet.dismiss()
        self._then(wanted)


def _edtf(line: QLineEdit) -> str:
    text = line.text().strip()
    return listing.time_of(text) if text else ""


def _time(edtf: str) -> str:
    return times.described(Told(edtf=edtf), messages.language())


def _box(text: str, ticked: bool) -> QCheckBox:
    made = QCheckBox(text)
    made.setAccessibleName(text)
    made.setChecked(ticked)
    return made


def _either(name: str, words: tuple[str, str, str], value: bool | None) -> Choice:
    return Choice(name, list(zip((None, True, False), words, strict=True)), value)
