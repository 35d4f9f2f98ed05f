"""Coding beside the text: by keyboard alone, kept while it is typed, undone as one piece, settled where the text changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.app.coding import acts, passages
from cairn.app.coding.acts import ActWork, Board
from cairn.app.interviews import interviews
from cairn.app.people import coded
from cairn.model.ids import RecordId
from cairn.model.kinds.information import Information
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.involvement import Involvement
from cairn.model.kinds.person import Person
from cairn.model.time.told import Told
from cairn.qt.screens.interviews.coding.tab import CodingTab
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, sees, settle
from qt.hand import click, commit, keys, named, tab, text, workspace
from qt.test_prepare import unlock

ACCOUNT = (
    "They took us to the house.\n\nIn spring my boy was not there. They said an aunt had signed for him."
)
LAST = "They said an aunt had signed for him."


@pytest.fixture
def told(qtbot: QtBot, opened: Window) -> CodingTab:
    """An interview with a protected teller, open at its acts."""
    assert opened.desk is not None
    s = opened.desk.session
    made = interviews.create(s, title="W-017")
    people = [Present(code="P1", role="told", protected=True)]
    body = Interview(title="W-017", date=Told("14 March 2031", "2031-03-14"), people=people, account=ACCOUNT)
    interviews.save_version(s, made, body)
    opened.desk.open("interviews", made)
    qtbot.waitUntil(
        lambda: getattr(opened.desk.shown("interviews"), "workspace", None) is not None, timeout=LONG
    )  # type: ignore[union-attr]
    settle(qtbot)
    tab(qtbot, opened, "Acts")
    return page(qtbot, opened)


def page(qtbot: QtBot, window: Window) -> CodingTab:
    found = workspace(window)._tab("acts")
    assert isinstance(found, CodingTab)
    qtbot.waitUntil(lambda: found._board is not None, timeout=LONG)
    settle(qtbot)
    return found


def board(window: Window) -> Board:
    assert window.desk is not None
    return acts.board(window.desk.session, workspace(window).interview)


def choose_last(qtbot: QtBot, found: CodingTab) -> None:
    """The last sentence, by keys."""
    found.text.setFocus()
    QTest.keyClick(found.text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(found.text, Qt.Key.Key_Left)
    QTest.keyClick(found.text, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert found.text.selected_words() == LAST


def begin(qtbot: QtBot, found: CodingTab) -> None:
    choose_last(qtbot, found)
    QTest.keyClick(found.text, Qt.Key.Key_Return)
    qtbot.waitUntil(found.card.isVisible, timeout=LONG)
    settle(qtbot)
    assert QApplication.focusWidget() is found.card.type.line


def pick(qtbot: QtBot, words: str, *, hangul: bool = False) -> None:
    """Type into the field that has the keys, take the first that fits, go on to the next field."""
    field = QApplication.focusWidget()
    assert field is not None
    if hangul:
        commit(field, words)
    else:
        QTest.keyClicks(field, words)
    settle(qtbot)
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)


def save(qtbot: QtBot, window: Window, found: CodingTab, count: int) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(board(window).acts()) == count, timeout=LONG)
    qtbot.waitUntil(lambda: not found.card.isVisible(), timeout=LONG)
    settle(qtbot)


def test_an_act_is_coded_by_keyboard_alone_and_undone_whole(
    qtbot: QtBot, opened: Window, told: CodingTab
) -> None:
    assert not opened.desk.shown("interviews").pane.isVisible()  # type: ignore[union-attr,attr-defined]
    begin(qtbot, told)
    pick(qtbot, "아이", hangul=True)
    assert told.card.type.term.startswith("vio.")
    told.card.whom.line.setFocus()
    pick(qtbot, "the boy")
    assert told.card.whom.who.words == "the boy" and told.card.whom.who.kind == "person"
    told.card.by.line.setFocus()
    pick(qtbot, "unknown guard")
    assert told.card.by.who.kind == "unknown"
    told.card.when.line.setFocus()
    QTest.keyClicks(told.card.when.line, "in spring 2005")
    told.card.basis.line.setFocus()
    pick(qtbot, "told")
    save(qtbot, opened, told, 1)
    found = board(opened)
    ((each, act),) = found.acts()
    assert act.time.words == "in spring 2005" and act.time.edtf
    boy = found.coding.body(act.victim, Person)
    assert boy is not None and boy.described == "the boy"
    assert [body.unknown for _, body in found.coding.bodies(Involvement)] == ["unknown guard"]
    assert [body.basis.startswith("basis.") for _, body in found.coding.bodies(Information)] == [True]
    assert [view.body.quote for view in found.cited_for(each.record)] == [LAST]
    qtbot.waitUntil(lambda: [one.tag for one in told.text.passages()] == ["A1"], timeout=LONG)
    sees(qtbot, told, "The act is saved.")
    assert QApplication.focusWidget() is told.text and told.list.list.rows.rowCount() == 1
    # The account is what it was.
    assert workspace(opened).form.body().account == ACCOUNT and not workspace(opened).unsaved
    QTest.keyClick(told.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: board(opened).acts() == [], timeout=LONG)
    settle(qtbot)
    assert told.text.passages() == [] and board(opened).coding.of("person") == []
    # The list comes back with the page of the interview.
    click(qtbot, workspace(opened), "Back to the list")
    settle(qtbot)
    assert opened.desk.shown("interviews").pane.isVisible()  # type: ignore[union-attr,attr-defined]
    assert workspace(opened).tabs.key == "read"


def test_the_last_term_again_and_more_words_for_an_act(qtbot: QtBot, opened: Window, told: CodingTab) -> None:
    begin(qtbot, told)
    pick(qtbot, "execution")
    term = told.card.type.term
    save(qtbot, opened, told, 1)
    choose_last(qtbot, told)
    QTest.keyClick(told.text, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(told.card.isVisible, timeout=LONG)
    assert told.card.type.term == term
    save(qtbot, opened, told, 2)
    first = board(opened).acts()[0][0].record
    told.list.list.choose(first, tell=True)
    settle(qtbot)
    told.text.select(0, 26)
    press(qtbot, told, "Cite for this act")
    qtbot.waitUntil(lambda: len(board(opened).cited_for(first)) == 2, timeout=LONG)
    settle(qtbot)
    assert sorted(one.tag for one in told.text.passages()) == ["A1", "A1", "A2"]


def test_what_is_typed_is_kept_and_comes_back_after_a_lock(
    qtbot: QtBot, opened: Window, told: CodingTab
) -> None:
    begin(qtbot, told)
    pick(qtbot, "execution")
    told.card.place.line.setFocus()
    QTest.keyClicks(told.card.place.line, "behind the station")
    assert workspace(opened).unsaved
    qtbot.waitUntil(lambda: board(opened).draft is not None, timeout=LONG)
    opened.lock()
    unlock(qtbot, opened)
    again = page(qtbot, opened)
    qtbot.waitUntil(again.card.isVisible, timeout=LONG)
    work = again.card.form.body()
    assert work.place.words == "behind the station" and work.type
    assert work.cited is not None and work.cited.quote == LAST
    assert reads(again, f"“{LAST}”")
    again.card.type.line.setFocus()
    save(qtbot, opened, again, 1)
    assert board(opened).draft is None and len(board(opened).marked.passages) == 1


def test_what_was_put_away_is_offered_again_and_comes_back_with_the_tab(
    qtbot: QtBot, opened: Window, told: CodingTab
) -> None:
    begin(qtbot, told)
    pick(qtbot, "execution")
    told.card.place.line.setFocus()
    QTest.keyClicks(told.card.place.line, "behind the station")
    told._put_away()
    settle(qtbot)
    assert not told.card.isVisible() and reads(told, "What you typed is kept as a draft.")
    press(qtbot, told, "Go on with it")
    qtbot.waitUntil(told.card.isVisible, timeout=LONG)
    assert told.card.form.body().place.words == "behind the station"
    told._put_away()
    tab(qtbot, opened, "People")
    tab(qtbot, opened, "Acts")
    qtbot.waitUntil(told.card.isVisible, timeout=LONG)
    assert told.card.form.body().place.words == "behind the station"


def test_an_act_is_opened_changed_and_removed(qtbot: QtBot, opened: Window, told: CodingTab) -> None:
    begin(qtbot, told)
    pick(qtbot, "execution")
    save(qtbot, opened, told, 1)
    record = board(opened).acts()[0][0].record
    told.list.list.choose(record, tell=True)
    settle(qtbot)
    assert told.text.selected_words() == LAST
    press(qtbot, told.card, "More about this act")
    detention = named(told.card, "Arrest and detention", type(told.card.form._inputs["detention"].tick))  # type: ignore[attr-defined]
    detention.click()
    settle(qtbot)
    QTest.keyClicks(text(told.card, "Charge"), "crossing the river")
    press(qtbot, told.card, "Save act")
    qtbot.waitUntil(lambda: board(opened).acts()[0][1].detention is not None, timeout=LONG)
    settle(qtbot)
    changed = board(opened).acts()[0][1].detention
    assert changed is not None and changed.charge == "crossing the river"
    told.list.list.choose(record, tell=True)
    settle(qtbot)
    press(qtbot, told.card, "Remove this act")
    qtbot.waitUntil(lambda: board(opened).acts() == [], timeout=LONG)
    settle(qtbot)
    press(qtbot, told, "Undo")
    qtbot.waitUntil(lambda: len(board(opened).acts()) == 1, timeout=LONG)


def test_a_passage_whose_words_are_gone_waits_and_is_put_anew(
    qtbot: QtBot, opened: Window, told: CodingTab
) -> None:
    assert opened.desk is not None
    s, interview = opened.desk.session, workspace(opened).interview
    begin(qtbot, told)
    pick(qtbot, "execution")
    save(qtbot, opened, told, 1)
    body = workspace(opened).form.body()
    interviews.save_version(
        s, interview, Interview(title=body.title, people=body.people, account="They took us to the house.")
    )
    workspace(opened).reload()
    sees(qtbot, told, f"The words “{LAST}” stand no longer where they stood.")
    press(qtbot, told.list, "Look at it")
    settle(qtbot)
    assert told.settling.isVisible()
    told.text.select(0, 26)
    press(qtbot, told, "Put it at the chosen words")
    qtbot.waitUntil(lambda: not passages.listed(s, interview).waiting, timeout=LONG)
    settle(qtbot)
    assert not told.settling.isVisible()
    assert [view.body.quote for view in board(opened).marked.passages] == ["They took us to the house."]


def test_what_can_not_be_right_is_said_and_others_can_only_be_read(
    qtbot: QtBot, opened: Window, told: CodingTab
) -> None:
    assert opened.desk is not None
    s, interview = opened.desk.session, workspace(opened).interview
    acts.save(s, interview, acts.begin(s, interview), ActWork(type="vio.life.public_execution"))
    workspace(opened).reload()
    sees(qtbot, told, "A1 says of nobody to whom it was done. It is not counted until it does.")
    begin(qtbot, told)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sees(qtbot, told, "Say what was done: choose a kind of act. The words stay as they are.")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not told.card.isVisible(), timeout=LONG)
    assert len(board(opened).acts()) == 1 and coded.load(s, interview).body(RecordId("x"), Person) is None


def test_blind_until_done(qtbot: QtBot, opened: Window, told: CodingTab) -> None:
    assert opened.desk is not None
    s, interview = opened.desk.session, workspace(opened).interview
    press(qtbot, told, "Code blind")
    qtbot.waitUntil(lambda: passages.listed(s, interview).passes.blind, timeout=LONG)
    settle(qtbot)
    press(qtbot, told, "I am done")
    qtbot.waitUntil(
        lambda: told.done.isChecked() and passages.listed(s, interview).passes.closed, timeout=LONG
    )


def test_an_interview_without_words_says_so(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    made = interviews.create(opened.desk.session, title="W-1")
    interviews.save_version(opened.desk.session, made, Interview(title="W-1"))
    opened.desk.open("interviews", made)
    settle(qtbot)
    tab(qtbot, opened, "Acts")
    found = page(qtbot, opened)
    sees(qtbot, found, "There are no words yet.")
