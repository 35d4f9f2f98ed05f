"""Watching what reaches the disk: every write of a process tree, and whole folders afterwards.

A word planted in an interview, a file name or a passphrase must never be found there.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_CALL = re.compile(rb"(?:pwrite64|write|writev|pwritev2?|sendto|sendmsg)\((\d+)<([^>]*)>")
_STRING = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_NETWORK = re.compile(rb"socket\(AF_INET6?\b|socket\(AF_PACKET\b")
CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,socket,rename,renameat,renameat2,link,symlink,mkdir"


def _plain(escaped: bytes) -> bytes:
    return bytes.fromhex(escaped.decode().replace("\\x", ""))


def needles(words: Iterable[str]) -> list[bytes]:
    """The byte forms in which a word could stand in a file."""
    found: list[bytes] = []
    for word in words:
        forms = [word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape")]
        found += [form for form in dict.fromkeys(forms) if len(form) >= 4]
    return found


def in_folder(folder: Path, words: Iterable[str]) -> list[str]:
    """`file: word` for each file under `folder` that holds, or is named by, one of `words`."""
    seek = needles(words)
    hits: list[str] = []
    for path in sorted(p for p in folder.rglob("*") if not p.is_symlink()):
        relative = os.fsencode(path.relative_to(folder))
        data = path.read_bytes() if path.is_file() else b""
        hits += [f"{path}: {needle!r}" for needle in seek if needle in relative or needle in data]
    return hits


class Watched:
    """What a watched process tree did."""

    def __init__(self, done: subprocess.CompletedProcess[bytes], trace: bytes) -> None:
        self.returncode = done.returncode
        self.stdout = done.stdout
        self.stderr = done.stderr
        self._trace = trace

    def written(self) -> list[tuple[str, bytes]]:
        """(file, bytes) of each write to a real file; pipes and terminals are not files.

        Memory counts as a disk: the tests' own folders may lie in /dev/shm.
        """
        found: list[tuple[str, bytes]] = []
        for line in self._trace.splitlines():
            call = _CALL.search(line)
            if call is None:
                continue
            file = _plain(call[2])
            device = file.startswith((b"/dev/", b"/proc/")) and not file.startswith(b"/dev/shm/")
            if file.startswith(b"/") and not device:
                found.append((os.fsdecode(file), b"".join(_plain(p) for p in _STRING.findall(line))))
        return found

    def leaks(self, words: Iterable[str]) -> list[str]:
        """`file: word` for each write that holds a planted word."""
        seek = needles(words)
        return [f"{file}: {n!r}" for file, data in self.written() for n in seek if n in data]

    def network(self) -> list[str]:
        """Each network socket that was asked for."""
        return [line.decode(errors="replace") for line in self._trace.splitlines() if _NETWORK.search(line)]


def watch(command: list[str], scratch: Path, environment: Mapping[str, str] | None = None) -> Watched:
    """Run `command` under strace, following every child, and return what it wrote.

    What goes through a shared memory map (SQLite's index of the write-ahead log) is not seen here;
    look into the folder afterwards for that.
    """
    trace = scratch / "trace"
    done = subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "9000000", "-e", f"trace={CALLS}", "-o", str(trace), *command],
        capture_output=True,
        env={**os.environ, **(environment or {})},
        check=False,
    )
    return Watched(done, trace.read_bytes())
