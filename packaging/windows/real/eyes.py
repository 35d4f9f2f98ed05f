"""Reads the screen and presses what it reads: Wine has no way for a reader of screens to look into a window.

Everything is done as a person does it: by the words that stand there, a mouse and a keyboard. Words come from
tesseract, which misreads now and then; so they are compared by likeness, and what is not found is looked for again.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy
from PIL import Image, ImageChops, ImageFilter, ImageOps
from stage import PATIENCE_S, Screen

LARGER = 3
"""Times that a picture is enlarged before it is read: letters on a screen are small for the reader."""
COARSE = 4
AROUND = 9
"""The ground behind letters is the median of so many coarse pixels each way, of COARSE pixels of the screen."""
LINE = 40
DARK = 200
SURE = 40
LIKE = 0.8


@dataclass(frozen=True)
class Seen:
    """One word on the screen, its box in pixels, and the line it stands in."""

    text: str
    x: int
    y: int
    wide: int
    high: int
    line: tuple[str, ...]


class Unseen(Exception):
    """What was looked for never came; the text says what stood there instead."""


class Eyes:
    """Looks at one screen. `language` is the reader's: `eng`, `kor`."""

    def __init__(self, screen: Screen, folder: Path, language: str = "eng") -> None:
        self._screen = screen
        self._folder = folder
        self.language = language

    def read(self) -> list[Seen]:
        """Every word on the screen now."""
        picture = self._folder / "eyes.png"
        self._screen.picture(picture)
        found: list[Seen] = []
        with Image.open(picture) as opened:
            grey = opened.convert("L")
        for frames in (True, False):
            clear(grey, frames=frames).save(picture)
            done = subprocess.run(
                ["tesseract", str(picture), "-", "-l", self.language, "--psm", "11", "tsv"],
                capture_output=True,
                text=True,
                check=True,
            )
            found += _words(done.stdout, str(frames))
        return found

    def find(self, words: str) -> Seen | None:
        """Where `words` stand, as one box; None when they do not."""
        return match(self.read(), words)

    def wait(self, words: str, seconds: float = PATIENCE_S) -> Seen:
        """Until `words` stand there. Raises Unseen."""
        end = time.monotonic() + seconds
        while True:
            seen = self.read()
            found = match(seen, words)
            if found is not None:
                return found
            if time.monotonic() > end:
                raise Unseen(f"“{words}” never came; there was: {' '.join(each.text for each in seen)[:600]}")
            time.sleep(0.5)

    def press(self, words: str, seconds: float = PATIENCE_S) -> None:
        """Press with the mouse what is called so. Raises Unseen."""
        box = self.wait(words, seconds)
        self._screen.do("mousemove", box.x + box.wide // 2, box.y + box.high // 2, "click", 1)

    def key(self, *keys: str) -> None:
        """Press keys, one after another."""
        for each in keys:
            self._screen.do("key", "--clearmodifiers", each)
            time.sleep(0.2)

    def write(self, words: str) -> None:
        """Type Latin letters; others come by `paste`."""
        self._screen.do("type", "--delay", 40, words)

    def paste(self, words: str) -> None:
        """Put `words` on the clipboard as another program would, and press the keys for pasting."""
        subprocess.run(
            ["xclip", "-selection", "clipboard", "-quiet", "-loops", "0"][:3],
            input=words.encode(),
            env=self._screen.environment,
            check=True,
        )
        self.key("ctrl+v")


def clear(grey: Image.Image, *, frames: bool) -> Image.Image:
    """Dark letters on white, enlarged, also of those that are light on a dark button.

    What stands in a frame is read better without it, and what stands alone is read better untouched.
    """
    coarse = grey.resize((grey.width // COARSE, grey.height // COARSE), Image.Resampling.BOX)
    ground = coarse.filter(ImageFilter.MedianFilter(AROUND)).resize(grey.size, Image.Resampling.NEAREST)
    letters = ImageOps.invert(ImageChops.difference(grey, ground).point(lambda value: min(255, 2 * value)))
    if not frames:
        marks = numpy.asarray(letters).copy()
        dark = marks < DARK
        marks[_lines(dark) | _lines(dark.T).T] = 255
        letters = Image.fromarray(marks)
    return letters.resize((grey.width * LARGER, grey.height * LARGER), Image.Resampling.LANCZOS)


def _lines(dark: numpy.ndarray) -> numpy.ndarray:
    """Where a row of dark pixels is longer than any letter is wide: the frame of a button or of a line."""
    long = numpy.lib.stride_tricks.sliding_window_view(dark, LINE, axis=1).all(axis=-1)
    found = numpy.zeros_like(dark)
    for at in range(LINE):
        found[:, at : at + long.shape[1]] |= long
    return found


def match(seen: list[Seen], words: str) -> Seen | None:
    """The box of a run of words that reads like `words`."""
    wanted = words.split()
    for start in range(len(seen) - len(wanted) + 1):
        run = seen[start : start + len(wanted)]
        if len({each.line for each in run}) != 1:
            continue
        if all(like(one.text, other) for one, other in zip(run, wanted, strict=True)):
            right = max(each.x + each.wide for each in run)
            low = max(each.y + each.high for each in run)
            x, y = min(each.x for each in run), min(each.y for each in run)
            return Seen(words, x, y, right - x, low - y, run[0].line)
    return None


def like(read: str, wanted: str) -> bool:
    """Whether a reader of pictures may have meant `wanted`; short words must be the same."""
    one, other = (each.strip("….,:;“”\"'()").casefold() for each in (read, wanted))
    return one == other or (len(other) > 3 and SequenceMatcher(None, one, other).ratio() >= LIKE)


def _words(table: str, look: str) -> Iterator[Seen]:
    for line in table.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) == 12 and fields[11].strip() and float(fields[10]) >= SURE:
            x, y, wide, high = (int(each) // LARGER for each in fields[6:10])
            yield Seen(fields[11].strip(), x, y, wide, high, (look, *fields[1:5]))
