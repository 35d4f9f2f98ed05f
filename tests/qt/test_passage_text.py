"""A text to code: what is chosen is code points of what is stored; passages are drawn and never written into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cairn.model.passages.units import Unit
from cairn.qt.base.theme import theme
from cairn.qt.widgets.code_points import Places, shown
from cairn.qt.widgets.passage_lanes import MOST, Drawn, packed
from cairn.qt.widgets.passage_text import PassageText
from qt.desk import show

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = (
    "어머니는 남았다. 동생은 \U0001f642 다섯\u00a0살이었다.\n\nThey kept us in a shed. A guard with a scar\u2028counted us.\r\n"
    "我们被送回去了。那年冬天很冷。"
)
CHARS = st.sampled_from(
    list("ab 가一.\n\r\u2028\u2029\u00a0\u0301") + ["\U0001f642", "\U00020000", "\ud800", "\ufdd0"]
)


def drawn(text: str, words: str, key: str = "p", **how: object) -> Drawn:
    start = text.index(words)
    return Drawn(key, start, start + len(words), **how)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[PassageText]:
    """The widget in a window of the drawing's size, with the focus."""
    window = QWidget()
    box = QVBoxLayout(window)
    box.setContentsMargins(0, 0, 0, 0)
    made = PassageText("Account")
    box.addWidget(made)
    made.set_text(TEXT)
    show(qtbot, window, 704, 616)
    made.setFocus()
    yield made
    window.close()


@given(st.text(CHARS, max_size=60))
def test_places_are_turned_into_units_and_back(text: str) -> None:
    places = Places(text)
    for place in range(len(text) + 1):
        unit = len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
        assert places.to_units(place) == unit and places.to_points(unit) == place
    assert len(shown(text)) == len(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(CHARS, max_size=60), st.data())
def test_whatever_is_chosen_is_what_is_stored(page: PassageText, text: str, data: st.DataObject) -> None:
    made = page
    made.set_text(text)
    assert made.text() == text and made.selection() is None
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made.select(start, end)
    assert made.selection() == (start, end) and made.selected_words() == text[start:end]
    made.set_passages([Drawn("p", start, end), Drawn("q", end, end + 99), Drawn("r", end, start)])
    assert [each.key for each in made.passages()] == ["p"]
    assert made.selection() == (start, end)


def chosen(page: PassageText) -> str:
    return page.selected_words()


def test_words_sentences_and_paragraphs_are_chosen_by_keys(page: PassageText) -> None:
    QTest.keyClick(page, Qt.Key.Key_S, ALT)
    assert chosen(page) == "어머니는 남았다."
    QTest.keyClick(page, Qt.Key.Key_S, ALT)
    assert chosen(page) == "어머니는 남았다. 동생은 \U0001f642 다섯\u00a0살이었다."
    QTest.keyClick(page, Qt.Key.Key_S, ALT | SHIFT)
    assert chosen(page) == "어머니는 남았다."
    page.select(TEXT.index("shed"), TEXT.index("shed"))
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    assert chosen(page) == "shed"
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    assert chosen(page) == "shed. A"
    # What is chosen grows to the whole of what it lies in.
    QTest.keyClick(page, Qt.Key.Key_P, ALT)
    assert chosen(page).startswith("They kept us") and "scar" in chosen(page)
    page.select(TEXT.index("送"), TEXT.index("送"))
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    assert chosen(page) == "送"
    QTest.keyClick(page, Qt.Key.Key_S, ALT)
    assert chosen(page) == "我们被送回去了。"
    # At the end there is no more, and nothing is given back of nothing.
    for _ in range(3):
        QTest.keyClick(page, Qt.Key.Key_S, ALT)
    assert chosen(page).endswith("冬天很冷。")
    page.select(0, 0)
    QTest.keyClick(page, Qt.Key.Key_W, ALT | SHIFT)
    assert chosen(page) == ""


def test_it_goes_from_passage_to_passage_and_says_where_it_is(page: PassageText, qtbot: QtBot) -> None:
    first = drawn(TEXT, "남았다", "one", tag="P8", name="Mother")
    second = drawn(TEXT, "guard with a scar", "two", tag="A1", name="Detention", kind="act")
    inner = drawn(TEXT, "scar", "three", tag="K1", foreign=True)
    page.set_passages([second, inner, first])
    went: list[str] = []
    page.picked.connect(went.append)
    for _ in range(4):
        QTest.keyClick(page, Qt.Key.Key_Down, ALT)
    QTest.keyClick(page, Qt.Key.Key_Up, ALT)
    assert went == ["one", "two", "three", "three", "two"] and chosen(page) == "guard with a scar"
    assert page.chosen_key == "two"
    qtbot.waitUntil(lambda: page.accessibleDescription() == "")
    page.select(TEXT.index("scar"), TEXT.index("scar"))
    qtbot.waitUntil(lambda: page.accessibleDescription() == "K1, A1 Detention")
    assert page.go_to("nothing") is False and page.go_to("one") is True
    page.set_passages([])
    page.step(1)
    assert page.passages() == []


