"""What is known beside a phrase, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.time.edtf import Edtf
from cairn.model.time.told import MAX_WORDS, Anchor, Calendar, Reckoning


@dataclass(frozen=True)
class Event:
    """Something that a time may be anchored to. `date` is EDTF, or empty where it is not known."""

    name: str
    date: str = ""
    record: RecordId = NO_RECORD
    """Of the interview, where it is one."""

    def anchor(self) -> Anchor:
        """This event as what a time hangs on."""
        return Anchor("event", self.name[:MAX_WORDS], self.date, self.record)


@dataclass(frozen=True)
class Context:
    """What the program may use to understand a phrase. Without `interview` nothing is reckoned from a today."""

    interview: date | None = None
    """The day on which the words were said: `ago` counts from it, and years of two digits end with it."""
    counts: bool = True
    """Whether `ago` and `last` count from `interview`. If not, only the century of a year of two digits follows from it."""
    birth: str = ""
    """When whoever speaks of an age was born, in EDTF."""
    asks_birth: bool = False
    """The field asks for a birth, so that an age in a year tells one."""
    events: tuple[Event, ...] = ()
    """The event that the person chose to anchor this time to; of several, the one that the words name."""
    school: tuple[str, date] | None = None
    """A school year in words, and the day on which it began."""

    @property
    def today(self) -> date | None:
        """The day from which `ago` counts, where one does."""
        return self.interview if self.counts else None


@dataclass(frozen=True)
class Reading:
    """One thing that the words may mean."""

    expression: Edtf
    calendar: Calendar = "gregorian"
    reckoning: Reckoning = ""
    anchor: Anchor | None = None
    recurring: bool = False


class Impossible(Exception):
    """The words name a day that there never was. `suggestions`: what may have been meant, to be asked.

    `why`: `day`, `month`, `leap`, `leap-none`, `lunar-day`, `juche`, `animal`, or empty; `values` fill its sentence.
    """

    def __init__(self, *suggestions: Edtf, why: str = "", **values: str | int) -> None:
        super().__init__()
        self.suggestions = suggestions
        self.why = why
        self.values = values


class Unanchored(Exception):
    """The words hang on something that has no date yet."""

    def __init__(self, anchor: Anchor) -> None:
        super().__init__()
        self.anchor = anchor
