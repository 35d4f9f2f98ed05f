"""Closing the window over work that is under way: it asks, and says afterwards what became of it. Of every such work."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE, introduce
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.leaving.views import Sealed, SealPreview
from cairn.app.vault import backups, upkeep
from cairn.model.agreement import agreed_to
from cairn.model.ids import RootId
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from cairn.qt.base.tasks import Lane
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.shell.window import Window
from qt.desk import LONG, choose, press, reads, sees, settle
from qt.exchange.test_opening import sealed
from qt.exchange.test_sealing import up_to_consent, written
from qt.hand import answer, click, line, new, screen, sheet, tab, write
from qt.test_interviews import menu_item


@contextmanager
def held_up(window: Window, lane: Lane = "long") -> Iterator[None]:
    """Nothing of this lane begins before the end: so closing finds it under way."""
    go = threading.Event()
    for _ in range(3 if lane == "long" else 1):
        tasks.run(window, lambda _progress: go.wait(60), lane=lane)
    try:
        yield
    finally:
        go.set()


def asked(qtbot: QtBot, window: Window, job: str) -> None:
    """Closing asks, saying what is under way; who goes on is asked again."""
    assert not window.close() and window.isVisible()
    sees(qtbot, window, job)
    press(qtbot, sheet(window), "Go on")
    assert not window.close() and window.isVisible()
    press(qtbot, sheet(window), "Stop it and close")


def told(qtbot: QtBot, window: Window, what: str) -> None:
    """It is said what became of it, and the window stays until a person has read it."""
    sees(qtbot, window, what)
    assert window.isVisible()
    press(qtbot, sheet(window), "Stay here")
    settle(qtbot)


def exchange(window: Window) -> ExchangeScreen:
    window.desk.open("exchange")  # type: ignore[union-attr]
    found = window.desk.shown("exchange")  # type: ignore[union-attr]
    assert isinstance(found, ExchangeScreen)
    return found


STOPPED = "It was stopped. Nothing half done is left."
FINISHED = "It was finished before it could be stopped: all of it is done."


def test_sealing(qtbot: QtBot, opened: Window, office: Session, tmp_path: Path) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    introduce(s, office)
    written(s, "W-1")
    out = tmp_path / "usb"
    out.mkdir()
    page = exchange(opened)
    settle(qtbot)
    up_to_consent(qtbot, page, ["W-1"], ["Office North"])
    with held_up(opened):
        press(qtbot, page, "Seal bundle of 1…")
        choose(qtbot, page, out)
        asked(qtbot, opened, "A bundle is being sealed.")
    told(qtbot, opened, STOPPED)
    assert list(out.iterdir()) == [] and sealing.sent(s) == []
    # Nothing is lost: it is sealed at the next try.
    press(qtbot, page, "Choose a folder…")
    choose(qtbot, page, out)
    sees(qtbot, page, "The bundle is sealed")
    assert len(list(out.iterdir())) == 1


def test_sealing_that_is_done_before_it_can_be_stopped(
    qtbot: QtBot, opened: Window, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    introduce(s, office)
    written(s, "W-1")
    out = tmp_path / "usb"
    out.mkdir()
    page = exchange(opened)
    settle(qtbot)
    up_to_consent(qtbot, page, ["W-1"], ["Office North"])
    go, real = threading.Event(), sealing.seal

    def late(s: Session, preview: SealPreview, folder: Path, progress: Progress) -> tuple[Sealed, ...]:
        made = real(s, preview, folder, progress)
        go.wait(60)
        return made

    monkeypatch.setattr(sealing, "seal", late)
    press(qtbot, page, "Seal bundle of 1…")
    choose(qtbot, page, out)
    qtbot.waitUntil(lambda: len(list(out.glob("*.age"))) == 1, timeout=LONG)
    asked(qtbot, opened, "A bundle is being sealed.")
    go.set()
    sees(qtbot, opened, FINISHED)
    press(qtbot, sheet(opened), "Close Cairn")
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=LONG)
    assert len(list(out.glob("*.age"))) == 1


def test_taking_in(qtbot: QtBot, opened: Window, office: Session, tmp_path: Path) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    introduce(office, s)
    introduce(s, office)
    bundle = sealed(office, [written(office, "W-1")], s, tmp_path / "usb")
    page = exchange(opened)
    page.open_file(bundle)
    sees(qtbot, page, "Sealed by Office North")
    settle(qtbot)
    with held_up(opened):
        press(qtbot, page, "Take in 1 interview")
        asked(qtbot, opened, "A bundle is being taken in or looked at.")
    told(qtbot, opened, STOPPED)
    assert interviews.count(s) == 0 and not list(s.vault.media_folder.rglob("*.part"))


def test_copying_out(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    made = new(qtbot, opened, "W-1", "Told.")
    tab(qtbot, opened, "Files")
    picture = tmp_path / "river.png"
    Image.new("RGB", (40, 30), "green").save(picture)
    made.files.add([picture])
    settle(qtbot)
    consent.set_consent(s, made.interview, agreed_to(choice="share"))
    click(qtbot, made, "Copy this file out of the vault")
    settle(qtbot)
    answer(qtbot, opened, "Choose where…")
    target = tmp_path / "out" / "copy.png"
    target.parent.mkdir()
    with held_up(opened):
        choose(qtbot, opened, target)
        asked(qtbot, opened, "Copying out.")
    told(qtbot, opened, STOPPED)
    assert list(target.parent.iterdir()) == [] and not made.files.progress.isVisible()


def test_restoring(qtbot: QtBot, window: Window, field: Session, tmp_path: Path) -> None:
    backups.backup(field, tmp_path / "backup")
    field.close()
    window.begin()
    press(qtbot, window, "Restore a backup…")
    QTest.keyClicks(line(window, "Backup"), str(tmp_path / "backup"))
    QTest.keyClicks(line(window, "New, empty folder for the vault"), str(tmp_path / "again"))
    QTest.keyClicks(line(window, "Passphrase of the vault, or its 24 recovery words"), PASSPHRASE)
    with held_up(window):
        press(qtbot, window, "Restore the vault")
        asked(qtbot, window, "A backup is being restored.")
    told(qtbot, window, STOPPED)
    assert not (tmp_path / "again").exists() and window.desk is None
    press(qtbot, window, "Restore the vault")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)


def test_salvage(qtbot: QtBot, window: Window, field: Session, tmp_path: Path) -> None:
    written(field, "W-1")
    folder = field.vault.folder
    field.close()
    window.show_salvage()
    QTest.keyClicks(line(window, "Folder of the vault or backup"), str(folder))
    QTest.keyClicks(line(window, "Its passphrase, or its 24 recovery words"), PASSPHRASE)
    press(qtbot, window, "See what is left")
    sees(qtbot, window, "New, empty folder for the vault")
    QTest.keyClicks(line(window, "New, empty folder for the vault"), str(tmp_path / "new"))
    with held_up(window):
        press(qtbot, window, "Make a vault of it")
        asked(qtbot, window, "A vault is being made of what is left.")
    told(qtbot, window, STOPPED)
    assert not (tmp_path / "new").exists()
    press(qtbot, window, "Make a vault of it")
    sees(qtbot, window, "The new vault was made of what is left.")
    press(qtbot, window, "Open the vault")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)


def test_erasure(qtbot: QtBot, opened: Window) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    made = new(qtbot, opened, "W-1", "Stays after all.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    menu_item(made, "Erase this interview…")
    with held_up(opened, "vault"):
        question = sheet(opened)
        write(qtbot, line(question, "Reason"), "asked for it")
        press(qtbot, question, "Erase this interview")
        asked(qtbot, opened, "An interview is being erased.")
    told(qtbot, opened, STOPPED)
    assert interviews.count(s) == 1 and screen(opened).workspace is made and made.isEnabled()
    # Asked again, it goes.
    menu_item(made, "Erase this interview…")
    answer(qtbot, opened, "Erase this interview", reason="asked for it")
    assert interviews.count(s) == 0


def test_putting_back(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    made = written(s, "W-1")
    files.attach(s, made, io.BytesIO(b"river" * 900), "river.ogg")
    backups.backup(s, tmp_path / "out")
    next(s.vault.media_folder.rglob("*.cob")).unlink()
    opened.desk.open("custody")  # type: ignore[union-attr]
    page = opened.desk.shown("custody")  # type: ignore[union-attr]
    press(qtbot, page, "Check everything")
    settle(qtbot)
    sees(qtbot, page, "Put back from a backup…")
    with held_up(opened):
        press(qtbot, page, "Put back from a backup…")
        choose(qtbot, page, tmp_path / "out")
        asked(qtbot, opened, "Files are being put back from a backup.")
    told(qtbot, opened, STOPPED)
    assert reads(page, "Putting back was stopped.") and upkeep.check(s)


def test_what_failed_meanwhile_is_said(qtbot: QtBot, opened: Window, office: Session, tmp_path: Path) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    introduce(s, office)
    made = written(s, "W-1")
    out = tmp_path / "usb"
    out.mkdir()
    page = exchange(opened)
    settle(qtbot)
    up_to_consent(qtbot, page, ["W-1"], ["Office North"])
    go, real = threading.Event(), sealing.seal
    failing = pytest.MonkeyPatch()

    def late(s: Session, preview: SealPreview, folder: Path, progress: Progress) -> tuple[Sealed, ...]:
        go.wait(60)
        return real(s, preview, folder)

    failing.setattr(sealing, "seal", late)
    try:
        press(qtbot, page, "Seal bundle of 1…")
        choose(qtbot, page, out)
        asked(qtbot, opened, "A bundle is being sealed.")
        consent.set_consent(s, made, agreed_to(choice="nothing"))
        go.set()
        told(qtbot, opened, "It failed before it could be stopped. Nothing half done is left.")
    finally:
        failing.undo()
    assert list(out.iterdir()) == []


def test_erasure_that_has_begun_is_finished_and_said(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = opened.desk.session  # type: ignore[union-attr]
    made = new(qtbot, opened, "W-1", "Goes.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    go, begun, real = threading.Event(), threading.Event(), interviews.erase

    def slow(s: Session, interview: RootId, reason: str) -> None:
        begun.set()
        go.wait(60)
        real(s, interview, reason)

    monkeypatch.setattr(interviews, "erase", slow)
    menu_item(made, "Erase this interview…")
    question = sheet(opened)
    write(qtbot, line(question, "Reason"), "asked for it")
    press(qtbot, question, "Erase this interview")
    qtbot.waitUntil(begun.is_set, timeout=LONG)
    asked(qtbot, opened, "An interview is being erased.")
    go.set()
    told(qtbot, opened, FINISHED)
    assert interviews.count(s) == 0 and screen(opened).workspace is None


def test_adding_files(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    made = new(qtbot, opened, "W-1", "Told.")
    tab(qtbot, opened, "Files")
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("words")
    with held_up(opened):
        made.files.add([tmp_path / "one.txt", tmp_path / "two.txt"])
        asked(qtbot, opened, "Adding 2 files.")
    told(qtbot, opened, STOPPED)
    assert not made.view.files
