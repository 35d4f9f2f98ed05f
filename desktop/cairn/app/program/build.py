"""What this copy of the program is: packaged or from source, how it was installed, on what system."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import util
from pathlib import Path

from cairn import __version__, paths, resources
from cairn.app.program.releases import FORMAT as RELEASE
from cairn.audio.journal import MAGIC as JOURNAL
from cairn.bundle.cards import FORMAT as CARD
from cairn.bundle.manifest import FORMAT as BUNDLE
from cairn.crypto import versions as crypto
from cairn.custody.line import VERSION as CUSTODY
from cairn.vault import database
from cairn.vault.header import FORMAT as VAULT
from cairn.vault.manifest import FORMAT as BACKUP

_INSTALLED = Path("/usr/lib/cairn")
_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64"}
_SYSTEMS = {"win32": "windows", "darwin": "macos"}
_MOUNTED = ".mount_"
"""How the folder begins in which an AppImage shows its content while it runs."""
_DEBIAN = Path("/etc/debian_version")
_DPKG_KNOWS = Path("/var/lib/dpkg/info/cairn.list")


@dataclass(frozen=True)
class Here:
    """The system that this copy runs on, and the kinds of installer that fit it, best first."""

    system: str
    machine: str
    kinds: tuple[str, ...]


def packaged() -> bool:
    """Whether this is a frozen build, with an interpreter of its own."""
    return bool(getattr(sys, "frozen", False))


def installed_as() -> str:
    """How this copy came here: `source`, `wheel`, or the kind of installer (`deb`, `run`, `exe`, …).

    `folder` is a packaged build in a place that no installer of ours uses.
    """
    if not packaged():
        return "wheel" if resources.root().name == "_resources" else "source"
    if sys.platform == "win32":
        return "zip" if portable() else "exe"
    if sys.platform == "darwin":
        return "dmg"
    if portable():
        return "run"
    if any(part.startswith(_MOUNTED) for part in Path(sys.executable).parts):
        return "appimage"
    if Path("/.flatpak-info").exists():
        return "flatpak"
    if _INSTALLED in Path(sys.executable).resolve().parents:
        return "deb" if _DPKG_KNOWS.exists() else "rpm"
    return "folder"


def portable() -> bool:
    """Whether this copy keeps everything beside itself and nothing in the home folder."""
    return paths.portable_folder() is not None


def here() -> Here:
    """What an update must be made for to fit this copy."""
    system = _SYSTEMS.get(sys.platform, "linux")
    machine = platform.machine().lower()
    mine = installed_as()
    ways = {
        "windows": ("zip", "exe") if mine == "zip" else ("exe", "zip"),
        "macos": ("dmg",),
        "linux": (*(("deb",) if _DEBIAN.exists() else ("rpm",)), "run", "appimage", "flatpak"),
    }[system]
    first = (mine,) if mine in ways or mine in ("rpm", "run", "appimage", "flatpak") else ()
    return Here(system, _MACHINES.get(machine, machine), tuple(dict.fromkeys((*first, *ways))))


def versions() -> dict[str, str]:
    """What this copy runs on, each with its version: for the self-test and for *About*."""
    return {
        "cairn": __version__,
        "installed": installed_as(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **database.versions(),
        **crypto.versions(),
    }


def formats() -> str:
    """The formats that this build reads and writes, each with its version. FORMAT.md in their rooms."""
    journal = JOURNAL.decode("ascii").strip()
    whole = (VAULT, BUNDLE, journal, f"cairn-custody/{CUSTODY}", CARD, BACKUP, RELEASE)
    return ", ".join(one.removeprefix("cairn-") for one in whole)


def can_decode(kind: str) -> bool:
    """Whether the decoder of a kind (`heic`, `aac`) is part of this build. The self-test tries it."""
    return util.find_spec({"heic": "pi_heif", "aac": "codecpod"}[kind]) is not None
