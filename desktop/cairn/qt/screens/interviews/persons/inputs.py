"""Fields of the forms of people: a term, several terms, codes, places, abilities, open names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from cairn.model.kinds.identity import Name, script_of
from cairn.model.kinds.person import DOMAINS, LEVELS, Ability
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.model.time.understanding import understood
from cairn.qt.base import messages
from cairn.qt.forms.choices import QuietCombo
from cairn.qt.forms.inputs import LineInput, Spot, WhenInput
from cairn.qt.widgets import button, column
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.when import When
from cairn.vocab.terms import Terms


class _NoCursor(QObject):
    """What fields without text have in common."""

    edited = Signal()

    def holds(self, widget: QObject | None) -> bool:
        """There is no cursor in it."""
        return False

    def spot(self, last: QObject | None) -> Spot | None:
        """There is none."""
        return None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """There is none."""
        return None


class ComboInput(_NoCursor):
    """One of several codes, or none. A code that is not known here is kept and shown as it came."""

    def __init__(self, box: QComboBox, options: Sequence[tuple[str, str]]) -> None:
        """`options` are (code, word); the empty code is there by itself."""
        super().__init__(box)
        self.box = box
        box.addItem("—", "")
        for code, word in options:
            box.addItem(word, code)
        box.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> str:
        """The code that is chosen."""
        return str(self.box.currentData() or "")

    def load(self, value: Any) -> None:
        """Choose a code."""
        number = self.box.findData(value)
        if number < 0:
            self.box.addItem(str(value), value)
            number = self.box.count() - 1
        self.box.setCurrentIndex(number)

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be chosen."""
        self.box.setEnabled(not fixed)


def term_options(terms: Terms, vocabulary: str, group: str = "") -> list[tuple[str, str]]:
    """The terms of a vocabulary that can be chosen, of one group when given, in its order."""
    language = messages.language()
    return [
        (term.id, term.label(language))
        for term in terms.terms(vocabulary)
        if term.chosen and (not group or term.group == group)
    ]


