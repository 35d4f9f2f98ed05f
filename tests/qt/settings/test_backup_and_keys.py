"""Backup and the keys for stock tools: files on a disk, read and used afterwards."""

from __future__ import annotations

import io
import threading
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.vault import backups, custody, stock_keys
from cairn.crypto.age import parse_identities
from cairn.model.kinds.interview import Interview
from cairn.qt.base import tasks
from cairn.qt.screens.settings.backup import BackupGroup
from cairn.qt.shell.window import Window
from qt.desk import choose, find_button, press, reads, sees, settle
from qt.hand import line, sheet
from qt.settings.test_settings import settings
from qt.settings.test_ways import NEW, no_sheet, type_new


def an_interview(window: Window, name: str) -> None:
    session = window.desk.session
    made = interviews.create(session, title="W-1")
    interviews.save_version(session, made, Interview(title="W-1"))
    files.attach(session, made, io.BytesIO(b"river" * 1000), name)


def test_a_backup_is_made_added_to_and_restored(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "other.txt").write_text("not Cairn's")
    an_interview(opened, "one.ogg")
    screen = settings(qtbot, opened, "backup")
    assert reads(screen, "Not made yet.")
    press(qtbot, screen, "Choose a folder…")
    (dialog,) = [d for d in screen.findChildren(QFileDialog) if d.isVisible()]
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    choose(qtbot, screen, stick)
    sees(qtbot, screen, "The backup is complete.")
    settle(qtbot)
    # Beside other files it gets a folder of its own.
    place = stick / f"backup-{opened.desk.session.vault.id[:8]}"
    assert (place / "backup.json").is_file() and reads(screen, str(place))
    assert (stick / "other.txt").read_text() == "not Cairn's"
    an_interview(opened, "two.ogg")
    press(qtbot, screen, "Back up again")
    settle(qtbot)
    sees(qtbot, screen, "there already")
    assert [e.act for e in custody.entries(opened.desk.session)].count("backup") == 2
    restored, _ = backups.restore(place, tmp_path / "back", PASSPHRASE)
    names = {f.name for r in interviews.rows(restored) for f in interviews.load(restored, r.id).files}
    restored.close()
    assert names == {"one.ogg", "two.ogg"}


def test_a_backup_into_the_vault_itself_is_refused(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "backup")
    group = screen.groups["backup"]
    assert isinstance(group, BackupGroup)
    group.back_up(opened.desk.session.info.folder)
    settle(qtbot)
    assert reads(screen, "No backup was made.") and reads(screen, "cannot lie inside the vault's own folder")
    group.back_up(Path("/nowhere/at/all"))
    settle(qtbot)
    assert reads(screen, "No backup was made.")
    assert reads(screen, "Not made yet.") and find_button(screen, "Choose a folder…").isEnabled()


def test_a_backup_is_checked_and_what_is_not_whole_is_named(
    qtbot: QtBot, opened: Window, tmp_path: Path
) -> None:
    an_interview(opened, "one.ogg")
    screen = settings(qtbot, opened, "backup")
    group = screen.groups["backup"]
    assert isinstance(group, BackupGroup)
    out = tmp_path / "out"
    out.mkdir()
    group.back_up(out)
    settle(qtbot)
    press(qtbot, screen, "Check a backup…")
    choose(qtbot, screen, out)
    sees(qtbot, screen, "This backup is whole.")
    (file,) = (out / "media").glob("*/*.cob")
    kept = file.read_bytes()
    file.write_bytes(kept[:-1] + b"?")
    group.check_backup(out)
    settle(qtbot)
    sees(qtbot, screen, "1 problem was found in this backup.")
    sees(qtbot, screen, "The file one.ogg is damaged in the backup.")
    group.back_up(out)
    settle(qtbot)
    sees(qtbot, screen, "1 no longer matched and was copied again")
    assert file.read_bytes() == kept and not reads(screen, "damaged in the backup")
    # Damaged in the vault, too: said, and what the backup has is kept.
    (own,) = opened.desk.session.vault.media_folder.glob("*/*.cob")
    own.unlink()
    group.back_up(out)
    settle(qtbot)
    sees(qtbot, screen, "The backup was made, but 1 file is not whole.")
    sees(qtbot, screen, "The backup holds it whole and keeps it")
    assert file.read_bytes() == kept


