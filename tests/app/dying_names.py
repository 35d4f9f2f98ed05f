"""A program of its own, as `dying.py`: a new identity key, and the erasure of a name, killed at each moment.

Whenever it was killed, the vault opens with one key, every name that was not erased is there, what is typed and not
saved too, nothing is left begun, and whoever kept the old key can open nothing that was erased.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from app import dying
from cairn.app.interviews import interviews
from cairn.app.kernel import identities, session
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep
from cairn.crypto import passphrase as passphrases
from cairn.vault import identity_key

NAMES = {"W-1": "Amina Example", "W-2": "Omar Example", "W-3": "Typed Example"}
"""Title → who told it; the last one is a draft. `erase` takes the first."""


def main() -> None:
    """Arguments: `renew` or `erase`, the vault, a folder to work in."""
    what, vault, place = sys.argv[1:]
    passphrase = sys.stdin.readline().strip()
    passphrases.derive = cache(passphrases.derive)
    session.RESERVE = 64 * 1024
    s = session.open_vault(Path(vault), passphrase)
    old, secrets = bytes(s.vault.identity_key()), recipients(s)
    subject = next(row.id for row in interviews.rows(s) if row.title == "W-1")
    s.close()
    steps: dict[str, Callable[[Session], object]] = {
        "renew": identities.renew_key,
        "erase": lambda s: interviews.erase_identity(s, subject, "P1", "asked"),
    }
    for number in range(1, dying.MOST):
        folder = Path(place) / f"at-{number}"
        shutil.copytree(vault, folder)
        whole = dying.run(folder, passphrase, steps[what], number)
        s = session.open_vault(folder, passphrase)
        try:
            # What a person does next is look at something.
            found = {
                row.title: dict(interviews.load(s, row.id).names).get("P1") for row in interviews.rows(s)
            }
            check(s, what, found, whole=whole, renewed=bytes(s.vault.identity_key()) != old)
            if recipients(s) != secrets:
                raise SystemExit("a secret of the compartment is lost")
        finally:
            s.close()
        shutil.rmtree(folder)
        if whole:
            print(number)
            return
    raise SystemExit("it never came to its end")


def recipients(s: Session) -> set[str]:
    """The identities that openings are sealed to."""
    return {each.recipient for each in s.identity.identities}


def check(s: Session, what: str, found: dict[str, str | None], *, whole: bool, renewed: bool) -> None:
    """Every name is where it was, the erased one excepted; the old key is gone with it."""
    erased = what == "erase" and found["W-1"] is None
    wanted = {title: None if erased and title == "W-1" else name for title, name in NAMES.items()}
    if found != wanted or (whole and what == "erase" and not erased):
        raise SystemExit(f"names: {found}")
    if (whole or erased) and not renewed:
        raise SystemExit("what was erased still opens with the key that is in force")
    if identity_key.pending(s.vault) is not None:
        raise SystemExit("a key is still begun")
    if upkeep.check(s):
        raise SystemExit(f"problems: {upkeep.check(s)}")


if __name__ == "__main__":
    main()
