"""The form in which texts are searched: what looks or reads the same is the same, on both sides.

NFKC (２０１９ is 2019, ﬁ is fi, ① is 1), without format characters: the zero-width spaces, soft hyphens and marks of
direction that other programs leave in a text and that nobody sees. What is shown is always what was written, so a
place in the folded text can be told in the written one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_FORMAT = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
"""Characters of category Cf that can stand in running text, and the selectors of variants."""
_WORD = re.compile(r"\S+")


def folded(text: str) -> str:
    """The form that is indexed and searched; without NUL, which would end SQLite's text."""
    if text.isascii():
        return text.replace("\0", " ")
    return unicodedata.normalize("NFKC", _FORMAT.sub("", text)).replace("\0", " ")


class Folded:
    """A folded text that knows where each of its characters stands in the written one."""

    def __init__(self, written: str) -> None:
        self._steps: list[int] = [0]
        self._shifts: list[int] = [0]
        """From each step on, a place here and that many characters make the place in the written text."""
        pieces: list[str] = []
        length = at = 0
        for word in _WORD.finditer(written):
            plain = word[0]
            if plain.isascii() or (
                unicodedata.is_normalized("NFKC", plain) and _FORMAT.search(plain) is None
            ):
                continue
            between = folded(written[at : word.start()])
            pieces.append(between)
            length += len(between)
            at = word.start()
            for start, end in _clusters(plain):
                piece = folded(plain[start:end])
                if len(piece) != end - start:
                    self._step(length, at + start - length)
                    self._step(length + len(piece), at + end - length - len(piece))
                pieces.append(piece)
                length += len(piece)
            at = word.end()
        pieces.append(folded(written[at:]))
        self.text = "".join(pieces)
        self._written = len(written)

    def _step(self, place: int, shift: int) -> None:
        if self._steps[-1] == place:
            self._shifts[-1] = shift
        else:
            self._steps.append(place)
            self._shifts.append(shift)

    def written(self, place: int) -> int:
        """Where a place of the folded text stands in the written one."""
        step = bisect_right(self._steps, place) - 1
        limit = (
            self._steps[step + 1] + self._shifts[step + 1] if step + 1 < len(self._steps) else self._written
        )
        return min(place + self._shifts[step], limit)


def _clusters(word: str) -> list[tuple[int, int]]:
    """The parts of a word that fold by themselves: a letter with the marks, jamo and selectors that follow it."""
    found: list[tuple[int, int]] = []
    start = 0
    for place, character in enumerate(word):
        joins = (
            unicodedata.combining(character)
            or "\u1160" <= character <= "\u11ff"
            or "\uff9e" <= character <= "\uff9f"
            or _FORMAT.match(character)
        )
        if place and not joins:
            found.append((start, place))
            start = place
    found.append((start, len(word)))
    return found
