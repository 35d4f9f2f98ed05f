"""Writing down what was said, as a person does it: listening, typing, Enter, and finding it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QRadioButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app import sounds
from app.shared import PASSPHRASE
from app.spoken import draft, said, transcript
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session, open_vault
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import recordings, transcripts
from cairn.app.sound.transcripts import TranscriptView
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import Span
from cairn.qt.screens.interviews.transcript.tab import TranscriptTab
from cairn.qt.screens.interviews.transcript.tools import KEYS
from cairn.qt.shell.window import Window
from qt.desk import LONG, choose, cut_off, press, reads, sees, settle, unnamed
from qt.hand import answer, commit, compose, keys, named, screen, sheet, tab, type_words, workspace
from qt.sound.speaker import Speaker, plug

PEOPLE = [Person("W-017", "told"), Person("K.", "interviewer")]


class Bench:
    """An interview with a recording, its Transcript tab in front, and an output that the test controls."""

    def __init__(self, qtbot: QtBot, window: Window, *written: Paragraph) -> None:
        self.qtbot, self.window = qtbot, window
        assert window.desk is not None
        self.session: Session = window.desk.session
        self.interview = interviews.create(self.session, title="W-017")
        interviews.save_version(
            self.session, self.interview, Interview(title="W-017", languages=["ko"], people=PEOPLE)
        )
        self.recording: RecordingView = sounds.record(self.session, self.interview, 20_000)
        if written:
            view = transcripts.load(self.session, self.recording.id)
            transcripts.save_version(self.session, view.id, transcript(self.recording.id, *written))
        self.show()

    def show(self, place: str = "transcript") -> None:
        assert self.window.desk is not None
        self.window.desk.open("interviews", f"{self.interview}#{place}")
        self.qtbot.waitUntil(
            lambda: screen(self.window).workspace is not None and self.tab.recording != "", timeout=LONG
        )
        self.qtbot.waitUntil(lambda: self.tab.listening.player.known, timeout=LONG)
        settle(self.qtbot)
        self.speaker: Speaker = plug(self.tab.listening.player)

    @property
    def tab(self) -> TranscriptTab:
        return workspace(self.window).transcript

    @property
    def stored(self) -> TranscriptView:
        return transcripts.load(self.session, self.recording.id)

    @property
    def typed(self) -> list[Paragraph]:
        """What the draft in the vault holds."""
        held = self.stored.draft
        return transcripts.read_draft(held).paragraphs if held is not None else []

    def at(self, ms: int) -> None:
        """The sound is there."""
        self.tab.listening.seek(ms)
        self.qtbot.waitUntil(lambda: self.tab.listening.position == ms, timeout=LONG)

    def cell(self, row: int, column: int = 2) -> QTextEdit:
        """Click into a cell."""
        table = self.tab.table
        spot = table.visualRect(table.model().index(row, column)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
        return self.here()

    def here(self) -> QTextEdit:
        """The cell that is open."""
        found = self.tab.table.cell
        assert found is not None and QApplication.focusWidget() is found
        return found

    def key(self, act: str) -> None:
        """One of the tab's keys, where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keySequence(target, KEYS[act])

    def kept(self) -> None:
        """Everything that was typed is in the vault."""
        self.qtbot.waitUntil(lambda: not self.tab.keeper.pending, timeout=LONG)


def test_words_are_written_on_the_clock_of_the_sound(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened)
    first = bench.cell(0)
    type_words(first, "어디에서 건넜습니까?")
    bench.at(4000)
    keys(qtbot, Qt.Key.Key_Return)
    type_words(bench.here(), "At the river.")
    bench.at(9000)
    keys(qtbot, Qt.Key.Key_Return)
    type_words(bench.here(), "When?")
    bench.kept()
    assert [(p.start, p.end, p.text) for p in bench.typed] == [
        (0, 4000, "어디에서 건넜습니까?"),
        (4000, 9000, "At the river."),
        (9000, 0, "When?"),
    ]
    assert workspace(opened)._head._state.text == "changed, not saved"
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    settle(qtbot)
    kept = bench.stored
    assert kept.draft is None and kept.body.language == "ko"
    assert [p.text for p in kept.body.paragraphs] == ["어디에서 건넜습니까?", "At the river.", "When?"]
    assert reads(workspace(opened), "saved") and not bench.tab.dirty
    # Where it was typed, it is typed on: a version is no interruption.
    assert bench.here().toPlainText() == "When?"
    versions = interviews.history(bench.session, bench.interview)
    assert [one.kind for one in versions].count("transcript") == 1


