"""What is shown of a run: each step, whether it held, and how long it took."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Failed(Exception):
    """A promise that did not hold. Its text says what was found instead."""


class Transcript:
    """Prints and keeps the lines. A step that fails does not end the run, only its own block."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._file.write_text("", "utf-8")
        self._begun = time.monotonic()
        self.failed: list[str] = []
        self.passed = 0

    def line(self, words: str = "") -> None:
        """One line, on the screen and in the file."""
        print(words, flush=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(words + "\n")

    def note(self, words: str) -> None:
        """A figure or a sentence that belongs to the step above."""
        for one in words.splitlines():
            self.line(f"         | {one}")

    @contextmanager
    def part(self, title: str) -> Iterator[None]:
        """Steps that belong together; what breaks one of them ends the part, and the next one begins."""
        self.line(f"\n{title}")
        try:
            yield
        except Stop:
            self.line("         | the rest of this part was left out")
        except Exception:  # noqa: BLE001  # a part that can not begin is a failure, and the next one begins
            self.failed.append(title)
            self.line(f"FAILED           {title}: it could not be prepared")
            self.note(traceback.format_exc())

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """One thing that must hold. Raises Stop when it does not."""
        begun = time.monotonic()
        try:
            yield
        except Exception as error:  # whatever stopped it is shown, and the next part goes on
            self.failed.append(what)
            self.line(f"FAILED {time.monotonic() - begun:6.1f} s  {what}")
            self.note(str(error) if isinstance(error, Failed) else traceback.format_exc())
            raise Stop from error
        self.passed += 1
        self.line(f"passed {time.monotonic() - begun:6.1f} s  {what}")

    def end(self) -> int:
        """The last line, and the exit code."""
        took = time.monotonic() - self._begun
        self.line(f"\n{self.passed} steps passed, {len(self.failed)} failed, {took:.0f} s")
        for one in self.failed:
            self.line(f"  failed: {one}")
        return 1 if self.failed else 0


class Stop(Exception):
    """A step of this part failed."""


def must(holds: object, found: object) -> None:
    """Raise Failed with what was found, unless `holds`."""
    if not holds:
        raise Failed(str(found))
