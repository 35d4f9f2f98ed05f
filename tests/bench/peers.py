"""The tools a person would use instead, run on the same bytes in the same run."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Timed:
    """What a run took. `synced` are the seconds until its output was durable too (Cairn always syncs)."""

    seconds: float
    synced: float
    cpu: float
    """Seconds of all cores, the system's part included."""


def timed(command: list[str], *, env: dict[str, str] | None = None, out: Path | None = None) -> Timed:
    """Run `command` to its end and say what it took. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {complaint.decode(errors='replace')[-400:]}")
    if out is not None:
        sync(out)
    return Timed(seconds, time.perf_counter() - start, usage.ru_utime + usage.ru_stime)


def sync(path: Path) -> None:
    """Wait until the system has written the file's bytes to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Peer(Protocol):
    """A tool that seals one plain file and opens it again."""

    name: str

    def seal(self, source: Path, out: Path) -> Timed: ...
    def open(self, sealed: Path, out: Path) -> Timed: ...
    def version(self) -> str: ...
    def close(self) -> None: ...


class Age:
    """The stock age tool, one plain file, X25519 (Debian's version has no post-quantum recipients)."""

    name = "age"

    def __init__(self, folder: Path) -> None:
        self.key = folder / "age.key"
        subprocess.run(["age-keygen", "-o", str(self.key)], check=True, capture_output=True)
        made = subprocess.run(["age-keygen", "-y", str(self.key)], check=True, capture_output=True, text=True)
        self.recipient = made.stdout.strip()

    def seal(self, source: Path, out: Path) -> Timed:
        return timed(["age", "-r", self.recipient, "-o", str(out), str(source)], out=out)

    def open(self, sealed: Path, out: Path) -> Timed:
        return timed(["age", "-d", "-i", str(self.key), "-o", str(out), str(sealed)], out=out)

    def version(self) -> str:
        return "age " + _says(["age", "--version"])

    def close(self) -> None:
        """Nothing of it is left running."""


class Gpg:
    """`gpg --sign --encrypt`, without compression, to itself; opening checks the signature."""

    name = "gpg"

    def __init__(self, folder: Path) -> None:
        self.home = folder / "gnupg"
        self.home.mkdir(mode=0o700)
        self.env = {"GNUPGHOME": str(self.home)}
        make = ["--quick-generate-key", "bench@example.invalid", "future-default", "default", "never"]
        timed(["gpg", "--batch", "--passphrase", "", *make], env=self.env)

    def seal(self, source: Path, out: Path) -> Timed:
        options = ["--batch", "--yes", "--compress-algo", "none", "-r", "bench@example.invalid"]
        command = ["gpg", *options, "--sign", "--encrypt", "-o", str(out), str(source)]
        return timed(command, env=self.env, out=out)

    def open(self, sealed: Path, out: Path) -> Timed:
        command = ["gpg", "--batch", "--yes", "-o", str(out), "--decrypt", str(sealed)]
        return timed(command, env=self.env, out=out)

    def version(self) -> str:
        return _says(["gpg", "--version"])

    def close(self) -> None:
        """Stop the agent that gpg leaves behind."""
        subprocess.run(["gpgconf", "--kill", "all"], env={**os.environ, **self.env}, check=False)


class SevenZip:
    """`7z` with AES-256 and encrypted names, stored without compression."""

    name = "7z"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def seal(self, source: Path, out: Path) -> Timed:
        out.unlink(missing_ok=True)
        command = ["7z", "a", "-t7z", "-mx=0", "-mhe=on", "-pbench only", str(out), str(source)]
        return timed(command, out=out)

    def open(self, sealed: Path, out: Path) -> Timed:
        # It names the output itself; `plain` is what was packed.
        target = self.folder / "7z-out"
        shutil.rmtree(target, ignore_errors=True)
        spent = timed(["7z", "x", "-pbench only", f"-o{target}", str(sealed)], out=target / "plain")
        shutil.rmtree(target)
        return spent

    def version(self) -> str:
        return _says(["7z"])

    def close(self) -> None:
        """Nothing of it is left running."""


def available(folder: Path) -> list[Peer]:
    """The peers that this machine has; their keys go into `folder`."""
    kinds: list[tuple[str, type[Age | Gpg | SevenZip]]] = [
        ("age", Age),
        ("gpg", Gpg),
        ("7z", SevenZip),
    ]
    return [make(folder) for command, make in kinds if shutil.which(command) is not None]


def _says(command: list[str]) -> str:
    """The first line that a tool prints about itself."""
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return next((line.strip() for line in said.splitlines() if line.strip()), "")
