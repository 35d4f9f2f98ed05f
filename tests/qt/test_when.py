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
from cairn.model.ids import RecordId
from cairn.model.time.anchoring import event
from cairn.model.time.told import MAX_WORDS, Anchor, Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.widgets import Field
from cairn.qt.widgets.when import When
from qt.hand import compose, line, press, write


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
    made.resize(560, 260)
    made.show()
    made.activateWindow()
    return made


def said(field: Field) -> str:
    return " ".join(
        each.text() for each in field.findChildren(QLabel) if each.isVisible() and each.text() != "Date"
    )


def offered(field: Field) -> list[str]:
    QApplication.processEvents()
    return [
        each.text() for each in field.findChildren(QAbstractButton) if each.isVisible() and each.isCheckable()
    ]


def told(field: Field) -> Told:
    assert isinstance(field.control, When)
    return field.control.told


def test_it_says_how_it_understood_while_typing(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "the spring of 1999")
    assert said(field) == "Understood as: spring 1999 · 1 March 1999 to 31 May 1999"
    assert offered(field) == []
    assert line(field, "Date").accessibleDescription() == said(field)
    line(field, "Date").selectAll()
    QTest.keyClick(line(field, "Date"), Qt.Key.Key_Backspace)
    assert said(field) == ""


def test_of_several_one_is_picked_by_keyboard_and_the_words_stay(qtbot: QtBot, field: Field) -> None:
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
    assert told(field) == Told("03/04/2005", "2005-03-04") and entry.text() == "03/04/2005"
    assert said(field) == "Understood as: 4 March 2005"
    assert offered(field) == ["3 April 2005", "4 March 2005"]
    picked = QApplication.focusWidget()
    assert isinstance(picked, QAbstractButton) and picked.isChecked()
    # Pressed again it is taken back, and another word ends it too.
    QTest.keyClick(picked, Qt.Key.Key_Space)
    assert told(field) == Told("03/04/2005") and "2 things" in said(field)
    QTest.keyClick(picked, Qt.Key.Key_Space)
    QTest.keyClicks(entry, " ")
    assert told(field).edtf == "2005-03-04", "space around the words is no part of them"
    QTest.keyClicks(entry, "or so")
    assert told(field).edtf == ""


def test_what_holds_from_here_alone_keeps_from_where_it_was_counted(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "two winters ago")
    assert "counted from 30 September 2021" in said(field) and offered(field) == []
    found = told(field)
    assert (found.words, found.edtf) == ("two winters ago", "2019-24")
    assert found.anchor == Anchor("interview", "interview", "2021-09-30")


def test_a_meaning_of_ones_own_stands_beside_the_words(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "when the maize was high")
    assert told(field).edtf == ""
    press(qtbot, field, "Say what it means…")
    own = line(field, "What it means")
    assert own.hasFocus()
    QTest.keyClicks(own, "July 1998")
    assert told(field) == Told("when the maize was high", "1998-07")
    assert "Understood as: July 1998" in said(field)
    own.clear()
    write(qtbot, own, "03/04/2005")
    assert told(field).edtf == "", "what is open is not taken"
    own.clear()
    QTest.keyClicks(own, "1998")
    assert told(field).edtf == "1998"


def test_a_sure_reading_can_be_put_right_and_taken_again(qtbot: QtBot, field: Field) -> None:
    write(qtbot, line(field, "Date"), "1998")
    press(qtbot, field, "Say what it means…")
    own = line(field, "What it means")
    assert own.text() == "1998"
    own.selectAll()
    QTest.keyClick(own, Qt.Key.Key_Backspace)
    assert told(field) == Told("1998") and "The words alone are kept." in said(field)
    assert offered(field) == ["1998"]
    QTest.keyClick(line(field, "Date"), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert told(field) == Told("1998", "1998") and offered(field) == []


def test_what_was_kept_is_shown_and_given_back_as_it_was(field: Field) -> None:
    assert isinstance(field.control, When)
    kept = [
        Told(),
        Told("03/04/2005"),
        Told("1998"),
        Told("that winter", "1998-24", anchor=Anchor("event", "the wedding", "1998-05")),
        Told("", "1998-03"),
        Told("스물다섯 살", "1974", reckoning="korean"),
    ]
    for each in kept:
        field.control.load(each)
        assert told(field) == each
        assert ("Understood as" in said(field)) == bool(each.edtf)
    field.control.load(Told("1998"))
    assert offered(field) == ["1998"], "somebody kept the words alone; nothing is put in by itself"


def test_a_time_hangs_on_an_event_of_the_interview_that_a_person_chooses(qtbot: QtBot) -> None:
    known = [
        event(RecordId("e1"), "the first repatriation", Told("", "2001-05")),
        event(RecordId("e2"), "the second repatriation", Told("", "2004-06-20")),
        event(RecordId("e3"), "the night at the river", Told("long ago")),
    ]
    made = Field("Date", When(lambda: Context(interview=date(2021, 9, 30)), events=lambda: known))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    write(qtbot, line(made, "Date"), "the winter after the second repatriation")
    assert "winter 2004–2005" in said(made) and "counted from: the second repatriation" in said(made)
    assert len(offered(made)) == 3
    chosen = told(made)
    assert chosen.anchor is not None and chosen.anchor.record == "e2"
    press(qtbot, made, "winter 2001–2002\n(counted from: the first repatriation)")
    assert (told(made).edtf, told(made).words) == ("2001-24", "the winter after the second repatriation")
    press(qtbot, made, "counted from: the night at the river, whose date is not known yet")
    waiting = told(made)
    assert waiting.edtf == "" and waiting.anchor is not None and waiting.anchor.record == "e3"
    assert "It hangs on the night at the river" in said(made)
    # The event gets another date: that is told, and the time is offered anew; nothing changes by itself.
    assert isinstance(made.control, When)
    made.control.load(chosen)
    known[1] = event(RecordId("e2"), "the second repatriation", Told("", "2006-07"))
    made.control.look_again()
    assert told(made) == chosen and "the second repatriation has another date now" in said(made)
    press(qtbot, made, "winter 2006–2007\n(counted from: the second repatriation)")
    assert told(made).edtf == "2006-24" and "another date" not in said(made)


def test_more_than_fits_is_said(qtbot: QtBot, field: Field) -> None:
    entry = line(field, "Date")
    write(qtbot, entry, "x" * MAX_WORDS)
    QTest.keyClicks(entry, "y")
    assert f"No more than {MAX_WORDS} characters" in said(field) and len(entry.text()) == MAX_WORDS


def test_what_never_was_and_what_is_not_understood_is_said(qtbot: QtBot, field: Field) -> None:
    entry = line(field, "Date")
    write(qtbot, entry, "2012년 윤4월")
    assert "The lunar year 2012 had no leap month 4." in said(field)
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
