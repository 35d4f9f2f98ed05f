"""The figures and how they are printed: one table, each figure beside what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Either `ratio` (how many times as fast as the peer; goal a least) or a `value` with a limit (goal a most).
    """

    what: str
    value: str
    beside: str
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    """None where it is only shown."""
    number: float | None = None
    """The value without its unit, for what is kept; None where there is none."""
    unit: str = ""


def against(what: str, seconds: float, peer: str, peer_seconds: float, least: float | None = None) -> Figure:
    """Cairn's seconds beside a peer's; `least` is the ratio that is asked for."""
    ratio = peer_seconds / seconds
    return Figure(
        what,
        f"{seconds:.2f} s",
        f"{peer} {peer_seconds:.2f} s",
        round(ratio, 3),
        f"≥ {least:.1f}×" if least is not None else "",
        None if least is None else ratio >= least,
        round(seconds, 4),
        "s",
    )


def limited(what: str, value: float, unit: str, most: float, beside: str = "") -> Figure:
    """A value that may be at most `most`."""
    digits = 2 if unit == "s" else 1 if unit == "ms" else 0
    return Figure(
        what,
        f"{value:.{digits}f} {unit}",
        beside,
        None,
        f"≤ {most:g} {unit}",
        value <= most,
        round(value, 4),
        unit,
    )


def times(what: str, seconds: float, sum_name: str, sum_seconds: float, most: float) -> Figure:
    """How many times as long as a sum that nothing can be faster than; `most` is what is asked for."""
    ratio = seconds / sum_seconds
    return Figure(
        what,
        f"{ratio:.2f}× ({seconds:.2f} s)",
        f"{sum_name} {sum_seconds:.2f} s",
        None,
        f"≤ {most:g}×",
        ratio <= most,
        round(ratio, 4),
        "×",
    )


def lines(figures: Sequence[Figure]) -> list[str]:
    """The table as text."""
    rows = [("figure", "Cairn", "beside", "ratio", "goal", "")]
    for each in figures:
        ratio = f"{each.ratio:.2f}×" if each.ratio is not None else ""
        verdict = "" if each.met is None else "met" if each.met else "MISSED"
        rows.append((each.what, each.value, each.beside, ratio, each.goal, verdict))
    widths = [max(len(row[place]) for row in rows) for place in range(6)]
    printed = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [printed[0], "-" * sum(widths, 10), *printed[1:]]


def plain(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The table for machines."""
    return [asdict(each) for each in figures]
