"""The tools a person would use instead, run on the same bytes in the same run."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timed:
    """Seconds of wall time and the peak resident memory of the child, in bytes."""

    seconds: float
    peak: int


def timed(command: list[str], *, env: dict[str, str] | None = None, folder: Path | None = None) -> Timed:
    """Run `command` to its end and say what it took. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        cwd=folder,
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
    return Timed(seconds, usage.ru_maxrss * 1024)


class Age:
    """The stock age tool, one plain file, X25519 (its Debian version has no post-quantum recipients)."""

    name = "age"

    def __init__(self, folder: Path) -> None:
        self.key = folder / "age.key"
        subprocess.run(["age-keygen", "-o", str(self.key)], check=True, capture_output=True)
        made = subprocess.run(["age-keygen", "-y", str(self.key)], check=True, capture_output=True, text=True)
        self.recipient = made.stdout.strip()

    def seal(self, source: Path, out: Path) -> Timed:
        return timed(["age", "-r", self.recipient, "-o", str(out), str(source)])

    def open(self, sealed: Path, out: Path) -> Timed:
        return timed(["age", "-d", "-i", str(self.key), "-o", str(out), str(sealed)])


class Gpg:
    """`gpg --sign --encrypt`, without compression, to itself."""

    name = "gpg"

    def __init__(self, folder: Path) -> None:
        self.home = folder / "gnupg"
        self.home.mkdir(mode=0o700)
        self.env = {"GNUPGHOME": str(self.home)}
        make = ["--quick-generate-key", "bench@example.invalid", "future-default", "default", "never"]
        timed(["gpg", "--batch", "--passphrase", "", *make], env=self.env)

    def seal(self, source: Path, out: Path) -> Timed:
        options = ["--batch", "--yes", "--compress-algo", "none", "-r", "bench@example.invalid"]
        return timed(["gpg", *options, "--sign", "--encrypt", "-o", str(out), str(source)], env=self.env)

    def open(self, sealed: Path, out: Path) -> Timed:
        return timed(["gpg", "--batch", "--yes", "-o", str(out), "--decrypt", str(sealed)], env=self.env)

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
        return timed(["7z", "a", "-t7z", "-mx=0", "-mhe=on", "-pbench only", str(out), str(source)])

    def open(self, sealed: Path, out: Path) -> Timed:
        target = self.folder / "7z-out"
        shutil.rmtree(target, ignore_errors=True)
        spent = timed(["7z", "x", "-pbench only", f"-o{target}", str(sealed)])
        shutil.rmtree(target)
        return spent


def available() -> dict[str, bool]:
    """Which peers this machine has."""
    return {name: shutil.which(name) is not None for name in ("age", "gpg", "7z")}
