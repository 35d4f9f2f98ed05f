"""Large vaults for the bench, filled once and kept for the next run.

What was kept holds for one state of the rooms that write it: a changed line there, and it is made anew.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from bench import bulk
from bench.bulk import Writing
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.crypto.passphrase import Argon2Cost
from cairn.model.agreement import agreed_to
from cairn.model.ids import RootId
from cairn.model.kinds.note import Note

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "six calm words for the bench"
BATCH = 500
_MAKERS = ("vaults.py", "bulk.py", "interviews.py", "long_log.py")
_WORDS = ("river", "border", "winter", "road", "rice", "school", "station")
_ROOMS = ("model", "crypto", "custody", "vault", "storage", "app/kernel", "app/interviews", "app/consent")


def kept(name: str, into: Path, fill: Callable[[Session], object], cost: Argon2Cost | None = None) -> Path:
    """A copy in `into` of the vault `name`, which `fill` filled in this run or in an earlier one."""
    cache = ROOT / "build" / "bench-vaults"
    made = cache / f"{name}-{_state()}"
    if not made.is_dir():
        for old in cache.glob(f"{name}-*"):
            shutil.rmtree(old)
        part = cache / f".{name}"
        shutil.rmtree(part, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        more = {} if cost is None else {"cost": cost}
        s, _ = session.create_vault(part, label="Many", role="office", passphrase=PASSPHRASE, **more)
        try:
            fill(s)
        finally:
            s.close()
        part.rename(made)
    shutil.copytree(made, into)
    return into


def of_many_records(s: Session, count: int, writing: Writing = bulk.writing) -> RootId:
    """An interview with `count` notes; its id."""
    chance = random.Random(5)
    made = interviews.create(s, title="W-00001")
    interviews.save_version(s, made)
    consent.set_consent(s, made, agreed_to(choice="share"))
    for first in range(0, count, BATCH):
        with writing(s) as put:
            for number in range(first, min(first + BATCH, count)):
                words = " ".join(chance.choices(_WORDS, k=20))
                put(Note(text=f"{number} {words}"), made)
    return made


def _state() -> str:
    found = hashlib.sha256()
    files = [path for room in _ROOMS for path in (ROOT / "desktop" / "cairn" / room).rglob("*")]
    files += [Path(__file__).with_name(name) for name in _MAKERS]
    for path in sorted(files):
        if path.suffix in (".py", ".sql"):
            found.update(path.read_bytes())
    return found.hexdigest()[:12]
