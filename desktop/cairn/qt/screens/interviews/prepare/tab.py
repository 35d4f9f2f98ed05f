"""The tab itself: why this interview, how it came about, what may have shaped what is told."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cairn.app.interviews import preparation
from cairn.app.interviews.preparation import PreparationView
from cairn.app.kernel.views import InterviewView
from cairn.errors import CairnError
from cairn.model.ids import RevisionHash, new_draft_id
from cairn.model.kinds.preparation import Preparation
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import Input
from cairn.qt.forms.struct_rows import Made, StructRows
from cairn.qt.screens.interviews import questions
from cairn.qt.screens.interviews.prepare import fields
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import Banner, Field, button, card, column, label, row, scroll
from cairn.qt.widgets.basic import narrow
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.vocab.terms import Terms


class PrepareTab(InterviewTab):
    """One page of questions; nothing is chosen beforehand, and what nobody asked stays *not asked*."""

    KEY, HELP = "prepare", "prepare"
    DRAFTS = frozenset((preparation.NAME,))

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._shown: PreparationView | None = None
        self.banner = Banner()
        self.save = button(self.tr("Record this"), self._ask_save, kind="primary")
        only_where_kept(self.save)
        self._inputs: dict[str, Input] = {}
        terms = Terms()
        first = fields.first_account()
        self._inputs["first_account"] = first
        parts = (
            card(
                label(self.tr("Before the recorder starts"), "heading", wrap=True),
                label(
                    self.tr(
                        "Testimony is doubted for payment, for coaching, for being told many times. "
                        "What is written here beforehand answers that. Write codes, not names."
                    ),
                    "soft",
                    wrap=True,
                ),
                self.banner,
                self._asked("why", self.tr("What does this interview add that no other has?"), fields.text()),
                self._asked("searched", self.tr("Where was an earlier interview looked for?"), fields.text()),
                first,
                space=16,
            ),
            card(
                label(self.tr("How it came about"), "heading", wrap=True),
                self._asked("contact", self.tr("Who arranged the contact"), fields.term(terms, "contact.")),
                self._asked("arranged", self.tr("Arranged by (a code)"), fields.line()),
                self._asked(
                    "chain",
                    self.tr("Through whom"),
                    fields.lines(),
                    self.tr("Codes, the first one first, separated by commas."),
                ),
                self._asked(
                    "relation", self.tr("How the interviewer and the person know each other"), fields.text()
                ),
                self._asked(
                    "risks", self.tr("Risks of this conversation, and what is done about them"), fields.text()
                ),
                space=16,
            ),
            card(
                label(self.tr("Given or promised"), "heading", wrap=True),
                self._rows("benefits", fields.benefits(terms), self.tr("Given or promised")),
                space=16,
            ),
            card(
                label(self.tr("Told before"), "heading", wrap=True),
                self._asked("first", self.tr("Is this the first interview?"), fields.yes_no()),
                self._rows("earlier", fields.earlier(terms), self.tr("Earlier interviews")),
                self._asked("published", self.tr("Spoken of in media, books, lectures"), fields.text()),
                self._asked("years", self.tr("Years since the facts, and since leaving"), fields.line()),
                space=16,
            ),
            card(
                label(self.tr("Shown or told beforehand"), "heading", wrap=True),
                self._rows("shown", fields.shown(terms), self.tr("Shown or told beforehand")),
                space=16,
            ),
            card(
                label(self.tr("Other witnesses of the same facts"), "heading", wrap=True),
                self._rows("met", fields.met(terms), self.tr("Other witnesses of the same facts")),
                row(None, self.save),
                space=16,
            ),
        )
        session = desk.session
        self.form = Form(
            self,
            Preparation(),
            self._inputs,
            lambda: RecordDrafts(session, view.id, preparation.NAME),
            nothing=lambda body: body == self._stands,
        )
        self.form.edited.connect(self._look)
        self.form.edited.connect(self.edited)
        self.keeper = self.form.keeper
        self.keeper.failed.connect(desk.fail)
        page = QWidget()
        page.setLayout(column(*parts, None, space=16))
        inner = QWidget()
        layout = column(narrow(page, 720), None)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(20), edge, edge)
        inner.setLayout(layout)
        self.setLayout(column(scroll(inner), space=0))

    def _asked(self, field: str, word: str, made: Made, help_text: str = "") -> Field:
        self._inputs[field] = made.input
        return Field(word, made.widget, help_text, sentence=True)

    def _rows(self, field: str, rows: StructRows, name: str) -> QWidget:
        self._inputs[field] = rows
        rows.setAccessibleName(name)
        return rows

    @property
    def _stands(self) -> Preparation:
        return self._shown.body if self._shown is not None else Preparation()

    # What the workspace calls

    def show_view(self, view: InterviewView) -> None:
        """Show what stands now."""
        self._view = view
        session = self._desk.session
        tasks.run(self, lambda _progress: preparation.load(session, view.id), then=self._show)

    def _show(self, shown: PreparationView) -> None:
        self._shown = shown
        self.form.set_read_only(self._view.fixed or shown.newer)
        draft = shown.draft
        record = shown.record or (draft.record if draft is not None else self.form.record or new_draft_id())
        self.form.show(record, shown.body, shown.base, draft.draft if draft is not None else None)
        if shown.newer:
            self.banner.show_message(messages.sentence("interview.newer"), "warn", closable=False)
        elif shown.beside:
            self.banner.show_message(
                self.tr("Another version stands beside this one until they are settled under History."),
                "warn",
                action=self.tr("Look at both"),
                clicked=lambda: self.tab_wanted.emit("history"),
                closable=False,
            )
        else:
            self.banner.clear()
        self._look()

    @property
    def typed(self) -> bool:
        return self.form.filled and self.form.body() != self._stands

    def keepers(self) -> tuple[DraftKeeper, ...]:
        return (self.keeper,)

    def commit_composition(self) -> None:
        commit_composition(self)

    # Recording it

    def _look(self) -> None:
        self.save.setEnabled(self.typed and not self._view.fixed)

    def _ask_save(self) -> None:
        if self._view.final or not self._view.own:
            questions.ask_correction(self, self._save)
        else:
            self._save("")

    def _save(self, reason: str) -> None:
        commit_composition(self)
        now, edits = self.form.asked()
        session, interview = self._desk.session, self._view.id
        self.keeper.forget()

        def refused(error: CairnError) -> None:
            self.form.touched()
            self._desk.fail(error)

        def saved(sha: RevisionHash) -> None:
            self.form.follow(sha, edits)
            self._desk.show_saved(self.tr("Preparation recorded"))
            if self.save.hasFocus():
                self._inputs_first()
            self.changed.emit()

        tasks.run(
            self,
            lambda _progress: preparation.save(session, interview, now, reason),
            then=saved,
            failed=refused,
        )

    def _inputs_first(self) -> None:
        """The button is about to be greyed, and the keys would go anywhere."""
        self.findChildren(Field)[0].control.setFocus()
