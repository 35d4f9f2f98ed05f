"""Photographs in the Files tab: what they tell, copies for sharing, pasting, dropping."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.app.files import files
from cairn.app.files.photos import Box
from cairn.app.kernel.views import FileView
from cairn.decode.host import DecodeHost
from cairn.decode.plain import is_plain
from cairn.qt.media.viewers.picture_edit import EditCanvas
from cairn.qt.screens.interviews.photo import PhotoEditor
from cairn.qt.shell.window import Window
from qt.desk import LONG, cut_off, drop, find_button, press, reads, sees, settle, unnamed
from qt.hand import answer, click, click_row, keys, line, new, stored, tab, workspace, write

VECTORS = Path(__file__).parents[2] / "vectors"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Left half red, right half blue, with a place and a time."""
    image = Image.new("RGB", (300, 200), (255, 0, 0))
    image.paste((0, 0, 255), (150, 0, 300, 200))
    exif = Image.Exif()
    exif[0x0132] = "2026:03:14 15:09:26"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (42.0, 59.0, 1.0)
    path = tmp_path / "IMG_0042.jpg"
    image.save(path, exif=exif.tobytes(), quality=95)
    return path


@pytest.fixture
def begun(qtbot: QtBot, opened: Window) -> Window:
    new(qtbot, opened, "W-1", "One.")
    tab(qtbot, opened, "Files")
    return opened


@pytest.fixture
def shown(qtbot: QtBot, begun: Window, photo: Path) -> Window:
    """The photograph is added and looked at."""
    drop(workspace(begun).files, photo)
    settle(qtbot)
    sees(qtbot, workspace(begun), "This file also tells: where it was made, when it was made or changed")
    return begun


@pytest.fixture
def editor(qtbot: QtBot, shown: Window) -> PhotoEditor:
    """The copy is begun."""
    press(qtbot, workspace(shown), "Copy for sharing…")
    made = workspace(shown).files.editor
    qtbot.waitUntil(lambda: not made.canvas.full.isEmpty(), timeout=LONG)
    settle(qtbot)
    return made


def content(window: Window, file: FileView) -> bytes:
    desk = window.desk
    assert desk is not None
    reader = files.reader(desk.session, file.id)
    try:
        return reader.read_at(0, reader.size)
    finally:
        reader.close()


def at(canvas: EditCanvas, x: float, y: float) -> QPoint:
    """Where a pixel of the upright picture is on the canvas."""
    place, target = canvas.placement()
    seen = place.map(QPointF(target.left() + x * canvas.scale, target.top() + y * canvas.scale))
    return seen.toPoint()


def drag(canvas: EditCanvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    view = canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(canvas, *start))
    QTest.mouseMove(view, at(canvas, *end))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(canvas, *end))


def near(box: Box, left: int, top: int, right: int, bottom: int) -> bool:
    corners = (box.left, box.top, box.right, box.bottom)
    return all(abs(a - b) <= 3 for a, b in zip(corners, (left, top, right, bottom), strict=True))


def test_a_copy_is_made_and_the_original_stays(qtbot: QtBot, shown: Window, editor: PhotoEditor) -> None:
    made = workspace(shown)
    (original,) = stored(shown).files
    before = content(shown, original)
    drag(editor.canvas, (20, 30), (120, 90))
    (box,) = editor.canvas.boxes
    assert near(box, 20, 30, 120, 90)
    press(qtbot, editor, "Turn")
    write(qtbot, line(editor, "Name of the copy"), "")
    line(editor, "Name of the copy").setText("papers")
    press(qtbot, editor, "Make copy")
    settle(qtbot)
    sees(qtbot, made, "A copy for sharing: only pixels, parts blacked out.")
    copy = next(one for one in stored(shown).files if one.of)
    assert (copy.name, copy.of) == ("papers.jpg", original.id)
    assert copy.how == ("metadata-removed", "turned", "blacked-out")
    data = content(shown, copy)
    assert is_plain(data, "image/jpeg")
    image = Image.open(io.BytesIO(data))
    assert image.size == (200, 300)
    # Turned to the right: what was at (x, y) is at (200 - y, x).
    assert image.getpixel((200 - 60, 70)) == (0, 0, 0)
    assert image.getpixel((200 - 150, 70))[0] > 200  # type: ignore[index]
    assert content(shown, original) == before
    assert made.files.list.chosen_id == copy.id


