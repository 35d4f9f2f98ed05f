"""Names of 150,000 people in memory: how long a question takes, what they weigh, and how often it is right.

Who is right is measured on people who are easily confused (`tests/model/names/people.py`), beside likeness of spelling and
a weighted search of all words, each at the threshold that does best for it.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable

from bench.table import Figure, limited
from cairn.model.names.index import Index
from cairn.model.names.weighing import Facts
from model.names.methods import compared
from model.names.people import crowd

MOST_MS, MOST_MIB = 50, 150
ASKED = 40


def measure(count: int, groups: int, say: Callable[[str], None]) -> list[Figure]:
    """Figures of an index of `count` people, and of `groups` of confusable ones."""
    say(f"making {count:,} people")
    people = list(crowd(1, count))
    index: Index[int] = Index()
    say("taking them into memory")
    before = _held()
    begun = time.perf_counter()
    for number, facts in enumerate(people):
        index.put(number, facts)
    built = time.perf_counter() - begun
    held = _held() - before
    gc.collect()
    asked = list(crowd(2, ASKED))
    candidates = [_spent(lambda each=each: index.candidates(each)) for each in asked]  # type: ignore[misc]
    searched = [_spent(lambda each=each: index.search(_text(each))) for each in asked]  # type: ignore[misc]
    added = _spent(lambda: index.put(-1, asked[0]))
    label = f"among {count:,} people"
    figures = [
        _time(f"candidates for somebody new, {label}", candidates),
        _time(f"search by name in any script, {label}", searched),
        limited(f"names in memory, {label}", held, "MiB", MOST_MIB, f"taken in in {built:.0f} s"),
        limited("one person more", added[0], "ms", MOST_MS),
    ]
    say("comparing with other ways to find one person")
    scores = compared(7, groups)
    ours = scores["cairn"]
    for name, score in scores.items():
        if name != "cairn":
            for what, mine, theirs in (
                ("recall of five", ours.recall, score.recall),
                ("F1", ours.f1, score.f1),
            ):
                ratio = round(mine / theirs, 3)
                figures.append(
                    Figure(
                        f"one person's mentions: {what}",
                        f"{mine:.2f}",
                        f"{name} {theirs:.2f}",
                        ratio,
                        "≥ 1.0×",
                        ratio >= 1,
                        round(mine, 4),
                    )
                )
    return figures


def _held() -> float:
    """MiB that the process has held at most: Linux tells them in KiB, macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform == "linux" else most / 1024 / 1024


def _time(what: str, spent: list[tuple[float, float]]) -> Figure:
    clock, processor = (sorted(each[kind] for each in spent) for kind in (0, 1))
    late, middle = len(spent) * 95 // 100, len(spent) // 2
    beside = (
        f"95th percentile of {len(spent)}, median {clock[middle]:.1f} ms; processor {processor[late]:.1f} ms"
    )
    return limited(what, clock[late], "ms", MOST_MS, beside)


def _spent(step: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor, of the best of three runs."""
    runs = []
    for _ in range(3):
        begun, used = time.perf_counter(), time.process_time()
        step()
        runs.append(((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000))
    return min(runs)


def _text(facts: Facts) -> str:
    return facts.names[0].text
