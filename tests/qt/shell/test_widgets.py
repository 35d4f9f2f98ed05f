"""The recurring shapes, each used as a person would."""

from __future__ import annotations

import pytest
import segno
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cairn.crypto import wordlists
from cairn.qt.base.theme import theme
from cairn.qt.widgets import (
    Banner,
    Chip,
    Editor,
    Elided,
    EmptyState,
    Field,
    Fingerprint,
    ProgressPanel,
    Row,
    RowList,
    Steps,
    Tabs,
    WordsInput,
    ask,
    button,
)
from cairn.qt.widgets.fingerprint import QrCode
from cairn.qt.widgets.reflow import Cells, Flow
from qt.desk import press, reads, show, texts
from qt.hand import commit, compose, keys


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """An empty window to put a shape into."""
    made = QWidget()
    QVBoxLayout(made)
    show(qtbot, made, 800, 600)
    return made


def put(page: QWidget, widget: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(widget)
    QApplication.processEvents()


# Lists


def test_ten_thousand_rows_are_fetched_page_by_page(qtbot: QtBot, page: QWidget) -> None:
    rows = RowList("Interviews")
    asked: list[int] = []

    def more() -> None:
        have = len(rows.rows.rows)
        asked.append(have)
        rows.rows.add_rows([Row(str(n), f"W-{n}", "line") for n in range(have, min(have + 200, 10_000))])

    rows.more_wanted.connect(more)
    rows.set_rows([Row(str(n), f"W-{n}", "line") for n in range(200)], total=10_000)
    put(page, rows)
    QApplication.processEvents()
    assert len(rows.rows.rows) <= 600, "what isn't looked at isn't fetched"
    for _ in range(60):
        rows.scrollToBottom()
        QApplication.processEvents()
    assert len(rows.rows.rows) == 10_000
    assert len(asked) == len(set(asked)), "no page is fetched twice"
    assert len(rows.findChildren(QLabel)) == 0, "no widget per row"


def test_a_row_is_56_high_and_can_be_heard(page: QWidget) -> None:
    rows = RowList("Interviews")
    rows.set_rows([Row("a", "W-017", "Second talk", (("draft", "neutral"),)), Row("b", "W-016", "First")])
    put(page, rows)
    assert rows.visualRect(rows.rows.index(0)).height() == 56
    heard = rows.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "W-017 · Second talk · draft"


def test_rows_are_chosen_by_keys_and_stay_chosen(qtbot: QtBot, page: QWidget) -> None:
    rows = RowList("Interviews")
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)
    rows.set_rows([Row(name, name) for name in "abc"])
    put(page, rows)
    rows.setFocus()
    keys(qtbot, Qt.Key.Key_Down)
    keys(qtbot, Qt.Key.Key_Down)
    before = chosen[-1]
    rows.set_rows([Row(name, name) for name in "xabc"])
    assert rows.chosen_id == before
    assert chosen.count(before) == 1, "loading again tells nobody"


