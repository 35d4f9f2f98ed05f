"""The look: contrast is computed, sizes follow the settings, every icon is there and takes the theme's colour."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn import resources
from cairn.qt.base.icons import icon
from cairn.qt.base.theme import SCALES, theme
from cairn.qt.base.tokens import DARK, LIGHT, Tokens
from cairn.qt.shell.registry import SCREENS
from cairn.qt.widgets import button, label

TEXT = [
    ("ink", "paper surface sunken accent_soft warn_soft danger_soft"),
    ("ink_soft", "paper surface sunken accent_soft"),
    ("accent", "paper surface accent_soft"),
    ("on_accent", "accent"),
    ("warn", "surface warn_soft"),
    ("danger", "surface danger_soft"),
    ("act", "surface paper sunken accent_soft act_soft"),
    ("person", "surface paper sunken accent_soft person_soft"),
    ("place", "surface paper sunken accent_soft place_soft"),
    ("time", "surface paper sunken accent_soft time_soft"),
    ("code", "surface paper sunken accent_soft code_soft"),
]
"""Every pair of text and ground that the screens use."""
CONTROLS = [
    ("control_line", "surface paper"),
    ("accent", "surface paper sunken"),
    ("danger", "surface paper"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(tokens: Tokens, pairs: list[tuple[str, str]], least: float) -> list[str]:
    return [
        f"{front} on {back}: {contrast(getattr(tokens, front), getattr(tokens, back)):.2f}"
        for front, grounds in pairs
        for back in grounds.split()
        if contrast(getattr(tokens, front), getattr(tokens, back)) < least
    ]


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_can_be_read(tokens: Tokens) -> None:
    assert too_faint(tokens, TEXT, 4.5) == []
    assert too_faint(tokens, CONTROLS, 3.0) == []


@pytest.mark.parametrize("scale", SCALES)
def test_sizes_follow_the_text_size(qtbot: QtBot, qapp: QApplication, scale: int) -> None:
    theme().apply(qapp, scale=scale)
    words, act = label("Words", "title"), button("Save version")
    for widget in (words, act):
        qtbot.addWidget(widget)
        widget.show()
    assert qapp.font().pixelSize() == round(14 * scale / 100)
    assert words.font().pixelSize() == round(24 * scale / 100)
    assert act.sizeHint().height() >= round(34 * scale / 100)


def test_a_size_that_nobody_could_use_is_not_taken(qapp: QApplication) -> None:
    theme().apply(qapp, scale=1)
    assert theme().scale == 90
    theme().apply(qapp, scale=5000)
    assert theme().scale == 200


@pytest.mark.parametrize(("mode", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_the_palette_is_the_themes(qapp: QApplication, mode: str, tokens: Tokens) -> None:
    theme().apply(qapp, mode=mode)
    assert theme().dark == (mode == "dark")
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == QColor(tokens.paper)
    assert palette.color(QPalette.ColorRole.Text) == QColor(tokens.ink)
    theme().apply(qapp, mode="no such theme")
    assert theme().mode == mode


def test_korean_has_a_font(qapp: QApplication) -> None:
    assert "Noto Sans CJK KR" in qapp.font().families()


@pytest.mark.parametrize("name", resources.names("icons", ".svg"))
def test_every_icon_can_be_drawn(name: str) -> None:
    drawing = QSvgRenderer(str(resources.path(f"icons/{name}")))
    assert drawing.isValid() and not drawing.viewBox().isEmpty()


def test_every_screen_of_the_rail_has_its_icon() -> None:
    there = resources.names("icons", ".svg")
    assert [entry.glyph for entry in SCREENS if f"{entry.glyph}.svg" not in there] == []


def test_an_icon_follows_the_theme_and_the_screens_density(qapp: QApplication) -> None:
    drawn = icon("lock", "ink")
    for mode, tokens in (("light", LIGHT), ("dark", DARK)):
        theme().apply(qapp, mode=mode)
        picture = drawn.pixmap(QSize(20, 20), 2.0).toImage()
        assert picture.size() == QSize(40, 40), "crisp at 200 %"
        solid = {
            picture.pixelColor(x, y).name()
            for x in range(40)
            for y in range(40)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert solid == {QColor(tokens.ink).name()}


def test_an_icon_beside_a_word_keeps_away_from_it(qapp: QApplication) -> None:
    picture = icon("check", "ink").pixmap(QSize(30, 20), 1.0).toImage()
    painted = [x for x in range(30) for y in range(20) if picture.pixelColor(x, y).alpha()]
    assert max(painted) < 20
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = icon("check", "ink").pixmap(QSize(30, 20), 1.0).toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert min(x for x in range(30) for y in range(20) if mirrored.pixelColor(x, y).alpha()) >= 10
