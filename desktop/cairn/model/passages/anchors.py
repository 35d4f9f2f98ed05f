"""Where a passage lies, and what is kept of the words there.

A place in a text is a half-open span of Unicode code points of the string exactly as one revision stores it: no
normalisation, no line ends but those that stand there. Qt counts UTF-16 and converts at its own border. A place in a
sound is milliseconds of that recording; a place on a picture a box in 1/10000 of its width and height, so that it
holds for a smaller copy too.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import msgspec

from cairn.model.values import MomentMs

CONTEXT = 32
"""Characters kept of what stands before a passage, and of what follows it."""
MAX_QUOTE = 10_000
"""Longest passage of a text, in characters: several pages. What is longer is cited as several."""
MAX_PLACE = 1 << 23
"""Greatest place in a text: no revision holds more characters (`cairn.model.kinds.envelope.MAX_REVISION_BYTES`)."""
WHOLE = 10_000
"""The width, and the height, of a picture."""

Place = Annotated[int, msgspec.Meta(ge=0, le=MAX_PLACE)]
Share = Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]


class InText(msgspec.Struct, frozen=True, tag_field="in", tag="text"):
    """Code points of a text; `end` is not part of it."""

    start: Place
    end: Place

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("a passage of a text has at least one character")


class InSound(msgspec.Struct, frozen=True, tag_field="in", tag="sound"):
    """Milliseconds of a recording; `end` is not part of it."""

    start: MomentMs
    end: MomentMs

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("a passage of a sound takes time")


class InPicture(msgspec.Struct, frozen=True, tag_field="in", tag="picture"):
    """A box of a picture in 1/10000 of its width and height, from the top left corner."""

    left: Share
    top: Share
    right: Share
    bottom: Share

    def __post_init__(self) -> None:
        if self.left >= self.right or self.top >= self.bottom:
            raise ValueError("a box has a width and a height")


Anchor = InText | InSound | InPicture


class Words(NamedTuple):
    """What a passage of a text keeps of it."""

    before: str
    quote: str
    after: str


def words_at(text: str, start: int, end: int) -> Words:
    """The words of a span and what stands around it. Raises ValueError for a span that the text doesn't have."""
    if not 0 <= start < end <= len(text):
        raise ValueError("no such span")
    return Words(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])


def stands(text: str, words: Words, near: int = 0) -> bool:
    """Whether a text says, somewhere, all that a passage keeps of it: the quote between what stood around it.

    `near` is where the quote may begin: there it is looked for first.
    """
    begin = near - len(words.before)
    whole = "".join(words)
    return (begin >= 0 and text.startswith(whole, begin)) or whole in text
