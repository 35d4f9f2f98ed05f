"""Words to times: one sure reading, several to choose from, or not understood. Never a silent guess.

`understood` is the only door to the grammar. It raises nothing, whatever the words are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from cairn.model.time import edtf
from cairn.model.time.edtf import Edtf
from cairn.model.time.told import MAX_WORDS, Anchor, Told
from cairn.model.time.words import grammar
from cairn.model.time.words.context import Context, Event, Impossible, Reading, Unanchored

Kind = Literal["sure", "choose", "impossible", "relative", "unknown"]


class Understood(msgspec.Struct, frozen=True):
    """What became of the words.

    `sure`: one reading. `choose`: several, a person decides. `impossible`: a day that there never was, with what may
    have been meant in `suggestions`. `relative`: hangs on `anchor`, which has no date yet. `unknown`: words alone.
    """

    kind: Kind
    words: str
    readings: tuple[Told, ...] = ()
    suggestions: tuple[Told, ...] = ()
    anchor: Anchor | None = None
    why: str = ""
    """Why it is impossible: a code with its `values`, as `Impossible` has them."""
    values: Mapping[str, str | int] = {}
    others: tuple[Told, ...] = ()
    """What the words mean where they hang on another event than the one that they name."""

    @property
    def told(self) -> Told:
        """What can be kept without asking: the sure reading, else the words as they are."""
        if self.kind == "sure":
            return self.readings[0]
        return Told(words=self.words, anchor=self.anchor)


def understood(words: str, known: Context | None = None) -> Understood:
    """What words may mean to whoever knows what `known` says. Words beyond MAX_WORDS characters are not read."""
    plain = words.encode("utf-8", "replace").decode()
    if len(plain) > MAX_WORDS or not plain.strip():
        return Understood("unknown", plain[:MAX_WORDS])
    known = known or Context()
    written = _written(plain.strip())
    if written is not None:
        return Understood("sure", plain, (Told(words=plain, edtf=str(written)),))
    try:
        found = grammar.readings(plain, known)
    except Impossible as refused:
        meant = tuple(_told(plain, Reading(each)) for each in refused.suggestions)
        return Understood("impossible", plain, suggestions=meant, why=refused.why, values=refused.values)
    except Unanchored as open_end:
        return Understood("relative", plain, anchor=open_end.anchor)
    readings = tuple(_told(plain, each) for each in found)
    kind: Kind = "unknown" if not readings else "sure" if len(readings) == 1 else "choose"
    return Understood(kind, plain, readings)


def _written(text: str) -> Edtf | None:
    """What was typed as EDTF right away."""
    if not any(c.isdecimal() for c in text[:5]) and text[:1] not in "[{.X":
        return None
    try:
        return edtf.parse(text)
    except ValueError:
        return None


def _told(words: str, reading: Reading) -> Told:
    return Told(
        words=words,
        edtf=str(reading.expression),
        calendar=reading.calendar,
        reckoning=reading.reckoning,
        anchor=reading.anchor,
        recurring=reading.recurring,
    )


__all__ = ["Context", "Event", "Understood", "date", "understood"]
