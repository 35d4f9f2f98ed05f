"""A vault whose database does not fit its custody log: refused, opened knowingly, and the break explained."""

from __future__ import annotations

from pathlib import Path

from app.shared import PASSPHRASE, refused
from app.test_exchange import written
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, custody, upkeep
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview

PAGE = 4096


def put_back(field: Session, tables: tuple[str, ...]) -> tuple[Path, str]:
    """Pages of some tables put back as they were before the last change; (folder, interview)."""
    made = written(field)
    folder, database = field.info.folder, field.vault.database_path
    field.close()
    before = database.read_bytes()
    again = session.open_vault(folder, PASSPHRASE)
    consent.set_consent(again, made, agreed_to(choice="nothing"))
    connection = again.vault.connect()
    roots = {name: page for name, page in connection.execute("SELECT name, rootpage FROM sqlite_master")}
    connection.close()
    again.close()
    data = bytearray(database.read_bytes())
    for name in tables:
        place = (roots[name] - 1) * PAGE
        data[place : place + PAGE] = before[place : place + PAGE]
    database.write_bytes(data)
    return folder, made


def test_a_person_can_open_it_knowingly_and_see_where_it_breaks(field: Session) -> None:
    folder, made = put_back(field, ("custody_line",))
    with refused("storage.custody-altered"):
        session.open_vault(folder, PASSPHRASE)
    s = session.open_vault(folder, PASSPHRASE, despite_alarm=True)
    try:
        assert s.alarm
        report = custody.verify(s)
        assert not report.whole
        (rolled,) = [each for each in report.problems if each.code == "custody.rolled-back"]
        assert isinstance(rolled.values["seq"], int)
        assert {"custody.rolled-back"} <= {problem.code for problem in upkeep.check(s)}
        assert interviews.rows(s)[0].id == made
    finally:
        s.close()
    # Having looked does not make it look right: the alarm stays.
    with refused("storage.custody-altered"):
        session.open_vault(folder, PASSPHRASE)


def test_an_alarm_is_always_explained(field: Session) -> None:
    """Whichever pages were put back: who opens it despite the alarm is told at least that it doesn't fit."""
    folder, _ = put_back(field, ("custody_payload",))
    s = session.open_vault(folder, PASSPHRASE, despite_alarm=True)
    try:
        report = custody.verify(s)
        assert s.alarm and not report.whole
        assert all(isinstance(problem.values.get("seq", 0), int) for problem in report.problems)
    finally:
        s.close()


def test_what_is_typed_despite_the_alarm_is_kept_and_the_log_is_not_forked(field: Session) -> None:
    folder, made = put_back(field, ("custody_line",))
    s = session.open_vault(folder, PASSPHRASE, despite_alarm=True)
    other = interviews.create(s, title="what must not be lost")
    entries = custody.count(s)
    with refused("storage.custody-altered"):
        interviews.save_version(s, other, Interview(title="what must not be lost"))
    assert custody.count(s) == entries
    s.close()
    s = session.open_vault(folder, PASSPHRASE, despite_alarm=True)
    draft = interviews.load(s, other).draft
    assert draft is not None and interviews.read_draft(draft).title == "what must not be lost"
    assert interviews.load(s, made).body.title == "W-1"
    s.close()


def test_a_check_compares_records_and_tells_of_a_header_put_right(field: Session) -> None:
    made = written(field)
    folder = field.info.folder
    field.close()
    header = folder / "vault.hdr"
    header.write_bytes(header.read_bytes()[:-10])
    s = session.open_vault(folder, PASSPHRASE)
    try:
        assert [problem.code for problem in upkeep.check(s)] == ["vault.header-repaired"]
        connection = s.vault.connect()
        connection.execute("UPDATE head SET state = 'proposed' WHERE record = ?", (made,))
        connection.close()
        found = {problem.code for problem in upkeep.check(s)}
        assert "storage.record-altered" in found
    finally:
        s.close()


def test_a_restored_vault_does_not_become_the_original_again(field: Session, tmp_path: Path) -> None:
    """The pages with its own keys put back: it would go on as the double of the vault it came from."""
    from cairn.storage import secrets, settings

    written(field)
    old_keys, old_card = field.keys.to_secret(), field.card.decode("utf-8")
    backups.backup(field, tmp_path / "backup")
    restored, _ = backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    with restored.store.write() as work:
        secrets.put(work, session.DEVICE, old_keys)
        settings.put(work, session.CARD, old_card)
    restored.close()
    with refused("storage.custody-altered"):
        session.open_vault(tmp_path / "restored", PASSPHRASE)
    knowingly = session.open_vault(tmp_path / "restored", PASSPHRASE, despite_alarm=True)
    assert knowingly.alarm
    knowingly.close()
