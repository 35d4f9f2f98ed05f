"""What an expression is worked out with: the form's trees, and whatever comes from the device.

Clock, chance and languages come from here alone, so that the same environment gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from time import monotonic

from cairn.crypto.hashes import random_bytes
from cairn.forms.xpath import limits
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.nodes import Node

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DeviceZone(tzinfo):
    """The zone of the machine, with its rules for each date, as the system knows them."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        return (when or datetime.now(UTC)).replace(tzinfo=None).astimezone().utcoffset() or timedelta()

    def dst(self, _when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _when: datetime | None) -> str | None:
        return None

    def fromutc(self, when: datetime) -> datetime:
        return when.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def _the_time() -> datetime:
    return datetime.now(UTC)


def _no_label(_choice: str, _question: str, _here: Node) -> str | None:
    return None


def _no_text(_name: str) -> str | None:
    return None


@dataclass(slots=True)
class Environment:
    """What all expressions of a form share.

    `root` is the document of the answers: absolute paths begin there, and inside a repeat they mean the same
    instance of it as the node that is worked out. `instances` are the documents of the other instances by their ids;
    they don't change.
    """

    root: Node
    instances: Mapping[str, Node] = field(default_factory=dict)
    namespaces: Mapping[str, str] = field(default_factory=dict)
    """Prefixes that expressions use, and the addresses they stand for."""
    now: Callable[[], datetime] = _the_time
    """The time, with a zone."""
    zone: tzinfo = field(default_factory=DeviceZone)
    """The zone on whose clock dates and times are told."""
    entropy: Callable[[int], bytes] = random_bytes
    """That many random bytes: for `random`, `uuid` and `randomize` without a seed."""
    choice_label: Callable[[str, str, Node], str | None] = _no_label
    """`jr:choice-name`: the label of a choice, by its value, the path of its question as it was written, and the node
    that the expression stands at. None where there is none."""
    translation: Callable[[str], str | None] = _no_text
    """`jr:itext`: a text of the form in the language that is shown. None where there is none."""
    months: tuple[str, ...] = MONTHS
    """Names for `format-date`, from January."""
    days: tuple[str, ...] = DAYS
    """Names for `format-date`, from Monday."""
    version: str = ""
    """The form's version, for `version()`."""
    visits: int = limits.VISITS
    rows: dict[tuple[Node, str, str], dict[str, list[Node]]] = field(default_factory=dict)
    """Rows of the other instances by one of their fields, as they were first asked for (`lookups`)."""


class Meter:
    """Counts what an evaluation has looked at, and stops what looks at too much."""

    __slots__ = ("left", "limit", "until")

    def __init__(self, limit: int) -> None:
        self.left = self.limit = limit
        self.until = monotonic() + limits.SECONDS

    def spend(self, visits: int, offset: int) -> None:
        """Raises XPathError when more was looked at than may be."""
        self.left -= visits
        if self.left < 0 or monotonic() > self.until:
            raise XPathError("xpath.too-much-work", offset, limit=self.limit)


class Context:
    """Where an expression is worked out: a node, and its place among those that are gone through."""

    __slots__ = ("env", "here", "meter", "node", "ordinal", "size")

    def __init__(self, env: Environment, node: Node, ordinal: int = 1, size: int = 1) -> None:
        self.env = env
        self.node = node
        self.ordinal = ordinal
        self.size = size
        self.here = node
        """What `current()` gives: the node that the whole expression stands at."""
        self.meter = Meter(env.visits)

    def among(self, size: int) -> Context:
        """A context for going through `size` nodes; its node and position are set for each."""
        inner = Context.__new__(Context)
        inner.env, inner.here, inner.meter = self.env, self.here, self.meter
        inner.node, inner.ordinal, inner.size = self.node, 1, size
        return inner
