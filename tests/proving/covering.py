"""Plug-in for pytest: measures branches in this process, and in each worker of its own.

`PROVING_MODULES` names the files (separated by the system's separator of paths), `PROVING_DATA` the file that the
measurements go to (each process adds a suffix of its own). With `PROVING_CONTEXTS` each line remembers its tests.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator

import coverage
import pytest

from proving.steady import steady

_measuring = coverage.Coverage(
    data_file=os.environ["PROVING_DATA"],
    data_suffix=True,
    branch=True,
    config_file=False,
    include=os.environ["PROVING_MODULES"].split(os.pathsep),
)
# Of the few modules of one room the process that hands out the tests may have imported none.
_measuring.set_option("run:disable_warnings", ["no-data-collected"])
# As early as a plug-in is loaded: before any module of the program is.
_measuring.start()
# With contexts the run is measured for `./dev mutate`: the same examples reach the same lines there.
_contexts = bool(os.environ.get("PROVING_CONTEXTS"))
if _contexts:
    steady()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What runs from here on is this test's."""
    if _contexts:
        _measuring.switch_context(item.nodeid)
    before, since = os.times(), time.monotonic()
    try:
        return (yield)
    finally:
        after = os.times()
        _took[item.nodeid] = time.monotonic() - since, sum(after[:4]) - sum(before[:4])


_took: dict[str, tuple[float, float]] = {}
"""Test → (seconds by the clock, seconds of the processor with those of the programs it has started)."""


def pytest_unconfigure() -> None:
    """Write down what was seen."""
    _measuring.stop()
    _measuring.save()
    if _contexts:
        with open(os.environ["PROVING_SECONDS"], "w", encoding="utf-8") as file:
            json.dump(_took, file)
