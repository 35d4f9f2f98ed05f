"""Nothing is cut off and nothing overlaps, on any screen in any state, in every language and at large text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cairn.app.kernel import session
from cairn.qt.base import language
from cairn.qt.base.theme import theme
from cairn.qt.widgets import button, column, label, row, scroll
from drive import fits, stage
from drive.pictures import Variant
from drive.showing import show

LOOKED_AT = [
    Variant("light", "en"),
    Variant("light", "ko"),
    Variant("light", "en", (1024, 640), 200),
    Variant("light", "ko", (1024, 640), 200),
    Variant("light", "en-XA"),
    Variant("light", "en-XB"),
]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> stage.Stage:
    """Everything the scenes need, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "RESERVE", stage.SMALL_RESERVE)
        return stage.build(tmp_path_factory.mktemp("stage"))


@pytest.mark.slow
@pytest.mark.parametrize("variant", LOOKED_AT, ids=lambda one: f"{one.language}-{one.name}")
def test_everything_has_room(
    variant: Variant,
    made: stage.Stage,
    qapp: QApplication,
    look: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "create_vault", stage.quick_vault)
    names, wrong = show(qapp, made.copy(tmp_path), tmp_path, None, variant)
    language.set_language(qapp, "en")
    theme().apply(qapp, mode="light", scale=100)
    assert len(names) > 80
    assert not wrong, "\n".join(wrong)


def hold(qtbot: QtBot, inner: QWidget | QVBoxLayout, width: int = 300, height: int = 200) -> QWidget:
    """A window around something."""
    window = QWidget()
    window.setLayout(inner if isinstance(inner, QVBoxLayout) else column(inner))
    window.resize(width, height)
    qtbot.addWidget(window)
    window.show()
    return window


def test_what_has_room_is_not_reported(qtbot: QtBot, look: None) -> None:
    lines = column(
        label("A heading", "heading"), label("Many words. " * 30, wrap=True), button("Go on"), None
    )
    inner = QWidget()
    inner.setLayout(lines)
    assert fits.problems(hold(qtbot, scroll(inner))) == []


def test_a_label_without_room_is_reported(qtbot: QtBot, look: None) -> None:
    text = QLabel("Words that need more than this")
    text.setFixedSize(60, 20)
    assert len(fits.problems(hold(qtbot, column(text, None)))) == 1


def test_a_wrapped_label_that_is_too_low_is_reported(qtbot: QtBot, look: None) -> None:
    text = label("Words that need a good many lines. " * 4, wrap=True)
    text.setFixedHeight(24)
    assert len(fits.problems(hold(qtbot, column(text, None)))) == 1


def test_a_button_without_room_is_reported(qtbot: QtBot, look: None) -> None:
    made = button("Erase this interview")
    made.setFixedWidth(70)
    assert len(fits.problems(hold(qtbot, column(row(made, None), None)))) == 1


def test_what_lies_on_something_else_is_reported(qtbot: QtBot, look: None) -> None:
    window = hold(qtbot, column(None))
    for at in (10, 60):
        child = QPushButton("Go", window)
        child.setGeometry(at, 10, 100, 40)
        child.show()
    assert any("overlap" in line for line in fits.problems(window))


def test_what_goes_beyond_the_window_is_reported(qtbot: QtBot, look: None) -> None:
    window = hold(qtbot, column(None))
    child = QPushButton("Go", window)
    child.setGeometry(250, 150, 100, 40)
    child.show()
    assert any("beyond" in line for line in fits.problems(window))
    child.move(100, 180)
    assert any("up or down" in line for line in fits.problems(window))
