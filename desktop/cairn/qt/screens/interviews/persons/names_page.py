"""The form of the names of one person, and of all that is kept with them. What is typed is sealed at once."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject

from cairn.app.kernel.session import Session
from cairn.app.people import names
from cairn.app.people.names import Names
from cairn.errors import CairnError, InputError
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.identity import Contact, Name, Opening, Question, script_of
from cairn.model.time.words.context import Context
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Form
from cairn.qt.forms.inputs import LineInput, Spot, TextInput, WhenInput
from cairn.qt.screens.interviews.persons.editing import EditPage
from cairn.qt.widgets import Editor, Field, Line, ask, label
from cairn.qt.widgets.when import When

PARTS = " | "


class _Sealed:
    """Keeps what is typed in the compartment, and nowhere else."""

    def __init__(self, session: Session, interview: RootId) -> None:
        self._session = session
        self._interview = interview

    def save(self, record: RecordId, draft: Draft) -> None:
        """Keep it. Raises InputError `identity.closed`, `identity.too-long`, MachineError."""
        names.keep(self._session, self._interview, draft)

    def discard(self, record: RecordId) -> None:
        """Nothing is kept that would have to be forgotten."""


class LinesInput(TextInput):
    """One entry a line, its parts divided by `|`. What else is known of an entry stays with it."""

    def __init__(self, editor: Editor, type_: type, parts: tuple[str, ...]) -> None:
        super().__init__(editor)
        self._type = type_
        self._parts = parts
        self._loaded: dict[str, Any] = {}

    def value(self) -> Any:
        """The entries."""
        found = []
        for line in self.editor.text().splitlines():
            texts = [part.strip() for part in line.split("|", len(self._parts) - 1)]
            if not any(texts):
                continue
            known = self._loaded.get(_line(texts))
            if known is None:
                known = self._type(**dict(zip(self._parts, texts, strict=False)))
                if isinstance(known, Name):
                    known = msgspec.structs.replace(known, script=script_of(known.text))
            found.append(known)
        return found

    def load(self, value: Any) -> None:
        """Show them."""
        lines = [[getattr(each, part) for part in self._parts] for each in value]
        self._loaded = {_line(texts): each for texts, each in zip(lines, value, strict=True)}
        super().load("\n".join(_line(texts) for texts in lines))

    def spot(self, last: QObject | None) -> Spot | None:
        """The cursor alone: nothing of a name may stand in a draft beside it."""
        return None


def _line(texts: list[str]) -> str:
    return PARTS.join(texts).rstrip(" |")


class NamesPage(EditPage):
    """Names, exact birth, contact, what tracing keeps back."""

    def __init__(self, desk: Desk, interview: RootId) -> None:
        super().__init__(desk, interview)
        session = desk.session
        self.names = Editor(self.tr("Names"), least=72)
        contacts = Editor(self.tr("Ways of contact"), least=60)
        questions = Editor(self.tr("Questions that only she could answer"), least=72)
        born = When(lambda: Context(asks_birth=True))
        lines = {
            name: Line()
            for name in ("birthplace", "register", "father", "mother", "grandfather", "photograph")
        }
        texts = {
            "safe": Editor(self.tr("Safe ways of contact"), least=60),
            "unsafe": Editor(self.tr("What must never be done"), least=60),
            "marks": Editor(self.tr("Marks"), least=60),
            "note": Editor(self.tr("Note"), least=60),
        }
        self.form = Form(
            self,
            Opening(),
            {
                "names": LinesInput(self.names, Name, ("text",)),
                "born": WhenInput(born),
                **{name: LineInput(made) for name, made in lines.items()},
                "contacts": LinesInput(contacts, Contact, ("way", "value", "note")),
                "questions": LinesInput(questions, Question, ("question", "answer")),
                **{name: TextInput(made) for name, made in texts.items()},
            },
            lambda: _Sealed(session, interview),
        )
        self.build(
            label(
                self.tr("All of this is kept apart from the interview, under a key of its own."),
                "soft",
                wrap=True,
            ),
            Field(
                self.tr("Names"),
                self.names,
                self.tr("One a line, in any script; the first is the one that is shown."),
            ),
            self.together(
                Field(self.tr("Born, exactly"), born),
                Field(self.tr("Birthplace"), lines["birthplace"]),
                Field(self.tr("Name in the household register"), lines["register"]),
                Field(self.tr("Father’s name"), lines["father"]),
                Field(self.tr("Mother’s name"), lines["mother"]),
                Field(self.tr("Grandfather’s name"), lines["grandfather"]),
            ),
            label(self.tr("Contact"), "strong"),
            Field(
                self.tr("Ways of contact"), contacts, self.tr("One a line: way | number or address | note")
            ),
            self.together(
                Field(self.tr("Safe ways of contact"), texts["safe"]),
                Field(self.tr("What must never be done"), texts["unsafe"]),
            ),
            label(self.tr("Only she would know"), "strong"),
            Field(
                self.tr("Questions that only she could answer"),
                questions,
                self.tr("One a line: question | answer. Never on a tracing sheet."),
            ),
            self.together(
                Field(
                    self.tr("Marks"),
                    texts["marks"],
                    self.tr("Scars, moles, clothes, objects. Never on a tracing sheet."),
                ),
                Field(self.tr("Photograph"), lines["photograph"], self.tr("Which one, and where it lies.")),
            ),
            Field(self.tr("Note"), texts["note"]),
        )

    def show_names(self, code: str, known: Names) -> None:
        """Show what is kept of one person, what was typed before included."""
        held = known.held.get(code)
        record = held.record if held is not None else RecordId(f"names of {code}")
        title = self.tr("Names of {code}").format(code=code)
        self.begin(record, known.of(code), held.base if held is not None else None, None, title)
        self.names.setFocus()

    def write(self, reason: str) -> None:
        form, session, interview = self.form, self._desk.session, self._interview
        opening = form.body()
        form.keeper.forget()

        def done(_done: None) -> None:
            form.follow(form.base, form.edits)
            self._desk.show_saved(self.tr("Saved"))
            self.saved.emit([])

        tasks.run(
            self,
            lambda _progress: names.save(session, interview, opening, reason),
            then=done,
            failed=self.refused,
        )

    def refused(self, error: CairnError) -> None:
        self.form.keeper.touched()
        if isinstance(error, InputError) and error.code == "interview.reason-needed":
            ask(
                self,
                self.tr("Why do these names change?"),
                self.tr(
                    "The interview is finalised, or was made on another device. The reason stays in its history."
                ),
                yes=self.tr("Save"),
                reason=self.tr("Reason"),
                then=self._again,
            )
            return
        self._desk.fail(error)

    def _again(self, reason: str) -> None:
        self.form.keeper.forget()
        self.write(reason)

    def discard(self, session: Session, record: RecordId) -> None:
        names.discard(session, self._interview, self.form.body().person)

    def forget(self) -> None:
        """The names are shut: nothing of them stays on the screen."""
        self.form.keeper.flush()
        self.form.begin(RecordId(""), Opening())
