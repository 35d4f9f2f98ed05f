"""The waveform: the right bar at the right moment, seeking and choosing by hand and by keys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.model.kinds.recording import Mark
from cairn.model.values import Span
from cairn.qt.base.theme import theme
from cairn.qt.media.sound.columns import PEAK_MS, View, clock, exact, heights, read_moment, stamp, steps
from cairn.qt.media.sound.drawing import mark_words
from cairn.qt.media.sound.waveform import Waveform

HOUR = 3_600_000
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@given(
    st.binary(min_size=1, max_size=400),
    st.integers(1, 60),
    st.floats(0, 18_000),
    st.floats(1, 22_000),
)
def test_every_bar_is_the_greatest_peak_under_it(peaks: bytes, bars: int, start: float, span: float) -> None:
    found = heights(peaks, View(start, start + span, bars), bars)
    edges = np.linspace(start, start + span, bars + 1) / PEAK_MS
    for bar in range(bars):
        first = int(np.floor(edges[bar]))
        last = max(int(np.ceil(edges[bar + 1])), first + 1)
        assert found[bar] == max(peaks[first:last], default=0)


def test_no_sound_has_no_bars() -> None:
    assert not heights(b"", View(0, 100, 10), 10).any()


@given(st.integers(1, 4 * HOUR), st.floats(0, 1), st.floats(0.1, 50))
def test_looking_closer_stays_inside_the_sound(duration: int, share: float, factor: float) -> None:
    view = View(0, duration, 800).zoomed(factor, share * duration, duration)
    assert view.start >= 0 and view.end <= duration + 1 and view.end > view.start
    turned = view.showing(duration * 0.9, duration)
    assert turned.start <= duration * 0.9 <= turned.end + 1


def test_clocks() -> None:
    assert [clock(ms) for ms in (0, 59_900, 61_000, HOUR, 36_061_000)] == [
        "0:00", "0:59", "1:01", "1:00:00", "10:01:01",
    ]  # fmt: skip
    assert clock(61_000, hours=True) == "0:01:01" and stamp(2_066_000) == "00:34:26"
    assert steps(60_000, 800, 60) == 5_000 and steps(100 * HOUR, 100, 60) == 4 * HOUR


@given(st.integers(0, 100 * HOUR))
def test_a_moment_reads_back_as_it_was_written(ms: int) -> None:
    found = read_moment(exact(ms))
    assert found is not None and abs(found - ms) <= 50


def test_what_is_no_moment() -> None:
    assert [read_moment(text) for text in ("", "1:", "1:75", "1:75:00", "-3", "one", "1:2:3:4")] == [None] * 7
    assert read_moment(" 90 ") == 90_000 and read_moment("1:01:02,25") == 3_662_250


@pytest.fixture
def wave(qtbot: QtBot) -> Waveform:
    made = Waveform()
    qtbot.addWidget(made)
    made.resize(600, 112)
    made.set_duration(60_000)
    made.set_peaks(bytes([200]) * 600 + bytes([0]) * 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def at(wave: Waveform, ms: int, y: int = 50) -> QPoint:
    return QPoint(round(wave.view.x(ms)), y)


def test_click_and_drag_go_there(qtbot: QtBot, wave: Waveform) -> None:
    places = list[int]()
    wave.seek_wanted.connect(places.append)
    qtbot.mouseClick(wave, LEFT, NONE, at(wave, 30_000))
    assert places == [30_000] == [wave.position]
    qtbot.mousePress(wave, LEFT, NONE, at(wave, 10_000))
    qtbot.mouseMove(wave, at(wave, 20_000))
    qtbot.mouseRelease(wave, LEFT, NONE, at(wave, 20_000))
    assert places[1:] == [10_000, 20_000]


def test_a_mark_is_hit_exactly(qtbot: QtBot, wave: Waveform) -> None:
    wave.set_marks([Mark(at=20_040), Mark(at=40_000, kind="break")])
    qtbot.mouseClick(wave, LEFT, NONE, at(wave, 20_000, 8))
    assert wave.position == 20_040


def test_shift_chooses_a_stretch(qtbot: QtBot, wave: Waveform) -> None:
    chosen = list[object]()
    wave.selected.connect(chosen.append)
    qtbot.mousePress(wave, LEFT, SHIFT, at(wave, 40_000))
    qtbot.mouseMove(wave, at(wave, 15_000))
    qtbot.mouseRelease(wave, LEFT, SHIFT, at(wave, 10_000))
    assert wave.selection == Span(10_000, 40_000) == chosen[-1] and wave.position == 0
    assert "0:10 to 0:40" in wave.accessibleDescription()
    qtbot.keyClick(wave, Qt.Key.Key_Escape)
    assert wave.selection is None and chosen[-1] is None
    qtbot.mouseClick(wave, LEFT, SHIFT, at(wave, 10_000))
    assert wave.selection is None, "a click with Shift held chooses nothing"


def test_keys_go_choose_and_look_closer(qtbot: QtBot, wave: Waveform) -> None:
    for key, place in (
        (Qt.Key.Key_Right, 3_000),
        (Qt.Key.Key_PageDown, 33_000),
        (Qt.Key.Key_End, 60_000),
        (Qt.Key.Key_Left, 57_000),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(wave, key)
        assert wave.position == place
    for _ in range(2):
        qtbot.keyClick(wave, Qt.Key.Key_Right, SHIFT)
    assert wave.selection == Span(0, 6_000)
    qtbot.keyClick(wave, Qt.Key.Key_Left, SHIFT)
    assert wave.selection == Span(0, 3_000)
    wave.set_marks([Mark(at=20_000), Mark(at=40_000)])
    qtbot.keyClick(wave, Qt.Key.Key_N)
    qtbot.keyClick(wave, Qt.Key.Key_N)
    assert wave.position == 40_000
    qtbot.keyClick(wave, Qt.Key.Key_P)
    assert wave.position == 20_000
    qtbot.keyClick(wave, Qt.Key.Key_Plus)
    assert not wave.shows_all and wave.view.end - wave.view.start == 30_000
    qtbot.keyClick(wave, Qt.Key.Key_Minus)
    assert wave.shows_all
    qtbot.keyClick(wave, Qt.Key.Key_Plus)
    qtbot.keyClick(wave, Qt.Key.Key_0)
    assert wave.shows_all


def wheel(wave: Waveform, turn: QPoint, held: Qt.KeyboardModifier = NONE) -> bool:
    event = QWheelEvent(
        QPointF(300, 50), QPointF(300, 50), QPoint(), turn, Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(wave, event)
    return event.isAccepted()


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(wave: Waveform) -> None:
    assert not wheel(wave, QPoint(0, 120)) and wave.shows_all
    wheel(wave, QPoint(0, 480), Qt.KeyboardModifier.ControlModifier)
    assert not wave.shows_all and wave.view.start < 30_000 < wave.view.end
    before = wave.view.start
    wheel(wave, QPoint(0, -120), SHIFT)
    assert wave.view.start > before


def test_closer_looks_turn_the_page_while_playing(wave: Waveform) -> None:
    wave.zoom(6, 5_000)
    end = wave.view.end
    wave.set_position(int(end) + 100)
    assert wave.view.start <= wave.position < wave.view.end


def colours(wave: Waveform, start: int, end: int) -> set[str]:
    image = wave.grab().toImage()
    y = image.height() // 2 - 12
    places = range(int(wave.view.x(start)), int(wave.view.x(end)))
    return {image.pixelColor(x, y).name().upper() for x in places}


def test_heard_and_not_yet_heard_are_told_apart(wave: Waveform) -> None:
    wave.clearFocus()
    wave.set_position(15_000)
    tokens = theme().tokens
    assert tokens.accent in colours(wave, 2_000, 13_000)
    later = colours(wave, 17_000, 28_000)
    assert tokens.control_line in later and tokens.accent not in later
    silent = colours(wave, 32_000, 58_000)
    assert tokens.control_line not in silent, "silence is flat"


def test_off_the_record_is_hatched(wave: Waveform) -> None:
    wave.set_excluded([Span(40_000, 50_000)])
    found = colours(wave, 41_000, 49_000)
    assert theme().tokens.danger_soft in found and len(found) > 1


def test_live_grows_and_leaves_room(qtbot: QtBot) -> None:
    wave = Waveform()
    qtbot.addWidget(wave)
    wave.resize(600, 112)
    wave.show()
    wave.set_live(True)
    for seconds in (1, 30, 55, 600, 4 * 3600):
        wave.set_peaks(bytes([120]) * seconds * 20)
        wave.set_duration(seconds * 1000)
        assert wave.view.end * 0.91 >= seconds * 1000 and wave.position == seconds * 1000
        wave.grab()
    qtbot.mouseClick(wave, LEFT, NONE, QPoint(100, 50))
    assert wave.position == 4 * HOUR, "what is being recorded can't be walked about in"


def test_words_of_a_mark_are_no_markup(wave: Waveform) -> None:
    assert mark_words(Mark(at=61_000, kind="pause", away=65_000, text="<b>tea</b>")) == (
        "<qt>1:01 · Pause · 1:05 not recorded · &lt;b&gt;tea&lt;/b&gt;</qt>"
    )
    assert "Mark" in mark_words(Mark(kind="from-a-newer-version"))
    wave.set_marks([Mark(at=20_000, text="river")])
    wave.set_notes([(30_000, "a note")])
    wave.set_excluded([Span(40_000, 45_000)])
    for ms, y, words in ((20_000, 8, "river"), (30_000, 98, "a note"), (42_000, 50, "never leaves")):
        assert words in wave._words_at(QPointF(at(wave, ms, y)))
