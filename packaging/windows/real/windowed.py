"""The window, driven through the main job by somebody who reads the screen and has a mouse and a keyboard."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eyes import Eyes
from person import Person
from transcript import must
from way import COMMAND, DRIVE, NEW, WINDOW, Way
from words import Words

RUNS = 11
"""With what the installer refuses while somebody has Cairn open."""
CLASSES = r"Software\Classes"
START_S = 180
"""How long a window may take to show its first words, on a machine that does other things as well."""


ENGLISH, KOREAN, OFFICE = "field-en", "field-ko", "office"
"""Whose settings: each finds the computer as if nobody else had used it."""
LANGUAGES = {ENGLISH: "en", KOREAN: "ko", OFFICE: "en"}


def english(way: Way) -> None:
    """From the first start to the bundle that the office takes in; the set-up refuses meanwhile."""
    _main_job(way, ENGLISH)


def korean(way: Way) -> None:
    """The same in Korean, in a vault of its own."""
    _main_job(way, KOREAN)


def opened(way: Way) -> None:
    """A double click on what the field sealed: the office compares the sender's words and takes it in."""
    from drive import practice

    with way.said.step("what the field worker reads out: the words of its own card"):
        sender = _card(way, ENGLISH, _vault(ENGLISH), practice.FIELD_PASSPHRASE)[1]
    (bundle,) = _bundles(way, ENGLISH)
    # Wine looks for what opens a file in the computer's classes alone, Windows in the person's own first.
    for name in (".age", "app.cairn.Cairn.bundle"):
        way.windows.run("reg", "copy", f"HKCU\\{CLASSES}\\{name}", f"HKLM\\{CLASSES}\\{name}", "/s", "/f")
    with _window(way, OFFICE, bundle) as person:
        with way.said.step("a double click on the bundle shows it in Cairn, as far as anybody can see"):
            person.sees("A sealed bundle", START_S)
            person.look("double-click")
        with way.said.step("the office opens its vault for it"):
            person.press("Open your vault for it")
            person.write("Passphrase", practice.OFFICE_PASSPHRASE)
            person.press("Open vault")
            person.sees("What came in")
            person.look("what-came-in")
        with way.said.step("the sender's words are compared, the interview is taken in and read"):
            person.write_words(sender)
            person.press("Compare the words")
            person.sees("Sealed by Field 7")
            person.press("Take in 1 interview")
            person.sees("Taken in")
            person.look("taken-in")
            person.choose_row(practice.TITLE)
            person.sees("Taken in from Field 7")
            person.look("office-reads")
        with way.said.step("a second double click goes to the window that is open, and opens no other"):
            done = way.windows.run("start", "/wait", way.windows.path(bundle), patience_s=START_S)
            must(done.code == 0, f"it ended with {done.code}: {done.out}{done.err}")
            runs = way.windows.run("tasklist").out.count(WINDOW)
            must(runs == 1, f"{runs} windows run")
            person.sees("What came in")
            person.look("second-double-click")


def _main_job(way: Way, who: str) -> None:
    from drive import practice

    for old in (way.folder / who, way.folder / "settings" / who):
        shutil.rmtree(old, ignore_errors=True)
    outbox = way.folder / who / "outbox"
    outbox.mkdir(parents=True)
    if not (way.folder / "office").is_dir():
        with way.said.step("the office's vault is made by command line"):
            _make_office(way)
    with way.said.step("the office's contact card is made by command line"):
        card, words = _card(way, OFFICE, f"{DRIVE}\\office", practice.OFFICE_PASSPHRASE)
    with _window(way, who) as person:
        with way.said.step("the window opens"):
            began = time.monotonic()
            person.begins(START_S)
            way.said.note(f"first words read after {time.monotonic() - began:.1f} s")
            person.look("welcome")
        with way.said.step(
            "a vault in a folder with a Korean name and a space: its words shown and typed back"
        ):
            _set_up(person, _vault(who))
        with way.said.step("an interview is written down in Korean and English, and finalised as a version"):
            _write_down(person)
        with way.said.step("the office's card, compared by its words, and a bundle sealed for it"):
            practice.add_office(person, card, words)  # type: ignore[arg-type]  # the same verbs
            practice.seal(person, way.windows.path(outbox))  # type: ignore[arg-type]
            must(_bundles(way, who), "no bundle lies in the folder")
        with way.said.step("the set-up refuses while the window is open"):
            language = f"/LANG={1042 if who == KOREAN else 1033}"
            way.ends(way.windows.run(way.setup(NEW), "/S", language), RUNS)
    if who == KOREAN:
        _taken_in(way, who)


