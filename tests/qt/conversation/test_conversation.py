"""A conversation recorded in the real window, from a real (virtual) microphone, in a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import open_vault
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import recording_choices as choices
from cairn.app.sound import recordings
from cairn.audio.recorder import Snapshot
from cairn.errors import MachineError
from cairn.model.agreement import agreed_to
from cairn.model.kinds.note import Note
from cairn.qt.base import messages
from cairn.qt.screens.interviews.conversation.tab import ConversationTab
from cairn.qt.shell.window import Window
from qt.desk import LONG, activate, press, reads, sees, settle
from qt.hand import answer, keys, named, new, sheet, slow_vault, tab, type_words, workspace, write
from sound.rig import Rig


def console(window: Window) -> ConversationTab:
    return workspace(window).conversation


def now(window: Window) -> Snapshot:
    found = window.recorder.snapshot
    assert found is not None
    return found


def go_on(qtbot: QtBot, window: Window, ms: int) -> None:
    """Wait for so much more sound."""
    until = now(window).at_ms + ms
    qtbot.waitUntil(lambda: now(window).at_ms >= until, timeout=LONG)


@pytest.fixture
def recording(qtbot: QtBot, microphone: Rig, opened: Window) -> Window:
    """The window with a conversation that is being recorded."""
    new(qtbot, opened, "W-017")
    tab(qtbot, opened, "Conversation")
    qtbot.waitUntil(lambda: console(opened).ready.record.isEnabled(), timeout=LONG)
    press(qtbot, console(opened), "Record")
    qtbot.waitUntil(lambda: opened.recorder.state == "recording", timeout=LONG)
    go_on(qtbot, opened, 300)
    return opened


def stop(qtbot: QtBot, window: Window) -> RecordingView:
    """Stop by hand and wait until it is sealed."""
    with qtbot.waitSignal(window.recorder.kept, timeout=LONG) as kept:
        keys(qtbot, Qt.Key.Key_F9)
        press(qtbot, sheet(window), "Stop recording")
    settle(qtbot)
    assert window.desk is not None
    return recordings.view(window.desk.session, kept.args[1])


def test_sound_notes_and_marks_stand_on_one_clock(qtbot: QtBot, recording: Window) -> None:
    keys(qtbot, Qt.Key.Key_F2)
    marked = now(recording).marks[-1]
    line = console(recording).notes.line
    assert line.hasFocus(), "a word about the mark can be typed at once"
    type_words(line, "The ice was singing. 온성")
    go_on(qtbot, recording, 300)
    keys(qtbot, Qt.Key.Key_Return)
    keys(qtbot, Qt.Key.Key_F6)
    keys(qtbot, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: reads(console(recording), "The ice was singing. 온성"), timeout=LONG)
    kept = stop(qtbot, recording)
    assert kept.interview == workspace(recording).interview and not kept.interrupted
    assert [mark.kind for mark in kept.marks] == ["mark", "question", "break"]
    assert kept.marks[1].text == "May I record this? You can stop or rest at any time."
    assert recording.desk is not None
    (note,) = interviews.load(recording.desk.session, kept.interview).notes
    assert (note.text, note.recording, note.at) == ("The ice was singing. 온성", kept.id, marked.at)
    sees(qtbot, console(recording), "The ice was singing. 온성")
    assert console(recording).kept.listening.recording == kept.id


def test_the_focus_stays_with_the_conversation(qtbot: QtBot, recording: Window) -> None:
    made = console(recording)
    assert made.notes.line.hasFocus(), "“Record” was pressed, and a note can be typed at once"
    stop(qtbot, recording)
    assert made.notes.line.hasFocus() or made.kept.listening.play_button.hasFocus()


def test_a_note_is_stamped_where_it_was_begun_not_where_it_ended(qtbot: QtBot, recording: Window) -> None:
    line = console(recording).notes.line
    write(qtbot, line, "S")
    begun = now(recording).at_ms
    go_on(qtbot, recording, 700)
    type_words(line, "he shows a photograph")
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert recording.desk is not None
    (note,) = interviews.load(recording.desk.session, workspace(recording).interview).notes
    assert begun - 200 <= note.at <= begun
    assert note.text == "She shows a photograph"


def test_it_goes_on_behind_the_lock_and_comes_back(qtbot: QtBot, recording: Window, vault: Path) -> None:
    line = console(recording).notes.line
    write(qtbot, line, "half a senten")
    recording.lock()
    settle(qtbot)
    assert recording.recorder.state == "recording" and recording.desk is None
    sees(qtbot, recording, "To stop it, or to write a note, open the vault.")
    before = now(recording).at_ms
    go_on(qtbot, recording, 300)
    press(qtbot, recording.strip, "Distress")
    keys(qtbot, Qt.Key.Key_F9)
    assert recording.recorder.state == "recording", "stopping needs the passphrase"
    assert [mark.kind for mark in now(recording).marks] == ["distress"]
    assert now(recording).marks[0].at > before
    recording.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert not recording.strip.isVisible()
    tab(qtbot, recording, "Account")
    qtbot.waitUntil(lambda: recording.recorder.next_question is not None, timeout=LONG)
    tab(qtbot, recording, "Conversation")
    assert console(recording).notes.line.text() == "half a senten"
    kept = stop(qtbot, recording)
    assert [mark.kind for mark in kept.marks] == ["distress"] and not kept.interrupted


def test_where_it_shall_end_with_the_lock_it_is_saved_by_it(
    qtbot: QtBot, recording: Window, vault: Path
) -> None:
    recording.recorder.choices = choices.Choices(keep_on_lock=False)
    interview = workspace(recording).interview
    recording.lock()
    settle(qtbot)
    assert recording.recorder.state == "idle" and not recording.recorder.capture.running
    assert not recording.strip.isVisible()
    with_vault = open_vault(vault, PASSPHRASE)
    (kept,) = recordings.rows(with_vault, interview)
    assert kept.duration >= 300 and not kept.interrupted
    with_vault.close()


def test_consent_that_nobody_wrote_down_is_said_and_holds_up_nothing(qtbot: QtBot, recording: Window) -> None:
    alerts = console(recording).alerts
    sees(qtbot, alerts, "No consent is written down yet. It may also be spoken on the recording.")
    press(qtbot, alerts, "Write down consent")
    qtbot.waitUntil(lambda: workspace(recording).tabs.key == "consent", timeout=LONG)
    assert recording.recorder.state == "recording"
    assert recording.desk is not None
    session, interview = recording.desk.session, workspace(recording).interview
    consent.set_consent(session, interview, agreed_to(choice="share"))
    workspace(recording).reload()
    settle(qtbot)
    tab(qtbot, recording, "Conversation")
    go_on(qtbot, recording, 300)
    assert alerts.code == ""


@pytest.mark.parametrize("keep", [False, True])
def test_off_the_record(qtbot: QtBot, recording: Window, keep: bool) -> None:
    keys(qtbot, Qt.Key.Key_F5)
    assert now(recording).phase == "off" and not now(recording).kept
    sees(qtbot, console(recording), "off the record: nothing is recorded")
    if keep:
        press(qtbot, console(recording), "Record it, and leave it out of everything that leaves")
        go_on(qtbot, recording, 400)
    keys(qtbot, Qt.Key.Key_F5)
    assert now(recording).phase == "recording"
    go_on(qtbot, recording, 200)
    kept = stop(qtbot, recording)
    assert [mark.kind for mark in kept.marks][-1] == "off"
    if keep:
        (span,) = kept.excluded
        assert span.end - span.start >= 400 and span.end < kept.duration
    else:
        assert kept.excluded == ()


@pytest.mark.parametrize("begun", ["before", "at-a-mark", "then"])
def test_what_is_written_off_the_record_says_so_itself(
    qtbot: QtBot, recording: Window, vault: Path, begun: str
) -> None:
    line = console(recording).notes.line
    if begun == "before":
        write(qtbot, line, "She ")
    if begun == "at-a-mark":
        keys(qtbot, Qt.Key.Key_F2)
    keys(qtbot, Qt.Key.Key_F5)
    type_words(line, "names her brother")
    settle(qtbot)
    recording.lock()
    settle(qtbot)
    recording.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    tab(qtbot, recording, "Conversation")
    keys(qtbot, Qt.Key.Key_F5)
    write(qtbot, console(recording).notes.line, ".")
    keys(qtbot, Qt.Key.Key_Return)
    write(qtbot, console(recording).notes.line, "Later")
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert recording.desk is not None
    with recording.desk.session.store.read() as reader:
        heads = revising.root_heads(reader, workspace(recording).interview)
    notes = [found[0].body for found in heads.values() if isinstance(found[0].body, Note)]
    assert {note.text.endswith("brother."): note.off for note in notes} == {True: True, False: False}


@pytest.mark.parametrize("keep", [False, True])
def test_a_question_asked_off_the_record_is_shown_as_asked_and_keeps_no_words(
    qtbot: QtBot, recording: Window, keep: bool
) -> None:
    guide = console(recording).guide
    first, second, third = (question.words for question in guide._questions[:3])
    keys(qtbot, Qt.Key.Key_F6)
    recording.recorder.off(keep_recording=keep)
    keys(qtbot, Qt.Key.Key_F6)
    asked = [question.words for question in guide._questions if question.asked is not None]
    assert asked == [first, second]
    keys(qtbot, Qt.Key.Key_F5)
    go_on(qtbot, recording, 200)
    keys(qtbot, Qt.Key.Key_F6)
    kept = stop(qtbot, recording)
    assert [mark.text for mark in kept.marks if mark.kind == "question"] == [first, "", third]


def test_a_pause_keeps_its_reason(qtbot: QtBot, recording: Window) -> None:
    keys(qtbot, Qt.Key.Key_F8)
    assert now(recording).phase == "paused"
    still = now(recording).at_ms
    write(qtbot, console(recording).console.reason, "Tea")
    press(qtbot, console(recording), "Go on")
    assert now(recording).at_ms - still < 200
    go_on(qtbot, recording, 200)
    (pause,) = stop(qtbot, recording).marks
    assert (pause.kind, pause.text) == ("pause", "Tea") and pause.away > 0


def test_another_screen_tells_it_and_leads_back(qtbot: QtBot, recording: Window) -> None:
    assert recording.desk is not None
    recording.desk.open("contacts")
    settle(qtbot)
    sees(qtbot, recording, "Recording 00:00:0")
    go_on(qtbot, recording, 200)
    keys(qtbot, Qt.Key.Key_F2)
    assert len(now(recording).marks) == 1
    recording.desk.recording.wanted.emit()
    settle(qtbot)
    assert console(recording).console.isVisible()


def test_another_interview_is_not_recorded_meanwhile(qtbot: QtBot, recording: Window) -> None:
    first = workspace(recording).interview
    new(qtbot, recording, "W-018")
    tab(qtbot, recording, "Conversation")
    assert reads(console(recording), "Another conversation is being recorded.")
    assert not console(recording).notes.line.isVisible()
    press(qtbot, console(recording), "Go to the recording")
    qtbot.waitUntil(lambda: workspace(recording).interview == first, timeout=LONG)


def test_closing_the_program_asks_and_seals(qtbot: QtBot, recording: Window, vault: Path) -> None:
    interview = workspace(recording).interview
    recording.close()
    assert recording.isVisible()
    press(qtbot, sheet(recording), "Go on recording")
    assert recording.recorder.state == "recording"
    recording.close()
    press(qtbot, sheet(recording), "Stop and close Cairn")
    qtbot.waitUntil(lambda: not recording.isVisible() and not recording.recorder.active, timeout=LONG)
    settle(qtbot)
    with_vault = open_vault(vault, PASSPHRASE)
    (kept,) = recordings.rows(with_vault, interview)
    assert not kept.interrupted
    with_vault.close()


def test_closed_behind_the_lock_it_is_saved_at_the_next_unlock(
    qtbot: QtBot, recording: Window, vault: Path
) -> None:
    interview = workspace(recording).interview
    recording.lock()
    settle(qtbot)
    recording.close()
    press(qtbot, sheet(recording), "Stop and close Cairn")
    qtbot.waitUntil(lambda: not recording.isVisible(), timeout=LONG)
    settle(qtbot)
    recording.show()
    activate(qtbot, recording)
    recording.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert recording.desk is not None
    (kept,) = recordings.rows(recording.desk.session, interview)
    assert not kept.interrupted, "it was stopped by hand"


@pytest.mark.qt_log_ignore("Stream failed to connect")
def test_without_a_microphone_it_says_so_and_finds_one(qtbot: QtBot, rig: Rig, opened: Window) -> None:
    new(qtbot, opened, "W-017")
    tab(qtbot, opened, "Conversation")
    # One that was pulled out before anybody looked is still in Qt's list: then it can't be used.
    said = ("There is no microphone. Connect one", "The microphone can't be used.")
    qtbot.waitUntil(lambda: any(reads(console(opened), words) for words in said), timeout=LONG)
    assert not console(opened).ready.record.isEnabled()
    keys(qtbot, Qt.Key.Key_F9)
    assert not opened.recorder.active
    rig.plug()
    rig.wake()
    try:
        qtbot.waitUntil(lambda: console(opened).ready.record.isEnabled(), timeout=LONG)
        assert not any(reads(console(opened), words) for words in said)
        tab(qtbot, opened, "Account")
        assert not opened.recorder.capture.running, "nobody looks at the level any more"
    finally:
        rig.unplug()
        rig.rest()


def test_a_sealed_interview_is_not_recorded(qtbot: QtBot, microphone: Rig, opened: Window) -> None:
    made = new(qtbot, opened, "W-017", "Words.")
    press(qtbot, made, "Finalise interview")
    answer(qtbot, opened, "Finalise interview")
    tab(qtbot, opened, "Conversation")
    sees(qtbot, console(opened), "This interview is finalised.")
    assert not opened.recorder.capture.running


def test_locked_in_the_moment_of_beginning_it_is_recorded_all_the_same(
    qtbot: QtBot, microphone: Rig, opened: Window, vault: Path
) -> None:
    new(qtbot, opened, "W-017")
    tab(qtbot, opened, "Conversation")
    qtbot.waitUntil(lambda: console(opened).ready.record.isEnabled(), timeout=LONG)
    with slow_vault(opened):
        press(qtbot, console(opened), "Record")
        assert opened.recorder.state == "starting"
        opened.lock()
    settle(qtbot)
    qtbot.waitUntil(lambda: opened.recorder.state == "recording", timeout=LONG)
    go_on(qtbot, opened, 200)
    assert opened.strip.isVisible()
    opened.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert stop(qtbot, opened).duration >= 200


def test_the_settings_are_kept_in_the_vault(qtbot: QtBot, opened: Window, vault: Path) -> None:
    assert opened.desk is not None
    opened.desk.open("settings", "recording")
    settle(qtbot)
    for name, row in (("When the vault locks", 1), ("Off the record", 1), ("Quality", 1)):
        choice = named(opened, name, QComboBox)
        choice.setCurrentIndex(row)
        choice.activated.emit(row)
    settle(qtbot)
    chosen = choices.Choices(quality="evidence", keep_on_lock=False, off="exclude")
    assert opened.recorder.choices == chosen
    opened.lock()
    settle(qtbot)
    opened.recorder.choices = choices.Choices()
    opened.enter(open_vault(vault, PASSPHRASE))
    assert opened.recorder.choices == chosen


def break_encoder(window: Window, code: str) -> None:
    """The next samples can't be encoded, or not be written."""
    recorder = window.recorder._recorder
    assert recorder is not None

    def broken(_samples: object) -> None:
        raise MachineError(code)

    recorder._encoder.write = broken  # type: ignore[method-assign]


