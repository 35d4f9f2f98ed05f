"""Which file system lies below a folder, asked in each system's own way."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cairn.paths.system import windows_library

_LONGEST = 32768
"""Characters of a path on Windows, at most."""
_LINUX_FAT = 0x4D44
_MACOS_NAME = 72
"""Where `f_fstypename` begins in macOS's struct statfs (sys/mount.h, 64-bit inodes)."""
_DESKTOPS = (Path("/media"), Path("/run/media"), Path("/Volumes"))
"""Where desktops mount what is plugged in: Linux also one folder deeper, named after the user."""


class Volume(NamedTuple):
    """A volume of Windows: the file system's name (`NTFS`, `FAT32`, `exFAT`), and what it can."""

    system: str
    flags: int


def is_fat(folder: Path) -> bool:
    """Does `folder` lie on FAT (not exFAT), whose files end below 4 GiB? False where it can't be found out."""
    if sys.platform == "win32":
        found = volume(folder)
        return found is not None and found.system.upper() in ("FAT", "FAT32")
    if sys.platform == "darwin":
        return macos_system(folder) == "msdos"
    return linux_system(folder) == _LINUX_FAT


def plugged_in(tops: Sequence[Path] = _DESKTOPS) -> list[Path]:
    """Sticks and disks that are mounted now below `tops`, by name. None on Windows, which gives each a letter."""
    found: list[Path] = []
    for top in tops:
        for place in _folders(top):
            found += [place] if os.path.ismount(place) else filter(os.path.ismount, _folders(place))
    return sorted(found, key=lambda place: place.name.casefold())


def _folders(place: Path) -> list[Path]:
    """Folders in a folder, links not followed; empty when it is gone or is somebody else's."""
    try:
        with os.scandir(place) as entries:
            return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def linux_system(folder: Path) -> int | None:
    """The file system's number (statfs(2)); None when `folder` is gone."""
    # struct statfs begins with f_type, a word; what follows is shorter than this on every architecture.
    found = (ctypes.c_long * 64)()
    if ctypes.CDLL(None).statfs(os.fsencode(folder), found) != 0:
        return None
    return int(found[0]) & 0xFFFFFFFF


def macos_system(folder: Path) -> str | None:
    """The file system's name (statfs(2) of macOS); None when `folder` is gone."""
    found = ctypes.create_string_buffer(4096)
    if ctypes.CDLL(None).statfs(os.fsencode(folder), found) != 0:
        return None
    name = found.raw[_MACOS_NAME : _MACOS_NAME + 16]
    return name.partition(b"\0")[0].decode("ascii", "replace")


def volume(folder: Path) -> Volume | None:
    """The volume of `folder` on Windows, also of one that is mounted in a folder; None when it is gone."""
    kernel = windows_library("kernel32")
    finder = kernel.GetVolumePathNameW
    finder.argtypes = [ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32]
    root = ctypes.create_unicode_buffer(_LONGEST)
    if not finder(str(folder), root, _LONGEST):
        return None
    asker = kernel.GetVolumeInformationW
    asker.argtypes = [
        *(ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32),
        *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
        *(ctypes.c_void_p, ctypes.c_uint32),
    ]
    flags = ctypes.c_uint32()
    name = ctypes.create_unicode_buffer(64)
    if not asker(root.value, None, 0, None, None, ctypes.byref(flags), name, 64):
        return None
    return Volume(name.value, flags.value)
