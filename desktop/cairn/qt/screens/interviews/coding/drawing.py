"""Passages as the text draws them: which tag, which word, whose colours."""

from __future__ import annotations

from cairn.app.coding.acts import Board
from cairn.app.coding.passages import PassageView
from cairn.app.coding.texts import CodedText
from cairn.model.kinds.act import Act
from cairn.qt.widgets.explained import shown_label
from cairn.qt.widgets.passage_lanes import Drawn
from cairn.vocab.terms import Terms

_KINDS = {"act": "act", "event": "act", "person": "person", "unit": "person", "relation": "person"}


def drawn(board: Board, terms: Terms, text: CodedText) -> list[Drawn]:
    """The passages that lie in a text; one that speaks of several records once for each of them.

    A passage that speaks of nothing, or has only codes, is one of one's own codes: `K1`, in order of the text.
    """
    found: list[Drawn] = []
    own = 0
    for view in board.marked.of(text.source, text.field):
        if view.span is None:
            continue
        about = _about(board, terms, view)
        if not about:
            own += 1
            about = [(f"K{own}", ", ".join(shown_label(terms.get(each)) for each in view.body.codes), "code")]
        for number, (tag, name, kind) in enumerate(about):
            key = view.id if number == 0 else f"{view.id}+{number}"
            found.append(Drawn(key, *view.span, tag, name, kind, foreign=not view.own))
    return found


def _about(board: Board, terms: Terms, view: PassageView) -> list[tuple[str, str, str]]:
    found = []
    for record in view.body.supports:
        coded = board.coding.records.get(record)
        if coded is None or coded.removed:
            continue
        body = coded.body
        name = (
            shown_label(terms.get(body.type))
            if isinstance(body, Act) and body.type
            else str(
                getattr(body, "described", "") or getattr(body, "title", "") or getattr(body, "words", "")
            )
        )
        found.append((coded.code or record[:4], name, _KINDS.get(coded.kind, "code")))
    return found
