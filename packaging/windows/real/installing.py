"""What a person, or an office's administrator, does with the set-up and the portable ZIP, and what may go wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from place import Said
from stage import until
from transcript import must
from way import COMMAND, NEW, OLD, WINDOW, Way

OPENS = r"HKCU\Software\Classes\app.cairn.Cairn.bundle\shell\open\command"
NUMBERS = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
NOT_WRITTEN, OLDER, ROOM, FOREIGN, WINDOWS = 2, 10, 12, 13, 14
"""With what a silent run refuses (installer.nsi)."""
DISK_MB = 320
"""A disk on which the program finds room, until another program writes `FILLED` onto it."""
FILLED = 250 * 1024 * 1024


def install(way: Way) -> None:
    """Silently, as an office's administrator would; then the program tests itself where it lies."""
    with way.said.step("the set-up of the version before installs it"):
        done = way.windows.run(way.setup(OLD), "/S")
        way.ends(done, 0)
        must((way.home / COMMAND).is_file(), "no program lies there")
        must(way.registered("DisplayVersion") == OLD, way.registered("DisplayVersion"))
        opens = way.windows.run("reg", "query", OPENS, "/ve").out
        must(WINDOW in opens, f"bundles are not opened with it: {opens}")
        way.said.note(f"{done.seconds:.0f} s")
    with way.said.step("the installed program tests itself"):
        way.tests_itself([way.installed(COMMAND)])


def commands(way: Way) -> None:
    """The command line of the installed program, from the first vault to the bundle taken in."""
    with way.said.step("the end-to-end tests of the command line pass on the installed program"):
        way.end_to_end([way.installed(COMMAND)])


# What may go wrong


def refused(way: Way) -> None:
    """Nothing of it changes the version that is there."""
    before = way.digests(way.home)
    with way.said.step("an older Windows is refused, in words"):
        for version in ("win7", "win81"):
            with _windows(way, version):
                way.ends(_set_up(way, NEW), WINDOWS, "1809")
    with way.said.step("so is Windows 10 before version 1809, in Korean too"), _build(way, "17134"):
        way.ends(_set_up(way, NEW), WINDOWS, "1809")
        way.ends(_set_up(way, NEW, "/LANG=1042"), WINDOWS, "1809 이상")
    with way.said.step("a folder of other files is refused"):
        letters = way.folder / "letters"
        letters.mkdir(exist_ok=True)
        (letters / "letter.txt").write_text("dear")
        way.ends(_into(way, NEW, letters), FOREIGN)
        must({path.name for path in letters.iterdir()} == {"letter.txt"}, "something lies there")
    with way.said.step("a disk without room is refused before anything is written"), _disk(way, 24) as disk:
        way.ends(_into(way, NEW, disk / "여기 Cairn"), ROOM)
        must(not list(disk.iterdir()), "something lies there")
    what = "a disk that fills up meanwhile: refused in words, nothing half is left"
    with way.said.step(what), _disk(way, DISK_MB) as disk:
        _fills_up(way, disk)
    with way.said.step("a place where nothing may be written: refused in words"), _disk(way, DISK_MB) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        way.ends(_into(way, NEW, disk / "Cairn"), NOT_WRITTEN)
    with way.said.step("killed while it unpacks: the version that was there is whole, and runs"):
        begun = way.windows.begin(way.setup(NEW), "/S", name="killed")
        until((way.home.with_name("Cairn.new") / "_internal").is_dir, "it never unpacked", 300)
        os.killpg(begun.pid, signal.SIGKILL)
        begun.wait()
        _ended(way, NEW)
        must(way.digests(way.home) == before, "something of it was changed")
        done = way.windows.run(way.installed(COMMAND), "--version")
        must(done.code == 0, done.err)


def _set_up(way: Way, version: str, *more: str) -> Said:
    return way.windows.run(way.setup(version), "/S", *more)


def _into(way: Way, version: str, place: Path) -> Said:
    """Silently into another folder: its name stands last, without quotes whatever is in it."""
    batch = way.folder / "into.bat"
    batch.write_bytes(b'@"%SETUP%" /S /D=%PLACE%\r\n')
    names = {"SETUP": way.setup(version), "PLACE": way.windows.path(place)}
    return way.windows.run("cmd", "/c", way.windows.path(batch), environment=names)


