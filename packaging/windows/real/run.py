"""The program as a real Windows program, under Wine: from the registries' files to a bundle that the office takes in.

    python run.py [--quick] [--only PART …] [--folder FOLDER]

`--quick` builds nothing: the tree is run by the Windows Python, tests itself and passes the end-to-end tests. The whole
builds the program, its set-up and its portable ZIP, installs, drives the window, upgrades, removes. `--only` takes up
what the run before left and goes through the named parts alone, for whoever works on one of them; it leaves all that
too. Prints each step and writes it to `transcript.txt` beside `pictures/`; the exit code is 0 when all of them passed,
77 when the tools are missing. What it can't show: a real Windows (packaging/windows/BY-HAND.md, for a person with one).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[3]
sys.path += [str(TREE / "tests"), str(TREE / "desktop"), str(TREE / "packaging" / "smoke")]

import building
import installing
import interpreter
import place
import rooms
import testing
import wheels
import windowed
from rooms import Room
from stage import Screen
from transcript import Transcript
from way import Way

ROOT = "CAIRN_WINDOWS_ROOT"
TOOLS = {
    "mmdebstrap": "mmdebstrap", "osslsigncode": "osslsigncode", "makensis": "nsis", "Xvfb": "xvfb",
    "xdotool": "xdotool", "openbox": "openbox", "tesseract": "tesseract-ocr", "convert": "imagemagick",
    "unzip": "unzip", "xclip": "xclip", "x86_64-w64-mingw32-gcc-win32": "gcc-mingw-w64-x86-64-win32",
}  # fmt: skip
MISSING = 77
PARTS = {
    "source": ("From source", building.from_source),
    "build": ("Built", building.build),
    "install": ("Installed", installing.install),
    "commands": ("The command line", installing.commands),
    "refused": ("Refused and broken off", installing.refused),
    "window": ("The window", windowed.english),
    "opened": ("Double click", windowed.opened),
    "korean": ("The window in Korean", windowed.korean),
    "upgrade": ("Upgraded and removed", installing.upgrade),
    "portable": ("Portable", installing.portable),
}
"""In the order in which a person meets them; the later ones use what the earlier ones left."""
ASKED_FOR = {
    "again": ("Built once more", building.again),
    "tests": ("The tests of the rooms below the window", testing.tests),
}
"""Only with `--only`: they take as long as all the rest."""
QUICK = ("source",)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="from source alone, nothing is built")
    which.add_argument(
        "--only",
        nargs="+",
        choices=PARTS | ASKED_FOR,
        metavar="PART",
        help=f"of {', '.join(PARTS | ASKED_FOR)}",
    )
    parser.add_argument("--folder", type=Path, default=TREE / "build/windows")
    given = parser.parse_args()
    lacking = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if not lacking and "kor" not in _letters():
        lacking = ["tesseract-ocr-kor"]
    if lacking:
        print(f"missing, as Debian's packages: {' '.join(lacking)}")
        return MISSING
    folder = given.folder.resolve()
    if not rooms.inside():
        began = time.monotonic()
        root, known = place.root(folder)
        python = interpreter.fetch(folder)
        took = "from before" if known else f"{time.monotonic() - began:.0f} s"
        print(f"{root.name} and {python.name}: {took}")
        os.environ[ROOT] = str(root)
    rooms.enter()
    return run(folder, given.only or (QUICK if given.quick else tuple(PARTS)), fresh=not given.only)


def run(folder: Path, parts: tuple[str, ...], *, fresh: bool) -> int:
    """These parts, one after another; the exit code. `fresh` begins with nothing and leaves only what is shown."""
    work, pictures = folder / "work", folder / "pictures"
    for each in (work, pictures):
        if fresh:
            shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True, exist_ok=True)
    said = Transcript(folder / ("transcript.txt" if fresh else "transcript-of-parts.txt"))
    screen = Screen(work)
    room = Room(work, "windows", Path(os.environ[ROOT]))
    inside = work / "shared"
    inside.mkdir(exist_ok=True)
    with said.part("Prepared"):
        python = inside / "python"
        lock = hashlib.sha256(wheels.LOCK.read_bytes()).hexdigest()
        if not (python / lock).is_file():
            with said.step("a Windows Python whose origin is proved, with the packages of the lock"):
                half = inside / "python.half"
                shutil.rmtree(half, ignore_errors=True)
                shutil.copytree(interpreter.fetch(folder), half)
                wheels.install(half, wheels.LOCK, folder / "wheels")
                (half / lock).touch()  # what is in it: another lock makes another one
                shutil.rmtree(python, ignore_errors=True)
                half.rename(python)
        with said.step("Wine starts"):
            windows = place.Windows(room, screen, inside, TREE)
    if said.failed:
        return said.end()
    way = Way(said, windows, room, screen, inside, TREE, pictures, _epoch())
    for name in parts:
        title, part = (PARTS | ASKED_FOR)[name]
        with said.part(title):
            part(way)
    windows.close()
    code = said.end()
    room.close()
    if fresh and not code:
        shutil.rmtree(work, ignore_errors=True)
    return code


def _letters() -> list[str]:
    """Which ones tesseract can read."""
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)
    return said.stdout.split()


def _epoch() -> str:
    words = ["git", "-C", str(TREE), "log", "-1", "--format=%ct"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
