"""A program of its own: attaches a file, or takes a bundle in, killed one moment later each time (see `dying.py`).

After each kill the next opening leaves the files that rows name and nothing else: no file without a key anywhere.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from app import dying
from cairn.app.arriving import arrival
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep
from cairn.crypto import passphrase as passphrases

CONTENT = bytes(range(256)) * 200


def main() -> None:
    """Arguments: `attach` or `take-in`, the vault, a folder to work in, an interview or a bundle."""
    what, vault, place, subject = sys.argv[1:]
    passphrase = sys.stdin.readline().strip()
    passphrases.derive = cache(passphrases.derive)
    session.RESERVE = 64 * 1024
    session.open_vault(Path(vault), passphrase).close()
    step: Callable[[Session], object] = {
        "attach": lambda s: files.attach(s, subject, io.BytesIO(CONTENT), "kept.bin"),
        "take-in": lambda s: take_in(s, Path(subject)),
    }[what]
    for number in range(1, dying.MOST):
        folder = Path(place) / f"at-{number}"
        shutil.copytree(vault, folder)
        whole = dying.run(folder, passphrase, step, number)
        s = session.open_vault(folder, passphrase)
        try:
            check(s, whole=whole)
        finally:
            s.close()
        shutil.rmtree(folder)
        if whole:
            print(number)
            return
    raise SystemExit("it never came to its end")


def take_in(s: Session, bundle: Path) -> None:
    """As a person does: looked at first."""
    looked = arrival.look_through(s, bundle)
    try:
        looked.take_in()
    finally:
        looked.close()


def check(s: Session, *, whole: bool) -> None:
    """What is in the folder is what rows name, and reads; nothing was put aside, and nothing is noted for removal."""
    kept = [file for row in interviews.rows(s) for file in interviews.load(s, row.id).files]
    if whole and not kept:
        raise SystemExit("the file is not there")
    for file in kept:
        with files.reader(s, file.id) as source:
            if source.read_at(0, source.size + 1) != CONTENT:
                raise SystemExit("other bytes")
    lying = [path.suffix for path in s.vault.media_folder.rglob("*") if path.is_file()]
    if lying != [".cob"] * len(kept):
        raise SystemExit(f"files: {lying}, of {len(kept)}")
    if list((s.info.folder / "quarantine").glob("*")):
        raise SystemExit("a file that nobody can open was put aside")
    with s.store.read() as reader:
        if reader.all("SELECT * FROM media_gone"):
            raise SystemExit("a file is still noted for removal")
    if upkeep.check(s):
        raise SystemExit(f"problems: {upkeep.check(s)}")


if __name__ == "__main__":
    main()
