"""Write `release.json` into a folder of installers: what the release is, and which file is for whom.

    python packaging/release/about.py FOLDER --version 0.1.0 --notes en=notes.en.txt --notes ko=notes.ko.txt

The date is that of SOURCE_DATE_EPOCH. Kinds and processors are read from the names of the files, which the
builders choose. The form is described in `desktop/cairn/app/program/releases.py`, whose parser reads it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

FORMAT = "cairn-release/1"
KINDS = {
    ".deb": ("linux", "deb"),
    ".rpm": ("linux", "rpm"),
    ".run": ("linux", "run"),
    ".appimage": ("linux", "appimage"),
    ".flatpak": ("linux", "flatpak"),
    ".exe": ("windows", "exe"),
    ".zip": ("windows", "zip"),
    ".dmg": ("macos", "dmg"),
}
MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "x64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}
_MACHINE = re.compile(r"(?:^|[^a-z0-9])(amd64|x86_64|x64|arm64|aarch64)(?:[^a-z0-9]|$)")


def installers(folder: Path) -> list[dict[str, str]]:
    """The installers in `folder`, by name. A name without a processor ends the program: nothing is guessed."""
    found = []
    for path in sorted(folder.iterdir()):
        system, kind = KINDS.get(path.suffix.lower(), ("", ""))
        if not kind:
            continue
        machine = _MACHINE.search(path.name.lower())
        if machine is None:
            sys.exit(f"about: {path.name} does not say for which processor it is")
        found.append({"name": path.name, "system": system, "machine": MACHINES[machine[1]], "kind": kind})
    return found


def write(folder: Path, version: str, notes: dict[str, str], epoch: int) -> Path:
    """Write `release.json` and give its path. The same arguments and files give the same bytes."""
    release = {
        "format": FORMAT,
        "version": version,
        "date": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d"),
        "notes": {language: notes[language].strip() + "\n" for language in sorted(notes)},
        "files": installers(folder),
    }
    target = folder / "release.json"
    target.write_text(json.dumps(release, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return target


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--notes", action="append", default=[], metavar="LANGUAGE=FILE")
    given = parser.parse_args()
    notes = {}
    for one in given.notes:
        language, _, file = one.partition("=")
        notes[language] = Path(file).read_text("utf-8")
    if "en" not in notes:
        parser.error("--notes en=FILE is needed")
    print(write(given.folder, given.version, notes, int(os.environ["SOURCE_DATE_EPOCH"])))


if __name__ == "__main__":
    main()
