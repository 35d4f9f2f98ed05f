"""The main job, driven through the real window: set up, write down, seal, lock, and open it elsewhere.

    python -m drive.practice FOLDER

leaves a picture of every step and the sealed bundle in FOLDER. The vaults, the settings and the files that
are attached lie under FOLDER too; nothing outside of it is read or written.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drive.person import Person
    from sound.rig import Rig

FIELD_PASSPHRASE = "candle orbit meadow tunnel violin harbor"  # of a vault that holds only fiction
OFFICE_PASSPHRASE = "glacier teapot lantern saddle walnut compass"  # the same
TITLE = "Practice W-017"
ACCOUNT = (
    "강을 건넌 것은 밤이었다. 얼음이 갈라지는 소리가 들렸다.\n"
    "We waited until the lamps on the other bank went out. Nobody in this account is real."
)


def prepare(folder: Path) -> None:
    """An empty place for the run; settings and vaults of whoever runs it stay out of reach."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.png"), *folder.glob("*.age"), *folder.glob("*.contact")):
        old.unlink()
    for name in ("home", "vaults", "files", "sound"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    os.environ["HOME"] = str(folder / "home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / "home" / name.lower())
    os.environ["LC_ALL"] = "C.UTF-8"


def main(folder: Path) -> int:
    """Run it. 0 when the office has taken in what the field worker sealed."""
    folder = folder.resolve()
    prepare(folder)
    from PySide6.QtTest import QTest

    from cairn.qt import application
    from cairn.qt.base import language, tasks
    from cairn.qt.shell.window import Window
    from drive.person import Person, wait_for

    rig = sound(folder / "sound")
    app = application.make(["cairn"])
    language.set_language(app, "en")
    office, words = make_office(folder)
    files = make_files(folder / "files")
    window = Window(app)
    window.begin()
    window.show()
    window.move(0, 0)
    QTest.qWaitForWindowExposed(window)
    person = Person(window, folder)
    person.to_front()
    try:
        set_up(person, folder / "vaults" / "field")
        write_down(person, files)
        if rig is not None:
            record(person, rig)
            write_words(person)
        agree(person)
        add_office(person, folder / "office.contact", words)
        seal(person, folder)
        own = card_words(person)
        lock_and_unlock(person, FIELD_PASSPHRASE)
        take_in(person, office, next(folder.glob("*.age")), own, listens=rig is not None)
    except Exception as error:  # noqa: BLE001  # whatever stopped the run is shown, with a picture of where
        person.look("stopped-here")
        traceback.print_exception(error)
        return 1
    finally:
        window.close()
        wait_for(lambda: tasks.busy() == 0)
        tasks.shut_down()
        if rig is not None:
            rig.close()
    print(f"{len(person.pictures)} pictures of the way through are in {folder}")
    print(f"the sealed bundle: {next(folder.glob('*.age'))}")
    return 0


def sound(folder: Path) -> Rig | None:
    """A microphone to speak into and a loudspeaker nobody hears; None where this machine has no PulseAudio."""
    from sound.rig import Rig

    try:
        rig = Rig(folder)
    except RuntimeError as error:
        print(f"no recording in this run, {error}")
        return None
    os.environ.update(rig.environment)
    rig.plug()
    rig.wake()
    return rig


def make_office(folder: Path) -> tuple[Path, list[str]]:
    """The office that receives: a vault of its own and its card. Its words are what it would read out."""
    from cairn.app.kernel import contacts, session

    place = folder / "vaults" / "office"
    made, _ = session.create_vault(
        place, label="Practice office", role="office", passphrase=OFFICE_PASSPHRASE, practice=True
    )
    (folder / "office.contact").write_bytes(contacts.own_card(made))
    words = list(contacts.own_words(made))
    made.close()
    return place, words


def make_files(folder: Path) -> list[Path]:
    """A drawing and a page, made on the spot."""
    from cairn.app.program import practice_files

    drawing, page = folder / "drawing of the river.png", folder / "protocol.pdf"
    drawing.write_bytes(practice_files.picture(7))
    page.write_bytes(practice_files.page("Practice protocol. Nothing in it is real."))
    return [drawing, page]


def set_up(person: Person, folder: Path) -> None:
    """The wizard, from the welcome to the empty list."""
    person.sees("Welcome to Cairn")
    person.look("welcome")
    person.press("New vault")
    person.write("Where the vault is kept", str(folder), over_old=True)
    person.look("set-up-folder")
    person.press("Next")
    person.write("Passphrase", FIELD_PASSPHRASE)
    person.write("Type it once more", FIELD_PASSPHRASE)
    person.look("set-up-passphrase")
    person.press("Next")
    person.write("Your name or code", "Field 7")
    person.look("set-up-who")
    person.press("Make the vault")
    person.sees("Write these 24 words on paper")
    paper = recovery_words(person)
    person.look("set-up-recovery-words")
    person.press("I have written them down")
    asked = [int(number) for number in asked_for(person)]
    for number in asked:
        person.write_words([paper[number - 1]], first=number)
    person.look("set-up-words-typed-back")
    person.press("Check the words")
    person.sees("Your office's card")
    person.look("set-up-office")
    person.press("Later")
    person.sees("Interviews will be listed here.")
    person.look("empty-vault")


def recovery_words(person: Person) -> list[str]:
    """What the person copies to paper: the words behind “1.” to “24.”."""
    texts = person.texts()
    return [texts[texts.index(f"{number}.") + 1] for number in range(1, 25)]


def asked_for(person: Person) -> list[str]:
    """The numbers of the words that are asked back."""
    import re

    sentence = next(text for text in person.texts() if text.startswith("Type the words number"))
    return re.findall(r"\d+", sentence)


def write_down(person: Person, files: list[Path]) -> None:
    """One interview: the form and two files."""
    person.press("New")
    person.write("Code name", TITLE)
    person.write("Date", "winter 2009?")
    person.write("Place", "두만강, 온성")
    person.write("Languages", "ko, zh")
    person.press("Add a person")
    person.write("Name or code of a person present", "K.")
    person.write("Summary", "Crossing the river at night. 지어낸 이야기.")
    person.write("Account", ACCOUNT)
    person.sees("Everything is saved")
    person.look("account")
    person.tab("Files")
    person.look("no-files-yet")
    person.press("Add files…")
    person.answer_dialog(*files, picture="choosing-files")
    person.sees("Files (2)")
    person.choose_row(files[0].name)
    person.look("file-shown")


def record(person: Person, rig: Rig) -> None:
    """A conversation: the level, a few words, a mark, a question, a note, and words off the record."""
    from PySide6.QtCore import Qt

    from sound.script import spoken

    words = spoken(rig.folder, 12)
    person.tab("Conversation")
    person.sees("Record this conversation")
    with rig.playing(words) as speaking:
        person.look("before-recording")
        person.key(Qt.Key.Key_F9)
        person.sees("Stop")
        person.key(Qt.Key.Key_F6)
        person.write("Note at this moment", "She laughed here. 지어낸 이야기.")
        person.key(Qt.Key.Key_Return)
        person.key(Qt.Key.Key_F2)
        person.look("recording")
        person.key(Qt.Key.Key_F5)
        person.look("off-the-record")
        person.wait(lambda: speaking.poll() is not None, "the speech goes on")
    person.key(Qt.Key.Key_F5)
    with rig.playing(words[: len(words) // 3]) as speaking:
        person.wait(lambda: speaking.poll() is not None, "the speech goes on")
    person.key(Qt.Key.Key_F9)
    person.sees("Stop the recording?")
    person.look("stop-recording")
    person.press("Stop recording")
    person.sees("Record again…")
    person.look("recording-kept")
    person.press("Play")
    person.look("listening-again")


def write_words(person: Person) -> None:
    """What was said, in words, beside the sound."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QTableView

    from drive.person import type_words

    person.tab("Transcript")
    table = person.find(QTableView, "Paragraphs")
    person.wait(lambda: table.model().rowCount() > 0, "no paragraph to write into")
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(0, 2)).center(),
    )
    person.key(Qt.Key.Key_F7)
    for number, words in enumerate(
        ("We counted the steps between the two doors.", "나룻배가 늦게 왔습니다.")
    ):
        if number:
            person.key(Qt.Key.Key_Return)
        field = QApplication.focusWidget()
        assert field is not None
        type_words(field, words)
    person.look("transcript")
    person.key(Qt.Key.Key_F7)
    person.press("Save version")


def agree(person: Person) -> None:
    """Consent, and a version."""
    person.tab("Consent")
    person.press("Share")
    person.write("How it was given", "Said aloud, in Korean, in the presence of the interpreter.")
    person.look("consent")
    person.press("Record this consent")
    person.tab("Account")
    person.press("Save version")
    person.sees("saved")
    person.tab("History")
    person.look("history")


def add_office(person: Person, card: Path, words: list[str]) -> None:
    """The office's card, and its words as they are read out over the phone."""
    person.press("Contacts")
    person.look("contacts")
    person.press("Add a card…")
    person.answer_dialog(card)
    person.sees("Revoke this contact…")
    person.look("contact-not-compared")
    person.write_words(words)
    person.press("Compare the words")
    person.sees("The words fit: Practice office is verified.")
    person.look("contact-verified")


def seal(person: Person, folder: Path) -> None:
    """From the list of interviews to the file."""
    person.press("Exchange")
    person.look("exchange")
    person.press("Seal a bundle")
    person.sees("Which interviews shall leave?")
    person.choose_row(TITLE)
    person.look("seal-interviews")
    person.press("Choose recipients")
    person.choose_row("Practice office")
    person.look("seal-recipients")
    person.press("See what leaves")
    person.sees("What leaves, and what stays")
    person.look("seal-what-leaves")
    person.press("Seal bundle of 1…")
    person.answer_dialog(folder, picture="seal-where")
    person.sees("The bundle is sealed")
    person.look("sealed")
    person.press("Done")
    person.look("sent")


def card_words(person: Person) -> list[str]:
    """What the field worker reads out to the office: the 12 words of the own card, as the screen shows them."""
    person.press("Contacts")
    person.choose_row("Field 7")
    person.sees("Your own card")
    person.look("own-card")
    return person.fingerprint()


def lock_and_unlock(person: Person, passphrase: str) -> None:
    """Ctrl+L, a wrong passphrase, the right one."""
    from PySide6.QtCore import Qt

    person.key(Qt.Key.Key_L, ctrl=True)
    person.sees("Open your vault")
    person.look("locked")
    person.write("Passphrase", "not the passphrase")
    person.press("Open vault")
    person.sees("Open vault")
    person.look("wrong-passphrase")
    person.write("Passphrase", passphrase, over_old=True)
    person.press("Open vault")
    person.sees("Your own card")
    person.look("unlocked-where-it-was")


def take_in(person: Person, office: Path, bundle: Path, words: list[str], *, listens: bool) -> None:
    """The office: its own vault, the bundle, the sender's words, and what it says afterwards."""
    from PySide6.QtCore import Qt

    person.key(Qt.Key.Key_L, ctrl=True)
    person.sees("Open your vault")
    person.press("Another vault…")
    person.answer_dialog(office)
    person.write("Passphrase", OFFICE_PASSPHRASE)
    person.press("Open vault")
    person.sees("Interviews will be listed here.")
    person.look("office-empty")
    person.press("Exchange")
    person.press("Open a bundle…")
    person.answer_dialog(bundle)
    person.sees("What came in")
    person.look("office-opens")
    person.write_words(words)
    person.press("Compare the words")
    person.sees("Sealed by Field 7")
    person.look("office-verified")
    person.press("Take in 1 interview")
    person.sees("Taken in")
    person.look("office-taken-in")
    person.choose_row(TITLE)
    person.sees("Taken in from Field 7")
    person.look("office-reads")
    if listens:
        person.tab("Conversation")
        person.press("Play")
        person.look("office-listens")
    person.press("Custody")
    person.press("Check now")
    person.sees("The log is whole.")
    person.look("office-custody")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
