"""Files are shown, fail plainly, and are let go of; with the real decoder and the real workers."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cairn.decode.host import DecodeHost, Whole
from cairn.decode.types import Kind
from cairn.errors import IntegrityError
from cairn.qt.base import tasks
from cairn.qt.media.sound.playback import Playback
from cairn.qt.media.viewers.canvas import Canvas, Fit
from cairn.qt.media.viewers.sound import FilmPane, SoundPane
from cairn.qt.media.viewers.text import DocumentPane, TextPane, broken
from cairn.qt.media.viewers.viewer import FileViewer
from decode import files
from qt.sound.speaker import Speaker, plug

LONG = 20_000


@pytest.fixture
def host(qapp: object) -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made
    tasks.shut_down()


@pytest.fixture
def viewer(qtbot: QtBot, host: DecodeHost) -> FileViewer:
    made = FileViewer(host)
    made.resize(700, 500)
    qtbot.addWidget(made)
    made.show()
    return made


def show(qtbot: QtBot, viewer: FileViewer, name: str, type: str, data: bytes) -> Any:
    """Show a file and wait until it is on the screen; the pane."""
    viewer.show_file(name, type, Whole(data))
    qtbot.waitUntil(lambda: viewer.kind is not Kind.NONE, timeout=LONG)
    return viewer._stack.currentWidget()


def said(qtbot: QtBot, viewer: FileViewer, words: str) -> None:
    qtbot.waitUntil(lambda: words in viewer.message.text(), timeout=LONG)
    assert viewer.kind is Kind.NONE
    assert viewer.copy_out.isVisible()


def test_picture_zooms_turns_and_fits(qtbot: QtBot, viewer: FileViewer) -> None:
    pane = show(qtbot, viewer, "photo.jpg", "image/jpeg", files.picture("JPEG", (1200, 800)))
    canvas = pane.canvas
    assert viewer.kind is Kind.PICTURE
    assert "photo.jpg" in canvas.accessibleName()
    fitted = canvas.scale
    assert 0 < fitted < 1
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale == pytest.approx(fitted * 1.25)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.scale == 1
    assert canvas.horizontalScrollBar().maximum() > 0
    before = canvas.horizontalScrollBar().value()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.horizontalScrollBar().value() > before
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale == fitted
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.turned == 90
    assert canvas.scale < fitted
    shown = canvas.viewport().grab().toImage()
    middle = shown.width() // 2
    top = next(y for y in range(shown.height()) if shown.pixelColor(middle, y).red() > 230
               and shown.pixelColor(middle, y).blue() < 60)  # fmt: skip
    assert shown.pixelColor(middle, shown.height() - 1 - top).blue() > 230


def test_largest_zoom_still_shows_the_middle(qtbot: QtBot) -> None:
    canvas = Canvas(Fit.WHOLE)
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.red)
    canvas.show_image([image], QSizeF(100, 100))
    assert canvas.scale == 1, "a small picture is not blown up"
    for _ in range(40):
        canvas.zoom_in()
    assert canvas.scale == 8
    across = canvas.horizontalScrollBar()
    assert abs(across.value() - across.maximum() / 2) <= 2
    for _ in range(60):
        canvas.zoom_out()
    assert canvas.scale == pytest.approx(0.02)


def test_pdf_is_leafed_through(qtbot: QtBot, viewer: FileViewer) -> None:
    pane = show(qtbot, viewer, "paper.pdf", "application/pdf", files.pages(3, (300, 900)))
    assert pane.page.text() == "1" and "of 3" in pane._of.text()
    assert not pane._back.isEnabled()
    canvas = pane.canvas
    canvas.verticalScrollBar().setValue(0)
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert pane.number == 1, "first to the end of the page"
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert pane.number == 2
    qtbot.waitUntil(lambda: "page 2 of 3" in canvas.accessibleName() and pane._natural > 0, timeout=LONG)
    pane.page.setFocus()
    pane.page.selectAll()
    qtbot.keyClicks(pane.page, "3")
    qtbot.keyClick(pane.page, Qt.Key.Key_Return)
    assert pane.number == 3
    assert not pane.go(4) and not pane.go(0)
    assert not pane._on.isEnabled()
    qtbot.waitUntil(lambda: pane._natural > 0, timeout=LONG)
    canvas.verticalScrollBar().setValue(0)
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    assert pane.number == 2


def test_pdf_is_drawn_sharper_when_it_is_made_larger(qtbot: QtBot, viewer: FileViewer) -> None:
    pane = show(qtbot, viewer, "paper.pdf", "application/pdf", files.pages(1))
    narrow = pane.canvas._levels[0].width()
    for _ in range(5):
        pane.canvas.zoom_in()
    qtbot.waitUntil(lambda: pane.canvas._levels[0].width() > narrow * 1.2, timeout=LONG)


def test_text_is_shown_as_it_is(qtbot: QtBot, viewer: FileViewer) -> None:
    words = "<b>국경</b> &amp; <img src='file:///etc/passwd'>\n한 줄"
    pane = show(qtbot, viewer, "<i>name</i>.txt", "text/html", words.encode("cp949"))
    assert pane.text.toPlainText() == words
    assert pane.text.isReadOnly()
    assert "CP949" in pane.note.text()
    assert viewer.title.text() == "<i>name</i>.txt"
    assert "<i>" not in viewer.title.toolTip()


def test_long_text_says_that_it_is_shortened(qtbot: QtBot, viewer: FileViewer) -> None:
    viewer.show_file("long.txt", "text/plain", files.Watched(3 << 30, filler=b"x"))
    qtbot.waitUntil(lambda: viewer.kind is Kind.TEXT, timeout=LONG)
    pane: Any = viewer._stack.currentWidget()
    assert "Only the first" in pane.note.text() and "as several" in pane.note.text()


@given(st.text(alphabet="ab \n", max_size=60).map(lambda text: text * 300))
def test_long_lines_are_broken_and_nothing_is_lost(text: str) -> None:
    shown, changed = broken(text)
    assert all(len(line) <= 4000 for line in shown.split("\n"))
    assert shown.replace("\n", "") == text.replace("\n", "")
    assert changed == (shown != text)


def test_unknown_type_is_told_by_the_bytes(qtbot: QtBot, viewer: FileViewer) -> None:
    show(qtbot, viewer, "no ending", "", files.picture("PNG"))
    assert viewer.kind is Kind.PICTURE
    assert "Picture" in viewer.about.text() and viewer.about.toolTip() == "image/png"


def test_what_can_not_be_shown_can_be_copied_out(qtbot: QtBot, viewer: FileViewer) -> None:
    viewer.show_file("film.avi", "video/x-msvideo", Whole(b"\0" * 2_500_000))
    said(qtbot, viewer, "Cairn keeps this file but can't show it.")
    assert "Film" in viewer.message.text() and "2.5" in viewer.message.text()
    with qtbot.waitSignal(viewer.copy_out_wanted):
        qtbot.mouseClick(viewer.copy_out, Qt.MouseButton.LeftButton)


def test_damaged_file_says_so(qtbot: QtBot, viewer: FileViewer) -> None:
    viewer.show_file("a.tif", "image/tiff", Whole(files.picture("TIFF")[:70]))
    said(qtbot, viewer, "unchanged in the vault")


class Gate:
    """A file whose reading waits until the test lets it go on."""

    size = 1000

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def read_at(self, offset: int, length: int, /) -> bytes:
        self.reached.set()
        self.go_on.wait()
        return b"x" * length


def test_child_that_dies_costs_a_sentence_and_the_next_file_is_shown(
    qtbot: QtBot, viewer: FileViewer, host: DecodeHost
) -> None:
    gate = Gate()
    viewer.show_file("a.txt", "text/plain", gate)
    qtbot.waitUntil(gate.reached.is_set, timeout=LONG)
    os.kill(host.pids[0], signal.SIGSEGV)
    gate.go_on.set()
    said(qtbot, viewer, "This file could not be shown safely. The file itself is unchanged in the vault.")
    show(qtbot, viewer, "b.txt", "text/plain", b"next")


class Altered:
    size = 1000

    def read_at(self, offset: int, length: int, /) -> bytes:
        raise IntegrityError("decode.failed")


@pytest.mark.parametrize("type", ["", "image/png"])
def test_failing_source_is_told_in_the_viewer(qtbot: QtBot, viewer: FileViewer, type: str) -> None:
    viewer.show_file("a.png", type, Altered())
    said(qtbot, viewer, "could not be shown safely")


def test_late_answer_for_an_earlier_file_is_dropped(
    qtbot: QtBot, viewer: FileViewer, host: DecodeHost
) -> None:
    gate = Gate()
    viewer.show_file("slow.txt", "text/plain", gate)
    qtbot.waitUntil(gate.reached.is_set, timeout=LONG)
    pane = show(qtbot, viewer, "quick.txt", "text/plain", b"quick")
    gate.go_on.set()
    qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=LONG)
    assert pane.text.toPlainText() == "quick" and viewer.title.text() == "quick.txt"


def test_clear_leaves_nothing_behind(qtbot: QtBot, viewer: FileViewer, host: DecodeHost) -> None:
    text = show(qtbot, viewer, "a.txt", "text/plain", b"words")
    picture = show(qtbot, viewer, "a.png", "image/png", files.picture("PNG"))
    assert len(host.pids) == 1, "the earlier file's child has ended"
    viewer.clear()
    assert host.pids == []
    assert text.text.toPlainText() == "" and picture.canvas._levels == []
    assert viewer.title.text() == "" and viewer.about.text() == ""


@pytest.fixture
def sound(qtbot: QtBot, viewer: FileViewer) -> SoundPane:
    pane = show(qtbot, viewer, "a.wav", "audio/wav", files.sound("WAV", "PCM_16", 30 * 8000, rate=8000))
    assert isinstance(pane, SoundPane)
    speakers[pane] = plug(pane.box.player)
    return pane


speakers: WeakKeyDictionary[SoundPane, Speaker] = WeakKeyDictionary()


def test_sound_plays_pauses_and_goes_on(qtbot: QtBot, sound: SoundPane) -> None:
    speaker, box = speakers[sound], sound.box
    assert box.time.text() == "0:00 of 0:30"
    qtbot.keyClick(sound.box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(speaker.heard) > 0, timeout=LONG)
    assert box.play_button.text() == "Pause"
    speaker.moved.emit(8000)
    assert box.time.text() == "0:01 of 0:30"
    box.toggle()
    assert not speaker.playing and box.play_button.text() == "Play" and box.position == 1000


def test_sound_is_drawn_while_it_can_be_heard(qtbot: QtBot, sound: SoundPane) -> None:
    qtbot.waitUntil(lambda: len(sound.box.waveform._drawing.peaks) == 30 * 20, timeout=LONG)
    qtbot.waitUntil(lambda: len(sound.host.pids) == 1, timeout=LONG)


def test_sound_ends(qtbot: QtBot, sound: SoundPane) -> None:
    speaker, box = speakers[sound], sound.box
    box.seek(29_000)
    box.toggle()
    qtbot.waitUntil(lambda: len(speaker.heard) > 0, timeout=LONG)
    speaker.hungry.emit()
    qtbot.waitUntil(lambda: len(speaker.heard) == 2 * 8000, timeout=LONG)
    speaker.hungry.emit()
    qtbot.waitUntil(lambda: speaker.done, timeout=LONG)
    speaker.end()
    assert box.time.text() == "0:30 of 0:30" and box.play_button.text() == "Play"
    box.toggle()
    assert box.position == 0, "played again from the beginning"


def test_no_sound_output_is_said_plainly(qtbot: QtBot, sound: SoundPane) -> None:
    speakers[sound].missing = True
    sound.box.toggle()
    assert any("no sound output" in said.text() for said in sound.box.banner.findChildren(QLabel))
    assert sound.box.banner.isVisible()
    assert sound.box.play_button.text() == "Play" and sound.box.play_button.isEnabled()


def test_missing_sound_library_is_no_sound_output(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    playback = Playback()
    assert playback.start(48000, 1) is False
    assert not playback.playing


def test_every_control_has_a_name_and_nothing_is_cut_off(qtbot: QtBot, viewer: FileViewer) -> None:
    shown = [("a.png", "image/png", files.picture("PNG")), ("a.pdf", "application/pdf", files.pages(2)),
             ("a.txt", "text/plain", b"words"), ("a.wav", "audio/wav", files.sound("WAV", "PCM_16", 8000))]  # fmt: skip
    viewer.resize(360, 500)
    for name, type, data in shown:
        pane = show(qtbot, viewer, name, type, data)
        assert viewer.width() == 360
        for control in pane.findChildren(QWidget):
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisibleTo(pane):
                inner = control.objectName().startswith("qt_") or control.parent() is not pane
                assert control.accessibleName() or inner, control
            if isinstance(control, QAbstractButton) and control.isVisibleTo(pane):
                assert control.width() >= control.minimumSizeHint().width()
                assert pane.rect().contains(control.geometry()), control.text()


def test_the_words_of_a_document_are_shown(qtbot: QtBot, viewer: FileViewer) -> None:
    made = docx.Document()
    made.add_paragraph("What was said at the river")
    out = io.BytesIO()
    made.save(out)
    show(qtbot, viewer, "statement.docx", "", out.getvalue())
    pane = viewer._pane
    assert isinstance(pane, DocumentPane) and viewer.kind is Kind.DOCUMENT
    assert pane.text.toPlainText() == "What was said at the river"
    assert viewer.about.text().startswith("Word document")
    assert "without its layout" in pane.note.text() and not pane.encoding.isVisible()


def test_another_encoding_can_be_chosen(qtbot: QtBot, viewer: FileViewer) -> None:
    words = "\u0412 \u0442\u0443 \u043d\u043e\u0447\u044c \u043e\u043d\u0438 \u0443\u0448\u043b\u0438"
    show(qtbot, viewer, "note.txt", "text/plain", words.encode("cp1251"))
    pane = viewer._pane
    assert isinstance(pane, TextPane) and pane.text.toPlainText() == words
    pane.encoding.setCurrentIndex(pane.encoding.findData("cp949"))
    pane.encoding.activated.emit(pane.encoding.currentIndex())
    qtbot.waitUntil(lambda: pane.text.toPlainText() not in ("", words), timeout=20_000)
    pane.encoding.setCurrentIndex(pane.encoding.findData("cp1251"))
    pane.encoding.activated.emit(pane.encoding.currentIndex())
    qtbot.waitUntil(lambda: pane.text.toPlainText() == words, timeout=20_000)


def test_of_a_film_the_sound_is_played_and_that_is_said(qtbot: QtBot, viewer: FileViewer) -> None:
    film = Path(__file__).parents[2] / "vectors" / "sound" / "film.mp4"
    show(qtbot, viewer, "film.mp4", "", film.read_bytes())
    assert viewer.kind is Kind.FILM and viewer.about.text().startswith("Film")
    pane = viewer._pane
    assert isinstance(pane, FilmPane) and pane.words.text().startswith("Cairn plays the sound of this film")
    assert abs(pane.box.player.duration - 1000) < 130
