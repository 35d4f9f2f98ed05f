"""The window over a vault that can't be written: everything can be read, nothing takes words that could not be kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

import mediums
from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.sentences import sentence
from cairn.app.leaving import pages
from cairn.app.program import practice
from cairn.app.vault import custody
from cairn.errors import MachineError
from cairn.qt.base.writing import writing
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet, button, icon_button
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.storage.store import Store
from cairn.vault import folder as places
from mediums import Disk
from qt.desk import LONG, choose, find_button, press, reads, sees, settle
from qt.hand import click_row, new, screen, stored, tab, text, workspace

READ_MEDIUM, READ_FULL = sentence("vault.to-read-medium"), sentence("vault.to-read-full")
TOLD = "Practice: The lost umbrella"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mediums.disk(tmp_path / "disk", "64m") as made:
        yield made


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A medium that can only be read, also where nobody may mount one; called, it can be written again."""
    with monkeypatch.context() as patch:

        def refused(_folder: Path, _header: object) -> None:
            raise MachineError("machine.read-only")

        patch.setattr(places, "require_writable", refused)
        yield patch.undo


@pytest.fixture
def practice_folder(_practice_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_practice_made, tmp_path / "practice to read"))


def bands(window: Window) -> list[str]:
    return [
        each.text()
        for each in window.findChildren(QLabel)
        if each.isVisible() and "can only be read" in each.text()
    ]


def open_one(qtbot: QtBot, window: Window) -> None:
    click_row(qtbot, screen(window).list, TOLD)
    settle(qtbot)


