"""An office's table of all interviews: columns, what is chosen beside it, and many chosen at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import Make, introduce
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.interviews.listing import Filter
from cairn.app.leaving import sealing
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview, Person
from cairn.model.time.understanding import understood
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.shell.window import Window
from cairn.qt.widgets.columns import box_spot
from qt.desk import LONG, press, reads, settle
from qt.hand import click, keys, screen


@pytest.fixture
def table(qtbot: QtBot, window: Window, make: Make, tmp_path: Path) -> Window:
    """An office with twelve interviews of two laptops and one of its own."""
    office = make("Harbour", "office")
    for name, places in (
        ("Field 3", ("Reed Bay", "Grey Hill")),
        ("Field 7", ("Maple River", "Stone Bridge")),
    ):
        field = make(name)
        introduce(field, office)
        made = []
        for number in range(6):
            body = Interview(
                title=f"{name[-1]}-{number:02}",
                place=places[number % 2],
                date=understood(f"{number + 1} March 2031").told,
                people=[Person(role="told", code="P1", protected=True)],
                account="The river was high.",
            )
            made.append(interviews.create(field, title=body.title))
            interviews.save_version(field, made[-1], body)
            consent.set_consent(field, made[-1], agreed_to(choice="share"))
        out = tmp_path / f"{name} out"
        out.mkdir()
        sealing.seal(field, sealing.preview(field, made, [office.info.fingerprint]), out)
        taking_in.take_in(office, next(out.iterdir()))
    interviews.create(office, title="H-1")
    window.enter(office)
    settle(qtbot)
    return window


def titles(window: Window) -> list[str]:
    return [row.title for row in screen(window).list.rows.rows]


def place(window: Window, title: str) -> int:
    return titles(window).index(title)


def click_box(qtbot: QtBot, window: Window, title: str) -> None:
    view = screen(window).list
    rect = view.visualRect(view.rows.index(place(window, title)))
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=box_spot(rect.height(), rect.top()).center()
    )
    settle(qtbot)


def click_cell(qtbot: QtBot, window: Window, title: str, *, twice: bool = False) -> None:
    view = screen(window).list
    spot = QPoint(view.visualRect(view.rows.index(place(window, title))).center())
    (qtbot.mouseDClick if twice else qtbot.mouseClick)(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(qtbot)


def test_columns_sort_by_their_headings_with_the_mouse_and_by_keys(qtbot: QtBot, table: Window) -> None:
    shown = screen(table)
    assert shown.at_the_table and shown.pane.in_columns and shown.pane.count.text() == "13"
    row = shown.list.rows.row_at(place(table, "3-00"))
    assert row.cells[:4] == ("3-00", "1 March 2031", "Reed Bay", "Field 3")
    assert shown.list.rows.row_at(place(table, "H-1")).cells[3] == "Harbour"
    click(qtbot, table, "Sort by: Place")
    settle(qtbot)
    places = [row.cells[2] for row in shown.list.rows.rows]
    assert places == sorted(places)
    head = shown.pane.heads.heads["place"]
    assert "From A to Z" in head.accessibleDescription()
    head.setFocus(Qt.FocusReason.TabFocusReason)
    keys(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    assert [row.cells[2] for row in shown.list.rows.rows] == sorted(places, reverse=True)
    click(qtbot, table, "Sort by: From")
    settle(qtbot)
    assert [row.cells[3] for row in shown.list.rows.rows] == ["Harbour"] + ["Field 3"] * 6 + [
        "Field 7"
    ] * 6 or [row.cells[3] for row in shown.list.rows.rows] == ["Field 3"] * 6 + ["Field 7"] * 6 + ["Harbour"]


def test_what_is_chosen_stands_beside_the_table_and_opens(qtbot: QtBot, table: Window) -> None:
    shown = screen(table)
    assert shown.details is not None and reads(shown.details, "Choose an interview to see what it is.")
    click_cell(qtbot, table, "7-03")
    assert shown.workspace is None, "it is looked at, not opened"
    assert reads(shown.details, "7-03") and reads(shown.details, "1, names protected")
    assert reads(shown.details, "4 March 2031 · Stone Bridge · Field 7")
    press(qtbot, shown.details, "Open to read")
    qtbot.waitUntil(lambda: shown.workspace is not None, timeout=LONG)
    settle(qtbot)
    assert not shown.pane.in_columns and shown.list.chosen_id == shown.workspace.interview
    press(qtbot, table, "Back to the table")
    settle(qtbot)
    assert shown.at_the_table and shown.workspace is None and shown.pane.in_columns
    assert shown.list.rows.row_at(shown.list.currentIndex().row()).title == "7-03"
    # By keys: down to the next, its facts; Enter opens it.
    assert QApplication.focusWidget() is shown.list
    keys(qtbot, Qt.Key.Key_Up)
    settle(qtbot)
    title = shown.list.rows.row_at(shown.list.currentIndex().row()).title
    assert reads(shown.details, title)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.workspace is not None, timeout=LONG)
    settle(qtbot)
    assert shown.workspace.form.body().title == title


def test_many_are_chosen_by_box_by_key_and_all_that_match(qtbot: QtBot, table: Window) -> None:
    shown, band = screen(table), screen(table).pane.band
    assert not band.isVisible()
    click_box(qtbot, table, "3-01")
    assert reads(band, "1 chosen") and shown.list.rows.checked == {
        shown.list.rows.row_at(place(table, "3-01")).id
    }
    keys(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    assert not band.isVisible(), "the space bar takes it off again"
    keys(qtbot, Qt.Key.Key_Space)
    keys(qtbot, Qt.Key.Key_Down)
    keys(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    assert reads(band, "2 chosen") and reads(band, "Seal bundle of 2…") and reads(band, "Choose all 13")
    press(qtbot, band, "Choose none")
    settle(qtbot)
    QTest.keyClicks(shown.pane.search, "7-0")
    qtbot.waitUntil(lambda: len(shown.list.rows.order) == 6, timeout=LONG)
    settle(qtbot)
    shown.list.setFocus()
    keys(qtbot, Qt.Key.Key_A, ctrl=True)
    settle(qtbot)
    assert reads(band, "6 chosen") and shown.pane.heads.all.ticked is True
    shown.pane.search.clear()
    qtbot.waitUntil(lambda: len(shown.list.rows.order) == 13, timeout=LONG)
    settle(qtbot)
    assert reads(band, "6 chosen") and shown.pane.heads.all.ticked is None
    QTest.keyClicks(shown.pane.search, "Reed")
    qtbot.waitUntil(lambda: {title[0] for title in titles(table)} == {"3"}, timeout=LONG)
    settle(qtbot)
    assert reads(band, "6 chosen, 6 of them not shown") and reads(band, "Choose all 3")
    chosen = set(shown.list.rows.checked)
    press(qtbot, band, "Seal bundle of 6…")
    settle(qtbot)
    assert table.desk is not None
    exchange = table.desk.shown("exchange")
    assert isinstance(exchange, ExchangeScreen)
    assert set(exchange.job.interviews.chosen) == chosen  # type: ignore[union-attr]


def test_a_filter_by_sender_shows_what_is_theirs(qtbot: QtBot, table: Window) -> None:
    press(qtbot, table, "Filter…")
    settle(qtbot)
    click(qtbot, table, "Field 7 (6)")
    settle(qtbot)
    press(qtbot, table, "Show 6")
    settle(qtbot)
    assert all(title.startswith("7-") for title in titles(table)) and len(titles(table)) == 6
    assert reads(table, "From: Field 7") and reads(table, "6 interviews found")


def test_a_narrow_window_shows_fewer_columns_and_then_lines(
    qtbot: QtBot, qapp: QApplication, table: Window
) -> None:
    shown = screen(table)
    assert (
        shown.pane.heads.heads["place"].isVisible()
        and shown.details is not None
        and shown.details.isVisible()
    )
    table.resize(1024, 640)
    settle(qtbot)
    assert not shown.details.isVisible() and shown.pane.in_columns
    # Twice as large a text leaves half the room.
    theme().apply(qapp, mode="light", scale=200)
    table.resize(1025, 640)
    settle(qtbot)
    assert not shown.at_the_table and not shown.pane.in_columns
    click_cell(qtbot, table, "3-02")
    qtbot.waitUntil(lambda: shown.workspace is not None, timeout=LONG)


def test_words_make_the_table_shorter_and_an_interview_opens_at_its_first_place(
    qtbot: QtBot, table: Window
) -> None:
    shown = screen(table)
    QTest.keyClicks(shown.pane.search, "maple river")
    qtbot.waitUntil(lambda: len(shown.list.rows.order) == 3, timeout=LONG)
    settle(qtbot)
    assert shown.list.isVisible() and not shown.results.isVisible()
    shown.pane.search.setFocus()
    keys(qtbot, Qt.Key.Key_Down)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.workspace is not None, timeout=LONG)
    qtbot.waitUntil(lambda: shown.results.words == "maple river", timeout=LONG)
    settle(qtbot)
    # Beside it stand all the places, of this one and of the others.
    assert shown.results.isVisible() and reads(table, "3 interviews found")
    work = shown.workspace
    assert work is not None and work.tabs.key == "read"
    assert work.read.page.textCursor().block().text() == "Maple River"
    press(qtbot, shown, "Back to the table")
    settle(qtbot)
    assert shown.list.isVisible() and len(shown.list.rows.order) == 3


def test_places_are_of_those_interviews_that_the_filter_lets_through(qtbot: QtBot, table: Window) -> None:
    shown = screen(table)
    shown.list.setFocus()
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.workspace is not None, timeout=LONG)
    QTest.keyClicks(shown.pane.search, "river")
    qtbot.waitUntil(lambda: shown.results.words == "river", timeout=LONG)
    settle(qtbot)
    assert reads(table, "12 interviews found")
    shown.pane.use_filter(Filter(words="river", until="2031-03-02"))
    settle(qtbot)
    assert reads(table, "4 interviews found")
    titles = {row.title for row in shown.results.list.rows.rows if row.head}
    assert titles == {"3-00", "3-01", "7-00", "7-01"}
    # It stands above the places; a press takes it away.
    press(qtbot, shown, "Until 2 March 2031")
    settle(qtbot)
    assert reads(table, "12 interviews found")
    shown.pane.use_filter(Filter(words="river", until="2030"))
    settle(qtbot)
    assert reads(table, "Your filter lets none of them through.")
