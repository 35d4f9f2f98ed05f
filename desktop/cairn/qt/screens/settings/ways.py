"""The ways in which the vault can be opened: all of them listed, each can be taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.kernel import contacts
from cairn.app.kernel.views import ContactRow, SlotView
from cairn.app.vault import recovery_words, upkeep
from cairn.errors import CairnError
from cairn.model.ids import Fingerprint
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.screens.settings.group import Group
from cairn.qt.screens.settings.rotation import ChangeKey
from cairn.qt.screens.settings.words import ProveWords, RenewWords
from cairn.qt.widgets import Field, Row, RowList, ask, button, column, hline, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.facts import Notice, mark
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.passphrase import PassphraseForm
from cairn.qt.widgets.settings import SettingLine

_GLYPHS = {"passphrase": "key", "recovery": "note", "escrow": "contacts"}


class WaysGroup(Group):
    """Slots, and what can be done with them."""

    key = "ways"
    glyph = "unlock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(
            self.tr("Ways to open this vault"),
            self.tr("Whoever has one of these and the vault's folder can read everything."),
        )
        self._slots: list[SlotView] | None = None
        self._change: ChangeKey | None = None
        notice = Notice(
            self.tr(
                "Nobody has typed the recovery words of this vault back. If you have them on paper, type them now; if "
                "not, make new ones: the older paper opens nothing."
            )
        )
        self._prove = button(self.tr("Type them now…"), self._ask_words)
        only_where_kept(self._prove)
        self._unproved = QWidget()
        self._unproved.setLayout(column(notice, row(self._prove, None), space=8))
        show_if(self._unproved, False)
        self.body.insertWidget(2, self._unproved)
        self._list = column(space=0)
        holder = QWidget()
        holder.setLayout(self._list)
        self.add(holder)
        renew = button(self.tr("Make new words…"), self._renew)
        add = button(self.tr("Add a passphrase…"), self._add)
        leave = button(self.tr("Leave a key…"), self._leave_key)
        change = button(self.tr("Change the key…"), self._change_key)
        only_where_kept(renew, add, leave, change)
        self.line(
            self.tr("New recovery words"),
            self.tr("When somebody may have seen the paper, or it is lost."),
            renew,
        )
        self.line(
            self.tr("Another passphrase"), self.tr("For a second person who works with this vault."), add
        )
        self.line(
            self.tr("A key for an office"),
            self.tr("It can then open the vault's folder if you can't any more. Only if you choose so."),
            leave,
        )
        self.line(
            self.tr("A new vault key"),
            self.tr("When a passphrase became known to others. The database is encrypted anew."),
            change,
        )
        self.anchors = {"prove": self._prove, "renew": renew, "add": add, "leave": leave, "change": change}

    def load(self) -> None:
        session = self.desk.session
        tasks.run(
            self, lambda _progress: (upkeep.slots(session), recovery_words.unproved(session)), then=self._show
        )

    def leave(self) -> None:
        if self._change is not None:
            self._change.stop()
            self._change = None

    def _show(self, found: tuple[list[SlotView], bool]) -> None:
        slots, unproved_words = found
        show_if(self._unproved, unproved_words)
        self.desk.refresh_bands()
        if slots == self._slots:
            return
        self._slots = slots
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, slot in enumerate(slots):
            if number:
                self._list.addWidget(hline())
            self._list.addWidget(self._slot_line(slot))

    def _slot_line(self, slot: SlotView) -> QWidget:
        name = self.name_of(slot)
        since = self.tr("since {date}").format(date=messages.day(slot.created))
        remove = button(self.tr("Remove…"), partial(self._remove, slot), kind="quiet")
        only_where_kept(remove)
        remove.setAccessibleName(self.tr("Remove: {way}").format(way=name))
        if slot.kind == "passphrase" and self.desk.session.info.practice:
            remove.setEnabled(False)
        return SettingLine(name, since, remove, glyph=mark(_GLYPHS.get(slot.kind, "key"), "ink_soft"))

    def name_of(self, slot: SlotView) -> str:
        """What a way is called."""
        if slot.kind == "recovery":
            return self.tr("Recovery words")
        if slot.kind == "escrow":
            return self.tr("Key left to {label}").format(label=slot.label)
        return (
            self.tr("Passphrase “{label}”").format(label=slot.label) if slot.label else self.tr("Passphrase")
        )

    def _remove(self, slot: SlotView) -> None:
        text = self.tr(
            "The folder as it is now can't be opened in this way any more. A copy that was made earlier still can. "
            "If somebody knows the passphrase or the words, change the vault key as well."
        )
        if slot.kind == "recovery":
            text = self.tr(
                "The paper with the 24 words becomes worthless. If you then forget the passphrase, and no office "
                "holds a key, nobody can open the vault."
            )
        session = self.desk.session

        def go(_reason: str) -> None:
            tasks.run(
                self,
                lambda _progress: upkeep.revoke_slot(session, slot.id),
                then=lambda _done: self._removed(slot),
            )

        ask(
            self,
            self.tr("Remove “{way}”?").format(way=self.name_of(slot)),
            text,
            yes=self.tr("Remove this way"),
            then=go,
            danger=True,
        )

    def _removed(self, slot: SlotView) -> None:
        said = self.tr("“{way}” opens this vault no more.")
        self.desk.say(said.format(way=self.name_of(slot)), "good")
        self.load()

    def _renew(self) -> None:
        RenewWords(self.desk, self, self.load).open()

    def _ask_words(self) -> None:
        ProveWords(self.desk, self, self.load).open()

    def _add(self) -> None:
        AddPassphrase(self.desk, self).open()

    def _leave_key(self) -> None:
        session = self.desk.session
        tasks.run(
            self,
            lambda _progress: [row for row in contacts.rows(session) if row.trust == "verified"],
            then=self._offer,
        )

    def _offer(self, verified: Sequence[ContactRow]) -> None:
        if verified:
            LeaveKey(self.desk, self, verified).open()
            return
        ask(
            self,
            self.tr("No contact is verified yet"),
            self.tr(
                "A key can be left only to somebody whose 12 words you have compared. Add the office's card and "
                "compare its words first."
            ),
            yes=self.tr("Open the contacts"),
            then=lambda _reason: self.desk.open("contacts"),
        )

    def _change_key(self) -> None:
        self._change = ChangeKey(self.desk, self, self.load)
        self._change.sheet.closed.connect(self._forget_change)
        self._change.open()

    def _forget_change(self) -> None:
        self._change = None


class AddPassphrase(Asking):
    """A passphrase beside the others, with a word about whose it is."""

    def __init__(self, desk: Desk, over: WaysGroup) -> None:
        super().__init__(desk, over)
        self._group = over
        self.label = QLineEdit()
        self.form = PassphraseForm()
        about = label(
            self.tr(
                "The other person types it on the first screen, like you type yours. Both of you can read and change "
                "everything."
            ),
            wrap=True,
        )
        whose = Field(self.tr("Whose is it?"), self.label, self.tr("A name or code, seen only in this list."))
        self.build(
            self.tr("Add a passphrase"),
            [about, whose, self.form],
            go=self.tr("Add this passphrase"),
            busy=self.tr("Adding the passphrase. This takes a moment."),
        )
        self.form.changed.connect(self.look)
        self.label.textChanged.connect(self.look)
        self.look()

    def ready(self) -> bool:
        return self.form.good and bool(self.label.text().strip())

    def start(self) -> None:
        session, new, whose = self.desk.session, self.form.passphrase, self.label.text().strip()
        said = self.tr("“{label}” can open this vault now.").format(label=whose)
        self.do(lambda _progress: upkeep.add_passphrase(session, new, whose), said)

    def done(self, result: object, said: str) -> None:
        super().done(result, said)
        self._group.load()


class LeaveKey(Asking):
    """Choosing the office that gets a key, after reading what that means."""

    def __init__(self, desk: Desk, over: WaysGroup, verified: Sequence[ContactRow]) -> None:
        super().__init__(desk, over)
        self._group = over
        self._labels = {row.fingerprint: row.label for row in verified}
        self.list = RowList(self.tr("Verified contacts"))
        self.list.set_rows([Row(row.fingerprint, row.label, glyph="contacts") for row in verified])
        self.list.choose(verified[0].fingerprint)
        self.list.setFixedHeight(theme().px(45 * min(4, len(verified))))
        self.list.chosen.connect(lambda _fingerprint: self.look())
        text = label(
            self.tr(
                "Whoever you choose can open this vault's folder with their own key, without your passphrase, now "
                "and later. They need the folder, or a copy of it, for that. You can take the key away again, but "
                "not from a copy that they already have."
            ),
            wrap=True,
        )
        self.build(
            self.tr("Leave a key to an office"),
            [text, self.list],
            go=self.tr("Leave a key"),
            busy=self.tr("Leaving the key."),
        )
        self.look()

    def ready(self) -> bool:
        return bool(self.list.chosen_id)

    def start(self) -> None:
        session, chosen = self.desk.session, Fingerprint(self.list.chosen_id)
        said = self.tr("{label} can open this vault's folder now.").format(label=self._labels[chosen])
        self.do(lambda _progress: upkeep.add_escrow(session, chosen), said)

    def done(self, result: object, said: str) -> None:
        super().done(result, said)
        self._group.load()

    def refused(self, error: CairnError) -> None:
        super().refused(error)
        self.list.setFocus()
