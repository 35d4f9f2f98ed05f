"""The main job, through the window of the installed program: from the first start to the sealed bundle.

Goes the way of `tests/drive/practice.py`, with somebody at the screen instead of inside the program.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from person import Person, Program
from rooms import Room, User
from stage import Desktop
from transcript import Transcript, must

from drive import practice
from sound.script import spoken

if TYPE_CHECKING:
    from sound.rig import Rig, Samples

OFFICE_PASSPHRASE = practice.OFFICE_PASSPHRASE
SPEECH_S = 8


@dataclass
class Done:
    """What the run leaves for those who look at it afterwards; paths as outside of the root sees them."""

    room: Room
    user: User
    vault: str
    office: str
    outbox: str
    said: Samples | None = None
    words: list[str] = field(default_factory=list)
    program: Program | None = None

    def outside(self, path: str) -> Path:
        """A path of the root as it is called outside."""
        return self.room.path / path.lstrip("/")


def write(room: Room, user: User, path: str, text: str) -> None:
    """A file of one person, readable by nobody else."""
    room.run(["sh", "-c", 'umask 077; cat > "$0"', path], user, given=text)


def make_office(room: Room, user: User, done: Done) -> None:
    """The office's vault and its card, by the installed command line, elsewhere than in the settings of the field."""
    elsewhere = {"XDG_CONFIG_HOME": f"{user.home}/office-settings"}
    key = ["--passphrase-file", f"{user.home}/office.pass"]
    write(room, user, f"{user.home}/office.pass", OFFICE_PASSPHRASE + "\n")
    create = ["cairn", "vault", "create", done.office, "--name", "Practice office", "--role", "office"]
    room.run([*create, *key], user, elsewhere)
    card = f"{user.home}/office.contact"
    said = room.run(["cairn", "contact", "card", done.office, "-o", card, "--json", *key], user, elsewhere)
    done.words = json.loads(said.stdout)["words"]
    must(len(done.words) == 12, done.words)


def drive(
    transcript: Transcript, room: Room, desktop: Desktop, pictures: Path, rig: Rig | None, done: Done
) -> None:
    """Every step of it. The program is closed at the end as its owner closes it."""
    user = desktop.user
    with transcript.step("the office's vault and contact card are made by command line"):
        make_office(room, user, done)
    environment = dict(rig.environment) if rig is not None else {}
    with transcript.step("the installed program opens its window, with all networking denied"):
        program = done.program = Program(room, desktop, environment)
        person = Person(desktop, pictures)
        person.sees("Welcome to Cairn")
        transcript.note(f"first words to be read after {time.monotonic() - program.begun:.2f} s")
    try:
        with transcript.step("a vault: folder, passphrase, 24 recovery words shown and typed back"):
            practice.set_up(person, Path(done.vault))
        with transcript.step("an interview: form, account in Korean and English"):
            write_down(person)
        if rig is not None:
            with transcript.step(f"{SPEECH_S} s of speech from the microphone, with a mark"):
                done.said = record(person, rig)
        with transcript.step("consent to share, and a version"):
            practice.agree(person)
        with transcript.step("the office's card, compared by its 12 words"):
            practice.add_office(person, f"{user.home}/office.contact", done.words)
        with transcript.step("a bundle is sealed for the office"):
            room.run(["mkdir", "-p", done.outbox], user)
            practice.seal(person, done.outbox)
            must(list(done.outside(done.outbox).glob("*.age")), "no bundle lies in the folder")
        with transcript.step("the window closes, and nothing was said on the way out"):
            code = person.close(program)
            must(code == 0, f"it ended with {code}")
            must(not program.complaints(), program.complaints())
    finally:
        program.kill()


def write_down(person: Person) -> None:
    """One interview, without the files that the inner way adds."""
    person.press("New")
    person.write("Code name", practice.TITLE)
    person.write("Date", "winter 2009?")
    person.write("Place", "두만강, 온성")
    person.write("Summary", "Crossing the river at night. 지어낸 이야기.")
    person.write("Account", practice.ACCOUNT)
    person.sees("Everything is saved")
    person.look("account")


def record(person: Person, rig: Rig) -> Any:
    """A conversation of some seconds with a mark in it, stopped and kept. What was said."""
    words = spoken(rig.folder, SPEECH_S)
    person.tab("Conversation")
    person.sees("Record this conversation")
    person.look("before-recording")
    person.key("F9")
    person.sees("Stop")
    with rig.playing(words) as speaking:
        person.key("F2")
        person.look("recording")
        person.wait(lambda: speaking.poll() is not None, "the speech goes on")
    person.key("F9")
    person.sees("Stop the recording?")
    person.look("stop-recording")
    person.press("Stop recording")
    person.sees("Record again…")
    person.look("recording-kept")
    return words
