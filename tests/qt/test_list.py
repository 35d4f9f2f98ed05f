"""The list of interviews: long, lazy, and found by words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.interviews.listing import Filter
from cairn.app.kernel.session import Session, open_vault
from cairn.model.kinds.interview import Interview
from cairn.qt.shell.window import Window
from cairn.qt.widgets.long_rows import PAGE
from qt.desk import LONG, press, reads, settle
from qt.hand import (
    click,
    keys,
    line,
    named,
    new,
    screen,
    sheet,
    slow_vault,
    type_words,
    workspace,
)


def fill(window: Window, count: int) -> None:
    assert window.desk is not None
    s = window.desk.session
    for number in range(count):
        interview = interviews.create(s, title=f"W-{number:04}")
        if number < 40:
            interviews.save_version(s, interview, Interview(title=f"W-{number:04}", account="국경을 넘었다"))
    window.desk.open("contacts")
    window.desk.open("interviews")


def test_the_end_of_a_long_list_is_as_near_as_its_beginning(qtbot: QtBot, opened: Window) -> None:
    fill(opened, 900)
    settle(qtbot)
    rows = screen(opened).list
    order = [row.id for row in interviews.rows(session(opened), limit=-1)]
    assert rows.rows.rowCount() == 900 and len(rows.rows.rows) <= 2 * PAGE, (
        "as long as it is, and hardly read"
    )
    assert reads(opened, "900")
    rows.setFocus()
    keys(qtbot, Qt.Key.Key_End)
    settle(qtbot)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    assert workspace(opened).interview == order[-1] == rows.chosen_id, "what stands last was read and opened"
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum() // 2)
    settle(qtbot)
    seen = rows.places_seen()
    qtbot.waitUntil(lambda: rows.rows.row_at(seen.stop - 1) is not None, timeout=LONG)
    assert 300 < seen.start < 600
    for place in seen:
        assert rows.rows.row_at(place).id == order[place]
    # Those in between were never read.
    assert rows.rows.row_at(seen.start - 200) is None or rows.rows.row_at(seen.stop + 200) is None


def test_a_page_that_comes_late_is_not_put_under_a_search(qtbot: QtBot, opened: Window) -> None:
    fill(opened, 230)
    settle(qtbot)
    rows = screen(opened).list
    with slow_vault(opened):
        rows.scrollToBottom()
        rows.viewport().repaint()
        screen(opened).pane.search.setText("국경")
        qtbot.wait(250)
    found = screen(opened).results.list
    qtbot.waitUntil(lambda: [row for row in found.rows.rows if row.head] != [], timeout=LONG)
    settle(qtbot)
    assert reads(opened, "40 interviews found") and found.isVisible()
    for _ in range(3):
        found.scrollToBottom()
        settle(qtbot)
    heads = [row.id for row in found.rows.rows if row.head]
    assert len(heads) == 40 == len(set(heads)) and not found.rows.unfinished


def test_two_syllables_inside_a_word_are_found(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-017", "그날 밤 북한국경을 넘었다.")
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    settle(qtbot)
    new(qtbot, opened, "W-018", "Another account.")
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    keys(qtbot, Qt.Key.Key_F, ctrl=True)
    search = line(opened, "Search everything")
    assert QApplication.focusWidget() is search
    type_words(search, "국경")
    qtbot.waitUntil(lambda: reads(opened, "1 interview found"), timeout=LONG)
    head, place = screen(opened).results.list.rows.rows
    assert (head.id, head.note) == (made.interview, "1 place")
    assert ("국경", True) in place.pieces and place.note == "Account ¶1"
    search.clear()
    QTest.keyClicks(search, "nowhere")
    qtbot.waitUntil(lambda: reads(opened, "Nothing contains these words."), timeout=LONG)
    search.clear()
    qtbot.waitUntil(lambda: len(screen(opened).list.rows.rows) == 2, timeout=LONG)


def test_the_arrow_keys_walk_the_list_and_keep_the_focus(qtbot: QtBot, opened: Window) -> None:
    for title in "ABC":
        new(qtbot, opened, title, f"account of {title}")
    rows = screen(opened).list
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(0))
    settle(qtbot)
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Home, 0)):
        keys(qtbot, key)
        settle(qtbot)
        assert workspace(opened).interview == rows.rows.rows[at].id
        assert QApplication.focusWidget() is rows, "so that the next key walks on"


def test_ctrl_n_begins_one_and_the_list_shows_it(qtbot: QtBot, opened: Window) -> None:
    keys(qtbot, Qt.Key.Key_N, ctrl=True)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    assert screen(opened).list.rows.rows[0].title == "Without a name"
    QTest.keyClicks(QApplication.focusWidget(), "W-9")
    qtbot.waitUntil(lambda: screen(opened).list.rows.rows[0].title == "W-9", timeout=LONG)
    assert screen(opened).list.chosen_id == workspace(opened).interview


def test_sorted_and_filtered_as_it_was_left(qtbot: QtBot, opened: Window) -> None:
    for title, place in (("B", "Reed Bay"), ("C", "Grey Hill"), ("A", "Maple River")):
        interviews.save_version(
            session(opened),
            interviews.create(session(opened), title=title),
            Interview(title=title, place=place),
        )
    interviews.create(session(opened), title="D")
    pane = screen(opened).pane
    pane.load()
    settle(qtbot)
    assert [row.title for row in pane.list.rows.rows] == ["D", "A", "C", "B"] and reads(opened, "4")
    assert "Changed" in pane.sort.accessibleName() and "Newest first" in pane.sort.accessibleName()
    sort_by(qtbot, opened, "Place")
    assert [row.title for row in pane.list.rows.rows] == ["D", "C", "A", "B"]
    sort_by(qtbot, opened, "From Z to A")
    assert [row.title for row in pane.list.rows.rows] == ["B", "A", "C", "D"]
    press(qtbot, opened, "Filter…")
    settle(qtbot)
    asked = sheet(opened)
    named(asked, "Saved", QCheckBox).click()
    settle(qtbot)
    press(qtbot, asked, "Show 3")
    settle(qtbot)
    assert [row.title for row in pane.list.rows.rows] == ["B", "A", "C"]
    assert reads(opened, "3 interviews found") and pane.count.text() == "4"
    # Locked and opened again, it is looked at in the same way; nothing of it stands outside the vault.
    folder = session(opened).info.folder
    opened.lock()
    settle(qtbot)
    opened.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    pane = screen(opened).pane
    assert [row.title for row in pane.list.rows.rows] == ["B", "A", "C"]
    click(qtbot, opened, "Take the filter away: Saved")
    settle(qtbot)
    assert [row.title for row in pane.list.rows.rows] == ["B", "A", "C", "D"]


def test_a_filter_that_lets_nothing_through_says_so_and_goes_with_what_is_begun(
    qtbot: QtBot, opened: Window
) -> None:
    new(qtbot, opened, "W-1")
    pane = screen(opened).pane
    pane.use_filter(Filter(states=("final",)))
    settle(qtbot)
    assert reads(opened, "No interview here is like that.") and pane.count.text() == "1"
    press(qtbot, opened, "Show all interviews")
    settle(qtbot)
    assert [row.title for row in pane.list.rows.rows] == ["W-1"]
    pane.use_filter(Filter(states=("final",)))
    settle(qtbot)
    new(qtbot, opened, "W-2")
    assert {row.title for row in pane.list.rows.rows} == {"W-1", "W-2"}


def test_what_is_no_date_is_told_while_it_is_typed(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-1")
    press(qtbot, opened, "Filter…")
    settle(qtbot)
    asked = sheet(opened)
    since = line(asked, "Told since")
    type_words(since, "some winter")
    assert reads(asked, "Type it so that it means one time")
    assert not named(asked, "Show interviews", QAbstractButton).isEnabled()
    since.clear()
    type_words(since, "2031")
    settle(qtbot)
    assert named(asked, "Show 0", QAbstractButton).isEnabled()
    keys(qtbot, Qt.Key.Key_Escape)
    settle(qtbot)
    assert screen(opened).pane.wanted == Filter()


def sort_by(qtbot: QtBot, window: Window, word: str) -> None:
    """Choose it in the menu of the sort button."""
    menu = screen(window).pane.sort.menu()
    (act,) = [each for each in menu.actions() if each.text() == word]
    act.trigger()
    settle(qtbot)


def session(window: Window) -> Session:
    assert window.desk is not None
    return window.desk.session
