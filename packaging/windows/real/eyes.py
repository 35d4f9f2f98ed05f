"""Reads the screen and presses what it reads: Wine has no way for a reader of screens to look into a window.

Everything is done as a person does it: by the words that stand there, a mouse and a keyboard. Words come from
tesseract, which misreads now and then; so they are compared by likeness, and what is not found is looked for again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy
from PIL import Image, ImageChops, ImageFilter
from stage import PATIENCE_S, Screen
from words import Words

LARGER = 3
"""Times that a picture is enlarged before it is read: letters on a screen are small for the reader."""
COARSE = 2
AROUND = 9
"""The ground behind letters is the median of so many coarse pixels each way, of COARSE pixels of the screen."""
CELL = 4
"""Pixels of a cell, in which it is only known whether there is ink: letters in cells that touch are one text."""
LINE = 24
"""A straight stroke that is longer is a frame: no letter here is so high."""
INK = 40
SMALLEST, HIGHEST = 6, 400
MARGIN = 6
SURE = 0
LIKE = 0.8
ROUGHLY = 0.15
ICON, GAP, LINE_HIGH = 30, 7, 38
"""Pixels: an icon is no wider, and stands so far from its text; a line is no higher."""
ONE_LINE, SOME_LINES = "7", "6"
"""What tesseract calls a picture of one line, and of a block of them."""
ALONE = {**os.environ, "OMP_THREAD_LIMIT": "1"}
"""On a machine with other work its threads wait for each other."""
LOOKS, LOOK_S = 6, 0.5
FOOT, HAND, FEW = 40, 30, 120
"""Pixels: the status line, what belongs to the thing under the mouse, and what a cursor that blinks makes."""


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
    """Looks at one screen; what it looks for is given in English, and stands there in the language of `words`."""

    def __init__(self, screen: Screen, folder: Path, words: Words) -> None:
        self._screen = screen
        self._folder = folder
        self.words = words

    def read(self) -> list[Seen]:
        """Every word on the screen now."""
        picture = self._folder / "eyes.png"
        self._screen.picture(picture)
        with Image.open(picture) as opened:
            grey = opened.convert("L")
        cuts = self._folder / "cuts"
        shutil.rmtree(cuts, ignore_errors=True)
        cuts.mkdir()
        boxes: dict[str, list[Box]] = {ONE_LINE: [], SOME_LINES: []}
        for box in texts(ink(grey)):
            kind = ONE_LINE if box[3] <= LINE_HIGH else SOME_LINES
            cut(grey, box).save(cuts / f"{kind}-{len(boxes[kind]):03}.png")
            boxes[kind].append(box)
        found: list[Seen] = []
        for kind, many in boxes.items():
            names = cuts / f"{kind}.txt"
            names.write_text("".join(f"{cuts}/{kind}-{number:03}.png\n" for number in range(len(many))))
            for letters in self.words.readers if many else ():
                done = subprocess.run(
                    ["tesseract", str(names), "-", "-l", letters, "--psm", kind, "tsv"],
                    env=ALONE,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                found += _words(done.stdout, many, f"{kind} {letters}")
        return found

    def find(self, words: str) -> Seen | None:
        """Where `words` stand, as one box; None when they do not."""
        return self._match(self.read(), words, lowest=False)

    def _match(self, seen: list[Seen], words: str, *, lowest: bool) -> Seen | None:
        found = (match(seen, way, lowest=lowest) for way in self.words.ways(words))
        return next((each for each in found if each is not None), None)

    def wait(self, words: str, seconds: float = PATIENCE_S, *, lowest: bool = False) -> Seen:
        """Until `words` stand there. Raises Unseen."""
        end = time.monotonic() + seconds
        while True:
            seen = self.read()
            found = self._match(seen, words, lowest=lowest)
            if found is not None:
                return found
            if time.monotonic() > end:
                raise Unseen(
                    f"“{self.words.here(words)}” never came; there was: {' '.join(each.text for each in seen)[:600]}"
                )
            time.sleep(0.5)

    def press(self, words: str, seconds: float = PATIENCE_S, *, lowest: bool = True) -> None:
        """Press with the mouse what is called so, and what else is, where nothing comes of it. Raises Unseen.

        A heading may have the same words as its button. To press what has been chosen already costs a moment.
        """
        first = self.wait(words, seconds, lowest=lowest)
        tried: list[Seen] = []
        box: Seen | None = first
        while box is not None:
            before = self._shown()
            self._screen.do("mousemove", box.x + box.wide // 2, box.y + box.high // 2, "click", 1)
            for _ in range(LOOKS):
                time.sleep(LOOK_S)
                if changed(before, self._shown(), box):
                    return
            tried.append(box)
            seen = self.read()
            left = [each for each in seen if not any(_same_place(each, other) for other in tried)]
            box = self._match(left, words, lowest=lowest)

    def _shown(self) -> Image.Image:
        picture = self._folder / "shown.png"
        self._screen.picture(picture)
        with Image.open(picture) as opened:
            return opened.convert("L")

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


def changed(before: Image.Image, after: Image.Image, around: Seen) -> bool:
    """Whether more is different than what lies under the hand, and the line at the foot that counts minutes."""
    marks = numpy.asarray(ImageChops.difference(before, after)) > INK
    marks[-FOOT:] = False
    top, left = max(0, around.y - HAND), max(0, around.x - HAND)
    marks[top : around.y + around.high + HAND, left : around.x + around.wide + HAND] = False
    return int(marks.sum()) > FEW


def _same_place(one: Seen, other: Seen) -> bool:
    across = other.x - one.wide <= one.x <= other.x + other.wide
    return across and abs(one.y + one.high // 2 - other.y - other.high // 2) < HAND // 2


Box = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the screen."""


