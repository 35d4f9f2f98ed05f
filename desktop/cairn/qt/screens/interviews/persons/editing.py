"""What the forms of this tab have in common: a heading, fields in two columns, Save and Leave as it was."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from cairn.app.kernel import record_drafts
from cairn.app.kernel.session import Session
from cairn.app.people import coded
from cairn.app.people.coded import Saved
from cairn.errors import CairnError, InputError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.choices import QuietCombo
from cairn.qt.forms.form import Form
from cairn.qt.widgets import Banner, Field, button, column, label, row, scroll
from cairn.qt.widgets.basic import narrow
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Cells

WIDEST = 760


class EditPage(QWidget):
    """A form over the whole tab. What is typed is kept as in every form; closing it keeps it, too."""

    saved = Signal(object)
    """(list of Saved): it is a version now."""
    closed = Signal()
    """Nothing is typed any more, or the person goes back to the picture."""

    form: Form[Any]

    def __init__(self, desk: Desk, interview: RootId) -> None:
        super().__init__()
        self._desk = desk
        self._interview = interview
        self._title = label("", "heading", wrap=True)
        self.banner = Banner()
        self._save = button(self.tr("Save"), self.save, kind="primary")
        self._leave = button(self.tr("Leave as it was"), self.give_up, kind="quiet")
        self._back = button(self.tr("Back to the picture"), self._go_back, kind="quiet", glyph="arrow-left")
        only_where_kept(self._save, self._leave)
        self._save.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            made = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(self._save.click)

    def build(self, *parts: QWidget) -> None:
        """Lay the parts of the form out; `self.form` stands by now."""
        self.form.keeper.failed.connect(self._desk.fail)
        self.form.keeper.saved.connect(
            lambda: self._desk.show_saved(self.tr("Kept as a draft"), waiting=True)
        )
        inner = QWidget()
        body = QWidget()
        body.setLayout(
            column(self._title, self.banner, *parts, row(self._back, None, self._leave, self._save), space=16)
        )
        layout = column(narrow(body, WIDEST), None)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(16), edge, edge)
        inner.setLayout(layout)
        self.setLayout(column(scroll(inner), space=0))

    @staticmethod
    def together(*fields: QWidget) -> QWidget:
        """Fields beside each other, where there is room."""
        made = Cells(2, across=16, down=12, stretch=True)
        for each in fields:
            made.add(each)
        return made

    @staticmethod
    def box(name: str, help_text: str = "") -> tuple[QComboBox, Field]:
        """A box to choose from, with its field."""
        made = QuietCombo()
        return made, Field(name, made, help_text)

    def save(self) -> None:
        """Make a version of what stands here."""
        commit_composition(self)
        problem = self.problem()
        if problem:
            self.banner.show_message(problem, "warn")
            return
        self.banner.clear()
        self.write("")

    def problem(self) -> str:
        """A sentence about what must be put right before it can be saved; nothing where nothing must."""
        return ""

    def write(self, reason: str) -> None:
        """Save in the background."""
        form, session, interview = self.form, self._desk.session, self._interview
        body, record, base = form.body(), form.record, form.base
        form.keeper.forget()

        def done(found: Saved) -> None:
            form.follow(found.sha, form.edits)
            self._desk.show_saved(self.tr("Saved"))
            self.saved.emit([found])

        def work(_progress: object) -> Saved:
            self.before(session)
            return coded.save(session, interview, body, record=record, base=base, reason=reason)

        tasks.run(self, work, then=done, failed=self.refused)

    def before(self, session: Session) -> None:
        """What is written first, in the background."""

    def refused(self, error: CairnError) -> None:
        """It could not be saved: what was typed is a draft again."""
        self.form.keeper.touched()
        self._desk.fail(error)

    def give_up(self) -> None:
        """Forget what was typed."""
        form, session = self.form, self._desk.session
        record = form.record
        form.keeper.forget()
        tasks.run(
            self,
            lambda _progress: self.discard(session, record),
            then=lambda _done: self.closed.emit(),
            failed=self._desk.fail,
        )

    def discard(self, session: Session, record: RecordId) -> None:
        """Forget the draft; in the background."""
        record_drafts.discard(session, record)

    def _go_back(self) -> None:
        self.form.keeper.flush()
        self.closed.emit()

    def begin(
        self, record: RecordId, body: Any, base: RevisionHash | None, draft: Draft | None, title: str
    ) -> None:
        """Show a record, or begin one; with what was typed of it."""
        self._title.setText(title)
        self.banner.clear()
        self.form.forget_loaded()
        try:
            self.form.show(record, body, base, draft)
        except InputError as error:
            self._desk.fail(error)
            self.form.show(record, body, base)

    @property
    def record(self) -> RecordId:
        """The record that is edited."""
        return self.form.record if self.isVisible() else NO_RECORD
