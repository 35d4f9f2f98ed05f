"""A field for a time: it says how it understood the words while they are typed, and asks by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from cairn.app.kernel import times
from cairn.model.time.told import Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.widgets import Field
from cairn.qt.widgets.when import When
from qt.hand import compose, line, write


@pytest.fixture(params=["en", "ko"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = messages.language()
    messages.set_language(request.param)
    yield request.param
    messages.set_language(before)


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    made = Field("Date", When(lambda: Context(interview=date(2021, 9, 30))))
    qtbot.addWidget(made)
    made.resize(560, 200)
    made.show()
    made.activateWindow()
    return made


def said(field: Field) -> str:
    return " ".join(
        each.text() for each in field.findChildren(QLabel) if each.isVisible() and each.text() != "Date"
    )


def offered(field: Field) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in field.findChildren(QAbstractButton) if each.isVisible()]


def test_it_says_how_it_understood_while_typing(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "the spring of 1999")
    assert said(field) == "Understood as: spring 1999 · 1 March 1999 to 31 May 1999"
    assert offered(field) == []
    assert line(field, "Date").accessibleDescription() == said(field)
    line(field, "Date").selectAll()
    QTest.keyClick(line(field, "Date"), Qt.Key.Key_Backspace)
    assert said(field) == ""


def test_of_several_one_is_picked_by_keyboard_and_written_with_one_meaning(
    qtbot: QtBot, field: Field
) -> None:
    entry = line(field, "Date")
    write(qtbot, entry, "03/04/2005")
    assert offered(field) == ["3 April 2005", "4 March 2005"]
    QTest.keyClick(entry, Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QAbstractButton) and focus.text() == "3 April 2005"
    QTest.keyClick(focus, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is entry
    QTest.keyClick(entry, Qt.Key.Key_Down)
    QTest.keyClick(focus, Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert entry.text() == "4 March 2005" and entry.hasFocus()
    assert offered(field) == [] and "4 March 2005" in said(field)


def test_the_words_stay_until_somebody_picks(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "two winters ago")
    assert line(field, "Date").text() == "two winters ago"
    assert offered(field) == ["winter 2019–2020 (counted from the interview)"]
    qtbot.mouseClick(field.findChildren(QAbstractButton)[0], Qt.MouseButton.LeftButton)
    assert understood(line(field, "Date").text()).readings[0].edtf == "2019-24"


def test_what_never_was_and_what_is_not_understood_is_said(qtbot: QtBot, field: Field) -> None:
    entry = line(field, "Date")
    write(qtbot, entry, "2012년 윤4월")
    assert "never was" in said(field)
    assert offered(field) == ["from 21 May 2012 to 19 June 2012"]
    entry.clear()
    write(qtbot, entry, "Camp 15")
    assert "Not understood" in said(field) and offered(field) == []


def test_what_an_input_method_composes_counts(qtbot: QtBot, field: Field) -> None:
    entry = line(field, "Date")
    write(qtbot, entry, "1998")
    compose(entry, "년")
    assert "1998" in said(field) and isinstance(field.control, When)
    assert field.control.found.words == "1998년"


def test_what_can_only_be_read_offers_nothing(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "03/04/2005")
    line(field, "Date").setReadOnly(True)
    assert offered(field) == [] and "2 things" in said(field)
    line(field, "Date").setReadOnly(False)
    assert len(offered(field)) == 2


@pytest.mark.parametrize(
    "text",
    ["1998", "1998-03", "1998-03-14", "1998-24", "199X", "1998~", "1998%", "1998-03/..", "../1998", "[1997,1999]", "[1997..1999]",
     "XXXX-03-14", "19XX", "1998-XX-14", "{1998,1999}", "1998-01/1998-03~", "[..1998]", "XXXX-21", "XXXX"],
)  # fmt: skip
def test_what_is_written_into_the_line_means_the_same(language: str, text: str) -> None:
    told = Told(words="x", edtf=text)
    again = understood(times.written(told, language))
    assert again.kind == "sure" and again.readings[0].edtf == text
    assert times.described(told, language)
