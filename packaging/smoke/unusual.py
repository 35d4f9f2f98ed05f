"""Computers that are not as they should be: no Korean font, no sound library, homes that are gone or full."""

from __future__ import annotations

import json
import subprocess
from contextlib import suppress
from pathlib import Path

from job import write
from person import Person, Program
from rooms import HANA, HANGUL, Room, User
from stage import Desktop
from transcript import Transcript, must
from versions import PASSPHRASE

WORDS = Path(__file__).resolve().parents[2] / "resources/words/en"


def hangul(transcript: Transcript, room: Room, desktop: Desktop, pictures: Path) -> None:
    """Somebody whose name and home are written in Korean, on a system without a single Korean font."""
    user = desktop.user
    with transcript.step(
        f"{user.name} in {user.home}: the window in Korean, with no such font in the system"
    ):
        fonts = [p.name for p in (room.path / "usr/share/fonts").rglob("*.[ot]t[fc]")]
        must(not any("cjk" in name.lower() or "nanum" in name.lower() for name in fonts), fonts)
        transcript.note(f"fonts of the system: {', '.join(sorted(fonts)) or 'none'}")
        program = Program(room, desktop, {})
        try:
            person = Person(desktop, pictures, prefix="hangul-")
            person.sees("Cairn")
            person.wait(lambda: any("보관함" in text for text in person.texts()), "no Korean")
            person.look("welcome")
            before = person.texts()
            must("새 보관함" in before, before)
            person.press("새 보관함")
            person.wait(lambda: "다음" in person.texts(), "no second step")
            person.look("folder")
            must(person.close(program) == 0, "did not close")
            must(not program.complaints(), program.complaints())
        finally:
            program.kill()
    with transcript.step("their vault, by command line, on paths in Korean"):
        key = ["--passphrase-file", f"{user.home}/암호.txt"]
        write(room, user, f"{user.home}/암호.txt", PASSPHRASE + "\n")
        vault = f"{user.home}/보관함"
        room.run(["cairn", "vault", "create", vault, "--name", "팀", "--role", "field", *key], user)
        room.run(["cairn", "interview", "add", vault, "--title", "가-1", "--consent", "keep", *key], user)
        must("가-1" in room.run(["cairn", "interview", "list", vault, *key], user).stdout, "not listed")


def two_users(transcript: Transcript, room: Room, first: Desktop, other_user: User, pictures: Path) -> None:
    """Both have the window open at once, each sees their own vaults, neither gets at the other's."""
    with transcript.step("two people at one computer, both windows open: each has their own vaults"):
        vault = f"{HANA.home}/.local/share/cairn/vaults/hers"
        key = ["--passphrase-file", f"{HANA.home}/pass"]
        write(room, HANA, f"{HANA.home}/pass", PASSPHRASE + "\n")
        room.run(["cairn", "vault", "create", vault, "--name", "Hers", "--role", "field", *key], HANA)
        one = Program(room, first, {}, name="one")
        try:
            hers = Person(first, pictures, prefix="two-")
            hers.sees("Open your vault")
            second = Desktop(first.screen, other_user)
            second.enter(room)
            other = Program(room, second, {}, name="other")
            try:
                his = Person(second, pictures, prefix="two-other-")
                his.wait(lambda: "새 보관함" in his.texts(), "no welcome")
                must(hers.reads("Open your vault"), "hers is gone")
                his.look("both-open")
            finally:
                other.kill()
                second.close()
        finally:
            one.kill()
        said = room.run(["ls", vault], HANGUL, code=None)
        must(said.returncode != 0, "the other account lists the vault")


