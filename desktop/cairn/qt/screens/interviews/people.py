"""People present: one line each, with a name or code and a role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from cairn.model.kinds.interview import Person
from cairn.qt.base.theme import theme
from cairn.qt.forms.inputs import Spot, line_spot, line_take_up
from cairn.qt.widgets import Line, button, icon_button, row


def role_words() -> dict[str, str]:
    """Codes of the roles and their words."""
    translate = QCoreApplication.translate
    return {
        "told": translate("Roles", "told the account"),
        "interviewer": translate("Roles", "interviewer"),
        "interpreter": translate("Roles", "interpreter"),
        "companion": translate("Roles", "companion"),
        "guardian": translate("Roles", "guardian"),
        "observer": translate("Roles", "observer"),
    }


class _Line(QWidget):
    edited = Signal()
    removed = Signal()

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.name = Line(person.name)
        self.name.setPlaceholderText(self.tr("Name or code"))
        self.name.setAccessibleName(self.tr("Name or code of a person present"))
        self.name.edited.connect(self.edited)
        self.role = QComboBox()
        self.role.setAccessibleName(self.tr("Role"))
        words = role_words()
        for code, word in words.items():
            self.role.addItem(word, code)
        if person.role and person.role not in words:
            # A role that this version has no word for is kept and shown as it came.
            self.role.addItem(person.role, person.role)
        self.role.setCurrentIndex(max(0, self.role.findData(person.role or "told")))
        self.role.activated.connect(lambda _index: self.edited.emit())
        self.remove = icon_button("cross", self.tr("Remove this person"), self.removed.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(8))
        layout.addWidget(self.name, 3)
        layout.addWidget(self.role, 2)
        layout.addWidget(self.remove)

    def person(self) -> Person:
        role = self.role.currentData()
        return Person(name=self.name.text().strip(), role=role if isinstance(role, str) else "")


class PeopleEditor(QWidget):
    """The lines and a button for one more. Empty lines are not people. A field of a form (`forms.inputs.Input`)."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(theme().px(6))
        self._add = button(self.tr("Add a person"), self._add_one, kind="quiet", glyph="plus")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        outer.addLayout(self._box)
        outer.addLayout(row(self._add, None))
        self._read_only = False

    def load(self, people: Sequence[Person]) -> None:
        """Show these."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for person in people:
            self._append(person)

    @property
    def names(self) -> list[Line]:
        """The boxes for the names, from the top."""
        return [line.name for line in self._lines]

    def box(self, number: int) -> Line:
        """The box of one line, with as many empty lines above it as it takes."""
        while len(self._lines) <= number:
            self._append(Person(role="told" if not self._lines else "interviewer"))
        return self._lines[number].name

    def value(self) -> list[Person]:
        """Those who have a name or code."""
        return [person for person in (line.person() for line in self._lines) if person.name]

    def set_read_only(self, read_only: bool) -> None:
        """Whether nothing can be changed."""
        self._read_only = read_only
        self._add.setVisible(not read_only)
        for line in self._lines:
            line.setEnabled(not read_only)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in one of the names."""
        return any(widget is line for line in self.names)

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor stands: lines without a name are not counted, for they are not kept."""
        found, number = None, 0
        for line in self.names:
            found = line_spot(line, str(number), last) or found
            number += bool(line.text().strip())
        return found

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on in one of the names."""
        if fixed or not spot.part.isdecimal():
            return None
        return line_take_up(self.box(int(spot.part)), spot, fixed=False)

    def _append(self, person: Person) -> _Line:
        line = _Line(person)
        line.edited.connect(self.edited)
        line.removed.connect(lambda: self._remove(line))
        line.setEnabled(not self._read_only)
        self._lines.append(line)
        self._box.addWidget(line)
        return line

    def _add_one(self) -> None:
        self._append(Person(role="told" if not self._lines else "interviewer")).name.setFocus()

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._add.setFocus()
        self.edited.emit()
