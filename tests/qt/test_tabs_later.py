"""The tabs of an interview are built when they are opened, and nothing is lost by that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import sounds
from app.spoken import draft, said, transcript
from cairn.app.interviews import interviews
from cairn.app.sound import transcripts
from cairn.model.kinds.interview import Interview
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews import workspace as module
from cairn.qt.screens.interviews.conversation.tab import ConversationTab
from cairn.qt.screens.interviews.files import FilesTab
from cairn.qt.screens.interviews.heading import Heading
from cairn.qt.screens.interviews.pages import Pages
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, settle
from qt.hand import new, screen, tab, workspace


def built(window: Window) -> list[type]:
    """The tabs besides the form that stand."""
    (pages,) = workspace(window).findChildren(Pages)
    return [type(one) for one in pages.built]


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody rests: no tab is built ahead."""
    monkeypatch.setattr(module, "REST_MS", 3_600_000)


def test_conversation_is_built_while_the_person_rests(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST_MS", 50)
    shown = new(qtbot, opened, "W-017")
    qtbot.waitUntil(lambda: built(opened) == [ConversationTab], timeout=LONG)
    settle(qtbot)
    # Nobody has looked at it: no microphone is open.
    assert not opened.recorder.capture.running
    tab(qtbot, opened, "Conversation")
    assert shown.conversation.isVisible()


def test_only_what_is_opened_is_built(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-017")
    assert built(opened) == []
    tab(qtbot, opened, "Files")
    tab(qtbot, opened, "Account")
    tab(qtbot, opened, "Files")
    assert built(opened) == [FilesTab]
    assert workspace(opened).files.isVisible()


def test_a_version_takes_the_words_of_a_transcript_that_nobody_opened(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    session = opened.desk.session
    interview = interviews.create(session, title="W-017")
    interviews.save_version(session, interview, Interview(title="W-017"))
    recording = sounds.record(session, interview, 20_000)
    view = transcripts.load(session, recording.id)
    words = transcript(recording.id, said(0, "typed before the lock", end=5000))
    transcripts.save_draft(session, interview, view.id, draft(words, view.base))
    opened.desk.open("interviews", interview)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    press(qtbot, workspace(opened), "Save version")
    settle(qtbot)
    assert built(opened) == []
    kept = transcripts.load(session, recording.id)
    assert kept.draft is None
    assert [one.text for one in kept.body.paragraphs] == ["typed before the lock"]


def test_a_recording_that_is_kept_is_heard_of(qtbot: QtBot, opened: Window) -> None:
    shown = new(qtbot, opened, "W-017")
    assert opened.desk is not None
    recording = sounds.record(opened.desk.session, shown.interview, 20_000)
    with qtbot.assertNotEmitted(shown.changed):
        opened.recorder.kept.emit("another", recording.id)
    with qtbot.waitSignal(shown.changed, timeout=LONG):
        opened.recorder.kept.emit(shown.interview, recording.id)
    settle(qtbot)
    assert ConversationTab not in built(opened)
    tab(qtbot, opened, "Conversation")
    qtbot.waitUntil(lambda: [one.id for one in shown.conversation.kept.rows] == [recording.id], timeout=LONG)


def test_in_a_low_window_the_page_that_is_opened_comes_first(
    qtbot: QtBot, qapp: QApplication, opened: Window
) -> None:
    theme().apply(qapp, scale=200)
    opened.resize(1024, 640)
    shown = new(qtbot, opened, "W-017")
    head, page = shown.findChildren(Heading)[0], shown.tabs
    assert head.visibleRegion().contains(QPoint(head.width() // 2, 1)), "the name of a new interview"
    tab(qtbot, opened, "Conversation")
    qtbot.waitUntil(
        lambda: (
            not head.visibleRegion().contains(QPoint(head.width() // 2, 1))
            and not page.visibleRegion().isEmpty()
        ),
        timeout=LONG,
    )
    ready = shown.conversation.ready
    assert ready.visibleRegion().boundingRect().height() > ready.fontMetrics().height()
