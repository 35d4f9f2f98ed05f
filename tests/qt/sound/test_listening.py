"""A recording of a real vault: opened, heard, drawn, changed by hand; its key is gone when it is let go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.app.kernel import preferences, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import bringing, recordings
from cairn.crypto.cobblestone import CHUNK, HEADER, TAG
from cairn.decode.host import DecodeHost
from cairn.model.values import Span
from cairn.qt.base import tasks
from cairn.qt.media.sound import keys
from cairn.qt.media.sound.actions import RecordingActions
from cairn.qt.media.sound.import_sound import ImportSound
from cairn.qt.media.sound.listening import Listening
from cairn.qt.widgets import Sheet
from decode import files
from qt.desk import LONG, PlainDesk, activate, choose, cut_off, find_button, press, settle, show, unnamed
from qt.sound.speaker import Speaker, plug

RATE = 48_000
SECONDS = 20


class SoundDesk(PlainDesk):
    """A desk that can decode."""

    def __init__(self, session: Session, decoder: DecodeHost) -> None:
        super().__init__(session)
        self.decoder = decoder
        self.kept: list[str] = []

    def show_saved(self, text: str, *, waiting: bool = False) -> None:
        self.kept.append(text)


class Room(QWidget):
    """A tab with a player, its actions, and the button that adds sound."""

    def __init__(self, desk: SoundDesk, interview: str) -> None:
        super().__init__()
        self.desk, self.interview = desk, interview
        self.listening = Listening(desk)
        self.acts = RecordingActions(desk, self.listening)
        self.adding = ImportSound(desk, self)
        layout = QVBoxLayout(self)
        for part in (self.adding.banner, self.adding.button, self.adding.progress, self.listening, self.acts):
            layout.addWidget(part)
        layout.addStretch(1)
        self.speaker: Speaker = plug(self.listening.player)
        self.acts.changed.connect(self.show_one)
        self.adding.added.connect(lambda one: self.show_one(one) if one else None)
        self.reload()

    correcting = False
    """Whether a correction was begun, as the workspace asks for it."""

    def reload(self) -> None:
        view = interviews.load(self.desk.session, self.interview)
        if self.correcting:
            view = dataclasses.replace(view, frozen=False)
        self.acts.show_interview(view)
        self.adding.show_interview(view)

    def show_one(self, recording: str) -> None:
        self.listening.show_recording(recordings.view(self.desk.session, recording))
        self.reload()

    @property
    def view(self) -> RecordingView:
        return recordings.view(self.desk.session, self.listening.recording)


@pytest.fixture
def desk(field: Session) -> Iterator[SoundDesk]:
    with DecodeHost() as decoder:
        yield SoundDesk(field, decoder)
        tasks.shut_down()


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "phone.wav"
    path.write_bytes(files.sound("WAV", "PCM_16", SECONDS * RATE))
    return path


@pytest.fixture
def room(qtbot: QtBot, desk: SoundDesk) -> Iterator[Room]:
    interview = interviews.create(desk.session, title="W-1")
    interviews.save_version(desk.session, interview)
    made = Room(desk, interview)
    show(qtbot, made, 820, 620)
    yield made
    made.listening.let_go()
    settle(qtbot)


@pytest.fixture
def heard(qtbot: QtBot, room: Room, wav: Path) -> Room:
    """With one recording that was added by hand."""
    press(qtbot, room, "Add sound…")
    choose(qtbot, room, wav)
    settle(qtbot)
    qtbot.waitUntil(lambda: room.listening.player.known, timeout=LONG)
    settle(qtbot)
    return room


def sheet(room: Room) -> Sheet:
    (found,) = [one for one in room.window().findChildren(Sheet) if one.isVisible()]
    return found


def field_of(over: QWidget, name: str) -> QLineEdit:
    (found,) = [
        one for one in over.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == name
    ]
    return found


def samples(room: Room) -> np.ndarray:
    return np.frombuffer(bytes(room.speaker.heard), "<i2").astype(int)


def test_sound_from_a_phone_is_kept_and_heard(qtbot: QtBot, heard: Room, wav: Path) -> None:
    view = heard.view
    assert (view.name, view.source, view.duration) == ("phone.wav", "import", SECONDS * 1000)
    reader = recordings.reader(heard.desk.session, view.id)
    assert reader.read_at(0, reader.size) == wav.read_bytes(), "kept as it is"
    reader.close()
    assert len(heard.listening.waveform._drawing.peaks) == SECONDS * 20
    heard.listening.play_from(5_000)
    qtbot.waitUntil(lambda: len(heard.speaker.heard) > RATE // 10, timeout=LONG)
    got = samples(heard)
    tone = files.tone(SECONDS * RATE)[5 * RATE : 5 * RATE + len(got), 0]
    assert np.abs(got - tone * 32767).max() <= 2
    assert unnamed(heard) == [] and cut_off(heard) == []


def test_what_is_no_sound_is_kept_as_a_file_and_said(
    qtbot: QtBot, room: Room, tmp_path: Path, wav: Path
) -> None:
    bad = tmp_path / "voice.mp3"
    bad.write_bytes(b"this is a letter\n" * 900)
    room.adding.add([bad, wav])
    settle(qtbot)
    assert room.adding.banner.text.startswith("“voice.mp3” can't be taken as sound. It is kept under Files")
    names = [one.name for one in recordings.rows(room.desk.session, room.interview)]
    assert names == ["phone.wav"], "the others are taken in all the same"


def test_let_go_closes_it_and_a_later_wish_waits(qtbot: QtBot, heard: Room) -> None:
    view = heard.view
    held = heard.listening._reader
    assert held is not None
    heard.listening.play_from(1_000)
    heard.listening.let_go()
    assert not heard.speaker.on and heard.listening.recording == ""
    with pytest.raises(Exception, match=r"decode\.closed"):
        held.read_at(0, 10)
    settle(qtbot)
    assert heard.desk.decoder.pids == []
    heard.listening.show_recording(view)
    heard.listening.play_from(12_000)
    qtbot.waitUntil(lambda: heard.speaker.on and bool(heard.speaker.heard), timeout=LONG)
    assert heard.listening.position == 12_000


def test_an_excerpt_is_made_of_what_was_chosen(qtbot: QtBot, heard: Room) -> None:
    master = heard.view
    heard.listening.waveform.set_selection(Span(4_000, 9_500))
    press(qtbot, heard, "Excerpt…")
    asked = sheet(heard)
    assert field_of(asked, "From").text() == "0:04" and field_of(asked, "To").text() == "0:09.5"
    field_of(asked, "To").setText("0:03")
    press(qtbot, asked, "Make excerpt")
    assert asked.isVisible(), "an end before the beginning is not taken"
    field_of(asked, "To").setText("0:09.5")
    press(qtbot, asked, "Make excerpt")
    settle(qtbot)
    made = heard.view
    assert (made.source, made.of, made.master) == ("excerpt", master.id, master.sha256)
    assert made.kept == (Span(4_000, 9_500),) and abs(made.duration - 5_500) <= 20
    assert made.name == "phone-excerpt.opus"


def test_off_the_record_and_the_copy_that_may_leave(qtbot: QtBot, heard: Room) -> None:
    master = heard.view.id
    heard.listening.waveform.set_selection(Span(2_000, 6_000))
    press(qtbot, heard, "Off the record…")
    press(qtbot, sheet(heard), "Take it off the record")
    settle(qtbot)
    assert heard.view.excluded == (Span(2_000, 6_000),)
    assert heard.listening.waveform.selection is None
    words = [one.text() for one in heard.acts.findChildren(QLabel) if one.isVisible()]
    assert any("off the record" in one for one in words)
    heard.acts.cut.trigger()
    settle(qtbot)
    made = heard.view
    assert made.source == "cut" and made.of == master and not made.excluded
    assert abs(made.duration - (SECONDS - 4) * 1000) <= 40
    heard.show_one(master)
    heard.acts.on_again.trigger()
    asked = sheet(heard)
    field_of(asked, "Reason").setText("She wishes it to be known")
    press(qtbot, asked, "Put on the record")
    settle(qtbot)
    assert heard.view.excluded == ()


def test_listening_copy_rename_remove_bring_back(qtbot: QtBot, heard: Room) -> None:
    master = heard.view.id
    heard.acts.copy.trigger()
    settle(qtbot)
    assert heard.view.source == "copy" and heard.desk.kept
    heard.show_one(master)
    heard.acts.rename.trigger()
    asked = sheet(heard)
    field_of(asked, "Name").setText("First talk")
    press(qtbot, asked, "Rename recording")
    settle(qtbot)
    assert heard.view.name == "First talk"
    heard.acts.remove.trigger()
    asked = sheet(heard)
    assert not find_button(asked, "Remove recording").isEnabled(), "a reason is needed"
    field_of(asked, "Reason").setText("Recorded by mistake")
    press(qtbot, asked, "Remove recording")
    settle(qtbot)
    assert heard.view.removed
    heard.acts.bring_back.trigger()
    settle(qtbot)
    assert not heard.view.removed


def test_a_sealed_interview_asks_for_the_reason(qtbot: QtBot, heard: Room, wav: Path) -> None:
    interviews.finalise(heard.desk.session, heard.interview)
    heard.reload()
    heard.adding.add([wav])
    assert not [each for each in heard.window().findChildren(Sheet) if each.isVisible()], (
        "until it is corrected"
    )
    assert not heard.acts.off.isVisible()
    heard.correcting = True
    heard.reload()
    heard.adding.add([wav])
    asked = sheet(heard)
    field_of(asked, "Reason").setText("The second half")
    press(qtbot, asked, "Add sound")
    settle(qtbot)
    assert len(recordings.rows(heard.desk.session, heard.interview)) == 2
    press(qtbot, heard, "Off the record…")
    asked = sheet(heard)
    press(qtbot, asked, "Take it off the record")
    assert asked.isVisible() and not heard.view.excluded, "a reason is needed"
    field_of(asked, "Reason").setText("He asks for it")
    press(qtbot, asked, "Take it off the record")
    settle(qtbot)
    assert heard.view.excluded


def test_copy_out_asks_consent(qtbot: QtBot, heard: Room) -> None:
    heard.acts.copy_out.trigger()
    settle(qtbot)
    assert heard.desk.said and heard.desk.said[-1][1] == "warn", "nobody consented"


def test_a_recording_without_an_overview_gets_one(
    qtbot: QtBot, heard: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = heard.view
    heard.listening.let_go()
    monkeypatch.setattr(recordings, "peaks", lambda _session, _id: None)
    heard.listening.show_recording(view)
    settle(qtbot)
    drawn = heard.listening.waveform._drawing.peaks
    monkeypatch.undo()
    assert len(drawn) == SECONDS * 20 and recordings.peaks(heard.desk.session, view.id) == drawn


def test_keys_work_while_one_types_and_a_pedal_too(qtbot: QtBot, room: Room, wav: Path) -> None:
    preferences.change_inside(room.desk.session, keys.PREFERENCE, {"play": "F13", "back": "x y z", "on": 7})
    room.listening.hide()
    room.listening.show()
    with wav.open("rb") as source:
        made = bringing.import_sound(room.desk.session, room.desk.decoder, room.interview, source, "talk.wav")
    room.show_one(made.id)
    writing = QLineEdit()
    writing.setAccessibleName("Words")
    layout = room.layout()
    assert layout is not None
    layout.addWidget(writing)
    qtbot.waitUntil(lambda: room.listening.player.known, timeout=LONG)
    settle(qtbot)
    activate(qtbot, room)
    writing.setFocus()
    qtbot.waitUntil(writing.hasFocus, timeout=LONG)
    ctrl_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(writing, Qt.Key.Key_F7)
    assert room.listening.playing
    qtbot.keyClick(writing, Qt.Key.Key_F13)
    assert not room.listening.playing
    qtbot.keyClick(writing, Qt.Key.Key_Right, ctrl_alt)
    assert room.listening.position == 3_000
    qtbot.keyClick(writing, Qt.Key.Key_Left, ctrl_alt)
    assert room.listening.position == 0
    qtbot.keyClick(writing, Qt.Key.Key_Up, ctrl_alt)
    assert room.listening.player.speed == 1.1
    qtbot.keyClick(writing, Qt.Key.Key_Down, ctrl_alt)
    room.listening.waveform.set_selection(Span(1_000, 2_000))
    qtbot.keyClick(writing, Qt.Key.Key_L, ctrl_alt)
    assert room.listening.player.loop == Span(1_000, 2_000)
    qtbot.keyClick(writing, Qt.Key.Key_L, ctrl_alt)
    assert room.listening.player.loop is None and writing.text() == ""


def flip_file(room: Room, view: RecordingView, chunk: int) -> None:
    """Change one bit of the recording's file on the disk."""
    media = view.media
    path = room.desk.session.vault.media_folder / media[:2] / f"{media}.cob"
    data = bytearray(path.read_bytes())
    data[HEADER + chunk * (CHUNK + TAG) + 500] ^= 8
    path.write_bytes(data)


