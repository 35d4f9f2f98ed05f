"""A bar of a chronology is painted where the days are, says them in words, and warns where two can't be true."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from cairn.model.time.told import Told
from cairn.qt.base.theme import theme
from cairn.qt.widgets.time_bar import TimeBar

SCALE = date(1998, 1, 1), date(2001, 12, 31)


def painted(qtbot: QtBot, told: Told, *, conflict: bool = False) -> tuple[TimeBar, QImage]:
    made = TimeBar(told, SCALE, conflict=conflict)
    qtbot.addWidget(made)
    made.resize(401, made.sizeHint().height())
    return made, made.grab().toImage()


def at(image: QImage, share: float) -> str:
    return image.pixelColor(int(share * 400), image.height() // 2).name()


def test_it_is_filled_where_sure_and_outlined_where_it_may_be(qtbot: QtBot) -> None:
    tokens = theme().tokens
    made, image = painted(qtbot, Told("98년부터 2000년까지", "1998/2000"))
    assert at(image, 0.1) == QColor(tokens.accent_soft).name()
    assert at(image, 0.4) == QColor(tokens.accent).name()
    assert at(image, 0.9) not in (QColor(tokens.accent).name(), QColor(tokens.accent_soft).name())
    assert "98년부터 2000년까지" in made.accessibleName() and "31 December 2000" in made.accessibleName()


@pytest.mark.parametrize("edtf", ["1999/..", "../1999", "1998-03-14"])
def test_open_ends_and_single_days_are_seen(qtbot: QtBot, edtf: str) -> None:
    bar, empty = painted(qtbot, Told("long ago"))
    assert bar.minimumSizeHint().width() < bar.sizeHint().width()
    assert painted(qtbot, Told("x", edtf))[1] != empty


def test_what_has_no_day_and_what_cant_be_true_is_said(qtbot: QtBot) -> None:
    made, _ = painted(qtbot, Told("long ago"))
    assert made.accessibleName() == "long ago · no day of it is known"
    made, image = painted(qtbot, Told("1998", "1998"), conflict=True)
    assert "both can't be true" in made.accessibleName()
    assert image != painted(qtbot, Told("1998", "1998"))[1]
