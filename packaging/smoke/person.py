"""A person at the window, imitated from outside: reads what a screen reader reads, uses mouse and keyboard.

Has the methods of the person in `tests/drive`, so that both can go the same way; knows nothing of the program
but the words on its screen.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rooms import Room
from stage import SIZE, Desktop, until

PATIENCE_S = 60
BUTTONS = ("push button", "button", "toggle button", "radio button", "check box", "page tab")
FIELDS = ("text", "entry", "password text", "paragraph")
QUIET_S = 0.15
EXPECTED = (
    "qt.accessibility.atspi: ",
    "qt.multimedia.symbolsresolver: ",
    "No QtMultimedia backends found.",
    # A language that the system was never told to make ready.
    "Detected locale ",
    "Qt depends on a UTF-8 locale",
    "If this causes problems, reconfigure your locale",
    "for more information.",
)
CROSS = 11  # from the corner of the window manager's frame


class NotThere(AssertionError):
    """What the person looked for never appeared."""


@dataclass(frozen=True)
class Item:
    """Something that shows."""

    item: int
    window: int
    depth: int
    role: str
    name: str
    box: tuple[int, int, int, int]
    states: frozenset[str]
    text: str

    @property
    def middle(self) -> tuple[int, int]:
        """Where one clicks."""
        x, y, wide, high = self.box
        return x + wide // 2, y + high // 2


class Program:
    """The installed program in a window, as one person starts it."""

    def __init__(
        self, room: Room, desktop: Desktop, environment: dict[str, str], *words: str, name: str = ""
    ) -> None:
        self.said = room.layer.parent.parent / f"said-{name or room.name}.txt"
        self._out = self.said.open("w", encoding="utf-8")
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            room.command(
                ["cairn", *words],
                desktop.user,
                {**desktop.environment, "PWD": desktop.user.home, **environment},
            ),
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.STDOUT,
        )

    def complaints(self) -> list[str]:
        """What it said beyond what Qt says to every screen reader, and of sound systems that it finds absent."""
        lines = self.said.read_text("utf-8").splitlines()
        return [line for line in lines if not line.startswith(EXPECTED)]

    def end(self) -> int:
        """Wait for it to end by itself."""
        code = self.process.wait(30)
        self._out.close()
        return code

    def kill(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._out.close()


class Person:
    """Works on `desktop` in the window of the program called `program`; pictures go to `folder`."""

    def __init__(self, desktop: Desktop, folder: Path, program: str = "cairn", prefix: str = "") -> None:
        self._desktop, self._folder, self._program, self._prefix = desktop, folder, program, prefix
        self.pictures: list[Path] = []

    # Reading

    def items(self) -> list[Item]:
        """All that shows now, in the topmost dialog if there is one."""
        rows = self._desktop.ask(do="read", program=self._program)
        found = [
            Item(
                row["item"],
                row["window"],
                row["depth"],
                row["role"],
                row["name"],
                tuple(row["box"]),
                frozenset(row["states"]),
                row.get("text", ""),
            )
            for row in rows
        ]
        return found

    def texts(self) -> list[str]:
        """What can be read now."""
        return [item.name for item in self.items() if item.name and item.role not in FIELDS]

    def reads(self, words: str) -> bool:
        """Whether these words can be read somewhere."""
        return any(words in text for text in self.texts())

    def sees(self, words: str) -> None:
        """Wait for these words."""
        self.wait(lambda: self.reads(words), f"no “{words}”")

    def wait(self, holds: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
        """Go on when `holds`."""
        try:
            return until(holds, what, seconds)
        except RuntimeError as error:
            self.look("stopped-here")
            raise NotThere(f"{error}; to be read: {self.texts()}") from error

    def find(self, name: str, roles: tuple[str, ...], *, begins: bool = False) -> Item:
        """The topmost thing with this name, once it stands still."""

        def called() -> Item | None:
            found = [
                item
                for item in self.items()
                if item.role in roles
                and (item.name == name or (begins and item.name.startswith(name)))
                and item.box[2] > 0
            ]
            return found[-1] if found else None

        return self.wait(called, f"no “{name}”")

    # Doing

    def press(self, name: str) -> None:
        """Click a button, once it can be clicked."""

        def ready() -> Item | None:
            item = self.find(name, BUTTONS)
            return item if "enabled" in item.states and "sensitive" in item.states else None

        item = self._in_view(self.wait(ready, f"“{name}” can't be pressed"), lambda: self.find(name, BUTTONS))
        x, y, _wide, high = item.box
        at = (x + min(12, item.box[2] // 2), y + high // 2) if item.role in BUTTONS[3:5] else item.middle
        self._click(*at)

    def tab(self, word: str) -> None:
        """Open a tab; its word may go on with a count."""
        self._click(*self.find(word, BUTTONS, begins=True).middle)

    def write(self, name: str, words: str, *, over_old: bool = False) -> None:
        """Click into a field and type."""
        item = self._in_view(self.find(name, FIELDS), lambda: self.find(name, FIELDS))
        x, y, wide, high = item.box
        self._click(x + wide // 2, y + min(high // 2, 20))
        self.wait(lambda: "focused" in self.find(name, FIELDS).states, f"“{name}” does not take the keyboard")
        for attempt in range(3):
            if over_old or attempt:
                self.key("ctrl+a")
            self.type(words)
            if self._holds(name, words):
                return
            # Keys that xdotool sends go astray now and then on a busy machine: looked at, typed again, and told.
            self._desktop.screen.retyped.append(f"“{name}” held “{self._shown(name, words)}”")
        self.look("stopped-here")
        raise NotThere(f"“{name}” does not hold “{words}” but “{self.find(name, FIELDS).text}”")

    def _holds(self, name: str, words: str) -> bool:
        def there() -> bool:
            item = self.find(name, FIELDS)
            hidden = item.role == "password text"
            return len(item.text) == len(words) if hidden else item.text.strip() == words.strip()

        try:
            return bool(until(there, "", 3))
        except RuntimeError:
            return False

    def _shown(self, name: str, words: str) -> str:
        item = self.find(name, FIELDS)
        return f"{len(item.text)} signs of {len(words)}" if item.role == "password text" else item.text

    def write_words(self, words: list[str] | tuple[str, ...], first: int = 1) -> None:
        """Type words into the boxes “Word 1”, “Word 2” …"""
        for number, word in enumerate(words, first):
            self.write(f"Word {number}", word)

    def choose_row(self, title: str) -> None:
        """Click the row with this title, in whichever list has it."""
        item = self.find(title, ("list item", "table cell"), begins=True)
        self._click(*item.middle)

    def answer_dialog(self, *paths: Path | str, picture: str = "") -> None:
        """Type a path into the file dialog that is open, and press Enter."""
        self.wait(self._dialog, "no file dialog")
        self._desktop.screen.do("key", "ctrl+a")
        self.type(" ".join(f'"{path}"' for path in paths) if len(paths) > 1 else str(paths[0]))
        if picture:
            self.look(picture)
        for _ in range(2):
            # A completion that is open takes the first Enter.
            self.key("Return")
            try:
                until(lambda: not self._dialog(), "", 3)
            except RuntimeError:
                continue
            return
        self.wait(lambda: not self._dialog(), "the file dialog stays")

    def _dialog(self) -> list[Item]:
        return [i for i in self.items() if i.role in ("dialog", "file chooser") and "active" in i.states]

    def type(self, words: str) -> None:
        """Keys, one after another."""
        self._desktop.screen.teach(words)
        for number, line in enumerate(words.split("\n")):
            if number:
                self._desktop.screen.do("key", "Return")
            if line:
                self._desktop.screen.do("type", "--delay", 4, "--", line)

    def close(self, program: Program) -> int:
        """Close the window as the cross in its frame does, and wait for the program to end."""
        frame = next(item for item in self.items() if item.role == "frame")
        x, y, wide, _high = frame.box
        self._click(x + wide - CROSS, y - CROSS)
        try:
            return program.end()
        except subprocess.TimeoutExpired:
            self.look("does-not-end")
            raise NotThere(f"the program goes on; to be read: {self.texts()}") from None

    def key(self, name: str) -> None:
        """One key or chord, as xdotool calls it."""
        self._desktop.screen.do("key", name)

    def _click(self, x: int, y: int) -> None:
        self._desktop.screen.do("mousemove", x, y, "click", 1)
        time.sleep(QUIET_S)

    def _in_view(self, item: Item, again: Callable[[], Item]) -> Item:
        """Bring it onto the screen: what takes the keyboard is scrolled to."""
        _x, y, _wide, tall = item.box
        if y >= 0 and y + min(tall, 30) <= SIZE[1]:
            return item
        self._desktop.ask(do="focus", item=item.item)
        time.sleep(QUIET_S)
        return again()

    # Looking

    def look(self, name: str) -> None:
        """Keep a picture of the screen."""
        file = self._folder / f"{self._prefix}{len(self.pictures) + 1:02}-{name}.png"
        self._desktop.screen.picture(file)
        self.pictures.append(file)
