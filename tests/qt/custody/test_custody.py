"""Custody as a person uses it: a real log in a real vault, checked, broken, and read entry by entry."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session, open_vault
from cairn.app.vault import backups, custody
from cairn.model.kinds.interview import Interview
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.screens.custody.screen import CustodyScreen
from cairn.qt.shell.window import Window
from qt.desk import PlainDesk, choose, cut_off, press, reads, sees, settle, show, texts, unnamed


def opened_screen(
    qtbot: QtBot, s: Session, width: int = 1100, height: int = 760
) -> tuple[CustodyScreen, PlainDesk]:
    desk = PlainDesk(s)
    screen = CustodyScreen(desk)
    show(qtbot, screen, width, height)
    screen.enter()
    settle(qtbot)
    return screen, desk


def an_interview(s: Session, title: str = "W-017") -> str:
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title, account="We crossed at night."))
    return made


def titles(screen: CustodyScreen) -> list[str]:
    return [line.title for line in screen.list.rows.rows]


def spoil(s: Session, statement: str) -> None:
    """Change the database behind Cairn's back."""
    with s.store.write() as work:
        work._connection.execute(statement)


def test_the_state_and_the_entries_are_shown(qtbot: QtBot, field: Session) -> None:
    an_interview(field)
    screen, _ = opened_screen(qtbot, field)
    entries, _head, words = custody.head(field)
    assert entries == custody.count(field) > 1
    assert words == custody.verify(field).head_words and set(words) <= set(texts(screen))
    assert reads(screen, "never on this vault") and reads(screen, str(entries))
    assert titles(screen)[0] == "A version was saved · W-017"
    assert titles(screen)[-1] == "The vault was created"
    assert "Field 7" in screen.list.rows.rows[0].line


def test_a_check_finds_a_whole_log_and_is_remembered(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    opened.desk.open("custody")
    settle(qtbot)
    press(qtbot, opened, "Check now")
    sees(qtbot, opened, "The log is whole.")
    settle(qtbot)
    folder = opened.desk.session.info.folder
    opened.lock()
    settle(qtbot)
    opened.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    assert isinstance(opened.desk.shown("custody"), CustodyScreen)
    assert not reads(opened, "never on this vault") and reads(opened, "the log")
    screen = opened.desk.shown("custody")
    assert isinstance(screen, CustodyScreen) and screen._chip.text == "whole"


def test_a_broken_log_is_explained_line_by_line(qtbot: QtBot, field: Session) -> None:
    an_interview(field)
    spoil(field, "DROP TRIGGER custody_payload_never_changes")
    screen, _ = opened_screen(qtbot, field)
    spoil(field, "UPDATE custody_payload SET salt = zeroblob(length(salt)) WHERE seq = 2")
    press(qtbot, screen, "Check now")
    sees(qtbot, screen, "What entry 2 of the custody log tells is not what its line committed to")
    assert reads(screen, "Keep the vault as it is")
    settle(qtbot)
    assert "problem" in screen._chip.text
    assert not reads(screen, "The log is whole.")


def test_checking_everything_reads_the_files_too(qtbot: QtBot, field: Session) -> None:
    made = an_interview(field)
    files.attach(field, made, io.BytesIO(b"sound" * 9000), "the river.ogg")
    screen, _ = opened_screen(qtbot, field)
    press(qtbot, screen, "Check everything")
    sees(qtbot, screen, "Everything is in order.")
    settle(qtbot)
    assert reads(screen, "the whole vault")
    (stored,) = [p for p in field.vault.media_folder.rglob("*.cob")]
    data = bytearray(stored.read_bytes())
    data[-20] ^= 1
    stored.write_bytes(data)
    # The log alone knows nothing of it.
    press(qtbot, screen, "Check now")
    sees(qtbot, screen, "The log is whole.")
    settle(qtbot)
    press(qtbot, screen, "Check everything")
    sees(qtbot, screen, "the river.ogg")
    settle(qtbot)
    assert not reads(screen, "Everything is in order.")


def test_a_check_can_be_stopped(qtbot: QtBot, field: Session) -> None:
    screen, desk = opened_screen(qtbot, field)
    go = threading.Event()
    # All workers of the long lane are held, so the check can't be over before it is stopped.
    for _ in range(3):
        tasks.run(screen, lambda _progress: go.wait(30), lane="long")
    press(qtbot, screen, "Check everything")
    assert not screen.check_log.isEnabled() and reads(screen, "Checking everything")
    press(qtbot, screen, "Cancel")
    go.set()
    settle(qtbot)
    assert "stopped before its end" in desk.last
    assert reads(screen, "never on this vault") and screen.check_log.isEnabled()


def test_a_long_log_is_loaded_while_it_is_scrolled(qtbot: QtBot, field: Session) -> None:
    with field.store.write() as work:
        for _ in range(450):
            work.log("backup")
    screen, _ = opened_screen(qtbot, field)
    total = custody.count(field)
    assert len(screen.list.rows.rows) == 200
    # Entries written meanwhile are no reason to show others twice.
    with field.store.write() as work:
        work.log("backup")
    for _ in range(4):
        screen.list.scrollToBottom()
        qtbot.wait(20)
        settle(qtbot)
    shown = [line.id for line in screen.list.rows.rows]
    assert len(shown) == len(set(shown)) and shown[-1] == "1" and len(shown) == total


def test_what_was_erased_is_said_and_still_checks(qtbot: QtBot, field: Session) -> None:
    made = an_interview(field, "Gone")
    interviews.erase(field, made, "she asked for it")
    screen, _ = opened_screen(qtbot, field)
    assert "What this entry told was erased" in titles(screen)
    assert not any("Gone" in title for title in titles(screen))
    press(qtbot, screen, "Check now")
    sees(qtbot, screen, "The log is whole.")
    settle(qtbot)


def test_an_entry_leads_to_its_interview_and_help_is_near(qtbot: QtBot, field: Session) -> None:
    made = an_interview(field)
    screen, desk = opened_screen(qtbot, field)
    screen.list.setFocus()
    screen.list.choose(screen.list.rows.rows[0].id)
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert desk.opened[-1] == ("interviews", made)
    screen.list.choose("1")
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert len(desk.opened) == 1
    press(qtbot, screen, "How the log works")
    assert desk.opened[-1] == ("help", "custody")


@pytest.mark.parametrize(("scale", "size"), [(100, (848, 590)), (200, (890, 470)), (100, (1104, 760))])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, field: Session, scale: int, size: tuple[int, int]
) -> None:
    theme().apply(qapp, scale=scale)
    an_interview(field)
    screen, _ = opened_screen(qtbot, field, *size)
    press(qtbot, screen, "Check now")
    settle(qtbot)
    qtbot.wait(30)
    assert not cut_off(screen) and not unnamed(screen)
    assert screen.list.isVisible() and screen.list.height() > 100


