"""What a command says and asks: sentences, results, passphrases, progress, and the wish to stop."""

from __future__ import annotations

import getpass
import json
import os
import re
import signal
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import ClassVar, TextIO

from cairn import paths
from cairn.app.kernel import sentences
from cairn.app.kernel.views import Problem
from cairn.crypto import strength
from cairn.errors import CairnError, Cancelled, InputError, Value
from cairn.model.ports import Progress

_LONGEST_SECRET = 4096
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_TEXT = 4 * 1024 * 1024
# JSON escapes the old control codes itself; a terminal obeys these too, also inside JSON.
_OBEYED = re.compile("[\x7f-\x9f\ud800-\udfff\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]")


class UsageError(CairnError):
    """The command can't be run as it was given."""

    exit_code: ClassVar[int] = 2


def plain(text: str) -> str:
    """`text` on one line, without what a terminal would obey: control codes, direction overrides."""
    return "".join(_plain_character(c) for c in paths.readable_name(text))


def _plain_character(character: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    if category == "Cc" or character in "\u200e\u200f\u061c" or "\u202a" <= character <= "\u202e":
        return "\ufffd"
    return "\ufffd" if "\u2066" <= character <= "\u2069" else character


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def size_text(size: int) -> str:
    """A size for people: `640 B`, `12.5 MB` (decimal units)."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"


def split_words(text: str) -> list[str]:
    """The words in `text`; numbers, commas and brackets between them don't matter."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFKD", text))]


def to_nowhere(stream: TextIO) -> None:
    """Python flushes its streams at exit; one that takes nothing must not make a traceback of that."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Terminal:
    """Standard output and error of one command, in one language, for people or (`as_json`) machines."""

    def __init__(self, language: str, *, as_json: bool = False) -> None:
        self.language = language
        self.as_json = as_json
        self._out: TextIO = sys.stdout
        self._err: TextIO = sys.stderr
        self._stop = False
        self._working = False
        self._carried: list[Problem] = []

    # Saying

    def text(self, code: str, /, **values: Value) -> str:
        """The sentence of a code."""
        return sentences.sentence(code, values, self.language)

    def hint(self, code: str, /, **values: Value) -> None:
        """A sentence for the person at the terminal; on standard error, not shown to machines."""
        if not self.as_json:
            print(plain(self.text(code, **values)), file=self._err)

    def note(self, problem: Problem) -> None:
        """A problem that did not stop the command, on standard error."""
        if not self.as_json:
            print(plain(sentences.of_problem(problem, self.language)), file=self._err)

    def carry(self, problem: Problem) -> None:
        """A problem that is nothing of this command's doing: told now, and with whatever it answers."""
        self._carried.append(problem)
        self.note(problem)

    def line(self, text: str = "") -> None:
        """One line of the answer, for people."""
        if not self.as_json:
            print(plain(text), file=self._out)

    def answer(self, found: Mapping[str, object], problems: Sequence[Problem] = ()) -> None:
        """The one object for machines; `problems` is always there."""
        if self.as_json:
            whole = {**found, "problems": [self.problem(p) for p in (*self._carried, *problems)]}
            print(_OBEYED.sub(_escaped, json.dumps(whole, ensure_ascii=False)), file=self._out)

    def shown(self) -> None:
        """All that was said has left the program. Raises MachineError where it could not, as on a full device;
        BrokenPipeError where whoever was reading has gone."""
        try:
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError:
            to_nowhere(self._out)
            with paths.machine_errors():
                raise

    def problem(self, problem: Problem) -> dict[str, str]:
        """A problem for machines."""
        return {"code": problem.code, "text": sentences.of_problem(problem, self.language)}

    def refused(self, problem: Problem) -> None:
        """Say last, as an error, why what was found all the same is refused."""
        print("cairn: " + plain(sentences.of_problem(problem, self.language)), file=self._err)

    def failed(self, error: CairnError) -> None:
        """Say why the command ends here."""
        problem = Problem(error.code, error.values)
        self.answer({}, [problem])
        self.refused(problem)

    # Asking

    def passphrase(self, file: Path | None, ask: str = "cli.ask-passphrase") -> str:
        """The passphrase from `file` (its first line; `-` is standard input), or asked for.

        Raises UsageError when there is nobody to ask, InputError when it is empty or no text.
        """
        given = _first_line(file) if file is not None else strength.without_line_ends(self._ask(ask))
        if not given:
            raise InputError("cli.passphrase-empty")
        if strength.has_blank_ends(given):
            self.hint("cli.passphrase-blank")
        return given

    def new_passphrase(self, file: Path | None, ask: str = "cli.ask-new-passphrase") -> str:
        """A new passphrase; typed ones are typed twice. Raises like `passphrase`, or when they differ."""
        first = self.passphrase(file, ask)
        if file is None and self._ask("cli.ask-again") != first:
            raise InputError("cli.passphrases-differ")
        return first

    def recovery_words(self, file: Path | None) -> list[str]:
        """Recovery words from `file` (any layout, numbers between them are fine), or asked for."""
        return split_words(read_text(file) if file is not None else self._ask("cli.ask-words"))

    def can_ask(self) -> bool:
        """Whether a person sits at the terminal."""
        return sys.stdin is not None and sys.stdin.isatty()

    def confirm(self, code: str) -> bool:
        """Ask yes or no; no when nobody can be asked."""
        if not self.can_ask():
            return False
        self._err.write(self.text(code))
        self._err.flush()
        return sys.stdin.readline().strip().casefold() in ("y", "yes", "예", "네")

    def _ask(self, code: str) -> str:
        if not self.can_ask():
            raise UsageError("cli.nobody-to-ask")
        try:
            return getpass.getpass(self.text(code) + " ", self._err)
        except EOFError as error:
            raise Cancelled from error

    # Working

    @contextmanager
    def job(self, code: str) -> Iterator[Progress]:
        """A long job: its progress is drawn on a terminal, and Ctrl-C asks it to stop cleanly.

        Between its pieces the job is told to stop by `Cancelled`; Ctrl-C never cuts into a piece.
        """
        bar = _Bar(self._err, self.text(code)) if self._err.isatty() and not self.as_json else None

        def progress(done: int, total: int | None, /) -> None:
            if self._stop:
                raise Cancelled
            if bar is not None:
                bar.show(done, total)

        self._working = True
        try:
            yield progress
            if self._stop:
                # The last piece was done when the wish came: the job is finished, say nothing else.
                self._stop = False
        finally:
            self._working = False
            if bar is not None:
                bar.clear()

    def listen(self) -> None:
        """From now on Ctrl-C and a polite kill are a wish to stop."""

        def stop(number: int, frame: FrameType | None) -> None:
            self._stop = True
            if not self._working:
                raise Cancelled

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)


