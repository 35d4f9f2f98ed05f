"""A line for a term of one or more vocabularies, found by typing in three languages or by initial consonants."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cairn.model.terms import MAX_LABEL
from cairn.qt.base import messages
from cairn.qt.widgets.explained import Explained, other_label, shown_label
from cairn.qt.widgets.picker import Picker
from cairn.qt.widgets.row_model import Row
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms


class TermPicker(Picker):
    """`term` is the id of the chosen one, or nothing. An id that nobody here knows stays, and is shown as such."""

    def __init__(self, known: Callable[[], Terms], vocabularies: Sequence[str], term: str = "") -> None:
        """`known` gives, each time, the terms of the session; only those of `vocabularies` are offered."""
        self._explained = Explained()
        super().__init__(self._explained)
        self.line.setMaxLength(MAX_LABEL)
        self._known = known
        self._vocabularies = tuple(vocabularies)
        self._term = ""
        self.line.setPlaceholderText(self.tr("Type a word, or press Down"))
        self.load(term)

    @property
    def term(self) -> str:
        """The id of the chosen term; empty for none."""
        return self._term

    def load(self, term: str) -> None:
        """Show a term as chosen."""
        self._term = term
        self.line.setText(shown_label(self._known().get(term)) if term else "")
        self.line.setCursorPosition(0)
        self._put_away()
        self._tell_chosen()

    def rows_for(self, typed: str) -> list[Row]:
        return [self._row(each.term) for each in self._known().search(typed, self._vocabularies)]

    def rows_below(self, branch: str) -> list[Row]:
        known = self._known()
        if not branch and len(self._vocabularies) > 1:
            heads = [(name, known.vocabulary(name)) for name in self._vocabularies]
            language = messages.language()
            return [
                Row(
                    _HEAD + name,
                    head.title.in_language(language),
                    other_label(head.title, language),
                    glyph=_OPENS,
                )
                for name, head in heads
                if head is not None
            ]
        name, parent = self._place(branch)
        return [
            self._row(each) for each in known.children(name, parent) if each.chosen or self._has_below(each)
        ]

    def branch_above(self, branch: str) -> str:
        if branch.startswith(_HEAD):
            return ""
        term = self._known().get(branch)
        return term.parent or (_HEAD + term.vocabulary if len(self._vocabularies) > 1 else "")

    def is_branch(self, id_: str) -> bool:
        return id_.startswith(_HEAD) or self._has_below(self._known().get(id_))

    def can_choose(self, id_: str) -> bool:
        return not id_.startswith(_HEAD) and self._known().get(id_).chosen

    def start(self) -> str:
        return self.branch_above(self._term) if self._term and self._known().get(self._term).known else ""

    def explain(self, id_: str) -> str:
        known = self._known()
        self._explained.show_term(None if id_.startswith(_HEAD) else known.get(id_), known)
        return self._explained.told

    def take(self, id_: str) -> None:
        before, self._term = self._term, id_
        if id_:
            self.line.setText(shown_label(self._known().get(id_)))
        self._tell_chosen()
        if id_ != before:
            self.edited.emit()

    def left(self) -> None:
        if not self.typed() and self._term:
            return
        if not self._is_chosen() and self.typed():
            self.tell(self.tr("No term is chosen for these words. Press Down to choose one."), error=True)

    def _typed(self) -> None:
        if self._term and not self._is_chosen():
            # What stands there is no longer the term that was chosen.
            self.take("")
        super()._typed()

    def _is_chosen(self) -> bool:
        return bool(self._term) and self.typed() == shown_label(self._known().get(self._term))

    def _tell_chosen(self) -> None:
        if not self._term:
            self.tell("")
            return
        term, language = self._known().get(self._term), messages.language()
        parts = [
            other_label(term.labels, language),
            " › ".join(each.label(language) for each in self._known().path(term.id)),
            self.tr("retired") if term.retired else "",
            self.tr("needs review") if term.review else "",
            "" if term.known else self.tr("It is kept as it is."),
        ]
        self.tell(" · ".join(part for part in parts if part))

    def _place(self, branch: str) -> tuple[str, str]:
        """The vocabulary and the parent that a branch stands for."""
        if branch.startswith(_HEAD):
            return branch.removeprefix(_HEAD), ""
        return (self._known().get(branch).vocabulary if branch else self._vocabularies[0]), branch

    def _has_below(self, term: Term) -> bool:
        return (
            any(each.chosen for each in self._known().children(term.vocabulary, term.id))
            if term.known
            else False
        )

    def _row(self, term: Term) -> Row:
        language = messages.language()
        chips = ((self.tr("own"), "neutral"),) if term.origin == "local" else ()
        glyph = _OPENS if self._browsing and self._has_below(term) else ""
        return Row(term.id, shown_label(term), other_label(term.labels, language) or " ", chips, glyph)


_OPENS = "chevron-right"
_HEAD = ":"
"""Before the id of a vocabulary among the rows: no term's id begins so."""
