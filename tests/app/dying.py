"""A program of its own: does a step over a copied vault again and again, killed one moment later each time.

A moment is the beginning or the end of whatever writes: a statement, a commit, a piece of a file, an fsync, a
rename, a removal. Prints how many there were; ends with an error when a vault was not as it must be.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.app.vault import upkeep
from cairn.audio.journal import JournalWriter
from cairn.crypto import passphrase as passphrases
from cairn.storage import staging, store
from cairn.storage.media import MediaStore
from cairn.storage.staging import MediaSink
from cairn.storage.work import Work

MOST = 400
PLACES: list[tuple[Any, str]] = [
    (Work, "run"),
    (Work, "log"),
    (Work, "finish"),
    (MediaSink, "write"),
    (MediaSink, "seal"),
    (MediaSink, "finish"),
    (MediaStore, "add"),
    (MediaStore, "remove_gone"),
    (JournalWriter, "_append"),
    (JournalWriter, "sync"),
    (staging, "sync_folder"),
    (os, "fsync"),
    (os, "rename"),
    (os, "replace"),
    (os, "unlink"),
    (store, "sql_errors"),
]


def die_at(number: int) -> None:
    """Kill this process at its `number`th moment from now."""
    count = [0]

    def moment() -> None:
        count[0] += 1
        if count[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for owner, name in PLACES:
        real = getattr(owner, name)

        def wrapped(*args: Any, _real: Callable[..., Any] = real, **kwargs: Any) -> Any:
            moment()
            result = _real(*args, **kwargs)
            moment()
            return result

        setattr(owner, name, wrapped)


def run(folder: Path, passphrase: str, step: Callable[[Session], object], number: int) -> bool:
    """Whether the step, killed at a moment in a process of its own, came to its end before that."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            s = session.open_vault(folder, passphrase)
            die_at(number)
            step(s)
            ended = 0
        finally:
            os._exit(ended)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        raise SystemExit(f"the step failed by itself before moment {number}")
    return True


def main() -> None:
    """Arguments: what to do, the vault, a folder to work in, and what the step is done to."""
    what, vault, place, subject = sys.argv[1:]
    passphrase = sys.stdin.readline().strip()
    # Opened hundreds of times: the key is derived once, and the reserve takes little.
    passphrases.derive = cache(passphrases.derive)
    session.RESERVE = 64 * 1024
    session.open_vault(Path(vault), passphrase).close()
    steps: dict[str, Callable[[Session], object]] = {
        "begin": lambda s: recordings.begin(s, subject),
        "finish": lambda s: recordings.finish(s, subject),
        "give-up": lambda s: recordings.give_up(s, subject, "asked"),
    }
    for number in range(1, MOST):
        folder = Path(place) / f"at-{number}"
        shutil.copytree(vault, folder)
        whole = run(folder, passphrase, steps[what], number)
        s = session.open_vault(folder, passphrase)
        try:
            recordings.recover(s)
            rows = [] if what == "begin" else recordings.rows(s, s_interview(s))
            check(s, what, whole=whole, kept=len(rows))
        finally:
            s.close()
        shutil.rmtree(folder)
        if whole:
            print(number)
            return
    raise SystemExit("it never came to its end")


def s_interview(s: Session) -> str:
    """The one interview of the vault."""
    from cairn.app.interviews import interviews

    return interviews.rows(s)[0].id


def check(s: Session, what: str, *, whole: bool, kept: int) -> None:
    """After the crash and the next unlocking: one recording or none, and nothing else anywhere."""
    if recordings.unfinished(s):
        raise SystemExit("a recording is still unfinished")
    wanted = {"begin": {0}, "finish": {1}, "give-up": {0} if whole else {0, 1}}[what]
    if kept not in wanted:
        raise SystemExit(f"{kept} recordings")
    lying = [p for p in s.vault.media_folder.rglob("*") if p.is_file()]
    if len(lying) != kept or any(p.suffix != ".cob" for p in lying):
        raise SystemExit(f"files: {[p.suffix for p in lying]}")
    if upkeep.check(s):
        raise SystemExit(f"problems: {upkeep.check(s)}")
    if list((s.info.folder / "quarantine").glob("*")):
        raise SystemExit("something was left without a row")


if __name__ == "__main__":
    main()
