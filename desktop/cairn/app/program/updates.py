"""An update on a stick: verified whole before a word of it is shown, and never installed by Cairn itself.

The order is the point. First the signature over `SHA256SUMS`, by a key that this build came with, in the
namespace of releases; then that the folder holds exactly the files on that list; then every file's hash;
and only then is `release.json`, from the very bytes that were hashed, read and shown. What the stick
answers later may differ from what it answered now, so the steps copy the file first and compare its hash.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from cairn import __version__, resources
from cairn.app.kernel.views import Problem
from cairn.app.program import build
from cairn.app.program.releases import (
    ABOUT,
    MAX_ABOUT,
    MAX_SUMS,
    NAMESPACE,
    SIGNATURE,
    SUMS,
    Installer,
    Release,
    parse_about,
    parse_sums,
    parse_version,
)
from cairn.crypto.hashes import RunningSha256, equal, sha256_hex
from cairn.crypto.ssh import signers, sshsig
from cairn.crypto.ssh.signers import Signer
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import NO_HASH, Sha256
from cairn.model.ports import Progress, no_progress
from cairn.paths import machine_errors

KEYS = "release/allowed_signers"
LEFT_BY_SYSTEMS = frozenset({"System Volume Information", ".Trashes", ".Spotlight-V100", ".fseventsd"})
"""What Windows and macOS put on a stick by themselves; nobody installs from there."""
COMPARE = "update.step-compare-"
_PLAIN = re.compile(r"[A-Za-z0-9._+-]{1,60}")
_PIECE = 1 << 20
_MOST_ENTRIES = 1000

Age = Literal["newer", "same", "older"]


@dataclass(frozen=True)
class Update:
    """A release that was verified whole. `fitting` is the file for this system, if there is one.

    `sha256` is shown after the step that ends in a colon (`COMPARE`).
    """

    release: Release
    age: Age
    signer: Signer
    files: int
    size: int
    fitting: Installer | None
    sha256: Sha256
    steps: tuple[Problem, ...]

    def notes(self, language: str) -> str:
        """What is new, in `language` where the release has that, else in English."""
        return self.release.notes.get(language) or self.release.notes["en"]


def trusted() -> list[Signer]:
    """The keys whose releases this build accepts. Raises InputError when its own file is malformed."""
    found = signers.parse(resources.read_text(KEYS))
    return [one for one in found if NAMESPACE in one.namespaces]


def can_check() -> bool:
    """Whether this build knows any key. Without one it can check no update, and says so."""
    try:
        return bool(trusted())
    except CairnError:
        return False


def check(
    folder: Path,
    progress: Progress = no_progress,
    *,
    keys: list[Signer] | None = None,
    here: build.Here | None = None,
) -> Update:
    """Verify the release in `folder` and say what it is and how to install it. Nothing is written.

    `keys` and `here` are this build's unless given. Raises MachineError `update.no-keys` and what reading
    raises, InputError when this is no release, IntegrityError when anything differs from what was signed.
    """
    keys = trusted() if keys is None else keys
    if not keys:
        raise MachineError("update.no-keys")
    present = _present(folder)
    if SUMS not in present or SIGNATURE not in present:
        raise InputError("update.not-a-release")
    listed = _whole(folder / SUMS, MAX_SUMS)
    signer = _signed(listed, _whole(folder / SIGNATURE, sshsig.MAX_SIZE), keys)
    sums = parse_sums(listed)
    _require_exactly(present, sums)
    about, size = _hashed(folder, sums, progress)
    release = parse_about(about, sums)
    fitting = _fitting(release, here or build.here())
    age = _age(release.version)
    return Update(
        release=release,
        age=age,
        signer=signer,
        files=len(sums),
        size=size,
        fitting=fitting,
        sha256=Sha256(sums[fitting.name]) if fitting else NO_HASH,
        steps=_steps(fitting) if fitting and age == "newer" else (),
    )


def judgement(found: Update) -> Problem:
    """In one sentence, how the release stands to the program that is running."""
    return Problem(f"update.{found.age}", {"version": found.release.version, "current": __version__})


def _age(version: str) -> Age:
    theirs, ours = parse_version(version), parse_version(__version__)
    return "same" if theirs == ours else "newer" if theirs > ours else "older"


# The folder


def _present(folder: Path) -> set[str]:
    """Names in the folder, without what systems leave on a stick."""
    names: set[str] = set()
    with machine_errors(), os.scandir(folder) as entries:
        for entry in entries:
            if len(names) >= _MOST_ENTRIES:
                raise InputError("update.not-a-release")
            names.add(entry.name)
    return names - LEFT_BY_SYSTEMS


def _open(path: Path) -> BinaryIO:
    """A regular file that lies here itself: no link, no pipe, no folder. Raises IntegrityError `update.altered`."""
    with machine_errors():
        # The reader of a pipe must not wait for its writer, and a link leads out of what was looked at.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if path.is_symlink():
            raise IntegrityError("update.altered", name=path.name)
        handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise IntegrityError("update.altered", name=path.name)
        return open(handle, "rb")


def _whole(path: Path, most: int) -> bytes:
    """All of a small file. Raises InputError `update.not-a-release` when it is larger than such a file can be."""
    with _open(path) as file, machine_errors():
        data = file.read(most + 1)
    if len(data) > most:
        raise InputError("update.not-a-release")
    return data


def _signed(listed: bytes, signature: bytes, keys: list[Signer]) -> Signer:
    try:
        return signers.verify(NAMESPACE, listed, signature, keys)
    except IntegrityError:
        raise IntegrityError("update.not-signed") from None


def _require_exactly(present: set[str], sums: dict[str, str]) -> None:
    """Nothing more and nothing less than what was signed: a file beside it would be taken for a part of it."""
    for name in sorted(sums.keys() - present):
        raise IntegrityError("update.missing", name=name)
    for name in sorted(present - sums.keys() - {SUMS, SIGNATURE}):
        # A name is text too: one that could be a sentence is not shown.
        if _PLAIN.fullmatch(name):
            raise IntegrityError("update.unlisted", name=name)
        raise IntegrityError("update.unlisted-unnamed")


def _hashed(folder: Path, sums: dict[str, str], progress: Progress) -> tuple[bytes, int]:
    """Every file against its hash. Gives the bytes of `release.json` as they were hashed, and the size of all."""
    with machine_errors():
        total = sum((folder / name).lstat().st_size for name in sums)
    about = _whole(folder / ABOUT, MAX_ABOUT)
    if not equal(sha256_hex(about).encode(), sums[ABOUT].encode()):
        raise IntegrityError("update.altered", name=ABOUT)
    done = len(about)
    for name, wanted in sums.items():
        if name == ABOUT:
            continue
        before = done

        def tell(octets: int, before: int = before) -> None:
            progress(before + octets, max(total, before + octets))

        found, octets = _hash(folder / name, tell)
        if not equal(found.encode(), wanted.encode()):
            raise IntegrityError("update.altered", name=name)
        done += octets
    return about, done


def _hash(path: Path, tell: Callable[[int], None]) -> tuple[Sha256, int]:
    running, octets = RunningSha256(), 0
    with _open(path) as file:
        while True:
            tell(octets)
            with machine_errors():
                piece = file.read(_PIECE)
            if not piece:
                return running.hexdigest(), octets
            running.update(piece)
            octets += len(piece)


# What to do with it


def _fitting(release: Release, here: build.Here) -> Installer | None:
    """The file for this system: of the kind that this copy was installed from, else the next best."""
    fits = [one for one in release.files if (one.system, one.machine) == (here.system, here.machine)]
    ranked = [one for kind in here.kinds for one in fits if one.kind == kind]
    return ranked[0] if ranked else None


def _steps(file: Installer) -> tuple[Problem, ...]:
    codes = ("backup", "copy", f"compare-{file.system}", f"install-{file.kind}", "test")
    return tuple(Problem(f"update.step-{code}", {"name": file.name}) for code in codes)
