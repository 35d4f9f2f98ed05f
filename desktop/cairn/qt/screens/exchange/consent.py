"""What leaves, and what stays: the third step of sealing, exactly as the consent gate answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from cairn.app.files.telling import Telling
from cairn.app.kernel.views import Problem
from cairn.app.leaving import sealing
from cairn.app.leaving.views import SealGroup, SealInterview, SealPreview
from cairn.qt.base import messages
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.names import NamesPanel
from cairn.qt.screens.exchange.page import emptied, list_card
from cairn.qt.widgets import ProgressPanel, button, card, column, hline, label, row
from cairn.qt.widgets.facts import Notice
from cairn.qt.widgets.items import Entry, ItemList
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends
from cairn.qt.widgets.saying import Saying

MOST_NAMED = 8
SAID_BY_LIST = ("sealing.stays-whole", "sealing.held-whole", "sealing.nothing-chosen", "sealing.too-many")


class ConsentStep(QWidget):
    """The words of the consent, what must be said before, and one list of everything that leaves or stays."""

    drafts_wanted = Signal(bool)
    words_wanted = Signal()
    """Make versions of the words of recordings that are typed only."""
    corrections_wanted = Signal()
    """Make versions of corrections that are typed only, once their reason was asked for."""
    cuts_wanted = Signal()
    """Make what may leave in place of recordings that hold something off the record."""
    held_changed = Signal()
    """`held` is another."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.held: set[str] = set()
        """Ids of the records that the person holds back; kept while going back and forth."""
        self._words_for = LeavingWords(self)
        self._saying = column(space=0)
        self._told = column(space=16)
        """What was said of files: it stays until more is known, so that nothing below it moves back and forth."""
        self._parts = column(space=16)
        self._preview: SealPreview | None = None
        self._telling: set[str] = set()
        self._only_stays = False
        self.include: QCheckBox | None = None
        self.totals: QLabel = label("", "strong", wrap=True)
        self.only = button(self.tr("Only what stays"), self._turn, kind="quiet")
        self.list = ItemList(self.tr("What leaves, and what stays"))
        self.list.acted.connect(self._hold)
        head = QWidget()
        line = column(Ends(self.totals, self.only, least=160, gap=12))
        edge = self.list.fontMetrics().height()
        line.setContentsMargins(edge, edge // 3, edge, edge // 2)
        head.setLayout(line)
        box = list_card(head, hline(), self.list)
        self.names = NamesPanel()
        self.names.held.connect(self._hold)
        layout = column(self.progress, self._saying, self.names, self._told, self._parts, box, space=16)
        layout.setStretchFactor(box, 1)
        self.setLayout(layout)

    def show_preview(self, preview: SealPreview, cuts: int = 0) -> None:
        """Show what sealing would do now; `cuts` recordings could leave if a cut of them were made."""
        self._preview = preview
        self.held = set(preview.held)
        emptied(self._parts)
        emptied(self._saying)
        one = _only_one(preview)
        if one is not None:
            self._saying.addWidget(Saying(*self._words_for.saying(one.consent)))
        offered = {title for _, title in (*preview.open_transcripts, *preview.corrections)}
        for problem in preview.problems:
            if problem.code == "sealing.draft-left-out" and problem.values.get("title") in offered:
                continue
            if not problem.code.startswith("gate.") and problem.code not in SAID_BY_LIST:
                self._parts.addWidget(Notice(messages.problem(problem), "warn"))
        if cuts:
            self._parts.addWidget(self._cuts(cuts))
        if preview.open_transcripts:
            self._parts.addWidget(self._words(preview))
        if preview.corrections:
            self._parts.addWidget(self._corrections(preview))
        self.include = None
        if preview.open_drafts:
            self._parts.addWidget(self._drafts(preview))
        self._fill()

    def _fill(self) -> None:
        preview = self._preview
        if preview is None:
            return
        shown = [each for group in preview.groups for each in group.interviews]
        leave, stay, held = (sum(some) for some in zip(*map(self._words_for.counts, shown), strict=True))
        one = _only_one(preview)
        said = self._words_for.totals(leave, stay, held)
        self.totals.setText(f"{words.title(one.title)} · {said}" if one is not None else said)
        self.only.setText(self.tr("Show everything") if self._only_stays else self.tr("Only what stays"))
        self.only.setAccessibleName(self.only.text())
        self.only.setVisible(bool(stay + held) or self._only_stays)
        several = len(preview.groups) > 1
        entries: list[Entry] = []
        for group in preview.groups:
            if several:
                entries.append(self._heading(group))
            # What is held back in part stands first.
            for each in sorted(group.interviews, key=lambda one: len(one.stays) == one.held):
                entries += self._words_for.entries(
                    each,
                    heading=words.title(each.title) if one is None else "",
                    with_words=one is None,
                    only_stays=self._only_stays,
                    telling=self._telling,
                )
        self.list.set_entries(entries)

    def _turn(self) -> None:
        self._only_stays = not self._only_stays
        self._fill()

    def _hold(self, record: str) -> None:
        """Hold an item back, or let it go again; what follows from it the gate says."""
        self.held ^= {record}
        self.list.say(record, **self._words_for.held_words(held=record in self.held))
        self.held_changed.emit()

    def say_telling(self, found: Sequence[Telling], *, stopped: bool = False) -> None:
        """Say which files would leave with more than they show or play; `stopped`: not all were looked at."""
        if self._preview is None:
            return
        emptied(self._told)
        if stopped:
            said = self.tr("Not every file was looked at. Some may tell more than they show.")
            self._told.addWidget(Notice(said, "warn"))
        telling: set[str] = {each.record for each in found}
        if telling != self._telling:
            self._telling = telling
            self._fill()
        if not found:
            return
        lines = [messages.problem(each.problem(messages.language())) for each in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            lines.append(self.tr("{files} more").format(files=words.files(len(found) - MOST_NAMED)))
        if any(each.copied for each in found):
            lines.append(self.tr("A copy for sharing holds only the content. Make it under Files, or of a recording a listening copy, and hold the original back here."))  # fmt: skip
        if not all(each.copied for each in found):
            lines.append(self.tr("Of some of these files Cairn can't make such a copy. Hold back what shall not leave."))  # fmt: skip
        self._told.insertWidget(0, Notice("\n".join(lines), "warn"))

    def _heading(self, group: SealGroup) -> Entry:
        """Above what some of the recipients get, where not all get the same."""
        names = words.together([row.label for row in group.recipients])
        said = self.tr("In the bundle for {names}") if group.leaves else self.tr("No bundle for {names}")
        key = " ".join(row.fingerprint for row in group.recipients)
        return Entry("bundle", said.format(names=names), id=key)

    def _cuts(self, count: int) -> QWidget:
        said = self.tr(
            "%n recording(s) hold something that was said off the record, and stay here.", "", count
        )
        offer = self.tr(
            "What can leave instead is a copy without those words. It names the original by its SHA-256."
        )
        make = button(self.tr("Make the copies"), self.cuts_wanted.emit, glyph="cut")
        only_where_kept(make)
        words_ = column(label(said, "strong", wrap=True), label(offer, "soft", wrap=True), space=4)
        return card(words_, row(make, None), space=12)

    def _words(self, preview: SealPreview) -> QWidget:
        titles = words.together([words.title(title) for _, title in preview.open_transcripts])
        said = self.tr("Words of a recording are typed but not saved as a version: {titles}").format(
            titles=titles
        )
        offer = self.tr("Only what is saved can leave. Without saving, these words stay here.")
        save = button(self.tr("Save them and go on"), self.words_wanted.emit, glyph="check")
        words_ = column(label(said, "strong", wrap=True), label(offer, "soft", wrap=True), space=4)
        return card(words_, row(save, None), space=12)

    def _corrections(self, preview: SealPreview) -> QWidget:
        titles = words.together([words.title(title) for _, title in preview.corrections])
        said = self.tr("A correction is typed but not saved: {titles}").format(titles=titles)
        offer = self.tr("It needs a reason. Without saving, it stays here, and what was saved before leaves.")
        save = button(
            self.tr("Save the correction and include it…"), self.corrections_wanted.emit, glyph="check"
        )
        words_ = column(label(said, "strong", wrap=True), label(offer, "soft", wrap=True), space=4)
        return card(words_, row(save, None), space=12)

    def _drafts(self, preview: SealPreview) -> QWidget:
        titles = words.together([words.title(title) for _, title in preview.open_drafts])
        said = self.tr("Typed but not saved as a version: {titles}").format(titles=titles)
        self.include = QCheckBox(self.tr("Save it and include it"))
        self.include.setAccessibleName(self.include.text())
        self.include.setAccessibleDescription(said)
        self.include.setChecked(preview.save_drafts)
        self.include.toggled.connect(self.drafts_wanted)
        return card(label(said, "strong", wrap=True), self.include, space=8)


def _only_one(preview: SealPreview) -> SealInterview | None:
    """The one interview that is chosen, if it is one, in one bundle: then its consent stands above everything."""
    shown = [each for group in preview.groups for each in group.interviews]
    return shown[0] if len(shown) == 1 else None


def blocking(preview: SealPreview) -> list[Problem]:
    """What stops sealing, if anything does."""
    if preview.ready:
        return []
    stops = [each for each in preview.problems if each.code.startswith("gate.") or each.code in sealing.STOPS]
    return stops or list(preview.problems[:1])
