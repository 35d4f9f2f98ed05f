"""The place of a bundle in the sequence from one sender to us: gaps, replays, forks, a sender that is there twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cairn.model.exchange import Problem


class Received(NamedTuple):
    """A bundle that was taken in from a sender, as far as its place matters."""

    seq: int
    tagmanifest: str
    """SHA-256 of its signed tag manifest."""
    prev: str = ""
    """The same of the bundle before it, as it says."""


def check_sequence(held: Iterable[Received], arrived: Received) -> list[Problem]:
    """What to tell a person about a bundle's place among those `held` of its sender. Never a reason to refuse.

    `intake.first-missing` and `intake.gap` where bundles are missing in between, `intake.older` for one that comes
    late or again. `intake.doubled` where another bundle has the same number: one vault counts on, so two may be
    writing under one name. `intake.forked` where it does not follow the one before it, or the one after it does not
    follow this one.
    """
    seq = arrived.seq
    by_number: dict[int, list[Received]] = {}
    for each in held:
        by_number.setdefault(each.seq, []).append(each)
    newest = max(by_number, default=0)
    if any(each.tagmanifest != arrived.tagmanifest for each in by_number.get(seq, [])):
        return [Problem("intake.doubled", {"seq": seq})]
    problems = []
    if seq <= newest:
        problems.append(Problem("intake.older", {"seq": seq, "held": newest}))
    elif not newest and seq > 1:
        problems.append(Problem("intake.first-missing", {"seq": seq}))
    elif seq > newest + 1:
        problems.append(Problem("intake.gap", {"missing": seq - newest - 1, "seq": seq}))
    before, after = by_number.get(seq - 1, []), by_number.get(seq + 1, [])
    if (before and all(each.tagmanifest != arrived.prev for each in before)) or (
        after and all(each.prev != arrived.tagmanifest for each in after)
    ):
        problems.append(Problem("intake.forked", {"seq": seq}))
    return problems
