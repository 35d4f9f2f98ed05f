"""The main job in the window, by clicks and keys alone, and what two vaults hold of it afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cairn.app.interviews import interviews, search
from cairn.app.kernel import contacts, session
from cairn.app.vault import custody as custody_of
from cairn.crypto.hashes import sha256_hex
from cairn.model.ports import no_progress
from drive import practice


@pytest.mark.slow
def test_from_an_empty_laptop_to_the_office(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "run"
    environment = dict(os.environ, PYTHONPATH=str(root / "tests"), QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "drive.practice", str(folder)],
        env=environment, cwd=root, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "QObject" not in done.stderr, done.stderr

    field = session.open_vault(folder / "vaults" / "field", practice.FIELD_PASSPHRASE)
    office = session.open_vault(folder / "vaults" / "office", practice.OFFICE_PASSPHRASE)
    try:
        (sent,), (taken,) = interviews.rows(field), interviews.rows(office)
        assert sent.sent and taken.id == sent.id and taken.title == practice.TITLE
        one, other = interviews.load(field, sent.id), interviews.load(office, taken.id)
        assert one.body == other.body and other.body.account == practice.ACCOUNT
        assert one.base == other.base and other.consent.choice == "share" and not other.own
        assert [(f.name, f.size, f.sha256, f.present) for f in one.files] == [
            (f.name, f.size, f.sha256, f.present) for f in other.files
        ]
        originals = {sha256_hex(path.read_bytes()) for path in (folder / "files").iterdir()}
        assert {f.sha256 for f in other.files} == originals
        assert [row.trust for row in contacts.rows(field)] == ["verified"]
        assert [row.trust for row in contacts.rows(office)] == ["verified"]
        assert search.search(office, "건넌")
        for each in (field, office):
            assert custody_of.verify(each, no_progress).whole
    finally:
        field.close()
        office.close()

    planted = practice.ACCOUNT.split(".")[0].encode()
    for path in folder.rglob("*"):
        if path.is_file():
            assert planted not in path.read_bytes(), path
