"""How the viewers send work to the background, and how failures get their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks

T = TypeVar("T")


def later(
    context: QObject,
    work: Callable[[], T],
    *,
    then: Callable[[T], None],
    failed: Callable[[CairnError], None],
) -> None:
    """Do `work` on a worker that the vault doesn't wait for, then call back while `context` lives."""

    def in_worker(_: Progress) -> T:
        return work()

    tasks.run(context, in_worker, then=then, failed=failed, lane="long")


def sentence(error: CairnError) -> str:
    """The sentence for an error in the language of the window."""
    return messages.sentence(error)


def button(text: str, hint: str, act: Callable[[], object], *, kind: str = "quiet") -> QPushButton:
    """A button in words; `hint` is its name for a screen reader and its tool tip."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(hint)
    made.setToolTip(hint)
    # Enter in a button of a viewer must not press a dialog's default.
    made.setAutoDefault(False)
    made.clicked.connect(act)
    return made
