"""A time that hangs on one of several events that are known: those of the interview, each by its record.

`understood_among` reads the words with each event that they may hang on. Where they name one of them and no other, that one is
taken, and the others stay to choose from; else a person chooses. An event whose date is not known yet can be hung on all the same:
the words and the event are kept, and no day. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.model.ids import RecordId
from cairn.model.time.told import Told
from cairn.model.time.understanding import Understood, understood
from cairn.model.time.words import anchors
from cairn.model.time.words.context import Context, Event

MOST = 12
"""Events that are offered for one phrase; more would be no choice any more."""


def event(record: RecordId, name: str, time: Told) -> Event:
    """An event of the interview as something to hang a time on."""
    return Event(name, time.edtf, record)


def understood_among(words: str, known: Context, events: Sequence[Event]) -> Understood:
    """What words may mean where these events are known, beside what `known` says. Raises nothing."""
    alone = understood(words, known)
    if not events or alone.kind == "impossible" or _dated(alone):
        return alone
    hangs = alone.kind == "relative" and alone.anchor is not None and alone.anchor.kind == "event"
    scored = sorted(events, key=lambda each: -anchors.alike(words, each.name))
    named = [each for each in scored if anchors.alike(words, each.name) > 0]
    best = named[0] if named and not _as_well(words, named) else None
    of = {each: _from(words, known, each) for each in (scored if hangs else named)[:MOST]}
    readings = [reading for found in of.values() for reading in found]
    if not readings:
        return alone
    if best is not None and len(of.get(best, ())) == 1:
        (sure,) = of[best]
        others = tuple(each for each in readings if each != sure)
        if sure.edtf:
            return Understood("sure", alone.words, (sure,), others=others)
    return Understood("choose", alone.words, tuple(readings), anchor=alone.anchor)


def moved(told: Told, events: Sequence[Event]) -> Event | None:
    """The event that a time hangs on, where its date is another now than when it was reckoned; None where it is not."""
    anchor = told.anchor
    if anchor is None or not anchor.record:
        return None
    return next((each for each in events if each.record == anchor.record and each.date != anchor.date), None)


def _dated(found: Understood) -> bool:
    """Whether the words say by themselves when it was."""
    return found.kind in ("sure", "choose") and not any(
        each.anchor is not None and each.anchor.kind == "event" for each in found.readings
    )


def _as_well(words: str, named: Sequence[Event]) -> bool:
    """Whether the words name two events as well as each other."""
    return len(named) > 1 and anchors.alike(words, named[0].name) == anchors.alike(words, named[1].name)


def _from(words: str, known: Context, event: Event) -> list[Told]:
    """What the words mean where they hang on this event."""
    found = understood(words, replace(known, events=(event,)))
    hung = [each for each in found.readings if each.anchor is not None and each.anchor.record == event.record]
    if hung or found.kind != "relative" or event.date:
        return hung
    return [Told(words=found.words, anchor=event.anchor())]