class _Bar:
    """A progress line on a terminal, drawn at most ten times a second."""

    def __init__(self, out: TextIO, label: str) -> None:
        self._out = out
        self._label = label
        self._drawn = 0.0

    def show(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._drawn < 0.1:
            return
        self._drawn = now
        amount = f"{done * 100 // total} %" if total else f"{done:,}"
        self._out.write(f"\r\x1b[K{self._label} {amount}")
        self._out.flush()

    def clear(self) -> None:
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()


def _first_line(file: Path) -> str:
    with paths.machine_errors():
        if str(file) == "-":
            line = sys.stdin.buffer.readline(_LONGEST_SECRET + 1)
        else:
            with file.open("rb") as source:
                line = source.readline(_LONGEST_SECRET + 1)
    if len(line) > _LONGEST_SECRET:
        raise InputError("cli.passphrase-too-long")
    return strength.without_line_ends(_decoded(line))


def read_text(file: Path, limit: int = _LONGEST_TEXT) -> str:
    """A text file (UTF-8) of at most `limit` bytes; `-` is standard input. Raises InputError, MachineError."""
    with paths.machine_errors():
        if str(file) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with file.open("rb") as source:
                data = source.read(limit + 1)
    if len(data) > limit:
        raise InputError("cli.text-too-long", name=file.name)
    return _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("cli.not-text") from error
