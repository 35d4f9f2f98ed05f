"""A bundle that was opened, in words: who sealed it, whether it is whole, for whom, what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.arriving.incoming import INTERVIEWS
from cairn.app.kernel import contacts
from cairn.app.kernel.views import ContactRow, OpenedRoot, OpenedView, Problem
from cairn.model.kinds import registry
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.forms.compare_words import CompareWords
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import emptied
from cairn.qt.widgets import Field, button, card, column, hline, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.facts import Facts, Line, Notice
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Beside
from cairn.qt.widgets.trust import trust_tone, trust_word

SIDE = 300
MOST = 50
MOST_FILES = 6
STOPS = ("own", "revoked")
UNVERIFIED = "unverified"
COMPARABLE = ("unknown", UNVERIFIED)
SENDER = "opening.sender-"
CARD = "opening.card-"
ELSEWHERE = ("opening.own", "opening.passed-on")


class OpenedPane(QWidget):
    """What was found, and a way to trust the sender; `take_in` gets the sentence of an override, or nothing."""

    def __init__(
        self, desk: Desk, view: OpenedView, take_in: Callable[[str], Any], close: Callable[[], Any]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._take_in = take_in
        self._close = close
        self._view = view
        self.compare: CompareWords | None = None
        self.why: QLineEdit | None = None
        self.take: QWidget | None = None
        self._layout = column(space=16)
        self.setLayout(self._layout)
        self._build()

    def _build(self) -> None:
        emptied(self._layout)
        view = self._view
        self.compare, self.why = None, None
        main = QWidget()
        parts: list[QWidget] = [self._findings()]
        parts += self._trust()
        parts.append(self._content())
        main.setLayout(column(*parts, None, space=16))
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("From"), view.sender_label),
            (self.tr("Sealed"), messages.moment(view.created)),
            (self.tr("Holds"), words.amount(view.roots)),
            (
                self.tr("Files"),
                str(sum(len(each.files) for each in view.roots)),
            ),
            (self.tr("Size"), messages.size(view.size)),
        ]
        self.take = button(words.take_in(view.roots), self._take, kind="primary", tall=True)
        only_where_kept(self.take)
        self.take.setEnabled(view.sender_trust == "verified")
        stopped = view.sender_trust in STOPS or view.refusal is not None
        show_if(self.take, not stopped)
        self._hint = label(self.tr("Compare the words of the sender first."), "caption", wrap=True)
        show_if(self._hint, view.sender_trust in COMPARABLE and not stopped)
        close = button(self.tr("Close without taking in"), self._close, kind="quiet", tall=True)
        side = QWidget()
        side.setLayout(
            column(
                card(label(self.tr("This bundle"), "strong"), Facts(facts)),
                8,
                self.take,
                self._hint,
                close,
                None,
            )
        )
        self._close_button = close
        self._layout.addWidget(Beside(main, side, second_width=SIDE, least=440))

    def _findings(self) -> QWidget:
        view = self._view
        name = view.sender_label
        lines: list[QWidget] = [self._sender(name)]
        if view.whole and view.signed:
            said = self.tr("Every byte is as it was when it was signed, and both signatures fit.")
            lines.append(Line(self.tr("Whole and signed"), said, tone="good"))
        if view.for_me:
            said = self.tr("It was sealed to the card of this vault.")
            lines.append(Line(self.tr("For you"), said, tone="good"))
        else:
            said = messages.sentence("opening.passed-on")
            lines.append(Line(self.tr("Not addressed to you"), said, tone="warn"))
        if view.refusal is not None and view.sender_trust not in STOPS:
            said = messages.problem(Problem(view.refusal.code, view.refusal.values))
            lines.append(Line(self.tr("It can't be taken in"), said, tone="danger"))
        if view.already:
            said = self.tr("This very bundle was taken in before. Taking it in again changes nothing.")
            lines.append(Line(self.tr("Already taken in"), said, tone="warn"))
        for problem in view.problems:
            if problem.code in ELSEWHERE or problem.code == SENDER + view.sender_trust:
                continue
            lines.append(Notice(messages.problem(problem), "warn"))
        if any(problem.code.startswith(CARD) for problem in view.problems):
            see = button(self.tr("See the change in Contacts"), self._see_change)
            holder = QWidget()
            holder.setLayout(row(see, None))
            lines.append(holder)
        parts: list[QWidget] = []
        for line in lines:
            if parts and isinstance(line, Line):
                parts.append(hline())
            parts.append(line)
        return card(*parts, space=14)

    def _sender(self, name: str) -> QWidget:
        trust = self._view.sender_trust
        title = self.tr("Sealed by {name}").format(name=name)
        if trust == "verified":
            said = self.tr("The words of this sender were compared here.")
            return Line(title, said, tone="good", chip=trust_word(trust))
        code = "opening.own" if trust == "own" else SENDER + trust
        chip = {"unknown": self.tr("unknown"), "own": self.tr("yourself")}.get(trust, trust_word(trust))
        tone = {"unknown": "warn", "own": "neutral"}.get(trust, trust_tone(trust))
        title = title if trust == "own" else self.tr("The sender calls itself {name}").format(name=name)
        return Line(title, messages.sentence(code), tone=tone, chip=chip)

    def _trust(self) -> list[QWidget]:
        view = self._view
        if view.sender_trust in STOPS or view.sender_trust == "verified" or view.refusal is not None:
            return []
        self.why = QLineEdit()
        self.why.textChanged.connect(self._why_typed)
        field = Field(
            self.tr("Why do you trust it all the same?"),
            self.why,
            self.tr("One sentence. It is kept in the custody log."),
        )
        if view.sender_trust not in COMPARABLE:
            return [card(field)]
        session = self._desk.session
        # Of a contact that is here already the words are compared with its own card, not with what this one says.
        if view.sender_trust == UNVERIFIED:
            check = partial(contacts.verify, session, view.sender_fingerprint)
        else:
            check = partial(contacts.add, session, view.sender_card)
        self.compare = CompareWords(
            self._desk,
            view.sender_label,
            check,
            self._verified,
            primary=False,
        )
        field.hide()
        other = button(self.tr("Take it in for another reason…"), kind="quiet")

        def unfold() -> None:
            other.hide()
            field.show()
            field.setFocus()

        other.clicked.connect(lambda _checked=False: unfold())
        return [card(self.compare, row(other, None), field)]

    def _content(self) -> QWidget:
        view = self._view
        parts: list[QWidget] = [label(self.tr("What is in it"), "heading", wrap=True)]
        for each in view.roots[:MOST]:
            parts += [hline(), self._interview(each)]
        if len(view.roots) > MOST:
            more = self.tr("{amount} more").format(amount=words.amount(view.roots[MOST:]))
            parts += [hline(), label(more, "soft", wrap=True)]
        return card(*parts, space=14)

    def _interview(self, each: OpenedRoot) -> QWidget:
        soft = []
        for kind in dict.fromkeys(file.kind for file in each.files):
            names = [file.name for file in each.files if file.kind == kind]
            soft.append(f"{messages.kinds(kind, len(names))}: {words.together(names, MOST_FILES)}")
        soft += [messages.kinds(kind, count) for kind, count in each.counts]
        chip = self.tr("finalised") if each.final else ""
        glyph = "interviews"
        if each.kind not in INTERVIEWS:
            known = registry.get(each.kind)
            glyph = known.icon if known is not None else "file"
            soft.insert(0, messages.kind(each.kind))
        return Line(words.title(each.title), " · ".join(soft), glyph=glyph, chip=chip)

    def _see_change(self) -> None:
        """Let what the newer card says wait in Contacts, where it is accepted or declined."""
        session, card_bytes = self._desk.session, self._view.sender_card

        def offered(contact: ContactRow) -> None:
            self._desk.open("contacts", contact.fingerprint)

        tasks.run(self, lambda _progress: contacts.offer(session, card_bytes), then=offered)

    def _verified(self, _contact: ContactRow) -> None:
        kept = tuple(
            each
            for each in self._view.problems
            if not each.code.startswith(SENDER) and each.code != "opening.label-differs"
        )
        self._view = replace(self._view, sender_trust="verified", problems=kept)
        self._build()
        self._layout.activate()
        if self.take is not None:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _why_typed(self, text: str) -> None:
        if self.take is not None:
            self.take.setEnabled(bool(text.strip()))

    def _take(self) -> None:
        self._take_in(self.why.text().strip() if self.why is not None else "")

    def keyboard(self) -> None:
        """Set the focus where the next thing is to be done."""
        target: QWidget = self._close_button
        if self.compare is not None:
            target = self.compare
        elif self.why is not None:
            target = self.why
        elif self.take is not None and self.take.isEnabled() and not self.take.isHidden():
            target = self.take
        target.setFocus(Qt.FocusReason.OtherFocusReason)
