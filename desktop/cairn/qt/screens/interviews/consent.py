"""The Consent tab: what the person agreed to. What may leave the vault follows from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from cairn.app.consent import consent
from cairn.app.kernel import contacts, record_drafts
from cairn.app.kernel.views import ContactRow, InterviewView
from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.ids import new_id
from cairn.model.records import Consent
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.widgets import Banner, Editor, Field, button, card, column, label, row, scroll


class ConsentTab(QWidget):
    """Three plain choices, who may receive, and how it was said."""

    changed = Signal()

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._people: dict[str, QCheckBox] = {}
        self._filling = False
        self._dirty = False
        self._record = new_id()
        self.keeper = DraftKeeper(self._take, self)
        self.keeper.failed.connect(desk.fail)
        self.banner = Banner()
        self.nothing = self._choice(
            self.tr("Nothing"), self.tr("Nothing may be kept. The interview is to be erased.")
        )
        self.keep = self._choice(
            self.tr("Keep"), self.tr("Kept encrypted on this laptop. Nothing leaves it.")
        )
        self.share = self._choice(
            self.tr("Share"), self.tr("May leave in a sealed bundle, to those chosen below.")
        )
        group = QButtonGroup(self)
        for radio, _ in (self.nothing, self.keep, self.share):
            group.addButton(radio)
        group.buttonToggled.connect(lambda *_: self._touched())
        self.anyone = QRadioButton(self.tr("Any contact whose words were compared"))
        self.named = QRadioButton(self.tr("Only these contacts:"))
        self.anyone.setChecked(True)
        with_group = QButtonGroup(self)
        for radio in (self.anyone, self.named):
            radio.setAccessibleName(radio.text())
            with_group.addButton(radio)
        with_group.buttonToggled.connect(lambda *_: self._touched())
        self._names = QVBoxLayout()
        self._names.setContentsMargins(theme().px(26), 0, 0, 0)
        self._no_names = label(self.tr("There are no contacts yet. Add them under Contacts."), "caption")
        self._names.addWidget(self._no_names)
        self._with = QWidget()
        within = column(self.anyone, self.named, self._names, space=4)
        within.setContentsMargins(theme().px(26), 0, 0, 0)
        self._with.setLayout(within)
        self.given = Editor(self.tr("How it was given"), least=72)
        self.given.edited.connect(self._touched)
        self._save = button(self.tr("Record this consent"), self._record_it, kind="primary")
        self._state = label("", "soft", wrap=True)
        box = card(
            label(self.tr("What did the person agree to?"), "heading"),
            self._state,
            self.banner,
            *(part for _, part in (self.nothing, self.keep, self.share)),
            self._with,
            Field(
                self.tr("How it was given"),
                self.given,
                self.tr("When, in which words, in whose presence. What the person wants left out."),
            ),
            row(None, self._save),
            space=12,
        )
        box.setMaximumWidth(theme().px(720))
        inner = QWidget()
        across = row(box, None)
        across.setStretch(0, 10)
        layout = column(across, None)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(20), edge, edge)
        inner.setLayout(layout)
        self.setLayout(column(scroll(inner), space=0))

    def _choice(self, word: str, text: str) -> tuple[QRadioButton, QWidget]:
        radio = QRadioButton(word)
        radio.setAccessibleName(word)
        radio.setAccessibleDescription(text)
        below = label(text, "caption", wrap=True)
        below.setContentsMargins(theme().px(26), 0, 0, 0)
        part = QWidget()
        part.setLayout(column(radio, below, space=0))
        return radio, part

    def show_view(self, view: InterviewView) -> None:
        """Show the consent that stands."""
        self._view = view
        session = self._desk.session
        tasks.run(self, lambda _progress: contacts.rows(session), then=self._fill)

    def _fill(self, rows: list[ContactRow]) -> None:
        now = self._view.consent
        self._filling = True
        held = self._view.consent_draft
        if self._dirty:
            # What is being chosen and typed stays; only the contacts may be others now.
            self._show_people(rows, [print_ for print_, box in self._people.items() if box.isChecked()])
        else:
            shown = Consent(now.choice, now.share_with, [print_ for print_, _ in now.contacts], now.given)
            if held is not None:
                shown = msgspec.json.decode(held.draft.body, type=Consent)
            self._show_people(rows, shown.contacts)
            if now.set or shown.choice and held is not None:
                {"keep": self.keep, "share": self.share}.get(shown.choice, self.nothing)[0].setChecked(True)
            (self.named if shown.share_with == "named" else self.anyone).setChecked(True)
            self.given.load(shown.given)
            if held is not None:
                self._record, self._dirty = held.record, True
                self.given.take_up([], held.draft.cursor, held.draft.composing)
        self._state.setText(
            ""
            if now.set
            else self.tr(
                "Not asked yet. Until the person has agreed to share, nothing of this interview can leave the vault."
            )
        )
        self._state.setVisible(not now.set)
        if now.conflict:
            text = self.tr(
                "Different consents stand side by side. The most restrictive holds until they are settled under History."
            )
            self.banner.show_message(text, "warn", closable=False)
        else:
            self.banner.clear()
        self._filling = False
        self._look()

    def _show_people(self, rows: list[ContactRow], chosen: Sequence[str]) -> None:
        for box in self._people.values():
            self._names.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._people = {}
        for contact in rows:
            if contact.trust == "revoked" and contact.fingerprint not in chosen:
                continue
            box = QCheckBox(contact.label)
            box.setAccessibleName(contact.label)
            box.setChecked(contact.fingerprint in chosen)
            box.toggled.connect(lambda _on: self._touched())
            self._people[contact.fingerprint] = box
            self._names.addWidget(box)
        self._no_names.setVisible(not self._people)

    # What is chosen and typed is kept like the account, until it is recorded

    def _touched(self) -> None:
        if not self._filling:
            self._dirty = True
            self.keeper.touched()
            self._look()

    def _take(self) -> Callable[[], None]:
        session, interview, record = self._desk.session, self._view.id, self._record
        now = self._now() or Consent(choice="", given=self.given.text())
        if self._stands(now) and not self.given.composing:
            return lambda: record_drafts.discard(session, record)
        body = msgspec.Raw(msgspec.json.encode(now))
        at, composing = self.given.textCursor().position(), self.given.composing
        draft = Draft(None, body, composing=composing, field="given", cursor=at)
        return lambda: record_drafts.save(session, interview, "consent", record, draft)

    def _now(self) -> Consent | None:
        choice = next(
            (
                name
                for name, (radio, _) in (
                    ("nothing", self.nothing),
                    ("keep", self.keep),
                    ("share", self.share),
                )
                if radio.isChecked()
            ),
            None,
        )
        if choice is None:
            return None
        named = choice == "share" and self.named.isChecked()
        return Consent(
            choice=choice,
            share_with="named" if named else "verified",
            contacts=[print_ for print_, box in self._people.items() if box.isChecked()] if named else [],
            given=self.given.text().strip(),
        )

    def _look(self) -> None:
        if self._filling:
            return
        sharing = self.share[0].isChecked()
        self._with.setEnabled(sharing)
        self._with.setVisible(sharing)
        for box in self._people.values():
            box.setEnabled(self.named.isChecked())
        now = self._now()
        nobody = now is not None and now.share_with == "named" and not now.contacts
        same = now is not None and self._stands(now)
        self._save.setEnabled(now is not None and not nobody and not same and not self._view.read_only)

    def _stands(self, now: Consent) -> bool:
        """Whether this is what was recorded last."""
        stands = self._view.consent
        return (
            stands.set
            and (now.choice, now.share_with, now.given) == (stands.choice, stands.share_with, stands.given)
            and set(now.contacts) == {fingerprint for fingerprint, _ in stands.contacts}
        )

    def _record_it(self) -> None:
        now = self._now()
        if now is None:
            return
        session, interview = self._desk.session, self._view.id
        self.keeper.forget()
        self._dirty = False

        def refused(error: CairnError) -> None:
            self._touched()
            self._desk.fail(error)

        tasks.run(
            self,
            lambda _progress: consent.set_consent(session, interview, now),
            then=lambda _sha: self._recorded(),
            failed=refused,
        )

    def _recorded(self) -> None:
        self._record = new_id()
        if self._dirty:
            self.keeper.touched()
        self._desk.show_saved(self.tr("Consent recorded"))
        if self._save.hasFocus():
            # It is about to be greyed, and the keys would go anywhere.
            next(radio for radio, _ in (self.nothing, self.keep, self.share) if radio.isChecked()).setFocus()
        self.changed.emit()