CHUNK_MS = CHUNK * 1000 / (2 * RATE)


def test_damage_is_shown_in_words_and_on_the_waveform(qtbot: QtBot, heard: Room) -> None:
    view = heard.view
    assert heard.listening.lost.text == "" and heard.listening.waveform._drawing.damaged == ()
    heard.listening.let_go()
    flip_file(heard, view, 30)
    heard.listening.show_recording(view)
    qtbot.waitUntil(lambda: bool(heard.listening.lost.text), timeout=LONG)
    [lost] = heard.listening.waveform._drawing.damaged
    assert abs(lost.start - 30 * CHUNK_MS) < 20 and abs(lost.end - 31 * CHUNK_MS) < 20
    assert heard.listening.lost.text.startswith(
        "About 1 second of this recording is damaged on the disk, from 0:05.1 to 0:05.3."
    )
    assert "damaged: 0:05 to 0:06" in heard.listening.waveform.accessibleDescription()
    heard.listening.play_from(5_000)
    assert heard.listening.lost.text, "it stays while it is played"
    qtbot.waitUntil(lambda: bool(heard.speaker.heard), timeout=LONG)
    heard.speaker.hungry.emit()
    qtbot.waitUntil(lambda: len(heard.speaker.heard) > RATE, timeout=LONG)
    got = samples(heard)
    tone = (files.tone(SECONDS * RATE)[5 * RATE : 5 * RATE + len(got), 0] * 32767).round()
    at = (lost.start - 5_000) * RATE // 1000
    end = (lost.end - 5_000) * RATE // 1000
    assert np.abs(got - tone)[: at - 48].max() <= 2 and np.abs(got - tone)[end + 48 :].max() <= 2
    assert not got[at + 48 : end - 48].any()
    assert unnamed(heard) == [] and cut_off(heard) == []
    heard.listening.let_go()
    assert heard.listening.lost.text == "" and heard.listening.waveform._drawing.damaged == ()


