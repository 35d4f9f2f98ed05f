"""The self-test's vaults: does an interview come to the office whole, and is nothing of it readable on the way."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

from cairn import paths
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews, search
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.errors import CairnError
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview

PLANTED = "Planted-word-of-the-self-test-두만강"
_SQLITE = b"SQLite format 3"


def round_trip(place: Path) -> str:
    """What went wrong between a field's vault and an office's, or nothing."""
    field = make(place / "field", "field")
    try:
        office = make(place / "office", "office")
        try:
            wrong = _there_and_back(field, office, place)
        finally:
            office.close()
    finally:
        field.close()
    return wrong or _fails_open(place / "field") or nothing_readable(place)


def make(folder: Path, role: str) -> Session:
    """A vault of the self-test, under a passphrase that nobody knows."""
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
    made = interviews.create(field, title=PLANTED)
    interviews.save_version(field, made, Interview(title=PLANTED, account=PLANTED))
    content = PLANTED.encode() * 20_000
    file = files.attach(field, made, io.BytesIO(content), "planted.txt")
    consent.set_consent(field, made, agreed_to("share"))
    (bundle,) = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), place)
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


def nothing_readable(place: Path) -> str:
    """No planted word and no readable database in any file of the closed vaults or the bundle."""
    planted = [PLANTED.encode(), PLANTED.encode("utf-16-le"), "두만강".encode()]
    with paths.machine_errors():
        for path in sorted(place.rglob("*")):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if data.startswith(_SQLITE) or any(word in data for word in planted):
                return f"readable {path.suffix}"
    return ""
