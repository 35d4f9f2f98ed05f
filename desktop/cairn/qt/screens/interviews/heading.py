"""The head of an interview's workspace: its code name, its state, and what can be done with it as a whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from cairn.app.kernel.views import InterviewView
from cairn.model.kinds.interview import Interview
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.base.writing import writing
from cairn.qt.widgets import Banner, Chip, Elided, button, column, icon_button, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends

LEAST_NAMES = 200
"""Design pixels for the code name and the state beside the buttons."""


class Heading(QWidget):
    """Shows what is written and asks its workspace for what is clicked. `below` stands under it: the tabs."""

    save_wanted = Signal()
    finalise_wanted = Signal()
    correct_wanted = Signal()
    """Begin to correct what is finalised."""
    give_up_wanted = Signal()
    """Leave what is finalised as it was."""
    discard_wanted = Signal()
    erase_wanted = Signal()
    back_wanted = Signal()
    """Back to the list, where the window is too narrow for both."""
    versions_wanted = Signal()
    """Two devices wrote something different: look at both."""

    def __init__(self, below: QWidget) -> None:
        super().__init__()
        self._title = Elided("", "title")
        self._state = Chip()
        self._line = Elided("", "soft")
        self._save = button(self.tr("Save version"), self.save_wanted.emit)
        self._finalise = button(
            self.tr("Finalise interview"), self.finalise_wanted.emit, kind="primary", glyph=""
        )
        self._correct = button(self.tr("Correct…"), self.correct_wanted.emit, glyph="edit")
        self._give_up = button(self.tr("Leave as it was"), self.give_up_wanted.emit, kind="quiet")
        only_where_kept(self._save, self._finalise, self._correct, self._give_up)
        self.banner = Banner()
        self._back = icon_button("arrow-left", self.tr("Back to the list"), self.back_wanted.emit)
        self._back.hide()
        names, buttons = QWidget(), QWidget()
        names_row = row(self._back, self._title, self._state, space=8)
        names_row.setStretch(1, 1)
        names.setLayout(names_row)
        buttons.setLayout(
            row(self._give_up, self._save, self._correct, self._finalise, self._menu(), space=8)
        )
        self._title_row = Ends(names, buttons, least=LEAST_NAMES)
        head = column(self._title_row, self._line, self.banner, below, space=8)
        edge = theme().px(24)
        head.setContentsMargins(edge, theme().px(18), edge, 0)
        self.setLayout(head)

    def _menu(self) -> QToolButton:
        made = icon_button("more", self.tr("More for this interview"))
        menu = QMenu(made)
        self._discard = discard = menu.addAction(self.tr("Undo everything since the last version…"))
        discard.triggered.connect(lambda: self.discard_wanted.emit())
        menu.addSeparator()
        erase = menu.addAction(self.tr("Erase this interview…"))
        only_where_kept(erase)
        erase.triggered.connect(lambda: self.erase_wanted.emit())
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def set_narrow(self, narrow: bool, *, folded: bool) -> None:
        """Whether the buttons go below, and whether the list is folded away: then there is a way back to it."""
        self._back.setVisible(folded)
        self._title_row.set_below(narrow)
        self._line.setHidden(narrow)

    def show_body(self, body: Interview, view: InterviewView, *, unsaved: bool) -> None:
        """What is written now; `unsaved`: something else than the last version holds."""
        self._title.show_text(body.title or self.tr("Without a name"))
        parts = [body.date.shown, body.place, ", ".join(body.languages)]
        self._line.show_text(" · ".join(part for part in parts if part))
        if view.base is None:
            self._state.set(self.tr("draft"))
        elif unsaved:
            self._state.set(self.tr("changed, not saved"), "warn")
        elif view.final:
            self._state.set(self.tr("finalised"), "good")
        else:
            self._state.set(self.tr("saved"))
        can = not view.read_only
        amends = view.final or not view.own
        show_if(self._save, can and not view.frozen)
        self._save.setText(self.tr("Save correction…") if amends else self.tr("Save version"))
        show_if(self._correct, can and view.frozen)
        show_if(self._give_up, can and view.final and not view.frozen)
        show_if(self._finalise, can and not view.final and view.own)
        self._discard.setEnabled(can and (unsaved or view.base is None) and not writing().why)

    def show_notice(self, view: InterviewView) -> None:
        """The one thing about this interview that must be known before anything is done with it, if there is one."""
        if view.read_only:
            self.banner.show_message(messages.sentence(view.read_only), "warn", closable=False)
        elif view.conflicts:
            self.banner.show_message(
                self.tr("Another device has written something different. Both are kept until you settle it."),
                "warn",
                action=self.tr("Look at both"),
                clicked=self.versions_wanted.emit,
                closable=False,
            )
        elif view.consent.set and view.consent.choice == "nothing":
            self.banner.show_message(
                self.tr("The person agreed to nothing. Nothing of this may be kept."),
                "danger",
                action=self.tr("Erase this interview…"),
                clicked=self.erase_wanted.emit,
                closable=False,
            )
        elif view.final and not view.frozen:
            self.banner.show_message(
                self.tr(
                    "You are correcting a finalised interview. What you change is a draft until you save the "
                    "correction with its reason; the finalised version stays beside it."
                ),
                closable=False,
            )
        elif view.frozen and not view.own:
            self.banner.show_message(
                self.tr(
                    "Taken in from {device}, finalised. It can only be read until you correct it."
                ).format(device=view.device_label),
                closable=False,
            )
        elif not view.own:
            text = self.tr(
                "Taken in from {device}. A change here is a version of your own and needs a reason."
            )
            self.banner.show_message(text.format(device=view.device_label), closable=False)
        else:
            self.banner.clear()
