"""The unlock card: passphrase or recovery words, and the ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from cairn.app import preferences
from cairn.app import session as sessions
from cairn.app.session import Session
from cairn.errors import CairnError
from cairn.qt import application, messages
from cairn.qt.icons import logo
from cairn.qt.screens.unlock.recovery import RecoveryForm
from cairn.qt.theme import theme
from cairn.qt.widgets import Banner, Field, button, card, column, label, row

if TYPE_CHECKING:
    from cairn.qt.shell.window import Window

LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}


class UnlockScreen(QWidget):
    """One card. Wrong passphrases are answered in place; nothing is counted, nothing is wiped."""

    def __init__(self, window: Window, folder: Path | None) -> None:
        super().__init__()
        self._window = window
        self._folder = folder
        self._busy = False
        self.banner = Banner()
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setMinimumHeight(theme().px(44))
        self._passphrase.returnPressed.connect(self._unlock)
        self._field = Field(self.tr("Passphrase"), self._passphrase)
        self._open = button(self.tr("Open vault"), self._unlock, kind="primary", tall=True)
        self._recovery: RecoveryForm | None = None
        self._card = self._known() if folder is not None else self._unknown()
        self._card.setFixedWidth(theme().px(400))
        below = row(
            None,
            *self._ways(),
            None,
            space=8,
        )
        self._column = column(
            None, self.banner, row(None, self._card, None), below, None, space=20, margin=24
        )
        self.setLayout(self._column)
        if folder is not None:
            self.setFocusProxy(self._passphrase)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_help)
        self._show_help()

    def _heading(self, title: str, text: str) -> list[QWidget | int]:
        mark = QLabel()
        mark.setPixmap(logo().pixmap(QSize(theme().px(44), theme().px(44))))
        return [mark, 4, label(title, "title"), label(text, "soft", wrap=True)]

    def _known(self) -> QWidget:
        name = self._folder.name if self._folder is not None else ""
        text = self.tr("Vault in the folder “{name}”. Kept encrypted on this laptop.").format(name=name)
        links = row(
            button(self.tr("Use recovery words"), self._show_recovery, kind="quiet"),
            None,
            button(self.tr("Another vault…"), self._choose, kind="quiet"),
        )
        return card(
            *self._heading(self.tr("Open your vault"), text),
            4,
            self._field,
            self._open,
            links,
            space=12,
            margin=32,
        )

    def _unknown(self) -> QWidget:
        text = self.tr(
            "Interviews are kept in an encrypted folder on this laptop: your vault. Cairn never uses a network."
        )
        return card(
            *self._heading(self.tr("Welcome to Cairn"), text),
            8,
            button(self.tr("New vault"), self._window.show_setup, kind="primary", tall=True),
            button(self.tr("Open a vault…"), self._choose, tall=True),
            space=12,
            margin=32,
        )

    def _ways(self) -> list[QWidget]:
        ways: list[QWidget] = []
        if self._folder is not None:
            ways.append(button(self.tr("New vault"), self._window.show_setup, kind="quiet"))
        ways.append(button(self.tr("Practise"), self._window.show_practice, kind="quiet"))
        ways.append(button(self.tr("Look at a bundle"), self._window.show_outside, kind="quiet"))
        ways.append(button(self.tr("Restore a backup…"), self._restore, kind="quiet"))
        for code, name in LANGUAGE_NAMES.items():
            if code != messages.language():
                ways.append(button(name, self._speak(code), kind="quiet"))
        return ways

    def tell(self, sentence: str) -> None:
        """Say something above the card."""
        self.banner.show_message(sentence, "warn")

    def _speak(self, language: str) -> Callable[[], None]:
        def speak() -> None:
            app = QApplication.instance()
            if isinstance(app, QApplication):
                application.set_language(app, language)
                theme().apply(app)
            preferences.change_outside(language=language)
            self._window.show_unlock(self._folder)

        return speak

    def _choose(self) -> None:
        start = str(paths_start(self._folder))
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the vault's folder"), start)
        if chosen:
            self._window.show_unlock(Path(chosen))

    def _restore(self) -> None:
        from cairn.qt.screens.setup.restore import RestoreScreen

        self._window._show_gate(RestoreScreen(self._window))

    def _show_recovery(self) -> None:
        if self._folder is None:
            return
        form = RecoveryForm(self._window, self._folder, lambda: self._window.show_unlock(self._folder))
        self._window._show_gate(form)

    def _unlock(self) -> None:
        folder = self._folder
        if self._busy or folder is None:
            return
        passphrase = self._passphrase.text()
        if not passphrase:
            self._field.set_error(self.tr("Type your passphrase."))
            return
        self._set_busy(True)
        self._window.run(
            self,
            lambda _progress: sessions.open_vault(folder, passphrase),
            then=self._opened,
            failed=self._refused,
        )

    def _opened(self, session: Session) -> None:
        self._passphrase.clear()
        self._window.enter(session)

    def _refused(self, error: CairnError) -> None:
        self._set_busy(False)
        if error.code == "vault.wrong-passphrase":
            self._field.set_error(messages.sentence(error))
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
        language = QGuiApplication.inputMethod().locale()
        name = language.nativeLanguageName()
        self._field.set_help(self.tr("Keyboard: {language}").format(language=name) if name else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._field.set_help(self.tr("Caps Lock was pressed."))
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()


def paths_start(folder: Path | None) -> Path:
    """Where choosing a vault's folder begins."""
    from cairn import paths

    if folder is not None and folder.parent.is_dir():
        return folder.parent
    usual = paths.vaults_folder()
    return usual if usual.is_dir() else Path.home()
