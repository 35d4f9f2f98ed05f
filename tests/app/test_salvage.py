"""A database that is damaged anywhere: what is left is listed truly, and becomes a vault that works."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, sealed, written
from app.test_identities import BODY, NAME, draft_of, names_of
from cairn.app.arriving import taking_in
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, custody, salvage, upkeep
from cairn.model.kinds.interview import Interview
from cairn.storage.salvage import Remains
from cairn.vault.pages import Pages

PAGE = 4096
ACCOUNT = "두만강 국경을 넘었다"
LONG = "river " * 4000
"""Goes on over several pages."""


@pytest.fixture
def used(field: Session, office: Session) -> Session:
    """A vault with interviews, a long one, files, names, contacts, a draft."""
    introduce(field, office)
    for number in range(12):
        made = written(field, f"W-{number}")
        interviews.save_version(field, made, Interview(title=f"W-{number}", account=ACCOUNT, summary=LONG))
        files.attach(field, made, io.BytesIO(PICTURE + bytes((number,)) * 40_000), f"photo-{number}.png")
    named = interviews.create(field, title=BODY.title)
    interviews.save_draft(field, named, draft_of(BODY), names={"P1": NAME})
    interviews.save_version(field, named, BODY)
    made = interviews.create(field, title="draft")
    interviews.save_draft(field, made, draft_of(Interview(title="typed and not saved", account="강")))
    return field


def table(s: Session, name: str) -> list[tuple[object, ...]]:
    with s.store.read() as reader:
        return sorted(map(tuple, reader.all(f"SELECT * FROM {name}")), key=repr)  # noqa: S608 - names of ours


def remains(s: Session) -> Remains:
    return Remains(Pages(s.vault.database_path, s.vault.derive("db")), lambda _done, _total: None)


def test_of_a_whole_database_everything_is_found_and_nothing_else(used: Session) -> None:
    """Also while the newest pages are in the write-ahead log only."""
    left = remains(used)
    try:
        assert left.rows_lost == 0 and left.pages_lost == 0
        with used.store.read() as reader:
            stored = reader.all("SELECT n, sha, data, signature, state FROM revision ORDER BY n")
            log = reader.all("SELECT seq, line FROM custody_line ORDER BY seq")
            told = reader.all("SELECT seq, salt, payload FROM custody_payload ORDER BY seq")
        assert [(each.n, each.sha, *left.revision(each)[:3]) for each in left.revisions] == [
            tuple(row) for row in stored
        ]
        assert left.log_lines() == [tuple(row) for row in log]
        assert [(seq, salt, data) for seq, _, salt, data, _ in left.entries()] == [tuple(row) for row in told]
        for name in (
            "media",
            "secret",
            "setting",
            "draft",
            "contact",
            "tombstone",
            "received",
            "foreign_line",
        ):
            assert sorted(left.tables[name], key=repr) == table(used, name), name
        assert sorted(row[1:] for row in left.tables["opening"]) == [
            row[1:] for row in table(used, "opening")
        ]
    finally:
        left.close()


def closed(s: Session) -> Path:
    s.close()
    return s.info.folder


def page_count(folder: Path) -> int:
    return (folder / "vault.db").stat().st_size // PAGE


def spoil(folder: Path, *pages: int, at: int = 700) -> None:
    with (folder / "vault.db").open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE + at)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes((byte[0] ^ 1,)))


def titles(s: Session) -> set[str]:
    return {row.title for row in interviews.rows(s, limit=1000)}


def test_the_first_page_and_the_salt_cost_nothing(used: Session, tmp_path: Path) -> None:
    """Without the first page SQLite knows of no table; without the salt no page is authentic."""
    was, names = titles(used), {row.title for row in interviews.rows(used, limit=1000)}
    folder = closed(used)
    for place in (3, 20, 200, 3000):
        broken = tmp_path / f"broken-{place}"
        shutil.copytree(folder, broken)
        spoil(broken, 1, at=place)
        with pytest.raises(Exception, match=r"vault|machine"):
            session.open_vault(broken, PASSPHRASE)
        report = salvage.look(broken, PASSPHRASE)
        assert report.lost == 0 and report.log.whole and report.logged == report.revisions == report.signed
        s, again = salvage.salvage(broken, tmp_path / f"new-{place}", PASSPHRASE)
        try:
            assert titles(s) == was == names and again.refused == {}
            assert upkeep.check(s) == []
        finally:
            s.close()


def test_a_salvaged_vault_is_a_vault(used: Session, office: Session, tmp_path: Path) -> None:
    made = next(row.id for row in interviews.rows(used, limit=100) if row.title == "W-3")
    former, was = used.info.fingerprint, titles(used)
    drafts = [row[0] for row in table(used, "draft")]
    identity = next(row.id for row in interviews.rows(used, limit=100) if row.title == BODY.title)
    named = names_of(used, identity)
    assert NAME in named.values()
    folder = closed(used)
    spoil(folder, 1)
    s, report = salvage.salvage(folder, tmp_path / "new", PASSPHRASE)
    try:
        assert titles(s) == was and s.info.fingerprint != former and s.is_own(former)
        view = interviews.load(s, made)
        assert view.own and view.body.account == ACCOUNT and view.body.summary == LONG
        (file,) = view.files
        with files.reader(s, file.id) as source:
            assert source.read_at(0, source.size) == PICTURE + bytes((3,)) * 40_000
        assert names_of(s, identity) == named
        assert [row[0] for row in table(s, "draft")] == drafts
        # Trust is earned anew: what said that the words were compared is no longer a log that holds.
        (contact,) = contacts.rows(s)
        assert contact.label == "Office North" and contact.trust == "unverified"
        assert custody.verify(s).whole and upkeep.check(s) == []
        first = custody.entries(s, limit=10_000)[-1]
        assert first.act == "vault.salvage" and first.detail["former_device"] == former
        assert first.detail["versions"] == report.revisions and first.detail["lost"] == 0
        # What is left of the old log is kept as evidence.
        assert {row[0] for row in table(s, "foreign_line")} == {former}
        # It works on: written, sealed, taken in. To the office it is another device.
        interviews.save_version(s, made, Interview(title="W-3", account="went on"))
        contacts.add(s, contacts.own_card(office), contacts.own_words(office))
        contacts.add(office, contacts.own_card(s), contacts.own_words(s))
        taken = taking_in.take_in(office, sealed(s, [made], office, tmp_path / "out").path)
        assert interviews.load(office, made).body.title == "W-3" and taken.new >= 1
    finally:
        s.close()
    session.open_vault(tmp_path / "new", PASSPHRASE).close()


def test_whichever_page_is_lost_the_rest_is_salvaged_and_the_loss_is_said(
    used: Session, tmp_path: Path
) -> None:
    """Every page of the database, one after the other: the listing never raises, and what it does not list is lost."""
    with used.store.read() as reader:
        everything = {row[0] for row in reader.all("SELECT sha FROM revision")}
    folder = closed(used)
    vmk = bytearray()
    harmed = 0
    for page in range(1, page_count(folder) + 1):
        spoil(folder, page)
        with salvage._opened(folder, PASSPHRASE) if not vmk else _again(folder, vmk) as source:
            vmk = vmk or source.vmk
            with salvage._remains(source, lambda _done, _total: None) as left:
                here = {each.sha for each in left.revisions}
                assert here <= everything
                report = salvage._report(source, left, lambda _done, _total: None)
                told = report.log.whole
        spoil(folder, page)
        assert report.revisions == len(here) and report.pages_lost <= 1
        if told:
            assert report.lost == len(everything - here)
        harmed += here != everything or not told or bool(report.media_damaged)
    assert 0 < harmed < page_count(folder)


def _again(folder: Path, vmk: bytearray) -> object:
    from contextlib import nullcontext

    from cairn.vault.folder import read_headers

    header = read_headers(folder)[0]
    return nullcontext(salvage._Source(folder, header, vmk, "", folder / header.database, folder / "media"))


def test_many_pages_lost_and_the_vault_still_opens(used: Session, tmp_path: Path) -> None:
    folder = closed(used)
    count = page_count(folder)
    whole = []
    for step, start in ((3, 0), (3, 1), (2, 0)):
        broken = tmp_path / f"broken-{step}-{start}"
        shutil.copytree(folder, broken)
        spoil(broken, *range(2 + start, count + 1, step))
        report = salvage.look(broken, PASSPHRASE)
        # Which pages are the log's depends on everything else that is written.
        whole.append(report.log.whole)
        assert report.pages_lost > count // 4 and (report.log.whole or report.logged == 0)
        if report.empty:
            continue
        s, _ = salvage.salvage(broken, tmp_path / f"new-{step}-{start}", PASSPHRASE)
        try:
            # Where the card of the old device is lost, too, nobody can check its signatures any more.
            unknown = {"upkeep.version-wrong"} if report.signed < report.revisions else set()
            assert {each.code for each in upkeep.check(s)} <= {"upkeep.media-missing", *unknown}
            for row in interviews.rows(s, limit=1000):
                interviews.load(s, row.id)
        finally:
            s.close()
    assert not all(whole)


def test_a_log_that_nobody_known_signed_proves_nothing(
    used: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(used)
    assert salvage.look(folder, PASSPHRASE).logged > 0
    monkeypatch.setattr(salvage, "_devices", lambda _remains: {})
    report = salvage.look(folder, PASSPHRASE)
    assert (report.log.whole, report.logged, report.signed) == (False, 0, 0) and report.revisions > 0
    assert "salvage.log-gaps" in {each.code for each in salvage.problems(report)}


def test_a_backup_whose_database_is_damaged(used: Session, tmp_path: Path) -> None:
    was = titles(used)
    backups.backup(used, tmp_path / "backup")
    used.close()
    (database,) = (tmp_path / "backup").glob("vault-*.db")
    database.rename(tmp_path / "backup" / "vault.db")
    spoil(tmp_path / "backup", 1)
    (tmp_path / "backup" / "vault.db").rename(database)
    with refused("vault.backup-database"):
        backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    s, report = salvage.salvage(tmp_path / "backup", tmp_path / "new", PASSPHRASE)
    try:
        assert titles(s) == was and report.lost == 0
        assert upkeep.check(s) == []
    finally:
        s.close()
    again = session.open_vault(tmp_path / "new", PASSPHRASE)
    assert not again.store.drafts_damaged
    again.close()


def test_whom_nobody_is_to_trust_any_more_stays_so(used: Session, office: Session, tmp_path: Path) -> None:
    contacts.revoke(used, office.info.fingerprint, "the laptop was taken")
    s, _ = salvage.salvage(closed(used), tmp_path / "new", PASSPHRASE)
    (contact,) = contacts.rows(s)
    assert contact.trust == "revoked"
    s.close()


def test_what_salvaging_refuses(used: Session, tmp_path: Path) -> None:
    folder = used.info.folder
    with refused("vault.in-use"):
        salvage.look(folder, PASSPHRASE)
    used.close()
    with refused("vault.wrong-passphrase"):
        salvage.look(folder, "not this one")
    with refused("vault.backup-inside"):
        salvage.salvage(folder, folder / "new", PASSPHRASE)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with refused("machine.exists"):
        salvage.salvage(folder, tmp_path / "full", PASSPHRASE)
    with refused("vault.not-a-vault"):
        (tmp_path / "empty").mkdir()
        salvage.look(tmp_path / "empty", PASSPHRASE)
    stopped = pytest.raises(Exception, match="cancelled")
    before = sorted(folder.rglob("*"))
    with stopped:
        salvage.salvage(folder, tmp_path / "new", PASSPHRASE, _stop_late())
    assert not (tmp_path / "new").exists()
    spoil(folder, *range(1, page_count(folder) + 1))
    with refused("vault.database-altered"):
        salvage.look(folder, PASSPHRASE)
    assert sorted(folder.rglob("*")) == before


def _stop_late() -> Callable[[int, int | None], None]:
    from cairn.errors import Cancelled

    calls = [0]

    def progress(_done: int, _total: int | None, /) -> None:
        calls[0] += 1
        if calls[0] > 20:
            raise Cancelled

    return progress
