"""Install, upgrade and remove a stand-in for the program under Wine, and everything that may go wrong.

    python packaging/windows/rehearse.py [--keep FOLDER]

needs Debian's `nsis` and `wine64`, and no screen. Prints one line for each thing that was seen, and
ends with 1 at the first that was otherwise; with 77 when a tool is missing. What it can't show: the real
program on a real Windows.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import make_installer as build
import wine

OLD, NEW = "0.1.0", "0.2.0"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\app.cairn.Cairn"
CLASSES = r"Software\Classes"
SKIPPED = 77
MISSED = 1
BIG = 80 * 1024 * 1024
BLOCK = 1024 * 1024
_WAIT = 60.0


class Unexpected(Exception):
    """What was seen is not what was promised."""


def expect(truth: object, what: str) -> None:
    """Say what was seen, or stop."""
    if not truth:
        raise Unexpected(what)
    print(f"seen: {what}", flush=True)


def wait_for(path: Path) -> None:
    """Until `path` is there."""
    end = time.monotonic() + _WAIT
    while not path.exists():
        if time.monotonic() > end:
            raise Unexpected(f"{path.name} never came")
        time.sleep(0.02)


def tree(folder: Path) -> dict[str, str]:
    """Every file below `folder` and its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stand_in(folder: Path, version: str, *, bulk: int = 0) -> Path:
    """A payload in the shape of the real one, whose programs are NSIS's own small ones."""
    (folder / "_internal" / "PySide6" / "말").mkdir(parents=True)
    for name in build.PROGRAMS:
        subprocess.run(
            ["makensis", "-V2", "-WX", f"-DOUTPUT={folder / name}", f"-DVERSION={version}", "stub.nsi"],
            cwd=build.HERE,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    (folder / "LICENSE.txt").write_text("Apache-2.0\n")
    (folder / "notices").mkdir()
    (folder / "notices" / "all.txt").write_text("notices\n")
    (folder / "_internal" / "version.txt").write_text(version)
    (folder / "_internal" / f"only-{version}.dll").write_bytes(b"\0" * 5000)
    (folder / "_internal" / "PySide6" / "말" / "$이름.qm").write_bytes(b"qm")
    if bulk:
        (folder / "_internal" / "bulk.bin").write_bytes(os.urandom(BLOCK) * (bulk // BLOCK))
    return folder


class Rehearsal:
    """The steps, in the order in which a person meets them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        icon = folder / "cairn.ico"
        icon.write_bytes(small_icon())
        self.icon = icon
        self.old = self._installer(OLD)
        self.new = self._installer(NEW)
        self.big = self._installer(NEW, bulk=BIG, kilobytes=1)
        self.wine = wine.Wine(folder / "wine")
        self.home = self.wine.local / "Programs" / "Cairn"
        self.data = self.wine.local / "cairn"

    def _installer(self, version: str, *, bulk: int = 0, kilobytes: int | None = None) -> Path:
        kind = f"{version}-{bulk}-{kilobytes}"
        frozen = stand_in(self.folder / f"frozen-{kind}", version, bulk=bulk)
        out = self.folder / f"out-{kind}"
        return build.installer(frozen, out, version, icon=self.icon, kilobytes=kilobytes)

    def setup(self, installer: Path, *more: str) -> tuple[int, str]:
        """Run an installer silently: exit code and words."""
        done = self.wine.run(installer, "/S", *more)
        return done.returncode, done.stdout.strip()

    def setup_in(self, place: Path, installer: Path) -> tuple[int, str]:
        """The same into another folder; its name stands unquoted at the end."""
        done = self.wine.line('"%SETUP%" /S /D=%PLACE%', SETUP=installer, PLACE=place)
        return done.returncode, done.stdout.strip()

    def started(self) -> str:
        """How the stand-in was started last: its version and what it was given."""
        said = self.wine.temp / "cairn-started.txt"
        wait_for(said)
        text = said.read_bytes().decode("utf-16-le")
        said.unlink()
        return text

    def same_bytes(self) -> None:
        again = build.installer(
            self.folder / f"frozen-{OLD}-0-None", self.folder / "again", OLD, icon=self.icon
        )
        expect(again.read_bytes() == self.old.read_bytes(), "the same payload gives the same installer")
        zips = [
            build.portable(self.folder / f"frozen-{OLD}-0-None", self.folder / out, OLD)
            for out in ("zip", "zip-again")
        ]
        expect(zips[0].read_bytes() == zips[1].read_bytes(), "and the same portable ZIP")

    def old_windows(self) -> None:
        self.wine.windows("win7")
        code, said = self.setup(self.old)
        expect(code == 14 and "1809" in said, f"Windows 7 refused: {said}")
        self.wine.windows("win10")

    def install(self) -> None:
        code, said = self.setup(self.old)
        expect((code, said) == (0, ""), f"installed as {wine.USER}, without a word")
        expect(
            set(tree(self.folder / f"frozen-{OLD}-0-None")) | {"uninstall.exe", "cairn.ini"}
            == set(tree(self.home)),
            "every file of the payload is there, names in Korean too, and no other",
        )
        expect(self.wine.registry(UNINSTALL, "DisplayVersion") == OLD, "Windows lists the program")
        link = (self.wine.menu / "Cairn.lnk").read_bytes()
        place = self.wine.path(self.home).encode("utf-16-le")
        expect(b"cairn-desktop.exe" in link and place in link, "the Start menu has a link to the window")

    def types(self) -> None:
        """Wine 8 does not look into the user's own classes, so they are copied to where it does."""
        for name in (".age", ".contact", "app.cairn.Cairn.bundle", "app.cairn.Cairn.contact"):
            key = f"{CLASSES}\\{name}"
            self.wine.run("reg", "copy", f"HKCU\\{key}", f"HKLM\\{key}", "/s", "/f")
        for name in ("묶음 하나.age", "한 사람.contact"):
            file = self.wine.home / name
            file.write_bytes(b"")
            self.wine.run("start", "/wait", self.wine.path(file))
            expect(self.started() == f'{OLD} "{self.wine.path(file)}"', f"a double click gives {name}")
        for name in (".age", ".contact", "app.cairn.Cairn.bundle", "app.cairn.Cairn.contact"):
            self.wine.run("reg", "delete", f"HKLM\\{CLASSES}\\{name}", "/f")

    def work(self) -> None:
        """What a person has when the next version comes."""
        vault = self.data / "vaults" / "현장 보관함"
        vault.mkdir(parents=True)
        (vault / "vault.hdr").write_bytes(os.urandom(512))
        (self.data / "settings.json").write_text("{}")
        (self.home / "cairn-data").mkdir()
        (self.home / "cairn-data" / "mine.txt").write_text("mine")
        self.before = tree(self.data)

    def running(self) -> None:
        before = tree(self.home)
        for name in build.PROGRAMS:
            runs = self.wine.begin(self.home / name, "--wait")
            self.started()
            code, said = self.setup(self.new)
            expect(code == 11, f"refused while {name} runs: {said}")
            code, said = self.setup(self.new, "/LANG=1042")
            expect(code == 11 and "실행 중" in said, f"and in Korean: {said}")
            code, said = self.remove()
            expect(code == 11, f"not removed either while it runs: {said}")
            (self.wine.temp / "cairn-go.txt").touch()
            runs.communicate(timeout=_WAIT)
            (self.wine.temp / "cairn-go.txt").unlink()
        expect(tree(self.home) == before, "a refusal changes nothing")

    def upgrade(self) -> None:
        code, said = self.setup(self.new)
        expect((code, said) == (0, ""), "upgraded")
        self.wine.run(self.home / "cairn.exe")
        expect(self.started().strip() == NEW, "the new version starts")
        internal = {path.name for path in (self.home / "_internal").iterdir()}
        expect(f"only-{OLD}.dll" not in internal and f"only-{NEW}.dll" in internal, "nothing old is left")
        expect(tree(self.data) == self.before, "vault and settings are the same to the byte")
        expect((self.home / "cairn-data" / "mine.txt").read_text() == "mine", "so is what lay beside")
        expect(not self.home.with_name("Cairn.old").exists(), "no second copy stays on the disk")
        expect(self.wine.registry(UNINSTALL, "DisplayVersion") == NEW, "Windows lists the new version")

    def downgrade(self) -> None:
        before = tree(self.home)
        code, said = self.setup(self.old)
        expect(code == 10 and NEW in said and OLD in said, f"older over newer refused: {said}")
        code, said = self.setup(self.old, "/LANG=1042")
        expect(code == 10 and "이전 버전" in said, f"and in Korean: {said}")
        expect(tree(self.home) == before, "and nothing is changed")

    def interrupted(self) -> None:
        before = tree(self.home)
        runs = self.wine.begin(self.big, "/S")
        wait_for(self.home.with_name("Cairn.new") / "_internal")
        runs.kill()
        runs.communicate()
        self.wine.settle()
        expect(tree(self.home) == before, "an upgrade killed while it unpacks leaves the old version")
        self.home.rename(self.home.with_name("Cairn.old"))
        code, _ = self.setup(self.old)
        expect(code == 10 and tree(self.home) == before, "killed between the renames: the next start heals")
        code, _ = self.setup(self.new)
        left = [path.name for path in self.home.parent.iterdir()]
        expect(code == 0 and left == ["Cairn"], "and the next upgrade leaves no remains")

    def full_disk(self) -> None:
        if os.geteuid() != 0:
            print("not rehearsed: a full disk (needs root to mount a small one)")
            return
        small = self.folder / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)], check=True)
        try:
            place = small / "여기 Cairn"
            code, said = self.setup_in(place, self.new)
            expect(code == 12 and not place.exists(), f"too little room: {said}")
            self._fills_up(small, place)
        finally:
            # Lazily: on a busy machine a program that has ended for us may still be on its way out.
            subprocess.run(["umount", "--lazy", str(small)], check=True)

    def _fills_up(self, small: Path, place: Path) -> None:
        """The installer believes that it needs nothing, as when another program writes meanwhile."""
        subprocess.run(["mount", "-o", "remount,size=90m", str(small)], check=True)
        code, _ = self.setup_in(place, self.old)
        expect(code == 0, "installed where the person said, with spaces and Korean")
        before = tree(place)
        (small / "ballast").write_bytes(b"\0" * (23 * 1024 * 1024))
        code, said = self.setup_in(place, self.big)
        expect(code == 2 and "full" in said, f"a disk that fills up meanwhile: {said}")
        expect(tree(place) == before, "the old version is as it was")
        expect(not place.with_name(place.name + ".new").exists(), "and the half-written new one is gone")
        code, _ = self.remove(place)
        expect(
            code == 0 and set(tree(place)) <= {"uninstall.exe"}, f"removed from there {code} {tree(place)}"
        )

    def foreign(self) -> None:
        place = self.wine.home / "Documents"
        place.mkdir()
        (place / "letter.txt").write_text("dear")
        code, said = self.setup_in(place, self.old)
        expect(code == 13 and (place / "letter.txt").exists(), f"a folder of other files refused: {said}")

    def remove(self, home: Path | None = None) -> tuple[int, str]:
        """Run the uninstaller in place; left to itself it would go on from a copy, and its words be lost."""
        home = home or self.home
        done = self.wine.line(r'"%PLACE%\uninstall.exe" /S _?=%PLACE%', PLACE=home)
        return done.returncode, done.stdout.strip()

    def uninstall(self) -> None:
        self.setup(self.new)
        code, said = self.remove()
        expect(code == 0 and "현장 보관함" in said, f"removed: {said}")
        expect(tree(self.data) == self.before, "vault and settings are the same to the byte")
        left = set(tree(self.home)) - {"uninstall.exe"}  # it runs in place, see `remove`
        expect(left == {"cairn-data/mine.txt"}, "only what somebody put there is left")
        expect(not (self.wine.menu / "Cairn.lnk").exists(), "the Start menu has no link any more")
        keys = (UNINSTALL, f"{CLASSES}\\app.cairn.Cairn.bundle", f"{CLASSES}\\.age", f"{CLASSES}\\.contact")
        expect(not any(self.wine.has_key(key) for key in keys), "nor the registry an entry")

    def uninstall_as_windows_does(self) -> None:
        shutil.rmtree(self.home)
        self.setup(self.old)
        self.wine.run(self.home / "uninstall.exe", "/S")
        self.wine.settle()
        expect(not self.home.exists(), "the uninstaller's own copy takes the whole folder away")

    def signed(self) -> None:
        """The uninstaller that is written at the end must carry its signature, or Windows warns."""
        if shutil.which("osslsigncode") is None:
            print("not rehearsed: a signed installer (needs Debian's osslsigncode)")
            return
        import sign

        folder = self.folder / "signed"
        folder.mkdir()
        sign.throw_away_certificate(folder)
        frozen = self.folder / f"frozen-{OLD}-0-None"
        setup = build.installer(frozen, folder, OLD, icon=self.icon, sign=sign.command())
        sign.sign(setup)
        code, _ = self.setup(setup)
        sign.verify(self.home / "uninstall.exe")
        expect(code == 0, "a signed installer installs, and its uninstaller is signed")
        self.wine.run(self.home / "uninstall.exe", "/S")
        self.wine.settle()
        expect(not self.home.exists(), "and runs")

    def run(self) -> None:
        """Every step."""
        try:
            self.same_bytes()
            self.old_windows()
            self.install()
            self.types()
            self.work()
            self.running()
            self.upgrade()
            self.downgrade()
            self.interrupted()
            self.foreign()
            self.full_disk()
            self.uninstall()
            self.uninstall_as_windows_does()
            self.signed()
        finally:
            self.wine.close()


