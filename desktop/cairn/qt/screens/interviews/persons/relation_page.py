"""The form of a relation between two people, and of what parted them."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from cairn.app.people import family
from cairn.app.people.coded import Coding
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import CERTAINTIES, Parted, Relation
from cairn.qt.base import messages
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import Input, LineInput, Spot, TextInput, WhenInput
from cairn.qt.screens.interviews.persons.editing import EditPage
from cairn.qt.screens.interviews.persons.inputs import ComboInput, PlaceInput, TickedInput, term_options
from cairn.qt.widgets import Editor, Field, Line, label
from cairn.qt.widgets.basic import column, show_if
from cairn.qt.widgets.when import When
from cairn.vocab.terms import Terms


class PartedInput(QObject):
    """The separation as one field of the form: its own fields, or None while nobody was parted."""

    def __init__(self, parent: QObject, ticked: QCheckBox, inputs: dict[str, Input]) -> None:
        super().__init__(parent)
        self._ticked = TickedInput(ticked)
        self._inputs = inputs
        self._loaded = Parted()
        self.edited = self._ticked.edited
        for each in inputs.values():
            each.edited.connect(self._ticked.edited)

    def value(self) -> Parted | None:
        """What was told of it."""
        if not self._ticked.value():
            return None
        return msgspec.structs.replace(
            self._loaded, **{name: each.value() for name, each in self._inputs.items()}
        )

    def load(self, value: Any) -> None:
        """Show a separation, or none."""
        self._loaded = value or Parted()
        self._ticked.load(value is not None)
        for name, each in self._inputs.items():
            each.load(getattr(self._loaded, name))

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self._ticked.set_read_only(fixed)
        for each in self._inputs.values():
            each.set_read_only(fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in one of its fields."""
        return any(each.holds(widget) for each in self._inputs.values())

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor stands, by the name of the field."""
        for name, each in self._inputs.items():
            found = each.spot(last)
            if found is not None:
                return Spot(name, found.cursor, found.composing, found.undo)
        return None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on in one of its fields."""
        each = self._inputs.get(spot.part)
        return (
            None
            if each is None
            else each.take_up(Spot("", spot.cursor, spot.composing, spot.undo), fixed=fixed)
        )


class PeopleInput(QObject):
    """Several people, by their codes, parted by commas. A code that is nobody's is not kept, and the form says so."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self._line = LineInput(line)
        self.edited = self._line.edited
        self._codes: dict[str, RecordId] = {}
        self._loaded: dict[str, RecordId] = {}

    def offer(self, codes: dict[str, RecordId]) -> None:
        """Whom the codes name."""
        self._codes = codes

    @property
    def unknown(self) -> list[str]:
        """Codes that nobody has."""
        return [code for code in self._typed() if code not in {**self._codes, **self._loaded}]

    def _typed(self) -> list[str]:
        return [part.strip() for part in self._line.value().split(",") if part.strip()]

    def value(self) -> list[RecordId]:
        """Their records."""
        known = {**self._codes, **self._loaded}
        return [known[code] for code in self._typed() if code in known]

    def load(self, value: Any) -> None:
        """Show them."""
        called = {record: code for code, record in self._codes.items()}
        self._loaded = {called.get(record, record[:8]): record for record in value}
        self._line.load(", ".join(self._loaded))

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self._line.set_read_only(fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is here."""
        return self._line.holds(widget)

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition."""
        return self._line.spot(last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go on where the person stopped."""
        return self._line.take_up(spot, fixed=fixed)


