"""A passage: a place in what was told, seen or heard, with what a coder says that it shows.

It is its coder's own: what a second coder or another office marks stands beside it and changes nothing of it. It
cites one version of its source and follows the later ones (`cairn.model.passages.following`).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash, is_id, is_sha256
from cairn.model.kinds.described import TermId
from cairn.model.kinds.kind import Authority, Kind, Quoted, Reference, Text
from cairn.model.kinds.note import beginning
from cairn.model.kinds.page import Block, Coded, Entry, Heading, Line, Moment, Surroundings, Value, Word
from cairn.model.passages.anchors import CONTEXT, MAX_QUOTE, Anchor, InPicture, InSound, InText, Words
from cairn.model.values import clock_text

MAX_NOTE = 4000
MOST = 64
"""Most codes of one passage, and most records that it is about."""

_Code = Annotated[TermId, msgspec.Meta(min_length=1)]
_Choice = Annotated[str, msgspec.Meta(max_length=80)]
_Beside = Annotated[str, msgspec.Meta(max_length=CONTEXT)]

CONFIDENCE = ("sure", "likely", "unsure")
SPEAKS = ("for", "against")


class Passage(msgspec.Struct, omit_defaults=True):
    """One passage. Without a place it is all of its source: a photograph, a letter."""

    source: RecordId = NO_RECORD
    """Id of the record that is cited, of the same interview."""
    revision: RevisionHash = NO_REVISION
    """SHA-256 of the version of it that is cited: the place is one in that version."""
    field: Annotated[str, msgspec.Meta(max_length=200)] = ""
    """Which of its texts (`Kind.citable`): `account`, `spoken`, the path of an answer. Empty for sound and pictures."""
    at: Anchor | None = None
    quote: Annotated[str, msgspec.Meta(max_length=MAX_QUOTE)] = ""
    before: _Beside = ""
    """What stands before it, up to 32 characters."""
    after: _Beside = ""
    supports: Annotated[list[RecordId], msgspec.Meta(max_length=MOST)] = []
    """Ids of the acts, people, events that it speaks of."""
    codes: Annotated[list[_Code], msgspec.Meta(max_length=MOST)] = []
    """Terms of the vocabularies: `vio.killing`. Unknown ones are kept."""
    basis: TermId = TermId("")
    """Term of how the person knows it: `basis.saw`."""
    confidence: _Choice = ""
    """Of the coder that the words mean this: `sure`, `likely`, `unsure`, or empty."""
    speaks: _Choice = ""
    """`for` or `against` what it supports; empty: for."""
    note: Annotated[str, msgspec.Meta(max_length=MAX_NOTE)] = ""
    kept: RevisionHash = NO_REVISION
    """SHA-256 of a later version of the source, in which these words are changed or lost, and for which a person said
    that the passage stays one of the version that it cites."""
    removed: bool = False

    def __post_init__(self) -> None:
        text = isinstance(self.at, InText)
        if isinstance(self.at, InText) and len(self.quote) != self.at.end - self.at.start:
            raise ValueError("a passage of a text quotes all of its words")
        if not text and (self.quote or self.before or self.after):
            raise ValueError("only a passage of a text has words")
        if self.at is not None and not (is_id(self.source) and is_sha256(self.revision)):
            raise ValueError("a passage has a source and its version")

    @property
    def words(self) -> Words:
        """What it keeps of a text; nothing of what is no text."""
        return Words(self.before, self.quote, self.after)


def place(at: Anchor | None) -> str:
    """A place as text, for lists and differences: code points, a time, a box in percent."""
    match at:
        case InText(start, end):
            return f"{start}–{end}"
        case InSound(start, end):
            return f"{clock_text(start)}–{clock_text(end)}"
        case InPicture(left, top, right, bottom):
            return ", ".join(f"{each / 100:g} %" for each in (left, top, right, bottom))
        case _:
            return ""


def paragraph(text: str, body: Passage) -> int:
    """The number of the paragraph, from 1, in which it begins in a text that says it there; 0 where it does not."""
    if not isinstance(body.at, InText) or text[body.at.start : body.at.end] != body.quote:
        return 0
    return sum(bool(line.strip()) for line in text[: body.at.start + 1].split("\n"))


def _fields(body: Passage) -> dict[str, str]:
    return {
        "quote": body.quote,
        "source_field": body.field,
        "anchor": place(body.at),
        "codes": "\n".join(body.codes),
        "supports": "\n".join(body.supports),
        "basis": body.basis,
        "confidence": body.confidence,
        "speaks": body.speaks,
        "note": body.note,
        "removed": "yes" if body.removed else "",
    }


def _page(body: Passage, around: Surroundings) -> list[Block]:
    where = _where(body, around)
    about: list[Value] = []
    for code in body.codes:
        about += [" · ", Coded("term", code)]
    about += [" · ", Coded("term", body.basis)] if body.basis else []
    about += [" · ", Coded("passage", body.confidence)] if body.confidence else []
    if body.speaks == "against":
        about += [" · ", Word("passage-against")]
    line: Line = [*where, *about, " · ", around.author]
    texts = [f"“{body.quote}”" if body.quote else "", *([body.note] if body.note else [])]
    return [
        *([Heading("passages")] if around.first_of_kind else []),
        Entry([text for text in texts if text], line),
    ]


def _where(body: Passage, around: Surroundings) -> list[Value]:
    name = str(getattr(around.bodies.get(body.source), "name", ""))
    match body.at:
        case InText():
            number = paragraph(around.citable(body.source, body.field), body)
            field = Coded("passage-in", body.field)
            return [field, " · ", Word("passage-paragraph", {"number": str(number)})] if number else [field]
        case InSound(start, end):
            return [Moment(start), "–", Moment(end), f" · {name}" if name else ""]
        case _:
            return [name, f" · {place(body.at)}" if body.at is not None else ""]


def _quoted(body: Passage) -> Quoted | None:
    if not body.source:
        return None
    return Quoted(body.source, body.field, body.words if isinstance(body.at, InText) else None)


KIND = Kind(
    name="passage",
    type=Passage,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: beginning(body.quote or body.note or place(body.at)),
    # The words themselves are found in their source; a second hit for each passage of them would hide others.
    texts=lambda body: [Text("note", body.note)],
    fields=_fields,
    page=_page,
    references=lambda body: [
        Reference("source", body.source),
        *(Reference("supports", each) for each in body.supports),
    ],
    quotes=_quoted,
    order=45,
    icon="flag",
)
