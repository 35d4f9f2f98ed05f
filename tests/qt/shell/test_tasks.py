"""Background work: where it is called back, in which order, and when nobody is called back any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.errors import CairnError, Cancelled, InputError
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from qt.desk import LONG, settle


@pytest.fixture
def context() -> QObject:
    return QObject()


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work waits for it; opened at the end, so that no test leaves a waiting thread."""
    made = threading.Event()
    yield made
    made.set()


def wait_for(gate: threading.Event) -> Callable[[Progress], None]:
    def work(_progress: Progress) -> None:
        assert gate.wait(LONG / 1000)

    return work


def test_results_arrive_in_the_window_s_thread(qtbot: QtBot, qapp: QApplication, context: QObject) -> None:
    seen: list[object] = []

    def work(_progress: Progress) -> int:
        seen.append(QThread.currentThread() is qapp.thread())
        return 7

    def then(result: int) -> None:
        seen.extend((QThread.currentThread() is qapp.thread(), result))

    tasks.run(context, work, then=then)
    qtbot.waitUntil(lambda: len(seen) == 3, timeout=LONG)
    assert seen == [False, True, 7]


def test_the_vault_s_work_is_done_in_the_order_it_was_given(qtbot: QtBot, context: QObject) -> None:
    done: list[int] = []
    for number in range(50):
        tasks.run(context, lambda _p, n=number: done.append(n))
    settle(qtbot)
    assert done == list(range(50))


def test_long_work_does_not_hold_up_the_vault(qtbot: QtBot, context: QObject, gate: threading.Event) -> None:
    done: list[str] = []
    tasks.run(context, wait_for(gate), then=lambda _r: done.append("long"), lane="long")
    tasks.run(context, lambda _p: None, then=lambda _r: done.append("vault"))
    qtbot.waitUntil(lambda: done == ["vault"], timeout=LONG)
    gate.set()
    qtbot.waitUntil(lambda: done == ["vault", "long"], timeout=LONG)


def test_errors_reach_whoever_asked_or_the_window(qtbot: QtBot, context: QObject) -> None:
    told: list[str] = []
    general: list[str] = []
    tasks.on_error(lambda error: general.append(error.code))

    def work(_progress: Progress) -> None:
        raise InputError("vault.wrong-passphrase")

    tasks.run(context, work, then=lambda _r: told.append("no"), failed=lambda error: told.append(error.code))
    tasks.run(context, work, then=lambda _r: told.append("no"))
    settle(qtbot)
    assert told == ["vault.wrong-passphrase"]
    assert general == ["vault.wrong-passphrase"]


def test_a_bug_is_not_swallowed(qtbot: QtBot, context: QObject) -> None:
    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    failures: list[CairnError] = []
    with qtbot.capture_exceptions() as caught:
        tasks.run(context, work, failed=failures.append)
        settle(qtbot)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert [error.code for error in failures] == ["machine.bug"]


def test_a_cancelled_job_stops_at_its_next_report(qtbot: QtBot, context: QObject) -> None:
    reported: list[tuple[int, int | None]] = []
    failures: list[CairnError] = []
    begun = threading.Event()

    def work(progress: Progress) -> None:
        number = 0
        while True:
            number += 1
            progress(number, 10)
            begun.set()

    task = tasks.run(
        context,
        work,
        failed=failures.append,
        progress=lambda done, total: reported.append((done, total)),
        lane="long",
    )
    assert begun.wait(LONG / 1000)
    task.cancel()
    qtbot.waitUntil(lambda: len(failures) == 1, timeout=LONG)
    assert isinstance(failures[0], Cancelled)
    assert reported[0] == (1, 10)


def test_what_was_cancelled_before_it_began_is_never_done(
    qtbot: QtBot, context: QObject, gate: threading.Event
) -> None:
    done: list[str] = []
    failures: list[CairnError] = []
    tasks.run(context, wait_for(gate))
    task = tasks.run(context, lambda _p: done.append("done"), failed=failures.append)
    task.cancel()
    gate.set()
    settle(qtbot)
    assert done == []
    assert [type(error) for error in failures] == [Cancelled]


def test_nobody_is_called_when_the_widget_is_gone(qtbot: QtBot, gate: threading.Event) -> None:
    asked = QObject()
    called: list[object] = []
    tasks.run(asked, wait_for(gate), then=called.append, failed=called.append)
    asked.deleteLater()
    qtbot.wait(10)
    del asked
    gate.set()
    settle(qtbot)
    assert called == []


def test_locking_drops_results_but_not_the_last_words(
    qtbot: QtBot, context: QObject, gate: threading.Event
) -> None:
    called: list[object] = []
    written: list[str] = []
    stopped = threading.Event()

    def sealing(progress: Progress) -> None:
        assert gate.wait(LONG / 1000)
        try:
            progress(1, 2)
        except Cancelled:
            stopped.set()
            raise

    tasks.run(context, sealing, then=called.append, failed=called.append, lane="long")
    tasks.run(context, wait_for(gate), then=called.append)
    tasks.run(context, lambda _p: written.append("the last words"), then=called.append)
    tasks.drop_all()
    gate.set()
    settle(qtbot)
    assert stopped.is_set()
    assert written == ["the last words"]
    assert called == []


def test_the_end_waits_for_what_is_being_written(context: QObject) -> None:
    written: list[str] = []
    tasks.run(context, lambda _p: written.append("words"))
    tasks.shut_down()
    assert written == ["words"]
    assert tasks.busy() == 0