def test_everything_can_be_read_and_nothing_written(
    qtbot: QtBot, window: Window, practice_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    real = Store._writing

    def counted(store: Store):  # type: ignore[no-untyped-def]
        tried.append(1)
        return real(store)

    monkeypatch.setattr(Store, "_writing", counted)
    with refusing(monkeypatch) as writable:
        window.enter(session.open_vault(practice_folder, practice.PASSPHRASE))
        settle(qtbot)
        assert window.desk is not None
        assert bands(window) == [READ_MEDIUM]
        assert reads(window.desk.status, "Nothing can be saved now")
        new_button = find_button(screen(window), "New")
        assert not new_button.isEnabled() and new_button.toolTip() == READ_MEDIUM
        open_one(qtbot, window)
        for word in ("Read", "Consent", "Conversation", "Files", "Transcript", "History", "Account"):
            tab(qtbot, window, word)
        account = text(workspace(window), "Account")
        before = account.toPlainText()
        assert account.isReadOnly()
        QTest.keyClicks(account, "lost words")
        assert account.toPlainText() == before
        for word in ("Save version", "Finalise interview", "Add a person", "Add note"):
            for each in workspace(window).findChildren(QAbstractButton):
                if each.text() == word and each.isVisible():
                    assert not each.isEnabled(), word
        for name in ("contacts", "exchange", "custody", "settings", "help", "interviews"):
            window.desk.open(name)
            settle(qtbot)
            assert not reads(window.desk.banner, "can only be read"), (name, "only looking must not write")
        assert not tried, "only looking must not write"
        # What slips through is refused in words, and nothing is left of it.
        screen(window)._create()
        settle(qtbot)
        assert reads(window.desk.banner, READ_MEDIUM)
        press(qtbot, window, "Try again")
        settle(qtbot)
        assert bands(window)[0] == READ_MEDIUM
        writable()
        was = window.desk
        press(qtbot, window, "Try again")
        settle(qtbot)
    assert window.desk is not was and not bands(window) and writing().why == ""
    assert workspace(window).interview and find_button(screen(window), "New").isEnabled()
    made = new(qtbot, window, "W-1", "Kept again.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert stored(window).draft is not None


@mediums.needs_root
def test_words_typed_while_the_disk_fills(qtbot: QtBot, window: Window, vault: Path, disk: Disk) -> None:
    """What stands on the screen waits there, nothing more is taken, and it is kept as soon as it can be."""
    folder = Path(shutil.copytree(vault, disk.folder / "vault"))
    window.enter(session.open_vault(folder, PASSPHRASE))
    settle(qtbot)
    made = new(qtbot, window, "W-1", "One.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    account = text(made, "Account")
    (folder / "vault.reserve").unlink(missing_ok=True)
    typed = 0
    while not account.isReadOnly():
        disk.fill()
        account.moveCursor(account.textCursor().MoveOperation.End)
        account.insertPlainText(" word" * 3000)
        typed += 1
        qtbot.waitUntil(lambda: not made.keeper.pending or account.isReadOnly(), timeout=LONG)
        assert typed < 100
    assert bands(window) == [READ_FULL]
    assert reads(window, "Not saved") and not reads(window, "Everything is saved")
    waiting = account.toPlainText()
    QTest.keyClicks(account, "more")
    assert account.toPlainText() == waiting
    assert not find_button(screen(window), "New").isEnabled()
    disk.free()
    press(qtbot, window, "Try again")
    qtbot.waitUntil(lambda: not account.isReadOnly() and not made.keeper.pending, timeout=LONG)
    assert not bands(window) and find_button(screen(window), "New").isEnabled()
    draft = stored(window).draft
    assert draft is not None and interviews.read_draft(draft).account == waiting
    QTest.keyClicks(account, " And on.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)


@mediums.needs_root
def test_a_disk_that_was_full_when_it_was_opened(
    qtbot: QtBot, window: Window, vault: Path, disk: Disk
) -> None:
    folder = Path(shutil.copytree(vault, disk.folder / "vault"))
    (folder / "vault.reserve").unlink(missing_ok=True)
    disk.fill()
    window.enter(session.open_vault(folder, PASSPHRASE))
    settle(qtbot)
    assert bands(window) == [READ_FULL]
    disk.free()
    press(qtbot, window, "Try again")
    settle(qtbot)
    assert not bands(window)
    sees(qtbot, window, "What you type is kept again.")
    made = new(qtbot, window, "W-1", "One.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)


def test_a_copy_that_is_noted_nowhere_says_so(
    qtbot: QtBot, window: Window, practice_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing(monkeypatch):
        window.enter(session.open_vault(practice_folder, practice.PASSPHRASE))
        settle(qtbot)
        assert window.desk is not None
        s = window.desk.session
        entries = custody.count(s)
        shared = next(r for r in interviews.rows(s) if not pages.preview(s, r.id).stays and not r.conflict)
        click_row(qtbot, screen(window).list, shared.title)
        settle(qtbot)
        tab(qtbot, window, "Read")
        press(qtbot, window, "Save as PDF…")
        sees(qtbot, window, "its custody log will not tell that the copy was made")
        assert not reads(window, "The custody log keeps that it was made.")
        press(qtbot, window, "Choose where…")
        choose(qtbot, window, tmp_path / "page.pdf")
        qtbot.waitUntil(lambda: (tmp_path / "page.pdf").is_file(), timeout=LONG)
        settle(qtbot)
        assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
        assert custody.count(window.desk.session) == entries


def test_locking_and_other_vaults(
    qtbot: QtBot, window: Window, practice_folder: Path, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It locks as ever, and a vault that can be written says nothing of the one before."""
    with refusing(monkeypatch):
        window.enter(session.open_vault(practice_folder, practice.PASSPHRASE))
        settle(qtbot)
        window.lock()
        settle(qtbot)
    assert window.desk is None and writing().why == ""
    assert not reads(window, "can only be read")
    window.enter(session.open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert not bands(window) and find_button(screen(window), "New").isEnabled()


def test_recovery_words_open_it_to_be_read(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.shared import FLOOR
    from cairn.qt.screens.unlock.recovery import RecoveryForm

    made, words = session.create_vault(
        tmp_path / "new", label="F", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    made.close()
    with refusing(monkeypatch):
        form = RecoveryForm(window, tmp_path / "new")
        window.show_entrance(form)
        for box, word in zip(form._words.boxes, words, strict=True):
            box.setText(word)
        press(qtbot, window, "Open with these words")
        settle(qtbot)
        assert window.desk is not None and bands(window) == [READ_MEDIUM]
        assert not window.findChildren(Sheet)


def test_what_a_screen_wants_meanwhile_is_remembered(qtbot: QtBot) -> None:
    save, remove, entry = button("Save"), icon_button("trash", "Remove"), QAction("Erase")
    entry.setToolTip("Erase it")
    part = QWidget()
    for each in (save, remove, part):
        qtbot.addWidget(each)
    only_where_kept(save, remove, entry, part)
    writing().say("The disk is full.")
    for each in (save, remove, entry, part):
        assert not each.isEnabled() and each.toolTip() == "The disk is full."
    save.setEnabled(True)
    assert not save.isEnabled()
    remove.setEnabled(False)
    late = button("Late")
    qtbot.addWidget(late)
    only_where_kept(late)
    assert not late.isEnabled()
    writing().say("")
    assert save.isEnabled() and late.isEnabled() and part.isEnabled() and entry.isEnabled()
    assert not remove.isEnabled() and remove.toolTip() == "Remove" and entry.toolTip() == "Erase it"
