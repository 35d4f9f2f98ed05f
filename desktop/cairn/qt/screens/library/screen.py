"""The library: vocabularies, their terms, and what the chosen one means; in a narrow window one part at a time."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from cairn.app.kernel import revising
from cairn.app.kernel import terms as use
from cairn.app.kernel.terms import Begun, Used
from cairn.errors import CairnError
from cairn.model.ids import RecordId
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.library.writing import TermForm
from cairn.qt.widgets import Row, RowList, VLine, button, column, label, row, scroll
from cairn.qt.widgets.basic import narrow, show_if
from cairn.qt.widgets.explained import Explained, other_label, shown_label
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends, Flow, page_margin
from cairn.qt.widgets.rows import when_activated
from cairn.qt.widgets.search_line import SearchLine
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms

LISTS_WIDTH = 340
WIDEST = 720
TOGETHER = 760
"""From this width on, in design pixels, the list and what a term means stand beside each other."""


class _Loaded(NamedTuple):
    terms: Terms
    begun: Begun | None


class LibraryScreen(Screen):
    """A list that shows the vocabularies, the terms of one, or what was searched; beside it one term."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._terms = Terms()
        self._vocabulary = ""
        self._term = ""
        self._wanted = ""
        self._opened = False
        self._form: TermForm | None = None
        self.search = SearchLine(self.tr("Search all terms"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.up = button(
            self.tr("All vocabularies"), lambda: self._open(""), kind="quiet", glyph="arrow-left"
        )
        self.list = RowList(self.tr("Vocabularies and terms"))
        self.list.chosen.connect(self._moved)
        self.list.clicked.connect(lambda _index: self._enter_row(self.list.chosen_id))
        when_activated(self.list, self._enter_row)
        self._none = label(self.tr("No term fits these words."), "soft", wrap=True)
        self.add_button = button(self.tr("Add a term…"), self._add, glyph="plus")
        only_where_kept(self.add_button)
        self._title = label(self.tr("Library"), "heading", wrap=True)
        head = column(Ends(self._title, self.add_button), self.search, row(self.up, None), self._none)
        side = theme().px(16)
        head.setContentsMargins(side, side, side, theme().px(8))
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = column(head, self.list, space=0)
        inner.setStretchFactor(self.list, 1)
        self._side.setLayout(inner)
        self._line = VLine()

        self._explained = Explained()
        self._about = label("", "soft", wrap=True)
        self._used = label("", "caption", wrap=True)
        self.retire_button = button(self.tr("Retire this term"), self._retire)
        only_where_kept(self.retire_button)
        self._shown = QWidget()
        self._shown.setLayout(
            column(
                narrow(self._about, WIDEST),
                narrow(self._explained, WIDEST),
                narrow(self._used, WIDEST),
                Flow(self.retire_button),
                None,
                space=12,
                margin=page_margin(),
            )
        )
        self._pane = scroll(self._shown)
        self.back = button(self.tr("Back to the list"), self._close, kind="quiet", glyph="arrow-left")
        self._holder = column(self._pane, space=0)
        self._right = QWidget()
        self._right.setLayout(column(row(self.back, None), self._holder, space=0))
        layout = row(self._side, self._line, self._right, space=0)
        layout.setStretchFactor(self._right, 1)
        self.setLayout(layout)
        self._fold()

    # What is shown

    def enter(self) -> None:
        session = self.desk.session
        tasks.run(self, lambda _progress: _Loaded(use.of(session), use.begun(session)), then=self._load)

    def leave(self) -> None:
        if self._form is not None:
            self._form.flush()

    def show_item(self, what: str) -> None:
        self._wanted = what
        self.enter()

    def where(self) -> str:
        return self._term or self._vocabulary

    def _load(self, loaded: _Loaded) -> None:
        self._terms = loaded.terms
        wanted, self._wanted = self._wanted, ""
        if wanted:
            known = wanted in self._terms.names()
            self._vocabulary = wanted if known else self._terms.get(wanted).vocabulary
            self._term = "" if known else wanted
        self._fill()
        for problem in self._terms.problems:
            self.desk.say(messages.sentence(problem), "warn")
        if loaded.begun is not None and self._form is None:
            self._write(loaded.begun)
        elif self._form is None and (
            (now := QApplication.focusWidget()) is None or not self.isAncestorOf(now)
        ):
            self.list.setFocus()

    def _fill(self) -> None:
        typed = self.search.text().strip()
        language = messages.language()
        if typed:
            found = self._terms.search(typed, [self._vocabulary] if self._vocabulary else (), every=True)
            rows = [self._row(each.term, 0) for each in found]
        elif self._vocabulary:
            rows = [
                self._row(each, len(self._terms.path(each.id)))
                for each in self._terms.terms(self._vocabulary)
            ]
        else:
            rows = []
            for name in self._terms.names():
                head = self._terms.vocabulary(name)
                if head is not None:
                    count = sum(each.chosen for each in self._terms.terms(name))
                    second = self.tr("{count} terms").format(count=count)
                    rows.append(Row(name, head.title.in_language(language), second, glyph="text"))
        head = self._terms.vocabulary(self._vocabulary) if self._vocabulary else None
        self._title.setText(head.title.in_language(language) if head is not None else self.tr("Library"))
        self.list.set_rows(rows)
        show_if(self._none, bool(typed) and not rows)
        show_if(self.up, bool(self._vocabulary))
        show_if(self.add_button, bool(self._vocabulary))
        chosen = self._term or (self._vocabulary if not rows else "")
        if not (chosen and self.list.choose(chosen)) and rows:
            self.list.choose(rows[0].id)
        self._explain(self.list.chosen_id)

    def _row(self, term: Term, depth: int) -> Row:
        chips = [(self.tr("own"), "neutral")] if term.origin == "local" else []
        if term.changed:
            chips.append((self.tr("changed here"), "neutral"))
        second = other_label(term.labels, messages.language())
        return Row(term.id, "  " * depth + shown_label(term), second or " ", tuple(chips), soft=term.retired)

    def _moved(self, id_: str) -> None:
        self._explain(id_)

    def _enter_row(self, id_: str) -> None:
        """A click or Enter: into a vocabulary, or to what a term means."""
        if id_ in self._terms.names():
            self._open(id_)
            return
        self._opened = True
        self._fold()
        if self._narrow():
            self.back.setFocus()

    def _open(self, vocabulary: str) -> None:
        before, self._vocabulary, self._term = self._vocabulary, vocabulary, ""
        self.search.clear()
        self._fill()
        if not vocabulary and before:
            self.list.choose(before, tell=True)
        self.list.setFocus()

    def _explain(self, id_: str) -> None:
        head = self._terms.vocabulary(id_) if id_ in self._terms.names() else None
        self._term = "" if head is not None or not id_ else id_
        term = self._terms.get(id_) if self._term else None
        self._explained.show_term(term, self._terms)
        lines: list[str] = []
        if head is not None:
            lines = [head.title.in_language(messages.language())]
            lines += [rule.text.in_language(messages.language()) for rule in head.rule]
            lines.append(self.tr("Press Enter to see its terms."))
            if head.review:
                lines.append(self.tr("Needs review: no practitioner has looked at this list as a whole yet."))
        self._about.setText("\n\n".join(lines))
        show_if(self._about, bool(lines))
        self._used.setText("")
        show_if(self._used, term is not None)
        mine = term is not None and term.known and term.codable
        show_if(self.retire_button, mine)
        if term is None:
            return
        self.retire_button.setText(
            self.tr("Offer this term again") if term.retired else self.tr("Retire this term")
        )
        self.retire_button.setAccessibleName(self.retire_button.text())
        self._count(term.id)

    def _count(self, id_: str) -> None:
        session = self.desk.session
        self._used.setText(self.tr("Looking where it is used…"))

        def then(used: Used) -> None:
            if id_ != self._term:
                return
            if used.records:
                said = self.tr("Used in {records} records of {roots} interviews.")
                self._used.setText(said.format(records=used.records, roots=used.roots))
            else:
                self._used.setText(self.tr("Not used in this vault."))

        tasks.run(self._used, lambda _progress: use.used(session, id_), then=then)

    # Terms of one's own

    def _add(self) -> None:
        self._write(None)

    def _write(self, begun: Begun | None) -> None:
        session = self.desk.session
        vocabulary = begun.vocabulary if begun is not None else self._vocabulary
        record: RecordId = begun.record if begun is not None else revising.begin(session, use.KIND)
        self._form = TermForm(self.desk, self._terms, vocabulary, record, self._written)
        inset = QWidget()
        inset.setLayout(column(narrow(self._form, WIDEST), None, margin=page_margin()))
        area = scroll(inset)
        self._form_area = area
        self._pane.hide()
        self._holder.addWidget(area)
        self._side.setEnabled(False)
        self._opened = True
        self._fold()
        if begun is not None:
            self._form.resume(record, begun.draft)
        else:
            self._form.start()

    def _written(self, made: str) -> None:
        self._form = None
        self._holder.removeWidget(self._form_area)
        self._form_area.hide()
        self._form_area.deleteLater()
        self._pane.show()
        self._side.setEnabled(True)
        self._opened = False
        self._fold()
        self.list.setFocus()
        self._wanted = made or self._term or self._vocabulary
        self.enter()
        if made:
            self.desk.say(self.tr("The term is saved."), "good")

    def _retire(self) -> None:
        session, id_ = self.desk.session, self._term
        retired = not self._terms.get(id_).retired
        self._wanted = id_

        def failed(error: CairnError) -> None:
            self.desk.fail(error)
            self.enter()

        tasks.run(
            self,
            lambda _progress: use.retire(session, id_, retired=retired),
            then=lambda _none: self.enter(),
            failed=failed,
        )

    # List and pane in a narrow window

    def _narrow(self) -> bool:
        return self.width() < theme().px(TOGETHER)

    def _fold(self) -> None:
        apart = self._narrow()
        self._side.setVisible(not apart or not self._opened)
        self._right.setVisible(not apart or self._opened)
        self._line.setVisible(not apart)
        self.back.setVisible(apart and self._form is None)
        if apart:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(theme().px(LISTS_WIDTH))

    def _close(self) -> None:
        self._opened = False
        self._fold()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is None:
            if self._narrow() and self._opened:
                self._close()
            elif self._vocabulary:
                self._open("")
            return
        super().keyPressEvent(event)