class TickedInput(_NoCursor):
    """Yes or no."""

    def __init__(self, box: QCheckBox) -> None:
        super().__init__(box)
        self.box = box
        box.toggled.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def load(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can't be changed."""
        self.box.setEnabled(not fixed)


class GroupsInput(_NoCursor):
    """Several terms, one of each group of a vocabulary; what belongs to no group here stays."""

    def __init__(
        self, parent: QObject, boxes: Mapping[str, ComboInput], groups: Mapping[str, frozenset[str]]
    ) -> None:
        super().__init__(parent)
        self._boxes = dict(boxes)
        self._groups = groups
        self._others: list[str] = []
        for each in boxes.values():
            each.edited.connect(self.edited)

    def value(self) -> list[str]:
        """The terms that are chosen."""
        return [each.value() for each in self._boxes.values() if each.value()] + self._others

    def load(self, value: Any) -> None:
        """Choose these."""
        left = list(value)
        for group, box in self._boxes.items():
            found = next((term for term in left if term in self._groups[group]), "")
            box.load(found)
            left = [term for term in left if term != found]
        self._others = left

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be chosen."""
        for each in self._boxes.values():
            each.set_read_only(fixed)


class AbilitiesInput(_NoCursor):
    """The six questions of the Washington Group's short set; what nobody asked stays unasked."""

    def __init__(self, parent: QObject, boxes: Mapping[str, ComboInput]) -> None:
        super().__init__(parent)
        self._boxes = dict(boxes)
        self._others: list[Ability] = []
        for each in boxes.values():
            each.edited.connect(self.edited)

    def value(self) -> list[Ability]:
        """The answers that were given."""
        return [
            Ability(domain, box.value()) for domain, box in self._boxes.items() if box.value()
        ] + self._others

    def load(self, value: Any) -> None:
        """Show these."""
        known = {each.domain: each.level for each in value if each.domain in self._boxes}
        self._others = [each for each in value if each.domain not in self._boxes]
        for domain, box in self._boxes.items():
            box.load(known.get(domain, ""))

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be chosen."""
        for each in self._boxes.values():
            each.set_read_only(fixed)


def ability_boxes() -> dict[str, ComboInput]:
    """A box for each of the six questions."""
    levels = [(level, messages.value("level", level)) for level in LEVELS]
    return {domain: ComboInput(QuietCombo(), levels) for domain in DOMAINS}


class PlaceInput(LineInput):
    """A place: the words as they were told. Which place they were taken to mean stays while the words do."""

    def __init__(self, line: Any) -> None:
        super().__init__(line)
        self._loaded = PlaceTold()

    def value(self) -> PlaceTold:
        """The place."""
        words = self.line.text().strip()
        return self._loaded if words == self._loaded.words else PlaceTold(words=words)

    def load(self, value: Any) -> None:
        """Show a place."""
        self._loaded = value
        super().load(value.words)


class OpenNamesInput(LineInput):
    """Names that stand open, parted by commas; what else is known of a name stays with it. None while it is protected."""

    def __init__(self, line: Any, protected: Callable[[], bool]) -> None:
        super().__init__(line)
        self._protected = protected
        self._loaded: list[Name] = []

    def value(self) -> list[Name]:
        """The names."""
        if self._protected():
            return []
        known = {name.text: name for name in self._loaded}
        texts = [part.strip() for part in self.line.text().split(",") if part.strip()]
        return [known.get(text) or Name(text, script_of(text)) for text in texts]

    def load(self, value: Any) -> None:
        """Show them."""
        self._loaded = list(value)
        super().load(", ".join(name.text for name in value))


class BornInput(WhenInput):
    """When somebody was born. Of somebody protected an exact day is kept with the names, and the year alone stands here."""

    def __init__(self, when: When, protected: Callable[[], bool]) -> None:
        super().__init__(when)
        self._protected = protected

    @property
    def exact(self) -> Told | None:
        """The exact birth of somebody protected, as it was typed; None where there is none."""
        told = self.when.told
        return told if self._protected() and _is_exact(told) else None

    def value(self) -> Told:
        """The time; the year alone where the day belongs to the names."""
        exact = self.exact
        if exact is None:
            return super().value()
        years = {each.earliest.year for each in _readings(exact) if each.earliest is not None}
        return Told(edtf=f"{min(years):04}" if len(years) == 1 else f"{min(years):04}/{max(years):04}")


def _readings(told: Told) -> tuple[Told, ...]:
    """What a time was taken to mean, and what else its words may."""
    return (told, *(understood(told.words).readings if told.words else ()))


def _is_exact(told: Told) -> bool:
    return any(each.earliest is not None and each.earliest == each.latest for each in _readings(told))


class TermsInput(_NoCursor):
    """Several terms: a box adds one, a press on one takes it away."""

    def __init__(self, terms: Terms, options: Sequence[tuple[str, str]], name: str, remove: str) -> None:
        """`remove` says in words what a press does, with {term}."""
        self.widget = QWidget()
        super().__init__(self.widget)
        self._terms = terms
        self._remove = remove
        self._chosen: list[str] = []
        self._fixed = False
        self._box = QuietCombo()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self._box.setAccessibleName(name)
        self._box.addItem("+", "")
        for code, word in options:
            self._box.addItem(word, code)
        self._box.activated.connect(lambda _index: self._add())
        self._flow = Flow()
        self._column = column(self._flow, self._box, space=6)
        self.widget.setLayout(self._column)
        self.widget.setFocusProxy(self._box)

    def value(self) -> list[str]:
        """The terms."""
        return list(self._chosen)

    def load(self, value: Any) -> None:
        """Show these."""
        self._chosen = list(value)
        self._show()

    def set_read_only(self, fixed: bool) -> None:
        """Whether nothing can be changed."""
        self._fixed = fixed
        self._box.setEnabled(not fixed)
        self._show()

    def _add(self) -> None:
        term = str(self._box.currentData() or "")
        self._box.setCurrentIndex(0)
        if term and term not in self._chosen:
            self._chosen.append(term)
            self._show()
            self.edited.emit()

    def _take(self, term: str) -> None:
        self._chosen.remove(term)
        self._box.setFocus()
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        flow = Flow(*(self._chip(term) for term in self._chosen))
        self._column.replaceWidget(self._flow, flow)
        self._flow.hide()
        self._flow.deleteLater()
        self._flow = flow
        flow.setVisible(bool(self._chosen))

    def _chip(self, term: str) -> QWidget:
        word = self._terms.label(term, messages.language())
        made = button(word, lambda: self._take(term), kind="chip", glyph="cross")
        made.setAccessibleName(self._remove.format(term=word))
        made.setToolTip(self._remove.format(term=word))
        made.setEnabled(not self._fixed)
        return made
