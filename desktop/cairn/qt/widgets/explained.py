"""What a term means: definition, what is in and what is out, an example, how to count; what needs a review says so."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cairn.model.terms import Said
from cairn.qt.base import messages
from cairn.qt.widgets.basic import column, label, show_if
from cairn.qt.widgets.facts import Notice
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms


def other_label(said: Said, language: str) -> str:
    """The label in another language, for a second line: English below Korean and Chinese, Korean below English."""
    second = said.ko or said.zh if language[:2] == "en" else said.en
    return "" if second == said.in_language(language) else second


def shown_label(term: Term) -> str:
    """What a term is called in the window's language; one that nobody here knows says so, with its id."""
    if term.known:
        return term.label(messages.language())
    return QCoreApplication.translate("Explained", "not known here ({id})").format(id=term.id)


class Explained(QWidget):
    """One term, as whoever codes needs it: what is not written down is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(space=8)
        self.setLayout(self._column)
        self._parts: list[QWidget] = []
        self.told = ""
        """All that is shown, for a screen reader."""

    def show_term(self, term: Term | None, terms: Terms) -> None:
        """Show one; nothing for none."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        said: list[str] = []
        for text, role in [] if term is None else self._lines(term, terms):
            made: QWidget = Notice(text) if role == "notice" else label(text, role, wrap=True)
            self._parts.append(made)
            self._column.addWidget(made)
            # Shown now, not when Qt comes to it: whoever lays this out asks for its height at once.
            show_if(made, True)
            said.append(text)
        self.told = "\n".join(said)
        self.setAccessibleName(self.told)
        show_if(self, bool(self._parts))
        self._column.activate()
        self.updateGeometry()

    def _lines(self, term: Term, terms: Terms) -> list[tuple[str, str]]:
        language = messages.language()
        found = [(shown_label(term), "strong")]
        if not term.known:
            return [
                *found,
                (self.tr("It is kept as it is. A newer version, or another office, may know it."), "soft"),
            ]
        if second := other_label(term.labels, language):
            found.append((second, "soft"))
        path = " › ".join(each.label(language) for each in terms.path(term.id))
        if path:
            found.append((path, "caption"))
        if term.retired:
            found.append((self.tr("Retired: no longer offered, shown where it was used."), "notice"))
        if term.review:
            found.append((self.tr("Needs review: no practitioner has looked at this term yet."), "notice"))
        if term.doubt:
            found.append((self.tr("To ask: {doubt}").format(doubt=term.doubt), "soft"))
        for name, text in self._texts(term, terms, language):
            if text:
                found += [(name, "caption"), (text, "")]
        return found

    def _texts(self, term: Term, terms: Terms, language: str) -> list[tuple[str, str]]:
        out = [
            self.tr("{what} (that is: {term})").format(
                what=each.said.in_language(language), term=terms.label(each.see, language)
            )
            for each in term.out
        ]
        pattern = terms.get(term.count.pattern) if term.count.pattern else None
        count = [term.count.one.in_language(language)]
        for said in (
            () if pattern is None else (pattern.several_victims, pattern.repeated, pattern.continuous)
        ):
            count.append(said.in_language(language))
        own = [said.in_language(language) for said in (term.several_victims, term.repeated, term.continuous)]
        names = [f"{name.hangul} ({name.start or '?'}–{name.end.replace('..', '')})" for name in term.name]
        return [
            (self.tr("What it is"), term.definition.in_language(language)),
            (self.tr("What is in"), term.include.in_language(language)),
            (self.tr("What is out"), "\n".join(out)),
            (self.tr("Example"), term.example.in_language(language)),
            (self.tr("How to count"), "\n".join(each for each in (*count, *own) if each)),
            (self.tr("Official names"), "\n".join(names)),
            (self.tr("Also said"), ", ".join(term.spoken)),
            (self.tr("Note"), term.note),
        ]