def small_icon() -> bytes:
    """The smallest icon that makensis takes: one white dot of 16 x 16, so that no Qt is needed here."""
    pixels = b"\xff" * (16 * 16 * 4) + b"\0" * (16 * 4)

    def word(value: int) -> bytes:
        return value.to_bytes(4, "little")

    fields = (40, 16, 32, 1 | 32 << 16, 0, len(pixels), 0, 0, 0, 0)
    picture = b"".join(word(field) for field in fields) + pixels
    entry = b"\x10\x10\0\0\1\0\x20\0" + word(len(picture)) + word(22)
    return b"\0\0\1\0\1\0" + entry + picture


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", type=Path, help="work in this new folder and leave it")
    given = parser.parse_args()
    lacking = wine.missing()
    if lacking:
        print(f"windows: not rehearsed, missing here (Debian's names): {' '.join(lacking)}")
        return SKIPPED
    os.environ["SOURCE_DATE_EPOCH"] = str(build.source_date())
    folder = given.keep or Path(tempfile.mkdtemp(prefix="cairn-windows-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        Rehearsal(folder.resolve()).run()
    except Unexpected as error:
        print(f"NOT SEEN: {error}", file=sys.stderr)
        return MISSED
    finally:
        if given.keep is None:
            shutil.rmtree(folder)
    print("windows: all seen, under Wine, with a stand-in for the program")
    return 0


if __name__ == "__main__":
    sys.exit(main())
