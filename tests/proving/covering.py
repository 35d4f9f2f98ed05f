"""Plug-in for pytest: measures branches in this process, and in each worker of its own.

`PROVING_MODULES` names the files (separated by the system's separator of paths), `PROVING_DATA` the file that the
measurements go to (each process adds a suffix of its own). With `PROVING_CONTEXTS` each line remembers its tests.
"""

from __future__ import annotations

import json
import os
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
    return (yield)


_took: dict[str, float] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """How long a test takes, its fixtures of narrow scope included."""
    _took[report.nodeid] = _took.get(report.nodeid, 0.0) + report.duration


def pytest_unconfigure() -> None:
    """Write down what was seen."""
    _measuring.stop()
    _measuring.save()
    if _contexts:
        with open(os.environ["PROVING_SECONDS"], "w", encoding="utf-8") as file:
            json.dump(_took, file)
