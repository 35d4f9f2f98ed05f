"""The unlock card: passphrase or recovery words, and the ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from cairn import paths
from cairn.app.kernel import preferences
from cairn.app.program import practice_place
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.base.help_pages import FIRST
from cairn.qt.base.icons import icon
from cairn.qt.base.language import set_language
from cairn.qt.base.theme import theme
from cairn.qt.desk import EntranceDesk
from cairn.qt.widgets import Field, button, card, label, stick
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.entrance import EntranceCard
from cairn.qt.widgets.reflow import Ends, Flow
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session

_DAMAGED = (
    "vault.database-altered",
    "machine.disk-failing",
    "session.device-missing",
    "crypto.keys-altered",
)
"""What opening a vault says where its database is damaged."""
LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}


class UnlockScreen(EntranceCard):
    """One card. Wrong passphrases are answered in place; nothing is counted, nothing is wiped."""

    def __init__(self, desk: EntranceDesk, folder: Path | None) -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._busy = False
        self._caps: bool | None = None
        self._passphrase = SecretLine()
        self._passphrase.setMinimumHeight(theme().px(44))
        self._passphrase.returnPressed.connect(self._unlock)
        self._passphrase.installEventFilter(self)
        self._passphrase.textChanged.connect(self._show_help)
        self._field = Field(self.tr("Passphrase"), self._passphrase)
        self._shown = ShowTyped(self._passphrase)
        self._open = button(self.tr("Open vault"), self._unlock, kind="primary", tall=True)
        self._another = button(self.tr("Another vault…"), self._choose, kind="link")
        below = stick.with_place(Flow(*self._ways(), gap=20, centred=True))
        self.place(
            self._known() if folder is not None else self._unknown(), 400, above=self.banner, below=below
        )
        if folder is None:
            for part in (self._field, self._shown, self._open):
                # Nothing to open yet; owned all the same, or it would be a window of its own.
                part.setParent(self)
                part.hide()
        self.setFocusProxy(self._passphrase if folder is not None else self._first)
        if stick.warning():
            self.tell(stick.warning())
        self._show_waiting()
        QGuiApplication.inputMethod().localeChanged.connect(self._show_help)
        self._show_help()

    def help_page(self) -> str:
        return FIRST if self._folder is None else "opening-the-vault"

    def _show_waiting(self) -> None:
        """What was double-clicked and is gone on with in the vault that is opened now."""
        if (path := self._desk.opened_file) is not None:
            sentence = self.tr("When the vault is open, Cairn goes on with “{name}”.").format(
                name=paths.readable_name(path.name)
            )
            self.banner.show_message(
                sentence, action=self.tr("Leave it"), clicked=self._leave_file, closable=False
            )

    def _leave_file(self) -> None:
        self._desk.forget_file()
        self.banner.clear()
        self.setFocus()

    def _heading(self, title: str, text: str) -> list[QWidget | int]:
        mark = QLabel()
        mark.setPixmap(icon("cairn", "accent").pixmap(QSize(theme().px(44), theme().px(44))))
        return [mark, 12, label(title, "title", wrap=True), 4, label(text, "soft", wrap=True)]

    def _known(self) -> QWidget:
        name = paths.readable_name(self._folder.name) if self._folder is not None else ""
        text = self.tr("Vault in the folder “{name}”. Kept encrypted on this laptop.").format(name=name)
        if self._folder is not None and stick.holds(self._folder):
            text = self.tr("Vault in the folder “{name}”. Kept encrypted on this stick.").format(name=name)
        if self._folder == practice_place.default_folder():
            # Its passphrase is no secret: it stands in the program, like everything in this vault.
            text = self.tr("The practice vault. Its passphrase is “{passphrase}”.").format(
                passphrase=practice_place.PASSPHRASE
            )
        return card(
            *self._heading(self.tr("Open your vault"), text),
            20,
            self._field,
            8,
            self._shown,
            16,
            self._open,
            12,
            Ends(button(self.tr("Use recovery words"), self._show_recovery, kind="link"), self._another),
            space=0,
            margin=32,
        )

    def _unknown(self) -> QWidget:
        text = self.tr(
            "Interviews are kept in an encrypted folder on this laptop: your vault. Cairn never uses a network."
        )
        if stick.place():
            text = self.tr(
                "Interviews are kept in an encrypted folder on this stick: your vault. Cairn never uses a network."
            )
        self._first = button(self.tr("New vault"), self._desk.show_setup, kind="primary", tall=True)
        self._another = button(self.tr("Open a vault…"), self._choose, tall=True)
        return card(
            *self._heading(self.tr("Welcome to Cairn"), text),
            24,
            self._first,
            12,
            self._another,
            space=0,
            margin=32,
        )

    def _ways(self) -> list[QWidget]:
        ways: list[tuple[str, Callable[[], object]]] = []
        if self._folder is not None:
            ways.append((self.tr("New vault"), self._desk.show_setup))
        ways.append((self.tr("Practise"), self._desk.show_practice))
        ways.append((self.tr("Look at a bundle"), self._desk.show_outside))
        ways.append((self.tr("Restore a backup…"), self._desk.show_restore))
        ways.append((self.tr("Help"), self._desk.show_help))
        for code, name in LANGUAGE_NAMES.items():
            if code != messages.language():
                ways.append((name, self._speak(code)))
        return [button(word, act, kind="plain") for word, act in ways]

    def _speak(self, language: str) -> Callable[[], None]:
        def speak() -> None:
            app = QApplication.instance()
            if isinstance(app, QApplication):
                set_language(app, language)
                theme().apply(app)
            # A language that can't be remembered on this disk is still spoken now.
            with suppress(CairnError):
                preferences.change_outside(language=language)
            self._desk.show_unlock(self._folder)

        return speak

    def _choose(self) -> None:
        """The vaults that are known, by their folders' names, or any other folder."""
        others = [vault for vault in preferences.known_vaults() if vault.folder != self._folder]
        if not others:
            self._choose_other()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for vault in others:
            entry = menu.addAction(vault.name.replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, where=vault.folder: self._desk.show_unlock(where))
        menu.addSeparator()
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(lambda _on=False: self._choose_other())
        menu.popup(self._another.mapToGlobal(self._another.rect().bottomLeft()))

    def _choose_other(self) -> None:
        choose_folder(
            self,
            self.tr("Choose the vault's folder"),
            self._desk.show_unlock,
            verb=self.tr("Choose"),
            start=start_folder(self._folder),
        )

    def _show_recovery(self) -> None:
        from cairn.qt.screens.unlock.recovery import RecoveryForm

        if self._folder is not None:
            self._desk.show_entrance(RecoveryForm(self._desk, self._folder))

    def _unlock(self, *, despite_alarm: bool = False) -> None:
        folder = self._folder
        if self._busy or folder is None:
            return
        passphrase = self._passphrase.text()
        if not passphrase:
            self._field.set_error(self.tr("Type your passphrase."))
            return
        self._set_busy(True)
        tasks.run(
            self,
            lambda _progress: _open_vault(folder, passphrase, despite_alarm=despite_alarm),
            then=self._opened,
            failed=self._refused,
            orphaned=self._desk.close_unwanted,
        )

    def _opened(self, session: Session) -> None:
        self._passphrase.clear()
        self._desk.enter(session)

    def _refused(self, error: CairnError) -> None:
        self._set_busy(False)
        if error.code == "vault.wrong-passphrase":
            self._field.set_error(messages.sentence(error))
        elif error.code == "storage.custody-altered":
            self.banner.show_message(
                messages.sentence(error),
                "danger",
                action=self.tr("Open it all the same"),
                clicked=partial(self._unlock, despite_alarm=True),
            )
        elif error.code in _DAMAGED:
            self.banner.show_message(
                messages.sentence(error),
                "danger",
                action=self.tr("See what can be read…"),
                clicked=lambda: self._desk.show_salvage(self._folder),
            )
        else:
            self.tell(messages.sentence(error))
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._passphrase.setReadOnly(busy)
        self._open.setEnabled(not busy)
        self._open.setText(self.tr("Opening…") if busy else self.tr("Open vault"))
        if busy:
            self._field.set_error("")

    def _show_help(self) -> None:
        """What is known about the keyboard and of blanks, because a passphrase can't be seen while it is typed."""
        known = [self._passphrase.blanks] if self._passphrase.blanks else []
        if self._caps is not None:
            known.append(self.tr("Caps Lock is on.") if self._caps else self.tr("Caps Lock is off."))
        language = QGuiApplication.inputMethod().locale().nativeLanguageName()
        if language:
            known.append(self.tr("Keyboard: {language}.").format(language=language))
        self._field.set_help(" ".join(known))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        on_it = watched is self._passphrase and event.type() == QEvent.Type.KeyPress
        if on_it and isinstance(event, QKeyEvent):
            self._notice_caps(event)
        return False

    def _notice_caps(self, event: QKeyEvent) -> None:
        """Qt can't ask for Caps Lock; the letters that arrive tell it. The key itself makes it unknown."""
        typed = event.text()
        caps = self._caps
        if event.key() == Qt.Key.Key_CapsLock:
            caps = None
        elif len(typed) == 1 and typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            caps = typed.isupper() != shift
        if caps is not self._caps or self._field.error:
            self._caps = caps
            self._show_help()


def start_folder(folder: Path | None) -> Path:
    """Where choosing a vault's folder begins: beside the one that is shown, else where vaults usually live."""
    if folder is not None and folder.parent.is_dir():
        return folder.parent
    usual = paths.vaults_folder()
    return usual if usual.is_dir() else Path.home()


def _open_vault(folder: Path, passphrase: str, *, despite_alarm: bool) -> Session:
    # Imported here, in the background: the first screen doesn't wait for the database and the ciphers.
    from cairn.app.kernel import session

    return session.open_vault(folder, passphrase, despite_alarm=despite_alarm)