def cut(grey: Image.Image, box: Box) -> Image.Image:
    """One text of the screen, dark on white and enlarged, with some white around it."""
    x, y, wide, high = box
    inner = numpy.asarray(grey.crop((x, y, x + wide, y + high))).astype(int)
    away = numpy.abs(inner - int(numpy.median(inner)))
    dark = 255 - away * 255 // max(1, int(away.max()))
    sheet = Image.new("L", (wide + 2 * MARGIN, high + 2 * MARGIN), 255)
    sheet.paste(Image.fromarray(dark.astype(numpy.uint8)), (MARGIN, MARGIN))
    return sheet.resize((sheet.width * LARGER, sheet.height * LARGER), Image.Resampling.LANCZOS)


def ink(grey: Image.Image) -> numpy.ndarray:
    """Where there are letters: what differs from the ground around it, and is no frame."""
    coarse = grey.resize((grey.width // COARSE, grey.height // COARSE), Image.Resampling.BOX)
    ground = coarse.filter(ImageFilter.MedianFilter(AROUND)).resize(grey.size, Image.Resampling.NEAREST)
    marks = numpy.asarray(ImageChops.difference(grey, ground)) > INK
    return marks & ~_lines(marks) & ~_lines(marks.T).T


def texts(marks: numpy.ndarray) -> list[Box]:
    """What stands together, from the top."""
    high, wide = (length // CELL for length in marks.shape)
    cells = marks[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL).any(axis=(1, 3))
    near = cells.copy()
    near[:, 1:] |= cells[:, :-1]
    near[:, :-1] |= cells[:, 1:]
    left = {(int(row), int(column)) for row, column in numpy.argwhere(near)}
    boxes = []
    while left:
        begin = left.pop()
        found, todo = [begin], [begin]
        while todo:
            row, column = todo.pop()
            for other in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if other in left:
                    left.remove(other)
                    found.append(other)
                    todo.append(other)
        rows, columns = [row for row, _ in found], [column for _, column in found]
        x, y = max(0, min(columns) * CELL - 2), max(0, min(rows) * CELL - 2)
        box = (x, y, (max(columns) + 1) * CELL + 2 - x, (max(rows) + 1) * CELL + 2 - y)
        if box[2] >= SMALLEST and SMALLEST <= box[3] <= HIGHEST:
            boxes += _without_icon(marks, box)
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def _without_icon(marks: numpy.ndarray, box: Box) -> list[Box]:
    """The box; and, of one line that begins with an icon or a mark to choose by, its text alone as well."""
    x, y, wide, high = box
    columns = marks[y : y + high, x : x + wide].any(axis=0)
    begins = int(columns.argmax())
    for at in range(begins + SMALLEST, min(begins + ICON, wide - GAP)):
        if not columns[at : at + GAP].any() and high <= LINE_HIGH:
            text = at + GAP - 2
            return [box, (x + text, y, wide - text, high)]
    return [box]


def _lines(dark: numpy.ndarray) -> numpy.ndarray:
    """Where a row of dark pixels is longer than any letter is wide: the frame of a button or of a line."""
    long = numpy.lib.stride_tricks.sliding_window_view(dark, LINE, axis=1).all(axis=-1)
    found = numpy.zeros_like(dark)
    for at in range(LINE):
        found[:, at : at + long.shape[1]] |= long
    return found


def match(seen: list[Seen], words: str, *, lowest: bool = False) -> Seen | None:
    """The box of a run of words in one line that reads like `words`; a reader sees gaps where none are, or none.

    What stands alone in its line, as on a button, goes before the same words in a sentence; `lowest` of several that
    read alike: a button stands below the heading of the same words.
    """
    found = list(_alike(seen, words.split()))
    if not found:
        return None
    best = max(rank for rank, _ in found)
    runs = [run for rank, run in found if rank > best - (ROUGHLY if lowest else 0.001)]
    run = max(runs, key=lambda run: run[0].y) if lowest else runs[0]
    right, low = max(each.x + each.wide for each in run), max(each.y + each.high for each in run)
    x, y = min(each.x for each in run), min(each.y for each in run)
    return Seen(words, x, y, right - x, low - y, run[0].line)


def _alike(seen: list[Seen], wanted: list[str]) -> Iterator[tuple[float, list[Seen]]]:
    whole = "".join(wanted)
    for start, first in enumerate(seen):
        # A reader of Korean sees a gap behind every syllable.
        for length in range(1, len(whole) + 2):
            run = seen[start : start + length]
            read = "".join(each.text for each in run)
            if len(run) < length or run[-1].line != first.line or len(read) > 2 * len(whole) + 2:
                break
            alike = likeness(read, whole)
            if alike >= LIKE:
                # An icon reads as one word of one or two letters.
                rest = [each for each in seen if each.line == first.line and each not in run]
                alone = len(rest) <= 1 and all(len(each.text) <= 2 for each in rest)
                yield alike + 0.1 * (read[0] == wanted[0][0]) + 0.2 * alone, run


def likeness(read: str, wanted: str) -> float:
    """How far a reader of pictures may have meant `wanted`, up to 1; short words must be the same."""
    one, other = (each.strip("….,:;“”\"'()|[]‘’").casefold() for each in (read, wanted))
    return SequenceMatcher(None, one, other).ratio() if len(other) > 3 else float(one == other)


def _words(table: str, boxes: list[Box], reader: str) -> Iterator[Seen]:
    for line in table.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) != 12 or not fields[11].strip() or float(fields[10]) < SURE:
            continue
        x, y, wide, high = (int(each) // LARGER - MARGIN for each in fields[6:10])
        left, top, _, _ = boxes[int(fields[1]) - 1]
        text, line_of = fields[11].strip(), (reader, *fields[1:5])
        yield Seen(text, left + x, top + y, wide + MARGIN, high + MARGIN, line_of)
