"""What went before an interview is asked before the recorder starts, kept while it is typed, and told where it matters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.interviews import history, interviews, preparation
from cairn.bundle.page import Words, blocks_html
from cairn.model.ids import RootId
from cairn.model.kinds import registry
from cairn.model.kinds.page import Surroundings
from cairn.model.kinds.preparation import Benefit, FirstAccount, Met, Preparation
from cairn.model.time.told import Told
from cairn.qt.screens.interviews.prepare.tab import PrepareTab
from cairn.qt.shell.window import Window
from qt.desk import LONG, find_button, press, reads, sees, settle
from qt.hand import answer, click, compose, keys, line, named, new, tab, text, type_words, workspace, write


def page(window: Window) -> PrepareTab:
    found = workspace(window)._tab("prepare")
    assert isinstance(found, PrepareTab)
    return found


def unlock(qtbot: QtBot, window: Window) -> None:
    settle(qtbot)
    QTest.keyClicks(line(window, "Passphrase"), PASSPHRASE)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    settle(qtbot)


def pick(box: QComboBox, word: str) -> None:
    """Choose an entry by the keyboard."""
    box.setFocus()
    at = box.findText(word)
    assert at >= 0, [box.itemText(each) for each in range(box.count())]
    while box.currentIndex() != at:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)


def held(window: Window) -> preparation.PreparationView:
    assert window.desk is not None
    return preparation.load(window.desk.session, workspace(window).interview)


def test_it_is_asked_recorded_and_stands_where_it_matters(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-017", "As told.")
    tab(qtbot, opened, "Conversation")
    sees(qtbot, made, "Nothing is written yet about how this interview came about.")
    press(qtbot, made.conversation, "Prepare")
    settle(qtbot)
    tab_ = page(opened)
    assert made.tabs.key == "prepare" and not tab_.save.isEnabled()
    write(qtbot, text(tab_, "What does this interview add that no other has?"), "the second crossing")
    pick(named(tab_, "Who arranged the contact", QComboBox), "Another organisation")
    press(qtbot, tab_, "Add what was given")
    pick(named(tab_, "What", QComboBox), "Travel costs")
    type_words(line(tab_, "Amount"), "12")
    type_words(line(tab_, "Currency"), "KRW")
    press(qtbot, tab_, "Add an earlier interview")
    type_words(line(tab_, "With whom"), "a newspaper")
    type_words(line(tab_, "When"), "winter 2009")
    press(qtbot, tab_, "Record this")
    qtbot.waitUntil(lambda: held(opened).base is not None, timeout=LONG)
    settle(qtbot)
    body = held(opened).body
    assert body.why == "the second crossing" and body.contact == "contact.ngo"
    assert body.benefits == [Benefit(kind="benefit.travel", amount="12", currency="KRW")]
    assert body.earlier[0].whom == "a newspaper" and body.earlier[0].when.words == "winter 2009"
    assert body.earlier[0].when.edtf
    assert held(opened).draft is None and not tab_.save.isEnabled() and not made.unsaved
    tab(qtbot, opened, "Conversation")
    assert not reads(made.conversation, "Nothing is written yet about how this interview came about.")
    assert opened.desk is not None
    versions = history.history(opened.desk.session, made.interview)
    assert [each.kind for each in versions].count("preparation") == 1


def test_words_are_kept_with_every_keystroke_and_come_back_after_a_lock(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-018", "As told.")
    tab(qtbot, opened, "Prepare")
    tab_ = page(opened)
    press(qtbot, tab_, "Add a witness met")
    field = line(tab_, "Who (a code)")
    type_words(field, "P7 of W-")
    compose(field, "가")
    qtbot.waitUntil(lambda: held(opened).draft is not None, timeout=LONG)
    assert made.unsaved
    keeper = tab_.keeper
    qtbot.waitUntil(lambda: not keeper.pending, timeout=LONG)
    place = made.place()
    opened.lock()
    settle(qtbot)
    unlock(qtbot, opened)
    qtbot.waitUntil(lambda: workspace(opened) is not None, timeout=LONG)
    assert place.endswith("#prepare")
    qtbot.waitUntil(lambda: page(opened).form.filled, timeout=LONG)
    settle(qtbot)
    assert page(opened).form.body().met == [Met(who="P7 of W-가")]


def test_an_entry_that_was_taken_away_is_brought_back(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-019", "As told.")
    tab(qtbot, opened, "Prepare")
    tab_ = page(opened)
    press(qtbot, tab_, "Add what was shown")
    type_words(line(tab_, "By whom"), "field 9")
    click(qtbot, tab_, "Remove what was shown")
    assert tab_.form.body().shown == []
    back = next(b for b in [find_button(tab_, "Bring it back")] if b.isVisible())
    assert back.hasFocus()
    keys(qtbot, Qt.Key.Key_Space)
    assert tab_.form.body().shown[0].by == "field 9"


def test_a_first_account_that_was_stopped_is_told_before_anybody_goes_on(
    qtbot: QtBot, opened: Window
) -> None:
    made = new(qtbot, opened, "W-020", "As told.")
    tab(qtbot, opened, "Prepare")
    tab_ = page(opened)
    named(tab_, "Take a first account only, then stop and refer", QCheckBox).click()
    write(qtbot, text(tab_, "What kinds of facts"), "a prison, in 2005")
    named(tab_, "Is it finished?", QCheckBox).click()
    press(qtbot, tab_, "Record this")
    qtbot.waitUntil(lambda: held(opened).stopped is not None, timeout=LONG)
    assert held(opened).stopped == FirstAccount(facts="a prison, in 2005", stopped=True)
    tab(qtbot, opened, "Conversation")
    sees(qtbot, made, "A first account was taken and stopped there")
    # Without the tick it is no first account; its words come back with it.
    tab(qtbot, opened, "Prepare")
    box = named(tab_, "Take a first account only, then stop and refer", QCheckBox)
    box.click()
    assert tab_.form.body().first_account is None
    box.click()
    assert tab_.form.body().first_account == FirstAccount(facts="a prison, in 2005", stopped=True)


def test_in_a_finalised_interview_it_needs_a_reason(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-021", "As told.")
    assert opened.desk is not None
    s = opened.desk.session
    interviews.save_version(s, made.interview)
    interviews.finalise(s, made.interview)
    made.reload()
    settle(qtbot)
    tab(qtbot, opened, "Prepare")
    tab_ = page(opened)
    qtbot.waitUntil(
        lambda: text(tab_, "What does this interview add that no other has?").isReadOnly(), timeout=LONG
    )
    press(qtbot, opened, "Correct…")
    answer(qtbot, opened, "Correct interview")
    write(qtbot, text(tab_, "What does this interview add that no other has?"), "forgotten")
    press(qtbot, tab_, "Record this")
    answer(qtbot, opened, "Save correction", reason="asked later")
    qtbot.waitUntil(lambda: held(opened).body.why == "forgotten", timeout=LONG)


def test_a_term_that_is_not_known_here_stays(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-022", "As told.")
    assert opened.desk is not None
    kept = Preparation(contact="contact.of_the_future", benefits=[Benefit(kind="benefit.meal", amount="1")])
    preparation.save(opened.desk.session, made.interview, kept)
    tab(qtbot, opened, "Prepare")
    tab_ = page(opened)
    box = named(tab_, "Who arranged the contact", QComboBox)
    qtbot.waitUntil(lambda: box.currentText() == "not known here (contact.of_the_future)", timeout=LONG)
    write(qtbot, text(tab_, "What does this interview add that no other has?"), "more")
    press(qtbot, tab_, "Record this")
    qtbot.waitUntil(lambda: held(opened).body.why == "more", timeout=LONG)
    assert held(opened).body.contact == "contact.of_the_future"
    assert held(opened).body.benefits == kept.benefits


def test_the_same_words_make_no_second_version(opened: Window) -> None:
    assert opened.desk is not None
    s = opened.desk.session
    made = RootId(interviews.create(s, title="W-023"))
    body = Preparation(why="so", met=[Met(when=Told("1998년 3월"))])
    assert preparation.save(s, made, body) == preparation.save(s, made, body)
    blocks = registry.of("preparation").page(body, Surroundings())
    assert blocks is not None and "1998년 3월" in blocks_html(Words("ko"), blocks)