def test_rows_are_ticked_by_the_space_bar_and_the_mouse(qtbot: QtBot, page: QWidget) -> None:
    rows = RowList("Choose", checkable=True)
    rows.set_rows([Row(name, name) for name in "abc"])
    put(page, rows)
    rows.setFocus()
    rows.choose("b")
    keys(qtbot, Qt.Key.Key_Space)
    assert rows.ticked_ids == ["b"]
    spot = rows.visualRect(rows.rows.index(2)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert rows.ticked_ids == ["b", "c"]
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert rows.ticked_ids == ["b"]


# Questions


def test_escape_is_the_safe_way_out_and_nothing_dangerous_is_default(qtbot: QtBot, page: QWidget) -> None:
    asker = button("Erase…")
    put(page, asker)
    asker.setFocus()
    answers: list[str] = []
    ask(page, "Erase it?", "For ever.", yes="Erase this interview", then=answers.append, danger=True)
    QApplication.processEvents()
    keys(qtbot, Qt.Key.Key_Return)
    assert answers == []
    keys(qtbot, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert answers == [] and QApplication.focusWidget() is asker


def test_the_keyboard_stays_in_the_question(qtbot: QtBot, page: QWidget) -> None:
    put(page, QLineEdit())
    question = ask(page, "Why?", "", yes="Save", then=lambda _r: None, reason="Reason")
    QApplication.processEvents()
    for _ in range(6):
        keys(qtbot, Qt.Key.Key_Tab)
        assert question.isAncestorOf(QApplication.focusWidget() or page)
    question.dismiss()


def test_a_reason_is_needed_where_one_is_asked_for(qtbot: QtBot, page: QWidget) -> None:
    reasons: list[str] = []
    question = ask(page, "Why?", "", yes="Save", then=reasons.append, reason="Reason")
    QApplication.processEvents()
    line = question.findChild(QLineEdit)
    assert line is not None and QApplication.focusWidget() is line
    QTest.keyClicks(line, "   ")
    keys(qtbot, Qt.Key.Key_Return)
    assert reasons == []
    QTest.keyClicks(line, "corrected by her ")
    press(qtbot, question, "Save")
    assert reasons == ["corrected by her"]


# Fields and words


def test_an_error_takes_the_help_s_place_and_gives_it_back(page: QWidget) -> None:
    control = QLineEdit()
    field = Field("Passphrase", control, "Six words")
    put(page, field)
    assert control.accessibleName() == "Passphrase" and reads(field, "Six words")
    field.set_error("Too short.")
    assert field.error == "Too short." and not reads(field, "Six words")
    assert control.accessibleDescription() == "Too short."
    field.set_error("")
    assert field.error == "" and reads(field, "Six words")


def test_words_complete_themselves_and_the_space_bar_goes_on(qtbot: QtBot, page: QWidget) -> None:
    words = WordsInput(12)
    put(page, words)
    first, second = words.boxes[:2]
    first.setFocus()
    QTest.keyClicks(first, "aban")
    assert first.text() == "abandon" and first.selectedText() == "don"
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is second
    assert words.words() == ["abandon"]


def test_a_word_that_is_in_no_list_is_marked_once_it_is_typed(qtbot: QtBot, page: QWidget) -> None:
    words = WordsInput(12)
    put(page, words)
    box = words.boxes[3]
    box.setFocus()
    QTest.keyClicks(box, "qq")
    assert box.property("wrong") != "true", "nobody is told so while still typing"
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.property("wrong") == "true" and words.boxes[4].hasFocus()
    box.setFocus()
    box.clear()
    QTest.keyClicks(box, "zoo")
    assert box.property("wrong") == "false"


def test_a_pasted_line_is_spread_over_the_boxes(qtbot: QtBot, page: QWidget) -> None:
    words = WordsInput(12)
    put(page, words)
    given = list(wordlists.words())[100:112]
    QApplication.clipboard().setText("  ".join(given).upper())
    box = words.boxes[0]
    box.setFocus()
    keys(qtbot, Qt.Key.Key_V, ctrl=True)
    assert words.words() == given and words.complete
    words.mark_wrong([given[2]])
    assert [b.property("wrong") for b in words.boxes].count("true") == 1
    words.clear()
    assert words.words() == []
    QApplication.clipboard().clear()


def test_a_fingerprint_is_read_in_three_rows_of_four(page: QWidget) -> None:
    given = list(wordlists.words())[:12]
    shown = Fingerprint(given, "SHA256:" + "A" * 43)
    put(page, shown)
    cells = [child for child in shown.findChildren(QLabel) if child.text() in given]
    where = {cell.text(): cell.mapTo(shown, cell.rect().topLeft()) for cell in cells}
    lines = sorted({spot.y() for spot in where.values()})
    assert len(lines) == 3
    in_order = sorted(where, key=lambda word: (where[word].y(), where[word].x()))
    assert in_order == given
    assert shown.accessibleName() == " ".join(given)


def test_the_qr_code_is_the_fingerprint_s(page: QWidget) -> None:
    text = "SHA256:" + "B" * 43
    code = QrCode(text, "QR code")
    put(page, code)
    want = [[bool(cell) for cell in line] for line in segno.make(text, error="m", micro=False).matrix]
    picture = code.grab().toImage()
    quiet, edge = theme().px(8), picture.width() - 2 * theme().px(8)
    step = edge / len(want)
    for y, line in enumerate(want):
        for x, dark in enumerate(line):
            spot = picture.pixelColor(int(quiet + (x + 0.5) * step), int(quiet + (y + 0.5) * step))
            assert spot == QColor("#000000" if dark else "#FFFFFF"), (x, y)


# Text


def test_what_is_being_composed_is_known(qtbot: QtBot, page: QWidget) -> None:
    editor = Editor("Account")
    put(page, editor)
    editor.setFocus()
    changes: list[int] = []
    editor.edited.connect(lambda: changes.append(1))
    commit(editor, "한")
    compose(editor, "구")
    assert (editor.text(), editor.composing) == ("한", "구")
    commit(editor, "국")
    assert (editor.text(), editor.composing) == ("한국", "")
    assert len(changes) >= 3


def test_an_editor_holds_plain_text_of_75_characters_a_line(page: QWidget) -> None:
    editor = Editor("Account")
    put(page, editor)
    editor.load("<b>bold</b>\n" + "word " * 400)
    assert editor.text().startswith("<b>bold</b>"), "markup is text"
    longest = max(
        block.layout().lineAt(number).textLength()
        for block in iter_blocks(editor)
        for number in range(block.layout().lineCount())
    )
    assert 50 <= longest <= 90
    assert not editor.document().isUndoAvailable(), "loading is nothing to undo"


def iter_blocks(editor: Editor) -> list:  # type: ignore[type-arg]  # QTextBlock
    block, found = editor.document().begin(), []
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def test_a_label_without_room_ends_in_dots_and_keeps_the_whole(page: QWidget) -> None:
    made = Elided("A very long name of a vault that does not fit anywhere at all", "caption")
    made.setFixedWidth(120)
    put(page, made)
    assert made.text().endswith("…") and made.toolTip().startswith("A very long name")
    assert made.accessibleName() == made.toolTip()


# The rest


def test_progress_tells_what_how_much_and_stops(qtbot: QtBot, page: QWidget) -> None:
    panel = ProgressPanel()
    put(page, panel)
    assert not panel.isVisible()
    panel.begin("Sealing 3 interviews")
    panel.report(5_000_000, 10_000_000)
    assert reads(panel, "Sealing 3 interviews") and any(" of " in words for words in texts(panel))
    with qtbot.waitSignal(panel.cancelled):
        press(qtbot, panel, "Cancel")
    assert reads(panel, "Stopping…")
    panel.end()
    assert not panel.isVisible()


def test_a_banner_says_one_sentence_with_one_action(qtbot: QtBot, page: QWidget) -> None:
    banner = Banner()
    put(page, banner)
    done: list[str] = []
    banner.show_message("Erased.", "good", action="Undo", clicked=lambda: done.append("undone"))
    press(qtbot, banner, "Undo")
    assert done == ["undone"] and banner.text == "Erased."
    banner.show_message("Something else.", "warn")
    assert not reads(banner, "Undo") and banner.accessibleName() == "Something else."
    banner.clear()
    assert banner.text == ""


def test_tabs_are_walked_by_the_arrow_keys(qtbot: QtBot, page: QWidget) -> None:
    tabs = Tabs([("account", "Account"), ("files", "Files"), ("history", "History")], "Parts")
    put(page, tabs)
    opened: list[str] = []
    tabs.opened.connect(opened.append)
    press(qtbot, tabs, "Files")
    keys(qtbot, Qt.Key.Key_Right)
    keys(qtbot, Qt.Key.Key_Right)
    assert opened == ["files", "history", "account"]
    assert tabs.key == "account"
    tabs.set_word("files", "Files (3)")
    assert reads(tabs, "Files (3)")


def test_steps_are_told_to_screen_readers(page: QWidget) -> None:
    steps = Steps(["Interviews", "Recipients", "Consent"])
    put(page, steps)
    steps.go(1)
    assert steps.accessibleName() == "Step 2 of 3: Recipients"


def test_a_chip_without_a_word_is_not_there(page: QWidget) -> None:
    chip = Chip("draft")
    put(page, chip)
    assert chip.isVisible() and chip.accessibleName() == "draft"
    chip.set("")
    assert not chip.isVisible()


def test_an_empty_state_says_what_will_be_here(qtbot: QtBot, page: QWidget) -> None:
    pressed: list[int] = []
    empty = EmptyState("Interviews will be listed here.", action="New", clicked=lambda: pressed.append(1))
    put(page, empty)
    press(qtbot, empty, "New")
    assert pressed == [1] and reads(empty, "Interviews will be listed here.")


def test_cells_and_lines_fold_where_the_width_ends(qtbot: QtBot, page: QWidget) -> None:
    cells, flow = Cells(4), Flow(centred=True)
    qtbot.addWidget(cells)
    qtbot.addWidget(flow)
    for number in range(8):
        for holder in (cells, flow):
            part = QLabel(str(number))
            part.setFixedSize(QSize(100, 20))
            holder.add(part)
    assert [cells.columns_in(width) for width in (1000, 208, 207, 1)] == [4, 2, 1, 1]
    assert flow.heightForWidth(900) == 20
    assert flow.heightForWidth(450) == 20 * 2 + theme().px(8)
    assert flow.heightForWidth(10) > flow.heightForWidth(450), "one below the other at worst"
    flow.resize(450, 100)
    put(page, flow)
    lefts = [child.x() for child in flow.findChildren(QLabel)]
    assert min(lefts) > 0, "centred"
