"""The family picture as boxes and lines on a plane: generations in rows, partners beside each other, children below.

Pure; lengths are design pixels, x to the right and y down. Everybody related to the one who tells is in it, then other
families; who is related to nobody is not. A family that can't be (a circle, two generations at once) is drawn all the
same: everybody once, every relation as a line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cairn.app.people.coded import Coding
from cairn.app.people.family import (
    COUPLES,
    DOWNWARDS,
    SIBLINGS,
    STEPS,
    UPWARDS,
    Apart,
    Member,
    generic,
    parted_of,
)
from cairn.model.ids import RecordId
from cairn.model.kinds.relation import Relation
from cairn.vocab.terms import Terms

WIDTH, HEIGHT = 136, 84
WIDE, TALL = 176, 104
"""Of somebody who is parted: there is more to say."""
GAP, ROW_GAP, FAMILY_GAP = 16, 92, 40
MARGIN = 24

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """Where somebody stands."""

    member: Member
    x: int
    y: int
    width: int
    height: int
    row: int
    """The generation, 0 the topmost."""

    @property
    def middle(self) -> int:
        """Across."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Where what is below begins."""
        return self.y + self.height


@dataclass(frozen=True)
class Edge:
    """A line through points. `kind` is `family`, `parted` or `holds`."""

    kind: str
    points: tuple[Point, ...]
    word: str = ""
    """A term that says what it is."""
    spot: Point = (0, 0)
    """The middle of where the word stands."""


@dataclass(frozen=True)
class Picture:
    """Boxes in the order in which keys walk through them: by row, from the left."""

    boxes: tuple[Box, ...] = ()
    edges: tuple[Edge, ...] = ()
    width: int = 0
    height: int = 0
    alone: int = 0
    """How many people are related to nobody and therefore not in it."""

    def over(self, x: float, y: float) -> int:
        """The box at a point, by its place; −1 for none."""
        for number, box in enumerate(self.boxes):
            if box.x <= x < box.x + box.width and box.y <= y < box.bottom:
                return number
        return -1

    def beside(self, number: int, across: int, down: int) -> int:
        """The box that arrow keys lead to from one: the next in its row, or the nearest in the next row that has any."""
        here = self.boxes[number]
        if across:
            next_ = number + across
            same = 0 <= next_ < len(self.boxes) and self.boxes[next_].row == here.row
            return next_ if same else number
        rows = sorted({box.row for box in self.boxes if (box.row - here.row) * down > 0}, reverse=down < 0)
        if not rows:
            return number
        there = [place for place, box in enumerate(self.boxes) if box.row == rows[0]]
        return min(there, key=lambda place: abs(self.boxes[place].middle - here.middle))