def test_everything_by_keyboard_with_undo(qtbot: QtBot, editor: PhotoEditor) -> None:
    canvas = editor.canvas
    assert QApplication.focusWidget() is canvas
    keys(qtbot, Qt.Key.Key_B)
    (first,) = canvas.boxes
    assert near(first, 112, 75, 188, 125)
    keys(qtbot, Qt.Key.Key_Right)
    assert canvas.boxes[0].left == first.left + 10
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.boxes[0].bottom == first.bottom + 10
    keys(qtbot, Qt.Key.Key_B)
    assert len(canvas.boxes) == 2 and canvas.chosen_box == 1
    keys(qtbot, Qt.Key.Key_N)
    assert canvas.chosen_box == 0
    keys(qtbot, Qt.Key.Key_Delete)
    assert canvas.boxes == (first,)
    keys(qtbot, Qt.Key.Key_R)
    # Up on the screen is to the left in the picture that stands turned.
    keys(qtbot, Qt.Key.Key_Up)
    assert canvas.boxes[0].left == first.left - 10 and canvas.boxes[0].top == first.top
    for _ in range(2):
        keys(qtbot, Qt.Key.Key_Z, ctrl=True)
    assert canvas.turns == 0 and canvas.boxes == (first,)
    while canvas.can_undo:
        keys(qtbot, Qt.Key.Key_Z, ctrl=True)
    assert canvas.boxes == ()
    while canvas.can_redo:
        keys(qtbot, Qt.Key.Key_Y, ctrl=True)
    assert canvas.turns == 1 and len(canvas.boxes) == 1


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_rectangle_lies_where_it_was_drawn_however_the_picture_stands(
    qtbot: QtBot, editor: PhotoEditor, turns: int
) -> None:
    for _ in range(turns):
        click(qtbot, editor, "Turn")
    canvas = editor.canvas
    drag(canvas, (200, 150), (10, 20))
    assert near(canvas.boxes[0], 10, 20, 200, 150)
    # Beyond the edge is up to the edge; a slip of the hand is nothing.
    drag(canvas, (250, 150), (330, 230))
    assert near(canvas.boxes[1], 250, 150, 300, 200)
    drag(canvas, (240, 20), (241, 21))
    assert len(canvas.boxes) == 2
    drag(canvas, (100, 100), (101, 101))
    assert canvas.chosen_box == 0, "a click chooses"
    seen = canvas.viewport().grab().toImage()
    assert seen.pixelColor(at(canvas, 100, 100)) == QColor("black")


@pytest.mark.parametrize("turns", [0, 1])
def test_a_rectangle_is_moved_by_its_inside_and_sized_by_its_corner(
    qtbot: QtBot, editor: PhotoEditor, turns: int
) -> None:
    for _ in range(turns):
        click(qtbot, editor, "Turn")
    canvas = editor.canvas
    drag(canvas, (20, 20), (60, 50))
    drag(canvas, (120, 100), (180, 160))
    drag(canvas, (40, 35), (90, 55))
    assert canvas.chosen_box == 0, "the one that was taken hold of"
    assert near(canvas.boxes[0], 70, 40, 110, 70) and near(canvas.boxes[1], 120, 100, 180, 160)
    drag(canvas, (90, 55), (-200, 55))
    assert near(canvas.boxes[0], 0, 40, 40, 70), "the edge stops it, and it stays as large as it was"
    drag(canvas, (40, 70), (100, 90))
    assert near(canvas.boxes[0], 0, 40, 100, 90)
    # Over the opposite corner, and beyond the picture.
    drag(canvas, (100, 90), (20, -30))
    assert near(canvas.boxes[0], 0, 0, 20, 40)
    for _ in range(4):
        canvas.undo()
    assert near(canvas.boxes[0], 20, 20, 60, 50) and len(canvas.boxes) == 2


def test_what_the_button_adds_is_moved_by_keys_at_once(qtbot: QtBot, editor: PhotoEditor) -> None:
    press(qtbot, editor, "Black out a part")
    before = editor.canvas.boxes[0].left
    keys(qtbot, Qt.Key.Key_Right)
    assert editor.canvas.boxes[0].left == before + 10


