"""What stands beside the list: the own card, or one contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn import paths
from cairn.app.kernel import contacts
from cairn.app.kernel.views import ContactRow, Problem
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.compare_words import CompareWords
from cairn.qt.widgets import Chip, Fingerprint, Sheet, ask, button, card, column, label, row
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.choose import choose_new_file
from cairn.qt.widgets.facts import Exact, Facts, Notice
from cairn.qt.widgets.trust import role_word, trust_sentence, trust_tone, trust_word

ENDING = "contact"
WIDEST = 760
"""Cards are no wider than this, in design pixels: longer lines are hard to read."""


class OwnPane(QWidget):
    """The card of this vault: its words to read out, and a way to give it away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        info = desk.session.info
        self.write = button(
            self.tr("Write my card to a file…"), self._choose, kind="primary", glyph="copy-out"
        )
        who = row(label(info.label, "heading", wrap=True), Chip(role_word(info.role)), None, space=12)
        words = card(
            who,
            Fingerprint(contacts.own_words(desk.session), info.fingerprint),
            label(
                self.tr("Read these words out when somebody asks for them, in this order, row by row."),
                "caption",
                wrap=True,
            ),
            space=16,
        )
        words.setMaximumWidth(theme().px(WIDEST))
        intro = label(
            self.tr(
                "Whoever seals bundles for you, or takes in yours, needs this card. Give them the file, "
                "and read the 12 words out to them by another way: in person or over the phone."
            ),
            "soft",
            wrap=True,
        )
        intro.setMaximumWidth(theme().px(WIDEST))
        self.setLayout(
            column(
                label(self.tr("Your own card"), "title", wrap=True), intro, 4, words, 4, row(self.write, None)
            )
        )

    def _choose(self) -> None:
        name = paths.safe_name(f"{self._desk.session.info.label}.{ENDING}", fallback=f"card.{ENDING}")
        choose_new_file(
            self,
            self.tr("Write your card to a file"),
            name,
            self._write,
            ending=ENDING,
            verb=self.tr("Write card"),
        )

    def _write(self, path: Path) -> None:
        data = contacts.own_card(self._desk.session)
        said = self.tr("Your card is written: {path}").format(path=path)
        # The dialog has asked whether a file of that name may be replaced.
        tasks.run(
            self,
            lambda _progress: paths.replace_file(path, data),
            then=lambda _done: self._desk.say(said, "good"),
        )


class ContactPane(QWidget):
    """One contact: who, since when, how far trusted; compare words; revoke."""

    def __init__(
        self,
        desk: Desk,
        contact: ContactRow,
        others: Sequence[ContactRow],
        changed: Callable[[ContactRow], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._contact = contact
        self._changed = changed
        self.compare: CompareWords | None = None
        parts: list[QWidget] = [self._about()]
        if contact.trust == "unverified":
            parts += self._unverified(others)
        elif contact.trust == "verified":
            parts.append(self._known_words())
        for part in parts:
            part.setMaximumWidth(theme().px(WIDEST))
        title = label(contact.label, "title", wrap=True)
        line = row(title, Chip(trust_word(contact.trust), trust_tone(contact.trust)), space=12)
        line.setStretchFactor(title, 1)
        head = QWidget()
        head.setLayout(line)
        head.setMaximumWidth(theme().px(WIDEST))
        layout = column(head, label(trust_sentence(contact), "soft", wrap=True), 4, *parts, space=12)
        if contact.trust != "revoked":
            self.revoke = button(self.tr("Revoke this contact…"), self._ask, kind="danger")
            layout.addSpacing(theme().px(12))
            layout.addLayout(row(self.revoke, None))
        self.setLayout(layout)

    def _about(self) -> QWidget:
        contact = self._contact
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("Role"), role_word(contact.role)),
            (self.tr("Card made"), messages.day(contact.created)),
            (
                self.tr("Expires"),
                messages.day(contact.expires) if contact.expires else self.tr("does not expire"),
            ),
        ]
        if contact.verified_at:
            facts.append((self.tr("Words compared"), messages.moment(contact.verified_at)))
        if contact.reason:
            facts.append((self.tr("Revoked because"), contact.reason))
        facts.append((self.tr("Fingerprint"), Exact(contact.fingerprint, self.tr("Fingerprint"))))
        return card(Facts(facts))

    def _unverified(self, others: Sequence[ContactRow]) -> list[QWidget]:
        contact, session = self._contact, self._desk.session
        parts: list[QWidget] = []
        namesake = any(
            other.label.casefold() == contact.label.casefold() and other.fingerprint != contact.fingerprint
            for other in others
        )
        if namesake or session.info.label.casefold() == contact.label.casefold():
            problem = messages.problem(Problem("contact.same-label", {"label": contact.label}))
            parts.append(Notice(problem, "warn"))
        self.compare = CompareWords(
            self._desk,
            contact.label,
            partial(contacts.verify, session, contact.fingerprint),
            self._changed,
        )
        parts.append(card(self.compare))
        return parts

    def _known_words(self) -> QWidget:
        return card(
            label(self.tr("The 12 words of this card"), "heading", wrap=True),
            Fingerprint(self._contact.words, self._contact.fingerprint),
            space=16,
        )

    def _ask(self) -> Sheet:
        text = self.tr(
            "No bundle can be sealed to this card any more, and nothing from it is taken in. This can't be "
            "undone: to trust them again, they need a new card."
        )
        return ask(
            self,
            self.tr("Revoke {name}?").format(name=self._contact.label),
            text,
            yes=self.tr("Revoke this contact"),
            then=self._revoke,
            reason=self.tr("Why"),
            reason_help=self.tr("Kept in the custody log."),
            danger=True,
        )

    def _revoke(self, reason: str) -> None:
        session, fingerprint = self._desk.session, self._contact.fingerprint
        tasks.run(self, lambda _progress: contacts.revoke(session, fingerprint, reason), then=self._changed)

    def keyboard(self) -> None:
        """Set the focus where the next thing is to be done."""
        if self.compare is not None:
            self.compare.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.compare.words)
