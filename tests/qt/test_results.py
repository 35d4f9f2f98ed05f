"""What a search found, as a person walks through it: every place, opened exactly there, by the keys alone."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import sounds
from app.spoken import transcript
from app.test_inside import docx
from app.test_places import _pdf
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.sound import transcripts
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.transcript import Paragraph
from cairn.qt.base.theme import theme
from cairn.qt.media.viewers.pdf import PdfPane
from cairn.qt.media.viewers.text import DocumentPane
from cairn.qt.screens.interviews.screen import InterviewsScreen
from cairn.qt.shell.window import Window
from cairn.qt.widgets.find import FindStrip
from qt.desk import LONG, cut_off, press, reads, settle, unnamed
from qt.hand import screen, workspace

ACCOUNT = (
    "They took us to Maple River.\n\nNobody spoke.\n"
    "Maple River was cold." + " We waited." * 20 + " Then Maple-River again.\n" + "A day passed.\n" * 40
) + "Last of all Maple River."

BACK = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def told(s: Session, title: str = "W-017") -> str:
    made = interviews.create(s, title=title)
    body = Interview(
        title=title, account=ACCOUNT, place="Maple River hall", people=[Person("Maple River child", "told")]
    )
    interviews.save_version(s, made, body)
    interviews.save_note(s, made, None, "asked twice\n\nabout Maple River")
    sound = sounds.record(s, made, 9000)
    view = transcripts.load(s, sound.id)
    said = [
        Paragraph(1000, text="nothing"),
        Paragraph(4000, text="we saw Maple River"),
        Paragraph(6000, text="그 강이었다", translation="it was Maple River"),
    ]
    transcripts.save_version(s, view.id, transcript(sound.id, *said))
    files.attach(
        s, made, io.BytesIO(docx("first", "Maple River one", "x " * 100, "Maple River two")), "a.docx"
    )
    files.attach(s, made, io.BytesIO(_pdf("one", "two", "Maple River")), "b.pdf")
    return made


def search(qtbot: QtBot, window: Window, words: str) -> InterviewsScreen:
    """Type into the search line, and wait for all that is found, words inside files included."""
    shown = screen(window)
    shown.pane.search.setFocus()
    shown.pane.search.clear()
    QTest.keyClicks(shown.pane.search, words)
    qtbot.waitUntil(lambda: shown.results.words == words and not shown.pane._looking_inside, timeout=LONG)
    settle(qtbot)
    return shown


def place(strip: FindStrip) -> tuple[int, int]:
    return strip.at, strip.count


def walked(qtbot: QtBot, shown: InterviewsScreen) -> list[str]:
    settle(qtbot)
    row = shown.results.list.chosen_row
    assert row is not None
    return [row.note, shown.workspace.tabs.key if shown.workspace else ""]


def test_down_walks_through_every_place_and_opens_each_exactly_there(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    made = told(opened.desk.session)
    shown = search(qtbot, opened, "maple river")
    rows = shown.results.list.rows.rows
    assert [(row.title, row.note) for row in rows if row.head] == [("W-017", "12 places")]
    QTest.keyClick(shown.pane.search, Qt.Key.Key_Down)
    assert walked(qtbot, shown) == ["Place", "read"]
    work = workspace(opened)
    assert work.interview == made
    read = work.read

    def under() -> str:
        """The paragraph in which the place stands that is shown, and how it goes on from there."""
        cursor = read.page.textCursor()
        return cursor.block().text()[cursor.positionInBlock() :][:22]

    assert under() == "Maple River hall"

    def down() -> list[str]:
        # The keys stay in the list, so that the next one goes on.
        assert QApplication.focusWidget() is shown.results.list
        QTest.keyClick(shown.results.list, Qt.Key.Key_Down)
        return walked(qtbot, shown)

    assert (down(), under()) == (["People", "read"], "Maple River child")
    assert (down(), under()) == (["Account ¶1", "read"], "Maple River.")
    assert (down(), under()) == (["Account ¶3", "read"], "Maple River was cold. ")
    assert (down(), under()) == (["Account ¶3", "read"], "Maple-River again.")
    assert (down(), under()) == (["Account ¶44", "read"], "Maple River.")
    assert read.page.cursorRect().top() < read.page.viewport().height() > 0
    assert (down(), under()) == (["Note", "read"], "Maple River")
    assert place(read.strip) == (7, 7)
    assert down() == ["Transcript 0:00:04", "transcript"]
    table = work.transcript.table
    qtbot.waitUntil(
        lambda: (table.currentIndex().row(), table.currentIndex().column()) == (1, 2), timeout=LONG
    )
    assert table.cells.words == "maple river"
    assert down() == ["Translation 0:00:06", "transcript"]
    qtbot.waitUntil(
        lambda: (table.currentIndex().row(), table.currentIndex().column()) == (2, 3), timeout=LONG
    )
    assert down() == ["File “a.docx”", "files"]
    qtbot.waitUntil(
        lambda: (
            isinstance(work.files.viewer._pane, DocumentPane) and bool(work.files.viewer._pane.strip.count)
        ),
        timeout=LONG,
    )
    pane = work.files.viewer._pane
    assert isinstance(pane, DocumentPane) and place(pane.strip) == (1, 2)
    assert down() == ["File “a.docx”", "files"]
    qtbot.waitUntil(lambda: place(pane.strip) == (2, 2), timeout=LONG)
    assert down() == ["File “b.pdf”, page 3", "files"]
    qtbot.waitUntil(
        lambda: isinstance(work.files.viewer._pane, PdfPane) and work.files.viewer._pane.number == 3,
        timeout=LONG,
    )
    # Nothing below the last: the keys stay. Ctrl+Shift+G goes back from anywhere.
    assert down() == ["File “b.pdf”, page 3", "files"]
    work.files.list.setFocus()
    QTest.keyClick(work.files.list, Qt.Key.Key_G, BACK)
    assert walked(qtbot, shown) == ["File “a.docx”", "files"]


def test_enter_goes_into_the_text_and_escape_comes_back(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    told(opened.desk.session)
    shown = search(qtbot, opened, "maple river")
    QTest.keyClick(shown.pane.search, Qt.Key.Key_Return)
    settle(qtbot)
    QTest.keyClick(shown.results.list, Qt.Key.Key_Return)
    settle(qtbot)
    page = workspace(opened).read.page
    assert QApplication.focusWidget() is page
    # Esc in the text ends its marks, in the list it leads to the words, there it empties them.
    QTest.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert walked(qtbot, shown) == ["People", "read"]
    assert QApplication.focusWidget() is shown.results.list
    QTest.keyClick(shown.results.list, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shown.pane.search
    QTest.keyClick(shown.pane.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(shown.list.isVisible, timeout=LONG)
    settle(qtbot)
    assert shown.results.list.rows.rows == [] and shown.list.chosen_id == workspace(opened).interview


def test_keys_that_are_faster_than_the_interview_lead_to_the_last_place(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    told(opened.desk.session)
    shown = search(qtbot, opened, "maple river")
    assert shown.workspace is None
    QTest.keyClick(shown.pane.search, Qt.Key.Key_Down)
    QTest.keyClick(shown.results.list, Qt.Key.Key_Down)
    assert walked(qtbot, shown) == ["People", "read"]
    # Who told stands above where.
    assert place(workspace(opened).read.strip) == (1, 7)


def test_enter_while_it_is_still_searched_goes_to_the_first_place_when_it_is_there(
    qtbot: QtBot, opened: Window
) -> None:
    assert opened.desk is not None
    told(opened.desk.session)
    shown = screen(opened)
    shown.pane.search.setFocus()
    QTest.keyClicks(shown.pane.search, "nobody spoke")
    QTest.keyClick(shown.pane.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.results.list.chosen_row is not None, timeout=LONG)
    assert walked(qtbot, shown) == ["Account ¶2", "read"]
    assert QApplication.focusWidget() is shown.results.list


def test_one_kind_of_text_can_be_looked_at_alone(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    told(opened.desk.session)
    shown = search(qtbot, opened, "maple river")
    press(qtbot, shown, "Notes")
    settle(qtbot)
    assert [row.note for row in shown.results.list.rows.rows] == ["1 place", "Note"]
    press(qtbot, shown, "Files")
    settle(qtbot)
    assert len(shown.results.list.rows.rows) == 4
    # Where nothing is of that kind, the other kinds stay in reach.
    search(qtbot, opened, "nobody spoke")
    assert reads(opened, "0 interviews found") and shown.results.isVisible()
    press(qtbot, shown, "All")
    settle(qtbot)
    assert reads(opened, "1 interview found")


def test_the_places_of_one_interview_unfold(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    s = opened.desk.session
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made, Interview(title="W-1", account="\n".join(["an oak"] * 60)))
    shown = search(qtbot, opened, "oak")
    found = shown.results.list
    assert [row.note for row in found.rows.rows if row.head or row.more] == [
        "60 places",
        "Show 40 more places",
    ]
    found.setFocus()
    found.setCurrentIndex(found.rows.index(len(found.rows.rows) - 1))
    QTest.keyClick(found, Qt.Key.Key_Return)
    settle(qtbot)
    assert [row.note for row in found.rows.rows[1:]] == [f"Account ¶{number}" for number in range(1, 61)]
    assert walked(qtbot, shown) == ["Account ¶21", "read"] and place(workspace(opened).read.strip) == (21, 60)


@pytest.mark.parametrize(("mode", "scale"), [("light", 100), ("dark", 200)])
def test_results_fit_and_can_be_heard(
    qtbot: QtBot, qapp: QApplication, opened: Window, mode: str, scale: int
) -> None:
    assert opened.desk is not None
    told(opened.desk.session, "W-" + "very long title " * 12)
    theme().apply(qapp, mode=mode, scale=scale)
    shown = search(qtbot, opened, "maple river")
    shown.results.grab()
    assert cut_off(shown) == [] and unnamed(shown) == []
    model = shown.results.list.rows
    heard = [str(model.index(at).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(model.rowCount())]
    assert any("Account ¶1" in each and "Maple River" in each for each in heard)
    assert shown.results.list.horizontalScrollBar().maximum() == 0