def test_damaged_files_are_put_back_from_a_backup(qtbot: QtBot, field: Session, tmp_path: Path) -> None:
    made = an_interview(field)
    files.attach(field, made, io.BytesIO(b"river" * 5000), "river.ogg")
    files.attach(field, made, io.BytesIO(b"bridge" * 5000), "bridge.ogg")
    out = tmp_path / "out"
    backups.backup(field, out)
    for path in field.vault.media_folder.rglob("*.cob"):
        data = bytearray(path.read_bytes())
        data[900] ^= 1
        path.write_bytes(data)
    screen, _ = opened_screen(qtbot, field)
    press(qtbot, screen, "Check everything")
    settle(qtbot)
    sees(qtbot, screen, "2 problems were found.")
    assert reads(screen, "Only content of files is damaged or missing")
    assert unnamed(screen) == [] and cut_off(screen) == []
    # Of one the backup has lost its copy, too: it is said, and another backup may be tried.
    bridge = next(view for view in interviews.load(field, made).files if view.name == "bridge.ogg")
    with field.store.read() as reader:
        info = next(each for each in field.media.of(reader, made) if each.record_id == bridge.id)
    lost = out / "media" / info.media_id[:2] / f"{info.media_id}.cob"
    kept = lost.read_bytes()
    lost.unlink()
    press(qtbot, screen, "Put back from a backup…")
    choose(qtbot, screen, out)
    settle(qtbot)
    sees(qtbot, screen, "1 file is whole again.")
    assert reads(screen, "This backup does not hold the file bridge.ogg.")
    lost.write_bytes(kept)
    press(qtbot, screen, "Put back from a backup…")
    choose(qtbot, screen, out)
    settle(qtbot)
    sees(qtbot, screen, "1 file is whole again.")
    assert not reads(screen, "still damaged")
    press(qtbot, screen, "Check everything")
    settle(qtbot)
    sees(qtbot, screen, "Everything is in order.")
    assert not reads(screen, "Put back from a backup…")
    assert "A damaged file was put back from a backup" in " ".join(titles(screen))
