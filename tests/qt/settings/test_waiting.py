"""Recordings that can't be opened any more: named under Settings, tried again, given up with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import sounds
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder
from cairn.qt.screens.settings.recording import RecordingGroup
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.shell.window import Window
from qt.desk import cut_off, reads, sees, settle, unnamed
from qt.hand import answer, click


def broken(s: Session, title: str) -> tuple[str, bytes]:
    """A recording whose journal is nothing but zeros, and what it was."""
    made = interviews.create(s, title=title)
    interviews.save_version(s, made)
    running = recordings.begin(s, made)
    recorder = Recorder(running.journal)
    recorder.feed(sounds.tone(2000))
    recorder.stop()
    journal = s.media.journal(running.media)
    data = journal.read_bytes()
    journal.write_bytes(bytes(len(data)))
    return running.recording, data


def shown(qtbot: QtBot, window: Window) -> RecordingGroup:
    assert window.desk is not None
    window.desk.open("settings", "recording")
    settle(qtbot)
    screen = window.desk.shown("settings")
    assert isinstance(screen, SettingsScreen)
    group = screen.groups["recording"]
    assert isinstance(group, RecordingGroup)
    return group


def test_one_is_found_again_and_one_is_given_up(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    s = opened.desk.session
    assert not shown(qtbot, opened).waiting.isVisible()
    found, data = broken(s, "W-018")
    lost, _ = broken(s, "")
    group = shown(qtbot, opened)
    group.load()
    settle(qtbot)
    assert reads(group.waiting, "W-018") and reads(group.waiting, "Interview without a title")
    assert unnamed(group) == [] and cut_off(opened) == []

    names = [each.recording for each in recordings.unfinished(s)]
    assert names == [found, lost]
    with s.store.read() as reader:
        media = reader.one("SELECT media FROM recording_in_progress WHERE recording = ?", (found,))
    assert media is not None
    s.media.journal(media[0]).write_bytes(data)
    (again,) = [name for name in _buttons(group) if name.startswith("Try again: W-018")]
    click(qtbot, group, again)
    sees(qtbot, opened, "It could be opened after all, and is saved")
    assert recordings.view(s, found).duration == 2000

    settle(qtbot)
    (drop,) = [name for name in _buttons(group) if name.startswith("Give up: Interview without a title")]
    click(qtbot, group, drop)
    settle(qtbot)
    assert reads(opened, "nobody can ever hear it")
    answer(qtbot, opened, "Give up the recording", "the disk failed")
    sees(qtbot, opened, "The recording is given up.")
    settle(qtbot)
    assert recordings.unfinished(s) == []
    assert not group.waiting.isVisible()


def _buttons(group: RecordingGroup) -> list[str]:
    return [each.accessibleName() for each in group.waiting.findChildren(QPushButton) if each.isVisible()]
