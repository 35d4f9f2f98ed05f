"""Ways to find mentions of one person, side by side: ours, likeness of spelling, and a weighted search of all words.

The weighted search is what case management systems for children do, as far as it is described: words of each field that
both records have, names with weight 15, sex, age and relatives' names 10, date of birth 5; the best twenty; what is
below a tenth of the best is dropped. Its own rule for what is likely is left aside for the threshold that does best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from rapidfuzz import fuzz, process

from cairn.model.names import hangul
from cairn.model.names.index import Index
from cairn.model.names.romanise import spelled
from cairn.model.names.weighing import Facts
from model.names.people import mentions

Pairs = dict[tuple[int, int], float]
TOP = 20


@dataclass(frozen=True)
class Score:
    """How well a method did."""

    recall: float
    """Mean share of a mention's mates that are among the first five, of what five can hold."""
    precision: float
    f1: float
    """Of pairs that are called the same; of other methods at the threshold that is best for them."""


@dataclass(frozen=True)
class Said:
    """What a method says: for each mention the others, best first, with points; and the pairs it calls the same."""

    ranked: dict[int, list[tuple[int, float]]]
    same: set[tuple[int, int]] | None = None


def cairn(people: list[Facts]) -> Said:
    """Candidates of the index; the same are those that are likely."""
    index: Index[int] = Index()
    for number, facts in enumerate(people):
        index.put(number, facts)
    ranked, same = {}, set()
    for number, facts in enumerate(people):
        found = index.candidates(facts, TOP, without=[number])
        ranked[number] = [(each.key, float(each.points)) for each in found]
        same |= {_pair(number, each.key) for each in found if each.level == "likely"}
    return Said(ranked, same)


def rapidfuzz(people: list[Facts]) -> Said:
    """Likeness of the names alone, Hangul spelled as the North does, whatever the order of the words."""
    texts = [_latin(each.names[0].text) for each in people]
    ranked = {}
    for number, text in enumerate(texts):
        found = process.extract(text, texts, scorer=fuzz.token_sort_ratio, limit=TOP + 1)
        ranked[number] = [(other, score) for _, score, other in found if other != number][:TOP]
    return Said(ranked)


def weighted(people: list[Facts]) -> Said:
    """Words that both records have, by the weight of their field."""
    words = [dict(_fields(each)) for each in people]
    having: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, fields in enumerate(words):
        for name, each in fields.items():
            for word in each:
                having[name, word].add(number)
    ranked = {}
    for number, fields in enumerate(words):
        points: dict[int, float] = defaultdict(float)
        for name, each in fields.items():
            for word in each:
                for other in having[name, word] - {number}:
                    points[other] += WEIGHTS[name]
        found = sorted(points.items(), key=lambda each: -each[1])[:TOP]
        ranked[number] = [each for each in found if each[1] >= 0.1 * found[0][1]]
    return Said(ranked)


WEIGHTS = {"name": 15, "sex": 10, "age": 10, "relatives": 10, "born": 5}
METHODS = {"cairn": cairn, "rapidfuzz": rapidfuzz, "weighted": weighted}


def compared(seed: int, groups: int) -> dict[str, Score]:
    """Every method on the same people."""
    told = list(mentions(seed, groups))
    persons = [number for number, _ in told]
    people = [facts for _, facts in told]
    return {name: _scored(method(people), persons) for name, method in METHODS.items()}


def _scored(said: Said, persons: list[int]) -> Score:
    mates: dict[int, set[int]] = defaultdict(set)
    for number, person in enumerate(persons):
        mates[person].add(number)
    true = {_pair(a, b) for group in mates.values() for a in group for b in group if a != b}
    recalls = []
    for number, person in enumerate(persons):
        wanted = mates[person] - {number}
        top = {other for other, _ in said.ranked.get(number, [])[:5]}
        recalls.append(len(top & wanted) / min(5, len(wanted)))
    if said.same is not None:
        precision, f1 = _f1(said.same, true)
    else:
        pairs: Pairs = {}
        for number, found in said.ranked.items():
            for other, score in found:
                pairs[_pair(number, other)] = max(score, pairs.get(_pair(number, other), 0))
        levels = sorted(set(pairs.values()))
        f1, precision = max(
            _f1({pair for pair, score in pairs.items() if score >= level}, true)[::-1] for level in levels
        )
    return Score(mean(recalls), precision, f1)


def _f1(said: set[tuple[int, int]], true: set[tuple[int, int]]) -> tuple[float, float]:
    right = len(said & true)
    precision = right / len(said) if said else 0.0
    recall = right / len(true)
    return precision, 2 * precision * recall / (precision + recall) if right else 0.0


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _latin(text: str) -> str:
    if all(map(hangul.is_syllable, text)):
        split = hangul.splits(text)[0]
        return spelled(split.family, split.given, "dprk").casefold()
    return text.casefold().replace("-", " ")


def _fields(facts: Facts) -> Iterator[tuple[str, set[str]]]:
    yield "name", {word for each in facts.names for word in _latin(each.text).split()}
    yield "sex", {facts.sex} - {""}
    yield "relatives", {word for _, each in facts.relatives for word in _latin(each.text).split()}
    if facts.span is not None:
        first, last = facts.span
        yield "age", {str(year) for year in range(first.year, last.year + 1)}
        yield "born", {first.isoformat()} if first == last else set()
