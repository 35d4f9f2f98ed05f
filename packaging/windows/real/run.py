"""The program as a real Windows program, under Wine: from the registries' files to a bundle that the office takes in.

    python run.py [--quick] [--folder FOLDER]

`--quick` builds nothing: the tree is run by the Windows Python, tests itself and passes the end-to-end tests. The whole
builds the program, its set-up and its portable ZIP, installs, drives the window, upgrades, removes. Prints each step
and writes it to `transcript.txt` beside `pictures/`; the exit code is 0 when all of them passed, 77 when the tools are
missing. What it can't show: a real Windows (packaging/README.md has the list for a person with one).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[3]
sys.path += [str(TREE / "tests"), str(TREE / "desktop"), str(TREE / "packaging" / "smoke")]

import interpreter
import place
import rooms
import wheels
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


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="from source alone, nothing is built")
    parser.add_argument("--folder", type=Path, default=TREE / "build/windows")
    given = parser.parse_args()
    lacking = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if lacking:
        print(f"missing, as Debian's packages: {' '.join(lacking)}")
        return MISSING
    folder = given.folder.resolve()
    if not rooms.inside():
        began = time.monotonic()
        root, known = place.root(folder)
        python = interpreter.fetch(folder)
        print(
            f"{root.name} and {python.name}: {'from before' if known else f'{time.monotonic() - began:.0f} s'}"
        )
        os.environ[ROOT] = str(root)
    rooms.enter()
    return run(given, folder)


def run(given: argparse.Namespace, folder: Path) -> int:
    """Every part, one after another; the exit code."""
    work, pictures = folder / "work", folder / "pictures"
    for fresh in (work, pictures):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
    said = Transcript(folder / "transcript.txt")
    screen = Screen(work)
    room = Room(work, "windows", Path(os.environ[ROOT]))
    inside = work / "shared"
    inside.mkdir()
    with said.part("Prepared"):
        with said.step("a Windows Python whose origin is proved, with the packages of the lock"):
            python = inside / "python"
            shutil.copytree(interpreter.fetch(folder), python)
            wheels.install(python, wheels.LOCK, folder / "wheels")
        with said.step("Wine starts"):
            windows = place.Windows(room, screen, inside, TREE)
    if said.failed:
        return said.end()
    way = Way(said, windows, room, screen, inside, TREE, pictures)
    with said.part("From source"):
        way.from_source()
    if not given.quick:
        epoch = subprocess.run(
            ["git", "-C", str(TREE), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=True
        ).stdout.strip()
        for title, part in (
            ("Built", lambda: way.build(epoch)),
            ("Installed", way.install),
            ("The window", way.window),
            ("Double click", way.opened),
            ("Upgraded and removed", way.upgrade),
            ("Portable", way.portable),
        ):
            with said.part(title):
                part()
    windows.close()
    code = said.end()
    room.close()
    shutil.rmtree(work, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
