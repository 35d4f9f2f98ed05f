"""The places that are known, shipped and local ones: looked up, searched in any script, and what lies in what.

A value, and pure: `cairn.vocab.places` reads what ships, `cairn.app.kernel.places` adds the vault's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from cairn.model import finding
from cairn.model.places import spelling
from cairn.model.places.place import Place, PlaceName, unknown

MOST_FOUND = 60
DEEPEST = 40
"""How many places may lie around a place. Local ones come from other vaults too: a longer way out counts as a circle."""
LOOSE = finding.APART + 1
"""How well something fits that only sounds alike."""
_ORDER = (
    "country",
    "province",
    "prefecture",
    "city",
    "county",
    "district",
    "facility",
    "town",
    "ri",
    "other",
)


class Found(NamedTuple):
    """A place that was found by typing."""

    place: Place
    name: PlaceName
    """The name that fits: it may be a former one."""
    fit: int


class _Ready(NamedTuple):
    place: Place
    names: tuple[tuple[PlaceName, tuple[finding.Name, ...], tuple[str, ...]], ...]
    rank: int


class Gazetteer:
    """Places by id, by name, and by what they lie in."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.id: place for place in places}
        self._below: dict[str, list[Place]] = {}
        for place in self._places.values():
            self._below.setdefault(self._parent(place), []).append(place)
        self._ready: list[_Ready] | None = None

    def __len__(self) -> int:
        return len(self._places)

    def get(self, id_: str) -> Place:
        """The place of this id; one that says that it is not known here."""
        return self._places.get(id_) or unknown(id_)

    def label(self, id_: str, language: str = "en") -> str:
        """What the place of this id is called; the id where nobody here knows it."""
        return self.get(id_).label(language)

    def children(self, parent: str = "") -> tuple[Place, ...]:
        """What lies directly in a place; without one, what lies in nothing that is known."""
        return tuple(self._below.get(parent, ()))

    def path(self, id_: str) -> tuple[Place, ...]:
        """What a place lies in, the widest first, as it is now."""
        found: list[Place] = []
        at = self.get(id_).parent
        while at and at != id_ and len(found) < DEEPEST and all(each.id != at for each in found):
            found.append(self.get(at))
            at = found[-1].parent
        return tuple(reversed(found))

    def within(self, id_: str, region: str) -> bool:
        """Whether a place is this one or lies in it, now or at any time that is known: for filters, where more is safer."""
        waiting, seen = [id_], set[str]()
        while waiting:
            at = waiting.pop()
            if at == region:
                return True
            if not at or at in seen:
                continue
            seen.add(at)
            place = self.get(at)
            waiting += [place.parent, *(each.parent for each in place.stretches)]
        return False

    def search(
        self, typed: str, *, inside: str = "", levels: Collection[str] = (), most: int = MOST_FOUND
    ) -> list[Found]:
        """The places that fit what was typed, in any script and spelling, best first; only those in `inside`, of `levels`.

        A name now before a former one, a wider place before one in it. Retired places only where nothing else fits.
        """
        wanted = finding.Typed(typed)
        if not wanted:
            return []
        loosely = spelling.loose(typed)
        found: list[tuple[tuple[int, bool, int, int], Found]] = []
        for number, ready in enumerate(self._prepared()):
            if levels and ready.place.level not in levels:
                continue
            best = _best(ready, wanted, loosely)
            if best is None or (inside and not self.within(ready.place.id, inside)):
                continue
            fit, place, name = best
            found.append(
                ((fit + place, ready.place.retired, ready.rank, number), Found(ready.place, name, fit))
            )
        found.sort(key=lambda each: each[0])
        several = [each[1] for each in found]
        offered = [each for each in several if each.place.chosen]
        return (offered or several)[:most]

    def _parent(self, place: Place) -> str:
        """What a place stands below: nothing, where that is not known or goes in a circle, so that none is hidden."""
        at, seen = place.parent, {place.id}
        while at in self._places:
            if at in seen or len(seen) > DEEPEST:
                return ""
            seen.add(at)
            at = self._places[at].parent
        return place.parent if place.parent in self._places else ""

    def _prepared(self) -> list[_Ready]:
        if self._ready is None:
            self._ready = [_ready(place) for place in self._places.values()]
        return self._ready


def _ready(place: Place) -> _Ready:
    names = tuple(
        (
            name,
            tuple(finding.name(each) for each in name.written),
            tuple(dict.fromkeys(loose for each in name.written if (loose := spelling.loose(each)))),
        )
        for name in place.names
    )
    by_id = (PlaceName(), (finding.name(place.id),), ())
    return _Ready(place, (*names, by_id), _ORDER.index(place.level))


def _best(ready: _Ready, wanted: finding.Typed, loosely: str) -> tuple[int, int, PlaceName] | None:
    """How well the best of its names fits, which one in order, and that name."""
    best: tuple[int, int, PlaceName] | None = None
    for place, (name, written, loose) in enumerate(ready.names):
        fit = wanted.fit(written)
        if fit == finding.NOT and loosely:
            fit = _sounds(loosely, loose)
        later = 1 if place else 0
        if fit != finding.NOT and (best is None or fit + later < best[0] + best[1]):
            best = (fit, later, name if name.written else ready.place.names[0] if ready.place.names else name)
    return best


def _sounds(typed: str, names: Iterable[str]) -> int:
    best = finding.NOT
    for each in names:
        if each == typed:
            return LOOSE
        if each.startswith(typed):
            best = min(best, LOOSE + 1)
        elif typed in each:
            best = min(best, LOOSE + 2)
    return best
