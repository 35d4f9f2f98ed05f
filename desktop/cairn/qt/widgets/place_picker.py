"""A line for a place as it was told, and which known place it was taken to mean, found in any script and spelling.

The words stay as they were typed. Nothing is taken to be meant that nobody chose.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton

from cairn.model.finding import Typed
from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.place import Place
from cairn.model.places.told import MAX_WORDS, PlaceRelation, PlaceTold
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import button, label, show_if
from cairn.qt.widgets.picker import Picker
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.row_model import Row


def shown_place(place: Place) -> str:
    """What a place is called in the window's language; one that nobody here knows says so, with its id."""
    if place.known:
        return place.label(messages.language())
    return QCoreApplication.translate("PlacePicker", "not known here ({id})").format(id=place.id)


def where_it_lies(place: Place, known: Gazetteer) -> str:
    """What a place lies in, the nearest first."""
    return ", ".join(each.label(messages.language()) for each in reversed(known.path(place.id)))


class _Places(Picker):
    """How a place is found, and what is shown of it."""

    def __init__(self, known: Callable[[], Gazetteer]) -> None:
        self._about = label("", wrap=True)
        super().__init__(self._about)
        self.line.setMaxLength(MAX_WORDS)
        self._known = known

    def rows_for(self, typed: str) -> list[Row]:
        known = self._known()
        found = known.search(typed)
        if not found:
            # What was told has more words than the name: the house behind the station at Hoeryong.
            words = sorted({word for word in typed.split() if len(word) > 1}, key=len, reverse=True)
            found = [each for word in words[:8] for each in known.search(word, most=6)]
        places = dict.fromkeys(each.place.id for each in found)
        return [self._row(known.get(id_)) for id_ in places]

    def rows_below(self, branch: str) -> list[Row]:
        return [self._row(each) for each in self._known().children(branch) if each.chosen]

    def branch_above(self, branch: str) -> str:
        return self._known().get(branch).parent

    def is_branch(self, id_: str) -> bool:
        return any(each.chosen for each in self._known().children(id_)) if id_ else False

    def can_choose(self, id_: str) -> bool:
        return self._known().get(id_).known

    def explain(self, id_: str) -> str:
        place, known = self._known().get(id_), self._known()
        lines = [shown_place(place), where_it_lies(place, known)]
        for name in place.names:
            when = f" ({name.start or '?'}–{name.end.replace('..', '')})" if name.start or name.end else ""
            lines.append(" · ".join(name.written) + when)
        lines += [each.note for each in place.stretches if each.note]
        if place.note:
            lines.append(place.note)
        if place.review:
            lines.append(self.tr("Needs review: put together from general knowledge."))
        said = "\n".join(line for line in lines if line)
        self._about.setText(said)
        return said

    def _row(self, place: Place) -> Row:
        glyph = "chevron-right" if self._browsing and self.is_branch(place.id) else ""
        other = place.names[0].ko if place.names and messages.language()[:2] != "ko" else ""
        other = other or (place.names[0].en if place.names else "")
        lies = where_it_lies(place, self._known())
        return Row(
            place.id,
            shown_place(place),
            " · ".join(each for each in (other, lies) if each) or " ",
            glyph=glyph,
        )


