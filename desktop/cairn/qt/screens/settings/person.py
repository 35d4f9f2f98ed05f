"""Locking, the name, and the passphrase: settings that live in the vault."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cairn.app.kernel import preferences
from cairn.app.kernel import session as sessions
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.screens.settings.group import Group
from cairn.qt.widgets import Field, Line, button
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.passphrase import PassphraseForm
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped
from cairn.qt.widgets.settings import CONTROL, Choice

MINUTES = (1, 2, 5, 10, 15, 30)


class LockingGroup(Group):
    """After how many idle minutes the vault locks, and who may picture it meanwhile."""

    key = "locking"
    glyph = "lock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(
            self.tr("Locking"),
            self.tr(
                "Cairn also locks when the laptop sleeps, with Ctrl+L, and when the screen is locked, if the system "
                "tells it. What you were writing is kept each time."
            ),
        )
        now = desk.settings.lock_minutes
        known = MINUTES if now in MINUTES else (*MINUTES, now)
        options = [(each, self.tr("%n minutes", "", each) if each else self.tr("Never")) for each in known]
        self.minutes = Choice(self.tr("Lock after"), options, now)
        self.minutes.picked.connect(self._set)
        self.line(self.tr("Lock after"), self.tr("Without a key or a touch. Short is safer."), self.minutes)
        self.anchors = {"minutes": self.minutes}
        self.line(self.tr("Screen lock"), self._screen_lock())
        self._capture()

    def _screen_lock(self) -> str:
        """Whether a locked screen locks the vault here: as far as it is known, and no further."""
        told_by = self.desk.settings.screen_lock_heard_from()
        if "windows" in told_by:
            return self.tr("Windows tells Cairn when the screen is locked: then the vault is locked, too.")
        savers = [name for name in told_by if name != "logind"]
        if savers:
            text = self.tr(
                "The screen lock of this desktop ({name}) tells Cairn when it covers the screen: then the vault is "
                "locked, too."
            )
            return text.format(name=", ".join(savers))
        if told_by:
            return self.tr(
                "Cairn hears of a locked screen from the system (logind), and not every desktop tells it. Try it "
                "once: lock the screen, and look whether the vault is locked. If not, press Ctrl+L first."
            )
        return self.tr(
            "Nothing on this system tells Cairn when the screen is locked. Press Ctrl+L before you lock it, and choose "
            "a short time above."
        )

    def _capture(self) -> None:
        name = self.tr("Screenshots and screen sharing")
        hidden = self.desk.settings.capture_hidden
        if hidden is None:
            self.line(
                name,
                self.tr(
                    "Other programs can take pictures of this window: screenshots, screen sharing, remote help. "
                    "Cairn can prevent that only on Windows. Here, close such programs first."
                ),
            )
            return
        self.capture = Choice(
            name, [(True, self.tr("Cairn is hidden")), (False, self.tr("Cairn can be seen"))], hidden
        )
        self.capture.picked.connect(self._set_capture)
        self.line(
            name,
            self.tr(
                "Hidden, other programs see an empty place where the window is. A camera sees it all the same."
            ),
            self.capture,
        )
        self.anchors["capture"] = self.capture

    def _set_capture(self, hidden: object) -> None:
        if not isinstance(hidden, bool):
            return
        session = self.desk.session
        self.desk.settings.set_capture_hidden(hidden)
        tasks.run(
            self, lambda _progress: preferences.change_inside(session, sessions.HIDE_FROM_CAPTURE, hidden)
        )

    def _set(self, minutes: object) -> None:
        if not isinstance(minutes, int):
            return
        session = self.desk.session
        self.desk.settings.lock_minutes = minutes
        tasks.run(self, lambda _progress: preferences.change_inside(session, sessions.AUTO_LOCK, minutes))


class NameGroup(Group):
    """The name or code that stands beside everything written from now on."""

    key = "name"
    glyph = "people"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("Name"))
        self.author = Line(desk.session.info.author)
        self.author.setPlaceholderText(desk.session.info.label)
        self.author.setAccessibleName(self.tr("Your name or code"))
        self.author.setMinimumWidth(theme().px(CONTROL))
        self.author.setMaximumWidth(theme().px(CONTROL))
        self.author.editingFinished.connect(self._keep)
        self.line(
            self.tr("Your name or code"),
            self.tr(
                "Written beside everything you make from now on. Earlier entries keep the name they have."
            ),
            self.author,
        )
        card = self.tr("On your contact card stands “{label}”. A card can't be changed.")
        self.line(self.tr("On your card"), card.format(label=desk.session.info.label))
        self.anchors = {"author": self.author}

    def _keep(self) -> None:
        session, name = self.desk.session, self.author.text().strip()
        if name != session.info.author:
            tasks.run(self, lambda _progress: sessions.set_author(session, name))

    def leave(self) -> None:
        commit_composition(self.author)
        self._keep()


class PassphraseGroup(Group):
    """Changing the passphrase."""

    key = "passphrase"
    glyph = "key"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("Passphrase"))
        self.change = button(self.tr("Change the passphrase…"), self._ask)
        only_where_kept(self.change)
        text = self.tr(
            "The old one opens this folder no more. A copy of the folder that was made earlier still opens with it."
        )
        if desk.session.info.practice:
            self.change.setEnabled(False)
            text = self.tr("The practice vault keeps its passphrase, which everybody knows.")
        self.line(self.tr("Change it when somebody may have seen it"), text, self.change)
        self.anchors = {"change": self.change}

    def _ask(self) -> None:
        ChangePassphrase(self.desk, self).open()


class ChangePassphrase(Asking):
    """The old passphrase, then a new one typed twice."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(desk, over)
        self.old = SecretLine()
        self.form = PassphraseForm()
        self._old_field = Field(self.tr("Passphrase now"), self.old)
        self.build(
            self.tr("Change the passphrase"),
            [self._old_field, ShowTyped(self.old), self.form],
            go=self.tr("Change the passphrase"),
            busy=self.tr("Changing the passphrase. This takes a moment."),
        )
        self.form.changed.connect(self.look)
        self.old.textChanged.connect(self.look)
        self.look()

    def ready(self) -> bool:
        return self.form.good and bool(self.old.text())

    def start(self) -> None:
        session, old, new = self.desk.session, self.old.text(), self.form.passphrase
        said = self.tr("The passphrase is changed. From now on only the new one opens the vault.")
        self._old_field.set_error("")
        self.do(lambda _progress: sessions.set_passphrase(session, new, old), said)

    def refused(self, error: CairnError) -> None:
        if error.code == "vault.wrong-passphrase":
            self._old_field.set_error(messages.sentence(error))
            self.old.setFocus()
            self.old.selectAll()
        else:
            super().refused(error)
