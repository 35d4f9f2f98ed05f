"""Upgrades: an older version goes, a newer one comes, what people made stays; and what may go wrong on the way."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from job import write
from person import Person, Program
from rooms import HANA, Room, User
from stage import Desktop
from transcript import Transcript, must

PASSPHRASE = "marble kettle window orchard 31"  # noqa: S105  # of a vault that holds only fiction
VAULT = "/home/hana/.local/share/cairn/vaults/team"
OLDER = "0.0.9"


def repacked(package: Path, folder: Path, version: str) -> Path:
    """The same package under another version: what it holds is the same, what dpkg thinks of it is not."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(folder)], check=True)
    now = subprocess.run(
        ["dpkg-deb", "--field", str(package), "Version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    for name in ("control", "preinst"):
        script = folder / "DEBIAN" / name
        if script.exists():
            text = script.read_text("utf-8")
            text = re.sub(rf"(?m)^(Version: |VERSION=){re.escape(now)}$", rf"\g<1>{version}", text)
            script.write_text(text, "utf-8")
    made = folder.with_name(f"cairn_{version}_amd64.deb")
    pack = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(folder), str(made)]
    subprocess.run(pack, check=True, capture_output=True)
    shutil.rmtree(folder)
    return made


def upgrade(
    transcript: Transcript, room: Room, desktop: Desktop, pictures: Path, package: Path, old: Path
) -> None:
    """From the older version to this one and out again. `room` has the dependencies, and nothing of Cairn."""
    room.bring(package, "/srv/new.deb")
    room.bring(old, "/srv/old.deb")
    with transcript.step(f"an older version ({version(room, '/srv/old.deb')}) is installed and used"):
        room.apt("install", "/srv/old.deb", unsafe=True)
        key = make_vault(room, HANA)
        title = ["cairn", "interview", "add", VAULT, "--title", "W-018 지난 판", "--consent", "keep"]
        room.run([*title, *key], HANA)
        speak_korean(room, desktop, pictures)
        kept = settings(room)
        must(kept, "no settings were written")
    with transcript.step("the upgrade keeps the vault and the settings"):
        room.apt("install", "/srv/new.deb", unsafe=True)
        must(version(room) == version(room, "/srv/new.deb"), version(room))
        listed = room.run(["cairn", "interview", "list", VAULT, *key], HANA).stdout
        must("W-018 지난 판" in listed, listed)
        room.run(["cairn", "vault", "check", VAULT, *key], HANA)
        must(settings(room) == kept, f"{settings(room)} {kept}")
        program = Program(room, desktop, {})
        try:
            person = Person(desktop, pictures, prefix="upgrade-")
            person.sees("보관함 열기")
            person.look("greets-in-the-language-chosen-before")
        finally:
            program.kill()
    with transcript.step("the older version over the newer one is refused, in words"):
        said = room.run(["dpkg", "--install", "/srv/old.deb"], code=None)
        must(said.returncode != 0, "it was installed")
        sentence = words_of(said.stderr)
        must("older" in sentence and "Nothing was changed" in sentence, said.stderr)
        transcript.note(sentence)
        must(version(room) == version(room, "/srv/new.deb"), version(room))
        room.run(["cairn", "vault", "check", VAULT, *key], HANA)
    with transcript.step("uninstalled and purged: the vault is left alone, and one is told where it is"):
        before = tree(room.path / VAULT[1:])
        said = room.apt("purge", "cairn", unsafe=True)
        sentence = words_of(said.stdout + said.stderr)
        must("~/.local/share/cairn/vaults" in sentence, said.stdout + said.stderr)
        transcript.note(sentence)
        must(tree(room.path / VAULT[1:]) == before, "the vault's files have changed")
        left = [
            p for p in ("usr/lib/cairn", "usr/bin/cairn", "etc/apparmor.d/cairn") if (room.path / p).exists()
        ]
        must(not left, left)
        room.apt("install", "/srv/new.deb", unsafe=True)
        room.run(["cairn", "vault", "check", VAULT, *key], HANA)


def interrupted(transcript: Transcript, room: Room, package: Path, old: Path) -> None:
    """dpkg is killed at several places of the upgrade."""
    room.bring(package, "/srv/new.deb")
    room.bring(old, "/srv/old.deb")
    with transcript.step("an upgrade that is killed in the middle is repaired by installing again"):
        room.apt("install", "/srv/old.deb", unsafe=True)
        key = make_vault(room, HANA)
        for wanted in (20, 150, 400):
            state = killed(room, wanted)
            must("half-installed" in state, f"killed after {wanted} files, and dpkg calls it “{state}”")
            room.run(["dpkg", "--configure", "-a"], code=None)
            room.apt("install", "--reinstall", "--fix-broken", "/srv/new.deb", unsafe=True)
            must(not room.run(["dpkg", "--verify", "cairn"]).stdout, "not whole")
            room.run(["cairn", "vault", "check", VAULT, *key], HANA)
            transcript.note(f"killed after {wanted} files: dpkg called it “{state}”; whole after the repair")
            room.run(["dpkg", "--force-all", "--remove", "cairn"])
            room.apt("install", "/srv/old.deb", unsafe=True)


def killed(room: Room, files: int) -> str:
    """Begin the upgrade, kill dpkg when so many new files are written. What dpkg says of the package then."""
    process = subprocess.Popen(
        room.command(["dpkg", "--force-unsafe-io", "--install", "/srv/new.deb"]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    place = room.path / "usr/lib/cairn"
    while process.poll() is None:
        if sum(1 for _ in place.rglob("*.dpkg-new")) >= files:
            for child in children(process.pid):
                subprocess.run(["kill", "-9", str(child)], check=False)
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.002)
    must(process.wait() != 0, "it was done before it could be killed")
    return room.run(["dpkg-query", "-f", "${Status}", "-W", "cairn"]).stdout


def children(number: int) -> list[int]:
    """Everything below a process, the lowest first."""
    found = []
    for line in Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split():
        found += [*children(int(line)), int(line)]
    return found


def disk_full(transcript: Transcript, room: Room, package: Path, old: Path) -> None:
    """Where the program is installed, there is room for half of it."""
    room.bring(package, "/srv/new.deb")
    room.bring(old, "/srv/old.deb")
    with transcript.step(
        "a disk that is too small: refused in words, nothing left behind; room made, it installs"
    ):
        room.tmpfs("/usr/lib/cairn", "60m")
        said = room.run(["dpkg", "--install", "/srv/new.deb"], code=None)
        must(said.returncode != 0, "it was installed")
        transcript.note(reason(said.stderr))
        subprocess.run(["umount", str(room.path / "usr/lib/cairn")], check=True)
        left = [*(room.path / "usr/lib/cairn").glob("*")]
        must(not left, left[:5])
        room.apt("install", "--fix-broken", "/srv/new.deb", unsafe=True)
        room.run(["cairn", "self-test"], HANA)
    with transcript.step("the disk fills during an upgrade: the older version still runs"):
        room.run(["dpkg", "--remove", "cairn"])
        room.tmpfs("/usr/lib/cairn", "330m")
        room.run(["dpkg", "--install", "/srv/old.deb"])
        key = make_vault(room, HANA)
        said = room.run(["dpkg", "--install", "/srv/new.deb"], code=None)
        must(said.returncode != 0, "it was installed")
        transcript.note(reason(said.stderr))
        room.run(["cairn", "vault", "check", VAULT, *key], HANA)
        must(version(room) == version(room, "/srv/old.deb"), version(room))
        subprocess.run(["mount", "-o", "remount,size=800m", str(room.path / "usr/lib/cairn")], check=True)
        room.apt("install", "--fix-broken", "/srv/new.deb", unsafe=True)
        room.run(["cairn", "vault", "check", VAULT, *key], HANA)


def make_vault(room: Room, user: User) -> list[str]:
    """A vault at its usual place, by command line; the options that open it."""
    key = ["--passphrase-file", f"{user.home}/pass"]
    write(room, user, f"{user.home}/pass", PASSPHRASE + "\n")
    room.run(["rm", "-rf", VAULT], user)
    room.run(["cairn", "vault", "create", VAULT, "--name", "Team", "--role", "field", *key], user)
    return key


def speak_korean(room: Room, desktop: Desktop, pictures: Path) -> None:
    """Start the older version's window, choose Korean, close it."""
    program = Program(room, desktop, {})
    try:
        person = Person(desktop, pictures, prefix="older-")
        person.sees("Open your vault")
        person.press("한국어")
        person.sees("보관함 열기")
        person.look("in-korean")
        must(person.close(program) == 0, "did not close")
    finally:
        program.kill()


def settings(room: Room) -> dict[str, bytes]:
    """The settings files of the person, whole."""
    return tree(room.path / "home/hana/.config/cairn")


def tree(folder: Path) -> dict[str, bytes]:
    """Names and content of all files below."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def version(room: Room, package: str = "") -> str:
    """What is installed, or what a package holds."""
    if package:
        return room.run(["dpkg-deb", "--field", package, "Version"]).stdout.strip()
    return room.run(["dpkg-query", "-f", "${Version}", "-W", "cairn"]).stdout.strip()


def reason(said: str) -> str:
    """Why it was not installed: the package's own words, or dpkg's about the disk. Raises Failed without."""
    found = words_of(said) or " ".join(line.strip() for line in said.splitlines() if "No space left" in line)
    must(found, said)
    return found


def words_of(said: str) -> str:
    """What the package itself said, among what dpkg says."""
    return " ".join(line.removeprefix("cairn: ") for line in said.splitlines() if line.startswith("cairn: "))
