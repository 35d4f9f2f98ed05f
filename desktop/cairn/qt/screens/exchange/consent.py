"""What leaves, and what stays: the third step of sealing, exactly as the consent gate answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cairn.app.files import photos
from cairn.app.kernel.views import Problem
from cairn.app.leaving.views import Leaving, SealGroup, SealInterview, SealPreview, Staying
from cairn.qt.base import messages
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import emptied
from cairn.qt.widgets import ProgressPanel, button, card, column, hline, label, row
from cairn.qt.widgets.facts import Line, Notice

MOST_CARDS = 30
TOLD_APART = ("interview", "consent", "note", "transcript")
"""Kinds without bytes that have words of their own here; every other is told by its name and number."""
MOST_FILES = 8
SAID_BY_CARDS = ("sealing.stays-whole", "sealing.nothing-chosen", "sealing.too-many")


class InterviewCard(QWidget):
    """One interview: a row for each part, whether it leaves, and why not."""

    def __init__(self, shown: SealInterview, recipients: str, *, opened: bool) -> None:
        super().__init__()
        self._shown = shown
        self._recipients = recipients
        self._layout = column(space=0)
        self.setLayout(self._layout)
        self._build(opened)

    def _build(self, opened: bool) -> None:
        emptied(self._layout)
        shown = self._shown
        name = label(words.title(shown.title), "heading", wrap=True)
        parts: list[QWidget] = []
        if opened:
            head = column(name, space=2)
            if shown.leaves and self._recipients:
                to = self.tr("to {names}").format(names=self._recipients)
                head.addWidget(label(to, "caption", wrap=True))
            holder = QWidget()
            holder.setLayout(head)
            parts.append(holder)
            for line in self._lines():
                parts += [hline(), line]
        else:
            said = self.tr("Everything leaves, nothing is held back.")
            more = button(self.tr("Show"), lambda: self._build(True), kind="quiet")
            more.setAccessibleName(
                self.tr("Show what leaves of {title}").format(title=words.title(shown.title))
            )
            text = column(name, label(said, "caption", wrap=True), space=2)
            holder = QWidget()
            layout = row(text, more)
            layout.setStretch(0, 1)
            holder.setLayout(layout)
            parts.append(holder)
        self._layout.addWidget(card(*parts, space=14))

    def _lines(self) -> list[QWidget]:
        shown = self._shown
        reasons = {each.code for each in shown.stays}
        if not shown.leaves and len(reasons) == 1:
            # One reason holds back the whole interview: say it once.
            sentence = messages.sentence(reasons.pop())
            return [Line(self.tr("Everything stays"), sentence, tone="danger", chip=self.tr("stays"))]
        lines = self._leaving(shown.leaves)
        for code in dict.fromkeys(each.code for each in shown.stays):
            lines += self._staying([each for each in shown.stays if each.code == code], code)
        return lines

    def _leaving(self, leaves: Sequence[Leaving]) -> list[QWidget]:
        leave = self.tr("leaves")
        made: list[QWidget] = []
        kinds = [each.kind for each in leaves]
        if "interview" in kinds:
            soft = self.tr("What was told, when and where, the people present")
            made.append(Line(self.tr("Account"), soft, tone="good", chip=leave))
        if "consent" in kinds:
            soft = self.tr("What the person agreed to")
            made.append(Line(self.tr("Consent"), soft, tone="good", chip=leave))
        if "note" in kinds:
            made.append(Line(words.notes(kinds.count("note")), tone="good", chip=leave))
        if "transcript" in kinds:
            made.append(Line(words.transcripts(kinds.count("transcript")), tone="good", chip=leave))
        for kind in _others(leaves):
            made.append(Line(messages.kinds(kind, kinds.count(kind)), tone="good", chip=leave))
        attached = [each for each in leaves if each.has_bytes]
        for each in attached[:MOST_FILES]:
            made.append(Line(self._named(each), messages.size(each.size), tone="good", chip=leave))
        rest = attached[MOST_FILES:]
        if rest:
            name = self.tr("{files} more").format(files=words.files(len(rest)))
            size = messages.size(sum(each.size for each in rest))
            made.append(Line(name, size, tone="good", chip=leave))
        return made

    def _staying(self, stays: Sequence[Staying], code: str) -> list[QWidget]:
        names = {
            "interview": self.tr("Account"),
            "consent": self.tr("Consent"),
            "note": words.notes(sum(each.kind == "note" for each in stays)),
            "transcript": words.transcripts(sum(each.kind == "transcript" for each in stays)),
        }
        titles = [names[kind] for kind in dict.fromkeys(each.kind for each in stays) if kind in names]
        titles += [messages.kinds(kind, sum(each.kind == kind for each in stays)) for kind in _others(stays)]
        titles += [self._named(each) for each in stays if each.has_bytes]
        shown = titles[:MOST_FILES]
        if len(titles) > len(shown):
            shown.append(self.tr("{files} more").format(files=words.files(len(titles) - len(shown))))
        reason = messages.sentence(code)
        return [Line(each, reason, tone="danger", chip=self.tr("stays")) for each in shown]

    def _named(self, each: Leaving | Staying) -> str:
        if each.kind == "recording":
            return self.tr("Recording “{name}”").format(name=each.name)
        return self.tr("File “{name}”").format(name=each.name)


def _others(items: Sequence[Leaving | Staying]) -> list[str]:
    """The kinds that are told by their name and number: whatever leaves or stays is told in some way."""
    return list(
        dict.fromkeys(each.kind for each in items if each.kind not in TOLD_APART and not each.has_bytes)
    )


class ConsentStep(QWidget):
    """The cards of all chosen interviews; those that are held back in part stand first."""

    drafts_wanted = Signal(bool)
    words_wanted = Signal()
    """Make versions of the words of recordings that are typed only."""
    corrections_wanted = Signal()
    """Make versions of corrections that are typed only, once their reason was asked for."""
    cuts_wanted = Signal()
    """Make what may leave in place of recordings that hold something off the record."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self._parts = column(space=16)
        self._cards = column(space=16)
        self._preview: SealPreview | None = None
        self.include: QCheckBox | None = None
        self.setLayout(column(self.progress, self._parts, self._cards, None, space=16))

    def show_preview(self, preview: SealPreview, cuts: int = 0) -> None:
        """Show what sealing would do now; `cuts` recordings could leave if a cut of them were made."""
        self._preview = preview
        emptied(self._parts)
        emptied(self._cards)
        offered = {title for _, title in (*preview.open_transcripts, *preview.corrections)}
        for problem in preview.problems:
            if problem.code == "sealing.draft-left-out" and problem.values.get("title") in offered:
                continue
            if not problem.code.startswith("gate.") and problem.code not in SAID_BY_CARDS:
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
        self._add(_in_order(preview), 0)

    def say_telling(self, found: Sequence[photos.Telling]) -> None:
        """Say which pictures would leave with more than they show."""
        if self._preview is None or not found:
            return
        said = self.tr("%n picture(s) would leave with more than can be seen, such as where or when they were taken: {names}.", "", len(found))  # fmt: skip
        names = [each.name for each in found[:MOST_FILES]]
        if len(found) > MOST_FILES:
            names.append(self.tr("{files} more").format(files=words.files(len(found) - MOST_FILES)))
        offer = self.tr("A copy for sharing holds only what is seen. Make it under Files of the interview, and remove the original there if it shall not leave.")  # fmt: skip
        self._parts.insertWidget(0, Notice(f"{said.format(names=words.together(names))} {offer}", "warn"))

    def _add(self, ordered: Sequence[tuple[SealGroup, SealInterview]], start: int) -> None:
        several = len({id(group) for group, _ in ordered}) > 1
        for number, (group, each) in enumerate(ordered[start : start + MOST_CARDS], start):
            names = words.together([row.label for row in group.recipients])
            if several and (number == 0 or ordered[number - 1][0] is not group):
                self._cards.addWidget(self._heading(group, names))
            self._cards.addWidget(InterviewCard(each, names, opened=bool(each.stays) or number == 0))
        left = len(ordered) - start - MOST_CARDS
        if left > 0:
            more = button(self.tr("Show {interviews} more").format(interviews=words.interviews(left)))

            def show_more() -> None:
                self._cards.removeWidget(more)
                more.hide()
                more.deleteLater()
                self._add(ordered, start + MOST_CARDS)

            more.clicked.connect(lambda _checked=False: show_more())
            self._cards.addWidget(more)

    def _heading(self, group: SealGroup, names: str) -> QWidget:
        """Above what some of the recipients get, where not all get the same."""
        said = self.tr("In the bundle for {names}") if group.leaves else self.tr("No bundle for {names}")
        return label(said.format(names=names), "heading", wrap=True)

    def _cuts(self, count: int) -> QWidget:
        said = self.tr(
            "%n recording(s) hold something that was said off the record, and stay here.", "", count
        )
        offer = self.tr(
            "What can leave instead is a copy without those words. It names the original by its SHA-256."
        )
        make = button(self.tr("Make the copies"), self.cuts_wanted.emit, glyph="cut")
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


def _in_order(preview: SealPreview) -> list[tuple[SealGroup, SealInterview]]:
    """What each group gets, one group after the other; in each, what is held back in part stands first."""
    return [
        (group, each)
        for group in preview.groups
        for each in sorted(group.interviews, key=lambda one: not one.stays)
    ]


def blocking(preview: SealPreview) -> list[Problem]:
    """What stops sealing, if anything does."""
    if preview.ready:
        return []
    stops = [
        each
        for each in preview.problems
        if each.code.startswith("gate.") or each.code in ("sealing.nothing-chosen", "sealing.too-many")
    ]
    return stops or list(preview.problems[:1])