def _taken_in(way: Way, who: str) -> None:
    """The office does on the command line what it does in the window after a double click."""
    from drive import practice

    with way.said.step(
        "the office, on the command line, compares the sender's words and takes the bundle in"
    ):
        card, words = _card(way, who, _vault(who), practice.FIELD_PASSPHRASE)
        (bundle,) = _bundles(way, who)
        key = way.passphrase(OFFICE, practice.OFFICE_PASSPHRASE)
        office = f"{DRIVE}\\office"
        with _settings(way, OFFICE):
            for command in (
                ["contact", "add", office, card, "--words", " ".join(words)],
                ["take-in", office, way.windows.path(bundle)],
            ):
                done = way.windows.run(way.installed(COMMAND), *command, *key, "--json")
                must(done.code == 0, done.out + done.err)


def _vault(who: str) -> str:
    """A folder with a Korean name and a space."""
    return f"{DRIVE}\\{who}\\현장 vault"


def _set_up(person: Person, vault: str) -> None:
    from cairn.crypto import wordlists
    from drive import practice

    person.press("New vault")
    person.write("Where the vault is kept", vault, over_old=True)
    person.look("set-up-folder")
    person.press("Next")
    person.write("Passphrase", practice.FIELD_PASSPHRASE)
    person.write("Type it once more", practice.FIELD_PASSPHRASE)
    person.look("set-up-passphrase")
    person.press("Next")
    person.write("Your name or code", "Field 7")
    person.press("Make the vault")
    paper = person.recovery_words(list(wordlists.words()))
    person.press("I have written them down")
    person.write_words([paper[number - 1] for number in person.asked_for()])
    person.press("Check the words")
    person.press("Later")
    person.sees("Interviews will be listed here.")
    person.look("empty-vault")


def _write_down(person: Person) -> None:
    from drive import practice

    person.press("New")
    person.write("Code name", practice.TITLE)
    person.write("Place", "두만강, 온성")
    person.write("Account", practice.ACCOUNT)
    person.sees("Everything is saved")
    person.look("account")
    practice.agree(person)  # type: ignore[arg-type]  # the same verbs


@contextmanager
def _settings(way: Way, who: str) -> Iterator[None]:
    """The computer with the settings of this one alone; what others left, a run that was broken off too, is gone."""
    shutil.rmtree(way.data, ignore_errors=True)
    kept = way.folder / "settings" / who
    kept.parent.mkdir(exist_ok=True)
    if kept.is_dir():
        kept.rename(way.data)
    try:
        yield
    finally:
        if way.data.is_dir():
            way.data.rename(kept)


@contextmanager
def _window(way: Way, who: str, file: Path | None = None) -> Iterator[Person]:
    """The installed window, by its own program or by a double click; it is gone afterwards."""
    language = LANGUAGES[who]
    eyes = Eyes(way.screen, way.folder, Words(language))
    words = [way.installed(WINDOW)] if file is None else ["start", way.windows.path(file)]
    prefix = f"{who}-"
    with _settings(way, who):
        program = way.windows.begin(*words, name="window")
        try:
            yield Person(way.screen, eyes, way.pictures, prefix)
        finally:
            way.screen.picture(way.pictures / f"{prefix}last.png")
            way.windows.run("taskkill", "/F", "/IM", WINDOW)
            program.wait(60)


def _make_office(way: Way) -> None:
    from drive import practice

    key = way.passphrase(OFFICE, practice.OFFICE_PASSPHRASE)
    create = ["vault", "create", f"{DRIVE}\\office", "--name", "Practice office", "--role", "office"]
    with _settings(way, OFFICE):
        made = way.windows.run(way.installed(COMMAND), *create, *key)
        must(made.code == 0, made.out + made.err)


def _card(way: Way, who: str, vault: str, passphrase: str) -> tuple[str, list[str]]:
    """Somebody's card by the installed command line: where it lies, and its words."""
    card = f"{DRIVE}\\{who}.contact"
    (way.folder / f"{who}.contact").unlink(missing_ok=True)
    key = way.passphrase(who, passphrase)
    with _settings(way, who):
        words = ["contact", "card", vault, "-o", card, "--json", *key]
        done = way.windows.run(way.installed(COMMAND), *words)
        must(done.code == 0, done.out + done.err)
    return card, json.loads(done.out)["words"]


def _bundles(way: Way, who: str) -> list[Path]:
    return sorted((way.folder / who / "outbox").glob("*.age"))
