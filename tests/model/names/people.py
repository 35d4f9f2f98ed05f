"""People who never were, and how several tellers speak of them: plainly synthetic, deliberately easy to confuse.

Family names by their shares, given names from the commonest syllables, so that many people share a name. Groups hold
siblings, people of one name, and people whose names differ by one letter. Every mention spells the name in a way of
its own, knows less, and slips now and then.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cairn.model.names import hangul
from cairn.model.names.heard import Called
from cairn.model.names.romanise import spelled
from cairn.model.names.weighing import Facts
from cairn.model.time.told import Told

FAMILIES = list(hangul.SHARES)
SHARES = list(hangul.SHARES.values())
SYLLABLES = list(hangul.GIVEN[:70])
PLACES = [f"p{province}/c{county}" for province in range(9) for county in range(8)]
LOOSE = {"eo": "u", "eu": "u", "u": "oo", "ae": "ai", "i": "ee", "yeo": "you"}
CHINESE = ["王丽", "李梅", "张红", "赵玉兰", "刘英", "陈花", "杨雪", "孙琴", "周霞", "吴娟"]
"""Names that women were given in China; several share each."""

Kind = Literal["single", "sibling", "homonym", "near"]


@dataclass(frozen=True)
class Person:
    """Somebody made up."""

    number: int
    family: str
    given: str
    sex: str
    born: date
    place: str
    father: str
    mother: str
    chinese: str = ""


class Maker:
    """Makes people and mentions of them, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._count = 0

    def person(self, **known: object) -> Person:
        """Somebody new, like another where `known` says so."""
        chance = self._random
        made = {
            "family": chance.choices(FAMILIES, SHARES)[0],
            "given": self._given(),
            "sex": chance.choice("fm"),
            "born": date(1935, 1, 1) + timedelta(chance.randrange(365 * 65)),
            "place": chance.choice(PLACES),
            "father": self._given(),
            "mother": chance.choices(FAMILIES, SHARES)[0] + self._given(),
            **known,
        }
        self._count += 1
        chinese = chance.choice(CHINESE) if made["sex"] == "f" and chance.random() < 0.15 else ""
        return Person(self._count, chinese=chinese, **made)  # type: ignore[arg-type]

    def _given(self) -> str:
        return "".join(self._random.choices(SYLLABLES, range(len(SYLLABLES), 0, -1), k=2))

    def group(self) -> list[Person]:
        """Somebody alone, or two people who are easily taken for one."""
        first = self.person()
        kind: Kind = self._random.choice(["single", "sibling", "homonym", "near"])
        if kind == "sibling":
            born = first.born + timedelta(self._random.randrange(500, 2500))
            shared = {"place": first.place, "father": first.father, "mother": first.mother}
            given = first.given[0] + self._given()[1]
            return [first, self.person(family=first.family, given=given, born=born, **shared)]
        if kind == "homonym":
            born = first.born + timedelta(self._random.randrange(2300, 7000))
            return [first, self.person(family=first.family, given=first.given, sex=first.sex, born=born)]
        if kind == "near":
            return [first, self.person(family=first.family, given=self._slip(first.given), sex=first.sex)]
        return [first]

    def _slip(self, text: str) -> str:
        """One letter of Hangul another one that is near it."""
        at = self._random.randrange(len(text))
        initial, vowel, final = hangul.letters(text[at])
        near = {
            "ㅓ": "ㅗ",
            "ㅗ": "ㅓ",
            "ㅜ": "ㅡ",
            "ㅡ": "ㅜ",
            "ㅕ": "ㅛ",
            "ㅐ": "ㅔ",
            "ㅣ": "ㅢ",
            "ㅏ": "ㅑ",
        }
        other = hangul.syllable(initial, near.get(vowel, "ㅏ"), final)
        return text[:at] + other + text[at + 1 :]

    def spelling(self, family: str, given: str) -> str:
        """One of the ways to write a name."""
        chance = self._random
        way = chance.randrange(9)
        if way < 3:
            return family + given if way else hangul.southern(family) + hangul.southern(given)
        written = spelled(family, given, chance.choice(["dprk", "rr", "mr"]))  # type: ignore[arg-type]
        head, _, tail = written.partition(" ")
        if way == 5:
            return f"{tail} {head}"
        if way == 6:
            return f"{head.upper()} {tail.replace(' ', '-')}"
        if way == 7:
            for strict, loose in LOOSE.items():
                if strict in tail and chance.random() < 0.5:
                    tail = tail.replace(strict, loose, 1)
            return f"{head} {tail}"
        if way == 8 and len(tail) > 4:
            at = chance.randrange(1, len(tail) - 1)
            return f"{head} {tail[:at]}{tail[at + 1]}{tail[at]}{tail[at + 2 :]}"
        return written

    def mention(self, person: Person) -> Facts:
        """What one teller says of somebody."""
        chance = self._random
        year = person.born.year
        born = chance.choice(
            [person.born.isoformat(), str(year), f"{year - 1}/{year}", f"{year - 2}/{year + 2}", ""]
        )
        names = [Called(self.spelling(person.family, person.given))]
        if person.chinese and chance.random() < 0.5:
            names.append(Called(person.chinese, "household_cn"))
        place = tuple(person.place.split("/"))
        place = (place[0], person.place)[: chance.randrange(3)]
        relatives = []
        if chance.random() < 0.4:
            relatives.append(("father", Called(self.spelling(person.family, person.father))))
        if chance.random() < 0.3:
            relatives.append(("mother", Called(self.spelling(person.mother[0], person.mother[1:]))))
        sex = person.sex if chance.random() < 0.95 else ""
        return Facts(tuple(names), sex, Told(edtf=born) if born else None, place, tuple(relatives))


def mentions(seed: int, groups: int) -> Iterator[tuple[int, Facts]]:
    """(number of the person, what is said) of several mentions of everybody in so many groups."""
    maker = Maker(seed)
    for _ in range(groups):
        for person in maker.group():
            for _ in range(3):
                yield person.number, maker.mention(person)


def crowd(seed: int, count: int) -> Iterator[Facts]:
    """So many people, each told of once."""
    maker = Maker(seed)
    for _ in range(count):
        yield maker.mention(maker.person())
