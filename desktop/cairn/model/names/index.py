"""Everybody in memory, to be found by name in any script and compared with a person who is new.

What is heard in a name becomes a row of four small numbers (family name and three syllables); what each number means, all
alternatives of one syllable, is kept once. A question gives points to every *syllable* that occurs, a few thousand, and
then to all rows by looking those up: some milliseconds among 150,000 people. The few hundred that are best are weighed
one by one (`weighing`). It grows and shrinks a person at a time, holds nothing on a disk, and is thrown away with
whoever holds it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from cairn.model.names import hangul, sounds
from cairn.model.names.heard import Called, Way, heard
from cairn.model.names.syllables import Rows, Syllables
from cairn.model.names.weighing import (
    CHINESE_CHARACTERS,
    FAMILY_NEAR,
    FAMILY_OTHER,
    GIVEN_LEAST,
    GIVEN_MISSING,
    GIVEN_MOST,
    PLACE_BESIDE,
    PLACE_INSIDE,
    PLACE_OTHER,
    SEX_OTHER,
    SEX_SAME,
    Facts,
    Level,
    Reason,
    Weighed,
    best_name,
    family_points,
    level,
    name_points,
    needed,
    weigh,
)

K = TypeVar("K", bound=Hashable)

COLUMNS = 4
"""Family name and three syllables."""
WEIGHED, WEIGHED_THROUGH = 160, 60
"""How many of the best are looked at one by one, and on behalf of another name."""
BESIDE = 100
"""Points that sex, birth and place can give beside a name."""
CLOSE = 90
"""Points below what is proposed from which somebody is weighed: what relatives' names and slips may still give."""
THROUGH = 3
"""How many people with another name of their own are asked on behalf of that name."""


@dataclass(frozen=True)
class Candidate(Generic[K]):
    """Somebody who may be the person that was asked about."""

    key: K
    level: Level
    points: int
    reasons: tuple[Reason, ...]
    named: int
    """Points of the names alone."""
    through: K | None = None
    """Who bears both names, where the two have none in common."""


class Found(NamedTuple, Generic[K]):
    """Somebody whose name was asked for."""

    key: K
    name: Called
    points: int


