"""The one door to background work.

The window never waits: whatever may take longer than a moment goes through `run`. There are two
lanes. The *vault* lane has one worker, so what is written to the vault is written in the order in
which the person did it. The *long* lane takes what runs for seconds or minutes (sealing, taking in,
decoding) and reports progress.

Results come back in the GUI thread, and only if they are still wanted: a callback dies with its
context (the widget that asked), and locking the vault cancels what runs and drops every result.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from cairn.errors import CairnError, Cancelled, MachineError
from cairn.model.ports import Progress

T = TypeVar("T")
Lane = Literal["vault", "long"]


class Task(QObject):
    """One piece of background work. `cancel` asks it to stop at its next report of progress."""

    progressed = Signal(object, object)
    """(done, total or None), at most about thirty times a second."""
    _ended = Signal(object, object)

    def __init__(self, lane: Lane, context: QObject, job: str) -> None:
        super().__init__()
        self.lane = lane
        self.job = job
        """What it does, in words, where closing the program meanwhile must be asked about; else empty."""
        self.came_to: Literal["", "done", "stopped", "failed"] = ""
        """How it ended; empty while it goes on."""
        self._context: QObject | None = context
        self._then: Callable[[Any], None] | None = None
        self._failed: Callable[[CairnError], None] | None = None
        self._progress: Callable[[int, int | None], None] | None = None
        self._orphaned: Callable[[Any, CairnError | None], None] | None = None
        self._cancelled = threading.Event()
        self._dropped = False
        # Methods, not functions that know the task: what Qt keeps of those, nothing would ever collect.
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop. Its `failed` is then called with `Cancelled`."""
        self._cancelled.set()

    def drop(self, *, stop: bool) -> None:
        """Call nobody back; with `stop` cancel as well."""
        self._dropped = True
        if stop:
            self._cancelled.set()

    def _report(self, done: int, total: int | None, /) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _work(self, work: Callable[[Progress], Any]) -> None:
        """In the worker."""
        if self._cancelled.is_set():
            self._ended.emit(None, Cancelled())
            return
        try:
            result = work(self._report)
        except BaseException as error:  # noqa: BLE001  # carried whole into the GUI thread, nothing is swallowed
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    @property
    def _wanted(self) -> bool:
        return not self._dropped and self._context is not None and shiboken6.isValid(self._context)

    def _tell(self, done: int, total: int | None) -> None:
        if self._progress is not None and self._wanted:
            self._progress(done, total)

    def _finish(self, result: Any, error: BaseException | None) -> None:
        """In the GUI thread: call back whoever still waits, once, and forget them."""
        _lanes.open.discard(self)
        self.came_to = "done" if error is None else "stopped" if isinstance(error, Cancelled) else "failed"
        then, failed, orphaned = self._then, self._failed, self._orphaned
        self._then = self._failed = self._orphaned = self._progress = None
        wanted = self._wanted
        self._context = None
        if not wanted:
            if orphaned is not None and (error is None or isinstance(error, CairnError)):
                orphaned(result, error)
            elif not self._dropped and isinstance(error, CairnError):
                # The form that asked was closed meanwhile. That it failed is said all the same.
                _say(error)
        elif error is None:
            if then is not None:
                then(result)
        elif isinstance(error, CairnError):
            if failed is not None:
                failed(error)
            else:
                _say(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
            if failed is not None:
                # Whoever waits must not wait for ever, and words that were not kept must be kept again.
                failed(MachineError("machine.bug"))


class _Lanes:
    """Both lanes and what is under way. One for the process; GUI thread only."""

    def __init__(self) -> None:
        self.lanes: dict[Lane, ThreadPoolExecutor] = {}
        self.open: set[Task] = set()

    def lane(self, name: Lane) -> ThreadPoolExecutor:
        if name not in self.lanes:
            workers = 1 if name == "vault" else 3
            self.lanes[name] = ThreadPoolExecutor(workers, thread_name_prefix=f"cairn-{name}")
        return self.lanes[name]


_lanes = _Lanes()
_on_error: list[Callable[[CairnError], None]] = []
_on_lost: list[Callable[[CairnError], None]] = []


def on_error(show: Callable[[CairnError], None]) -> None:
    """Set what happens to a CairnError of work that gave no `failed`: the window shows a banner."""
    _on_error[:] = [show]


def _say(error: CairnError) -> None:
    if not isinstance(error, Cancelled) and _on_error:
        _on_error[0](error)


def run(
    context: QObject,
    work: Callable[[Progress], T],
    *,
    then: Callable[[T], None] | None = None,
    failed: Callable[[CairnError], None] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
    orphaned: Callable[[T | None, CairnError | None], None] | None = None,
    lane: Lane = "vault",
    job: str = "",
) -> Task:
    """Do `work` in the background and call back in the GUI thread while `context` lives.

    `work` is given a Progress and must touch no widget. `failed` gets a CairnError (Cancelled
    included); without it the window's banner says what happened. Any other exception is a bug: it
    reaches `sys.excepthook` in the GUI thread, and `failed` gets `machine.bug`. `orphaned` is called in place of `then` and `failed` when
    nobody waits any more: for a result that must be given back, or an error that must not stay unsaid even
    behind a lock. Without it an error is said in the banner as long as the vault is open. `job` says in words what is
    done, where a person must be asked before the program closes over it.
    """
    task = Task(lane, context, job)
    task._then, task._failed, task._orphaned = then, failed, orphaned
    if progress is not None:
        task._progress = progress
        task.progressed.connect(task._tell, Qt.ConnectionType.QueuedConnection)
    _lanes.open.add(task)
    _lanes.lane(lane).submit(task._work, work)
    return task


def on_lost(tell: Callable[[CairnError], None]) -> None:
    """Set what happens when words could not be kept and the form that had them is gone."""
    _on_lost[:] = [tell]


def lost(_result: object, error: CairnError | None) -> None:
    """For `orphaned` of work that keeps words: somebody must hear that it failed."""
    if error is not None and _on_lost:
        _on_lost[0](error)


def drop_all() -> None:
    """Call nobody back any more, and cancel the long jobs: the vault is being locked.

    What waits in the vault lane is still done, because it may be the last words that were typed.
    """
    for task in list(_lanes.open):
        task.drop(stop=task.lane == "long")


def jobs() -> list[Task]:
    """What is under way that closing the program is asked about."""
    return [task for task in _lanes.open if task.job]


def busy() -> int:
    """How many pieces of work have not ended yet."""
    return len(_lanes.open)


def shut_down() -> None:
    """Drop everything and wait for the workers: the program ends."""
    drop_all()
    for lane in _lanes.lanes.values():
        lane.shutdown(wait=True, cancel_futures=False)
    _lanes.lanes.clear()
    _lanes.open.clear()
