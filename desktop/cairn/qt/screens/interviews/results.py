"""What a search of all interviews found: every place, interview by interview, narrowed to a kind of text if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.interviews import search
from cairn.app.interviews.found import FoundPage, FoundView, PlaceView
from cairn.app.interviews.listing import ALL, Filter
from cairn.model.ids import RootId
from cairn.model.values import BEGINNING, clock_text
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import button, column
from cairn.qt.widgets.found_rows import FoundList, FoundRow
from cairn.qt.widgets.reflow import Flow

PAGE = 30
"""Interviews that are fetched at once."""
FIRST = 20
"""Places of an interview that are shown at once; the others when they are asked for."""


@dataclass(frozen=True)
class Spot:
    """A place to open: the interview, and where in its workspace (`Workspace.open_tab`)."""

    interview: RootId
    place: str


def spot_of(each: PlaceView, words: str) -> str:
    """The place as the workspace understands it."""
    if each.kind == "transcript":
        return f"transcript:{each.record}@{each.at or 0}~{words}"
    if each.kind == "attachment":
        inside = f"@{each.paragraph or 1}.{each.nth}" if each.field == "inside" else ""
        return f"files:{each.record}{inside}~{words}"
    if each.kind == "interview":
        return f"read:{each.field}.{each.paragraph}.{each.nth}~{words}"
    if each.kind == "note":
        return f"read:{each.record}.{each.paragraph}.{each.nth}~{words}"
    return {"consent": "consent", "recording": "conversation", "identity": "account"}.get(each.kind, "")


class Results(QWidget):
    """The places and the kinds of text they are in. `ask` searches; everything else follows."""

    chosen = Signal(object)
    """A `Spot` that the person moved to."""
    entered = Signal()
    left = Signal()
    answered = Signal(int)
    """How many interviews were found."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self._next: int | None = None
        self.words = ""
        """What the list shows the places of."""
        self._kinds: tuple[str, ...] = ()
        self._wanted = ALL
        self.list = FoundList(self.tr("Places found"))
        self.list.chosen.connect(self.chosen)
        self.list.entered.connect(self.entered)
        self.list.left.connect(self.left)
        self.list.more_wanted.connect(self._more)
        self.list.unfolded.connect(self._unfold)
        kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
            (self.tr("All"), ()),
            (self.tr("Account"), ("interview",)),
            (self.tr("Notes"), ("note",)),
            (self.tr("Transcript"), ("transcript",)),
            (self.tr("Files"), ("attachment",)),
        )
        self.kinds: list[QPushButton] = []
        for word, which in kinds:
            made = button(word, partial(self._narrow, which), kind="filter")
            made.setCheckable(True)
            made.setChecked(not which)
            made.setAutoExclusive(True)
            self.kinds.append(made)
        self.narrowing = QWidget()
        """The kinds, for whoever lays out what stands above the list."""
        self.narrowing.setLayout(column(Flow(*self.kinds, gap=4)))
        self.setLayout(column(self.list))
        self.setFocusProxy(self.list)

    def ask(self, words: str, wanted: Filter) -> None:
        """Search for these in the interviews that are wanted."""
        session, kinds, self._wanted = self._desk.session, self._kinds, wanted
        self._asked += 1
        asked = self._asked
        shown = sum(1 for row in self.list.rows.rows if row.head) if words == self.words else 0

        def show(page: FoundPage) -> None:
            # An answer to an older question must not replace the newer one.
            if asked != self._asked:
                return
            same = words == self.words
            self.words, self._next = words, page.next
            if not same:
                self.list.clearSelection()
                self.list.setCurrentIndex(self.list.rootIndex())
            self.list.set_rows(self._rows(page.found), unfinished=page.next is not None)
            if not same:
                self.list.scrollToTop()
            self.answered.emit(page.total)

        tasks.run(
            self,
            lambda _progress: search.results(
                session, words, kinds=kinds, wanted=wanted, limit=max(PAGE, shown), most=FIRST
            ),
            then=show,
        )

    def forget(self) -> None:
        """No search any more: no word of it stays."""
        self._asked += 1
        self.words, self._next = "", None
        self.list.set_rows([], unfinished=False)
        if self._kinds:
            self._kinds = ()
            self.kinds[0].setChecked(True)

    def enter(self) -> bool:
        """Give the keys to the list and choose its first place, or the one that was chosen; False where there is none."""
        if not any(row.pieces for row in self.list.rows.rows):
            return False
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.chosen_row is None:
            self.list.step(1)
        return True

    @property
    def narrowed(self) -> bool:
        """Whether only one kind of text is looked at."""
        return bool(self._kinds)

    def _narrow(self, kinds: tuple[str, ...]) -> None:
        if kinds != self._kinds:
            self._kinds = kinds
            self.ask(self.words, self._wanted)

    def _more(self) -> None:
        session, kinds, words, wanted = self._desk.session, self._kinds, self.words, self._wanted
        at, asked = self._next, self._asked
        if at is None:
            return

        def add(page: FoundPage) -> None:
            if asked == self._asked and at == self._next:
                self._next = page.next
                self.list.rows.add_rows(self._rows(page.found), unfinished=page.next is not None)

        tasks.run(
            self,
            lambda _progress: search.results(
                session, words, kinds=kinds, wanted=wanted, offset=at, limit=PAGE, most=FIRST
            ),
            then=add,
        )

    def _unfold(self, number: int) -> None:
        session, kinds, words, asked = self._desk.session, self._kinds, self.words, self._asked
        line = self.list.rows.rows[number]
        interview: RootId = line.data

        def show(places: tuple[PlaceView, ...]) -> None:
            rows = self.list.rows.rows
            if asked == self._asked and line in rows:
                where = rows.index(line)
                self.list.rows.replace(where, self._places(interview, line.title, places, FIRST))
                self.list.setCurrentIndex(self.list.rows.index(where))

        tasks.run(self, lambda _progress: search.all_places(session, words, interview, kinds), then=show)

    # In words

    def _rows(self, found: Sequence[FoundView]) -> list[FoundRow]:
        rows = []
        for each in found:
            title = each.row.title or self.tr("Without a name")
            rows.append(FoundRow(each.row.id, title, self.tr("%n place(s)", "", each.count)))
            rows += self._places(each.row.id, title, each.places, 0)
            if (hidden := each.count - len(each.places)) > 0:
                said = self.tr("Show %n more place(s)", "", hidden)
                rows.append(FoundRow(f"{each.row.id} more", title, said, more=True, data=each.row.id))
        return rows

    def _places(
        self, interview: RootId, title: str, places: Sequence[PlaceView], begin: int
    ) -> list[FoundRow]:
        """From the place with this number on."""
        return [
            FoundRow(
                f"{interview} {number}",
                title,
                self._where(each),
                each.snippet or ((title, False),),
                data=Spot(interview, spot_of(each, self.words)),
            )
            for number, each in enumerate(places[begin:], begin)
        ]

    def _where(self, each: PlaceView) -> str:
        """The kind of place."""
        if each.kind == "attachment":
            file = self.tr("File “{name}”").format(name=each.name)
            return (
                self.tr("{file}, page {page}").format(file=file, page=each.paragraph)
                if each.paragraph and each.field == "inside"
                else file
            )
        if each.kind == "recording":
            return self.tr("Recording “{name}”").format(name=each.name)
        if each.kind == "identity":
            return self.tr("Name of {person}").format(person=each.name)
        if each.kind == "transcript":
            word = (
                self.tr("Translation {time}") if each.field == "translation" else self.tr("Transcript {time}")
            )
            return word.format(time=clock_text(each.at or BEGINNING))
        if each.field == "account":
            return self.tr("Account ¶{number}").format(number=each.paragraph)
        words = {
            "note": self.tr("Note"),
            "consent": self.tr("Consent"),
            "title": self.tr("Title"),
            "date": self.tr("Date"),
            "place": self.tr("Place"),
            "people": self.tr("People"),
            "summary": self.tr("Summary"),
        }
        return words.get(each.kind) or words.get(each.field, "")
