"""Portable mode: the program runs from a stick, and all that it keeps lies on that stick.

A frozen program on a stick finds a file `portable` beside itself; from source, a variable of the environment
says so. Nothing is then written anywhere else: not in the home folder, not among temporary files, not in a
cache of one of the libraries.

The environment belongs to whoever starts the program, perhaps through a file that another program has
changed: what is installed is not led to other folders by it, and starts no program that it names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "CAIRN_PORTABLE"
"""Names the folder on the stick that holds `cairn-data`; a frozen program knows it from `MARKER` alone."""
LOADER = "CAIRN_LOADER"
"""Set by the start script on a stick that has no sign for programs: the system's loader, which starts one."""
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
"""Where the system's loader lies; no other is believed."""
DATA = "cairn-data"
MARKER = "portable"
"""A file beside the executable; what it says is the way from there to the folder, or nothing: that one."""

# Nothing can be created below it, on any Linux, also by an administrator.
_NOWHERE = "/dev/null/cairn"


def portable_folder() -> Path | None:
    """The folder on the stick that holds everything; None when the program is installed."""
    if not getattr(sys, "frozen", False):
        said = os.environ.get(VARIABLE)
        return Path(os.path.abspath(said)) if said else None
    beside = Path(sys.executable).resolve().parent
    try:
        way = (beside / MARKER).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(os.path.abspath(beside / way))


def portable_data() -> Path | None:
    """The folder for settings and vaults on the stick; None when the program is installed."""
    folder = portable_folder()
    return None if folder is None else folder / DATA


def portable_read_only() -> bool:
    """Whether the program runs from a stick on which nothing can be saved."""
    place = portable_data()
    if place is None:
        return False
    while not place.exists() and place != place.parent:
        place = place.parent
    return not os.access(place, os.W_OK)


def own_program() -> list[str]:
    """The command that starts this very program again, when it is frozen: from FAT only the loader can."""
    loader = os.environ.get(LOADER, "")
    believed = loader in LOADERS and portable_folder() is not None
    return [*([loader] if believed else []), sys.executable]


def keep_to_the_stick() -> None:
    """In portable mode, before any library is loaded: let none of them write on the computer.

    Child processes run from the same stick. Without portable mode nothing is changed.
    """
    folder = portable_folder()
    if folder is None:
        return
    os.environ[VARIABLE] = str(folder)
    if sys.platform == "linux":
        os.environ.update(_quiet_libraries(dict(os.environ)))


def remembered(folder: Path) -> str:
    """How a folder is written down in the settings: on the stick itself by its way from the top.

    The stick has another path on the next computer, and another on the next system.
    """
    top, place = portable_folder(), Path(os.path.abspath(folder))
    if top is not None and place.is_relative_to(top):
        return place.relative_to(top).as_posix()
    return str(place)


def recalled(text: str) -> Path:
    """The folder that `remembered` wrote down."""
    return (portable_folder() or Path()) / text


def _quiet_libraries(given: dict[str, str]) -> dict[str, str]:
    """What the environment must say so that libraries leave nothing behind."""
    quiet = {
        "XDG_CACHE_HOME": _NOWHERE,  # the caches of fontconfig, Qt and Mesa
        "MESA_SHADER_CACHE_DISABLE": "true",
    }
    home = given.get("HOME", "")
    config = given.get("XDG_CONFIG_HOME") or f"{home}/.config"
    runtime = given.get("XDG_RUNTIME_DIR", "")
    if "PULSE_COOKIE" not in given and not any(
        os.path.exists(cookie) for cookie in (f"{config}/pulse/cookie", f"{home}/.pulse-cookie")
    ):
        # The sound library would write one into the home folder. This folder is in memory until the person
        # logs out; where there is none, zeros serve: the server knows its user without a cookie.
        quiet["PULSE_COOKIE"] = f"{runtime}/cairn-sound-cookie" if os.path.isdir(runtime) else "/dev/zero"
    if not runtime and not {"PULSE_SERVER", "PULSE_RUNTIME_PATH"} & set(given):
        # Looking for a server of the user's own, the library would make a folder for it. This is the computer's.
        quiet["PULSE_SERVER"] = "unix:/run/pulse/native"
    if "DBUS_SESSION_BUS_ADDRESS" not in given and not os.path.exists(f"{runtime}/bus"):
        # With no session bus to find, one would be started for the session, and noted in the home folder.
        quiet["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    return quiet
