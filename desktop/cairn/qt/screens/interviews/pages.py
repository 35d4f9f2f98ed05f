"""The pages of an interview's tabs. All but the form are built when they are first opened or asked for."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QStackedWidget

from cairn.app.kernel.views import InterviewView
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.interviews.coding.tab import CodingTab
from cairn.qt.screens.interviews.consent import ConsentTab
from cairn.qt.screens.interviews.conversation.tab import ConversationTab
from cairn.qt.screens.interviews.files import FilesTab
from cairn.qt.screens.interviews.history import HistoryTab
from cairn.qt.screens.interviews.persons.tab import PeopleTab
from cairn.qt.screens.interviews.prepare.tab import PrepareTab
from cairn.qt.screens.interviews.reading.tab import ReadingTab
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.screens.interviews.transcript.tab import TranscriptTab
from cairn.qt.widgets import Tabs

P = TypeVar("P", bound=InterviewTab)

TABS: tuple[type[InterviewTab], ...] = (
    ReadingTab,
    PrepareTab,
    ConsentTab,
    ConversationTab,
    PeopleTab,
    CodingTab,
    FilesTab,
    TranscriptTab,
    HistoryTab,
)
"""All but the form, which stands from the beginning. A tab more is one more here, and its word below."""
ACCOUNT = "account"
HELP = {ACCOUNT: "first-interview", **{tab.KEY: tab.HELP for tab in TABS}}
"""The page of the help for each tab."""
DRAFTS = frozenset().union(*(tab.DRAFTS for tab in TABS))
"""Kinds of draft that a tab may hold before it was ever built."""


def interview_tabs() -> Tabs:
    """The tabs of an interview, in the order of the work."""
    translate = QCoreApplication.translate
    return Tabs(
        [
            ("read", translate("Workspace", "Read")),
            ("prepare", translate("Workspace", "Prepare")),
            ("account", translate("Workspace", "Account")),
            ("consent", translate("Workspace", "Consent")),
            ("conversation", translate("Workspace", "Conversation")),
            ("people", translate("Workspace", "People")),
            ("acts", translate("Workspace", "Acts")),
            ("files", translate("Workspace", "Files")),
            ("transcript", translate("Workspace", "Transcript")),
            ("history", translate("Workspace", "History")),
        ],
        translate("Workspace", "Parts of the interview"),
    )


class Pages(QStackedWidget):
    """The tabs' pages, which scroll inside: a low window must not squeeze the header for the tallest of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.built: list[InterviewTab] = []
        """Those that were opened or asked for."""

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(240))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def page(self, kind: type[P]) -> P | None:
        """The page of this kind, if it was built."""
        return next((one for one in self.built if isinstance(one, kind)), None)

    def build(self, kind: type[P], view: InterviewView) -> P:
        """Build the page of this kind and show `view` in it."""
        # Inside from the first: a widget that moves makes the style sheet look at all it holds again.
        made = kind(self._desk, view, self)
        self.built.append(made)
        self.addWidget(made)
        made.show_view(view)
        return made

    def typed(self, unsaved: frozenset[str]) -> bool:
        """Whether something stands in a tab that no version holds; `unsaved` are the kinds of which the vault has drafts."""
        waiting = unsaved & DRAFTS
        for part in self.built:
            if part.typed:
                return True
            # What the page shows is newer than what was loaded with the interview; only a transcript may be another one.
            waiting -= frozenset() if isinstance(part, TranscriptTab) else part.DRAFTS
        return bool(waiting)
