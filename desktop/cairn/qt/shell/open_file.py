"""A file that was double-clicked: first what can be said without a key, then, with the vault open, the rest.

Nothing is taken in or added before the person has opened a vault of their own for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from cairn import paths
from cairn.qt.base import tasks
from cairn.qt.base.files import require_file
from cairn.qt.base.opening import Application
from cairn.qt.shell.single_instance import SingleInstance
from cairn.qt.widgets import ask

if TYPE_CHECKING:
    from cairn.model.ports import Progress
    from cairn.qt.shell.desk_view import DeskView

CARD = "card"


class FileTaker(Protocol):
    """The window, as far as an opened file needs it."""

    @property
    def desk(self) -> DeskView | None:
        """The desk, while a vault is open."""
        ...

    @property
    def making(self) -> bool:
        """Whether a vault is being made, or has just got its new passphrase."""
        ...

    def begin(self) -> None:
        """Show the first screen."""
        ...

    def show_outside(self, path: Path | None = None) -> None:
        """What can be said of a file without any key."""
        ...

    def tell_entrance(self, sentence: str) -> None:
        """Say something on the screen before the vault."""
        ...

    def come_forward(self) -> None:
        """Before other windows."""
        ...


class FileOpener(QObject):
    """Keeps the file that waits for a vault."""

    def __init__(self, window: FileTaker, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self.waiting: Path | None = None
        self._agreed: Path | None = None
        """The file that the person has seen from outside and wants to go on with."""
        if isinstance(app, Application):
            app.file_opened.connect(self._opened)
        self.instance = SingleInstance(self)
        """Found by a second start, as long as the window can take something."""
        self.instance.files_received.connect(self._second_start)

    def give(self, files: Sequence[Path]) -> None:
        """Take over what was double-clicked. One at a time: each is to be read before it is agreed to."""
        if not files:
            return
        path = files[0]
        desk = self._window.desk
        if desk is not None:
            self._take(desk, path)
        elif self._window.making:
            # A vault is just being made, or got its new passphrase: afterwards.
            self.waiting = path
        else:
            self._window.show_outside(path)
        if len(files) > 1:
            sentence = self.tr("Cairn opens one file at a time. This is the first; open the others after it.")
            if desk is not None:
                desk.say(sentence)
            else:
                self._window.tell_entrance(sentence)

    def _opened(self, path: str) -> None:
        self.give([Path(path)])

    def _second_start(self, files: list[Path]) -> None:
        """Cairn was started a second time."""
        self._window.come_forward()
        self.give(files)

    def open_vault_for(self, path: Path) -> None:
        """The person wants to go on with this file."""
        self.waiting = self._agreed = path
        self._window.begin()

    def forget(self) -> None:
        """The person does not."""
        self.waiting = self._agreed = None

    def entered(self, desk: DeskView) -> None:
        """A vault is open: go on with what waits. Not in the practice vault, which nothing real belongs in."""
        if self.waiting is not None:
            self._take(desk, self.waiting)

    def _take(self, desk: DeskView, path: Path) -> None:
        if desk.session.info.practice:
            self.waiting = path
            sentence = self.tr("“{name}” waits until you open a vault of your own.")
            desk.say(sentence.format(name=paths.readable_name(path.name)))
            return
        agreed = path == self._agreed
        self.waiting = self._agreed = None

        def look(_progress: Progress) -> tuple[str, str]:
            from cairn.app.arriving import opening
            from cairn.app.kernel import contacts

            require_file(path)
            kind = opening.look(path).kind
            return kind, contacts.read_file(path)[1].label if kind == CARD and not agreed else ""

        def known(found: tuple[str, str]) -> None:
            kind, label = found
            if self._window.desk is not desk:
                return
            if kind == CARD and not agreed:
                self._ask(desk, path, label)
            else:
                self._open(desk, path, kind)

        tasks.run(desk, look, then=known, failed=desk.fail, lane="long")

    def _ask(self, desk: DeskView, path: Path, label: str) -> None:
        """Any program of this person can hand over a card; only the person can want it."""
        from cairn.qt.screens.exchange.outside import claim

        ask(
            desk,
            self.tr("Add this contact card?"),
            claim(label),
            yes=self.tr("Add card"),
            no=self.tr("Leave it"),
            then=lambda _reason: self._open(desk, path, CARD),
        )

    def _open(self, desk: DeskView, path: Path, kind: str) -> None:
        if not desk.open_file("contacts" if kind == CARD else "exchange", path):
            sentence = self.tr("End this first, or leave it; then open “{name}” again.")
            desk.say(sentence.format(name=paths.readable_name(path.name)), "warn")