def test_going_back_makes_nothing(qtbot: QtBot, shown: Window, editor: PhotoEditor) -> None:
    keys(qtbot, Qt.Key.Key_B)
    press(qtbot, editor, "Cancel")
    settle(qtbot)
    assert not editor.isVisible() and len(stored(shown).files) == 1
    press(qtbot, workspace(shown), "Copy for sharing…")
    settle(qtbot)
    assert editor.canvas.boxes == (), "nothing of the last time is left"


def test_a_sealed_interview_needs_the_reason_in_place(qtbot: QtBot, shown: Window, photo: Path) -> None:
    made = workspace(shown)
    press(qtbot, made, "Finalise interview")
    answer(qtbot, shown, "Finalise interview")
    press(qtbot, made, "Copy for sharing…")
    editor = made.files.editor
    qtbot.waitUntil(lambda: not editor.canvas.full.isEmpty(), timeout=LONG)
    settle(qtbot)
    assert not find_button(editor, "Make copy").isEnabled()
    write(qtbot, line(editor, "Reason"), "the office needs it")
    press(qtbot, editor, "Make copy")
    settle(qtbot)
    assert [bool(one.of) for one in stored(shown).files] == [False, True]


def test_locking_takes_the_picture_away(qtbot: QtBot, shown: Window, editor: PhotoEditor) -> None:
    keys(qtbot, Qt.Key.Key_B)
    desk = shown.desk
    assert desk is not None
    host: DecodeHost = desk.decoder
    shown.lock()
    settle(qtbot)
    assert host.pids == []


def test_a_picture_that_tells_nothing_is_not_warned_of(qtbot: QtBot, begun: Window, tmp_path: Path) -> None:
    plain = tmp_path / "plain.png"
    Image.new("RGB", (60, 40), (0, 90, 0)).save(plain)
    drop(workspace(begun).files, plain)
    settle(qtbot)
    sees(qtbot, workspace(begun), "Copy for sharing…")
    assert not reads(workspace(begun), "This file also")


def test_heic_is_shown_and_text_has_no_copy_for_sharing(qtbot: QtBot, begun: Window, tmp_path: Path) -> None:
    made = workspace(begun)
    drop(made.files, VECTORS / "heic" / "turned.heic")
    settle(qtbot)
    qtbot.waitUntil(lambda: made.files.viewer.kind.name == "PICTURE", timeout=LONG)
    sees(qtbot, made, "This file also tells: where it was made")
    note = tmp_path / "note.txt"
    note.write_text("words")
    drop(made.files, note)
    settle(qtbot)
    click_row(qtbot, made.files.list, "note.txt")
    settle(qtbot)
    assert not reads(made, "Copy for sharing…")


def test_a_picture_is_pasted(qtbot: QtBot, begun: Window) -> None:
    made = workspace(begun)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#206040"))
    QGuiApplication.clipboard().setImage(image)
    made.files.setFocus()
    keys(qtbot, Qt.Key.Key_V, ctrl=True)
    settle(qtbot)
    (file,) = stored(begun).files
    assert (file.name, file.type) == ("Pasted picture.png", "image/png")
    assert Image.open(io.BytesIO(content(begun, file))).size == (40, 30)


def test_an_encoded_picture_is_pasted_byte_for_byte(qtbot: QtBot, begun: Window, photo: Path) -> None:
    data = QMimeData()
    data.setData("image/jpeg", photo.read_bytes())
    QGuiApplication.clipboard().setMimeData(data)
    workspace(begun).files.paste()
    settle(qtbot)
    (file,) = stored(begun).files
    assert file.name == "Pasted picture.jpg" and content(begun, file) == photo.read_bytes()


def test_files_are_pasted_and_nothing_is_said_plainly(qtbot: QtBot, begun: Window, photo: Path) -> None:
    made = workspace(begun)
    QGuiApplication.clipboard().setText("only words")
    made.files.paste()
    assert reads(made, "There is no file and no picture on the clipboard.")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(data)
    made.files.paste()
    settle(qtbot)
    assert [one.name for one in stored(begun).files] == ["IMG_0042.jpg"]