def test_enter_parts_and_backspace_joins(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(
        qtbot, opened, said(0, "one two", end=9000, speaker="K."), said(9000, "three", speaker="W-017")
    )
    cell = bench.cell(0)
    cursor = cell.textCursor()
    cursor.setPosition(4)
    cell.setTextCursor(cursor)
    bench.at(5000)
    keys(qtbot, Qt.Key.Key_Return, ctrl=True)
    rows = bench.tab.model.rows
    assert [(p.start, p.speaker, p.text) for p in rows] == [
        (0, "K.", "one"),
        (5000, "W-017", "two"),
        (9000, "W-017", "three"),
    ]
    assert bench.here().textCursor().position() == 0
    keys(qtbot, Qt.Key.Key_Backspace)
    assert [p.text for p in bench.tab.model.rows] == ["one two", "three"]
    type_words(bench.here(), "and ")
    assert bench.tab.model.rows[0].text == "one and two"
    keys(qtbot, Qt.Key.Key_Z, ctrl=True)
    keys(qtbot, Qt.Key.Key_Z, ctrl=True)
    qtbot.waitUntil(lambda: len(bench.tab.model.rows) == 3, timeout=LONG)
    keys(qtbot, Qt.Key.Key_Down)
    assert bench.here().toPlainText() == bench.tab.model.rows[1].text
    keys(qtbot, Qt.Key.Key_Escape)
    assert bench.tab.table.cell is None and bench.tab.table.hasFocus()


def test_what_cannot_be_written_has_its_marks(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened)
    cell = bench.cell(0)
    type_words(cell, "We went")
    bench.key("inaudible")
    type_words(bench.here(), "with")
    bench.key("withheld")
    bench.key("unclear")
    type_words(bench.here(), "north")
    assert bench.here().toPlainText() == "We went [inaudible] with [name withheld] [unclear: north]"
    cell.selectAll()
    press(qtbot, bench.tab, "[unclear: …]")
    assert bench.here().toPlainText().startswith("[unclear: We went")


def test_play_follows_the_text_and_the_text_follows_play(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(
        qtbot, opened, said(0, "one", end=6000), said(6000, "two", end=12_000), said(12_000, "three")
    )
    bench.cell(1)
    bench.key("play")
    qtbot.waitUntil(lambda: bench.speaker.on, timeout=LONG)
    assert bench.tab.listening.position == 6000 and bench.tab.model.playing == 1
    QTest.keyClick(bench.here(), Qt.Key.Key_F7)
    assert not bench.tab.listening.playing
    bench.at(13_000)
    assert bench.tab.model.playing == 2
    # A click on the time goes there.
    table = bench.tab.table
    spot = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert bench.tab.listening.position == 0 and bench.tab.model.playing == 0
    # Another tab is silent.
    bench.cell(1)
    bench.key("play")
    qtbot.waitUntil(lambda: bench.speaker.on, timeout=LONG)
    tab(qtbot, opened, "Account")
    assert not bench.tab.listening.playing


def test_off_the_record_is_refused_and_taken_out(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "stays", end=5000), said(5000, "goes", end=9000))
    recordings.exclude(bench.session, bench.recording.id, [Span(6000, 8000)], "the person asked")
    workspace(opened).reload()
    sees(qtbot, bench.tab, "off the record")
    bench.cell(0)
    bench.at(7000)
    bench.key("stamp")
    sees(qtbot, opened, "This moment is off the record.")
    assert bench.tab.model.rows[0].start == 0
    press(qtbot, bench.tab, "Take them out…")
    answer(qtbot, opened, "Take them out", reason="off the record")
    settle(qtbot)
    assert [p.text for p in bench.stored.body.paragraphs] == ["stays"]
    assert [p.text for p in bench.tab.model.rows] == ["stays"]
    assert not reads(bench.tab, "off the record")


def test_a_syllable_survives_the_lock(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened)
    cell = bench.cell(0)
    type_words(cell, "강을 ")
    compose(cell, "건")
    folder = bench.session.info.folder
    opened.lock()
    qtbot.waitUntil(lambda: opened.desk is None, timeout=LONG)
    settle(qtbot)
    opened.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    bench.session = opened.desk.session  # type: ignore[union-attr]
    bench.show()
    assert [p.text for p in bench.tab.model.rows] == ["강을 건"]
    assert bench.tab.dirty


def test_what_the_vault_answers_does_not_replace_what_is_typed(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "old", end=5000))
    cell = bench.cell(0)
    workspace(opened).reload()
    type_words(cell, "new ")
    commit(cell, "말")
    settle(qtbot)
    bench.kept()
    assert bench.here() is cell and "new 말" in cell.toPlainText()
    assert "new 말" in bench.typed[0].text


