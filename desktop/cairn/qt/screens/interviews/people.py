"""People present: one line each, with a name or code and a role.

The name of somebody protected is no part of the interview: the line shows it beside its code and a lock, the
form's value holds code and role alone, and `protected_names` goes into the identity compartment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from cairn.model.kinds.interview import PROTECTED_ROLES, Person, next_code
from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.forms.choices import QuietCombo
from cairn.qt.forms.inputs import Spot, line_spot, line_take_up
from cairn.qt.widgets import Line, button, icon_button, label, row
from cairn.qt.widgets.kept_only import only_where_kept


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

    def __init__(self, person: Person, code: str, name: str, *, open_: bool, kept: bool) -> None:
        super().__init__()
        self.code = code
        self._said = person.code if kept else code
        """The code that the record has for somebody without protection: none is made up for what is only shown."""
        self._open = open_
        self._kept = kept
        """Whether the record has this person: then a line without a name is somebody all the same."""
        self._decided = kept
        """Whether it was said if the name is protected; until then the role says it."""
        self.name = Line(name if person.protected else person.name)
        self.name.setPlaceholderText(self.tr("Name or code"))
        self.name.setAccessibleName(self.tr("Name or code of a person present"))
        self.name.edited.connect(self.edited)
        self.role = QuietCombo(whole=True)
        self.role.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.role.setAccessibleName(self.tr("Role"))
        words = role_words()
        for role, word in words.items():
            self.role.addItem(word, role)
        if person.role and person.role not in words:
            # A role that this version has no word for is kept and shown as it came.
            self.role.addItem(person.role, person.role)
        self.role.setCurrentIndex(max(0, self.role.findData(person.role or "told")))
        self.role.activated.connect(lambda _index: self._role_chosen())
        self.protect = icon_button("lock", "", self._protect_chosen)
        self.protect.setCheckable(True)
        self.protect.setChecked(person.protected)
        self.shown_code = label(code, "soft")
        self.remove = icon_button("cross", self.tr("Remove this person"), self.removed.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(8))
        layout.addWidget(self.name, 3)
        layout.addWidget(self.protect)
        layout.addWidget(self.shown_code)
        layout.addWidget(self.role, 2)
        layout.addWidget(self.remove)
        self._show_protection()

    @property
    def protected(self) -> bool:
        """Whether the name is kept apart from the interview."""
        return self.protect.isChecked()

    @property
    def is_somebody(self) -> bool:
        """Whether the line stands for a person: one with a name or code, or one that the record has."""
        return bool(self.typed.strip()) or (self._kept and self.protected)

    @property
    def typed(self) -> str:
        """The name with what is being composed in it: of somebody protected that is kept nowhere else."""
        text, at = self.name.text(), self.name.cursorPosition()
        return text[:at] + self.name.composing + text[at:]

    def person(self) -> Person:
        """The person as the interview says it."""
        role = self.role.currentData()
        role = role if isinstance(role, str) else ""
        if self.protected:
            return Person(role=role, code=self.code, protected=True)
        return Person(name=self.name.text().strip(), role=role, code=self._said)

    def show_name(self, name: str, *, open_: bool) -> None:
        """Show the name of somebody protected, or that it is closed."""
        self._open = open_
        if self.protected and self.name.text() != name:
            self.name.setText(name)
            self.name.setCursorPosition(0)
        self._show_protection()

    def decide(self) -> None:
        """Protect the name where its role asks for that and nobody has said otherwise."""
        if not self._decided and self._open:
            self.protect.setChecked(self._role() in PROTECTED_ROLES)
            self._show_protection()

    def _role(self) -> str:
        role = self.role.currentData()
        return role if isinstance(role, str) else ""

    def _role_chosen(self) -> None:
        self.decide()
        self.edited.emit()

    def _protect_chosen(self) -> None:
        self._decided = True
        self._show_protection()
        self.edited.emit()

    def _show_protection(self) -> None:
        closed = self.protected and not self._open
        words = (
            self.tr("This name is protected: it is kept apart, and everywhere else {code} stands for it")
            if self.protected
            else self.tr("Protect this name: keep it apart, and let {code} stand for it")
        ).format(code=self.code)
        self.protect.setIcon(icon("lock" if self.protected else "unlock", "ink"))
        self.protect.setToolTip(words)
        self.protect.setAccessibleName(words)
        # Where names are closed none can be taken in or out.
        self.protect.setEnabled(self._open)
        self.shown_code.setVisible(self.protected)
        self.name.setReadOnly(closed)
        self.name.setPlaceholderText(self.tr("Names are closed") if closed else self.tr("Name or code"))


class PeopleEditor(QWidget):
    """The lines and a button for one more. Empty lines are not people. A field of a form (`forms.inputs.Input`)."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._names: dict[str, str] = {}
        self._open = True
        self._box = QVBoxLayout()
        self._box.setSpacing(theme().px(6))
        self._add = button(self.tr("Add a person"), self._add_one, kind="quiet", glyph="plus")
        only_where_kept(self._add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        self._told = label("", "soft", wrap=True)
        self._told.hide()
        outer.addLayout(self._box)
        outer.addLayout(row(self._add, None))
        outer.addWidget(self._told)
        self._read_only = False

    def set_names(self, names: Mapping[str, str], *, open_: bool, refresh: bool = True) -> None:
        """The protected names as the vault has them, by code; `refresh` shows them in place of what stands here."""
        self._names, self._open = dict(names), open_
        if refresh:
            for line in self._lines:
                line.show_name(self._names.get(line.code, ""), open_=open_)

    def tell(self, sentences: Sequence[str]) -> None:
        """Say below the lines why a name can't be read."""
        self._told.setText("\n".join(sentences))
        self._told.setVisible(bool(sentences))

    def load(self, people: Sequence[Person]) -> None:
        """Show these."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for person in people:
            self._append(person, kept=True)

    @property
    def names(self) -> list[Line]:
        """The boxes for the names, from the top."""
        return [line.name for line in self._lines]

    def box(self, number: int) -> Line:
        """The box of one line, with as many empty lines above it as it takes."""
        while len(self._lines) <= number:
            self._append_new()
        return self._lines[number].name

    def protect(self, number: int) -> QWidget:
        """The button of one line that protects its name."""
        return self._lines[number].protect

    def value(self) -> list[Person]:
        """Those who have a name or code, as the interview says them."""
        return [line.person() for line in self._lines if line.is_somebody]

    def protected_names(self) -> dict[str, str]:
        """Code → name of those who are protected: what the identity compartment is to keep."""
        if not self._open:
            return {}
        return {line.code: line.typed.strip() for line in self._lines if line.protected and line.is_somebody}

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
        for line in self._lines:
            here = line_spot(line.name, str(number), last)
            if here is not None:
                # A syllable of a protected name must not stand in the interview's draft: it is kept with the name.
                found = Spot(here.part, here.cursor + len(here.composing)) if line.protected else here
            number += line.is_somebody
        return found

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on in one of the names."""
        if fixed or not spot.part.isdecimal():
            return None
        return line_take_up(self.box(int(spot.part)), spot, fixed=False)

    def _append(self, person: Person, *, kept: bool = False) -> _Line:
        code = person.code or next_code([Person(code=line.code) for line in self._lines])
        name = self._names.get(code, "")
        line = _Line(person, code, name, open_=self._open, kept=kept)
        line.edited.connect(self.edited)
        line.removed.connect(lambda: self._remove(line))
        line.setEnabled(not self._read_only)
        self._lines.append(line)
        self._box.addWidget(line)
        return line

    def _append_new(self) -> _Line:
        line = self._append(Person(role="told" if not self._lines else "interviewer"))
        line.decide()
        return line

    def _add_one(self) -> None:
        self._append_new().name.setFocus()

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._add.setFocus()
        self.edited.emit()
