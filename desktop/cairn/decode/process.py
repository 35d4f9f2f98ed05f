"""One child process, seen from the parent: started clean, watched, and never believed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cairn.decode import wire
from cairn.errors import InputError, from_os
from cairn.model.ports import ReadableAt
from cairn.paths import machine_errors, own_program

_START = "import sys; sys.path.insert(0, sys.argv[1]); from cairn.decode.child import main; main()"
_MAX_ASKS = 1 << 20
_PIECE = 1 << 20


def command() -> list[str]:
    """How a child is started: this very program, isolated from the user's settings and paths.

    The folder that holds the package is named, because `-I` ignores PYTHONPATH and the program also
    runs from its source tree without being installed.
    """
    if getattr(sys, "frozen", False):
        return [*own_program(), "--decode-child"]
    package = Path(__file__).resolve().parents[2]
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, str(package)]


def _environment() -> dict[str, str]:
    """Nothing of ours: only what numpy and Windows need to start.

    Without HOME, Python would look the user up, and the C library asks a service for that.
    """
    kept = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "HOME": os.path.abspath(os.sep)}
    if sys.platform == "win32":
        kept["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "C:\\Windows")
    return kept


class _Broken(Exception):
    """The child is gone or spoke nonsense."""


class Child:
    """A child that serves one file. Not safe for two threads at once, but `kill` is, from any thread."""

    def __init__(self, start: Sequence[str]) -> None:
        self._start = list(start)
        self._process: subprocess.Popen[bytes] | None = None
        self._error: OSError | None = None
        self._change = threading.Condition()
        self._deadline: float | None = None
        self._late = False
        self._over = False
        self._ready = threading.Event()
        # This thread starts the child and stays: on Linux the child is killed when the thread that
        # started it ends, so that no child outlives a program that was killed.
        self._watcher = threading.Thread(target=self._watch, name="decode-watch", daemon=True)
        self._watcher.start()
        self._ready.wait()
        if self._error is not None:
            self._watcher.join()
            raise from_os(self._error) from self._error

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid if self._process else 0

    def _watch(self) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603  our own program, no shell
                self._start,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=_environment(),
                cwd=os.path.abspath(os.sep),
                close_fds=True,
                start_new_session=True,
                creationflags=0x08000000 if sys.platform == "win32" else 0,  # no console window
            )
        except OSError as error:
            self._error = error
            self._ready.set()
            return
        self._process = process
        self._ready.set()
        with self._change:
            while not self._over:
                left = None if self._deadline is None else self._deadline - time.monotonic()
                if left is not None and left <= 0:
                    self._late = True
                    break
                self._change.wait(left)
        process.kill()
        process.wait()

    def kill(self) -> None:
        """End the child now, whatever it is doing, and wait until it is gone."""
        with self._change:
            self._over = True
            self._change.notify_all()
        if threading.current_thread() is not self._watcher:
            self._watcher.join()

    def close(self) -> None:
        """End the child and give back its pipes. Only from the thread that asks."""
        self.kill()
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    def ask(
        self, request: wire.Request, source: ReadableAt, seconds: float, most: int
    ) -> tuple[wire.Answer, bytes]:
        """Put a request and serve the ranges it needs. After any exception the child is of no use.

        `seconds` bounds the child's own time; reading `source` does not count. `most` bounds the
        bytes that come back. Raises InputError `decode.*`, and what `source` raises.
        """
        left = seconds
        asked = 0
        try:
            left = self._put(wire.frame(wire.ASK, msgspec.json.encode(request)), left)
            while True:
                kind, payload, left = self._frame(left)
                if kind == wire.DONE:
                    answer = _answer(payload, most)
                    body, _ = self._take(answer.octets, left)
                    return answer, body
                if kind == wire.FAILED:
                    reason = payload.decode("ascii", "replace")
                    raise InputError(f"decode.{reason}" if reason in wire.REASONS else "decode.failed")
                asked += 1
                if kind != wire.WANT or asked > _MAX_ASKS:
                    raise _Broken
                left = self._put(wire.frame(wire.DATA, _range(source, payload)), left)
        except _Broken as error:
            raise InputError("decode.took-too-long" if self._late else "decode.failed") from error

    def _frame(self, left: float) -> tuple[bytes, bytes, float]:
        head, left = self._take(wire.FRAME.size, left)
        kind, length = wire.FRAME.unpack(head)
        if length > wire.MAX_HEADER:
            raise _Broken
        payload, left = self._take(length, left)
        return kind, payload, left

    def _put(self, data: bytes, left: float) -> float:
        """Send `data` whole; what remains of the time."""
        pipe = self._process.stdin if self._process else None
        view = memoryview(data)
        with self._watched(left) as begun:
            while view:
                try:
                    sent = pipe.write(view[:_PIECE]) if pipe else 0
                except (OSError, ValueError) as error:
                    raise _Broken from error
                view = view[sent or 0 :]
        return left - (time.monotonic() - begun)

    def _take(self, octets: int, left: float) -> tuple[bytes, float]:
        """Exactly `octets` bytes from the child, and what remains of the time."""
        pipe = self._process.stdout if self._process else None
        into = bytearray(octets)
        view = memoryview(into)
        with self._watched(left) as begun:
            while view:
                try:
                    piece = os.read(pipe.fileno(), min(len(view), _PIECE)) if pipe else b""
                except (OSError, ValueError) as error:
                    raise _Broken from error
                if not piece:
                    raise _Broken
                view[: len(piece)] = piece
                view = view[len(piece) :]
        return bytes(into), left - (time.monotonic() - begun)

    @contextmanager
    def _watched(self, left: float) -> Iterator[float]:
        """While the block waits for the child, the watcher will kill it after `left` seconds."""
        begun = time.monotonic()
        with self._change:
            self._deadline = begun + left
            self._change.notify_all()
        try:
            yield begun
        finally:
            with self._change:
                self._deadline = None


def _answer(payload: bytes, most: int) -> wire.Answer:
    try:
        answer = wire.parse_answer(payload)
    except ValueError as error:
        raise _Broken from error
    if answer.octets > most:
        raise _Broken
    return answer


def _range(source: ReadableAt, payload: bytes) -> bytes:
    """The bytes that the child wants, if it may want them."""
    if len(payload) != wire.RANGE.size:
        raise _Broken
    offset, length = wire.RANGE.unpack(payload)
    if not 0 < length <= wire.MAX_RANGE or offset >= source.size:
        raise _Broken
    with machine_errors():
        return source.read_at(offset, min(length, source.size - offset))
