"""The set-up wizard. Under five minutes, with a way back until the vault is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from cairn import paths
from cairn.app.kernel import contacts
from cairn.app.kernel import session as sessions
from cairn.app.kernel.session import Session
from cairn.app.vault import recovery_words
from cairn.errors import CairnError, InputError
from cairn.model.contacts import Card
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.widgets import Field, Steps, WordsInput, button, card, column, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.choose import choose_file, choose_folder
from cairn.qt.widgets.entrance import EntranceCard
from cairn.qt.widgets.passphrase import PassphraseForm
from cairn.qt.widgets.recovery_words import RecoveryWords

FOLDER, PASSPHRASE, WHO, WORDS, CARD = range(5)
PAGE_HEIGHT = 300


class SetupScreen(EntranceCard):
    """Folder → passphrase → who you are → recovery words → the office's card."""

    replaceable = False

    def __init__(self, desk: EntranceDesk) -> None:
        super().__init__()
        self._desk = desk
        self._session: Session | None = None
        self._card = b""
        self._steps = Steps(self._words_of_steps(office=False))
        self._title = label("", "title")
        self._page_list = [self._folder(), self._secret(), self._who(), self._words(), self._office()]
        self._pages = QWidget()
        # As tall as the tallest of the short pages, so that the buttons stay where they are.
        self._pages.setMinimumHeight(PAGE_HEIGHT)
        self._pages.setLayout(column(*self._page_list))
        self._back = button(self.tr("Back"), self._go_back)
        self._next = button(self.tr("Next"), self._go_on, kind="primary")
        self._later = button(self.tr("Later"), self._finish)
        box = card(
            self._steps, 4, self._title, self.banner, self._pages, row(self._back, None, self._later, self._next),
            space=16, margin=32,
        )  # fmt: skip
        self.place(box, 720)
        self._show(FOLDER)

    def help_page(self) -> str:
        return "first-vault"

    def _words_of_steps(self, office: bool) -> list[str]:
        """An office has no office above it whose card it could add."""
        words = [self.tr("Folder"), self.tr("Passphrase"), self.tr("You"), self.tr("Recovery words")]
        return words if office else [*words, self.tr("Office")]

    # The pages

    def _folder(self) -> QWidget:
        page = QWidget()
        self._place = QLineEdit(str(self._free_folder()))
        self._place.returnPressed.connect(self._go_on)
        self._place_field = Field(
            self.tr("Where the vault is kept"),
            self._place,
            self.tr(
                "A folder on this laptop or on a stick that you carry. Not one that a cloud service copies."
            ),
        )
        choose = button(self.tr("Choose another place…"), self._choose, glyph="folder")
        page.setLayout(column(self._place_field, row(choose, None), None, space=12))
        page.setFocusProxy(self._place)
        return page

    def _secret(self) -> QWidget:
        self._passphrase = PassphraseForm()
        self._passphrase.changed.connect(self._look)
        self._passphrase.finished.connect(self._go_on)
        return self._passphrase

    def _who(self) -> QWidget:
        page = QWidget()
        self._label = QLineEdit()
        self._label.setMaxLength(60)
        self._label.textChanged.connect(self._look)
        self._label.returnPressed.connect(self._go_on)
        name = Field(
            self.tr("Your name or code"),
            self._label,
            self.tr("Stands on your contact card and beside everything you write. A code is enough."),
        )
        self._field_role = QRadioButton(self.tr("I write down interviews"))
        self._office_role = QRadioButton(self.tr("We are an office that receives them"))
        self._field_role.setChecked(True)
        self._office_role.toggled.connect(lambda office: self._steps.set_words(self._words_of_steps(office)))
        group = QButtonGroup(page)
        for choice in (self._field_role, self._office_role):
            choice.setAccessibleName(choice.text())
            group.addButton(choice)
        page.setLayout(column(name, 8, self._field_role, self._office_role, None, space=8))
        page.setFocusProxy(self._label)
        return page

    def _words(self) -> QWidget:
        self._recovery = RecoveryWords()
        self._recovery.confirmed.connect(self._confirmed)
        return self._recovery

    def _office(self) -> QWidget:
        page = QWidget()
        self._card_name = label("", "strong")
        self._card_words = WordsInput(12)
        self._card_words.finished.connect(self._go_on)
        self._card_words.edited.connect(self._look)
        self._card_part = QWidget()
        typed = self.tr("Type the 12 words that the office reads to you. Typing finds a forged card.")
        self._card_part.setLayout(
            column(self._card_name, label(typed, "soft", wrap=True), self._card_words, space=12)
        )
        self._card_part.hide()
        text = self.tr(
            "If your office gave you its contact card, add it now. You can also do this later, under Contacts."
        )
        add = button(self.tr("Choose the card…"), self._choose_card, glyph="contacts")
        page.setLayout(
            column(label(text, "soft", wrap=True), row(add, None), self._card_part, None, space=16)
        )
        page.setFocusProxy(add)
        return page

    # Going through them

    def _show(self, step: int) -> None:
        titles = (
            self.tr("Where will the vault be?"),
            self.tr("Choose a passphrase"),
            self.tr("Who are you?"),
            self.tr("Recovery words"),
            self.tr("Your office's card"),
        )
        self._title.setText(titles[step])
        self._steps.go(step)
        for number, page in enumerate(self._page_list):
            show_if(page, number == step)
        self._back.setVisible(step < WORDS)
        self._next.setVisible(step != WORDS)
        self._later.setVisible(step == CARD)
        words = {WHO: self.tr("Make the vault"), CARD: self.tr("Add the card and open")}
        self._next.setText(words.get(step, self.tr("Next")))
        self._next.setAccessibleName(self._next.text())
        self.banner.clear()
        self._look()
        self.setFocusProxy(self._page_list[step])
        self._page_list[step].setFocus()

    def _look(self) -> None:
        step = self._steps.at
        good = {
            PASSPHRASE: lambda: self._passphrase.good,
            WHO: lambda: bool(self._label.text().strip()),
            CARD: lambda: bool(self._card) and self._card_words.complete,
        }
        self._next.setEnabled(good[step]() if step in good else True)

    def unsaved(self) -> str:
        if self._steps.at != WORDS:
            return ""
        return self.tr(
            "The recovery words are shown only now. Without them on paper, a forgotten passphrase is the end of this "
            "vault; you would have to make new ones in the settings."
        )

    def _go_back(self) -> None:
        if self._steps.at == FOLDER:
            self._desk.begin()
        else:
            self._show(self._steps.at - 1)

    def _go_on(self) -> None:
        if not self._next.isEnabled():
            return
        step = self._steps.at
        if step == WHO:
            self._make()
        elif step == CARD:
            self._add_card()
        elif step != FOLDER or self._folder_good():
            self._show(step + 1)

    def _folder_good(self) -> bool:
        place = Path(self._place.text()).expanduser()
        if not self._place.text().strip() or not place.is_absolute():
            self._place_field.set_error(self.tr("Choose a folder."))
            return False
        try:
            used = place.exists() and (not place.is_dir() or any(place.iterdir()))
        except OSError:
            self._place_field.set_error(self.tr("This folder can't be read. Choose another one."))
            return False
        if used:
            self._place_field.set_error(
                self.tr("There is something in this folder already. Choose a new one.")
            )
            return False
        if paths.is_network(place):
            self._place_field.set_error(messages.sentence(InputError("vault.network-folder")))
            return False
        self._place_field.set_error("")
        return True

    def _free_folder(self) -> Path:
        base = paths.vaults_folder()
        number = 1
        while True:
            name = self.tr("Vault") if number == 1 else f"{self.tr('Vault')} {number}"
            if not (base / name).exists():
                return base / name
            number += 1

    def _choose(self) -> None:
        choose_folder(self, self.tr("Choose a place for the vault"), self._take_place, verb=self.tr("Choose"))

    def _take_place(self, folder: Path) -> None:
        try:
            used = any(folder.iterdir())
        except OSError:
            used = True
        self._place.setText(str(folder / self.tr("Vault") if used else folder))

    def _make(self) -> None:
        folder = Path(self._place.text()).expanduser()
        label_text, secret = self._label.text(), self._passphrase.passphrase
        role = "office" if self._office_role.isChecked() else "field"
        self._set_busy(True)
        self.banner.show_message(self.tr("Making the vault. This takes a few seconds."), closable=False)
        tasks.run(
            self,
            lambda _progress: sessions.create_vault(folder, label=label_text, role=role, passphrase=secret),
            then=self._made,
            failed=self._refused,
            orphaned=lambda made, _error: self._desk.close_unwanted(made[0] if made else None),
        )

    def _made(self, made: tuple[Session, list[str]]) -> None:
        self._set_busy(False)
        self._session, words = made
        self._desk.hold(self._session)
        self._recovery.show_words(words)
        self._show(WORDS)

    def _confirmed(self) -> None:
        self._recovery.forget()
        if (session := self._session) is not None:
            # In the vault's lane: entering comes after it.
            tasks.run(self, lambda _progress: recovery_words.proved(session))
        if self._office_role.isChecked():
            # An office has no office above it: whoever sends to it brings a card of their own.
            self._finish()
        else:
            self._show(CARD)

    def _refused(self, error: CairnError) -> None:
        self._set_busy(False)
        self.tell(messages.sentence(error))

    def _set_busy(self, busy: bool) -> None:
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._pages.setEnabled(not busy)

    def _choose_card(self) -> None:
        title, kind = self.tr("Choose the office's contact card"), self.tr("Contact cards (*.contact)")
        choose_file(self, title, self._read_card, filters=(kind,), verb=self.tr("Choose"))

    def _read_card(self, chosen: Path) -> None:
        tasks.run(
            self,
            lambda _progress: contacts.read_file(chosen),
            then=self._have_card,
            failed=self._refused,
        )

    def _have_card(self, found: tuple[bytes, Card]) -> None:
        self._card, card_read = found
        self._card_name.setText(card_read.label)
        self._card_part.show()
        self._card_words.setFocus()
        self._look()

    def _add_card(self) -> None:
        session, data, words = self._session, self._card, self._card_words.words()
        if session is None:
            return
        self._set_busy(True)
        tasks.run(
            self,
            lambda _progress: contacts.add(session, data, words),
            then=lambda _row: self._finish(),
            failed=self._wrong_card,
        )

    def _wrong_card(self, error: CairnError) -> None:
        self._card_words.mark_wrong()
        self._refused(error)

    def _finish(self) -> None:
        if self._session is not None:
            self._desk.enter(self._session)