def test_a_picture_without_a_file_is_dropped(qtbot: QtBot, begun: Window) -> None:
    data = QMimeData()
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    data.setImageData(image)
    tab_files = workspace(begun).files
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(20, 20), *rest)
    QApplication.sendEvent(tab_files, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(tab_files, QDropEvent(QPointF(20, 20), *rest))
    settle(qtbot)
    assert [one.name for one in stored(begun).files] == ["Pasted picture.png"]


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_editor_has_room_and_names(
    qtbot: QtBot, shown: Window, editor: PhotoEditor, size: tuple[int, int]
) -> None:
    shown.resize(*size)
    settle(qtbot)
    assert cut_off(shown) == [] and unnamed(editor) == []


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Three pages in one file."""
    pages = [Image.new("RGB", (300, 200), (shade, shade, shade)) for shade in (60, 130, 220)]
    path = tmp_path / "scan.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def test_every_page_of_a_scan_is_seen_blacked_out_and_copied(qtbot: QtBot, begun: Window, scan: Path) -> None:
    made = workspace(begun).files
    drop(made, scan)
    settle(qtbot)
    sees(qtbot, made, "This file also tells: more pages or pictures than the first.")
    sees(qtbot, made.viewer, "1 of 3")
    press(qtbot, made.viewer, "Next")
    sees(qtbot, made.viewer, "2 of 3")
    press(qtbot, made, "Copy for sharing…")
    editor = made.editor
    qtbot.waitUntil(lambda: editor.leaf.pages == 3, timeout=LONG)
    assert editor.all_pages.isVisible() and editor.all_pages.isChecked()
    press(qtbot, editor, "Next")
    sees(qtbot, editor, "2 of 3")
    editor.canvas.add_in_middle()
    press(qtbot, editor, "Next")
    sees(qtbot, editor, "3 of 3")
    assert editor.canvas.boxes == ()
    press(qtbot, editor, "Previous")
    sees(qtbot, editor, "2 of 3")
    assert len(editor.canvas.boxes) == 1, "what was drawn is kept"
    assert unnamed(editor) == [] and cut_off(editor) == []
    press(qtbot, editor, "Make copy")
    settle(qtbot)
    copies = [one for one in stored(begun).files if one.of]
    assert [one.name for one in copies] == [f"scan copy, {number} of 3.png" for number in (1, 2, 3)]
    assert {"one-page"} <= set(copies[0].how) and "blacked-out" in copies[1].how
    with Image.open(io.BytesIO(content(begun, copies[1]))) as second:
        assert second.convert("RGB").getpixel((150, 100)) == (0, 0, 0)
        assert second.convert("RGB").getpixel((5, 5)) == (130, 130, 130)


def test_a_picture_that_was_cut_off_says_so(qtbot: QtBot, begun: Window, photo: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.jpg"
    data = photo.read_bytes()
    torn.write_bytes(data[: len(data) * 2 // 3])
    made = workspace(begun).files
    drop(made, torn)
    settle(qtbot)
    sees(qtbot, made, "The file ends before its picture does. What is there is shown; the rest is missing.")


def test_a_pdf_and_a_sound_are_copied_at_once(qtbot: QtBot, begun: Window, tmp_path: Path) -> None:
    phone = tmp_path / "phone.m4a"
    phone.write_bytes((VECTORS / "sound" / "tells.m4a").read_bytes())
    made = workspace(begun).files
    drop(made, phone)
    settle(qtbot)
    sees(qtbot, made, "This file also tells: where it was made, names, a title or a comment.")
    press(qtbot, made, "Copy for sharing…")
    settle(qtbot)
    (copy,) = [one for one in stored(begun).files if one.of]
    assert copy.name == "phone-copy.opus" and copy.how == ("metadata-removed",)
    sees(qtbot, made, "A copy for sharing: its pages or its sound, nothing beside them.")
    letter = tmp_path / "letter.docx"
    docx.Document().save(str(letter))
    drop(made, letter)
    settle(qtbot)
    sees(qtbot, made, "This file also tells:")
    press(qtbot, made, "Copy for sharing…")
    settle(qtbot)
    sees(qtbot, made, "Tracked changes are accepted, comments gone, hidden sheets shown.")
    assert {one.name for one in stored(begun).files if one.of} == {"phone-copy.opus", "letter-copy.docx"}
    several = tmp_path / "letters.zip"
    with zipfile.ZipFile(several, "w") as archive:
        archive.writestr("letter.txt", "words")
    drop(made, several)
    settle(qtbot)
    qtbot.waitUntil(lambda: "Cairn can't make a copy without it." in made.photo._says.text(), timeout=LONG)
