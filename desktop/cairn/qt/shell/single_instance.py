"""One window for each person: a program that is started a second time hands its files to the first, and ends.

On Linux over the session's bus, in the desktop's own words for it (org.freedesktop.Application, Desktop Entry
Specification, "D-Bus Activation"); on Windows from window to window (`second_start.py`). macOS does it by itself, see
`cairn.qt.application`. Where there is no session bus, a second start is a second window, and a vault still opens in
one of them only.

On that bus speak the programs of the same person. What they can do here is what a double click can: a file is
shown, never taken in, and a contact's card is asked about first.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage

from cairn import paths
from cairn.qt.base.windows import on_windows
from cairn.qt.shell import second_start

INTERFACE = "org.freedesktop.Application"
PLACE = "/app/cairn/Cairn"
ANSWER_MS = 3000
"""How long the first program has to answer; then the second opens a window of its own."""
AT_MOST = 16
"""Files at once: each is to be read before it is agreed to, and only the first is opened."""
_TOKEN, _TOKEN_VARIABLE = "activation-token", "XDG_ACTIVATION_TOKEN"

# The stub does not know it as a decorator.
_class_info: Any = ClassInfo


def address() -> str:
    """The name on the bus. One for each folder of settings: a program on a stick is another than the installed one."""
    place = Path(os.path.realpath(paths.settings_folder())).as_uri()
    return f"app.cairn.Cairn.i{uuid.uuid5(uuid.NAMESPACE_URL, place).hex}"


def pass_on(files: Sequence[Path], environment: Mapping[str, str] = os.environ) -> bool:
    """Give `files` to the program that runs already, or have it come to the front. False when there is none."""
    if on_windows():
        return second_start.hand_over(address(), [str(path.absolute()) for path in files])
    if not _has_bus(environment):
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    token = environment.get(_TOKEN_VARIABLE)
    said = {_TOKEN: token} if token else {}
    ask = QDBusMessage.createMethodCall(address(), PLACE, INTERFACE, "Open" if files else "Activate")
    ask.setArguments([[path.absolute().as_uri() for path in files], said] if files else [said])
    ask.setAutoStartService(False)
    answer = bus.call(ask, timeout=ANSWER_MS)
    return answer.type() == QDBusMessage.MessageType.ReplyMessage


def _has_bus(environment: Mapping[str, str]) -> bool:
    """Whether the session has a bus. Asked for without one, the library would start one, which stays."""
    if sys.platform != "linux":
        return False
    named = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return not named.startswith("disabled:")
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and os.path.exists(f"{runtime}/bus")


class SingleInstance(QObject):
    """What a second start finds. It is found from `open` to `close`."""

    files_received = Signal(list)
    """Paths; possibly none, when the window shall only come to the front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._adaptor = _Application(self)
        self._open = False
        self._door: second_start.Door | None = None

    def open(self) -> bool:
        """Be found from now on. False without a bus, or when another program is found there already."""
        app = QCoreApplication.instance()
        if on_windows() and app is not None:
            self._door = second_start.Door(app, address(), self._take)
            return self._door.open
        if not _has_bus(os.environ):
            return False
        bus = QDBusConnection.sessionBus()
        exported = QDBusConnection.RegisterOption.ExportAdaptors
        self._open = bus.isConnected() and bus.registerObject(PLACE, self, exported)
        return self._open and bus.registerService(address())

    def close(self) -> None:
        """Be found no more: what is passed on now would be lost."""
        door, self._door = self._door, None
        if door is not None:
            door.close()
        if self._open:
            self._open = False
            bus = QDBusConnection.sessionBus()
            bus.unregisterService(address())
            bus.unregisterObject(PLACE)

    def receive(self, uris: Sequence[str], said: Mapping[str, Any]) -> None:
        """A second start, with files or without. Answered at once; the window follows."""
        token = said.get(_TOKEN)
        if isinstance(token, str) and "\0" not in token:
            # Under Wayland only whoever was clicked may bring a window to the front; Qt looks for its word here.
            os.environ[_TOKEN_VARIABLE] = token
        self._take([paths.local_path(uri) for uri in uris[:AT_MOST]])

    def _take(self, names: Sequence[str]) -> None:
        files = [Path(name) for name in names[:AT_MOST] if os.path.isabs(name) and "\0" not in name]
        QTimer.singleShot(0, self, lambda: self.files_received.emit(files))


@_class_info({"D-Bus Interface": INTERFACE})
class _Application(QDBusAbstractAdaptor):
    def __init__(self, instance: SingleInstance) -> None:
        super().__init__(instance)
        self._instance = instance

    @Slot("QVariantMap")
    def Activate(self, said: dict[str, Any]) -> None:
        self._instance.receive((), said)

    @Slot("QStringList", "QVariantMap")
    def Open(self, uris: list[str], said: dict[str, Any]) -> None:
        self._instance.receive(uris, said)

    @Slot(str, "QVariantList", "QVariantMap")
    def ActivateAction(self, _name: str, _given: list[Any], said: dict[str, Any]) -> None:
        self._instance.receive((), said)
