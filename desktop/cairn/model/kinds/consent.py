"""The consent: what the person agreed to. The rules that follow from it are in `cairn.app.consent`."""

from __future__ import annotations

import msgspec

from cairn.model.kinds.kind import Kind, Text
from cairn.model.kinds.page import Block, Coded, Heading, Paragraphs, Sentence, Surroundings, Value


class Consent(msgspec.Struct, omit_defaults=True):
    """What the person agreed to."""

    choice: str = "nothing"
    """`nothing`, `keep` or `share`. An unknown (newer) code counts as `nothing`."""
    share_with: str = "verified"
    """With `share`: `verified` (any verified contact) or `named` (only those in `contacts`)."""
    contacts: list[str] = []
    """Card fingerprints, with `named`."""
    given: str = ""
    """How and when it was given, in the interviewer's words."""


def _fields(body: Consent) -> dict[str, str]:
    return {
        "choice": body.choice,
        "share_with": body.share_with if body.choice == "share" else "",
        "contacts": "\n".join(body.contacts),
        "given": body.given,
    }


def _page(body: Consent, around: Surroundings) -> list[Block]:
    words: list[Value] = [Coded("consent", body.choice)]
    if body.choice == "share":
        words += [" · ", Coded("share", body.share_with)]
    return [Heading("consent"), Sentence(words), *([Paragraphs(body.given)] if body.given else [])]


KIND = Kind(
    name="consent",
    type=Consent,
    version=1,
    freezes=False,
    part="none",
    texts=lambda body: [Text("given", body.given)],
    fields=_fields,
    page=_page,
    declined=lambda body: Consent(choice="nothing", given=body.given),
    order=10,
    icon="consent",
)
