"""The form in which a term of the vault's own is written. What is typed is kept like every other word, until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from cairn.app.kernel import terms as use
from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.term import LocalTerm
from cairn.model.terms import MAX_LABEL
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.forms.choices import QuietCombo
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.screens.library.inputs import CountInput, LabelInput, OneOf, OutInput, SaidInput
from cairn.qt.widgets import Field, button, column, label
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.editor import Editor
from cairn.qt.widgets.facts import Notice
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.term_picker import TermPicker
from cairn.vocab.terms import Terms


class TermForm(QWidget):
    """A new local term of one vocabulary."""

    def __init__(
        self, desk: Desk, terms: Terms, vocabulary: str, record: RecordId, done: Callable[[str], Any]
    ) -> None:
        """`done` gets the id of the term that was made; nothing where the person gave it up."""
        super().__init__()
        self._desk = desk
        self._done = done
        self._vocabulary = vocabulary
        self._violation = vocabulary == "violations"
        language = messages.language()
        head = terms.vocabulary(vocabulary)
        self._lines = {"en": Line(), "ko": Line(), "zh": Line()}
        for line in self._lines.values():
            line.setMaxLength(MAX_LABEL)
        words = {
            "en": self.tr("Label in English"),
            "ko": self.tr("Label in Korean"),
            "zh": self.tr("Label in Chinese"),
        }
        order = [language[:2], *self._lines] if language[:2] in self._lines else list(self._lines)
        fields: list[QWidget] = [Field(words[code], self._lines[code]) for code in dict.fromkeys(order)]
        inputs: dict[str, Any] = {"label": LabelInput(self._lines, self)}

        def text(name: str, help_text: str) -> SaidInput:
            editor = Editor(name, least=64)
            fields.append(Field(name, editor, help_text))
            return SaidInput(editor, language[:2])

        branches = [("", self.tr("No other term"))]
        branches += [
            (each.id, each.label(language))
            for each in terms.terms(vocabulary)
            if not (self._violation and each.codable and each.origin == "shipped") and not each.retired
        ]
        parent = QuietCombo()
        inputs["parent"] = OneOf(parent, branches)
        fields.append(Field(self.tr("Stands below"), parent))
        inputs["definition"] = text(self.tr("What it is"), self.tr("One or two sentences."))
        if self._violation:
            inputs["include"] = text(self.tr("What is in"), self.tr("The cases that belong here."))
            near = TermPicker(lambda: terms, [vocabulary])
            fields.append(
                Field(self.tr("The neighbouring term"), near, self.tr("The one it is most easily taken for."))
            )
            inputs["out"] = OutInput(
                near, text(self.tr("What is out"), self.tr("What belongs to that term."))
            )
            inputs["example"] = text(self.tr("Example"), self.tr("Make one up; nothing that somebody told."))
            pattern = QuietCombo()
            patterns = [
                ("", self.tr("Choose one")),
                *((each.id, each.label(language)) for each in terms.terms("counting")),
            ]
            fields.append(Field(self.tr("How to count"), pattern))
            inputs["count"] = CountInput(
                OneOf(pattern, patterns),
                text(self.tr("What one act is"), self.tr("One person, one day, one stay.")),
            )
            grade = QuietCombo()
            grades = [
                ("", self.tr("Choose one")),
                ("S1", self.tr("S1: normal")),
                ("S2", self.tr("S2: confidential")),
                ("S3", self.tr("S3: hidden by default")),
            ]
            inputs["sensitivity"] = OneOf(grade, grades)
            fields.append(Field(self.tr("Sensitivity"), grade))
        self._error = Notice("", "danger")
        self._error.hide()
        self.save_button = button(self.tr("Save term"), self._save, kind="primary")
        only_where_kept(self.save_button)
        give_up = button(self.tr("Give it up"), self._give_up)
        title = self.tr("A term of your own in {vocabulary}").format(
            vocabulary=head.title.in_language(language) if head is not None else vocabulary
        )
        self.setLayout(
            column(
                label(title, "title", wrap=True),
                label(
                    self.tr(
                        "It is a record of this vault. It travels with what names it, and is never lost."
                    ),
                    "soft",
                    wrap=True,
                ),
                *fields,
                self._error,
                Flow(self.save_button, give_up),
                space=12,
            )
        )
        self._empty = LocalTerm(vocabulary=vocabulary)
        session = desk.session
        self.form: Form[LocalTerm] = Form(
            self,
            self._empty,
            inputs,
            lambda: RecordDrafts(session, RootId(record), use.KIND),
            nothing=lambda body: body == self._empty,
        )
        self.form.begin(record, self._empty)
        self.form.keeper.failed.connect(desk.fail)

    def resume(self, record: RecordId, draft: Draft) -> None:
        """Go on where the person stopped."""
        self.form.resume(record, draft)
        self.form.go_on()

    def start(self) -> None:
        """The cursor in the first line."""
        next(
            iter(self._lines[code] for code in (messages.language()[:2], "en") if code in self._lines)
        ).setFocus()

    def flush(self) -> None:
        """Hand what is typed to the draft."""
        self.form.keeper.flush()

    def _save(self) -> None:
        session, record, body = self._desk.session, self.form.record, self.form.body()
        self.form.keeper.flush()
        self.save_button.setEnabled(False)
        tasks.run(
            self, lambda _progress: use.add(session, body, record), then=self._saved, failed=self._refused
        )

    def _saved(self, made: str) -> None:
        self.form.keeper.close()
        self._done(made)

    def _refused(self, error: CairnError) -> None:
        self.save_button.setEnabled(True)
        self._error.set_text(messages.sentence(error))
        self._error.show()
        reveal(self._error)

    def _give_up(self) -> None:
        session, record = self._desk.session, self.form.record
        self.form.keeper.close()
        tasks.run(self, lambda _progress: use.give_up(session, record), then=lambda _none: self._done(""))
