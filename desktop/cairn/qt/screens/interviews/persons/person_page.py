"""The form of one person: facts, apart from who she is. Names of somebody protected have a form of their own."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QCheckBox, QWidget

from cairn.app.kernel import identities
from cairn.app.kernel.session import Session
from cairn.app.people import names
from cairn.app.people.coded import Coding
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RevisionHash, RootId
from cairn.model.kinds.person import SEXES, Person
from cairn.model.time.told import Told
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import LineInput, ListInput, TextInput, WhenInput
from cairn.qt.screens.interviews.persons.editing import EditPage
from cairn.qt.screens.interviews.persons.inputs import (
    AbilitiesInput,
    BornInput,
    ComboInput,
    GroupsInput,
    OpenNamesInput,
    PlaceInput,
    TermsInput,
    TickedInput,
    ability_boxes,
    term_options,
)
from cairn.qt.widgets import Editor, Field, Line, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.when import When
from cairn.vocab.terms import Terms

GROUPS = ("life", "liberty", "place", "health")


class _Drafts(RecordDrafts):
    """The draft of a person and, sealed apart from it, an exact birth that was typed."""

    def __init__(self, session: Session, interview: RootId, code: str, exact: Told | None) -> None:
        super().__init__(session, interview, "person")
        self._of = (session, interview, code, exact)

    def save(self, record: RecordId, draft: Draft) -> None:
        """Keep both. Raises InputError `identity.closed`, MachineError."""
        super().save(record, draft)
        session, interview, code, exact = self._of
        if exact is not None and code and session.identity.is_open:
            keep_birth(session, interview, code, exact)


def keep_birth(session: Session, interview: RootId, code: str, exact: Told) -> None:
    """Put an exact birth where the names are, as a sealed draft."""
    opening = names.read(session, interview).of(code)
    identities.write(session, interview, msgspec.structs.replace(opening, born=exact))


class PersonPage(EditPage):
    """Facts about one person."""

    def __init__(self, desk: Desk, interview: RootId, terms: Terms) -> None:
        super().__init__(desk, interview)
        session = desk.session
        self._others: frozenset[str] = frozenset()
        self._exact: Told | None = None
        self._code = ""
        self.code, self.described = Line(), Line()
        self.protected = QCheckBox(
            self.tr("The name is protected: it is kept apart, and the code stands for it")
        )
        self.protected.setAccessibleName(self.protected.text())
        self.names = Line()
        self._names_field = Field(
            self.tr("Names, open to whoever reads this"),
            self.names,
            self.tr("Parted by commas. For officials, by choice."),
        )
        sex, sex_field = self.box(self.tr("Sex"))
        self.born = When(lambda: Context(asks_birth=True))
        self._born = BornInput(self.born, self.protected.isChecked)
        self._born_field = Field(self.tr("Born"), self.born)
        self.died = When()
        home, birthplace = Line(), Line()
        self._roles = TermsInput(
            terms, term_options(terms, "roles"), self.tr("Add a role"), self.tr("Remove the role {term}")
        )
        states: dict[str, ComboInput] = {}
        state_fields = []
        words = {
            "life": self.tr("Life"),
            "liberty": self.tr("Liberty"),
            "place": self.tr("Where she is"),
            "health": self.tr("Health"),
        }
        known = {group: term_options(terms, "person_states", group) for group in GROUPS}
        for group in GROUPS:
            box, field = self.box(words[group])
            states[group] = ComboInput(box, known[group])
            state_fields.append(field)
        abilities = ability_boxes()
        ability_fields = [
            Field(messages.value("domain", domain), made.box) for domain, made in abilities.items()
        ]
        lines = {
            name: Line()
            for name in (
                "nationality",
                "ethnicity",
                "religion",
                "education",
                "occupation",
                "songbun",
                "civil",
            )
        }
        languages = Line()
        self.note = Editor(self.tr("Note"), least=72)
        self.form = Form(
            self,
            Person(),
            {
                "code": LineInput(self.code),
                "protected": TickedInput(self.protected),
                "names": OpenNamesInput(self.names, self.protected.isChecked),
                "described": LineInput(self.described),
                "sex": ComboInput(sex, [(code, messages.value("sex", code)) for code in SEXES]),
                "born": self._born,
                "birthplace": PlaceInput(birthplace),
                "home": PlaceInput(home),
                **{name: LineInput(made) for name, made in lines.items()},
                "languages": ListInput(languages),
                "roles": self._roles,
                "states": GroupsInput(
                    self, states, {group: frozenset(id_ for id_, _ in known[group]) for group in GROUPS}
                ),
                "disability": AbilitiesInput(self, abilities),
                "died": WhenInput(self.died),
                "note": TextInput(self.note, strip=True),
            },
            lambda: _Drafts(session, interview, self.code.text().strip(), self._born.exact),
        )

        self.form.edited.connect(self._look)

        def field_of(name: str, made: QWidget) -> Field:
            return Field(messages.field("person", name), made)

        self.build(
            self.together(
                Field(self.tr("Code"), self.code),
                Field(
                    self.tr("Spoken of as"),
                    self.described,
                    self.tr("Without a name: elder sister, guard with the scar"),
                ),
            ),
            self.protected,
            self._names_field,
            self.together(
                sex_field, self._born_field, field_of("birthplace", birthplace), field_of("home", home)
            ),
            label(self.tr("State"), "strong"),
            self.together(*state_fields, Field(self.tr("Died"), self.died)),
            Field(self.tr("Roles"), self._roles.widget),
            self.together(
                *(field_of(name, made) for name, made in lines.items()), field_of("languages", languages)
            ),
            label(self.tr("Has she difficulty in …"), "strong"),
            self.together(*ability_fields),
            Field(self.tr("Note"), self.note),
        )

    def show_person(
        self, coding: Coding, record: RecordId, body: Person, base: RevisionHash | None, draft: Draft | None
    ) -> None:
        """Show one; `record` was begun for one that is new."""
        taken = [each.code for each in coding.of("person") if each.own and each.record != record]
        self._others = frozenset(taken)
        title = self.tr("Add a person") if base is None else self.tr("Change {code}").format(code=body.code)
        self.begin(record, body, base, draft, title)
        self._look()
        (self.described if base is None else self.code).setFocus()

    def problem(self) -> str:
        code = self.code.text().strip()
        if not code:
            self.code.setFocus()
            return self.tr("Give this person a code: everything else names her by it.")
        if code in self._others:
            self.code.setFocus()
            return self.tr("{code} is the code of somebody else here.").format(code=code)
        if self._born.exact is not None and not self._desk.session.identity.is_open:
            self.born.setFocus()
            return self.tr(
                "An exact birth is kept with the names, and they are shut. Write the year, or open the names."
            )
        return ""

    def before(self, session: Session) -> None:
        exact, code = self._exact, self._code
        if exact is not None:
            keep_birth(session, self._interview, code, exact)

    def write(self, reason: str) -> None:
        self._exact, self._code = self._born.exact, self.code.text().strip()
        super().write(reason)

    def _look(self) -> None:
        protected = self.protected.isChecked()
        show_if(self._names_field, not protected)
        exact = self._born.exact
        if exact is None:
            self._born_field.set_help("")
        else:
            self._born_field.set_help(
                self.tr("An exact day is kept with the names. Here stands {year}.").format(
                    year=self._born.value().edtf
                )
            )
