"""What all parts of the run share: one prefix, one screen, one transcript, and the questions that each of them asks."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from place import LOADER, Said, Windows
from rooms import Room
from stage import Screen
from transcript import Transcript, must

OLD, NEW = "0.0.9", "0.1.0"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\app.cairn.Cairn"
HOME = Path("users/root/AppData/Local")
DRIVE = "W:"
"""What the shared folder is called inside."""
WINDOW = "cairn-desktop.exe"
COMMAND = "cairn.exe"


@dataclass
class Way:
    """`folder` is the shared one; `tree` the source; `epoch` the date of what is built."""

    said: Transcript
    windows: Windows
    room: Room
    screen: Screen
    folder: Path
    tree: Path
    pictures: Path
    epoch: str

    @property
    def python(self) -> list[str]:
        """The words that start the Windows Python."""
        return [f"{DRIVE}\\python\\python.exe"]

    @property
    def frozen(self) -> Path:
        """The frozen program."""
        return self.folder / "build" / "frozen" / "cairn"

    @property
    def out(self) -> Path:
        """Where what is packed lies."""
        return self.folder / "out"

    @property
    def home(self) -> Path:
        """Where the program is installed."""
        return self.windows.drive / HOME / "Programs" / "Cairn"

    @property
    def data(self) -> Path:
        """The person's settings and vaults."""
        return self.windows.drive / HOME / "cairn"

    def setup(self, version: str) -> str:
        """The set-up of a version, as the Windows inside calls it."""
        return self.windows.path(self.out / f"cairn-{version}-windows-x64-setup.exe")

    def installed(self, name: str) -> str:
        """A program where it is installed."""
        return self.windows.path(self.home / name)

    def registered(self, name: str) -> str:
        """A value of the entry under "Installed apps"; empty when there is none."""
        for line in self.windows.run("reg", "query", UNINSTALL, "/v", name).out.splitlines():
            parts = line.strip().split("    ")
            if len(parts) == 3:
                return parts[2]
        return ""

    def ends(self, done: Said, code: int, *words: str) -> None:
        """A program ended with this code and said these words; what it said is noted. Raises Failed."""
        must(done.code == code, f"it ended with {done.code}, not {code}: {done.out}{done.err[-1500:]}")
        for each in words:
            must(each in done.out, f"“{each}” is not in: {done.out}")
        if done.out.strip():
            self.said.note(done.out.strip())

    def tests_itself(self, words: Sequence[str], environment: dict[str, str] | None = None) -> None:
        """`cairn self-test`, every check of it. Raises Failed with those that did not pass."""
        done = self.windows.run(*words, "self-test", "--json", environment=environment)
        must(done.out.strip(), f"it ended with {done.code} and said nothing: {done.err[-1500:]}")
        found = json.loads(done.out)
        failed = [f"{one['name']}: {one['problem']}" for one in found["checks"] if not one["passed"]]
        must(done.code == 0 and not failed, failed or done.err[-1500:])
        system, number = found["versions"]["system"], found["versions"]["python"]
        self.said.note(f"{len(found['checks'])} checks, {done.seconds:.0f} s; {system}, Python {number}")

    def end_to_end(self, words: Sequence[str], environment: dict[str, str] | None = None) -> None:
        """`tests/e2e` on the program that these words start inside. Raises Failed with what pytest said."""
        shared = self.folder / "shared"
        shared.mkdir(exist_ok=True)
        command = self.room.command(
            [LOADER, *words], environment=self.windows.environment | (environment or {})
        )
        settings = self.folder / "program.json"
        known = {"words": command, "shared": str(self.folder), "drive": DRIVE}
        settings.write_text(json.dumps(known), "utf-8")
        program = self.folder / "program"
        here = Path(__file__).with_name("program.py")
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{here}" "{settings}" "$@"\n', "utf-8")
        program.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "tests/e2e"]
            + [f"--basetemp={shared}/t"],
            cwd=self.tree,
            env={**os.environ, "CAIRN_PROGRAM": str(program), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
        must(done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:])
        self.said.note(done.stdout.strip().splitlines()[-1])

    def vaults(self) -> dict[str, str]:
        """Every vault's header below the shared folder, by its hash."""
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("vault.hdr")
        }

    def digests(self, folder: Path) -> dict[str, str]:
        """Every file below a folder by its hash."""
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def users(self) -> set[str]:
        """What lies in the person's own folders inside."""
        users = self.windows.drive / "users"
        return {str(path.relative_to(users)) for path in users.rglob("*")}

    def passphrase(self, name: str, words: str = "glacier teapot lantern saddle walnut compass") -> list[str]:
        """The words of a command line that take a passphrase of practice from a file, written as Windows does."""
        (self.folder / f"{name}.pass").write_text(words + "\r\n", "utf-8", newline="")
        return ["--passphrase-file", f"{DRIVE}\\{name}.pass"]

    def offered_vault(self) -> str:
        """A vault where Cairn offers to keep it, made by the installed program; its path inside. Raises Failed."""
        place = self.windows.path(self.data / "vaults" / "현장 보관함")
        key = self.passphrase("offered")
        done = self.windows.run(
            self.installed(COMMAND), "vault", "create", place, "--name", "Field 7", "--role", "field", *key
        )
        must(done.code == 0, done.out + done.err)
        return place
