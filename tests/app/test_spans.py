"""Arithmetic of stretches of sound against the plainest way to count: millisecond by millisecond."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from cairn.app.sound import paragraphs
from cairn.model import spans
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import Span


def ordered(chance: random.Random, most: int) -> list[Span]:
    edges = sorted(chance.sample(range(60), 2 * chance.randint(0, most)))
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def moments(found: list[Span]) -> list[int]:
    return [at for span in found for at in range(span.start, span.end)]


@pytest.mark.parametrize("seed", range(200))
def test_every_millisecond_lands_where_it_belongs(seed: int) -> None:
    chance = random.Random(seed)
    kept, wanted = ordered(chance, 6), ordered(chance, 6)
    clock = moments(kept) if kept else list(range(60))
    inside = set(moments(wanted))
    assert moments(spans.from_master(kept, wanted)) == [n for n, at in enumerate(clock) if at in inside]
    there = sorted(clock[n] for n in inside if n < len(clock))
    assert moments(spans.to_master(kept, wanted)) == there


@pytest.mark.parametrize(
    "kept", [[Span(5, 9), Span(0, 4)], [Span(0, 6), Span(3, 9)], [Span(7, 2), Span(3, 9)]]
)
def test_a_copy_that_says_what_cannot_be_is_off_the_record_altogether(kept: list[Span]) -> None:
    length = sum(max(0, each.end - each.start) for each in kept)
    assert spans.from_master(kept, [Span(50, 51)]) == [Span(0, length)]
    assert spans.from_master(kept, []) == []


@pytest.mark.parametrize("seed", range(100))
def test_which_words_touch(seed: int) -> None:
    chance = random.Random(seed)
    off = ordered(chance, 5)
    words = [Paragraph(start, start + chance.randint(1, 9)) for start in chance.sample(range(60), 8)]
    inside = set(moments(off))
    said = [n for n, each in enumerate(words) if inside & set(range(each.start, each.end))]
    assert paragraphs.touching(words, off) == said


def test_what_another_device_made_up_holds_nobody_up() -> None:
    """As many spans as one version can hold: a pass over each of the two, not over every pair."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "from cairn.model import spans; from cairn.model.values import Span\n"
        "many = [Span(2 * n, 2 * n + 1) for n in range(150_000)]\n"
        "assert len(spans.from_master(many, many)) == 1\n"
        "assert len(spans.to_master(many, many)) > 1\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