def test_damage_that_is_met_while_it_is_heard_does_not_end_it(
    qtbot: QtBot, heard: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.qt.media.sound.listening.LOOKED_THROUGH", 0)
    view = heard.view
    heard.listening.let_go()
    flip_file(heard, view, 30)
    heard.listening.show_recording(view)
    heard.listening.play_from(4_900)
    qtbot.waitUntil(lambda: bool(heard.listening.lost.text), timeout=LONG)
    qtbot.waitUntil(lambda: heard.speaker.on and bool(heard.speaker.heard), timeout=LONG)
    heard.speaker.hungry.emit()
    qtbot.waitUntil(lambda: len(heard.speaker.heard) > RATE, timeout=LONG)
    assert heard.listening.position == 4_900 and heard.listening.banner.text == ""


def test_where_nothing_is_left_it_says_so(qtbot: QtBot, heard: Room) -> None:
    view = heard.view
    heard.listening.let_go()
    path = heard.desk.session.vault.media_folder / view.media[:2] / f"{view.media}.cob"
    path.write_bytes(bytes(path.stat().st_size))
    heard.listening.show_recording(view)
    qtbot.waitUntil(lambda: bool(heard.listening.banner.text), timeout=LONG)
    assert "damaged" in heard.listening.banner.text and heard.listening.lost.text == ""


def test_several_files_have_one_outcome_each_by_name(
    qtbot: QtBot, room: Room, wav: Path, tmp_path: Path
) -> None:
    words = tmp_path / "notes.mp3"
    words.write_text("no sound")
    lost = tmp_path / "lost.wav"
    whole = bytearray(files.sound("WAV", "PCM_16", RATE))
    whole[4:8] = whole[whole.index(b"data") + 4 : whole.index(b"data") + 8] = bytes(4)
    lost.write_bytes(whole)
    room.adding.add([wav, words, tmp_path / "gone.wav", lost])
    settle(qtbot)
    told = room.adding.banner.text.split("\n")
    assert told[0].startswith("“gone.wav” was not taken in. It is still where it was.")
    assert {line.split("”")[0] for line in told} == {"“gone.wav", "“notes.mp3", "“lost.wav", "“phone.wav"}
    assert any(
        line.startswith("“notes.mp3” can't be taken as sound. It is kept under Files") for line in told
    )
    assert any(line.startswith("“lost.wav” was not closed by the recorder") for line in told)
    assert "“phone.wav” was added as sound." in told
    rows = recordings.rows(room.desk.session, room.interview)
    assert [(one.name, one.duration) for one in rows] == [("phone.wav", SECONDS * 1000), ("lost.wav", 1000)]
    assert [one.name for one in interviews.load(room.desk.session, room.interview).files] == ["notes.mp3"]
    qtbot.waitUntil(lambda: room.listening.beside.text.startswith("The recorder did not close"), timeout=LONG)


def test_one_that_was_kept_too_short_learns_its_length_when_it_is_opened(
    qtbot: QtBot, room: Room, wav: Path
) -> None:
    session = room.desk.session
    with wav.open("rb") as source:
        kept = bringing.import_sound(session, room.desk.decoder, room.interview, source, "old.wav")
    with session.store.write() as work:
        head = revising.need(work, kept.id, "recording")
        body = msgspec.structs.replace(head.body, duration=500)
        revising.write(session, work, body, root=room.interview, record=kept.id, parents=[head.sha])
    with qtbot.waitSignal(room.listening.lengthened, timeout=LONG):
        room.show_one(kept.id)
    room.show_one(kept.id)
    settle(qtbot)
    assert room.view.duration == SECONDS * 1000 == room.listening.player.duration
    recordings.exclude(session, kept.id, [Span(15_000, 16_000)])
