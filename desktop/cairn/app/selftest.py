"""The traps, checked in this very build: what could silently be wrong in a library or a package.

Each check makes its own small vaults, in memory where the system has a folder for that, and leaves
nothing behind.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cairn import paths, resources
from cairn.app import (
    consent,
    contacts,
    files,
    interviews,
    opening,
    sealing,
    search,
    session,
    taking_in,
    words,
)
from cairn.app.session import Session
from cairn.crypto import selftest as crypto
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.model.records import Consent, Interview

_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder that never reaches a disk; names in it are random
_PLANTED = "Planted-word-of-the-self-test-두만강"
_SQLITE = b"SQLite format 3"


@dataclass(frozen=True)
class Check:
    """One trap and whether it was stepped in. `problem` is empty when all is well."""

    name: str
    problem: str


def run(folder: Path | None = None) -> list[Check]:
    """Run all checks; in `folder`, else in memory, else in the folder for vaults. Nothing remains.

    Never raises for what a check finds. Raises MachineError when there is nowhere to write.
    """
    place = _place(folder)
    checks = [
        _one("crypto", _crypto),
        _one("resources", _resources),
        _one("words", _words),
        _one("translations", _translations),
    ]
    try:
        checks.append(_one("round-trip", lambda: _round_trip(place)))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if place.exists():
        checks.append(Check("leaves-nothing", "remains"))
    return checks


def require(folder: Path | None = None) -> list[str]:
    """As `run`; the names of the checks. Raises IntegrityError `selftest.failed` for the first that fails."""
    checks = run(folder)
    for check in checks:
        if check.problem:
            raise IntegrityError("selftest.failed", what=f"{check.name}: {check.problem}")
    return [check.name for check in checks]


def _one(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, check())
    except CairnError as error:
        return Check(name, error.code)


def _crypto() -> str:
    crypto.check()
    return ""


def _resources() -> str:
    for folder, suffix in (
        ("words/en", ".json"),
        ("words/ko", ".json"),
        ("practice", ".json"),
        ("icons", ".svg"),
    ):
        if not resources.names(folder, suffix):
            return folder
    return ""


def _words() -> str:
    wrong = words.faults()
    return wrong[0] if wrong else ""


def _translations() -> str:
    """Every language that has sentences has the window's texts too; English is in the program itself."""
    present = {Path(name).stem.rpartition("_")[2] for name in resources.names("translations", ".qm")}
    missing = [language for language in words.languages() if language not in present | {words.ENGLISH}]
    return missing[0] if missing else ""


def _round_trip(place: Path) -> str:
    field = _vault(place / "field", "field")
    try:
        office = _vault(place / "office", "office")
        try:
            wrong = _there_and_back(field, office, place)
        finally:
            office.close()
    finally:
        field.close()
    return wrong or _fails_open(place / "field") or _nothing_readable(place)


def _vault(folder: Path, role: str) -> Session:
    made, _ = session.create_vault(
        folder,
        label=f"self-test {role}",
        role=role,
        passphrase=secrets.token_hex(16),
        practice=True,
    )
    return made


def _there_and_back(field: Session, office: Session, place: Path) -> str:
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    contacts.add(office, contacts.own_card(field), contacts.own_words(field))
    made = interviews.create(field, title=_PLANTED)
    interviews.save_version(field, made, Interview(title=_PLANTED, account=_PLANTED))
    content = _PLANTED.encode() * 20_000
    file = files.attach(field, made, io.BytesIO(content), "planted.txt")
    consent.set_consent(field, made, Consent(choice="share"))
    bundle = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), place)
    if not opening.open_bundle(bundle.path, office).whole:
        return "open"
    taking_in.take_in(office, bundle.path)
    if [hit.interview_id for hit in search.search(office, "만강")] != [made]:
        return "search"
    with files.reader(office, file.id) as source:
        if source.read_at(0, source.size) != content:
            return "content"
    return ""


def _fails_open(folder: Path) -> str:
    """Whether anything but the right passphrase opens a vault. The key's settings are asserted at each opening."""
    try:
        session.open_vault(folder, "not the passphrase").close()
    except CairnError as error:
        return "" if error.code == "vault.wrong-passphrase" else error.code
    return "opens with any passphrase"


def _nothing_readable(place: Path) -> str:
    """No planted word and no readable database in any file of the closed vaults or the bundle."""
    planted = [_PLANTED.encode(), _PLANTED.encode("utf-16-le"), "두만강".encode()]
    with paths.machine_errors():
        for path in sorted(place.rglob("*")):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if data.startswith(_SQLITE) or any(word in data for word in planted):
                return f"readable {path.suffix}"
    return ""


def _place(folder: Path | None) -> Path:
    base = folder
    if base is None and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        base = _MEMORY
    if base is None:
        base = paths.vaults_folder()
    place = base / f"cairn-self-test-{secrets.token_hex(8)}"
    paths.make_folder(place)
    if not place.is_dir():
        raise MachineError("selftest.no-folder")
    return place
