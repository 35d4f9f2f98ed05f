"""Somebody at the screen of the stand-in for Windows, with the same verbs as those who drive the window elsewhere.

The ways through the window (`tests/drive/practice.py`) are told in these verbs; so the same way is gone here.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from eyes import Eyes, Seen, Unseen
from stage import PATIENCE_S, Screen, until
from words import NAMES, Words

BELOW = 26
"""Pixels from the foot of a label to the middle of its line."""
READINGS = 3
KEYS = {"Return": "Return", "F9": "F9", "Escape": "Escape"}


class Person:
    """Works in the window that lies on `screen`, and keeps pictures in `folder`."""

    def __init__(self, screen: Screen, eyes: Eyes, folder: Path, prefix: str = "") -> None:
        self._screen = screen
        self._eyes = eyes
        self._folder = folder
        self._prefix = prefix
        self._taken = 0
        self._typed = False

    def texts(self) -> list[str]:
        """What stands on the screen, line by line."""
        lines: dict[tuple[str, ...], list[str]] = {}
        for each in self._eyes.read():
            lines.setdefault(each.line, []).append(each.text)
        return [" ".join(words) for words in lines.values()]

    def begins(self, seconds: float) -> None:
        """Wait for the first screen, in whatever language it comes, and go on in the own one."""
        english, own = Words("en"), self._eyes.words
        self._eyes.words = english
        self._eyes.wait("Welcome to Cairn", seconds)
        if own.language != english.language:
            self._eyes.words = own
            self.press(NAMES[own.language])
            self.sees("Welcome to Cairn")

    def sees(self, words: str, seconds: float = PATIENCE_S * 3) -> None:
        """Wait until it stands there."""
        self._eyes.wait(words, seconds)

    def wait(self, holds: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
        """Until something holds."""
        return until(holds, what, seconds)

    def press(self, name: str) -> None:
        """A button, a link, a place of the rail."""
        self._typed = False
        self._eyes.press(name)

    def tab(self, word: str) -> None:
        """A tab by its word: it stands above everything else."""
        self._eyes.press(word, lowest=False)

    def choose_row(self, title: str) -> None:
        """A row of a list."""
        self._eyes.press(title, lowest=False)

    def write(self, name: str, words: str, *, over_old: bool = False) -> None:
        """Into the line below this label; what no key types comes by the clipboard."""
        label: Seen = self._eyes.wait(name, lowest=True)
        self._screen.do("mousemove", label.x + 20, label.y + label.high + BELOW, "click", 1)
        time.sleep(0.3)
        if over_old:
            self._eyes.key("ctrl+a")
        self.type(words)

    def write_words(self, words: list[str] | tuple[str, ...], first: int = 1) -> None:
        """Into the boxes for words, of which the first has the keyboard already."""
        del first  # they are asked for in the order in which they stand
        for word in words:
            if self._typed:
                self._eyes.key("Tab")
            self._eyes.write(word)
            self._typed = True

    def type(self, words: str) -> None:
        """Where the keyboard is."""
        if words.isascii():
            self._eyes.write(words)
        else:
            self._eyes.paste(words)

    def key(self, name: str) -> None:
        """One key."""
        self._eyes.key(KEYS.get(name, name))

    def answer_dialog(self, *paths: str, picture: str = "") -> None:
        """Name a file in the dialog of files, whose line for it has the keyboard."""
        self._eyes.wait("Cancel")
        if picture:
            self.look(picture)
        self._eyes.key("ctrl+a")
        self.type(" ".join(f'"{path}"' for path in paths) if len(paths) > 1 else paths[0])
        self._eyes.key("Return")

    def recovery_words(self, known: list[str]) -> list[str]:
        """The 24 words as they stand there, each the nearest of the list's. Raises Unseen."""
        top = self._eyes.wait("Write these 24 words on paper")
        foot = self._eyes.wait("I have written them down")
        picture = self._folder / "words.png"
        self._screen.picture(picture)
        area = f"760x{foot.y - top.y - 60}+{max(0, top.x - 10)}+{top.y + 45}"
        subprocess.run(
            [
                "convert",
                str(picture),
                "-crop",
                area,
                "+repage",
                "-colorspace",
                "Gray",
                "-resize",
                "400%",
                str(picture),
            ],
            check=True,
        )
        done = subprocess.run(
            ["tesseract", str(picture), "-", "-l", "eng", "--psm", "6"],
            capture_output=True,
            text=True,
            check=True,
        )
        picture.unlink()
        read = re.findall(r"[A-Za-z]{3,8}", done.stdout)
        near = [get_close_matches(word.lower(), known, 1, 0.7) for word in read]
        words = [each[0] for each in near if each]
        if len(words) != 24:
            raise Unseen(f"{len(words)} of 24 words were read: {' '.join(read)}")
        return words

    def asked_for(self) -> list[int]:
        """The numbers of the words that are asked back. Raises Unseen."""
        self._eyes.wait("Check the words")
        for line in (line for _ in range(READINGS) for line in self.texts()):
            # The one line there with three numbers of words.
            found = [int(number) for number in re.findall(r"\d+", line)]
            if len(found) == 3:
                return found
        raise Unseen("which words are asked for can't be read")

    def look(self, name: str) -> None:
        """Keep a picture."""
        self._taken += 1
        self._screen.picture(self._folder / f"{self._prefix}{self._taken:02d}-{name}.png")
