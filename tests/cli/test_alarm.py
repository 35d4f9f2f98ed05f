"""A vault with a broken custody log, by the command line: looked at and explained with exit code 4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.test_alarm import PAGE
from cairn.app.consent import consent
from cairn.app.kernel import session
from cairn.model.agreement import agreed_to
from cairn.storage import aside
from cli.conftest import PASSPHRASES, World
from cli.program import cairn, refused


@pytest.fixture
def broken(world: World, field: Path) -> Path:
    """The field vault, the last page of its custody log put back as it was before the last change."""
    (database,) = field.glob("vault*.db")
    before = database.read_bytes()
    s = session.open_vault(field, PASSPHRASES["field"])
    consent.set_consent(s, world.interview, agreed_to(choice="nothing"))
    connection = s.vault.connect()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'custody_line'").fetchone()
    connection.close()
    s.close()
    data = bytearray(database.read_bytes())
    place = (root - 1) * PAGE
    data[place : place + PAGE] = before[place : place + PAGE]
    database.write_bytes(data)
    return field


def test_looking_goes_on_and_says_what_is_wrong(world: World, broken: Path) -> None:
    key = world.key("field")
    seen = cairn("custody", "verify", broken, "--json", *key, code=4)
    assert seen.object["whole"] is False and "custody.rolled-back" in seen.codes
    (text,) = [p["text"] for p in seen.object["problems"] if p["code"] == "custody.rolled-back"]
    assert re.search(r"entry \d+", text)
    assert re.search(r"entry \d+", cairn("custody", "verify", broken, *key, code=4).err)
    checked = cairn("vault", "check", broken, "--json", *key, code=4)
    assert "custody.rolled-back" in checked.codes
    shown = cairn("custody", "show", broken, "--json", *key, code=4)
    assert shown.codes == ["storage.custody-altered"] and shown.object["entries"]
    listed = cairn("interview", "list", broken, *key, code=4)
    assert listed.out.startswith(world.interview) and "custody log" in listed.err
    assert cairn("interview", "list", broken, "--json", *key, code=4).object["interviews"]
    one = cairn("interview", "show", broken, world.interview, "--json", *key, code=4)
    assert one.object["title"] == "W-017" and one.codes == ["storage.custody-altered"]


def test_everything_else_needs_to_be_told(world: World, broken: Path, tmp_path: Path) -> None:
    key = world.key("field")
    refused(4, "storage.custody-altered", "vault", "info", broken, *key)
    refused(4, "storage.custody-altered", "interview", "add", broken, "--title", "T", *key)
    assert cairn("vault", "info", broken, "--despite-alarm", "--json", *key).object["label"] == "Field"
    assert cairn("search", broken, "국경", "--despite-alarm", *key).out
    # The log is not written on over what was taken out of it.
    refused(4, "storage.custody-altered", "interview", "add", broken, "--title", "T", "--despite-alarm", *key)


def test_lost_drafts_are_told_once_by_whichever_command_comes_first(world: World, field: Path) -> None:
    key = world.key("field")
    for command in (["interview", "list"], ["vault", "info"], ["interview", "show"]):
        more = [world.interview] if command[1] == "show" else []
        (field / aside.NAME).write_bytes(b"no database" * 999)
        assert "drafts.db.damaged" in cairn(*command, field, *more, *key).err
        assert "drafts.db.damaged" not in cairn(*command, field, *more, *key).err
        (field / aside.NAME).write_bytes(b"no database" * 999)
        assert cairn(*command, field, *more, "--json", *key).codes == ["storage.drafts-damaged"]
        assert cairn(*command, field, *more, "--json", *key).codes == []
