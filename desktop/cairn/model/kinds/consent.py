"""The consent: what the person agreed to. The rules that follow from it are in `cairn.model.consent`."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.model.agreement import Consent, in_words
from cairn.model.consent import Answer, Row
from cairn.model.kinds.kind import Kind, Text
from cairn.model.kinds.page import Block, Coded, Heading, Paragraphs, Sentence, Surroundings, Value


def _fields(body: Consent) -> dict[str, str]:
    return {
        "choice": body.choice,
        "share_with": body.share_with if body.choice == "share" else "",
        "contacts": "\n".join(body.contacts),
        "grid": "\n".join(in_words(body.grid, str, {})) if body.choice == "custom" else "",
        "given": body.given,
    }


def _page(body: Consent, around: Surroundings) -> list[Block]:
    words: list[Value] = [Coded("consent", body.choice)]
    if body.choice == "share":
        words += [" · ", Coded("share", body.share_with)]
    rows = [Sentence(_row(row)) for row in body.grid] if body.choice == "custom" else []
    given = [Paragraphs(body.given)] if body.given else []
    return [Heading("consent"), Sentence(words), *rows, *given]


def _row(row: Row) -> list[Value]:
    line: list[Value] = [Coded("answer", row.answer), ": ", *_codes("use", row.uses)]
    line += [" · ", *_codes("part", row.parts), " · ", *_codes("to", row.recipients)]
    if row.until and row.answer != Answer.NO:
        line += [" · ", Coded("until", "day"), " ", row.until]
    return line


def _codes(prefix: str, codes: Sequence[str]) -> list[Value]:
    line: list[Value] = []
    for code in codes:
        line += [", ", Coded(prefix, code.replace("_", "-"))]
    return line[1:] or ["–"]


KIND = Kind(
    name="consent",
    type=Consent,
    version=1,
    freezes=False,
    part="none",
    texts=lambda body: [Text("given", body.given)],
    fields=_fields,
    page=_page,
    declined=lambda body: Consent(given=body.given),
    order=10,
    icon="consent",
)
