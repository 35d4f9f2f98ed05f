"""A line for somebody: one of the interview's people or units, found by code or words, or somebody new by the same words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cairn.app.coding.acts import Who
from cairn.app.people.coded import Coding, called
from cairn.model.kinds.described import MAX_SHORT
from cairn.model.kinds.person import Person
from cairn.model.kinds.unit import Unit
from cairn.qt.forms.pickers import PickedInput
from cairn.qt.widgets.basic import label
from cairn.qt.widgets.picker import Picker
from cairn.qt.widgets.row_model import Row

_NEW = ":"
_HERE = "@"


class WhoPicker(Picker):
    """`who` is who was picked. `new` says as what somebody may be named for the first time."""

    def __init__(self, known: Callable[[], Coding], new: Sequence[str], *, units: bool = False) -> None:
        """`known` gives, each time, the people of the interview; `new` of `person`, `unit`, `unknown`."""
        self._about = label("", wrap=True)
        super().__init__(self._about)
        self.line.setMaxLength(MAX_SHORT)
        self.line.setPlaceholderText(self.tr("A code, or words"))
        self._known, self._new, self._units = known, tuple(new), units
        self.who = Who()

    def load(self, who: Who) -> None:
        """Show somebody as picked."""
        self.who = who
        self.line.setText(self._reads(who))
        self.line.setCursorPosition(0)
        self._put_away()
        self._tell()

    def rows_for(self, typed: str) -> list[Row]:
        words = typed.casefold()
        found = [row for row in self._rows() if words in row.title.casefold() or words in row.line.casefold()]
        new = {
            "person": self.tr("Somebody new: “{words}”"),
            "unit": self.tr("A unit: “{words}”"),
            "unknown": self.tr("Nobody can name: “{words}”"),
        }
        return [*found, *(Row(_NEW + kind, new[kind].format(words=typed), " ") for kind in self._new)]

    def rows_below(self, branch: str) -> list[Row]:
        return self._rows()

    def branch_above(self, branch: str) -> str:
        return ""

    def is_branch(self, id_: str) -> bool:
        return False

    def can_choose(self, id_: str) -> bool:
        return True

    def explain(self, id_: str) -> str:
        row = next((each for each in self.list.rows.rows if each.id == id_), None)
        said = " · ".join(each.strip() for each in (row.title, row.line) if each.strip()) if row else ""
        self._about.setText(said)
        return said

    def take(self, id_: str) -> None:
        before, typed = self.who, self.typed()
        if not id_:
            self.who = Who()
        elif id_.startswith(_NEW):
            self.who = Who(words=typed, kind=id_.removeprefix(_NEW))
        elif id_.startswith(_HERE):
            self.who = Who(code=id_.removeprefix(_HERE))
        else:
            self.who = Who(record=id_)  # type: ignore[arg-type]
        if self.who:
            self.line.setText(self._reads(self.who))
        self._tell()
        if self.who != before:
            self.edited.emit()

    def left(self) -> None:
        if self.typed() and not self._is_chosen():
            self.tell(self.tr("Nobody is chosen for these words."), error=True)

    def _typed(self) -> None:
        if self.who and not self._is_chosen():
            self.take("")
        super()._typed()

    def _is_chosen(self) -> bool:
        return bool(self.who) and self.typed() == self._reads(self.who)

    def _reads(self, who: Who) -> str:
        if who.record:
            return self._known().called(who.record)
        return who.code or who.words

    def _tell(self) -> None:
        said = {
            "person": self.tr("A person of this interview from now on, under a code of its own."),
            "unit": self.tr("A unit of this interview from now on, named openly."),
            "unknown": self.tr("Kept in these words."),
        }
        self.tell(said.get(self.who.kind, "") if self.who.words else self._detail())

    def _detail(self) -> str:
        return next(
            (
                row.line.strip()
                for row in self._rows()
                if row.id == (self.who.record or _HERE + self.who.code)
            ),
            "",
        )

    def _rows(self) -> list[Row]:
        known = self._known()
        coded = {body.code for _, body in known.bodies(Person)}
        rows = [
            Row(
                each.record,
                called(body),
                body.described or " ",
                ((each.label, "neutral"),) if each.label else (),
            )
            for each, body in known.bodies(Person)
        ]
        rows += [
            Row(_HERE + one.code, one.code, one.name or self.tr("present"))
            for one in known.present
            if one.code and one.code not in coded
        ]
        if self._units:
            rows += [Row(each.record, called(body), " ") for each, body in known.bodies(Unit)]
        return rows


class WhoInput(PickedInput):
    """Somebody as picked."""

    def __init__(self, picker: WhoPicker) -> None:
        super().__init__(picker)
        self._picker = picker

    def value(self) -> Who:
        """Who it is."""
        return self._picker.who

    def load(self, value: Who) -> None:
        """Show somebody."""
        self._picker.load(value)
