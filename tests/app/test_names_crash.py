"""A new identity key and the erasure of a name, killed at each moment at which anything is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.dying_names import NAMES
from app.shared import PASSPHRASE
from app.test_identities import draft_of
from cairn.app.interviews import interviews
from cairn.app.kernel import compartment, session
from cairn.app.kernel.session import Session
from cairn.crypto.age import PQIdentity
from cairn.model.kinds.interview import Interview, Person

DYING = Path(__file__).with_name("dying_names.py")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["renew", "erase"])
def test_killed_at_any_moment(field: Session, tmp_path: Path, what: str) -> None:
    for title, name in NAMES.items():
        made = interviews.create(field, title=title)
        body = Interview(title=title, people=[Person(role="told", code="P1")])
        interviews.save_draft(field, made, draft_of(body), names={"P1": name})
        if title != "W-3":
            interviews.save_version(field, made)
    with field.store.write() as work:
        compartment.keep_secret(work, field.vault.identity_key(), PQIdentity.generate())
    field.close()
    (place := tmp_path / "work").mkdir()
    done = subprocess.run(
        [sys.executable, DYING, what, field.info.folder, place],
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "XDG_CONFIG_HOME": str(place / "config"),
            "PYTHONPATH": os.pathsep.join(map(str, (DYING.parents[2] / "desktop", DYING.parents[1]))),
        },
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


def test_an_interview_that_is_erased_while_names_are_closed_takes_the_key_along_later(field: Session) -> None:
    kept, gone = (interviews.create(field, title=title) for title in ("W-1", "W-2"))
    for made in (kept, gone):
        body = Interview(title="W", people=[Person(role="told", code="P1")])
        interviews.save_draft(field, made, draft_of(body), names={"P1": "Amina Example"})
        interviews.save_version(field, made)
    old = bytes(field.vault.identity_key())
    field.identity.close()
    interviews.erase(field, gone, "asked")
    assert interviews.load(field, kept).names == {} and bytes(field.vault.identity_key()) == old
    session.open_identity(field)
    assert interviews.load(field, kept).names == {"P1": "Amina Example"}
    new = bytes(field.vault.identity_key())
    assert new != old
    # Once: it is owed no longer.
    assert interviews.load(field, kept).names and bytes(field.vault.identity_key()) == new
