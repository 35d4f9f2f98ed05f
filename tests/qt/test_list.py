"""The list of interviews: long, lazy, and found by words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.model.kinds.interview import Interview
from cairn.qt.screens.interviews.screen import PAGE
from cairn.qt.shell.window import Window
from qt.desk import LONG, reads, settle
from qt.hand import click_row, keys, line, new, screen, slow_vault, type_words, workspace


def fill(window: Window, count: int) -> None:
    assert window.desk is not None
    s = window.desk.session
    for number in range(count):
        interview = interviews.create(s, title=f"W-{number:04}")
        if number < 40:
            interviews.save_version(s, interview, Interview(title=f"W-{number:04}", account="국경을 넘었다"))
    window.desk.open("contacts")
    window.desk.open("interviews")


def test_a_long_list_is_fetched_while_it_is_scrolled(qtbot: QtBot, opened: Window) -> None:
    fill(opened, 450)
    settle(qtbot)
    rows = screen(opened).list
    assert len(rows.rows.rows) == PAGE
    seen = set()
    for _ in range(6):
        rows.scrollToBottom()
        settle(qtbot)
        seen |= {row.id for row in rows.rows.rows}
    assert len(rows.rows.rows) == 450 == len(seen)
    assert len({row.id for row in rows.rows.rows}) == 450, "no row twice"
    click_row(qtbot, rows, "W-0420")
    settle(qtbot)
    assert workspace(opened).interview == rows.chosen_id


def test_a_page_that_comes_late_is_not_put_under_a_search(qtbot: QtBot, opened: Window) -> None:
    fill(opened, 230)
    settle(qtbot)
    rows = screen(opened).list
    with slow_vault(opened):
        rows.scrollToBottom()
        QApplication.processEvents()
        screen(opened)._search.setText("국경")
        qtbot.wait(250)
    settle(qtbot)
    qtbot.waitUntil(lambda: len(rows.rows.rows) == 40, timeout=LONG)


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
    (row,) = screen(opened).list.rows.rows
    assert row.id == made.interview and "국경" in row.line
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
