"""Real disks for tests: small ones that can be filled or made read-only, and a folder seen by somebody else."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="mounting, and becoming another user, take root on Linux",
)
NOBODY = 65534


class Disk:
    """A disk in memory, mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def filler(self) -> Path:
        """What takes the rest of the space."""
        return self.folder / "filler"

    def fill(self, leave: int = 0) -> None:
        """Take all the space, but for `leave` bytes."""
        handle = os.open(self.filler, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            while True:
                os.write(handle, bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
        finally:
            os.close(handle)
        if leave:
            os.truncate(self.filler, max(0, self.filler.stat().st_size - leave))

    def free(self) -> None:
        """Give the space back."""
        self.filler.unlink()

    def remount(self, how: str) -> None:
        """`ro` or `rw`."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Disk]:
    """A disk of that size (`4m`) at `folder`; skips where mounting is not allowed."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def folder_of_all() -> Iterator[Path]:
    """An empty folder that everybody reaches and may write into: pytest closes its own to others at any time."""
    made = Path(tempfile.mkdtemp(prefix="cairn-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    made.chmod(0o777)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def open_to_all(folder: Path) -> None:
    """Let everybody read what is in `folder`, and write nothing."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def as_nobody(job: Callable[[], object]) -> None:
    """Do it in a process of its own, as a user who owns nothing. What it asserts must hold."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            job()
            code = 0
        except BaseException:  # noqa: BLE001 - the other process says what failed
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