def test_a_check_can_be_stopped_and_is_refused_elsewhere(
    qtbot: QtBot, opened: Window, tmp_path: Path
) -> None:
    screen = settings(qtbot, opened, "backup")
    group = screen.groups["backup"]
    assert isinstance(group, BackupGroup)
    group.check_backup(tmp_path)
    settle(qtbot)
    sees(qtbot, screen, "The backup was not checked.")
    out = tmp_path / "out"
    out.mkdir()
    group.back_up(out)
    settle(qtbot)
    go = threading.Event()
    for _ in range(3):
        tasks.run(screen, lambda _progress: go.wait(30), lane="long")
    group.check_backup(out)
    press(qtbot, screen, "Cancel")
    go.set()
    settle(qtbot)
    sees(qtbot, screen, "The check was stopped.")


def test_a_backup_can_be_stopped(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    an_interview(opened, "one.ogg")
    screen = settings(qtbot, opened, "backup")
    group = screen.groups["backup"]
    assert isinstance(group, BackupGroup)
    go = threading.Event()
    for _ in range(3):
        tasks.run(screen, lambda _progress: go.wait(30), lane="long")
    out = tmp_path / "out"
    out.mkdir()
    group.back_up(out)
    press(qtbot, screen, "Cancel")
    go.set()
    settle(qtbot)
    assert reads(screen, "The backup was stopped.") and not (out / "backup.json").exists()


def test_the_identity_is_written_out_encrypted(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    out = tmp_path / "keys"
    out.mkdir()
    screen = settings(qtbot, opened, "stock")
    press(qtbot, screen, "Write out encrypted…")
    asked = sheet(opened)
    assert not find_button(asked, "Choose a folder…").isEnabled()
    type_new(asked, NEW)
    press(qtbot, asked, "Choose a folder…")
    choose(qtbot, asked, out)
    settle(qtbot)
    assert no_sheet(opened) and reads(screen, "Three files were written:")
    assert sorted(p.name for p in out.iterdir()) == ["age.key.age", "allowed_signers", "allowed_signers.pq"]
    found = stock_keys.read(out / "age.key.age", lambda: NEW)
    assert found.recipient == opened.desk.session.keys.public.age  # type: ignore[attr-defined]


def test_a_readable_identity_needs_typed_words(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    out = tmp_path / "keys"
    out.mkdir()
    screen = settings(qtbot, opened, "stock")
    press(qtbot, screen, "Write out readable…")
    asked = sheet(opened)
    assert reads(asked, "It can't be called back.")
    words = line(asked, "Type: anyone can read it")
    QTest.keyClicks(words, "anyone can")
    assert not find_button(asked, "Choose a folder…").isEnabled()
    QTest.keyClicks(words, " read it")
    press(qtbot, asked, "Choose a folder…")
    choose(qtbot, asked, out)
    settle(qtbot)
    assert no_sheet(opened)
    (key,) = parse_identities((out / "age.key").read_text())
    assert key.recipient == opened.desk.session.keys.public.age  # type: ignore[attr-defined]
    entry = custody.entries(opened.desk.session)[0]
    assert entry.act == "identity.export" and entry.detail["plain"] is True


def test_closing_over_a_backup_asks_and_says_what_became_of_it(
    qtbot: QtBot, opened: Window, tmp_path: Path
) -> None:
    an_interview(opened, "one.ogg")
    screen = settings(qtbot, opened, "backup")
    group = screen.groups["backup"]
    assert isinstance(group, BackupGroup)
    go = threading.Event()
    for _ in range(3):
        tasks.run(screen, lambda _progress: go.wait(30), lane="long")
    out = tmp_path / "out"
    out.mkdir()
    group.back_up(out)
    assert not opened.close() and opened.isVisible()
    sees(qtbot, opened, "A backup is being made or checked.")
    press(qtbot, sheet(opened), "Go on")
    assert not opened.close()
    press(qtbot, sheet(opened), "Stop it and close")
    go.set()
    sees(qtbot, opened, "It was stopped. Nothing half done is left.")
    assert not (out / "backup.json").exists() and opened.desk is not None
    press(qtbot, sheet(opened), "Stay here")
    settle(qtbot)
    assert reads(screen, "The backup was stopped.")
