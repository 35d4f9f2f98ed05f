"""A recording: the sound of an interview, or what was made of one."""

from __future__ import annotations

import msgspec

from cairn.model import spans
from cairn.model.ids import NO_HASH, NO_MEDIA, NO_RECORD, MediaId, RecordId, Sha256
from cairn.model.kinds.kind import Kind, Media, Reference, Text
from cairn.model.kinds.page import (
    Block,
    Coded,
    Facts,
    Heading,
    Items,
    Line,
    Moment,
    Mono,
    Octets,
    Surroundings,
    Value,
    When,
    Word,
)
from cairn.model.values import BEGINNING, NO_LENGTH, LengthMs, MomentMs, Span, clock_text
from cairn.model.values import Octets as Size


class Mark(msgspec.Struct, omit_defaults=True):
    """Something that happened at a moment of a recording."""

    at: MomentMs = BEGINNING
    """Where in the sound."""
    kind: str = "mark"
    """Code: `mark`, `break`, `distress`, `question`, `off`, `pause`, `gap`, `damaged`, or a newer one."""
    until: MomentMs = BEGINNING
    """Where in the sound it ended; 0 for a moment, and for a span during which nothing was recorded."""
    away: LengthMs = NO_LENGTH
    """How long nothing was recorded: a pause, a gap, off the record."""
    text: str = ""
    """The question that was asked, the reason of a pause."""


class Recording(msgspec.Struct, omit_defaults=True):
    """Sound of an interview. Its bytes are a media object, never changed: a master, or made from one."""

    name: str = ""
    name_bytes: str = ""
    """Hex digits: the bytes of the name that its file came with, where they were no UTF-8."""
    size: Size = 0
    sha256: Sha256 = NO_HASH
    type: str = "audio/ogg"
    media: MediaId = NO_MEDIA
    removed: bool = False
    source: str = "microphone"
    """Code: `microphone`, `import`, and of what was made from a master: `excerpt`, `copy`, `cut`."""
    started: str = ""
    """UTC, RFC 3339, seconds; the device's own clock, unverified."""
    duration: LengthMs = NO_LENGTH
    software: str = ""
    interrupted: bool = False
    """It did not end by being stopped: a crash, a power cut, a full disk."""
    marks: list[Mark] = []
    excluded: list[Span] = []
    """Off the record: in order, not touching. Such a recording never leaves the vault, only a `cut` of it."""
    master: Sha256 = NO_HASH
    """SHA-256 of the sound that it was made from."""
    of: RecordId = NO_RECORD
    """Id of the recording that it was made from."""
    kept: list[Span] = []
    """Of what was made from a master: which stretches of the master it holds, in order."""


def heard(record: RecordId, at: MomentMs, around: Surroundings) -> tuple[MomentMs, Recording | None]:
    """A moment of a recording in what travels of it: the recording itself, or one made from it."""
    found = around.bodies.get(record)
    if isinstance(found, Recording):
        return at, found
    for sound in around.naming.get(("recording", record), ()):
        moment = spans.moment_from_master(sound.kept, at)
        if sound.of == record and moment is not None:
            return moment, sound
    return at, None


def _span(span: Span) -> str:
    return f"{clock_text(span.start)} – {clock_text(span.end)}"


def _mark(mark: Mark) -> str:
    return " ".join(part for part in (clock_text(mark.at), f"mark-{mark.kind}", mark.text) if part)


def _fields(body: Recording) -> dict[str, str]:
    return {
        "name": body.name,
        "sha256": body.sha256,
        "excluded": "\n".join(_span(each) for each in body.excluded),
        "marks": "\n".join(_mark(each) for each in body.marks),
        "removed": "yes" if body.removed else "",
    }


def _page(body: Recording, around: Surroundings) -> list[Block]:
    file = around.files.get(around.record)
    where: Line = [Mono(file)] if file is not None else [Word("stays")]
    source: list[Value] = [Coded("source", body.source)]
    source += [" · ", Word("interrupted")] if body.interrupted else []
    facts: list[tuple[str, Line]] = [
        ("file", where),
        ("kind", source),
        ("length", [Moment(body.duration), " · ", Octets(body.size), " · ", body.type]),
        ("started", [When(body.started)]),
        ("SHA-256", [Mono(body.sha256)]),
        ("master", [Mono(body.master)]),
        ("kept", [", ".join(_span(each) for each in body.kept)]),
    ]
    blocks: list[Block] = [Heading("recording", body.name), Facts(facts)]
    if body.marks:
        blocks.append(Items([_mark_line(mark) for mark in body.marks]))
    return blocks


def _mark_line(mark: Mark) -> list[Value]:
    line: list[Value] = [Moment(mark.at)]
    if mark.until:
        line += [" – ", Moment(mark.until)]
    line += [" · ", Coded("mark", mark.kind)]
    if mark.away:
        line += [" · ", Word("away", {"time": Moment(mark.away)})]
    if mark.text:
        line += [" · ", mark.text]
    return line


KIND = Kind(
    name="recording",
    type=Recording,
    version=1,
    part="sound",
    title=lambda body: body.name,
    texts=lambda body: [Text("name", body.name)],
    fields=_fields,
    page=_page,
    media=lambda body: Media(body.sha256, body.size, body.name, body.type),
    length=lambda body: body.duration,
    plain=lambda body: body.source != "import",
    references=lambda body: [Reference("of", body.of)],
    stays=lambda body: bool(body.excluded),
    order=30,
    icon="mic",
)