def test_a_hit_opens_the_transcript_at_the_second(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "one", end=8000), said(8000, "The lantern.", end=12_000))
    tab(qtbot, opened, "Account")
    search = named(screen(opened), "Search everything", QWidget)
    search.setFocus()
    type_words(search, "lantern")
    found = screen(opened).results.list
    qtbot.waitUntil(lambda: len(found.rows.rows) == 2, timeout=LONG)
    assert found.rows.rows[1].note == "Transcript 0:00:08"
    settle(qtbot)
    spot = found.visualRect(found.rows.index(1)).center()
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    qtbot.waitUntil(lambda: bench.tab.isVisible() and bench.tab.listening.position == 8000, timeout=LONG)
    settle(qtbot)
    assert bench.tab.table.currentIndex().row() == 1 and bench.tab.model.playing == 1


def test_a_copy_leaves_through_the_gate(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    bench = Bench(qtbot, opened, said(0, "하나", speaker="W-017", translation="One"))
    press(qtbot, bench.tab, "Export…")
    sees(qtbot, opened, "Nobody has written down what this person agreed to.")
    consent.set_consent(bench.session, bench.interview, agreed_to(choice="share"))
    for form, which, name in (
        ("WebVTT, for a player", "The translation alone", "a.vtt"),
        ("DOCX, for a word processor", "The words and the translation", "a.docx"),
    ):
        press(qtbot, bench.tab, "Export…")
        qtbot.waitUntil(lambda: reads(opened, "Copy the transcript out of the vault?"), timeout=LONG)
        for word in (form, which):
            named(sheet(opened), word, QRadioButton).setChecked(True)
        press(qtbot, sheet(opened), "Choose where…")
        qtbot.waitUntil(lambda: bool(bench.tab.findChildren(QFileDialog)), timeout=LONG)
        choose(qtbot, bench.tab, tmp_path / name)
        settle(qtbot)
    assert (tmp_path / "a.vtt").read_text().endswith("<v W-017>One\n")
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")


def test_two_recordings_have_each_their_words(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened)
    second = sounds.record(bench.session, bench.interview, 3000)
    workspace(opened).reload()
    qtbot.waitUntil(lambda: bench.tab.choice.count() == 2, timeout=LONG)
    type_words(bench.cell(0), "first")
    at = bench.tab.choice.findData(second.id)
    bench.tab.choice.setCurrentIndex(at)
    bench.tab.choice.activated.emit(at)
    qtbot.waitUntil(lambda: bench.tab.recording == second.id, timeout=LONG)
    settle(qtbot)
    assert bench.tab.model.paragraphs == []
    type_words(bench.cell(0), "second")
    bench.kept()
    press(qtbot, workspace(opened), "Save version")
    settle(qtbot)
    words = [
        transcripts.load(bench.session, one).body.paragraphs[0].text
        for one in (bench.recording.id, second.id)
    ]
    assert words == ["first", "second"]


def test_a_finalised_interview_takes_a_correction(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "misheard", end=5000))
    press(qtbot, workspace(opened), "Finalise interview")
    answer(qtbot, opened, "Finalise interview")
    press(qtbot, workspace(opened), "Correct…")
    answer(qtbot, opened, "Correct interview")
    cell = bench.cell(0)
    cell.selectAll()
    type_words(cell, "heard")
    press(qtbot, workspace(opened), "Save correction…")
    answer(qtbot, opened, "Save correction", reason="listened again")
    settle(qtbot)
    assert bench.stored.body.paragraphs[0].text == "heard" and bench.stored.draft is None


def test_undoing_everything_gives_up_the_typed_words(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "kept", end=5000))
    type_words(bench.cell(0), "x")
    bench.kept()
    workspace(opened)._discard_now()
    settle(qtbot)
    qtbot.waitUntil(lambda: [p.text for p in bench.tab.model.rows] == ["kept"], timeout=LONG)
    assert bench.stored.draft is None


def test_a_draft_of_the_vault_is_taken_up(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "saved", end=5000))
    tab(qtbot, opened, "Account")
    view = bench.stored
    body = transcript(bench.recording.id, said(0, "typed elsewhere", end=5000))
    transcripts.save_draft(bench.session, bench.interview, view.id, draft(body, view.base))
    tab(qtbot, opened, "Transcript")
    qtbot.waitUntil(lambda: bench.tab.model.rows[0].text == "typed elsewhere", timeout=LONG)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_everything_has_a_name_and_room(qtbot: QtBot, opened: Window, size: tuple[int, int]) -> None:
    bench = Bench(qtbot, opened, said(0, "one", translation="uno", speaker="A very long name of a speaker"))
    opened.resize(*size)
    settle(qtbot)
    bench.cell(0)
    assert unnamed(bench.tab) == []
    assert cut_off(bench.tab) == []


