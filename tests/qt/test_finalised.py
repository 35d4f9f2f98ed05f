"""What is finalised can only be read until somebody begins to correct it, and a correction is never taken for a version."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app import sounds
from app.shared import PASSPHRASE
from app.spoken import said, transcript
from cairn.app.interviews import interviews
from cairn.app.kernel.session import open_vault
from cairn.app.sound import transcripts
from cairn.app.vault import custody
from cairn.model.kinds.interview import Interview, Person
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.transcript.tools import KEYS
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Chip
from qt.desk import LONG, press, reads, sees, settle, texts
from qt.hand import answer, click, click_row, keys, line, named, screen, stored, tab, text, workspace, write

MARK = "changed, not saved"


def chips(over: QWidget) -> list[str]:
    return [one.text for one in over.findChildren(Chip) if one.isVisible()]


def row_chips(window: Window, title: str) -> list[str]:
    return [word for row in screen(window).list.rows.rows if row.title == title for word, _ in row.chips]


@pytest.fixture
def closed(qtbot: QtBot, opened: Window, tmp_path: Path) -> Window:
    """An interview with people, a note, a file, a recording and its transcript, finalised, and open."""
    assert opened.desk is not None
    s = opened.desk.session
    made = interviews.create(s, title="W-017")
    body = Interview(title="W-017", account="As told.", people=[Person("K.", "interviewer")])
    interviews.save_version(s, made, body)
    interviews.save_note(s, made, None, "ask about the bridge")
    heard = sounds.record(s, made, 20_000)
    view = transcripts.load(s, heard.id)
    transcripts.save_version(s, view.id, transcript(heard.id, said(0, "as heard", end=5000)))
    from io import BytesIO

    from cairn.app.files import files

    files.attach(s, made, BytesIO(b"dear"), "letter.txt")
    interviews.finalise(s, made)
    opened.desk.open("interviews", made)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    return opened


def correct(qtbot: QtBot, window: Window) -> None:
    press(qtbot, workspace(window), "Correct…")
    answer(qtbot, window, "Correct interview")


def dropped(widget: QWidget, path: Path) -> bool:
    """Whether a widget takes a file that is dropped on it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *rest)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *rest))
    return enter.isAccepted()


def test_nothing_of_it_can_be_typed_over(qtbot: QtBot, closed: Window, tmp_path: Path) -> None:
    assert closed.desk is not None
    s, made = closed.desk.session, workspace(closed)
    before, log = interviews.history(s, made.interview), custody.count(s)
    assert chips(made)[0] == "finalised"
    account = made.account
    fields = [
        w for w in account.findChildren(QWidget) if w.isVisible() and isinstance(w, QLineEdit | QTextEdit)
    ]
    assert len(fields) >= 7
    for field in fields:
        field.setFocus()
        QTest.keyClicks(field, "x")
        keys(qtbot, Qt.Key.Key_V, ctrl=True)
        QTest.keyClick(field, Qt.Key.Key_Delete)
    assert not [w for w in account.findChildren(QComboBox) if w.isVisible() and w.isEnabled()]
    # What is left to press changes nothing: there is no button in the form or beside a note.
    pressed = [b for b in account.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    assert [b.accessibleName() for b in pressed] == []
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    QTest.keyClick(made, Qt.Key.Key_F9)

    tab(qtbot, closed, "Files")
    letter = tmp_path / "more.txt"
    letter.write_text("more")
    assert not dropped(made.files, letter)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    QGuiApplication.clipboard().setImage(picture)
    made.files.setFocus()
    keys(qtbot, Qt.Key.Key_V, ctrl=True)
    click_row(qtbot, made.files.list, "letter.txt")
    settle(qtbot)
    QTest.keyClick(made.files.list, Qt.Key.Key_Delete)
    assert not {"Add files…", "Remove this file", "Bring this file back"} & {
        b.accessibleName() for b in made.files.findChildren(QAbstractButton) if b.isVisible()
    }
    assert not made.files._rename.isEnabled()

    tab(qtbot, closed, "Conversation")
    assert not dropped(made.conversation, letter)
    words = texts(made.conversation)
    assert not {"Add sound…", "Record again…", "Off the record…"} & set(words)
    assert "Excerpt…" in words, "a copy changes nothing of what is finalised"
    assert not made.conversation.kept.doings.rename.isVisible()
    assert not made.conversation.kept.doings.remove.isVisible()
    assert not made.conversation.notes._open.isVisible()

    tab(qtbot, closed, "Transcript")
    table = made.transcript.table
    qtbot.waitUntil(lambda: table.model().rowCount() == 1, timeout=LONG)
    table.setCurrentIndex(table.model().index(0, 2))
    table.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_X, Qt.Key.Key_Delete):
        QTest.keyClick(table, key)
    for act, shortcut in KEYS.items():
        if act != "play":
            QTest.keySequence(table, shortcut)
    assert table.cell is None and not made.transcript.several.remove.isVisible()

    settle(qtbot)
    made.flush()
    settle(qtbot)
    view = stored(closed)
    assert view.frozen and view.draft is None and not view.unsaved
    assert interviews.history(s, made.interview) == before and custody.count(s) == log
    assert row_chips(closed, "W-017") == ["finalised"]


