"""A consent that is none of the plain choices is shown in words, and stays until one of them takes its place."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.shared import introduce
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.model.agreement import Consent
from cairn.model.consent import Row
from cairn.model.kinds.interview import Interview
from cairn.qt.screens.interviews.consent import ConsentTab
from qt.desk import PlainDesk, settle, show


def test_it_is_shown_line_by_line(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made, Interview(title="W-1"))
    to = (office.info.fingerprint, "journalist")
    rows = (Row("yes", ("store",), ("account",), to, "2030-01-31"), Row("ask", ("courts",), ("account",), to))
    consent.set_consent(field, made, Consent(rows, "said twice"))
    tab = ConsentTab(PlainDesk(field), interviews.load(field, made))
    show(qtbot, tab, 800, 700)
    tab.show_view(interviews.load(field, made))
    settle(qtbot)
    said = tab._state.text().split("\n")
    assert said[1:] == [
        "Yes: Keep · What you told, as written · Office North, Journalists · until 2030-01-31",
        "Ask me again each time: Use by courts and prosecutors · What you told, as written · Office North, Journalists",
    ]
    assert not [radio for radio, _ in (tab.nothing, tab.keep, tab.share) if radio.isChecked()]
    assert not tab._save.isEnabled() and tab.given.text() == "said twice"
    assert consent.get(field, made).choice == "custom"
    tab.keep[0].setChecked(True)
    assert tab._save.isEnabled()
    tab._record_it()
    settle(qtbot)
    assert consent.get(field, made).choice == "keep"
    tab.show_view(interviews.load(field, made))
    settle(qtbot)
    assert tab._state.text() == "" and tab.keep[0].isChecked()