def no_sound(transcript: Transcript, room: Room, desktop: Desktop, pictures: Path) -> None:
    """The library that reaches the sound system is not installed."""
    with transcript.step("no sound library: the program starts, and says in words that it can't record"):
        room.apt("purge", "libpulse0", unsafe=True)
        key = ["--passphrase-file", f"{HANA.home}/pass"]
        write(room, HANA, f"{HANA.home}/pass", PASSPHRASE + "\n")
        vault = f"{HANA.home}/.local/share/cairn/vaults/quiet"
        room.run(["cairn", "vault", "create", vault, "--name", "Quiet", "--role", "field", *key], HANA)
        room.run(["cairn", "interview", "add", vault, "--title", "W-1", "--consent", "keep", *key], HANA)
        program = Program(room, desktop, {})
        try:
            person = Person(desktop, pictures, prefix="no-sound-")
            person.sees("Open your vault")
            person.write("Passphrase", PASSPHRASE)
            person.press("Open vault")
            person.choose_row("W-1")
            person.tab("Conversation")
            person.sees(sentence("microphone.no-sound-system"))
            person.look("conversation")
            transcript.note(sentence("microphone.no-sound-system"))
            must(
                not person.reads(sentence("microphone.none")), "a microphone is asked for that can't be heard"
            )
            must(program.process.poll() is None, "the program is gone")
        finally:
            program.kill()
    with transcript.step(
        "no sound library, nor those for Wayland: the self-test passes and says what is absent"
    ):
        room.run(["dpkg", "--force-depends", "--purge", "libwayland-cursor0"])
        said = room.run(["cairn", "self-test", "--json"], HANA)
        details = {one["name"]: one.get("detail", "") for one in json.loads(said.stdout)["checks"]}
        must("not on this system: libpulse.so.0" in details["sound-library"], details)
        must("not on this system: libwayland-cursor.so.0" in details["plugins"], details)
        for name in ("plugins", "sound-library"):
            transcript.note(f"{name}: {details[name]}")


def sentence(code: str) -> str:
    """What the program says in English for this code."""
    words = json.loads((WORDS / f"{code.partition('.')[0]}.json").read_text("utf-8"))
    return str(words[code])


def homes(transcript: Transcript, room: Room, desktop: Desktop, pictures: Path) -> None:
    """A home that does not exist, one that can't be written to, one on a full disk."""
    gone = User("gone", HANA.number, "/home/nowhere")
    locked = User("locked", HANA.number, "/home/locked")
    full = User("full", HANA.number, "/home/full")
    (room.path / "home/locked").mkdir(mode=0o555)
    room.tmpfs("/home/full", "1m")
    subprocess.run(["chown", f"{HANA.number}:{HANA.number}", str(room.path / "home/full")], check=True)
    with (room.path / "home/full/filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass
    for user, what in ((gone, "missing"), (locked, "read-only"), (full, "on a full disk")):
        with transcript.step(f"the home folder is {what}: the command line says so"):
            write(room, HANA, f"{HANA.home}/pass", PASSPHRASE + "\n")
            key = ["--passphrase-file", f"{HANA.home}/pass"]
            vault = f"{user.home}/.local/share/cairn/vaults/v"
            create = ["cairn", "vault", "create", vault, "--name", "A", "--role", "field", *key]
            said = room.run(create, user, code=None)
            must(said.returncode == 5 and "Traceback" not in said.stderr, f"{said.returncode} {said.stderr}")
            transcript.note(said.stderr.strip())
        with transcript.step(
            f"the home folder is {what}: the window opens, and says so when a vault is made"
        ):
            program = Program(room, desktop, {"HOME": user.home, "PWD": "/"})
            try:
                for sentence in try_vault(Person(desktop, pictures, prefix=f"home-{user.name}-")):
                    transcript.note(sentence)
                must(program.process.poll() is None, "the program is gone")
            finally:
                program.kill()


def try_vault(person: Person) -> list[str]:
    """Go as far as the wizard lets one; the sentences that say why not."""
    person.sees("Welcome to Cairn")
    person.press("New vault")
    person.sees("Where will the vault be?")
    before = set(person.texts())
    person.press("Next")
    fields = ("Passphrase", "Type it once more")
    person.wait(
        lambda: set(person.texts()) != before or any(i.name == fields[0] for i in person.items()), "no answer"
    )
    if any(item.name == fields[0] for item in person.items()):
        for name in fields:
            person.write(name, PASSPHRASE)
        person.press("Next")
        person.write("Your name or code", "Field 7")
        before = set(person.texts())
        person.press("Make the vault")

    def sentences() -> list[str]:
        return [text for text in person.texts() if text not in before and told(text)]

    found: list[str] = person.wait(sentences, "no words")
    person.look("said")
    return found


CAUSES = ("permission", "full", "room on", "can't be", "read-only", "not allowed", "may not", "could not")


def told(text: str) -> bool:
    """Whether a sentence names one of the causes."""
    return len(text.split()) > 4 and any(one in text.lower() for one in CAUSES)