def test_a_consent_can_be_given_and_taken_back_at_any_time(qtbot: QtBot, closed: Window) -> None:
    made = workspace(closed)
    tab(qtbot, closed, "Consent")
    click(qtbot, made.consent, "Keep")
    press(qtbot, made.consent, "Record this consent")
    settle(qtbot)
    assert stored(closed).consent.choice == "keep" and stored(closed).frozen


def test_a_correction_is_marked_wherever_its_interview_is_shown(
    qtbot: QtBot, closed: Window, vault: Path
) -> None:
    assert closed.desk is not None
    s = closed.desk.session
    other = interviews.create(s, title="W-018")
    interviews.save_version(s, other)
    correct(qtbot, closed)
    made = workspace(closed)
    assert reads(made, "You are correcting a finalised interview.")
    title = line(made, "Code name")
    colour = title.palette().color(title.foregroundRole())
    assert colour == QColor(theme().tokens.ink), "what can be typed into looks so"
    title.selectAll()
    write(qtbot, title, "")
    title.selectAll()
    QTest.keyClicks(title, "W-900")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    settle(qtbot)
    assert chips(made)[0] == MARK and reads(closed, "The correction is not saved.")
    assert not reads(closed, "Everything is saved")
    qtbot.waitUntil(lambda: row_chips(closed, "W-900") == [MARK], timeout=LONG)
    # The log says what was true when it was written.
    assert {one.what for one in custody.entries(s) if one.interview == made.interview} == {"W-017"}
    tab(qtbot, closed, "History")
    qtbot.waitUntil(lambda: bool(made.history.list.rows.rows), timeout=LONG)
    top = made.history.list.rows.rows[0]
    assert top.title == f"Account: {MARK}" and ("draft", "warn") in top.chips
    qtbot.waitUntil(lambda: "017900" in made.history._text.toPlainText(), timeout=LONG)
    named(closed, "Search everything", QLineEdit).setText("W-900")
    qtbot.waitUntil(lambda: row_chips(closed, "W-900") == [MARK], timeout=LONG)
    named(closed, "Search everything", QLineEdit).clear()
    qtbot.waitUntil(lambda: len(screen(closed).list.rows.rows) == 2, timeout=LONG)

    # Locking keeps it, as the correction that it is.
    closed.lock()
    settle(qtbot)
    closed.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    qtbot.waitUntil(lambda: screen(closed).workspace is not None, timeout=LONG)
    settle(qtbot)
    tab(qtbot, closed, "Account")
    assert chips(workspace(closed))[0] == MARK and not line(workspace(closed), "Code name").isReadOnly()

    # Who leaves it behind is told so, and can go back to it.
    click_row(qtbot, screen(closed).list, "W-018")
    sees(qtbot, closed, "The correction of “W-900” is not saved.")
    press(qtbot, closed, "Go back to it")
    qtbot.waitUntil(lambda: workspace(closed).interview == made.interview, timeout=LONG)
    settle(qtbot)
    press(qtbot, workspace(closed), "Leave as it was")
    answer(qtbot, closed, "Undo everything")
    assert line(workspace(closed), "Code name").text() == "W-017"
    assert line(workspace(closed), "Code name").isReadOnly() and stored(closed).frozen
    qtbot.waitUntil(lambda: row_chips(closed, "W-017") == ["finalised"], timeout=LONG)


def test_the_keys_stay_with_the_interview_when_it_is_finalised(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    made = interviews.create(opened.desk.session, title="W-018")
    opened.desk.open("interviews", made)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    named(opened, "Finalise interview", QAbstractButton).setFocus()
    workspace(opened)._finalise_now()
    qtbot.waitUntil(lambda: "finalised" in chips(workspace(opened)), timeout=LONG)
    settle(qtbot)
    focus = QApplication.focusWidget()
    assert focus is not None and workspace(opened).isAncestorOf(focus)


def test_what_was_typed_and_taken_back_is_no_correction(qtbot: QtBot, closed: Window) -> None:
    correct(qtbot, closed)
    made = workspace(closed)
    account = text(made, "Account")
    account.setFocus()
    QTest.keyClicks(account, "x")
    qtbot.waitUntil(lambda: stored(closed).draft is not None, timeout=LONG)
    assert chips(made)[0] == MARK
    QTest.keyClick(account, Qt.Key.Key_Backspace)
    assert chips(made)[0] == "finalised"
    qtbot.waitUntil(lambda: stored(closed).draft is None, timeout=LONG)
    press(qtbot, made, "Leave as it was")
    settle(qtbot)
    assert account.isReadOnly() and stored(closed).frozen


def test_a_note_of_a_correction_has_its_reason(qtbot: QtBot, closed: Window) -> None:
    correct(qtbot, closed)
    made = workspace(closed)
    write(qtbot, text(made, "A note"), "and the river")
    press(qtbot, made, "Add note")
    answer(qtbot, closed, "Save note", reason="remembered later")
    assert [note.text for note in stored(closed).notes] == ["ask about the bridge", "and the river"]
