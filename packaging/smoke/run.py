"""The smoke test: the package, as a worker gets it, in a root that has never heard of it.

    python run.py PACKAGE.deb [--quick] [--suite NAME] [--old OLDER.deb] [--only PART …]

Needs mmdebstrap, Xvfb, xdotool, openbox, ImageMagick, at-spi2-core with python3-pyatspi, and what the tests of
sound need (`./dev smoke` installs them). Prints each step and writes it to `transcript.txt` beside `pictures/`;
the exit code is 0 when all of them passed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TREE / "tests"), str(TREE / "desktop")]

import base
import installed
import job
import opened
import rooms
import unusual
import versions
from rooms import HANA, HANGUL, Room
from stage import Desktop, Screen
from transcript import Transcript

import e2e

PACKED = "CAIRN_SMOKE_ROOT"
# Who comes last to a screen is read aloud there: parts with a second person end the run.
PARTS = ("job", "opened", "commands", "upgrade", "interrupted", "disk", "sound", "homes", "two", "hangul")
QUICK = ("job", "opened", "upgrade", "hangul")
SOUND = Path("/run/sound")
TRIES = 3
"""Sound comes in real time: what a busy machine made stutter is recorded again, and only what stays so fails."""


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("--quick", action="store_true", help=f"only: install, {', '.join(QUICK)}")
    parser.add_argument("--suite", choices=base.SUITES, default=base.SUITES[0], help="which Debian")
    parser.add_argument("--old", type=Path, help="an older package; otherwise this one with an older number")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts, after the installation")
    parser.add_argument("--folder", type=Path, default=TREE / "build/smoke")
    given = parser.parse_args()
    folder = given.folder.resolve()
    if not rooms.inside():
        begun = time.monotonic()
        packed, known = base.prepare(folder, given.package, given.suite)
        print(f"clean root: {packed.name}, {'from before' if known else f'{time.monotonic() - begun:.0f} s'}")
        os.environ[PACKED] = str(packed)
    rooms.enter()
    return Run(given, folder).all()


class Run:
    """What the parts share: the transcript, the screen, the layers."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self.folder = folder / "work"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.pictures = folder / "pictures"
        shutil.rmtree(self.pictures, ignore_errors=True)
        self.pictures.mkdir()
        self.transcript = Transcript(folder / "transcript.txt")
        self.package: Path = given.package.resolve()
        self.old: Path | None = given.old and given.old.resolve()
        self.fast = base.packing(self.package) != "xz"
        self.suite: str = given.suite
        self.wanted = given.only or (QUICK if given.quick else PARTS)

    def all(self) -> int:
        """Every part, one after another; the exit code."""
        said = self.transcript
        said.line(f"{self.package.name}, in a Debian {self.suite} with nothing but itself")
        self.clean = rooms.unpack(Path(os.environ[PACKED]), self.folder)
        rooms.introduce(self.folder, HANA, HANGUL)
        self.screen = Screen(self.folder)
        self.hana = Desktop(self.screen, HANA)
        first = Room(self.folder, "installed", self.clean)
        with said.part("Installed"):
            installed.install(said, first, self.package, fast=self.fast)
        first.close()
        self.installed = first.layer
        for name in self.wanted if not said.failed else ():
            if name == "job":
                main_job(self)  # has two parts
            elif name != "opened":
                with said.part(TITLES[name]):
                    parts[name](self)
            self.tell_retyped()
        code = said.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code

    def tell_retyped(self) -> None:
        """Say which fields had to be typed into once more: it may be the machine, and it may be the program."""
        for one in self.screen.retyped:
            self.transcript.note(f"typed once more: {one}")
        self.screen.retyped.clear()

    def room(self, name: str, *, program: bool = True) -> Room:
        """A fresh root: with the program, or only with what it asks for."""
        room = Room(self.folder, name, *([self.installed] if program else []), self.clean)
        self.hana.enter(room)
        return room

    def bare(self, name: str) -> Room:
        """A root with the dependencies, from which the program was taken again."""
        room = self.room(name)
        room.run(["dpkg", "--purge", "cairn"])
        return room

    def older(self) -> Path:
        """The older package."""
        if self.old is None:
            self.old = versions.repacked(self.package, self.folder / "older", versions.OLDER)
        return self.old


def main_job(run: Run) -> None:
    """The window, driven through the main job; and the bundle in other hands."""
    from sound.rig import Rig

    rig = Rig(SOUND)
    SOUND.chmod(0o755)  # the program's owner is somebody else than who made the sound system
    rig.plug()
    rig.wake()
    home = HANA.home
    try:
        for left in reversed(range(TRIES)):
            room = run.room("job")
            room.bring(SOUND, str(SOUND))
            done = job.Done(room, HANA, f"{home}/vaults/field", f"{home}/vaults/office", f"{home}/outbox")
            stuttered = False
            with run.transcript.part(TITLES["job"]):
                job.drive(run.transcript, room, run.hana, run.pictures, rig, done)
            if "opened" in run.wanted and not run.transcript.failed:
                with run.transcript.part(TITLES["opened"]):
                    stuttered = not opened.check(run.transcript, done, run.folder / "opened", last=not left)
            room.close()
            if not stuttered:
                break
    finally:
        rig.close()


def commands(run: Run) -> None:
    """The end-to-end tests of the command line, run against the installed program."""
    room = run.room("commands")
    e2e.run(run.transcript, room, TREE, run.folder)
    room.close()


def upgrade(run: Run) -> None:
    """From an older version and out again."""
    room = run.bare("upgrade")
    versions.upgrade(run.transcript, room, run.hana, run.pictures, run.package, run.older())
    room.close()


def interrupted(run: Run) -> None:
    """dpkg is killed."""
    room = run.bare("interrupted")
    versions.interrupted(run.transcript, room, run.package, run.older())
    room.close()


def disk(run: Run) -> None:
    """No room where the program goes."""
    room = run.bare("disk")
    versions.disk_full(run.transcript, room, run.package, run.older())
    room.close()


def hangul(run: Run) -> None:
    """A person with a Korean name, no Korean font."""
    room = run.room("hangul")
    desktop = Desktop(run.screen, HANGUL)
    desktop.enter(room)
    unusual.hangul(run.transcript, room, desktop, run.pictures)
    desktop.close()
    room.close()


def two(run: Run) -> None:
    """Two people at once."""
    room = run.room("two")
    unusual.two_users(run.transcript, room, run.hana, HANGUL, run.pictures)
    room.close()


def sound(run: Run) -> None:
    """Without the library for sound."""
    room = run.room("sound")
    unusual.no_sound(run.transcript, room, run.hana, run.pictures)
    room.close()


def homes(run: Run) -> None:
    """Homes that can't be used."""
    room = run.room("homes")
    unusual.homes(run.transcript, room, run.hana, run.pictures)
    room.close()


TITLES = {
    "job": "The main job, through the window",
    "opened": "The bundle in other hands, outside of the root",
    "commands": "The end-to-end tests against the installed program",
    "upgrade": "From version to version",
    "interrupted": "Interrupted",
    "disk": "A full disk",
    "hangul": "A Korean name, and no Korean font",
    "two": "Two people",
    "sound": "No sound library",
    "homes": "Homes",
}
parts: dict[str, Callable[[Run], None]] = {
    "commands": commands,
    "upgrade": upgrade,
    "interrupted": interrupted,
    "disk": disk,
    "hangul": hangul,
    "two": two,
    "sound": sound,
    "homes": homes,
}


if __name__ == "__main__":
    sys.exit(main())
