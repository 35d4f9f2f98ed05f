"""What stands beside the list: the own card, or one contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn import paths
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import CardSays, ContactRow, Problem
from cairn.errors import CairnError
from cairn.model import ids
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.compare_words import CompareWords
from cairn.qt.widgets import Chip, Fingerprint, Sheet, ask, button, card, column, label, row
from cairn.qt.widgets.basic import narrow, reveal
from cairn.qt.widgets.choose import choose_new_file
from cairn.qt.widgets.facts import Exact, Facts, Notice
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Flow
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
        intro = label(
            self.tr(
                "Whoever seals bundles for you, or takes in yours, needs this card. Give them the file, "
                "and read the 12 words out to them by another way: in person or over the phone."
            ),
            "soft",
            wrap=True,
        )
        self.setLayout(
            column(
                label(self.tr("Your own card"), "title", wrap=True),
                narrow(intro, WIDEST),
                4,
                narrow(words, WIDEST),
                4,
                row(self.write, None),
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
        settled: Callable[[ContactRow, str], None],
        failed: Callable[[CairnError], None],
    ) -> None:
        """`changed` gets the contact when its words were compared or it was revoked, `settled` when a person has
        decided about its newer card, with a sentence of what holds now; `failed` when that could not be: another card may wait by then.
        """
        super().__init__()
        self._desk = desk
        self._contact = contact
        self._changed = changed
        self._settled = settled
        self._failed = failed
        self.accept: QWidget | None = None
        self.compare: CompareWords | None = None
        parts: list[QWidget] = [] if contact.offered is None else [self._offered(contact.offered, others)]
        parts.append(self._about())
        if contact.trust == "unverified":
            parts += self._unverified(others)
        elif contact.trust == "verified":
            parts.append(self._known_words())
        title = label(contact.label, "title", wrap=True)
        line = row(title, Chip(trust_word(contact.trust), trust_tone(contact.trust)), space=12)
        line.setStretchFactor(title, 1)
        head = QWidget()
        head.setLayout(line)
        said = label(trust_sentence(contact), "soft", wrap=True)
        layout = column(*(narrow(part, WIDEST) for part in (head, said, *parts)), space=12)
        if contact.trust != "revoked":
            self.revoke = button(self.tr("Revoke this contact…"), self._ask, kind="danger")
            only_where_kept(self.revoke)
            layout.addSpacing(theme().px(12))
            layout.addLayout(row(self.revoke, None))
        self.setLayout(layout)

    def _about(self) -> QWidget:
        contact = self._contact
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("Role"), role_word(contact.role)),
            (self.tr("Card made"), messages.day(contact.created)),
            (self.tr("Expires"), self._end(contact.expires)),
        ]
        if contact.verified_at:
            facts.append((self.tr("Words compared"), messages.moment(contact.verified_at)))
        if contact.reason:
            facts.append((self.tr("Revoked because"), contact.reason))
        facts.append((self.tr("Fingerprint"), Exact(contact.fingerprint, self.tr("Fingerprint"))))
        return card(Facts(facts))

    def _offered(self, said: CardSays, others: Sequence[ContactRow]) -> QWidget:
        """What a newer card says otherwise: before and after, to accept or to decline."""
        contact = self._contact
        both = self.tr("{before}; on the newer card {after}")
        rows = (
            (self.tr("Name"), contact.label, said.label),
            (self.tr("Role"), role_word(contact.role), role_word(said.role)),
            (self.tr("Expires"), self._end(contact.expires), self._end(said.expires)),
        )
        differing: list[tuple[str, str | QWidget]] = [
            (name, both.format(before=before, after=after)) for name, before, after in rows if before != after
        ]
        parts: list[QWidget | int] = [
            label(self.tr("A newer card says otherwise"), "heading", wrap=True),
            label(
                self.tr(
                    "It is signed with the keys of this contact. The words are over these keys alone, and prove "
                    "nothing about name, role or end. Ask this contact by voice before you accept it."
                ),
                "soft",
                wrap=True,
            ),
            Facts(differing),
        ]
        parts += [Notice(each, "warn") for each in self._namesakes(said.label, others)]
        self.accept = button(self.tr("Accept the change"), lambda: self._settle(contacts.accept, said))
        self.decline = button(self.tr("Decline the change"), lambda: self._settle(contacts.decline, said))
        only_where_kept(self.accept, self.decline)
        return card(*parts, Flow(self.accept, self.decline), space=12)

    def _end(self, day: str) -> str:
        return messages.day(day) if day else self.tr("does not expire")

    def _settle(
        self, decide: Callable[[Session, ids.Fingerprint, ids.Sha256], ContactRow], shown: CardSays
    ) -> None:
        session, fingerprint = self._desk.session, self._contact.fingerprint

        def done(contact: ContactRow) -> None:
            said = self.tr("The change is declined: {name} stays as it was.")
            if decide is contacts.accept:
                said = self.tr("The change is accepted: {name} · {role} · {end}.")
            self._settled(
                contact,
                said.format(name=contact.label, role=role_word(contact.role), end=self._end(contact.expires)),
            )

        tasks.run(
            self, lambda _progress: decide(session, fingerprint, shown.card), then=done, failed=self._failed
        )

    def _namesakes(self, name: str, others: Sequence[ContactRow]) -> list[str]:
        """The warning that somebody else has this name, where it is so."""
        fingerprint = self._contact.fingerprint
        taken = self._desk.session.info.label.casefold() == name.casefold() or any(
            other.label.casefold() == name.casefold() and other.fingerprint != fingerprint for other in others
        )
        return [messages.problem(Problem("contact.same-label", {"label": name}))] if taken else []

    def _unverified(self, others: Sequence[ContactRow]) -> list[QWidget]:
        contact, session = self._contact, self._desk.session
        parts: list[QWidget] = []
        parts += [Notice(each, "warn") for each in self._namesakes(contact.label, others)]
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
        if self.accept is not None:
            # What was shown last is what this is about; neither answer is the usual one.
            self.decline.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.compare is not None:
            self.compare.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.compare.words)
