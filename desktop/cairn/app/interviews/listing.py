"""The list of interviews: what of them, in which order, how many, and any stretch of it.

`order` says which rows there are; `page` reads a stretch of them, the end as quickly as the beginning. How a person
looks at the list (`Look`) is kept in the vault, without the words of a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import msgspec

from cairn.app.kernel import device_names, preferences
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewRow
from cairn.errors import MachineError
from cairn.model import clock
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RootId
from cairn.model.time.told import Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context
from cairn.storage import lists
from cairn.storage.lists import ALL, STATES, Filter, Order, Sort

__all__ = ["ALL", "STATES", "Filter", "Look", "Order", "Sender", "Sort"]
FALLING = frozenset({Sort.CHANGED, Sort.CREATED, Sort.DATE})
"""What is usually wanted newest first; all else begins with A."""
_KEPT = "list"


class Look(msgspec.Struct, frozen=True):
    """How a person looks at the list."""

    sort: Sort = Sort.CHANGED
    upwards: bool = False
    wanted: Filter = ALL


@dataclass(frozen=True)
class Sender:
    """Whoever interviews here are from."""

    devices: tuple[Fingerprint, ...]
    """All that this vault was, for its own; else one. As `Filter.senders` takes them."""
    label: str
    """As this vault calls it; empty for its own."""
    count: int
    """How many interviews are its own."""


def order(s: Session, wanted: Filter = ALL, *, sort: Sort = Sort.CHANGED, upwards: bool = False) -> Order:
    """Which interviews the list holds, in order; its length is how many."""
    with s.store.read() as reader:
        name = device_names.Labels(s, reader).of
        return lists.order(reader, wanted, sort=sort, upwards=upwards, name=name)


def page(s: Session, numbers: Sequence[int]) -> list[tuple[int, InterviewRow]]:
    """The rows of a stretch of an order with their numbers; those that were erased since are left out."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        return [(row.number, row_view(row, labels)) for row in lists.rows(reader, numbers)]


def rows(
    s: Session,
    wanted: Filter = ALL,
    *,
    sort: Sort = Sort.CHANGED,
    upwards: bool = False,
    limit: int = 200,
) -> list[InterviewRow]:
    """The beginning of the list; with a negative limit all of it."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        numbers = lists.order(reader, wanted, sort=sort, upwards=upwards, name=labels.of, limit=limit)
        return [row_view(row, labels) for row in lists.rows(reader, numbers)]


def ids(
    s: Session, wanted: Filter = ALL, *, sort: Sort = Sort.CHANGED, upwards: bool = False
) -> list[RootId]:
    """Ids of all interviews that match, in order, however many a list has loaded of them."""
    return list(numbered(s, wanted, sort=sort, upwards=upwards))


def numbered(
    s: Session, wanted: Filter = ALL, *, sort: Sort = Sort.CHANGED, upwards: bool = False
) -> dict[RootId, int]:
    """The same, each with the number by which an order names it."""
    with s.store.read() as reader:
        name = device_names.Labels(s, reader).of
        return lists.ids(reader, lists.order(reader, wanted, sort=sort, upwards=upwards, name=name))


def time_of(words: str) -> str:
    """What a person typed for a time to filter by, in EDTF; empty where it leaves open what is meant, or names no day."""
    found = understood(words, Context(date.fromisoformat(clock.today())))
    told = found.readings[0] if found.kind == "sure" else Told()
    return told.edtf if told.bounds != (None, None) else ""


def count(s: Session, wanted: Filter = ALL) -> int:
    """How many interviews there are, or match."""
    with s.store.read() as reader:
        return lists.count(reader, wanted)


def number(s: Session, interview: RootId) -> int | None:
    """By which number an order names an interview; None where it is not in the list."""
    with s.store.read() as reader:
        return lists.number(reader, interview)


def senders(s: Session) -> list[Sender]:
    """Who the interviews here are from: this vault first, then the others by label."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        found = lists.senders(reader)
        own = [each for each in found if not each[0] or s.is_own(each[0])]
        others = [
            Sender((device,), labels.of(device), how) for device, how in found if (device, how) not in own
        ]
    others.sort(key=lambda each: (each.label.casefold(), each.devices))
    return [Sender(own_devices(s), "", sum(how for _, how in own)), *others]


def own_devices(s: Session) -> tuple[Fingerprint, ...]:
    """What `Filter.senders` needs for the interviews that were begun here."""
    return (NO_FINGERPRINT, s.keys.fingerprint, *(keys.fingerprint for keys in s.former))


def kept_look(s: Session) -> Look:
    """How the person looked at the list last; the usual look where nothing was kept, or by another version."""
    try:
        return msgspec.convert(preferences.inside(s, _KEPT, {}), Look)
    except msgspec.ValidationError:
        return Look()


def keep_look(s: Session, look: Look) -> None:
    """Keep it in the vault, without the words that were searched.

    Where nothing can be kept (a read-only or full disk), the list is looked at like this all the same.
    """
    wordless = msgspec.structs.replace(look, wanted=msgspec.structs.replace(look.wanted, words=""))
    with suppress(MachineError):
        preferences.change_inside(s, _KEPT, msgspec.to_builtins(wordless))


def row_view(row: lists.InterviewRow, labels: device_names.Labels) -> InterviewRow:
    """One line of the list, with the name of the device it came from."""
    return InterviewRow(
        id=row.id,
        title=row.title,
        line=" · ".join(part for part in (row.date, row.place) if part) or row.start,
        state="draft" if not row.saved else "final" if row.final else "saved",
        conflict=row.conflict,
        foreign=labels.of(row.device),
        sent=row.sent,
        changed=row.changed,
        unsaved=row.draft,
        created=row.created,
        date=row.date,
        first=row.first,
        last=row.last,
        place=row.place,
        protected=row.protected,
    )
