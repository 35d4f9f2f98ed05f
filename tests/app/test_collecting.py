"""The whole collection of garbage waits while very many records are taken in."""

from __future__ import annotations

import gc
import threading

import pytest

from cairn.app.kernel.collecting import NEVER, no_whole_collection


def test_it_waits_until_the_last_work_ends_whatever_ends_it() -> None:
    before = gc.get_threshold()
    entered, leave = threading.Event(), threading.Event()

    @no_whole_collection()
    def work() -> None:
        entered.set()
        assert leave.wait(10)

    other = threading.Thread(target=work)
    with pytest.raises(RuntimeError), no_whole_collection():
        other.start()
        assert entered.wait(10)
        assert gc.get_threshold() == (*before[:2], NEVER)
        raise RuntimeError
    assert gc.get_threshold()[2] == NEVER
    leave.set()
    other.join()
    assert gc.get_threshold() == before


def test_what_is_new_is_collected_meanwhile() -> None:
    class Ring:
        def __init__(self) -> None:
            self.itself = self

    gone = 0

    def count(phase: str, told: dict[str, int]) -> None:
        nonlocal gone
        gone += told["collected"] if phase == "stop" else 0
        assert told["generation"] < 2

    gc.collect()
    gc.callbacks.append(count)
    try:
        with no_whole_collection():
            for _ in range(200_000):
                Ring()
    finally:
        gc.callbacks.remove(count)
    assert gone > 100_000
