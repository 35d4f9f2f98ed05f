"""A Windows to try the program in: Wine 10 in a root of its own, on a screen nobody sees.

What a program in it says goes to files: Wine's services inherit a pipe, and whoever reads it would wait for ever.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import base
import holes
from rooms import Room
from stage import Screen

SUITE = "trixie"
"""Debian 12 has Wine 8, in which Python can't write into a file and cryptography finds no random numbers."""
PACKAGES = "wine64,xclip,fonts-noto-cjk"
DLLS = "usr/lib/x86_64-linux-gnu/wine/x86_64-windows"
LOADER = "/usr/lib/wine/wine64"
SERVER = "/usr/lib/wine/wineserver64"
OVERRIDES = "mscoree=;mshtml=;winemenubuilder.exe=;winedbg.exe="
"""No Mono, no Gecko, no menus of the host, and no debugger that waits after a crash."""
WORK = "/w"
SOURCE = "/src"
PATIENCE_S = 600


def root(folder: Path) -> tuple[Path, bool]:
    """The root with Wine, its holes filled, and whether it was there already. Raises base.NoRoot."""
    lines = base.sources(SUITE)
    year, week, _ = datetime.datetime.now(datetime.UTC).isocalendar()
    filled = Path(holes.__file__).read_bytes() + Path(holes.__file__).with_name("icuuc.c").read_bytes()
    key = hashlib.sha256("\n".join([*lines, PACKAGES]).encode() + filled).hexdigest()[:12]
    made = folder / f"root-{SUITE}-{year}w{week:02}-{key}"
    if made.is_dir():
        return made, True
    for old in folder.glob(f"root-{SUITE}-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / "root.half"
    shutil.rmtree(half, ignore_errors=True)
    mode = "root" if os.geteuid() == 0 else "unshare"
    done = subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=apt", f"--mode={mode}", f"--include={PACKAGES}"]
        + ["--aptopt=Apt::Install-Recommends false", SUITE, str(half), *(["-"] if lines else [])],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise base.NoRoot(done.stderr.strip()[-2000:])
    holes.fill(half / DLLS)
    holes.icu(half / "opt")
    half.rename(made)
    return made, False


@dataclass(frozen=True)
class Said:
    """How a program ended, and what it said."""

    code: int
    out: str
    err: str
    seconds: float


class Windows:
    """One prefix in one root. `folder` is `W:` inside, the tree `S:`; close it, and nothing of it runs any more."""

    def __init__(self, room: Room, screen: Screen, folder: Path, tree: Path) -> None:
        """Raises RuntimeError when Wine does not start."""
        self._room = room
        self._folder = folder
        room.bring(folder, WORK)
        room.bring(tree, SOURCE)
        room.bring(screen.socket, str(screen.socket))
        self.environment = {
            "WINEPREFIX": f"{WORK}/prefix",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "DISPLAY": screen.display,
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.drive = folder / "prefix" / "drive_c"
        self._plain(LOADER, "wineboot", "-i")
        if not self.drive.is_dir():
            raise RuntimeError("Wine does not start")
        shutil.copy(room.path / "opt/icuuc.dll", self.drive / "windows/system32/icuuc.dll")
        devices = folder / "prefix" / "dosdevices"
        for letter, to in (("w:", WORK), ("s:", SOURCE)):
            (devices / letter).unlink(missing_ok=True)
            (devices / letter).symlink_to(to)
        self._plain(LOADER, "winecfg", "-v", "win10")
        # The services stay: else each program starts them anew, and they inherit what it writes into.
        self._plain(SERVER, "-p")
        self.run("cmd", "/c", "ver")

    def _plain(self, *words: str) -> None:
        subprocess.run(
            self._room.command(list(words), environment=self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )

    def begin(
        self, *words: str, environment: Mapping[str, str] | None = None, name: str = "begun"
    ) -> subprocess.Popen[bytes]:
        """Start a program and do not wait; what it says goes to `NAME.out` and `NAME.err`."""
        command = self._room.command(
            [LOADER, *words], environment={**self.environment, **(environment or {})}
        )
        with (
            (self._folder / f"{name}.out").open("wb") as out,
            (self._folder / f"{name}.err").open("wb") as err,
        ):
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
            )

    def run(
        self, *words: str, environment: Mapping[str, str] | None = None, patience_s: float = PATIENCE_S
    ) -> Said:
        """Run a program to its end. Raises TimeoutExpired."""
        began = time.monotonic()
        begun = self.begin(*words, environment=environment, name="said")
        try:
            code = begun.wait(patience_s)
        except subprocess.TimeoutExpired:
            begun.kill()
            raise
        took = time.monotonic() - began
        said = [
            (self._folder / f"said.{part}").read_bytes().decode("utf-8", "replace") for part in ("out", "err")
        ]
        return Said(code, *said, took)

    def path(self, place: Path | str) -> str:
        """A path of this machine below `folder` or in the prefix, as the Windows inside calls it."""
        at = Path(place)
        if at.is_relative_to(self.drive):
            return "C:\\" + "\\".join(at.relative_to(self.drive).parts)
        if at.is_relative_to(self._folder):
            return "W:\\" + "\\".join(at.relative_to(self._folder).parts)
        return "Z:" + str(PurePosixPath(str(place))).replace("/", "\\")

    def close(self) -> None:
        """End everything that runs inside."""
        self._plain(SERVER, "-k")
