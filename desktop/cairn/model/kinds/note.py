"""A note of the interviewer, apart from the account."""

from __future__ import annotations

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.kind import Kind, Reference, Text
from cairn.model.kinds.page import Block, Entry, Heading, Moment, Surroundings, Value, When, Word
from cairn.model.kinds.recording import heard
from cairn.model.values import BEGINNING, MomentMs


class Note(msgspec.Struct, omit_defaults=True):
    """A note of the interviewer, apart from the account."""

    text: str = ""
    removed: bool = False
    recording: RecordId = NO_RECORD
    """Id of the recording during which it was begun, or empty."""
    at: MomentMs = BEGINNING
    """Where in that recording's sound it was begun."""
    off: bool = False
    """Written off the record, also in part: it stays in the vault, whatever becomes of the recording."""


def beginning(text: str) -> str:
    """How a text begins, short enough for a list."""
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= 60 else first[:59] + "…"


def _page(body: Note, around: Surroundings) -> list[Block]:
    line: list[Value] = [around.author, " · ", When(around.created)]
    if body.recording:
        at, sound = heard(body.recording, body.at, around)
        word = "at" if sound is None else "at-in"
        line += [" · ", Word(word, {"time": Moment(at), "name": sound.name if sound else ""})]
    return [*([Heading("notes")] if around.first_of_kind else []), Entry([body.text], line, below=True)]


KIND = Kind(
    name="note",
    type=Note,
    version=1,
    part="notes",
    title=lambda body: beginning(body.text),
    texts=lambda body: [Text("text", body.text)],
    fields=lambda body: {"text": body.text, "removed": "yes" if body.removed else ""},
    page=_page,
    references=lambda body: [Reference("recording", body.recording)],
    citable=lambda body: {"text": body.text},
    declined=lambda body: Note(removed=True),
    stays=lambda body: body.off,
    order=20,
    icon="note",
)
