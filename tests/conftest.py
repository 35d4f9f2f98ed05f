"""What holds for every test: no screen, no network, no stray warning, no touching of real settings.

Warnings are errors (`pyproject.toml`), a message of Qt at warning level fails the test that caused it
(pytest-qt), and so does a stray log record. Whoever opens a network socket in a test process gets an
error on the spot.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

import busy
import skips
from cairn import resources
from cairn.app.kernel import sentences
from cairn.crypto import passphrase
from cairn.errors import CairnError, Value

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

_LOCAL_FAMILIES = {1, 16}  # AF_UNIX, AF_NETLINK (asking the kernel about interfaces sends no packet)


class NetworkUsed(RuntimeError):
    """Something asked for the network. There is no network in Cairn."""


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and arguments[1] not in _LOCAL_FAMILIES:
        raise NetworkUsed(f"a socket of family {arguments[1]!r}")
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "http.client.connect"):
        raise NetworkUsed(event)


sys.addaudithook(_no_network)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings and vaults of the person who runs the tests are out of reach."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def _derived_once() -> Iterator[None]:
    """A key that was derived from a passphrase is remembered: vaults of the tests are copies of few, opened by the
    hundred. Tests of the derivation itself import it, and so have the product's own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "derive", cache(passphrase.derive))
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_error_has_its_sentence() -> Iterator[None]:
    """Whoever raises an error whose code has no sentence, or leaves a place of the sentence empty, fails there."""
    made = CairnError.__init__
    words: dict[str, str] = {}
    for name in resources.names("words/en", ".json"):
        words |= json.loads(resources.read_text(f"words/en/{name}"))

    def checked(self: CairnError, code: str, /, **values: Value) -> None:
        made(self, code, **values)
        assert code in words, code
        empty = sentences.places(words[code]) - values.keys()
        assert not empty, (code, empty)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CairnError, "__init__", checked)
        yield


@pytest.fixture(scope="session")
def qapp_cls() -> type[Any]:
    """The application that pytest-qt makes is the program's own. Imported late: most rooms need no Qt."""
    from cairn.qt.application import Application

    return Application


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def _no_stray_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log record at warning level fails its test, unless the test is about it (mark `logs`)."""
    records = _Records()
    root = logging.getLogger()
    root.addHandler(records)
    try:
        yield
    finally:
        root.removeHandler(records)
    if records.seen and request.node.get_closest_marker("logs") is None:
        pytest.fail("stray log records: " + "; ".join(f"{r.name}: {r.getMessage()}" for r in records.seen))


@pytest.fixture
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


LONGEST = (
    "sound/test_microphone.py",
    "sound/test_killed.py",
    "packaging/test_windows.py",
    "qt/outside/test_whole_way.py",
    "sound/test_window_killed.py",
    "sound/test_simulated.py",
    "sound/test_silenced.py",
    "e2e/test_whole_way.py",
    "cli/test_watched.py",
    "qt/outside/test_killed.py",
    "qt/test_fits.py",
)
"""Begun first, so that none of them goes on alone at the end. What listens in real time comes before what computes."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--real-time",
        choices=("all", "none", "only"),
        default="all",
        help="tests that listen to sound as it plays: with the others, left out, or alone",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--real-time")
    if wanted != "all":
        apart = [
            item for item in items if (item.get_closest_marker("real_time") is None) == (wanted == "only")
        ]
        config.hook.pytest_deselected(items=apart)
        left_out = set(apart)
        items[:] = [item for item in items if item not in left_out]
    place = {name: number for number, name in enumerate(LONGEST)}
    tests = Path(__file__).parent
    items.sort(key=lambda item: place.get(item.path.relative_to(tests).as_posix(), len(place)))


def pytest_collection_finish() -> None:
    """Tests of the window look for garbage after each test: not through all modules and all tests each time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is to run, a test that is skipped and not listed in `skips.py` fails."""
    report = yield
    skips.judge(report, item.nodeid.removeprefix("tests/"))
    return report


TRIES = 3
FAILED_TRIES: list[str] = []
"""In this process: tests that listen in real time run alone."""


def _last_line(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(getattr(crash, "message", "") or report.longreprtext).strip().split("\n")[0][:300]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if FAILED_TRIES:
        terminalreporter.section("tries that failed")
        for line in FAILED_TRIES:
            terminalreporter.write_line(line)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A test that listens in real time is tried again when it fails: on a busy machine the sound system stutters.

    What is broken fails each time. A try that failed is told at the end of the run all the same, with how busy the
    machine was meanwhile: a second that was lost once is a finding, whoever lost it. (The plug-in for this talks to
    its workers through a network socket.)
    """
    if item.get_closest_marker("real_time") is None:
        return None
    for attempt in range(1, TRIES + 1):
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        before = busy.now()
        # What is shared with other tests (the sound server, which Qt looks for once) outlives a try.
        reports = runtestprotocol(item, nextitem=item.parent, log=False)  # type: ignore[arg-type]
        for report in reports:
            if report.failed:
                why = busy.since(before)
                FAILED_TRIES.append(
                    f"{item.nodeid}, try {attempt} of {TRIES}: {_last_line(report)}\n    {why}"
                )
                report.sections.append(("how busy the machine was", why))
        if attempt == TRIES or not any(report.failed for report in reports):
            for report in reports:
                item.ihook.pytest_runtest_logreport(report=report)
            item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
            break
    item.session._setupstate.teardown_exact(nextitem)
    return True
