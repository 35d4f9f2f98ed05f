"""Which of several transcripts of a recording is shown; removing one, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QWidget

from cairn.app.sound import transcripts
from cairn.app.sound.transcripts import Choice, TranscriptView
from cairn.model.ids import RecordId
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import ask, icon_button
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept


class Several(QWidget):
    """Holds the two controls, which the tab places. Call `show_view` with each transcript that is shown."""

    chosen = Signal(str)
    """Id of the transcript that is wanted."""
    changed = Signal(str)
    """One was removed, or brought back; the id of the transcript to show, or nothing."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._desk = desk
        self._shown: TranscriptView | None = None
        self._removed: Sequence[RecordId] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Transcript"))
        self.choice.setToolTip(self.tr("There is more than one transcript of this recording"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        self.choice.activated.connect(lambda _index: self._chosen())
        self.more = icon_button("more", self.tr("More for this transcript"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.remove = menu.addAction(self.tr("Remove the transcript…"), self._ask_remove)
        self.bring_back = menu.addAction(self.tr("Bring back the removed transcript…"), self._ask_bring_back)
        only_where_kept(self.remove, self.bring_back)
        self.more.setMenu(menu)

    def show_view(self, shown: TranscriptView, removed: Sequence[RecordId], *, writing: bool) -> None:
        """Take over what is shown; `removed` can be brought back, `writing` says whether anything may change."""
        self._shown, self._removed = shown, removed
        self.choice.clear()
        for each in shown.choices:
            self.choice.addItem(self._name(each), each.id)
        if shown.id not in [each.id for each in shown.choices]:
            self.choice.addItem(self.tr("New, not saved yet"), shown.id)
        self.choice.setCurrentIndex(self.choice.findData(shown.id))
        show_if(self.choice, len(shown.choices) > 1 or (bool(shown.choices) and self.choice.count() > 1))
        self.remove.setVisible(writing and shown.base is not None and not shown.from_master)
        self.bring_back.setVisible(writing and bool(removed))
        show_if(self.more, self.remove.isVisible() or self.bring_back.isVisible())

    def _name(self, each: Choice) -> str:
        """Languages, who wrote it, and when: what tells one from the other."""
        languages = " → ".join(one for one in (each.language, each.translation) if one)
        who = each.author or each.device
        if each.author and each.device:
            who = f"{each.author} ({each.device})"
        return " · ".join(one for one in (languages, who, messages.day(each.changed)) if one)

    def _chosen(self) -> None:
        wanted = self.choice.currentData()
        if self._shown is not None and wanted and wanted != self._shown.id:
            self.chosen.emit(wanted)

    def _ask_remove(self) -> None:
        shown, session = self._shown, self._desk.session
        if shown is None:
            return
        ask(
            self.more,
            self.tr("Remove this transcript?"),
            self.tr(
                "It no longer leaves with bundles. What is typed and not saved is given up. You can bring it back; "
                "its versions stay in the history."
            ),
            yes=self.tr("Remove transcript"),
            reason=self.tr("Reason"),
            then=lambda reason: tasks.run(
                self,
                lambda _progress: transcripts.remove(session, shown.id, reason),
                then=lambda _done: self.changed.emit(""),
            ),
        )

    def _ask_bring_back(self) -> None:
        session = self._desk.session
        if not self._removed:
            return
        record = self._removed[0]
        ask(
            self.more,
            self.tr("Bring the transcript back?"),
            self.tr("The one that was removed last is shown again, as it was saved."),
            yes=self.tr("Bring back"),
            reason=self.tr("Reason"),
            then=lambda reason: tasks.run(
                self,
                lambda _progress: transcripts.bring_back(session, record, reason),
                then=lambda _done: self.changed.emit(record),
            ),
        )
