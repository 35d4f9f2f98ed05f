"""Shared by the vault's tests: one small vault as it looks after some use, copied for each test."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn import vault as vaults
from cairn.crypto.age import PQIdentity
from cairn.crypto.passphrase import Argon2Cost
from cairn.vault import Vault

COST = Argon2Cost(m_kib=65536, t=1, p=4)
PHRASE = "lamp river seven stones"
PLANTED = "ZEBRA-강가의-MARKER"
MEDIA_A = "00/" + "0" * 31 + "a.cob"
MEDIA_B = "ff/" + "f" * 31 + "b.cob"


@dataclass(frozen=True)
class Sample:
    """A vault folder and everything that opens it."""

    folder: Path
    words: list[str]
    identity: PQIdentity

    def copy_to(self, target: Path) -> Sample:
        """A copy for a test that changes it."""
        shutil.copytree(self.folder, target)
        return Sample(target, self.words, self.identity)


def fill(vault: Vault) -> None:
    """Rows of planted words, and two media objects."""
    connection = vault.connect()
    connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    connection.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id))")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO parent (text) VALUES (?)", [(f"{PLANTED} {number} " * 20,) for number in range(300)]
    )
    connection.execute("COMMIT")
    connection.close()
    for name, size in ((MEDIA_A, 70_000), (MEDIA_B, 3)):
        path = vault.media_folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(os.urandom(size))


def count(vault: Vault) -> int:
    """How many of the planted rows are there."""
    connection = vault.connect(read_only=True)
    try:
        rows = connection.execute("SELECT count(*) FROM parent WHERE text LIKE ?", (f"{PLANTED}%",))
        return int(rows.fetchone()[0])
    finally:
        connection.close()


def make_sample(folder: Path) -> Sample:
    """Create the sample, locked."""
    vault, words = vaults.create(folder, PHRASE, cost=COST)
    try:
        fill(vault)
        identity = PQIdentity.generate()
        vaults.add_escrow(vault, identity.recipient, "Office", "SHA256:" + "A" * 43)
    finally:
        vault.lock()
    return Sample(folder, words, identity)


_STEPS = ("replace", "fsync", "unlink", "mkdir", "rmdir", "rename")
Calls = Sequence[tuple[Any, Sequence[str]]]
"""Modules or classes, and names of what of them is called."""


def killed_at(step: int, job: Callable[[], object], calls: Calls = ((os, _STEPS),)) -> bool:
    """Run `job` in a forked child that is killed (SIGKILL) right before its `step`-th call of one of `calls`, which
    else are changes of a folder and syncs; False when it ended before it came to that."""
    child = os.fork()
    if child == 0:
        left = [step]

        def guarded(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **options)

            return call

        for owner, names in calls:
            for name in names:
                setattr(owner, name, guarded(getattr(owner, name)))
        code = 1
        try:
            job()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def every_step(prepare: Callable[[int], Callable[[], object]], check: Callable[[int], None]) -> int:
    """Kill the job at its first step, its second, … until it ends unharmed; `check` what is left each time.

    Returns the number of kills.
    """
    step = 1
    while killed_at(step, prepare(step)):
        check(step)
        step += 1
    check(step)
    return step - 1
