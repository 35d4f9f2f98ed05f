"""The binder: what holds for every form, shown on one of a few fields."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cairn.errors import InputError
from cairn.model.drafts import Draft
from cairn.qt.forms.form import Form
from cairn.qt.forms.inputs import ChoiceInput, LineInput, ListInput, TextInput, TickInput
from cairn.qt.widgets import Editor, Line
from qt.desk import show
from qt.hand import commit, compose

LONG = 10_000


class Sheet(msgspec.Struct):
    """A record that exists only here: a new form is its fields."""

    name: str = ""
    tongues: list[str] = []
    told: str = ""
    way: str = ""
    seen: list[str] = []
    hidden: int = 0


class Shelf:
    """Keeps drafts in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Draft] = {}

    def save(self, record: str, draft: Draft) -> None:
        self.kept[record] = draft

    def discard(self, record: str) -> None:
        self.kept.pop(record, None)


class Bench:
    """The form, its widgets, and what was kept."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.shelf = Shelf()
        self.widget = QWidget()
        self.name, self.tongues, self.told = Line(), Line(), Editor("Told")
        self.ways = {"on": QRadioButton("On"), "off": QRadioButton("Off")}
        self.boxes = {"a": QCheckBox("A"), "b": QCheckBox("B")}
        layout = QVBoxLayout(self.widget)
        for part in (self.name, self.tongues, self.told, *self.ways.values(), *self.boxes.values()):
            layout.addWidget(part)
            part.setAccessibleName("part")
        ticks = TickInput(self.widget)
        ticks.offer(self.boxes)
        self.form = Form(
            self.widget,
            Sheet(),
            {
                "name": LineInput(self.name),
                "tongues": ListInput(self.tongues),
                "told": TextInput(self.told),
                "way": ChoiceInput(self.widget, self.ways, "off"),
                "seen": ticks,
            },
            lambda: self.shelf,
            nothing=lambda sheet: not sheet.name and not sheet.told,
        )
        show(qtbot, self.widget)

    def settle(self) -> None:
        self.form.keeper.flush()
        self.qtbot.waitUntil(lambda: not self.form.keeper.pending, timeout=LONG)


@pytest.fixture
def bench(qtbot: QtBot, look: None) -> Bench:
    return Bench(qtbot)


FULL = Sheet("W-1", ["ko", "zh"], "One.", "on", ["b"], hidden=7)


def test_what_was_shown_is_what_stands_there_hidden_fields_too(bench: Bench) -> None:
    bench.form.show("r", FULL, "sha")
    assert bench.form.body() == FULL and not bench.form.dirty and bench.form.base == "sha"
    assert bench.ways["on"].isChecked() and bench.boxes["b"].isChecked()
    assert not bench.form.keeper.pending, "showing changes nothing"


def test_every_kind_of_change_reaches_the_draft(bench: Bench) -> None:
    bench.form.show("r", FULL, "sha")
    for line, words in ((bench.name, "x"), (bench.tongues, ", en")):
        line.end(False)
        QTest.keyClicks(line, words)
    bench.ways["off"].click()
    bench.boxes["a"].click()
    bench.settle()
    kept = bench.form.read(bench.shelf.kept["r"])
    assert kept.name == "W-1x" and kept.tongues == ["ko", "zh", "en"] and kept.told == "One."
    assert kept.way == "off" and kept.seen == ["a", "b"] and kept.hidden == 7
    assert bench.shelf.kept["r"].base == "sha"


def test_a_draft_is_taken_up_with_cursor_syllable_and_undo(bench: Bench) -> None:
    bench.form.show("r", FULL, "sha")
    bench.told.setFocus()
    bench.told.moveCursor(bench.told.textCursor().MoveOperation.End)
    QTest.keyClicks(bench.told, " The ice was singing.")
    compose(bench.told, "온")
    bench.settle()
    draft = bench.shelf.kept["r"]
    assert (draft.field, draft.composing, draft.cursor) == ("told", "온", len("One. The ice was singing."))
    other = Bench(bench.qtbot)
    other.form.show("r", FULL, "sha", draft)
    assert other.told.text() == "One. The ice was singing.온"
    other.form.go_on()
    assert other.told.hasFocus()
    commit(bench.told, "")
    for _ in range(10):
        other.told.undo()
    assert other.told.text() == "One."


def test_typed_words_stay_on_the_version_that_they_were_begun_on(bench: Bench) -> None:
    bench.form.show("r", FULL, "first")
    QTest.keyClicks(bench.name, "x")
    theirs = msgspec.structs.replace(FULL, told="Theirs.")
    bench.form.show("r", theirs, "second")
    assert bench.told.text() == "One." and bench.form.base == "first" and bench.form.dirty


def test_what_others_changed_is_shown_where_nothing_was_typed(bench: Bench) -> None:
    bench.form.show("r", FULL, "first")
    bench.form.show("r", msgspec.structs.replace(FULL, told="Theirs.", hidden=8), "second")
    assert bench.told.text() == "Theirs." and bench.form.base == "second"
    assert bench.form.body().hidden == 8 and not bench.form.dirty


def test_a_version_of_just_these_words_is_followed(bench: Bench) -> None:
    bench.form.show("r", FULL, "first")
    QTest.keyClicks(bench.name, "x")
    asked = bench.form.asked()
    bench.form.show("r", asked.body, "second", None, asked)
    assert bench.form.base == "second" and not bench.form.dirty
    QTest.keyClicks(bench.name, "y")
    bench.form.follow("third", asked.edits)
    assert bench.form.base == "third" and bench.form.dirty, "y is in no version yet"


def test_what_is_given_up_makes_place_for_what_is_kept(bench: Bench) -> None:
    bench.form.show("r", FULL, "first")
    QTest.keyClicks(bench.name, "x")
    bench.form.forget_loaded()
    bench.form.show("r", FULL, "first")
    assert bench.form.body() == FULL and not bench.form.dirty


def test_nothing_is_no_draft(bench: Bench) -> None:
    bench.form.begin("r", Sheet())
    QTest.keyClicks(bench.told, "a")
    bench.settle()
    assert "r" in bench.shelf.kept
    QTest.keyClick(bench.told, "\b")
    bench.settle()
    assert bench.told.text() == "" and "r" not in bench.shelf.kept


def test_typing_on_under_a_new_record(bench: Bench) -> None:
    bench.form.begin("r", Sheet())
    QTest.keyClicks(bench.told, "a")
    bench.form.go_on_as("s")
    bench.settle()
    assert bench.form.read(bench.shelf.kept["s"]).told == "a" and bench.shelf.kept["s"].base is None


def test_a_choice_that_nobody_made_can_be_shown_again(bench: Bench) -> None:
    bench.form.begin("r", FULL)
    bench.form.begin("s", Sheet())
    assert not any(way.isChecked() for way in bench.ways.values())
    bench.form.begin("t", Sheet(way="newer"))
    assert bench.ways["off"].isChecked(), "what a newer version knows narrows"


def test_a_damaged_draft_is_told(bench: Bench) -> None:
    with pytest.raises(InputError) as caught:
        bench.form.read(Draft(None, msgspec.Raw(b'{"name": 7}')))
    assert caught.value.code == "record.malformed"


def test_nothing_is_typed_where_it_can_only_be_read(bench: Bench) -> None:
    bench.form.set_read_only(True)
    body = msgspec.Raw(msgspec.json.encode(FULL))
    bench.form.show("r", FULL, "sha", Draft("sha", body, composing="온", field="told", cursor=2))
    assert bench.told.text() == "One." and not bench.form.dirty
    QTest.keyClicks(bench.told, "x")
    assert bench.form.body() == FULL
