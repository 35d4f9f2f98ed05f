"""Writing down interviews, as a person does it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.model.time.told import Told
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, sees, settle
from qt.hand import (
    answer,
    click,
    click_row,
    draft_of,
    keys,
    line,
    named,
    new,
    screen,
    stored,
    tab,
    text,
    workspace,
    write,
)


def test_a_new_interview_is_written_down(qtbot: QtBot, opened: Window) -> None:
    assert reads(opened, "Interviews will be listed here.")
    made = new(qtbot, opened)
    assert QApplication.focusWidget() is line(made, "Code name")
    QTest.keyClicks(line(made, "Code name"), "W-017")
    write(qtbot, line(made, "Date"), "winter 2009?")
    write(qtbot, line(made, "Place"), "온성")
    write(qtbot, line(made, "Languages"), "ko, zh")
    press(qtbot, made, "Add a person")
    person = line(made, "Name or code of a person present")
    assert QApplication.focusWidget() is person
    QTest.keyClicks(person, "K.")
    write(qtbot, text(made, "Account"), "국경을 넘었다. We crossed at night.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    draft = stored(opened).draft
    assert draft is not None
    body = interviews.read_draft(draft)
    assert (body.title, body.date.words, body.place) == ("W-017", "winter 2009?", "온성")
    assert body.date.edtf == "2009-24?"
    assert body.languages == ["ko", "zh"] and [p.shown for p in body.people] == ["P1"]
    assert dict(stored(opened).names) == {"P1": "K."}
    assert body.account == "국경을 넘었다. We crossed at night."
    assert reads(opened, "Everything is saved")
    qtbot.waitUntil(lambda: screen(opened).list.rows.rows[0].title == "W-017", timeout=LONG)


def test_a_date_says_how_it_is_understood_and_asks_what_is_open(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened)
    write(qtbot, line(made, "Date"), "the winter of 2009-10")
    assert reads(opened, "winter 2009–2010")
    line(made, "Date").selectAll()
    QTest.keyClicks(line(made, "Date"), "03/04/2005")
    assert reads(opened, "It may mean 2 things")
    QTest.keyClick(line(made, "Date"), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert line(made, "Date").text() == "03/04/2005", "the words stay"
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    draft = stored(opened).draft
    assert draft is not None and interviews.read_draft(draft).date == Told("03/04/2005", "2005-04-03")


def test_a_word_reaches_the_vault_within_half_a_second(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened)
    account = text(made, "Account")
    account.setFocus()
    clock = QElapsedTimer()
    clock.start()
    typed = 0
    while clock.elapsed() < 1500:
        # Without a pause: a timer that every key pushes on would never write.
        QTest.keyClicks(account, "a")
        typed += 1
        qtbot.wait(20)
        if clock.elapsed() > 600 and draft_of(opened):
            break
    assert draft_of(opened).startswith("a") and typed > 5


def test_a_version_is_saved_and_its_difference_shown(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "Two crossed.")
    assert reads(made, "draft")
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    sees(qtbot, made, "saved")
    settle(qtbot)
    view = stored(opened)
    assert view.base and view.draft is None and view.body.account == "Two crossed."
    account = text(made, "Account")
    write(qtbot, account, "")
    keys(qtbot, Qt.Key.Key_End, ctrl=True)
    QTest.keyClicks(account, " One came back.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    tab(qtbot, opened, "History")
    history = made.history
    assert [row.title for row in history.list.rows.rows] == ["Account: changed", "Account: written"]
    changed = text(history, "What changed").toPlainText()
    assert "Two crossed." in changed and " One came back." in changed
    assert stored(opened).body.account == "Two crossed. One came back."
    assert not stored(opened).conflicts


def test_saving_without_a_change_makes_no_version(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "Once.")
    for _ in range(3):
        press(qtbot, made, "Save version")
        settle(qtbot)
    assert len(interviews.history(opened.desk.session, made.interview)) == 1  # type: ignore[union-attr]


def test_finalising_and_correcting_with_a_reason(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    press(qtbot, made, "Finalise interview")
    answer(qtbot, opened, "Finalise interview")
    view = stored(opened)
    assert view.final and view.draft is None and reads(made, "finalised")
    assert not reads(made, "Finalise interview")
    press(qtbot, made, "Correct…")
    answer(qtbot, opened, "Correct interview")
    account = text(made, "Account")
    write(qtbot, account, "")
    keys(qtbot, Qt.Key.Key_End, ctrl=True)
    QTest.keyClicks(account, " And later.")
    press(qtbot, made, "Save correction…")
    answer(qtbot, opened, "Save correction", reason="A name was misheard")
    versions = interviews.history(opened.desk.session, made.interview)  # type: ignore[union-attr]
    assert (versions[0].what, versions[0].reason) == ("corrected", "A name was misheard")
    assert stored(opened).body.account == "As told. And later." and stored(opened).final
    tab(qtbot, opened, "History")
    assert reads(made.history, "Reason: A name was misheard")


def test_escape_takes_a_question_back(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    press(qtbot, made, "Finalise interview")
    keys(qtbot, Qt.Key.Key_Escape)
    settle(qtbot)
    assert not stored(opened).final and stored(opened).base is None


def test_undoing_everything_since_the_last_version(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "Kept.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    account = text(made, "Account")
    write(qtbot, account, "Given up. ")
    qtbot.waitUntil(lambda: "Given up." in draft_of(opened), timeout=LONG)
    menu_item(made, "Undo everything since the last version…")
    answer(qtbot, opened, "Undo everything")
    assert account.toPlainText() == "Kept." and stored(opened).draft is None
    assert QApplication.focusWidget() is not None


def test_erasing_needs_a_reason_and_leaves_nothing_in_the_list(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "Gone soon.")
    menu_item(made, "Erase this interview…")
    answer(qtbot, opened, "Erase this interview", reason="asked for it")
    assert screen(opened).workspace is None
    assert interviews.count(opened.desk.session) == 0  # type: ignore[union-attr]
    assert reads(opened, "Interviews will be listed here.")


def test_notes_are_added_changed_removed_and_brought_back(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    write(qtbot, text(made, "A note"), "Ask about the brother.")
    press(qtbot, made, "Add note")
    sees(qtbot, made, "Ask about the brother.")
    settle(qtbot)
    assert text(made, "A note").toPlainText() == ""
    click(qtbot, made, "Change this note")
    keys(qtbot, Qt.Key.Key_End, ctrl=True)
    QTest.keyClicks(text(made, "A note"), " Done.")
    press(qtbot, made, "Save note")
    sees(qtbot, made, "Ask about the brother. Done.")
    settle(qtbot)
    click(qtbot, made, "Remove this note")
    settle(qtbot)
    assert not reads(made, "Ask about the brother.")
    assert [note.removed for note in stored(opened).notes] == [True]
    press(qtbot, opened, "Undo")
    sees(qtbot, made, "Ask about the brother. Done.")
    settle(qtbot)
    assert [(n.text, n.removed) for n in stored(opened).notes] == [("Ask about the brother. Done.", False)]


def test_consent_is_recorded(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    assert reads(made, "Consent (not asked)")
    tab(qtbot, opened, "Consent")
    assert reads(made, "Not asked yet. Until the person has agreed to share")
    assert not named(made, "Record this consent", QAbstractButton).isEnabled()
    click(qtbot, made, "Share")
    write(qtbot, text(made, "How it was given"), "She said yes, twice.")
    press(qtbot, made, "Record this consent")
    settle(qtbot)
    consent = stored(opened).consent
    assert (consent.choice, consent.share_with, consent.given) == (
        "share",
        "verified",
        "She said yes, twice.",
    )
    assert reads(made, "Consent") and not reads(made, "Consent (not asked)")
    click(qtbot, made, "Nothing")
    press(qtbot, made, "Record this consent")
    sees(qtbot, made, "The person agreed to nothing.")


def test_a_conflict_is_shown_and_settled(qtbot: QtBot, practised: Window) -> None:
    rows = screen(practised).list
    title = next(row.title for row in rows.rows.rows if ("conflict", "warn") in row.chips)
    click_row(qtbot, rows, title)
    settle(qtbot)
    made = workspace(practised)
    assert reads(made, "Another device has written something different.")
    press(qtbot, made, "Look at both")
    settle(qtbot)
    keep = [b for b in made.history.findChildren(QAbstractButton) if b.text() == "Keep this version"]
    assert len(keep) == 2
    qtbot.mouseClick(keep[1], Qt.MouseButton.LeftButton)
    answer(qtbot, practised, "Keep this version", reason="compared with the paper")
    assert not stored(practised).conflicts
    assert not reads(made, "Another device has written something different.")
    assert all(("conflict", "warn") not in row.chips for row in rows.rows.rows if row.title == title)


def menu_item(made: Workspace, text: str) -> None:
    """Choose from the menu with more."""
    menus = made.findChildren(QMenu)
    (action,) = [one for menu in menus for one in menu.actions() if one.text() == text]
    action.trigger()


def test_spaces_that_keep_words_together_stay(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    QApplication.clipboard().setText("No\u00a017, «\u202foui\u202f»\nnext line")
    account = text(made, "Account")
    account.setFocus()
    keys(qtbot, Qt.Key.Key_V, ctrl=True)
    qtbot.waitUntil(lambda: draft_of(opened) == "No\u00a017, «\u202foui\u202f»\nnext line", timeout=LONG)
    QApplication.clipboard().clear()


def test_formatted_text_is_pasted_as_plain_words(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='file:///etc/hostname'>")
    data.setText("bold")
    QApplication.clipboard().setMimeData(data)
    text(made, "Account").setFocus()
    keys(qtbot, Qt.Key.Key_V, ctrl=True)
    qtbot.waitUntil(lambda: draft_of(opened) == "bold", timeout=LONG)
    assert "font-weight:700" not in text(made, "Account").toHtml()
    QApplication.clipboard().clear()
