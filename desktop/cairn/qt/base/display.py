"""Whether a window can be shown at all. Asked before Qt is, which would end the process with a message of its own."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from cairn.errors import MachineError

_LIBRARY = re.compile(r"(?:^|/)(lib[A-Za-z0-9._+-]+): ")


def require() -> None:
    """Go on only where a window can be shown. Raises MachineError."""
    if sys.platform != "linux":
        return
    wanted = _wanted(os.environ)
    if not wanted:
        raise MachineError("machine.no-display")
    reached = [name for name in wanted if _REACHED.get(name, _yes)()]
    if not reached:
        raise MachineError("machine.display-unreachable")
    if reached == ["xcb"]:
        _require_plugin()


def _wanted(environment: Mapping[str, str]) -> list[str]:
    """Names of the platforms that Qt would try."""
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        names = [part.split(":")[0] for part in asked.split(";")]
        return ["wayland" if name.startswith("wayland") else name for name in names]
    found = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    if environment.get("DISPLAY"):
        found.append("xcb")
    return found


def _yes() -> bool:
    """Platforms without a server, such as `offscreen`."""
    return True


def _x() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the plugin is asked next, and says which library it misses
    xcb.xcb_connect.restype = ctypes.c_void_p
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    reached = int(xcb.xcb_connection_has_error(connection)) == 0
    xcb.xcb_disconnect(connection)
    return reached


def _wayland() -> bool:
    try:
        client = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False
    client.wl_display_connect.restype = ctypes.c_void_p
    client.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    client.wl_log_set_handler_client(_SILENT)
    display = client.wl_display_connect(None)
    if not display:
        return False
    client.wl_display_disconnect(display)
    return True


_SILENT = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p)(lambda _form, _values: None)
"""Takes what libwayland would write to the terminal; kept, because the library keeps it."""
_REACHED = {"xcb": _x, "wayland": _wayland}


def _require_plugin() -> None:
    """Load the part of Qt that speaks to the X server, as Qt will: a missing library is named here, not there."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    plugin = folder / "libqxcb.so"
    if not plugin.exists():
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        found = _LIBRARY.search(str(error))
        raise MachineError("machine.no-library", name=found[1] if found else plugin.name) from error