def test_where_the_encoder_breaks_it_goes_on_as_a_new_recording(qtbot: QtBot, recording: Window) -> None:
    host = recording.recorder
    interview, first = host.interview, host.recording
    go_on(qtbot, recording, 5000)
    stood = now(recording).at_ms
    with qtbot.waitSignal(host.kept, timeout=LONG) as kept:
        break_encoder(recording, "audio.encoder-failed")
    assert kept.args == [interview, first]
    qtbot.waitUntil(lambda: host.state == "recording" and now(recording).at_ms > 300, timeout=LONG)
    assert host.interview == interview and host.recording != first
    sees(qtbot, recording, "The recording stopped by itself and goes on as a new one.")
    assert console(recording).console.isVisible()
    assert recording.desk is not None
    whole = recordings.view(recording.desk.session, first)
    assert whole.interrupted and stood - whole.duration <= 1000
    assert not stop(qtbot, recording).interrupted
    assert len(recordings.rows(recording.desk.session, interview)) == 2


@pytest.mark.parametrize(("code", "ms"), [("machine.disk-full", 5000), ("audio.encoder-failed", 500)])
def test_on_a_full_disk_or_where_it_breaks_at_once_nothing_goes_on(
    qtbot: QtBot, recording: Window, code: str, ms: int
) -> None:
    host = recording.recorder
    first = host.recording
    go_on(qtbot, recording, ms)
    with qtbot.waitSignal(host.kept, timeout=LONG) as kept:
        break_encoder(recording, code)
    settle(qtbot)
    assert kept.args[1] == first and host.state == "idle"
    why = messages.sentence(MachineError(code))
    stopped = f"The recording has stopped. What was recorded is kept. {why}"
    assert reads(recording, why if code.startswith("audio.") else stopped)
