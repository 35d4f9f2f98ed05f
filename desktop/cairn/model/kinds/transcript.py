"""A transcript: the words of one recording, on its clock."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.kind import Kind, Reference, Text
from cairn.model.kinds.note import beginning
from cairn.model.kinds.page import Block, Entry, Heading, Moment, Surroundings, Value
from cairn.model.kinds.recording import heard
from cairn.model.values import BEGINNING, MomentMs, clock_text


class Paragraph(msgspec.Struct, omit_defaults=True):
    """A stretch of speech by one speaker."""

    start: MomentMs = BEGINNING
    end: MomentMs = BEGINNING
    """0 while unknown."""
    speaker: str = ""
    text: str = ""
    """What cannot be written stands as `[inaudible]`, `[unclear: …]` or `[name withheld]`."""
    translation: str = ""


class Transcript(msgspec.Struct, omit_defaults=True):
    """The words of one recording."""

    recording: RecordId = NO_RECORD
    """Id of the recording; times are those of its sound."""
    language: str = ""
    translation: str = ""
    """BCP 47 code of the translation's language, or empty."""
    paragraphs: list[Paragraph] = []
    removed: bool = False


def _texts(body: Transcript) -> Iterable[Text]:
    # One for each paragraph: what is found in it has a moment in the sound.
    for each in body.paragraphs:
        yield Text("spoken", each.text, each.start)
        yield Text("translation", each.translation, each.start)


def spoken(body: Transcript) -> dict[str, str]:
    """The words of all paragraphs as one text each, a line end between them: so a passage may go over several."""
    return {
        "spoken": "\n".join(each.text for each in body.paragraphs),
        "translation": "\n".join(each.translation for each in body.paragraphs),
    }


def _fields(body: Transcript) -> dict[str, str]:
    return {
        "language": body.language,
        "spoken": "\n".join(
            f"{clock_text(each.start)} {each.speaker}: {each.text}" for each in body.paragraphs
        ),
        "translation": "\n".join(
            f"{clock_text(each.start)} {each.translation}" for each in body.paragraphs if each.translation
        ),
        "removed": "yes" if body.removed else "",
    }


def _page(body: Transcript, around: Surroundings) -> list[Block]:
    placed = [(heard(body.recording, each.start, around), each) for each in body.paragraphs]
    name = next((sound.name for (_, sound), _ in placed if sound is not None), "")
    blocks: list[Block] = [Heading("transcript", name)]
    for (at, _), each in placed:
        line: list[Value] = [Moment(at), *([" · ", each.speaker] if each.speaker else [])]
        blocks.append(Entry([each.text, *([each.translation] if each.translation else [])], line))
    return blocks


KIND = Kind(
    name="transcript",
    type=Transcript,
    version=1,
    part="transcript",
    title=lambda body: beginning(next((each.text for each in body.paragraphs), "")),
    texts=_texts,
    fields=_fields,
    page=_page,
    references=lambda body: [Reference("recording", body.recording)],
    citable=spoken,
    order=40,
    icon="text",
)
