"""The panel at the right: what is known of one person, in short parts; what lies with the names is only counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.app.people import faults
from cairn.app.people.coded import Coded, Coding
from cairn.app.people.family import Apart, Member
from cairn.app.people.names import Names
from cairn.model.kinds.identity import Opening
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Relation
from cairn.model.time.told import Told
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.persons.drawing import code_chip
from cairn.qt.screens.interviews.persons.words import PersonWords, place, told
from cairn.qt.widgets import button, column, hline, icon_button, label, row
from cairn.qt.widgets.facts import Facts, Notice, mark
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.vocab.terms import Terms


class Code(QWidget):
    """A person's code; a lock stands in it while the name is shut."""

    def __init__(self, code: str, *, shut: bool) -> None:
        super().__init__()
        self._code, self._shut = code, shut
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        said = self.tr("{code}, name shut") if shut else "{code}"
        self.setAccessibleName(said.format(code=code))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self._font()).horizontalAdvance(self._code) + (30 if self._shut else 16)
        return QSize(theme().px(wide + 1), theme().px(21))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(theme().scale / 100, theme().scale / 100)
        code_chip(painter, QPointF(0, 0), self._code, shut=self._shut, font=self._font())


Rows = list[tuple[str, str | QWidget]]


class Panel(QWidget):
    """Facts about one person, and what can be done with them."""

    edit_wanted = Signal(str)
    """(record) change the facts."""
    names_wanted = Signal(str)
    """(code) change the names."""
    relate_wanted = Signal(str)
    """(record) add a relation."""
    relation_wanted = Signal(str)
    """(record) change a relation."""
    remove_wanted = Signal(str)
    sheet_wanted = Signal(str)
    """(record of a relation) make a tracing sheet."""
    person_wanted = Signal(str)
    """(code) write facts of somebody who was only present."""

    def __init__(self) -> None:
        super().__init__()
        self._inner = QWidget()
        self._column = column(self._inner, None, space=0)
        self.setLayout(self._column)
        self.setProperty("surface", "pane")

    def show_member(
        self,
        each: Member | None,
        coding: Coding,
        terms: Terms,
        names: Names,
        found: Sequence[faults.Fault],
        *,
        names_shown: bool,
    ) -> None:
        """Show one person; nobody with None."""
        inner = QWidget()
        parts: list[QWidget] = []
        if each is None:
            parts.append(label(self.tr("Choose a person in the list or in the picture."), "soft", wrap=True))
        else:
            parts = self._parts(each, coding, terms, names, found, names_shown=names_shown)
        inner.setLayout(column(*parts, space=12, margin=0))
        edge = theme().px(20)
        layout = inner.layout()
        if layout is not None:
            layout.setContentsMargins(edge, theme().px(16), edge, edge)
        self._column.replaceWidget(self._inner, inner)
        inner.show()
        self._inner.hide()
        self._inner.deleteLater()
        self._inner = inner

    def _parts(
        self,
        each: Member,
        coding: Coding,
        terms: Terms,
        names: Names,
        found: Sequence[faults.Fault],
        *,
        names_shown: bool,
    ) -> list[QWidget]:
        words = PersonWords(coding, terms)
        shut = each.protected and not names_shown
        opening = names.of(each.code)
        parts: list[QWidget] = [self._head(each, words, shut=shut)]
        if names_shown and each.protected and opening.name:
            parts.append(label(opening.name, "heading", wrap=True))
        under = ", ".join(part for part in (words.born(each), place(each.person.birthplace)) if part)
        if under:
            parts.append(label(under, "soft", wrap=True))
        if each.typed:
            parts.append(Notice(self.tr("Something is typed here and not saved yet."), "info"))
        if each.conflict:
            parts.append(Notice(self.tr("Versions stand side by side. Settle them in History.")))
        told_faults = faults.of_record(found, each.record) if each.record else []
        parts += [Notice(messages.problem(fault.problem)) for fault in told_faults]
        for one in each.apart:
            parts += self._apart(one, coding, words)
        parts += self._section(self.tr("Facts"), self._facts(each, words))
        parts += self._section(self.tr("Names"), self._names(each, opening, names, names_shown=names_shown))
        if each.protected:
            write = button(self.tr("Write down names…"), partial(self.names_wanted.emit, each.code))
            only_where_kept(write)
            write.setVisible(names_shown)
            parts.append(_left(write))
        if opening.keeps_back or each.apart:
            parts += self._kept_back(opening, names_shown=names_shown)
        if each.apart and each.record:
            wanted = partial(self.sheet_wanted.emit, each.apart[0].relation)
            parts.append(_left(button(self.tr("Make a tracing sheet…"), wanted)))
        parts += self._relations(each, coding, words)
        parts += self._others(each, words)
        if each.record and each.own:
            gone = button(
                self.tr("Remove this person"), partial(self.remove_wanted.emit, each.record), kind="quiet"
            )
            only_where_kept(gone)
            parts.append(_left(gone))
        return parts

    def _head(self, each: Member, words: PersonWords, *, shut: bool) -> QWidget:
        made = QWidget()
        title = label(words.title(each), "heading", wrap=True)
        parts: list[QWidget] = [Code(each.code, shut=shut)] if each.code else []
        parts.append(title)
        layout = row(*parts, space=8)
        layout.setStretch(len(parts) - 1, 1)
        if each.own:
            change: Callable[[], None] = (
                partial(self.edit_wanted.emit, each.record)
                if each.record
                else partial(self.person_wanted.emit, each.code)
            )
            edit = icon_button(
                "edit", self.tr("Change what is known of {code}").format(code=each.code), change
            )
            edit.setEnabled(bool(each.code))
            layout.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    def _section(self, title: str, facts: Rows) -> list[QWidget]:
        rows = [(caption, value) for caption, value in facts if value]
        if not rows:
            return []
        return [hline(), label(title, "strong"), Facts(rows)]

    def _apart(self, one: Apart, coding: Coding, words: PersonWords) -> list[QWidget]:
        parted = one.parted
        who = ", ".join(coding.called(record) for record in parted.with_people)
        parts = self._section(
            self.tr("Last seen"),
            [
                (self.tr("When"), _when(parted.last_seen)),
                (self.tr("Where"), place(parted.where)),
                (self.tr("With"), who),
                (self.tr("Cause"), words.term(parted.cause)),
                (self.tr("How"), parted.how),
                (
                    self.tr("Last news"),
                    " · ".join(part for part in (_when(parted.last_news), parted.news) if part),
                ),
            ],
        )
        parts += self._section(
            self.tr("Household register (hukou)"),
            [
                (self.tr("Entered"), words.term(parted.registered)),
                (self.tr("When"), _when(parted.registered_when)),
                (self.tr("Household"), coding.called(parted.household)),
                (self.tr("Village"), place(parted.village)),
                (self.tr("How"), parted.registered_how),
                (self.tr("Cost"), parted.cost),
            ],
        )
        exposes = label(parted.exposes, "", wrap=True)
        parts += self._section(
            self.tr("Who holds the child"),
            [
                (self.tr("Holder"), coding.called(parted.holder)),
                (self.tr("Since"), _when(parted.holder_since)),
                (self.tr("Contact"), parted.contact),
                (self.tr("Exposes"), _warned(exposes) if parted.exposes else ""),
                (self.tr("{code}’s wish").format(code=coding.called(one.seeker)), parted.wish),
                (self.tr("The child’s wish"), parted.child_wish),
                (self.tr("Sought"), self.tr("yes") if parted.sought else ""),
            ],
        )
        return parts

    def _facts(self, each: Member, words: PersonWords) -> Rows:
        person = each.person
        name = partial(messages.field, "person")
        able = [
            f"{messages.value('domain', one.domain)}: {messages.value('level', one.level)}"
            for one in person.disability
        ]
        return [
            (name("sex"), messages.value("sex", person.sex) if person.sex else ""),
            (self.tr("Spoken of as"), person.described),
            (name("home"), place(person.home)),
            (name("died"), _when(person.died)),
            (name("states"), "\n".join(words.term(term) for term in person.states)),
            (self.tr("Present as"), words.role(each)),
            (name("roles"), "\n".join(words.term(term) for term in person.roles)),
            *(
                (name(field), getattr(person, field))
                for field in (
                    "nationality",
                    "ethnicity",
                    "religion",
                    "education",
                    "occupation",
                    "songbun",
                    "civil",
                )
            ),
            (name("languages"), ", ".join(person.languages)),
            (name("disability"), "\n".join(able)),
            (name("note"), person.note),
        ]

    def _names(self, each: Member, opening: Opening, names: Names, *, names_shown: bool) -> Rows:
        if not each.protected:
            return [(self.tr("Open"), ", ".join(name.text for name in each.person.names))]
        if not names_shown:
            return [(self.tr("Names"), _shut(self.tr("kept apart")))]
        return [
            (
                self.tr("Names"),
                "\n".join(name.text for name in opening.names) or self.tr("none written down"),
            ),
            (self.tr("Born"), _when(opening.born)),
            (self.tr("Birthplace"), opening.birthplace),
            (self.tr("In the register"), opening.register),
            (self.tr("Father"), opening.father),
            (self.tr("Mother"), opening.mother),
            (self.tr("Grandfather"), opening.grandfather),
            (
                self.tr("Contact"),
                "\n".join(
                    " · ".join(part for part in (one.way, one.value, one.note) if part)
                    for one in opening.contacts
                ),
            ),
            (self.tr("Safe"), opening.safe),
            (self.tr("Never"), opening.unsafe),
            (self.tr("Note"), opening.note),
        ]

    def _kept_back(self, opening: Opening, *, names_shown: bool) -> list[QWidget]:
        if not names_shown:
            value = _shut(self.tr("test questions, marks, photograph: kept with the names"))
            return [hline(), label(self.tr("Only she would know"), "strong"), value]
        asked = "\n".join(f"{one.question} — {one.answer}" for one in opening.questions)
        return self._section(
            self.tr("Only she would know"),
            [
                (self.tr("Questions"), asked or self.tr("none yet")),
                (self.tr("Marks"), opening.marks),
                (self.tr("Photograph"), opening.photograph),
            ],
        )

    def _relations(self, each: Member, coding: Coding, words: PersonWords) -> list[QWidget]:
        if not each.record:
            return []
        parts: list[QWidget] = [hline(), label(self.tr("Relations"), "strong")]
        for one, _field in coding.naming(each.record):
            body = one.body
            if isinstance(body, Relation) and each.record in (body.person, body.other):
                parts.append(self._relation(one, body, coding, words))
        add = button(self.tr("Add a relation…"), partial(self.relate_wanted.emit, each.record))
        only_where_kept(add)
        parts.append(_left(add))
        return parts

    def _relation(self, one: Coded, body: Relation, coding: Coding, words: PersonWords) -> QWidget:
        text = self.tr("{other} is {relation} of {person}").format(
            other=coding.called(body.other),
            person=coding.called(body.person),
            relation=words.term(body.type) or "…",
        )
        if not one.own:
            said = self.tr("{text}, wrote {who}").format(text=text, who=one.label)
            return label(said, "soft", wrap=True)
        made = button(text, partial(self.relation_wanted.emit, one.record), kind="link")
        made.setAccessibleDescription(self.tr("Change this relation"))
        return _left(made)

    def _others(self, each: Member, words: PersonWords) -> list[QWidget]:
        """What other devices wrote of the same person, each under its name."""
        parts: list[QWidget] = []
        shown = [] if each.own or not each.record else [(each.label, each.person)]
        for one in each.others:
            if isinstance(one.body, Person):
                shown.append((one.label or self.tr("this vault"), one.body))
        for who, body in shown:
            rows = self._facts(replace(each, person=body, present=None), words)
            if body is each.person:
                parts += [hline(), label(self.tr("Written by {who}").format(who=who), "soft", wrap=True)]
            else:
                parts += self._section(self.tr("{who} wrote").format(who=who), rows)
        return parts


def _when(time: Told) -> str:
    """The words, and what they were taken to mean below where that is not the same."""
    meant = told(time)
    if not time.words or time.words == meant:
        return meant
    return f"“{time.words}”\n{meant}"


def _shut(text: str) -> QWidget:
    made = QWidget()
    words = label(text, "soft", wrap=True)
    layout = row(mark("lock", "ink_soft", 16), words, space=6)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    return made


def _warned(made: QWidget) -> QWidget:
    made.setStyleSheet(f"color: {theme().tokens.warn};")
    return made


def _left(made: QWidget) -> QWidget:
    box = QWidget()
    box.setLayout(row(made, None, space=0))
    return box
