"""The Files tab: adding, looking, renaming, removing, bringing back, copying out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from cairn.app.consent import consent
from cairn.app.files import files
from cairn.model.agreement import agreed_to
from cairn.qt.base.theme import theme
from cairn.qt.shell.window import Window
from qt.desk import LONG, choose, drop, press, reads, sees, settle
from qt.hand import (
    answer,
    click,
    click_row,
    draft_of,
    line,
    new,
    sheet,
    stored,
    tab,
    text,
    type_words,
    workspace,
    write,
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "강가.png"
    Image.new("RGB", (64, 48), (180, 40, 40)).save(path)
    return path


@pytest.fixture
def begun(qtbot: QtBot, opened: Window) -> Window:
    new(qtbot, opened, "W-1", "One.")
    tab(qtbot, opened, "Files")
    return opened


def names(window: Window) -> list[tuple[str, bool]]:
    return [(one.name, one.removed) for one in stored(window).files]


def test_files_are_dropped_and_chosen(qtbot: QtBot, begun: Window, picture: Path, tmp_path: Path) -> None:
    made = workspace(begun)
    assert reads(made, "Photographs, documents and sound will be listed here.")
    drop(made.files, picture)
    settle(qtbot)
    other = tmp_path / "letter.txt"
    other.write_text("dear")
    press(qtbot, made.files, "Add files…")
    choose(qtbot, begun, other)
    settle(qtbot)
    assert sorted(names(begun)) == [("letter.txt", False), ("강가.png", False)]
    assert reads(made, "Files (2)")
    assert picture.exists() and other.read_text() == "dear", "the originals are left where they are"
    assert stored(begun).base is not None and stored(begun).body.account == "One."


def test_nothing_scrolls_where_there_is_room(qtbot: QtBot, begun: Window, picture: Path) -> None:
    begun.resize(1280, 740)
    settle(qtbot)
    made = workspace(begun).files
    (area,) = [one for one in made.findChildren(QScrollArea) if one.parent() is made]
    assert made._pages.minimumSizeHint().height() < made.editor.minimumSizeHint().height()
    assert area.verticalScrollBar().maximum() == 0
    made.add([picture])
    settle(qtbot)
    assert area.verticalScrollBar().maximum() == 0


def test_what_was_added_is_chosen_and_shown(qtbot: QtBot, begun: Window, picture: Path) -> None:
    made = workspace(begun)
    made.files.add([picture])
    settle(qtbot)
    assert made.files.list.chosen_id == stored(begun).files[0].id
    qtbot.waitUntil(lambda: made.files.viewer.kind.name == "PICTURE", timeout=LONG)
    settle(qtbot)
    canvas = made.files.viewer.grab().toImage()
    reds = sum(
        canvas.pixelColor(x, y).red() > 150 and canvas.pixelColor(x, y).green() < 80
        for x in range(0, canvas.width(), 8)
        for y in range(0, canvas.height(), 8)
    )
    assert reds > 5, "the picture can be seen"


def test_a_file_is_renamed_removed_with_a_reason_and_brought_back(
    qtbot: QtBot, begun: Window, picture: Path
) -> None:
    made = workspace(begun)
    made.files.add([picture])
    settle(qtbot)
    click(qtbot, made, "Rename this file")
    name = line(sheet(begun), "Name")
    assert QApplication.focusWidget() is name and name.text() == "강가.png"
    write(qtbot, name, "")
    name.selectAll()
    type_words(name, "river.png")
    press(qtbot, sheet(begun), "Rename file")
    settle(qtbot)
    assert names(begun) == [("river.png", False)]
    click(qtbot, made, "Remove this file")
    answer(qtbot, begun, "Remove file", reason="shows a face")
    assert names(begun) == [("river.png", True)]
    assert ("removed", "neutral") in made.files.list.rows.rows[0].chips
    click_row(qtbot, made.files.list, "river.png")
    click(qtbot, made, "Bring this file back")
    settle(qtbot)
    assert names(begun) == [("river.png", False)]


def test_a_sealed_interview_asks_for_the_reason(qtbot: QtBot, begun: Window, picture: Path) -> None:
    made = workspace(begun)
    press(qtbot, made, "Finalise interview")
    answer(qtbot, begun, "Finalise interview")
    made.files.add([picture])
    assert not names(begun)
    answer(qtbot, begun, "Add 1 file", reason="came later")
    settle(qtbot)
    assert names(begun) == [("강가.png", False)]


def test_copying_out_is_refused_without_consent_in_words(qtbot: QtBot, begun: Window, picture: Path) -> None:
    made = workspace(begun)
    made.files.add([picture])
    settle(qtbot)
    click(qtbot, made, "Copy this file out of the vault")
    settle(qtbot)
    assert not begun.findChildren(QFileDialog)
    sees(qtbot, begun, "Nobody has written down what this person agreed to.")


def test_copying_out_with_consent(qtbot: QtBot, begun: Window, picture: Path, tmp_path: Path) -> None:
    made = workspace(begun)
    made.files.add([picture])
    settle(qtbot)
    assert begun.desk is not None
    consent.set_consent(begun.desk.session, made.interview, agreed_to(choice="share"))
    click(qtbot, made, "Copy this file out of the vault")
    settle(qtbot)
    answer(qtbot, begun, "Choose where…")
    target = tmp_path / "out" / "copy.png"
    target.parent.mkdir()
    choose(qtbot, begun, target)
    settle(qtbot)
    assert target.read_bytes() == picture.read_bytes()


def test_what_cannot_be_read_is_said_and_nothing_is_added(
    qtbot: QtBot, begun: Window, picture: Path, tmp_path: Path
) -> None:
    made = workspace(begun)
    for wrong in (tmp_path / "gone.txt", tmp_path):
        made.files.add([wrong])
        settle(qtbot)
        assert f"“{wrong.name}” was not taken in. It is still where it was." in made.files.banner.text
        assert not made.files.progress.isVisible()
    assert not names(begun)
    made.files.add([tmp_path / "gone.txt", picture])
    settle(qtbot)


def test_two_lots_at_once_are_all_added(qtbot: QtBot, begun: Window, tmp_path: Path) -> None:
    made = workspace(begun)
    for lot in range(3):
        paths = [tmp_path / f"{lot}-{number}.bin" for number in range(4)]
        for path in paths:
            path.write_bytes(path.name.encode() * 1000)
        made.files.add(paths)
    settle(qtbot)
    assert len(names(begun)) == 12 and not made.files.progress.isVisible()


def test_typing_goes_on_while_files_are_added(qtbot: QtBot, begun: Window, tmp_path: Path) -> None:
    made = workspace(begun)
    big = tmp_path / "big.bin"
    big.write_bytes(b"x" * 8_000_000)
    made.files.add([big])
    made.tabs.open("account")
    account = text(made, "Account")
    write(qtbot, account, "Two. ")
    settle(qtbot)
    qtbot.waitUntil(lambda: "Two. " in draft_of(begun), timeout=LONG)
    assert account.toPlainText() == draft_of(begun) and len(names(begun)) == 1
    press(qtbot, made, "Save version")
    settle(qtbot)
    assert not stored(begun).conflicts


@pytest.mark.parametrize("count", [1, 3, 9])
def test_in_a_narrow_window_the_list_of_files_shows_what_it_has(
    qtbot: QtBot, opened: Window, count: int
) -> None:
    opened.resize(1024, 640)
    assert opened.desk is not None
    s = opened.desk.session
    made = new(qtbot, opened, "W-1", "words").interview
    for number in range(count):
        files.attach(s, made, io.BytesIO(b"hello"), f"file {number}.txt")
    workspace(opened).reload()
    tab(qtbot, opened, "Files")
    settle(qtbot)
    rows = workspace(opened).files.list
    seen = [
        number
        for number in range(count)
        if rows.viewport().rect().contains(rows.visualRect(rows.rows.index(number)))
    ]
    assert len(seen) == min(count, 4)
    # And no more room than that: the rest is the file's.
    assert rows.height() <= theme().px(56) * min(count, 4) + 4
