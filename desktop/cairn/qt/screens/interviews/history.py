"""The History tab: every version, what changed between them, and conflicts to settle."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSplitter, QTextEdit, QVBoxLayout, QWidget

from cairn.app.consent import wording
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts
from cairn.app.kernel.views import ConflictView, FieldChange, InterviewView, VersionView
from cairn.app.people import naming
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.media.sound.drawing import mark_name
from cairn.qt.screens.interviews.people import role_words
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import EmptyState, Row, RowList, ask, button, card, column, label, scroll
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Beside, Flow

NARROW = 620
WAYS = 350


def what_words() -> dict[str, str]:
    """What a version did, in words."""
    translate = QCoreApplication.translate
    return {
        "created": translate("Versions", "written"),
        "changed": translate("Versions", "changed"),
        "finalised": translate("Versions", "finalised"),
        "corrected": translate("Versions", "corrected"),
        "removed": translate("Versions", "removed"),
        "brought-back": translate("Versions", "brought back"),
        "settled": translate("Versions", "settled"),
        "typed": translate("Versions", "changed, not saved"),
    }


_CODE = re.compile(r"\b(?:answer|use|part|to|until|role|mark)-[a-z]+(?:-[a-z]+)*")
"""A code in the grid of a consent, beside a person's name, in a list of marks."""
_CODED = ("contacts", "grid", "people", "marks")
"""Fields with codes in them: everything else is what people wrote, and is never touched."""


def _word(code: str) -> str:
    """A code in the language of the screen."""
    of, _, rest = code.partition("-")
    if of == "role":
        return role_words().get(rest, rest)
    return mark_name(rest) if of == "mark" else wording.word(code, messages.language())


def named(changes: list[FieldChange], labels: dict[str, str]) -> list[FieldChange]:
    """The same changes with contacts called by their names where they are known."""

    def name(text: str) -> str:
        for fingerprint, called in labels.items():
            text = text.replace(fingerprint, called)
        return text

    def worded(text: str) -> str:
        return _CODE.sub(lambda code: _word(code[0]), name(text))

    says = {"contacts": name, "grid": worded, "people": worded, "marks": worded}
    return [
        replace(change, pieces=tuple((kind, says[change.field](text)) for kind, text in change.pieces))
        if change.field in says
        else change
        for change in changes
    ]


