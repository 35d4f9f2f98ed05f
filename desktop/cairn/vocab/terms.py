"""The terms that a session knows: what ships, with this vault's local terms and changes over it.

A value: when a local term changes, a new one is made (`cairn.app.kernel.terms`). Nothing here raises for an id that is
not known or a file that was broken: such terms say so, and `problems` tells of the files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import msgspec

from cairn.errors import CairnError
from cairn.model import finding
from cairn.model.terms import Said
from cairn.vocab import shipped
from cairn.vocab.term import Term, Vocabulary, unknown

MOST_FOUND = 60
"""Terms that a search gives at most."""
DEEPEST = 40
"""How many terms may stand above a term. Local ones come from other vaults too: a longer way up counts as a circle."""


class Found(NamedTuple):
    """A term that was found by typing."""

    term: Term
    fit: int
    """Of `cairn.model.finding`; less is better."""


class Terms:
    """Looks terms up, walks their branches and searches them."""

    def __init__(self, local: Iterable[Term] = (), changes: Iterable[Term] = ()) -> None:
        """`changes` have the id of a shipped term, the texts that this vault says otherwise, and their record."""
        self._local = {term.id: term for term in local}
        self._changes = {term.id: term for term in changes}
        self._vocabularies: dict[str, Vocabulary | None] = {}
        self._problems: dict[str, CairnError] = {}
        self._by_id: dict[str, dict[str, Term]] = {}
        self._children: dict[str, dict[str, list[Term]]] = {}
        self._prepared: dict[str, list[tuple[Term, list[finding.Name], finding.Name]]] = {}

    # -- lookup

    def get(self, id_: str) -> Term:
        """The term of this id; one that says that it is not known here."""
        own = self._local.get(id_)
        if own is not None:
            return own
        home = shipped.HOMES.get(id_.partition(".")[0], "")
        return self._terms(home).get(id_) or unknown(id_)

    def label(self, id_: str, language: str = "en") -> str:
        """What the term of this id is called; the id where nobody here knows it."""
        return self.get(id_).label(language)

    def names(self) -> tuple[str, ...]:
        """The ids of all vocabularies."""
        return shipped.names()

    def vocabulary(self, name: str) -> Vocabulary | None:
        """The head of a vocabulary; None where its file can't be read (`problems`) or nobody knows it."""
        if name not in self._vocabularies:
            try:
                self._vocabularies[name] = shipped.vocabulary(name) if name in shipped.names() else None
            except CairnError as error:
                self._vocabularies[name] = None
                self._problems[name] = error
        return self._vocabularies[name]

    def terms(self, name: str) -> tuple[Term, ...]:
        """All terms of a vocabulary in its order, local ones behind their parents' others; retired ones too."""
        return tuple(self._walk(name, ""))

    def children(self, name: str, parent: str = "") -> tuple[Term, ...]:
        """The terms below a term, or at the top of a vocabulary."""
        return tuple(self._below(name).get(parent, ()))

    def path(self, id_: str) -> tuple[Term, ...]:
        """The terms above a term, the topmost first."""
        found: list[Term] = []
        at = self.get(id_).parent
        while at and len(found) < DEEPEST and all(each.id != at for each in found) and at != id_:
            found.append(self.get(at))
            at = found[-1].parent
        return tuple(reversed(found))

    def within(self, id_: str, branch: str) -> bool:
        """Whether a term is this one or stands below it."""
        return id_ == branch or any(each.id == branch for each in self.path(id_))

    @property
    def problems(self) -> tuple[CairnError, ...]:
        """What is wrong with files of vocabularies that were asked for so far."""
        return tuple(self._problems.values())

    # -- search

    def search(
        self, typed: str, names: Collection[str] = (), *, every: bool = False, most: int = MOST_FOUND
    ) -> list[Found]:
        """The terms that fit what was typed, best first; of all vocabularies where none is named.

        By labels in every language, other names and the id; behind these by what a definition says. Branches and
        retired terms only with `every`.
        """
        wanted = finding.Typed(typed)
        if not wanted:
            return []
        found: list[tuple[int, int, int, Found]] = []
        for name in names or self.names():
            for place, (term, labels, more) in enumerate(self._ready(name)):
                if not every and not term.chosen:
                    continue
                fit = wanted.fit(labels)
                if fit == finding.NOT and wanted.sounds and wanted.fit((more,)) != finding.NOT:
                    fit = finding.APART + 1
                if fit != finding.NOT:
                    found.append((fit, int(term.rest), place, Found(term, fit)))
        found.sort(key=lambda each: each[:3])
        return [each[3] for each in found[:most]]

    # -- how it is held

    def _terms(self, name: str) -> dict[str, Term]:
        if name not in self._by_id:
            head = self.vocabulary(name)
            held = shipped.by_id(name) if head is not None else {}
            if self._changes:
                held = {id_: _changed(term, self._changes.get(id_)) for id_, term in held.items()}
            self._by_id[name] = held
        return self._by_id[name]

    def _below(self, name: str) -> dict[str, list[Term]]:
        if name not in self._children:
            own = [term for term in self._local.values() if term.vocabulary == name]
            every = {**self._terms(name), **{term.id: term for term in own}}
            found: dict[str, list[Term]] = {}
            for term in every.values():
                # A parent that is gone, or a local circle, must not hide a term.
                at = term.parent if term.parent in every and not _circle(every, term.id) else ""
                found.setdefault(at, []).append(term)
            self._children[name] = found
        return self._children[name]

    def _walk(self, name: str, parent: str) -> Iterator[Term]:
        for term in self._below(name).get(parent, ()):
            yield term
            yield from self._walk(name, term.id)

    def _ready(self, name: str) -> list[tuple[Term, list[finding.Name], finding.Name]]:
        if name not in self._prepared:
            self._prepared[name] = [(term, *_names(term)) for term in self._walk(name, "")]
        return self._prepared[name]


def _circle(terms: dict[str, Term], id_: str) -> bool:
    """Whether the way up from a term comes back to where it was, or has no end that is near."""
    seen = {id_}
    at = terms[id_].parent
    while at in terms:
        if at in seen or len(seen) > DEEPEST:
            return True
        seen.add(at)
        at = terms[at].parent
    return False


def _names(term: Term) -> tuple[list[finding.Name], finding.Name]:
    said = [term.labels.ko, term.labels.en, term.labels.zh, term.id, *term.spoken]
    said += [each for name in term.name for each in (name.hangul, name.roman, name.en)]
    more = " ".join(
        each for text in (term.definition, term.include) for each in (text.en, text.ko, text.zh) if each
    )
    return [finding.name(each) for each in dict.fromkeys(said) if each], finding.name(more)


def _changed(term: Term, change: Term | None) -> Term:
    """A shipped term with what this vault says otherwise of it."""
    if change is None:
        return term
    return msgspec.structs.replace(
        term,
        labels=_over(term.labels, change.labels),
        definition=_over(term.definition, change.definition),
        include=_over(term.include, change.include),
        example=_over(term.example, change.example),
        note=change.note or term.note,
        retired=term.retired or change.retired,
        record=change.record,
        changed=True,
    )


def _over(said: Said, other: Said) -> Said:
    return Said(other.en or said.en, other.ko or said.ko, other.zh or said.zh)
