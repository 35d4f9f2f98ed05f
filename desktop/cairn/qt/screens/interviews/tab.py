"""What every tab of an interview is to the workspace: one class a tab, named once in `pages.TABS`."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import InterviewView
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper


class InterviewTab(QWidget):
    """One tab. It is made with (desk, view, parent) when it is first opened or asked for, and then shown the view.

    What a tab does not do it leaves as it is here: nothing typed, nothing to hand over, one place.
    """

    changed = Signal()
    """Something of the interview is different now: everything that shows it loads anew."""
    edited = Signal()
    """Something was typed here: the header says so."""
    tab_wanted = Signal(str)
    """Go to another tab, `KEY` or `KEY:PLACE`."""

    KEY: ClassVar[str]
    HELP: ClassVar[str]
    """The page of the help for it."""
    ROOM: ClassVar[bool] = False
    """Whether it takes the room of the list: text and what is made of it stand beside each other."""
    DRAFTS: ClassVar[frozenset[str]] = frozenset()
    """Kinds of draft that are typed here and that it takes for words that no version holds."""

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        """`parent` from the first: a widget that moves makes the style sheet look at all it holds again."""
        super().__init__(parent)

    def show_view(self, view: InterviewView) -> None:
        """Show what stands now, never over words that were typed."""
        raise NotImplementedError

    def opened(self) -> None:
        """The tab was opened by a person."""

    def leave(self) -> None:
        """Another tab is shown now."""

    def go(self, place: str) -> None:
        """Show a place of it, as `place` named it or a search found it."""

    def place(self) -> str:
        """Where the person is, for coming back after a lock."""
        return self.KEY

    def reader(self) -> QWidget:
        """What takes the keys when the tab is gone to."""
        return self

    @property
    def typed(self) -> bool:
        """Whether something stands here that no version holds."""
        return False

    def keepers(self) -> tuple[DraftKeeper, ...]:
        """The keepers of what is typed here."""
        return ()

    def commit_composition(self) -> None:
        """Take what an input method still composes as typed."""

    def let_go(self) -> None:
        """The workspace is being closed: let go of what is open."""
