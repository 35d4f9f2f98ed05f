"""Bugs of ours: where they are is logged, never what they held, because an exception's text may be content."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QThread

log = logging.getLogger("cairn.qt")
_tell: list[Callable[[], None]] = []


def install() -> None:
    """Take over what Python does with exceptions that nobody caught, in every thread."""
    sys.excepthook = report
    sys.unraisablehook = lambda found: report(found.exc_type, found.exc_value, found.exc_traceback)
    threading.excepthook = lambda found: report(found.exc_type, found.exc_value, found.exc_traceback)


def on_bug(tell: Callable[[], None]) -> None:
    """Set how the person is told that something went wrong."""
    _tell[:] = [tell]


def report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Log the kind of a bug and its place; tell the person where that is possible."""
    place = "?"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    log.error("bug %s at %s", kind.__name__, place)
    app = QCoreApplication.instance()
    if _tell and app is not None and QThread.currentThread() is app.thread():
        tell, _tell[:] = _tell[0], []
        # Taken away while it speaks: a bug in telling must not tell of itself for ever.
        try:
            tell()
        finally:
            _tell[:] = [tell]