def test_enter_says_that_something_is_to_be_made_and_escape_is_left_to_others(page: PassageText) -> None:
    asked: list[bool] = []
    page.wanted.connect(lambda: asked.append(True))
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    QTest.keyClick(page, Qt.Key.Key_A)
    assert asked == [True] and page.text() == TEXT and page.toPlainText().startswith("어머니는")


def colours_of(image: QImage, colour: str) -> set[tuple[int, int]]:
    wanted = QColor(colour).rgb()
    return {
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) == wanted
    }


def picture(widget: QWidget) -> QImage:
    widget.grab()
    QApplication.processEvents()
    return widget.grab().toImage()


def test_passages_are_drawn_and_never_written_into_the_text(page: PassageText) -> None:
    act, person = theme().tokens.act, theme().tokens.person
    assert not colours_of(picture(page), act)
    page.set_passages(
        [
            drawn(TEXT, "They kept us in a shed.", "one", tag="A1", name="Detention", kind="act"),
            drawn(TEXT, "남았다. 동생은 \U0001f642 다섯", "two", tag="P8", kind="person", foreign=True),
        ]
    )
    image = picture(page)
    under = colours_of(page.viewport().grab().toImage(), act)
    rows = sorted({y for _, y in under})
    assert len(rows) == 2 and rows[1] == rows[0] + 1, "a line of two pixels"
    columns = sorted({x for x, _ in under})
    assert columns == list(range(columns[0], columns[-1] + 1)), "without a gap"
    broken = sorted({x for x, _ in colours_of(page.viewport().grab().toImage(), person)})
    assert broken and len(broken) < broken[-1] - broken[0], "dashed for another coder"
    lanes = colours_of(page.lanes.grab().toImage(), act)
    assert lanes and colours_of(image, person)
    # The document holds the words and nothing else.
    block = page.document().begin()
    while block.isValid():
        assert len(block.textFormats()) <= 1
        block = block.next()
    # A click on a tag goes to its passage.
    went: list[str] = []
    page.picked.connect(went.append)
    x, y = max(lanes)
    QTest.mouseClick(page.lanes, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    QTest.mouseClick(page.lanes, Qt.MouseButton.LeftButton, pos=QPoint(0, page.lanes.height() - 1))
    assert went == ["one"]


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), max_size=40)


@given(SPANS)
def test_passages_in_one_lane_never_touch(spans: list[tuple[int, int]]) -> None:
    text = ("x" * 99 + "\n") * 6
    passages = sorted(
        (Drawn(str(n), start, start + length) for n, (start, length) in enumerate(spans)),
        key=lambda each: (each.start, -each.end),
    )
    lanes = packed(passages, text)
    last: dict[int, int] = {}
    for each, lane in zip(passages, lanes, strict=True):
        if lane < MOST - 1 and lane in last:
            assert each.start >= last[lane] and (
                each.start - last[lane] >= 80 or "\n" in text[last[lane] : each.start]
            )
        last[lane] = max(last.get(lane, 0), each.end)


def test_of_a_long_text_only_what_is_in_sight_is_drawn(page: PassageText, qtbot: QtBot) -> None:
    text = "".join(f"Sentence {n} of a long account, told over many days.\n\n" for n in range(4000))
    page.set_text(text)
    page.set_passages([Drawn(str(n), n * 100, (n + 1) * 100, f"A{n}") for n in range(len(text) // 100)])
    picture(page)
    first = len(page.lanes.in_sight)
    assert 0 < first < 60
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    picture(page)
    assert 0 < len(page.lanes.in_sight) < 60
    assert all(page.passages()[each.number].end > len(text) - 5000 for each in page.lanes.in_sight)


@pytest.mark.parametrize("width", [420, 704, 1100])
@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_it_fits_wherever_it_is(
    page: PassageText, width: int, scale: int, direction: Qt.LayoutDirection
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme().apply(app, scale=scale)
    try:
        page.setLayoutDirection(direction)
        page.set_passages([drawn(TEXT, "They kept us in a shed.", tag="A1", name="Detention", kind="act")])
        page.window().resize(width, 616)
        picture(page)
        for part in (page.numbers, page.lanes, page.viewport()):
            assert page.rect().contains(part.geometry())
        assert not page.numbers.geometry().intersects(page.lanes.geometry())
        assert page.viewport().width() > page.lanes.width() / 3
        assert page.lanes.names == (page.width() >= theme().px(640))
        page.choose(Unit.PARAGRAPH)
        assert page.selection() is not None
    finally:
        theme().apply(app, scale=100)
