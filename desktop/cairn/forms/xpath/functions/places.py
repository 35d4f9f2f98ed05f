"""Places: texts such as `37.5 127.0 0 0`, several with `;` between. Lengths in metres on a sphere, to the centimetre."""

from __future__ import annotations

import itertools
import math

from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import NAN, Value, to_string

RADIUS = 6_378_100.0
"""Of the earth, in metres, as the peers take it."""
Point = tuple[float, float]


def _points(values: tuple[Value, ...]) -> list[Point]:
    """Latitudes and longitudes in degrees; nothing at all where one of them can't be."""
    found: list[Point] = []
    for value in values:
        for text in [node.value for node in value] if isinstance(value, list) else [to_string(value)]:
            for piece in text.split(";"):
                if not piece.strip():
                    continue
                try:
                    latitude, longitude = map(float, piece.split()[:2])
                except ValueError:
                    return []
                if not (abs(latitude) <= 90 and abs(longitude) <= 180):
                    return []
                found.append((latitude, longitude))
    return found


def _apart(one: Point, other: Point) -> float:
    (a, b), (c, d) = [(math.radians(point[0]), math.radians(point[1])) for point in (one, other)]
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))


@function("distance", 1, None)
def _distance(_call: Call, _c: Context, *values: Value) -> Value:
    points = _points(values)
    if not points:
        return NAN
    return round(sum(_apart(one, other) for one, other in itertools.pairwise(points)), 2)


@function("area", 1, None)
def _area(_call: Call, _c: Context, *values: Value) -> Value:
    points = _points(values)
    if len(points) < 3:
        return 0.0 if points else NAN
    if points[0] != points[-1]:
        points.append(points[0])
    total = sum(
        math.radians(d - b) * (2 + math.sin(math.radians(a)) + math.sin(math.radians(c)))
        for (a, b), (c, d) in itertools.pairwise(points)
    )
    return round(abs(total * RADIUS * RADIUS / 2), 2)


@function("geofence", 2, 2)
def _geofence(_call: Call, _c: Context, value: Value, fence: Value) -> Value:
    """Whether a point lies in an area, by the number of borders on the way out (even or odd)."""
    points, corners = _points((value,)), _points((fence,))
    if not points or not corners:
        return False
    latitude, longitude = points[0]
    inside = False
    for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (a > latitude) != (c > latitude) and longitude < (d - b) * (latitude - a) / (c - a) + b:
            inside = not inside
    return inside
