"""For stock tools: the keys with which `age` and `ssh-keygen` do what Cairn does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.vault import stock_keys
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.screens.settings.group import Group
from cairn.qt.widgets import Field, button, label
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.facts import Exact, Line, Notice
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.passphrase import PassphraseForm
from cairn.qt.widgets.settings import Outcome

Written = Callable[[Sequence[Path]], None]


class StockGroup(Group):
    """Writing out the age identity and the list of signers."""

    key = "stock"
    glyph = "copy-out"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(
            self.tr("For stock tools"),
            self.tr(
                "With the age identity and the list of signers anyone can open and verify bundles sealed to this "
                "vault without Cairn: with age, tar, ssh-keygen and sha256sum."
            ),
        )
        self.encrypted = button(self.tr("Write out encrypted…"), self._encrypted)
        self.plain = button(self.tr("Write out readable…"), self._plain, kind="danger")
        only_where_kept(self.encrypted, self.plain)
        self.line(
            self.tr("With a passphrase of its own"),
            self.tr("age asks for it when the identity is used."),
            self.encrypted,
        )
        self.line(
            self.tr("Without a passphrase"),
            self.tr("Whoever finds the file can open every bundle sealed to this vault."),
            self.plain,
        )
        self._outcome = Outcome()
        self.lines.addWidget(self._outcome)
        self.anchors = {"encrypted": self.encrypted, "plain": self.plain}

    def _encrypted(self) -> None:
        WriteEncrypted(self.desk, self, self._written).open()

    def _plain(self) -> None:
        WritePlain(self.desk, self, self._written).open()

    def _written(self, files: Sequence[Path]) -> None:
        said = Line(self.tr("Three files were written:"), tone="good")
        self._outcome.say(said, *(Exact(str(file), self.tr("Written file")) for file in files))


class _Write(Asking):
    def __init__(self, desk: Desk, over: QWidget, written: Written) -> None:
        super().__init__(desk, over)
        self._written = written

    def start(self) -> None:
        choose_folder(
            self, self.tr("Choose a folder for the keys"), self.write, verb=self.tr("Write them here")
        )

    def write(self, folder: Path) -> None:
        """Write into `folder`."""
        raise NotImplementedError

    def done(self, result: Sequence[Path], said: str) -> None:
        super().done(result, said)
        self._written(result)


class WriteEncrypted(_Write):
    """A passphrase for the identity, then a folder."""

    def __init__(self, desk: Desk, over: QWidget, written: Written) -> None:
        super().__init__(desk, over, written)
        self.form = PassphraseForm()
        text = label(
            self.tr(
                "The identity opens every bundle that was or will be sealed to this vault. Give it a passphrase of "
                "its own, not the vault's."
            ),
            wrap=True,
        )
        self.build(
            self.tr("Write out the identity, encrypted"),
            [text, self.form],
            go=self.tr("Choose a folder…"),
            busy=self.tr("Writing the keys."),
        )
        self.form.changed.connect(self.look)
        self.look()

    def ready(self) -> bool:
        return self.form.good

    def write(self, folder: Path) -> None:
        session, passphrase = self.desk.session, self.form.passphrase
        self.do(lambda _progress: stock_keys.export(session, folder, passphrase=passphrase))


class WritePlain(_Write):
    """A warning, words to be typed, then a folder."""

    def __init__(self, desk: Desk, over: QWidget, written: Written) -> None:
        super().__init__(desk, over, written)
        self.phrase = self.tr("anyone can read it")
        self.line = QLineEdit()
        warning = Notice(
            self.tr(
                "The identity lies readable on the disk, and stays readable in traces even when you delete it. Whoever "
                "finds it can open every bundle that was or will be sealed to this vault. It can't be called back."
            ),
            "danger",
        )
        field = Field(self.tr("Type: {phrase}").format(phrase=self.phrase), self.line)
        self.build(
            self.tr("Write out the identity, readable"),
            [warning, field],
            go=self.tr("Choose a folder…"),
            busy=self.tr("Writing the keys."),
            danger=True,
        )
        self.line.textChanged.connect(self.look)
        self.look()

    def ready(self) -> bool:
        return " ".join(self.line.text().split()).casefold() == self.phrase.casefold()

    def write(self, folder: Path) -> None:
        session = self.desk.session
        self.do(lambda _progress: stock_keys.export(session, folder, plain=True, confirmed=True))
