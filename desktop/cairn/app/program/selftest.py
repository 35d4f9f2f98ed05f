"""The traps, checked in this very build: what could silently be wrong in a library or a package.

Each check makes its own small vaults, in memory where the system has room for that, and leaves nothing
behind. What only the window knows (plugins, fonts, a microphone) comes from outside, as `Probe` and `Heard`:
this room, and the command line above it, know nothing of Qt.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Protocol

from cairn import paths, resources
from cairn.app.kernel import sentences
from cairn.app.program import build, selftest_decode, selftest_sound, selftest_vault, updates
from cairn.app.program.selftest_sound import Heard
from cairn.crypto import selftest as crypto
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.vault import database
from cairn.vault import selftest as vault

_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder that never reaches a disk; names in it are random
_ROOM = 400_000_000
"""Bytes that the vaults of the test take at most, with what each holds in reserve."""
_NETWORK = ("_ssl", "ssl", "ftplib", "smtplib", "imaplib", "xmlrpc", "webbrowser")


@dataclass(frozen=True)
class Finding:
    """What a check saw. `problem` is empty when all is well; `detail` is for whoever helps from afar."""

    problem: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Check:
    """One trap and whether it was stepped in. `problem` is empty when all is well."""

    name: str
    problem: str
    detail: str = ""
    seconds: float = 0.0


class Probe(Protocol):
    """A check that a higher room brings: its name, and what it sees. May raise CairnError."""

    @property
    def name(self) -> str: ...
    def look(self) -> Finding: ...


@dataclass(frozen=True)
class Simple:
    """A Probe made of a function."""

    name: str
    run: Callable[[], Finding]

    def look(self) -> Finding:
        """What the function sees."""
        return self.run()


class Window(Protocol):
    """What the window's room knows of this build, also when no window is open."""

    def probes(self) -> Sequence[Probe]: ...
    def listen(self) -> Heard:
        """A second of sound from the system's microphone, or why there is none. Takes some seconds."""
        ...

    def versions(self) -> dict[str, str]: ...


_window: list[Callable[[], Window]] = []


def bring(window: Callable[[], Window]) -> None:
    """Say how the window's checks are had. Called by the program's entry; without it they are not made."""
    _window[:] = [window]


def window() -> Window | None:
    """The window's checks, where somebody brought them. Raises ImportError where Qt can't be loaded."""
    return _window[0]() if _window else None


def run(
    folder: Path | None = None, *, probes: Iterable[Probe] = (), heard: Heard | None = None
) -> list[Check]:
    """Run all checks; in `folder`, else in memory, else in the folder for vaults. Nothing remains.

    `heard` is a second of sound from a microphone, or why there is none; without it a made-up sound goes the
    same way. Never raises for what a check finds. Raises MachineError when there is nowhere to write.
    """
    place = _place(folder)
    checks = [
        _one("crypto", _crypto),
        _one("cipher", _cipher),
        _one("resources", _resources),
        _one("words", _words),
        _one("translations", _translations),
        _one("updates", _updates),
        _one("no-network", _no_network),
    ]
    try:
        checks.append(_one("database", lambda: Finding(*vault.encrypted(place / "database"))))
        checks.append(_one("round-trip", lambda: Finding(selftest_vault.round_trip(place / "vaults"))))
        checks.append(_one("decode", lambda: Finding(*selftest_decode.check())))
        checks.append(_one("recording", lambda: Finding(*selftest_sound.check(place / "sound", heard))))
        checks += [_one(probe.name, probe.look) for probe in probes]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    checks.append(Check("leaves-nothing", "remains" if place.exists() else ""))
    return checks


def require(folder: Path | None = None) -> list[str]:
    """As `run`; the names of the checks. Raises IntegrityError `selftest.failed` for the first that fails."""
    checks = run(folder)
    for check in checks:
        if check.problem:
            raise IntegrityError("selftest.failed", what=f"{check.name}: {check.problem}")
    return [check.name for check in checks]


def sentence(name: str, language: str) -> str:
    """What a check says of the build when it passes; a name that has no sentence stands for itself."""
    code = f"selftest.name-{name}"
    return sentences.sentence(code, {}, language) if sentences.known(code) else name


def failures(checks: Sequence[Check]) -> list[Check]:
    """Those that stepped into their trap."""
    return [check for check in checks if check.problem]


def _one(name: str, check: Callable[[], Finding]) -> Check:
    begun = time.perf_counter()
    try:
        found = check()
    except CairnError as error:
        found = Finding(error.code)
    except (ImportError, OSError) as error:
        # A part of the program that is missing is what this is here to find.
        found = Finding(type(error).__name__, getattr(error, "name", None) or "")
    return Check(name, found.problem, found.detail, round(time.perf_counter() - begun, 3))


def _crypto() -> Finding:
    return Finding(detail=", ".join(crypto.check()))


def _cipher() -> Finding:
    found = database.versions()
    return Finding(detail=f"SQLCipher {found['sqlcipher']}, SQLite {found['sqlite']}")


def _resources() -> Finding:
    wanted = [
        ("words/en", ".json"),
        ("words/ko", ".json"),
        ("help/en", ""),
        ("help/ko", ""),
        ("guides/en", ""),
        ("practice", ".json"),
        ("icons", ".svg"),
        ("selftest", ""),
    ]
    if build.packaged():
        wanted += [("notices", ".txt")]
    if build.packaged() and sys.platform == "linux":
        # Windows and macOS always have a font for Korean.
        wanted += [("fonts", ".otf")]
    counts = []
    for folder, suffix in wanted:
        there = resources.path(folder).is_dir() and resources.names(folder, suffix)
        if not there:
            return Finding(folder)
        counts.append(f"{folder} {len(there)}")
    return Finding(detail=", ".join(counts))


def _words() -> Finding:
    wrong = sentences.faults()
    return Finding(wrong[0] if wrong else "", ", ".join(sentences.languages()))


def _translations() -> Finding:
    """Every language that has sentences has the window's texts too; English is in the program itself."""
    present = {Path(name).stem.rpartition("_")[2] for name in resources.names("translations", ".qm")}
    missing = [
        language for language in sentences.languages() if language not in present | {sentences.ENGLISH}
    ]
    return Finding(missing[0] if missing else "", ", ".join(sorted(present)))


def _updates() -> Finding:
    """The keys for updates can be read. That there is none is no fault; a broken file is one."""
    keys = updates.trusted()
    return Finding(detail=", ".join(one.fingerprint for one in keys) or "no key")


def _no_network() -> Finding:
    """What could reach a network was left out of a packaged build, so that nothing can use it by mistake."""
    if not build.packaged():
        return Finding(detail="from source")
    there = [name for name in _NETWORK if util.find_spec(name) is not None]
    return Finding(there[0] if there else "", ", ".join(_NETWORK))


def _place(folder: Path | None) -> Path:
    base = folder
    if base is None and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        base = _MEMORY if paths.free_bytes(_MEMORY) >= _ROOM else None
    if base is None:
        base = paths.vaults_folder()
    place = base / f"cairn-self-test-{secrets.token_hex(8)}"
    paths.make_folder(place)
    if not place.is_dir():
        raise MachineError("selftest.no-folder")
    return place
