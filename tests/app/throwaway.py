"""A kind of record that exists for the tests alone: this file is all that it takes."""

from __future__ import annotations

import msgspec

from cairn.model.kinds.kind import Kind, Reference, Text
from cairn.model.kinds.page import Block, Entry, Heading, Moment, Surroundings
from cairn.model.values import BEGINNING, MomentMs


class Throwaway(msgspec.Struct, omit_defaults=True):
    """Something that was seen, and when."""

    name: str = ""
    text: str = ""
    at: MomentMs = BEGINNING
    removed: bool = False
    recording: str = ""


def _page(body: Throwaway, around: Surroundings) -> list[Block]:
    heading = [Heading("throwaways")] if around.first_of_kind else []
    return [*heading, Entry([body.name, body.text], [around.author, " · ", Moment(body.at)])]


KIND = Kind(
    name="throwaway",
    type=Throwaway,
    version=1,
    part="notes",
    title=lambda body: body.name,
    texts=lambda body: [Text("name", body.name), Text("text", body.text, body.at)],
    fields=lambda body: {"name": body.name, "text": body.text, "removed": "yes" if body.removed else ""},
    page=_page,
    references=lambda body: [Reference("recording", body.recording)] if body.recording else [],
    order=25,
    icon="note",
)
