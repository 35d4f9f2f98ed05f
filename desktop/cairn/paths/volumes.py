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
_LINUX_NETWORK = frozenset(
    {
        0x6969,  # NFS
        0x517B,  # SMB
        0xFF534D42,  # CIFS
        0xFE534D42,  # SMB 2 and 3
        0x5346414F,  # AFS
        0x00C36400,  # Ceph
    }
)
"""Numbers of file systems whose files lie on another computer (statfs(2), magic.h of Linux)."""
_LINUX_FUSE = 0x65735546
_FUSE_NETWORK = frozenset(
    {"fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.curlftpfs", "fuse.s3fs"}
)
"""The same among the programs that play a file system; a stick with NTFS or exFAT may be played as well."""
_MACOS_NETWORK = frozenset({"smbfs", "nfs", "afpfs", "webdav", "ftp"})
_DRIVE_REMOTE = 4
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


def is_network(folder: Path) -> bool:
    """Does `folder`, or where it would be made, lie on another computer? False where it can't be found out."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if sys.platform == "win32":
        return _drive_type(folder) == _DRIVE_REMOTE
    if sys.platform == "darwin":
        return macos_system(folder) in _MACOS_NETWORK
    system = linux_system(folder)
    return system in _LINUX_NETWORK or (system == _LINUX_FUSE and fuse_system(folder) in _FUSE_NETWORK)


def fuse_system(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Which program plays the file system of `folder`, as `fuse.sshfs`; empty when the system does not say."""
    try:
        device = folder.stat().st_dev
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        before, _, after = line.partition(" - ")
        if before.split(" ")[2:3] == [wanted]:
            return after.split(" ")[0]
    return ""


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


def _drive_type(folder: Path) -> int:
    """As GetDriveTypeW counts them; 0 where Windows does not know."""
    root = _volume_root(folder)
    if root is None:
        return 0
    asker = windows_library("kernel32").GetDriveTypeW
    asker.argtypes, asker.restype = [ctypes.c_wchar_p], ctypes.c_uint32
    return int(asker(root))


def _volume_root(folder: Path) -> str | None:
    """Where the volume of `folder` begins: `C:\\`, `\\\\server\\share\\`, or the folder it is mounted in."""
    finder = windows_library("kernel32").GetVolumePathNameW
    finder.argtypes = [ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32]
    root = ctypes.create_unicode_buffer(_LONGEST)
    return root.value if finder(str(folder), root, _LONGEST) else None


def volume(folder: Path) -> Volume | None:
    """The volume of `folder` on Windows, also of one that is mounted in a folder; None when it is gone."""
    root = _volume_root(folder)
    if root is None:
        return None
    kernel = windows_library("kernel32")
    asker = kernel.GetVolumeInformationW
    asker.argtypes = [
        *(ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32),
        *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
        *(ctypes.c_void_p, ctypes.c_uint32),
    ]
    flags = ctypes.c_uint32()
    name = ctypes.create_unicode_buffer(64)
    if not asker(root, None, 0, None, None, ctypes.byref(flags), name, 64):
        return None
    return Volume(name.value, flags.value)
