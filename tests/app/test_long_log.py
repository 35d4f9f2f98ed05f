"""A very long custody log: what travels of it, and the time it takes, depend on the interview and not on the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.shared import introduce
from app.test_exchange import sealed
from bench import long_log
from cairn.app.arriving import opening, taking_in
from cairn.app.kernel.session import Session
from cairn.app.vault import custody
from cairn.custody import tree
from cairn.custody.memory import MemoryRows


def test_bulk_rows_are_those_of_the_real_path(field: Session) -> None:
    """Nodes, payloads, triggers and checks: a log that was lengthened in bulk is one that was written line by line."""
    long_log.lengthen(field.store, 1_237)
    with field.store.write() as work:
        work.log("backup")
    with field.store.read() as reader:
        size = reader.custody.size()
        lines = [raw for _, raw in reader.custody.lines()]
        again = MemoryRows(lines)
        for level in range(1, size.bit_length()):
            assert list(reader.custody.nodes(level)) == list(again.nodes(level))
        assert reader.custody.root() == tree.root(size, again.node)
    assert size == 1_238 and custody.verify(field).whole


def test_what_travels_does_not_grow_with_the_log(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = long_log.write_interview(field, iter([0, 700, 1_400, 2_100, 2_800, 3_500, 4_200, 4_900]))
    bundle = sealed(field, [made], office, tmp_path / "out")
    assert opening.open_bundle(bundle.path, office).problems == ()
    assert taking_in.take_in(office, bundle.path).new > 200
    long_log.lengthen(field.store, 6_000)
    again = sealed(field, [made], office, tmp_path / "out")
    assert opening.open_bundle(again.path, office).problems == ()


@pytest.mark.slow
def test_an_interview_out_of_a_million_entries(tmp_path: Path) -> None:
    """As fast as out of a new vault, with some slack for a busy machine, and at most 64 KiB of proofs."""
    figures = {each.what: each for each in long_log.measure(tmp_path, 1_000_000, lambda _: None)}
    for what, figure in figures.items():
        assert figure.number is not None
        assert figure.number <= (64 if "proofs" in what else 2.5), figure
    assert len(figures) == 4