class PlacePicker(_Places):
    """`told` is the words, the place, and how they lie to each other."""

    def __init__(self, known: Callable[[], Gazetteer], told: PlaceTold | None = None) -> None:
        """`known` gives, each time, the places of the session."""
        super().__init__(known)
        self.line.setPlaceholderText(self.tr("As it was said"))
        self._place = ""
        self._relation: PlaceRelation = "at"
        self._second = _Second(known)
        self._second.setAccessibleName(self.tr("The other place"))
        self._second.edited.connect(self.edited)
        self._ways = QButtonGroup(self)
        self._ways.setExclusive(True)
        self._buttons: dict[PlaceRelation, QPushButton] = {}
        words: dict[PlaceRelation, str] = {
            "at": self.tr("There"),
            "near": self.tr("Near there"),
            "between": self.tr("Between two"),
            "unknown": self.tr("Nobody knows where"),
        }
        for relation, word in words.items():
            made = button(word, kind="filter")
            made.setCheckable(True)
            made.setMinimumWidth(_bold(word) + theme().px(24))
            made.clicked.connect(partial(self._relate, relation))
            self._ways.addButton(made)
            self._buttons[relation] = made
        self._forget = button(self.tr("Another place is meant"), lambda: self.take(""), kind="link")
        layout = self.layout()
        if layout is not None:
            for part in (Flow(*self._buttons.values(), self._forget), self._second):
                layout.addWidget(part)
        self.load(told or PlaceTold())

    @property
    def told(self) -> PlaceTold:
        """The place as it stands."""
        second = self._second.place if self._relation == "between" else ""
        return PlaceTold(self.typed(), self._place, self._relation, second)

    def load(self, told: PlaceTold) -> None:
        """Show a place."""
        self._place, self._relation = told.place, told.relation
        self.line.setText(told.words)
        self.line.setCursorPosition(0)
        self._second.load(told.other)
        self._put_away()
        self._tell()

    def set_read_only(self, fixed: bool) -> None:
        super().set_read_only(fixed)
        self._second.set_read_only(fixed)
        self._tell()

    def start(self) -> str:
        return self._known().get(self._place).parent if self._place else ""

    def take(self, id_: str) -> None:
        before, self._place = self._place, id_
        if id_ and _only_initials(self.typed()):
            # Initial consonants are a way to search, and no words that somebody said.
            self.line.setText(self._known().label(id_, "ko"))
        if id_ and not self.typed():
            self.line.setText(shown_place(self._known().get(id_)))
        if id_ and self._relation == "unknown":
            self._relation = "at"
        self._tell()
        if id_ != before:
            self.edited.emit()

    def _typed(self) -> None:
        if not self.typed() and self._place:
            self.take("")
        super()._typed()
        self._tell()
        self.edited.emit()

    def _is_chosen(self) -> bool:
        return bool(self._place)

    def _relate(self, relation: PlaceRelation, _on: bool = True) -> None:
        if relation == self._relation:
            return
        self._relation = relation
        if relation == "unknown":
            self._place = ""
        self._tell()
        self.edited.emit()
        if relation == "between":
            self._second.setFocus()

    def _tell(self) -> None:
        known = self._known()
        place = known.get(self._place)
        free = not self.line.isReadOnly()
        for relation, made in self._buttons.items():
            made.setChecked(relation == self._relation)
            show_if(made, free and (bool(self._place) or relation == "unknown"))
        show_if(self._forget, free and bool(self._place))
        show_if(self._second, self._relation == "between")
        if not self._place:
            nobody = self.tr("Nobody knows where it was.") if self._relation == "unknown" else ""
            words = self.tr("The words alone are kept. Press Down to choose a place.") if self.typed() else ""
            self.tell(nobody or words)
            return
        name = {
            "near": self.tr("near {place}"),
            "between": self.tr("between {place} and another place"),
        }.get(self._relation, "{place}")
        parts = [name.format(place=shown_place(place)), where_it_lies(place, known)]
        if not place.known:
            parts.append(self.tr("It is kept as it is."))
        self.tell(self.tr("Understood as: {place}").format(place=" · ".join(part for part in parts if part)))


class _Second(_Places):
    """The second of two places: a name alone, no words of its own."""

    def __init__(self, known: Callable[[], Gazetteer]) -> None:
        super().__init__(known)
        self.place = ""
        self.line.setPlaceholderText(self.tr("The other place"))

    def load(self, place: str) -> None:
        """Show a place as chosen."""
        self.place = place
        self.line.setText(shown_place(self._known().get(place)) if place else "")
        self._put_away()

    def take(self, id_: str) -> None:
        before, self.place = self.place, id_
        if id_:
            self.line.setText(shown_place(self._known().get(id_)))
        if before != id_:
            self.edited.emit()

    def _is_chosen(self) -> bool:
        return bool(self.place) and self.typed() == shown_place(self._known().get(self.place))

    def left(self) -> None:
        said = "" if self._is_chosen() or not self.typed() else self.tr("No place is chosen for these words.")
        self.tell(said, error=True)

    def _typed(self) -> None:
        if self.place and not self._is_chosen():
            self.take("")
        super()._typed()


def _bold(word: str) -> int:
    """How wide a button's word is while it is chosen: bold, which Qt does not reckon with."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme().px(12))
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(word)


def _only_initials(words: str) -> bool:
    return (
        bool(words)
        and bool(Typed(words))
        and not any(each.isalnum() and not "ㄱ" <= each <= "ㅎ" for each in words)
    )