class Index(Generic[K]):
    """Everybody who is known, with what tells one from another. Not safe for threads: whoever holds it sees to that."""

    def __init__(self) -> None:
        self._syllables = Syllables()
        self._people: dict[K, int] = {}
        self._keys: list[K | None] = []
        self._facts: list[Facts | None] = []
        self._rows: NDArray[np.uint16] = np.zeros((COLUMNS, 256), dtype=np.uint16)
        self._owners: NDArray[np.int32] = np.zeros(256, dtype=np.int32)
        self._used = 0
        self._born: NDArray[np.int32] = np.zeros((256, 2), dtype=np.int32)
        self._sex: NDArray[np.uint8] = np.zeros(256, dtype=np.uint8)
        self._place: NDArray[np.int32] = np.zeros((256, 2), dtype=np.int32)
        self._places: dict[str, int] = {}
        self._sexes: dict[str, int] = {}
        self._chinese: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def __contains__(self, key: K) -> bool:
        return key in self._people

    def facts(self, key: K) -> Facts | None:
        """What is known here of somebody."""
        at = self._people.get(key)
        return self._facts[at] if at is not None else None

    def put(self, key: K, facts: Facts) -> None:
        """Take somebody in, or take over what is known of them now."""
        self.remove(key)
        at = len(self._keys)
        self._people[key] = at
        self._keys.append(key)
        self._facts.append(facts)
        if at == len(self._sex):
            self._born, self._sex, self._place = (
                np.concatenate([each, np.zeros_like(each)]) for each in (self._born, self._sex, self._place)
            )
        self._born[at] = [each.toordinal() for each in facts.span] if facts.span else (0, 0)
        self._sex[at] = self._number(self._sexes, facts.sex) if len(self._sexes) < 250 else 0
        self._place[at] = [self._number(self._places, each) for each in (*facts.places, "", "")[:2]]
        for name in facts.names:
            said = heard(name)
            for key_of in {said.chinese, said.characters} - {""}:
                self._chinese.setdefault(key_of, set()).add(at)
            for way in said.ways:
                self._row(way, at)

    def remove(self, key: K) -> None:
        """Forget somebody."""
        at = self._people.pop(key, None)
        if at is None:
            return
        facts = self._facts[at]
        self._keys[at] = self._facts[at] = None
        for name in facts.names if facts else ():
            said = heard(name)
            for key_of in {said.chinese, said.characters} - {""}:
                self._chinese.get(key_of, set()).discard(at)
        if len(self._keys) > 1000 and len(self._people) * 2 < len(self._keys):
            self._made_anew()

    def _made_anew(self) -> None:
        """Without the places of those who are gone."""
        kept = [(key, self._facts[at]) for key, at in self._people.items()]
        self.__init__()  # type: ignore[misc]
        for key, facts in kept:
            if facts is not None:
                self.put(key, facts)

    @staticmethod
    def _number(table: dict[str, int], text: str) -> int:
        return table.setdefault(text, len(table) + 1) if text else 0

    def _row(self, way: Way, person: int) -> None:
        if self._used == len(self._owners):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)], axis=1)
            self._owners = np.concatenate([self._owners, np.zeros_like(self._owners)])
        row = [0] * COLUMNS
        if way.family is not None:
            row[0] = self._syllables.number(way.family)
        for place, slot in enumerate(way.given[: COLUMNS - 1], start=1):
            row[place] = self._syllables.number(slot)
        self._rows[:, self._used] = row
        self._owners[self._used] = person
        self._used += 1

    def search(self, text: str, limit: int = 50, *, script: str = "", system: str = "") -> list[Found[K]]:
        """Whoever has a name that may be meant, the likeliest first. A part of a name is enough; any script finds any."""
        asked = Called(text, "birth", script, system)
        as_chinese = Called(text, "household_cn", script, system)
        named = self._named((asked,))
        chinese = self._by_chinese((asked, as_chinese))
        order = self._best(named, limit * 2)
        found: list[Found[K]] = []
        for at in dict.fromkeys([*chinese, *order]):
            key, facts = self._keys[at], self._facts[at]
            if key is None or facts is None:
                continue
            best = max(
                (
                    max(name_points(asked, each)[0], name_points(as_chinese, each)[0]),
                    each,
                )
                for each in facts.names
            )
            if best[0] >= 30:
                found.append(Found(key, best[1], best[0]))
        found.sort(key=lambda each: -each.points)
        return found[:limit]

    def candidates(self, facts: Facts, limit: int = 20, *, without: Iterable[K] = ()) -> list[Candidate[K]]:
        """Who may be this person, the likeliest first, each with what speaks for it and against. Nothing follows by itself."""
        out = {self._people[key] for key in without if key in self._people}
        direct = self._asked(facts, out)
        found = {each.key: each for each in direct}
        for each in self._through(facts, direct, out):
            known = found.get(each.key)
            if known is None or known.points < each.points:
                found[each.key] = each
        ranked = sorted(found.values(), key=lambda each: -each.points)
        return [each for each in ranked if each.level != "none"][:limit]

    def _asked(self, facts: Facts, out: set[int], most: int = WEIGHED) -> list[Candidate[K]]:
        points = self._named(facts.names)
        if not len(points):
            return []
        chinese = self._by_chinese(facts.names)
        points[chinese] = np.maximum(points[chinese], CHINESE_CHARACTERS)
        # Only who can still come near by all that stands beside the name.
        least = needed(len(self)) - CLOSE
        near = np.flatnonzero(points >= least - BESIDE)
        points[near] += self._beside(facts, near)
        points[points < least - BESIDE] = -1000
        found = []
        for at in dict.fromkeys([*chinese, *self._best(points, most, least)]):
            key, theirs = self._keys[at], self._facts[at]
            if key is None or theirs is None or at in out:
                continue
            found.append(self._candidate(key, weigh(facts, theirs, needed(len(self)))))
        return found

    def _through(self, facts: Facts, direct: list[Candidate[K]], out: set[int]) -> list[Candidate[K]]:
        """Who is found by another name of somebody who is likely the person: an alias that was told by one of them alone."""
        bridges = [
            each
            for each in sorted(direct, key=lambda each: -each.points)
            if each.level == "likely" and len((self.facts(each.key) or Facts()).names) > 1
        ][:THROUGH]
        found = []
        for bridge in bridges:
            theirs = self.facts(bridge.key) or Facts()
            met = best_name(facts.names, theirs.names)
            if met is None:
                continue
            others = tuple(each for each in theirs.names if each != met[3])
            asked = Facts(
                others, facts.sex or theirs.sex, facts.born or theirs.born, facts.places, facts.relatives
            )
            for each in self._asked(asked, out | {self._people[bridge.key]}, WEIGHED_THROUGH):
                # As sure as the less sure of the two steps, and a little less.
                points = min(each.points, bridge.points) - 10
                step = Reason(
                    "match.name-through", points - each.points, {"a": met[2].text, "b": met[3].text}
                )
                weighed = Weighed(points, (step, *each.reasons), min(each.named, met[0]))
                found.append(self._candidate(each.key, weighed, bridge.key))
        return found

    def _candidate(self, key: K, weighed: Weighed, through: K | None = None) -> Candidate[K]:
        return Candidate(
            key, level(weighed, len(self)), weighed.points, weighed.reasons, weighed.named, through
        )

    def _named(self, names: Iterable[Called]) -> Rows:
        """Points of the best name of each person."""
        result = np.full(len(self._keys), -200, dtype=np.int16)
        rows, owners = self._rows[:, : self._used], self._owners[: self._used]
        for name in names:
            for way in heard(name).ways:
                points = self._way(way, rows)
                points -= way.cost
                np.maximum.at(result, owners, points)
        return result

    def _way(self, way: Way, rows: NDArray[np.uint16]) -> Rows:
        """Points of every row with one way to hear a name."""
        points = np.zeros(rows.shape[1], dtype=np.int16)
        if way.given:
            tables = [self._syllables.points(slot) for slot in way.given[: COLUMNS - 1]]
            for table in tables:
                table[0] = GIVEN_MISSING
            # A syllable that only the other name has; number 0 is none.
            extra = np.full(self._syllables.count, GIVEN_MISSING, dtype=np.int16)
            extra[0] = 0
            for place in range(1, COLUMNS):
                points += np.take(tables[place - 1] if place <= len(tables) else extra, rows[place])
            if len(tables) == 1:
                np.maximum(points, np.take(tables[0], rows[2]) + np.int16(GIVEN_MISSING), out=points)
            elif len(tables) == 2:
                # The given name is one syllable here: it may be either of the two.
                lone = np.flatnonzero(rows[2] == 0)
                other = np.take(tables[1], rows[1][lone]) + np.int16(GIVEN_MISSING)
                points[lone] = np.maximum(points[lone], other)
            np.clip(points, GIVEN_LEAST, GIVEN_MOST, out=points)
            points[rows[1] == 0] = 0
        if way.family is not None:
            alike = self._syllables.points(way.family)
            own = family_points(hangul.share(each) for each in way.families) if way.families else 30
            family = np.full(len(alike), FAMILY_OTHER, dtype=np.int16)
            family[alike >= sounds.NEAR] = FAMILY_NEAR
            family[alike >= 25] = own
            family[0] = 0
            points += np.take(family, rows[0])
        return points

    def _beside(self, facts: Facts, people: NDArray[np.intp]) -> Rows:
        """Points of sex, birth and place of some people, roughly: they only say who is weighed."""
        points = np.zeros(len(people), dtype=np.int16)
        if facts.sex:
            theirs = self._sex[people]
            mine = self._sexes.get(facts.sex, -1)
            points += np.where(theirs == 0, 0, np.where(theirs == mine, SEX_SAME, SEX_OTHER)).astype(np.int16)
        if facts.span is not None:
            points += self._births(facts.span, self._born[people])
        for place, each in enumerate(facts.places[:2]):
            theirs = self._place[people, place]
            other = PLACE_BESIDE if place else PLACE_OTHER
            same = np.where(theirs == self._places.get(each, -1), PLACE_INSIDE, other)
            points += np.where(theirs == 0, 0, same).astype(np.int16)
        return points

    @staticmethod
    def _births(mine: tuple[date, date], born: NDArray[np.int32]) -> Rows:
        first, last = mine
        gap = np.maximum(born[:, 0], first.toordinal()) - np.minimum(born[:, 1], last.toordinal())
        points = np.select([gap <= 0, gap <= 62, gap <= 800], [45, 10, -20], -60)
        return np.where(born[:, 0] == 0, 0, points).astype(np.int16)

    def _by_chinese(self, names: Iterable[Called]) -> list[int]:
        found: dict[int, None] = {}
        for name in names:
            said = heard(name)
            for key in (said.characters, said.chinese):
                found.update(dict.fromkeys(sorted(self._chinese.get(key, ()))))
        return list(found)[:WEIGHED]

    @staticmethod
    def _best(points: Rows, most: int, least: int = -1000) -> list[int]:
        """Places of the highest points, the highest first; none below `least`."""
        every = np.arange(len(points))
        at = np.argpartition(-points, most)[:most] if len(points) > most else every
        return [int(each) for each in at[np.argsort(-points[at], kind="stable")] if points[each] >= least]