class RelationPage(EditPage):
    """Who is what to whom, and the separation."""

    def __init__(self, desk: Desk, interview: RootId, terms: Terms) -> None:
        super().__init__(desk, interview)
        session = desk.session
        self._terms = terms
        self._coding: Coding | None = None
        word = messages.field
        self.person, person_field = self.box(self.tr("Of whom"))
        self.other, other_field = self.box(self.tr("Who"))
        self.type, type_field = self.box(self.tr("Is what to her or him"))
        self.kin, kin_field = self.box(self.tr("Korean kin word that was said"))
        certainty, certainty_field = self.box(self.tr("How sure"))
        registered, registered_field = self.box(word("relation", "registered"))
        teller, teller_field = self.box(
            self.tr("Who says so"), self.tr("Empty: the one who tells the account")
        )
        self._people = {
            "person": ComboInput(self.person, []),
            "other": ComboInput(self.other, []),
            "teller": ComboInput(teller, []),
        }
        self.type_input = ComboInput(self.type, term_options(terms, "relations"))
        self.kin_input = ComboInput(self.kin, term_options(terms, "kin_terms"))
        self._back_said = label("", "soft", wrap=True)
        words = Line()
        since, until = When(), When()
        note = Editor(self.tr("Note"), least=60)
        self.parted = QCheckBox(self.tr("They were parted"))
        self.parted.setAccessibleName(self.parted.text())
        self._parted_box = QWidget()
        self._fields_of_parted(terms)
        self.form = Form(
            self,
            Relation(),
            {
                "person": self._people["person"],
                "other": self._people["other"],
                "type": self.type_input,
                "kin": self.kin_input,
                "words": LineInput(words),
                "since": WhenInput(since),
                "until": WhenInput(until),
                "registered": ComboInput(
                    registered,
                    [(code, messages.value("registered", code)) for code in ("yes", "no", "unknown")],
                ),
                "certainty": ComboInput(
                    certainty, [(code, messages.value("certainty", code)) for code in CERTAINTIES]
                ),
                "teller": self._people["teller"],
                "parted": PartedInput(self, self.parted, self._parted),
                "note": TextInput(note, strip=True),
            },
            lambda: RecordDrafts(session, interview, "relation"),
        )
        self.kin.activated.connect(lambda _index: self._from_kin())
        self.form.edited.connect(self._look)
        self.build(
            self.together(other_field, person_field, type_field, kin_field),
            self._back_said,
            self.together(
                Field(word("relation", "words"), words),
                certainty_field,
                Field(word("relation", "since"), since),
                Field(word("relation", "until"), until),
                registered_field,
                teller_field,
            ),
            self.parted,
            self._parted_box,
            Field(self.tr("Note"), note),
        )

    def _fields_of_parted(self, terms: Terms) -> None:
        def word(name: str) -> str:
            return messages.field("relation", f"parted.{name}")

        cause, cause_field = self.box(word("cause"))
        hukou, hukou_field = self.box(word("registered"))
        holder, holder_field = self.box(word("holder"))
        household, household_field = self.box(word("household"))
        self._people |= {"holder": ComboInput(holder, []), "household": ComboInput(household, [])}
        lines = {name: Line() for name in ("where", "village", "cost")}
        texts = {
            name: Editor(word(name), least=60)
            for name in ("how", "news", "registered_how", "contact", "exposes", "wish", "child_wish")
        }
        whens = {name: When() for name in ("last_seen", "last_news", "registered_when", "holder_since")}
        with_people, sought = Line(), QCheckBox(self.tr("She asks that this person be looked for"))
        sought.setAccessibleName(sought.text())
        self.with_people = PeopleInput(with_people)
        self._parted: dict[str, Input] = {
            "cause": ComboInput(cause, term_options(terms, "separation_causes")),
            **{name: WhenInput(made) for name, made in whens.items()},
            "where": PlaceInput(lines["where"]),
            "village": PlaceInput(lines["village"]),
            "cost": LineInput(lines["cost"]),
            "with_people": self.with_people,
            "registered": ComboInput(hukou, term_options(terms, "registration_states")),
            "holder": self._people["holder"],
            "household": self._people["household"],
            **{name: TextInput(made, strip=True) for name, made in texts.items()},
            "sought": TickedInput(sought),
        }
        self._parted_box.setLayout(
            column(
                label(self.tr("Last seen"), "strong"),
                self.together(
                    Field(word("last_seen"), whens["last_seen"]),
                    Field(word("where"), lines["where"]),
                    Field(word("with_people"), with_people, self.tr("Codes, parted by commas")),
                    cause_field,
                ),
                Field(word("how"), texts["how"]),
                self.together(
                    Field(word("last_news"), whens["last_news"]), Field(word("news"), texts["news"])
                ),
                label(self.tr("Household register (hukou)"), "strong"),
                self.together(
                    hukou_field,
                    household_field,
                    Field(word("village"), lines["village"]),
                    Field(word("registered_when"), whens["registered_when"]),
                    Field(word("registered_how"), texts["registered_how"]),
                    Field(word("cost"), lines["cost"]),
                ),
                label(self.tr("Who holds the child"), "strong"),
                self.together(
                    holder_field,
                    Field(word("holder_since"), whens["holder_since"]),
                    Field(
                        word("contact"),
                        texts["contact"],
                        self.tr("Numbers and addresses belong to the names."),
                    ),
                    Field(word("exposes"), texts["exposes"]),
                    Field(word("wish"), texts["wish"]),
                    Field(word("child_wish"), texts["child_wish"]),
                ),
                sought,
                space=12,
            )
        )

    def show_relation(
        self,
        coding: Coding,
        record: RecordId,
        body: Relation,
        base: RevisionHash | None,
        draft: Draft | None,
        people: list[tuple[RecordId, str]],
    ) -> None:
        """Show one; `people` are the records that can be chosen, each with what it is called."""
        self._coding = coding
        for each in self._people.values():
            _offer(each.box, people)
        self.with_people.offer({called.split(" ")[0]: record for record, called in people})
        title = self.tr("Add a relation") if base is None else self.tr("Change a relation")
        self.begin(record, body, base, draft, title)
        self._look()
        (self.other if not body.other else self.type).setFocus()

    def problem(self) -> str:
        body = self.form.body()
        if not body.person or not body.other:
            (self.other if not body.other else self.person).setFocus()
            return self.tr("Choose both people.")
        if body.person == body.other:
            self.other.setFocus()
            return self.tr("Choose two different people.")
        if not body.type:
            self.type.setFocus()
            return self.tr("Choose what they are to each other.")
        if self.with_people.unknown:
            return self.tr("{codes}: nobody here has this code.").format(
                codes=", ".join(self.with_people.unknown)
            )
        return ""

    def _from_kin(self) -> None:
        """The kin word says the relation: it is filled in where it stands empty."""
        term = self._terms.get(self.kin_input.value())
        if term.relation and not self.type_input.value():
            self.type_input.load(term.relation)
            self.type_input.edited.emit()

    def _look(self) -> None:
        show_if(self._parted_box, self.parted.isChecked())
        body, coding = self.form.body(), self._coding
        if coding is None or not (body.person and body.other and body.type):
            self._back_said.setText("")
            return
        who = coding.body(body.person, Person)
        back = family.inverse(self._terms, body.type, who.sex if who is not None else "")
        said = self.tr("{other} is to {person}: {relation}. {person} is to {other}: {back}.")
        self._back_said.setText(
            said.format(
                other=coding.called(body.other),
                person=coding.called(body.person),
                relation=self._terms.label(body.type, messages.language()),
                back=self._terms.label(back, messages.language()) if back else "—",
            )
        )


def _offer(box: QComboBox, people: list[tuple[RecordId, str]]) -> None:
    box.clear()
    box.addItem("—", NO_RECORD)
    for record, called in people:
        box.addItem(called, record)
