"""Hearing that the screen of this session is locked, from whoever says so on Linux, and knowing whether anybody does.

There is no one way. logind sends `Lock` when it is asked to lock a session, and holds `LockedHint`, which desktops
set when theirs is locked. Screen savers send `ActiveChanged` on the session's bus, each under a name of its own.
Some lockers (`xscreensaver`, `i3lock`, `swaylock`) tell nobody. Nothing here waits for an answer: a bus that
hangs must not hold up the window.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusVariant,
)

ANSWER_MS = 5000
LOGIND = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_SESSION = f"{LOGIND}.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = {
    "org.gnome.ScreenSaver": ("/org/gnome/ScreenSaver",),
    "org.cinnamon.ScreenSaver": ("/org/cinnamon/ScreenSaver",),
    "org.mate.ScreenSaver": ("/org/mate/ScreenSaver", "/"),
    "org.xfce.ScreenSaver": ("/org/xfce/ScreenSaver", "/"),
    "org.freedesktop.ScreenSaver": ("/org/freedesktop/ScreenSaver", "/ScreenSaver"),
}
"""Name (and interface) of each screen saver that tells → where it may be asked."""


class ScreenLocks(QObject):
    """Listens from the moment it is made."""

    locked = Signal()
    """The screen of this session is locked now."""
    changed = Signal()
    """`savers` or `logind` became known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.savers: set[str] = set()
        """Names of the screen savers that answered: they know whether they are active, and tell."""
        self.logind = False
        """Whether logind knows this session. It hears of a locked screen where the desktop tells it."""
        self._session = ""
        """Path of the own session; empty while unknown, when every session's word counts."""
        self._listen_to_logind(QDBusConnection.systemBus())
        self._listen_to_savers(QDBusConnection.sessionBus())

    # logind

    def _listen_to_logind(self, bus: QDBusConnection) -> None:
        if not bus.isConnected():
            return
        # The binding's stub asks for bytes, the binding itself takes only the text that SLOT gives.
        bus.connect("", "", _SESSION, "Lock", self, SLOT("on_lock(QDBusMessage)"))  # type: ignore[call-overload]
        changed = SLOT("on_properties(QString,QVariantMap,QStringList,QDBusMessage)")
        bus.connect("", "", _PROPERTIES, "PropertiesChanged", self, changed)  # type: ignore[call-overload]
        self._ask_session(bus)

    def _ask_session(self, bus: QDBusConnection) -> None:
        """Which session this is: by the number it was given, else the one that logind itself takes this process for
        (`auto`: also of a program that the user's service manager began)."""
        number = os.environ.get("XDG_SESSION_ID", "")

        def by_number(found: object) -> None:
            number = found.variant() if isinstance(found, QDBusVariant) else found
            ask = _call(LOGIND, _MANAGER, f"{LOGIND}.Manager", "GetSession", str(number))
            self._send(bus, ask, self._session_found, lambda: None)

        def by_itself() -> None:
            ask = _call(LOGIND, f"{_MANAGER}/session/auto", _PROPERTIES, "Get", _SESSION, "Id")
            self._send(bus, ask, by_number, lambda: None)

        if number:
            ask = _call(LOGIND, _MANAGER, f"{LOGIND}.Manager", "GetSession", number)
            self._send(bus, ask, self._session_found, by_itself)
        else:
            by_itself()

    def _session_found(self, found: object) -> None:
        if isinstance(found, QDBusObjectPath) and found.path():
            self._session, self.logind = found.path(), True
            self.changed.emit()

    def _is_own(self, message: QDBusMessage) -> bool:
        if not message.path().startswith(f"{_MANAGER}/session/"):
            return False
        return not self._session or message.path() == self._session

    @Slot(QDBusMessage)
    def on_lock(self, message: QDBusMessage) -> None:
        """logind: a session is to be locked."""
        if self._is_own(message):
            self.locked.emit()

    @Slot(str, "QVariantMap", "QStringList", QDBusMessage)
    def on_properties(
        self, interface: str, now: dict[str, object], _unsaid: list[str], message: QDBusMessage
    ) -> None:
        """logind: something about a session is another."""
        if interface == _SESSION and self._is_own(message) and now.get("LockedHint") is True:
            self.locked.emit()

    # Screen savers

    def _listen_to_savers(self, bus: QDBusConnection) -> None:
        if not bus.isConnected():
            return
        for name, paths in SAVERS.items():
            slot = SLOT("on_active(bool)")
            bus.connect("", "", name, "ActiveChanged", self, slot)  # type: ignore[call-overload]
            self._ask_saver(bus, name, paths)
        owner = SLOT("on_owner(QString,QString,QString)")
        bus.connect("org.freedesktop.DBus", "", "org.freedesktop.DBus", "NameOwnerChanged", self, owner)  # type: ignore[call-overload]

    def _ask_saver(self, bus: QDBusConnection, name: str, paths: tuple[str, ...]) -> None:
        """Whoever can say whether it is active also tells when it becomes so; others (`xscreensaver`) hold the
        name for something else alone."""
        if not paths:
            return
        ask = _call(name, paths[0], name, "GetActive")
        ask.setAutoStartService(False)
        self._send(
            bus, ask, lambda _active: self._answered(name), lambda: self._ask_saver(bus, name, paths[1:])
        )

    def _answered(self, name: str) -> None:
        self.savers.add(name)
        self.changed.emit()

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """A screen saver covers the screen, or no longer."""
        if active:
            self.locked.emit()

    @Slot(str, str, str)
    def on_owner(self, name: str, _old: str, new: str) -> None:
        """A name on the bus has another owner: screen savers come and go."""
        if name not in SAVERS:
            return
        self.savers.discard(name)
        if new:
            self._ask_saver(QDBusConnection.sessionBus(), name, SAVERS[name])
        self.changed.emit()

    def _send(
        self,
        bus: QDBusConnection,
        ask: QDBusMessage,
        then: Callable[[object], None],
        failed: Callable[[], None],
    ) -> None:
        watcher = QDBusPendingCallWatcher(bus.asyncCall(ask, ANSWER_MS), self)

        def finished(waiting: QDBusPendingCallWatcher) -> None:
            reply = waiting.reply()
            waiting.deleteLater()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                then(reply.arguments()[0])
            else:
                failed()

        watcher.finished.connect(finished)


def _call(service: str, path: str, interface: str, method: str, *arguments: object) -> QDBusMessage:
    ask = QDBusMessage.createMethodCall(service, path, interface, method)
    ask.setArguments(list(arguments))
    return ask
