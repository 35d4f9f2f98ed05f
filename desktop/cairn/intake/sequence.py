"""The place of a bundle in the sequence from one sender to us: gaps, replays, forks."""

from __future__ import annotations

from typing import NamedTuple

from cairn.model.exchange import Problem


class Received(NamedTuple):
    """The newest bundle that was taken in from a sender."""

    seq: int
    tagmanifest: str
    """SHA-256 of its signed tag manifest."""


def check_sequence(held: Received | None, seq: int, prev: str) -> list[Problem]:
    """What to tell a person about a bundle's place in the sequence. Never a reason to refuse.

    `intake.first-missing` and `intake.gap` where bundles are missing in between, `intake.older` for one
    that comes late or again, `intake.forked` where it does not name the one held as its predecessor.
    """
    if held is None:
        return [Problem("intake.first-missing", {"seq": seq})] if seq > 1 else []
    if seq <= held.seq:
        return [Problem("intake.older", {"seq": seq, "held": held.seq})]
    if seq > held.seq + 1:
        return [Problem("intake.gap", {"missing": seq - held.seq - 1, "seq": seq})]
    return [Problem("intake.forked", {"seq": seq})] if prev != held.tagmanifest else []
