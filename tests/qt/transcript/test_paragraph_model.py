"""The paragraphs on the screen: stamped, split, joined, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.spoken import said
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import Span
from cairn.qt.screens.interviews.transcript.paragraph_model import (
    PLAYING,
    SPEAKER,
    TEXT,
    TIME,
    TRANSLATION,
    ParagraphModel,
)

EDIT = Qt.ItemDataRole.EditRole


@pytest.fixture
def model(qapp: QApplication) -> ParagraphModel:
    made = ParagraphModel(qapp)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    some = [said(0, "one two", end=5000, speaker="A"), said(5000, "three", speaker="B"), said(20_000, "four")]
    made.load(some, [Span(10_000, 15_000)], 60_000)
    return made


def shown(model: ParagraphModel) -> list[tuple[int, int, str, str]]:
    return [(each.start, each.end, each.speaker, each.text) for each in model.rows]


def test_there_is_always_a_paragraph(qapp: QApplication) -> None:
    made = ParagraphModel(qapp)
    made.load([], [], 0)
    assert made.rows == [Paragraph()] and made.paragraphs == []
    made.remove(0)
    assert made.rowCount() == 1


def test_splitting_stamps_what_is_heard(model: ParagraphModel) -> None:
    assert model.split(0, 4, 3000) == 1
    assert shown(model)[:2] == [(0, 3000, "A", "one"), (3000, 5000, "A", "two")]
    # Beyond the neighbour it begins with the neighbour; before its own beginning, with itself.
    assert model.split(1, 3, 99_000, "B") == 2
    assert shown(model)[1:3] == [(3000, 5000, "A", "two"), (5000, 0, "B", "")]
    assert model.split(1, 0, 0) == 2
    assert shown(model)[1:3] == [(3000, 0, "A", ""), (3000, 5000, "A", "two")]


def test_nothing_begins_off_the_record(model: ParagraphModel) -> None:
    before = shown(model)
    assert model.split(1, 5, 12_000) is None
    assert not model.stamp(1, 14_999)
    assert not model.setData(model.index(1, TIME), "0:12")
    assert shown(model) == before and model.off == 0


def test_stamping_keeps_the_order_of_time(model: ParagraphModel) -> None:
    assert model.stamp(0, 30_000)
    assert [each.text for each in model.rows] == ["three", "four", "one two"]
    assert model.setData(model.index(2, TIME), "0:00:01.5")
    assert (model.rows[0].start, model.rows[0].text) == (1500, "one two")
    assert not model.setData(model.index(0, TIME), "noon")


def test_joining(model: ParagraphModel) -> None:
    assert model.join(0) is None
    assert model.join(1) == len("one two ")
    assert shown(model)[0] == (0, 5000, "A", "one two three")


def test_every_step_can_be_taken_back_and_done_again(model: ParagraphModel) -> None:
    states = [shown(model)]
    model.split(0, 3, 2000)
    states.append(shown(model))
    model.join(2)
    states.append(shown(model))
    model.stamp(0, 1000)
    states.append(shown(model))
    model.remove(1)
    for state in reversed(states):
        assert model.undo()
        assert shown(model) == state
    assert not model.undo()
    for state in states[1:]:
        assert model.redo()
        assert shown(model) == state


def test_words_last_as_long_as_was_heard(model: ParagraphModel) -> None:
    model.heard_until(2, 25_000)
    model.heard_until(2, 21_000)
    model.heard_until(0, 50_000)
    assert [each.end for each in model.rows] == [5000, 0, 25_000]


def test_what_is_heard_is_marked(model: ParagraphModel) -> None:
    def marked() -> list[int]:
        return [n for n in range(3) if model.data(model.index(n, TEXT), PLAYING)]

    assert model.set_position(0) and marked() == [0]
    assert not model.set_position(4000) and marked() == [0]
    assert model.set_position(20_000) and marked() == [2]
    model.remove(2)
    model.set_position(20_001)
    assert marked() == [1]


def test_spans_excluded_later_are_shown(model: ParagraphModel) -> None:
    model.surround([Span(4000, 5000)], 60_000)
    assert model.off == 1
    model.take_off_out()
    assert [each.text for each in model.rows] == ["three", "four"] and model.off == 0
    assert model.undo() and model.off == 1


def test_reading_only(model: ParagraphModel) -> None:
    model.read_only = True
    assert not model.setData(model.index(0, SPEAKER), "C")
    assert not model.flags(model.index(0, TEXT)) & Qt.ItemFlag.ItemIsEditable
    model.read_only = False
    assert model.setData(model.index(0, TRANSLATION), "uno dos", EDIT)
    assert model.rows[0].translation == "uno dos"
