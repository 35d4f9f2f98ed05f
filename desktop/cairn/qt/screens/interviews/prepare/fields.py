"""The fields of the preparation: which there are, with their words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from cairn.model.kinds.preparation import Benefit, Earlier, FirstAccount, Met, Shown
from cairn.qt.forms.choices import ChosenInput, term_words
from cairn.qt.forms.inputs import LineInput, ListInput, OneTick, TextInput, WhenInput
from cairn.qt.forms.struct_rows import Column, Made, StructPart, StructRows
from cairn.qt.widgets import Editor, Line
from cairn.qt.widgets.when import When
from cairn.vocab.terms import Terms

translate = QCoreApplication.translate
VOCABULARY = "independence"


def line() -> Made:
    """A text of one line."""
    widget = Line()
    return Made(widget, LineInput(widget))


def lines() -> Made:
    """Several short texts, parted by commas."""
    widget = Line()
    return Made(widget, ListInput(widget))


def text() -> Made:
    """Sentences."""
    widget = Editor("", least=56)
    return Made(widget, TextInput(widget, strip=True))


def time() -> Made:
    """An uncertain time."""
    widget = When()
    return Made(widget, WhenInput(widget))


def term(terms: Terms, prefix: str) -> Made:
    """A term of the vocabulary of independence."""
    made = ChosenInput(term_words(terms, VOCABULARY, prefix))
    return Made(made.box, made)


def yes_no() -> Made:
    """Yes, no, or that the person doesn't know."""
    words = [
        ("yes", translate("Prepare", "Yes")),
        ("no", translate("Prepare", "No")),
        ("unknown", translate("Prepare", "She or he doesn't know")),
    ]
    made = ChosenInput(words)
    return Made(made.box, made)


def stopped() -> Made:
    """Whether the first account was stopped there."""
    box = QCheckBox(translate("Prepare", "Stopped there, and referred"))
    return Made(box, OneTick(box))


def benefits(terms: Terms) -> StructRows:
    """What was given or promised."""
    return StructRows(
        Benefit,
        [
            Column("kind", translate("Prepare", "What"), lambda: term(terms, "benefit.")),
            Column("amount", translate("Prepare", "Amount"), line),
            Column("currency", translate("Prepare", "Currency"), line),
            Column("purpose", translate("Prepare", "For what"), line),
            Column("condition", translate("Prepare", "Tied to anything?"), lambda: term(terms, "condition.")),
        ],
        translate("Prepare", "Add what was given"),
        translate("Prepare", "Remove what was given"),
    )


def earlier(terms: Terms) -> StructRows:
    """Interviews given before."""
    return StructRows(
        Earlier,
        [
            Column("kind", translate("Prepare", "With what sort of body"), lambda: term(terms, "earlier.")),
            Column("whom", translate("Prepare", "With whom"), line),
            Column("when", translate("Prepare", "When"), time),
            Column("written", translate("Prepare", "Written down?"), yes_no),
            Column("copy", translate("Prepare", "Who holds a copy"), line),
            Column("media", translate("Prepare", "Published in"), line),
        ],
        translate("Prepare", "Add an earlier interview"),
        translate("Prepare", "Remove this earlier interview"),
    )


def shown(terms: Terms) -> StructRows:
    """What was shown or told beforehand."""
    return StructRows(
        Shown,
        [
            Column("kind", translate("Prepare", "What sort"), lambda: term(terms, "shown.")),
            Column("what", translate("Prepare", "What"), line),
            Column("by", translate("Prepare", "By whom"), line),
        ],
        translate("Prepare", "Add what was shown"),
        translate("Prepare", "Remove what was shown"),
    )


def met(terms: Terms) -> StructRows:
    """Other witnesses of the same facts whom the person has met."""
    return StructRows(
        Met,
        [
            Column(
                "kind", translate("Prepare", "Met before or after the facts?"), lambda: term(terms, "met.")
            ),
            Column("who", translate("Prepare", "Who (a code)"), line),
            Column("when", translate("Prepare", "When"), time),
            Column("facts", translate("Prepare", "About which facts"), line),
        ],
        translate("Prepare", "Add a witness met"),
        translate("Prepare", "Remove this witness"),
    )


def first_account() -> StructPart:
    """The short interview that stops early and refers."""
    return StructPart(
        translate("Prepare", "Take a first account only, then stop and refer"),
        FirstAccount,
        first_account_columns(),
    )


def first_account_columns() -> Sequence[Column]:
    """Just enough to find the person again; kinds of facts are words here, and coded later."""
    return [
        Column("who", translate("Prepare", "Who (a code)"), line),
        Column("facts", translate("Prepare", "What kinds of facts"), text),
        Column("where", translate("Prepare", "Where it happened"), line),
        Column("time", translate("Prepare", "When it happened"), time),
        Column("protection", translate("Prepare", "Protection needed"), text),
        Column("evidence", translate("Prepare", "Papers, pictures, messages, injuries"), text),
        Column("others", translate("Prepare", "Who else has asked or will ask"), text),
        Column("referred", translate("Prepare", "Referred to, for what, and whether agreed"), text),
        Column("stopped", translate("Prepare", "Is it finished?"), stopped),
    ]