def _fills_up(way: Way, disk: Path) -> None:
    place = disk / "여기 Cairn"
    batch = way.folder / "into.bat"
    names = {"SETUP": way.setup(NEW), "PLACE": way.windows.path(place)}
    begun = way.windows.begin("cmd", "/c", way.windows.path(batch), environment=names, name="full")
    until(place.with_name(place.name + ".new").is_dir, "it never unpacked", 300)
    room = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - FILLED // 10)))
    code = begun.wait(300)
    said = (way.folder / "full.out").read_text("utf-8", "replace")
    way.ends(Said(code, said, "", 0), NOT_WRITTEN, "disk is full")
    must({path.name for path in disk.iterdir()} == {"ballast"}, "something half lies there")


@contextmanager
def _disk(way: Way, megabytes: int) -> Iterator[Path]:
    """A disk of its own below the shared folder, seen inside as well."""
    place = way.folder / "small disk"
    place.mkdir(exist_ok=True)
    inside = str(way.room.path / "w/small disk")
    for where in (str(place), inside):
        words = (
            ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
            if where == str(place)
            else ["--bind", str(place)]
        )
        subprocess.run(["mount", *words, where], check=True)
    try:
        yield place
    finally:
        for where in (inside, str(place)):
            subprocess.run(["umount", "--lazy", where], check=True)


@contextmanager
def _windows(way: Way, version: str) -> Iterator[None]:
    way.windows.run("winecfg", "-v", version)
    try:
        yield
    finally:
        way.windows.run("winecfg", "-v", "win10")


@contextmanager
def _build(way: Way, number: str) -> Iterator[None]:
    for name in ("CurrentBuild", "CurrentBuildNumber"):
        way.windows.run("reg", "add", NUMBERS, "/v", name, "/d", number, "/f")
    try:
        yield
    finally:
        way.windows.run("winecfg", "-v", "win10")


def _ended(way: Way, version: str) -> None:
    """Until no set-up runs inside any more: a second one refuses while it holds its sign."""
    name = way.setup(version).rpartition("\\")[2]
    until(lambda: name not in way.windows.run("tasklist").out, "the set-up still runs")


# Later


def upgrade(way: Way) -> None:
    """Over the version before; then out again, and the vault is untouched."""
    before = way.vaults()
    with way.said.step(
        "cut off between its two renames: the next start puts the old version back, and goes on"
    ):
        way.home.rename(way.home.with_name("Cairn.old"))
        done = _set_up(way, NEW)
        way.ends(done, 0)
        must(way.registered("DisplayVersion") == NEW, way.registered("DisplayVersion"))
        beside = {path.name for path in way.home.parent.iterdir()}
        must(beside == {"Cairn"}, f"remains: {beside}")
        way.said.note(f"{OLD} to {NEW} in {done.seconds:.0f} s")
    with way.said.step("the older one is refused, in words"):
        way.ends(_set_up(way, OLD), OLDER, OLD)
    with way.said.step("the new version opens what the old one wrote"):
        must(way.vaults() == before, "a vault was touched")
        way.tests_itself([way.installed(COMMAND)])
    with way.said.step("removing it leaves the vaults, and says where they are"):
        kept = way.offered_vault()
        before = way.vaults()
        done = way.windows.run(way.installed("uninstall.exe"), "/S", f"_?={way.windows.path(way.home)}")
        way.ends(done, 0, kept)
        left = {path.name for path in way.home.rglob("*")} - {
            "uninstall.exe"
        }  # it runs in place, for its words
        must(not left, f"still there: {sorted(left)[:5]}")
        must(way.vaults() == before, "a vault was touched")
        must(not way.registered("DisplayVersion"), "Windows still lists it")


def portable(way: Way) -> None:
    """From a folder in Korean with a space, as on a stick."""
    stick = way.folder / "한글 stick"
    packed = way.out / f"cairn-{NEW}-windows-x64-portable.zip"
    began = time.monotonic()
    what = "the portable ZIP runs from a folder in Korean with a space, and leaves nothing elsewhere"
    with way.said.step(what):
        subprocess.run(["unzip", "-qo", str(packed), "-d", str(stick)], check=True)
        way.said.note(f"unpacked in {time.monotonic() - began:.0f} s")
        before = way.users()
        program = way.windows.path(stick / "Cairn" / COMMAND)
        way.tests_itself([program])
        must(way.users() == before, sorted(way.users() ^ before)[:5])
    with way.said.step("a vault made from it lies on the stick, and opens again from there"):
        key = way.passphrase("portable")
        vault = stick / "Cairn" / "cairn-data" / "vaults" / "현장"
        made = way.windows.run(
            program, "vault", "create", way.windows.path(vault), "--name", "Stick", "--role", "field", *key
        )
        must(made.code == 0, made.out + made.err)
        done = way.windows.run(program, "vault", "check", way.windows.path(vault), *key)
        must(done.code == 0, done.out + done.err)
        must(way.users() == before, sorted(way.users() ^ before)[:5])
