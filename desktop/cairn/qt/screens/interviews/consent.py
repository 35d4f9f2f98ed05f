"""The Consent tab: what the person agreed to. What may leave the vault follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget

from cairn.app.consent import consent, wording
from cairn.app.kernel import contacts
from cairn.app.kernel.views import ContactRow, InterviewView
from cairn.errors import CairnError
from cairn.model.agreement import PlainConsent
from cairn.model.ids import new_draft_id
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import ChoiceInput, TextInput, TickInput
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import Banner, Editor, Field, button, card, column, label, row, scroll
from cairn.qt.widgets.basic import narrow
from cairn.qt.widgets.kept_only import only_where_kept


class ConsentTab(InterviewTab):
    """Three plain choices, who may receive, and how it was said."""

    KEY, HELP = "consent", "consent"
    DRAFTS = frozenset(("consent",))

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._people: dict[str, QCheckBox] = {}
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
        self.anyone = QRadioButton(self.tr("Any contact whose words were compared"))
        self.named = QRadioButton(self.tr("Only these contacts:"))
        self.anyone.setChecked(True)
        for radio in (self.anyone, self.named):
            radio.setAccessibleName(radio.text())
        self._names = QVBoxLayout()
        self._names.setContentsMargins(theme().px(26), 0, 0, 0)
        self._no_names = label(self.tr("There are no contacts yet. Add them under Contacts."), "caption")
        self._names.addWidget(self._no_names)
        self._with = QWidget()
        within = column(self.anyone, self.named, self._names, space=4)
        within.setContentsMargins(theme().px(26), 0, 0, 0)
        self._with.setLayout(within)
        self.given = Editor(self.tr("How it was given"), least=72)
        self._choices = ChoiceInput(
            self, {"nothing": self.nothing[0], "keep": self.keep[0], "share": self.share[0]}, "nothing"
        )
        self._ticks = TickInput(self)
        session = desk.session
        self.form = Form(
            self,
            PlainConsent(choice=""),
            {
                "choice": self._choices,
                "share_with": ChoiceInput(self, {"verified": self.anyone, "named": self.named}, "verified"),
                "contacts": self._ticks,
                "given": TextInput(self.given, strip=True),
            },
            lambda: RecordDrafts(session, view.id, "consent"),
            tidy=self._agreed,
            nothing=self._stands,
        )
        self.form.edited.connect(self._look)
        self.form.edited.connect(self.edited)
        self.keeper = self.form.keeper
        self.keeper.failed.connect(desk.fail)
        self._save = button(self.tr("Record this consent"), self._record_it, kind="primary")
        only_where_kept(self._save)
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
        inner = QWidget()
        layout = column(narrow(box, 720), None)
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
        # At once, so that nothing is typed into a form that doesn't know yet what stands.
        self._show_form()
        session = self._desk.session
        tasks.run(self, lambda _progress: contacts.rows(session), then=self._fill)

    def _show_form(self) -> None:
        now, draft = self._view.consent, self._view.consent_draft
        stands = PlainConsent(
            choice=now.choice if now.set and now.choice != "custom" else "",
            share_with=now.share_with,
            contacts=[fingerprint for fingerprint, _ in now.contacts],
            given=now.given,
        )
        record = draft.record if draft is not None else self.form.record or new_draft_id()
        if self.form.dirty:
            record = self.form.record
        self.form.show(record, stands, None, draft.draft if draft is not None else None)

    def _fill(self, rows: list[ContactRow]) -> None:
        now = self._view.consent
        # What is being chosen and typed stays; only the contacts may be others now.
        self._show_people(rows, self._ticks.value())
        self._show_form()
        self._state.setText(self._said(rows))
        self._state.setVisible(bool(self._state.text()))
        if now.conflict:
            text = self.tr(
                "Different consents stand side by side. The most restrictive holds until they are settled under History."
            )
            self.banner.show_message(text, "warn", closable=False)
        else:
            self.banner.clear()
        self._look()

    def _said(self, rows: list[ContactRow]) -> str:
        """What has to be said above the choices: nobody was asked, or what was agreed to is none of them."""
        now = self._view.consent
        if not now.set:
            return self.tr(
                "Not asked yet. Until the person has agreed to share, nothing of this interview can leave the vault."
            )
        if now.choice != "custom":
            return ""
        names = {contact.fingerprint: contact.label for contact in rows}
        intro = self.tr("Agreed in detail. One of the choices below would take its place:")
        return "\n".join([intro, *wording.lines(now.grid, names, messages.language())])

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
            self._people[contact.fingerprint] = box
            self._names.addWidget(box)
        self._ticks.offer(self._people)
        self._no_names.setVisible(not self._people)

    # What is chosen and typed is kept like the account, until it is recorded

    def _agreed(self, now: PlainConsent) -> PlainConsent:
        """What stands there, as it would be recorded: names only where sharing is limited to them."""
        named = now.choice == "share" and now.share_with == "named"
        return PlainConsent(
            choice=now.choice,
            share_with="named" if named else "verified",
            contacts=now.contacts if named else [],
            given=now.given,
        )

    def _look(self) -> None:
        sharing = self.share[0].isChecked()
        self._with.setEnabled(sharing)
        self._with.setVisible(sharing)
        for box in self._people.values():
            box.setEnabled(self.named.isChecked())
        now = self.form.body()
        nobody = now.share_with == "named" and not now.contacts
        can = bool(now.choice) and not nobody and not self._stands(now)
        self._save.setEnabled(can and not self._view.read_only)

    def keepers(self) -> tuple[DraftKeeper, ...]:
        return (self.keeper,)

    @property
    def typed(self) -> bool:
        """Whether something is chosen or typed here that was not recorded."""
        now = self.form.body()
        return bool(now.choice or now.given) and not self._stands(now)

    def _stands(self, now: PlainConsent) -> bool:
        """Whether this is what was recorded last."""
        stands = self._view.consent
        return (
            stands.set
            and (now.choice, now.share_with, now.given) == (stands.choice, stands.share_with, stands.given)
            and set(now.contacts) == {fingerprint for fingerprint, _ in stands.contacts}
        )

    def _record_it(self) -> None:
        now, edits = self.form.asked()
        if not now.choice:
            return
        session, interview = self._desk.session, self._view.id
        self.keeper.forget()

        def refused(error: CairnError) -> None:
            self.form.touched()
            self._desk.fail(error)

        tasks.run(
            self,
            lambda _progress: consent.set_consent(session, interview, consent.of_choice(now)),
            then=lambda _sha: self._recorded(edits),
            failed=refused,
        )

    def _recorded(self, edits: int) -> None:
        self.form.follow(None, edits)
        if self.form.dirty:
            self.form.go_on_as(new_draft_id())
        else:
            self.form.record = new_draft_id()
        self._desk.show_saved(self.tr("Consent recorded"))
        if self._save.hasFocus():
            # It is about to be greyed, and the keys would go anywhere.
            self._choices.focus()
        self.changed.emit()
