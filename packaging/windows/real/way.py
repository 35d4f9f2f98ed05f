"""What is seen of the program in the stand-in for Windows, in the order in which a person meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from eyes import Eyes
from person import Person
from place import LOADER, Said, Windows
from rooms import Room
from stage import Screen
from transcript import Transcript, must

if TYPE_CHECKING:
    from collections.abc import Sequence

OLD, NEW = "0.0.9", "0.1.0"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\app.cairn.Cairn"
OPENS = r"HKCU\Software\Classes\app.cairn.Cairn.bundle\shell\open\command"
RUNS = 11
"""With what the installer refuses while somebody has Cairn open."""
HOME = Path("users/root/AppData/Local")
MEBI = 1024 * 1024
WORK_DRIVE = "W:"
"""What the shared folder is called inside."""


class Way:
    """The steps share one prefix, one screen and one transcript."""

    def __init__(
        self,
        said: Transcript,
        windows: Windows,
        room: Room,
        screen: Screen,
        folder: Path,
        tree: Path,
        pictures: Path,
    ) -> None:
        self.said = said
        self.windows = windows
        self.room = room
        self.screen = screen
        self.folder = folder
        self.tree = tree
        self.pictures = pictures
        self.python = "W:\\python\\python.exe"
        self.frozen = folder / "build" / "frozen" / "cairn"
        self.out = folder / "out"
        self.home = windows.drive / HOME / "Programs" / "Cairn"
        self.data = windows.drive / HOME / "cairn"

    # From source

    def from_source(self) -> None:
        """The tree as it stands, run by the Windows Python."""
        source = {"PYTHONPATH": "S:\\desktop"}
        with self.said.step("the program from source tests itself"):
            self._tests_itself([self.python, "-m", "cairn"], source)
        with self.said.step("the end-to-end tests of the command line pass on the program from source"):
            self._end_to_end([self.python, "-m", "cairn"], source)

    def _tests_itself(self, words: Sequence[str], environment: dict[str, str] | None = None) -> None:
        done = self.windows.run(*words, "self-test", "--json", environment=environment)
        must(done.out.strip(), done.err[-1500:])
        found = json.loads(done.out)
        failed = [f"{one['name']}: {one['problem']}" for one in found["checks"] if not one["passed"]]
        must(done.code == 0 and not failed, failed or done.err[-1500:])
        versions = found["versions"]
        self.said.note(
            f"{len(found['checks'])} checks, {done.seconds:.0f} s; {versions['system']}, Python {versions['python']}"
        )

    def _end_to_end(self, words: Sequence[str], environment: dict[str, str] | None = None) -> None:
        shared = self.folder / "shared"
        shared.mkdir(exist_ok=True)
        command = self.room.command(
            [LOADER, *words], environment=self.windows.environment | (environment or {})
        )
        settings = self.folder / "program.json"
        settings.write_text(
            json.dumps({"words": command, "shared": str(self.folder), "drive": "W:"}), "utf-8"
        )
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
        must(done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:])
        self.said.note(done.stdout.strip().splitlines()[-1])

    # Built

    def build(self, epoch: str) -> None:
        """Frozen by the Windows Python; packed by this system."""
        with self.said.step("the program is frozen with its own Python"):
            done = self.windows.run(
                self.python, "S:\\packaging\\package.py", "frozen", "--out", "W:\\build",
                environment={"SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "1"}, patience_s=3600,
            )  # fmt: skip
            must(done.code == 0, done.out[-2000:] + done.err[-2000:])
            files = [path for path in self.frozen.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files)
            self.said.note(f"{done.seconds:.0f} s, {len(files)} files, {size / MEBI:.1f} MiB")
        with self.said.step("the set-up and the portable ZIP are packed, the set-up of at most 50 MB"):
            began = time.monotonic()
            for version in (OLD, NEW):
                subprocess.run(
                    [sys.executable, str(self.tree / "packaging/windows/make_installer.py"), "--frozen"]
                    + [str(self.frozen), "--version", version, "--out", str(self.out)],
                    env={**os.environ, "SOURCE_DATE_EPOCH": epoch, "QT_QPA_PLATFORM": "offscreen"},
                    check=True, capture_output=True,
                )  # fmt: skip
            size = self._setup(NEW).stat().st_size
            portable = self._portable().stat().st_size
            must(size <= 50_000_000, f"{size} bytes")
            self.said.note(
                f"set-up {size / 1e6:.1f} MB, ZIP {portable / 1e6:.1f} MB, {time.monotonic() - began:.0f} s for two versions"
            )

    def _setup(self, version: str) -> Path:
        return self.out / f"cairn-{version}-windows-x64-setup.exe"

    def _portable(self) -> Path:
        return self.out / f"cairn-{NEW}-windows-x64-portable.zip"

    # Installed

    def install(self) -> None:
        """Silently, as an office's administrator would; then the program tests itself where it lies."""
        with self.said.step("the set-up of the version before installs it"):
            done = self.windows.run(self.windows.path(self._setup(OLD)), "/S")
            must(done.code == 0, f"it ended with {done.code}: {done.out}")
            must((self.home / "cairn.exe").is_file(), "no program lies there")
            must(self._registered("DisplayVersion") == OLD, self._registered("DisplayVersion"))
            must(
                "cairn-desktop.exe" in self._said("reg", "query", OPENS, "/ve").out,
                "bundles are not opened with it",
            )
            self.said.note(f"{done.seconds:.0f} s")
        with self.said.step("the installed program tests itself"):
            self._tests_itself([self._installed("cairn.exe")])
        with self.said.step("the end-to-end tests of the command line pass on the installed program"):
            self._end_to_end([self._installed("cairn.exe")])

    def _installed(self, name: str) -> str:
        return self.windows.path(self.home / name)

    def _said(self, *words: str) -> Said:
        return self.windows.run(*words)

    def _registered(self, name: str) -> str:
        for line in self._said("reg", "query", UNINSTALL, "/v", name).out.splitlines():
            parts = line.strip().split("    ")
            if len(parts) == 3:
                return parts[2]
        return ""

    # The window

    def window(self, language: str = "eng") -> None:
        """From the first start to the sealed bundle, with a mouse, a keyboard and the clipboard."""
        from cairn.crypto import wordlists
        from drive import practice

        eyes = Eyes(self.screen, self.folder, language)
        person = Person(self.screen, eyes, self.pictures, "windows-")
        office = self._office()
        began = time.monotonic()
        program = self.windows.begin(self._installed("cairn-desktop.exe"), name="window")
        vault, outbox = f"{WORK_DRIVE}\\현장 vault", f"{WORK_DRIVE}\\outbox"
        (self.folder / "outbox").mkdir(exist_ok=True)
        try:
            with self.said.step("the window opens"):
                person.sees("Welcome to Cairn")
                self.said.note(f"first words read after {time.monotonic() - began:.1f} s")
                person.look("welcome")
            with self.said.step(
                "a vault in a folder with a Korean name and a space: its words shown and typed back"
            ):
                self._set_up(person, vault, list(wordlists.words()))
            with self.said.step(
                "an interview is written down in Korean and English, and finalised as a version"
            ):
                person.press("New")
                person.write("Code name", practice.TITLE)
                person.write("Place", "두만강, 온성")
                person.write("Account", practice.ACCOUNT)
                person.sees("Everything is saved")
                person.look("account")
                practice.agree(person)  # type: ignore[arg-type]  # the same verbs
            with self.said.step("the office's card, compared by its words, and a bundle sealed for it"):
                practice.add_office(person, office[0], list(office[1]))  # type: ignore[arg-type]
                practice.seal(person, outbox)  # type: ignore[arg-type]
                must(list((self.folder / "outbox").glob("*.age")), "no bundle lies in the folder")
            with self.said.step("the set-up refuses while the window is open"):
                done = self.windows.run(self.windows.path(self._setup(NEW)), "/S")
                must(done.code == RUNS, f"it ended with {done.code}: {done.out}")
                self.said.note(done.out.strip())
        finally:
            self._said("taskkill", "/F", "/IM", "cairn-desktop.exe")
            program.wait(60)
        with self.said.step("the office, on the command line, takes the bundle in"):
            (bundle,) = (self.folder / "outbox").glob("*.age")
            done = self.windows.run(
                self._installed("cairn.exe"), "take-in", f"{WORK_DRIVE}\\office", self.windows.path(bundle),
                "--passphrase-file", f"{WORK_DRIVE}\\office.pass", "--json",
            )  # fmt: skip
            must(done.code == 0, done.out + done.err)

    def _set_up(self, person: Person, vault: str, known: list[str]) -> None:
        from drive import practice

        person.press("New vault")
        person.write("Where the vault is kept", vault, over_old=True)
        person.look("set-up-folder")
        person.press("Next")
        person.write("Passphrase", practice.FIELD_PASSPHRASE)
        person.write("Type it once more", practice.FIELD_PASSPHRASE)
        person.press("Next")
        person.write("Your name or code", "Field 7")
        person.press("Make the vault")
        paper = person.recovery_words(known)
        person.press("I have written them down")
        person.write_words([paper[number - 1] for number in person.asked_for()])
        person.press("Check the words")
        person.press("Later")
        person.sees("Interviews will be listed")
        person.look("empty-vault")

    def _office(self) -> tuple[str, list[str]]:
        """The office's vault and card by the installed command line: where the card lies, and its words."""
        from drive import practice

        (self.folder / "office.pass").write_text(practice.OFFICE_PASSPHRASE + "\r\n", "utf-8")
        key = ["--passphrase-file", f"{WORK_DRIVE}\\office.pass"]
        cairn, vault, card = (
            self._installed("cairn.exe"),
            f"{WORK_DRIVE}\\office",
            f"{WORK_DRIVE}\\office.contact",
        )
        elsewhere = {
            "LOCALAPPDATA": f"{WORK_DRIVE}\\office-settings",
            "APPDATA": f"{WORK_DRIVE}\\office-settings",
        }
        with self.said.step("the office's vault and contact card are made by command line"):
            made = self.windows.run(
                cairn, "vault", "create", vault, "--name", "Practice office", "--role", "office", *key,
                environment=elsewhere,
            )  # fmt: skip
            must(made.code == 0, made.out + made.err)
            done = self.windows.run(
                cairn, "contact", "card", vault, "-o", card, "--json", *key, environment=elsewhere
            )
            must(done.code == 0, done.out + done.err)
        return card, json.loads(done.out)["words"]

    # Later

    def opened(self) -> None:
        """A double click on a bundle."""
        (bundle,) = (self.folder / "outbox").glob("*.age")
        program = self.windows.begin("start", self.windows.path(bundle), name="opened")
        eyes = Eyes(self.screen, self.folder)
        try:
            with self.said.step("a double click on the bundle opens it in Cairn"):
                eyes.wait("bundle", 120)
                self.screen.picture(self.pictures / "windows-double-click.png")
        finally:
            self._said("taskkill", "/F", "/IM", "cairn-desktop.exe")
            program.wait(60)

    def upgrade(self) -> None:
        """Over the version before; then out again, and the vault is untouched."""
        before = self._vaults()
        with self.said.step("the new version takes the old one's place"):
            done = self.windows.run(self.windows.path(self._setup(NEW)), "/S")
            must(done.code == 0, f"it ended with {done.code}: {done.out}")
            must(self._registered("DisplayVersion") == NEW, self._registered("DisplayVersion"))
        with self.said.step("the older one is refused, in words"):
            done = self.windows.run(self.windows.path(self._setup(OLD)), "/S")
            must(done.code == 10, f"it ended with {done.code}: {done.out}")
            self.said.note(done.out.strip())
        with self.said.step("removing it leaves the vaults, and says where they are"):
            done = self.windows.run(
                self._installed("uninstall.exe"), "/S", f"_?={self.windows.path(self.home)}"
            )
            must(done.code == 0, f"it ended with {done.code}: {done.out}")
            must(not (self.home / "cairn.exe").exists(), "the program is still there")
            must(self._vaults() == before, "a vault was touched")
            self.said.note(done.out.strip())

    def _vaults(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.folder.rglob("vault.hdr")}

    def portable(self) -> None:
        """From a folder in Korean with a space, as on a stick."""
        stick = self.folder / "한글 stick"
        with self.said.step(
            "the portable ZIP runs from a folder in Korean with a space, and leaves nothing elsewhere"
        ):
            subprocess.run(["unzip", "-qo", str(self._portable()), "-d", str(stick)], check=True)
            before = self._files()
            self._tests_itself([self.windows.path(stick / "Cairn" / "cairn.exe")])
            must(self._files() == before, sorted(self._files() ^ before)[:5])

    def _files(self) -> set[str]:
        """What lies in the person's own folders."""
        users = self.windows.drive / "users"
        return {str(path.relative_to(users)) for path in users.rglob("*")}
