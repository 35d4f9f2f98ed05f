"""Passages as the text draws them: which tag, which word, whose colours."""

from __future__ import annotations

from datetime import date

from cairn.app.coding.acts import Board
from cairn.app.coding.passages import PassageView
from cairn.app.coding.texts import CodedText
from cairn.app.kernel.views import InterviewView
from cairn.model.kinds.act import Act
from cairn.model.kinds.event import Event as Happened
from cairn.model.time.words.context import Context, Event
from cairn.qt.base import messages
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


def text_name(text: CodedText) -> str:
    """What a text is called: Account, or the note or transcript with how it begins."""
    name = messages.field(text.kind, text.field)
    return f"{name}: {text.title}" if text.kind != "interview" and text.title else name


def context(view: InterviewView, board: Board | None) -> Context:
    """What helps to understand a time: the day of the interview, and the events that are coded."""
    bounds = view.body.date.bounds
    day: date | None = bounds[0] if bounds[0] is not None and bounds[0] == bounds[1] else None
    events = board.coding.bodies(Happened) if board is not None else []
    return Context(
        interview=day, events=tuple(Event(body.title, body.time.edtf) for _, body in events if body.title)
    )
