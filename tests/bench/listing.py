"""The list in a vault with many interviews: any place by any sort, what a filter lets through, and how many.

Measured on the machine as it is, and again while every processor has something else to do: what a person waits for
then is shown beside, without a limit.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.table import Figure, limited
from cairn.app.interviews import listing
from cairn.app.interviews.listing import ALL, Filter, Sort
from cairn.app.kernel.session import Session

PAGE = 200
MOST_MS = 50


def measure(s: Session, label: str, words: dict[str, str]) -> list[Figure]:
    """`words`: searches by their names."""
    filters = {
        "of one year and without protected names": Filter(since="2010", until="2010", protected=False),
        "of nearly all": Filter(states=("saved", "final"), sent=False),
        **{f"of words ({what})": Filter(words=each) for what, each in words.items()},
        "of words and of ten years": Filter(words=next(iter(words.values())), since="2005", until="2014"),
    }
    chance = random.Random(3)
    orders = {sort: listing.order(s, sort=sort) for sort in Sort}

    def stretch() -> None:
        order = orders[chance.choice(list(Sort))]
        at = chance.randrange(max(1, len(order) - PAGE))
        listing.page(s, order[at : at + PAGE])

    steps: dict[str, Callable[[], object]] = {
        "order of all, by any sort": lambda: listing.order(s, sort=chance.choice(list(Sort))),
        "any place, by any sort": stretch,
        "end of the list": lambda: listing.page(s, orders[Sort.CHANGED][-PAGE:]),
        "count of all": lambda: listing.count(s, ALL),
    }
    for what, wanted in filters.items():
        steps[f"filtered count {what}"] = lambda by=wanted: listing.count(s, by)  # type: ignore[misc]
        steps[f"filtered order {what}"] = lambda by=wanted: listing.order(s, by, sort=Sort.DATE)  # type: ignore[misc]
    idle = {what: _spent(step) for what, step in steps.items()}
    with busy():
        loaded = {what: _spent(step)[0] for what, step in steps.items()}
    return [
        limited(
            f"{what}, {label}",
            clock,
            "ms",
            MOST_MS,
            f"95th percentile of 20; processor {processor:.1f} ms; with every processor busy {loaded[what]:.0f} ms",
        )
        for what, (clock, processor) in idle.items()
    ]


def _spent(step: Callable[[], object]) -> tuple[float, float]:
    """95th percentile of the clock, and median of the processor's time, in milliseconds."""
    clock, processor = [], []
    for _ in range(20):
        start, begun = time.perf_counter(), time.process_time()
        step()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - begun) * 1000)
    return sorted(clock)[18], sorted(processor)[10]


@contextmanager
def busy() -> Iterator[None]:
    """Every processor has something else to do, of the same weight."""
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_spin, daemon=True) for _ in range(os.cpu_count() or 1)]
    for each in others:
        each.start()
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.join()


def _spin() -> None:
    number = 1
    while number:
        number += 1