@dataclass
class _Ties:
    """The relations between members, by key."""

    parents: dict[str, list[str]] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    couples: list[tuple[str, str]] = field(default_factory=list)
    siblings: list[tuple[str, str, str]] = field(default_factory=list)
    steps: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Who stands how many generations below whom."""


def drawn(coding: Coding, found: Sequence[Member], terms: Terms) -> Picture:
    """The picture of these people."""
    of_record = {record: each for each in found for record in _records(each)}
    ties = _ties(coding, of_record, terms)
    by_key = {each.key: each for each in found}
    rows: dict[str, int] = {}
    lines: list[list[str]] = []
    order: list[list[list[str]]] = []
    for each in found:
        if each.key not in rows and each.key in ties.steps:
            family = _generations(each.key, ties, rows)
            order.append(_ordered(family, rows, ties))
            lines.append(family)
    boxes = _placed(order, rows, by_key, ties)
    edges = _edges(boxes, ties, parted_of(coding, terms), of_record, coding, terms)
    walk = tuple(sorted(boxes.values(), key=lambda box: (box.row, box.x)))
    return Picture(
        walk,
        tuple(edges),
        max((box.x + box.width for box in walk), default=0) + MARGIN,
        max((box.bottom for box in walk), default=0) + MARGIN,
        sum(1 for each in found if each.key not in boxes),
    )


def _records(each: Member) -> list[RecordId]:
    return [record for record in (each.record, *(other.record for other in each.others)) if record]


def _ties(coding: Coding, of_record: Mapping[RecordId, Member], terms: Terms) -> _Ties:
    ties = _Ties()
    seen: set[tuple[str, str, str]] = set()
    for _, body in coding.bodies(Relation):
        one, other = of_record.get(body.person), of_record.get(body.other)
        kind = generic(terms, body.type)
        if one is None or other is None or one.key == other.key or kind not in STEPS:
            continue
        a, b = one.key, other.key
        if (a, b, kind) in seen:
            continue
        seen.add((a, b, kind))
        ties.steps.setdefault(a, []).append((b, STEPS[kind]))
        ties.steps.setdefault(b, []).append((a, -STEPS[kind]))
        if kind in UPWARDS | DOWNWARDS:
            parent, child = (b, a) if kind in UPWARDS else (a, b)
            if parent not in ties.parents.setdefault(child, []):
                ties.parents[child].append(parent)
                ties.children.setdefault(parent, []).append(child)
        elif kind in COUPLES:
            if (b, a) not in ties.couples and (a, b) not in ties.couples:
                ties.couples.append((a, b))
        elif kind in SIBLINGS:
            ties.siblings.append((a, b, "rel.sibling"))
        else:
            ties.siblings.append((a, b, kind))
    return ties


def _generations(first: str, ties: _Ties, rows: dict[str, int]) -> list[str]:
    """Give everybody of a family a row, the topmost 0; the nearest relation decides where two disagree."""
    family = {first: 0}
    waiting = deque([first])
    while waiting:
        each = waiting.popleft()
        for other, step in ties.steps.get(each, ()):
            if other not in family:
                family[other] = family[each] + step
                waiting.append(other)
    # Rows in which nobody stands are left out.
    places = {row: number for number, row in enumerate(sorted(set(family.values())))}
    rows.update({each: places[row] for each, row in family.items()})
    return list(family)


def _ordered(family: Sequence[str], rows: Mapping[str, int], ties: _Ties) -> list[list[str]]:
    """The people of each row from the left: partners side by side, children in the order of their parents."""
    made: list[list[str]] = [[] for _ in range(max(rows[each] for each in family) + 1)]
    partners: dict[str, list[str]] = {}
    for a, b in ties.couples:
        partners.setdefault(a, []).append(b)
        partners.setdefault(b, []).append(a)
    placed: set[str] = set()

    def put(each: str) -> None:
        if each in placed:
            return
        placed.add(each)
        row = made[rows[each]]
        # Of several partners the first stands at the left, as in the telling.
        beside = [one for one in partners.get(each, ()) if one not in placed and rows[one] == rows[each]]
        for one in beside[:1]:
            placed.add(one)
            row.append(one)
        row.append(each)
        for one in beside[1:]:
            placed.add(one)
            row.append(one)

    for each in family:
        put(each)
    for number in range(1, len(made)):
        above = {each: place for place, each in enumerate(made[number - 1])}

        def from_above(
            each: str, above: Mapping[str, int] = above, row: Sequence[str] = tuple(made[number])
        ) -> float:
            places = [above[one] for one in ties.parents.get(each, ()) if one in above]
            return sum(places) / len(places) if places else float(row.index(each))

        made[number].sort(key=from_above)
    return made


def _size(each: Member) -> tuple[int, int]:
    return (WIDE, TALL) if each.apart else (WIDTH, HEIGHT)


def _placed(
    order: Sequence[Sequence[Sequence[str]]],
    rows: Mapping[str, int],
    by_key: Mapping[str, Member],
    ties: _Ties,
) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    top = MARGIN
    for family in order:
        tops: list[int] = []
        for row in family:
            tops.append(top)
            top += max((_size(by_key[each])[1] for each in row), default=HEIGHT) + ROW_GAP
        lefts = _lefts(family, by_key, ties)
        first = len({box.row for box in boxes.values()})
        for number, row in enumerate(family):
            for each in row:
                wide, tall = _size(by_key[each])
                boxes[each] = Box(by_key[each], lefts[each], tops[number], wide, tall, first + number)
        top += FAMILY_GAP - ROW_GAP
        top += ROW_GAP // 2
    return boxes


def _lefts(family: Sequence[Sequence[str]], by_key: Mapping[str, Member], ties: _Ties) -> dict[str, int]:
    """Where each box begins: the widest row first, those above and below it towards their children and parents."""
    width = {each: _size(by_key[each])[0] for row in family for each in row}
    spans = [sum(width[each] + GAP for each in row) for row in family]
    start = spans.index(max(spans))
    middles: dict[str, int] = {}

    def lay(number: int, near: Mapping[str, Sequence[str]]) -> None:
        edge = MARGIN
        for each in family[number]:
            wanted = [middles[one] for one in near.get(each, ()) if one in middles]
            left = sum(wanted) // len(wanted) - width[each] // 2 if wanted else edge
            left = max(left, edge)
            middles[each] = left + width[each] // 2
            edge = left + width[each] + GAP

    lay(start, {})
    for number in range(start - 1, -1, -1):
        lay(number, ties.children)
    for number in range(start + 1, len(family)):
        lay(number, ties.parents)
    return {each: middles[each] - width[each] // 2 for each in middles}


def _edges(
    boxes: Mapping[str, Box],
    ties: _Ties,
    parted: Iterable[Apart],
    of_record: Mapping[RecordId, Member],
    coding: Coding,
    terms: Terms,
) -> list[Edge]:
    found: list[Edge] = []
    causes: dict[tuple[str, str], str] = {}
    for each in parted:
        seeker, sought = of_record.get(each.seeker), of_record.get(each.sought)
        if seeker is not None and sought is not None:
            causes[seeker.key, sought.key] = each.parted.cause or "separation"
        holder = of_record.get(each.parted.holder)
        if holder is not None and sought is not None and {holder.key, sought.key} <= boxes.keys():
            found.append(_holds(boxes[holder.key], boxes[sought.key]))
    groups: dict[tuple[str, ...], list[str]] = {}
    for child, parents in ties.parents.items():
        groups.setdefault(
            tuple(sorted(one for one in parents if boxes[one].row < boxes[child].row)), []
        ).append(child)
    found += _couples(boxes, ties, groups, causes)
    found += _siblings(boxes, ties)
    for child, parents in ties.parents.items():
        for one in parents:
            if boxes[one].row >= boxes[child].row:
                # A circle, or two generations at once: the relation is drawn where it can be.
                found.append(Edge("family", _bent(boxes[one], boxes[child])))
    return found


def _couples(
    boxes: Mapping[str, Box],
    ties: _Ties,
    groups: Mapping[tuple[str, ...], Sequence[str]],
    causes: Mapping[tuple[str, str], str],
) -> list[Edge]:
    """Brackets under parents, and from each a line to every child of theirs."""
    found: list[Edge] = []
    joined = set()
    for number, (parents, children) in enumerate(groups.items()):
        if not parents:
            continue
        above = sorted((boxes[one] for one in parents), key=lambda box: box.x)
        # Brackets of one row at several heights: lines of two couples must not become one.
        y = max(box.bottom for box in above) + 14 + 8 * (number % 4)
        if len(above) > 1:
            joined.add(frozenset(parents))
            found.append(Edge("family", _bracket([(box.middle, box.bottom) for box in above], y)))
            x = (above[0].middle + above[-1].middle) // 2
        else:
            x, y = above[0].middle, above[0].bottom
        for child in children:
            box = boxes[child]
            cause = next((causes[one, child] for one in parents if (one, child) in causes), "")
            turn = box.y - 20
            points = ((x, y), (x, turn), (box.middle, turn), (box.middle, box.y))
            if x == box.middle:
                points = ((x, y), (x, turn), (x, turn), (x, box.y))
            spot = (box.middle, box.y - 34) if cause else (0, 0)
            found.append(Edge("parted" if cause else "family", points, cause, spot))
    for a, b in ties.couples:
        if frozenset((a, b)) not in joined and not any({a, b} <= set(parents) for parents in groups):
            found.append(Edge("family", _bent(boxes[a], boxes[b])))
    return found


def _siblings(boxes: Mapping[str, Box], ties: _Ties) -> list[Edge]:
    """Brackets above those who are told to be siblings, or relatives of one row, and have no parent in common here."""
    found: list[Edge] = []
    for number, (a, b, kind) in enumerate(ties.siblings):
        if set(ties.parents.get(a, ())) & set(ties.parents.get(b, ())):
            continue
        one, other = boxes[a], boxes[b]
        if one.row != other.row:
            found.append(
                Edge(
                    "family",
                    _bent(one, other),
                    kind,
                    ((one.middle + other.middle) // 2, max(one.y, other.y) - 34),
                )
            )
            continue
        y = one.y - 14 - 8 * (number % 4)
        points = _bracket([(one.middle, one.y), (other.middle, other.y)], y)
        found.append(Edge("family", points, kind, ((one.middle + other.middle) // 2, y)))
    return found


def _holds(holder: Box, child: Box) -> Edge:
    """From the side of the one who holds the child to the side of the child."""
    x = min(holder.x, child.x) - 10
    y, end = holder.y + holder.height // 2, child.y + child.height // 2
    # Near the one who holds her: near the child stands what parted her.
    spot = holder.bottom + 14 if y < end else holder.y - 14
    return Edge("holds", ((holder.x, y), (x, y), (x, end), (child.x, end)), "holds", (x + 4, spot))


def _bracket(ends: Sequence[Point], y: int) -> tuple[Point, ...]:
    first, last = ends[0], ends[-1]
    middle = [point for x, at in ends[1:-1] for point in ((x, y), (x, at), (x, y))]
    return (first, (first[0], y), *middle, (last[0], y), last)


def _bent(one: Box, other: Box) -> tuple[Point, ...]:
    """Below both where they stand in one row, else from the bottom of the upper one to the top of the lower."""
    upper, lower = (one, other) if one.y <= other.y else (other, one)
    if upper.row == lower.row:
        y = max(upper.bottom, lower.bottom) + 12
        return _bracket([(upper.middle, upper.bottom), (lower.middle, lower.bottom)], y)
    y = lower.y - 26
    return ((upper.middle, upper.bottom), (upper.middle, y), (lower.middle, y), (lower.middle, lower.y))