class HistoryTab(InterviewTab):
    """Versions at the left, newest first; at the right what the chosen one changed."""

    KEY, HELP = "history", "first-interview"

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._versions: dict[str, VersionView] = {}
        self.list = RowList(self.tr("Versions"))
        self.list.chosen.connect(self._compare)
        self.list.setMinimumHeight(theme().px(170))
        self._who = label("", "soft", wrap=True)
        self._text = QTextEdit()
        self._text.setReadOnly(True)
        self._text.setMinimumHeight(theme().px(140))
        self._text.setProperty("reading", "true")
        self._text.setAccessibleName(self.tr("What changed"))
        self._text.setFrameShape(QTextEdit.Shape.NoFrame)
        self._conflicts = QVBoxLayout()
        self._conflicts.setContentsMargins(0, 0, 0, 0)
        self._conflicts.setSpacing(theme().px(12))
        self._conflict_box = QWidget()
        self._conflict_box.setLayout(self._conflicts)
        right = QWidget()
        right.setLayout(column(self._who, self._text, space=8, margin=0))
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme().px(16))
        split.setChildrenCollapsible(False)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([theme().px(300), theme().px(480)])
        split.setStretchFactor(1, 1)
        self._conflict_box.setAccessibleName(self.tr("Versions to settle"))
        self._none = EmptyState(
            self.tr("There is no version yet. “Save version” makes the first one."), glyph="history"
        )
        split.hide()
        layout = column(self._conflict_box, self._none, split, space=12)
        for part in (self._none, split):
            layout.setStretchFactor(part, 1)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(16), edge, theme().px(16))
        inner = QWidget()
        inner.setLayout(layout)
        self.setLayout(column(scroll(inner), space=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one above the other where there is no room for both."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(NARROW)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def show_view(self, view: InterviewView) -> None:
        """Another state of the interview."""
        self._view = view
        if self.isVisible():
            self.load()
        self._show_conflicts()

    def opened(self) -> None:
        self.load()

    def load(self) -> None:
        """Fetch the versions."""
        session, interview = self._desk.session, self._view.id
        tasks.run(
            self,
            lambda _progress: interviews.typed(session, interview) + interviews.history(session, interview),
            then=self._show,
        )

    def _show(self, versions: list[VersionView]) -> None:
        self._versions = {_key(one): one for one in versions}
        self.list.set_rows([self._row(one) for one in versions])
        if versions and not self.list.chosen_id:
            self.list.choose(_key(versions[0]), tell=True)
        self._none.setVisible(not versions)
        self._split.setVisible(bool(versions))

    def _row(self, one: VersionView) -> Row:
        what = what_words().get(one.what, one.what)
        title = f"{messages.kind(one.kind)}: {what}"
        if one.name:
            # Several files may have been added in the same minute.
            title = f"{title} · {one.name}"
        line = " · ".join(
            part for part in (messages.moment(one.created), one.author, one.device_label) if part
        )
        chips: list[tuple[str, str]] = []
        if one.state == "proposed":
            chips.append((self.tr("proposed"), "warn"))
        elif one.state == "draft":
            chips.append((self.tr("draft"), "warn"))
        elif one.what == "finalised":
            chips.append((self.tr("finalised"), "good"))
        elif one.head:
            chips.append((self.tr("now"), "neutral"))
        return Row(_key(one), title, line, tuple(chips))

    def _compare(self, key: str) -> None:
        one = self._versions.get(key)
        if one is None:
            return
        parts = [messages.moment(one.created), one.author, one.device_label]
        who = " · ".join(part for part in parts if part)
        if one.reason:
            who += "\n" + self.tr("Reason: {reason}").format(reason=one.reason)
        self._who.setText(who)
        session, interview, language = self._desk.session, self._view.id, messages.language()
        before = one.parents[0] if one.parents and one.parents[0] in self._versions else None

        def work(_progress: object) -> list[FieldChange]:
            say = naming.said(session, interview, language)
            if one.state == "draft":
                changes = interviews.typed_difference(session, interview, one.record, say)
            else:
                changes = interviews.difference(session, before, one.sha, say)
            if any(change.field in _CODED for change in changes):
                return named(changes, {row.fingerprint: row.label for row in contacts.rows(session)})
            return changes

        tasks.run(self, work, then=partial(self._show_changes, one.kind))

    def _show_changes(self, kind: str, changes: list[FieldChange]) -> None:
        write_changes(self._text, changes, kind)
        if not changes:
            self._text.setPlainText(self.tr("The words are the same as before."))

    # Conflicts

    def _show_conflicts(self) -> None:
        while self._conflicts.count():
            item = self._conflicts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for conflict in self._view.conflicts:
            self._conflicts.addWidget(self._conflict(conflict))
        self._conflict_box.setVisible(bool(self._view.conflicts))

    def _conflict(self, conflict: ConflictView) -> QWidget:
        kind = messages.kind(conflict.kind)
        parts: list[QWidget] = [label(f"{kind}: {conflict.name}", "strong", wrap=True)]
        new = len(conflict.versions) == 1
        here = self.tr("this laptop")
        for version in conflict.versions:
            who = version.device_label or here
            when = messages.moment(version.created)
            text = label(self.tr("From {who}, {when}").format(who=who, when=when), "soft", wrap=True)
            look = button(self.tr("Show"), partial(self.list.choose, version.sha, tell=True), kind="quiet")
            keep_words = self.tr("Accept it") if new else self.tr("Keep this version")
            keep = button(keep_words, partial(self._ask_keep, conflict, version))
            only_where_kept(keep)
            ways = [look, keep]
            if version.state == "proposed":
                aside = button(self.tr("Set aside"), partial(self._ask_aside, conflict, version))
                only_where_kept(aside)
                ways.append(aside)
            parts.append(Beside(text, Flow(*ways), second_width=WAYS, least=220))
        return card(*parts, space=8, margin=16)

    def _ask_keep(self, conflict: ConflictView, version: VersionView) -> None:
        session = self._desk.session
        ask(
            self,
            self.tr("Keep this version?"),
            self.tr("It becomes the one that holds. The other stays in the history."),
            yes=self.tr("Keep this version"),
            reason=self.tr("Reason"),
            then=lambda reason: tasks.run(
                self,
                lambda _progress: interviews.settle(session, conflict.record, version.sha, reason),
                then=lambda _sha: self.changed.emit(),
            ),
        )

    def _ask_aside(self, conflict: ConflictView, version: VersionView) -> None:
        session = self._desk.session
        ask(
            self,
            self.tr("Set this version aside?"),
            self.tr("What stood here before goes on to hold. The version stays in the history."),
            yes=self.tr("Set aside"),
            reason=self.tr("Reason"),
            then=lambda reason: tasks.run(
                self,
                lambda _progress: interviews.set_aside(session, conflict.record, version.sha, reason),
                then=lambda _sha: self.changed.emit(),
            ),
        )


def _key(one: VersionView) -> str:
    """What the list calls a version; a draft has no hash, and there is one of a record."""
    return one.sha or f"draft:{one.record}"


def write_changes(view: QTextEdit, changes: list[FieldChange], kind: str) -> None:
    """Write differences: what is new underlined, what is gone struck out, so that colour is not needed to read it."""
    t = theme().tokens
    view.clear()
    cursor = QTextCursor(view.document())
    heading, same, new, gone = (QTextCharFormat() for _ in range(4))
    heading.setFontWeight(600)
    heading.setForeground(QColor(t.ink_soft))
    same.setForeground(QColor(t.ink))
    new.setForeground(QColor(t.accent))
    new.setBackground(QColor(t.accent_soft))
    new.setFontUnderline(True)
    gone.setForeground(QColor(t.danger))
    gone.setBackground(QColor(t.danger_soft))
    gone.setFontStrikeOut(True)
    forms = {"same": same, "new": new, "gone": gone}
    for number, change in enumerate(changes):
        if number:
            cursor.insertText("\n\n", same)
        cursor.insertText(messages.field(kind, change.field) + "\n", heading)
        for how, text in change.pieces:
            cursor.insertText(messages.value(change.field, text), forms.get(how, same))
    view.moveCursor(QTextCursor.MoveOperation.Start)