def test_four_hours_of_paragraphs_are_shown_at_once(qtbot: QtBot, opened: Window) -> None:
    many = [said(n * 10, f"Paragraph {n} of a long conversation, with some words. " * 3) for n in range(1500)]
    bench = Bench(qtbot, opened, *many)
    assert bench.tab.model.rowCount() == 1500
    last = bench.cell(0)
    type_words(last, "x")
    bench.kept()
    assert bench.typed[0].text.count("x") == 1


def test_one_of_several_is_chosen_removed_and_brought_back(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "the first words"))
    several = bench.tab.several
    assert not several.choice.isVisible() and several.more.isVisible()
    first = bench.stored.id
    second = revising.begin(bench.session, "transcript", bench.interview)
    body = transcript(bench.recording.id, said(0, "other words"), language="en", translation="")
    transcripts.save_version(bench.session, second, body)
    bench.tab._load()
    settle(qtbot)
    assert several.choice.isVisible() and several.choice.count() == 2
    assert several.choice.currentData() == first
    assert several.choice.itemText(0).startswith("ko → en · ")
    assert unnamed(bench.tab) == [] and cut_off(opened) == []
    several.choice.setCurrentIndex(1)
    several.choice.activated.emit(1)
    settle(qtbot)
    assert [p.text for p in bench.tab.model.rows] == ["other words"]
    bench.tab._load()
    settle(qtbot)
    assert [p.text for p in bench.tab.model.rows] == ["other words"], "it stays the one that is shown"

    several.remove.trigger()
    answer(qtbot, opened, "Remove transcript", "it was a trial")
    settle(qtbot)
    assert [p.text for p in bench.tab.model.rows] == ["the first words"]
    assert not several.choice.isVisible()
    assert list(transcripts.of_interview(bench.session, bench.interview)) == [first]
    several.bring_back.trigger()
    answer(qtbot, opened, "Bring back", "it was none")
    settle(qtbot)
    assert [p.text for p in bench.tab.model.rows] == ["other words"]
    assert transcripts.removed(bench.session, bench.recording.id) == []


def test_removing_the_only_one_leaves_an_empty_page_to_write_on(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "the first words"))
    bench.tab.several.remove.trigger()
    answer(qtbot, opened, "Remove transcript", "wrong recording")
    settle(qtbot)
    assert [p.text for p in bench.tab.model.rows] in ([], [""])
    type_words(bench.cell(0), "anew")
    bench.kept()
    assert [p.text for p in bench.typed] == ["anew"]
    gone = transcripts.removed(bench.session, bench.recording.id)
    assert len(gone) == 1 and gone[0] != bench.stored.id


def test_tab_goes_from_the_words_to_the_translation_and_on(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "first", end=5000), said(5000, "second", end=9000))
    table = bench.tab.table
    table.show_translation(True)
    settle(qtbot)
    bench.cell(0)
    went = []
    for _ in range(3):
        went.append((table.currentIndex().row(), table.currentIndex().column()))
        keys(qtbot, Qt.Key.Key_Tab)
        bench.here()
    went.append((table.currentIndex().row(), table.currentIndex().column()))
    assert went == [(0, 2), (0, 3), (1, 2), (1, 3)]
    type_words(bench.here(), "zwei")
    keys(qtbot, Qt.Key.Key_Backtab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 2)
    keys(qtbot, Qt.Key.Key_Tab)
    keys(qtbot, Qt.Key.Key_Tab)
    assert table.cell is None and not table.hasFocus(), "from the last one on, out of the table"
    bench.kept()
    assert [p.translation for p in bench.typed] == ["", "zwei"]
    table.show_translation(False)
    bench.cell(0)
    keys(qtbot, Qt.Key.Key_Tab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 2)


@pytest.mark.qt_log_ignore("This plugin does not support")  # the test platform has no pop-up windows
def test_speakers_are_the_people_present(qtbot: QtBot, opened: Window) -> None:
    bench = Bench(qtbot, opened, said(0, "first", end=5000))
    assert bench.tab.table.cells.speakers == ["W-017", "K."]
    table = bench.tab.table
    table.setCurrentIndex(table.model().index(0, 1))
    table.edit(table.model().index(0, 1))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.waitUntil(lambda: editor.completer().popup().isVisible(), timeout=LONG)
    offered = editor.completer().popup().model()
    assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == ["W-017", "K."]
    editor.completer().popup().hide()
    assert bench.tab._languages_button.accessibleName() == "Languages and translation"
