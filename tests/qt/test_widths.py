"""In a wide window the words of a part that is narrower than its column have the height that they need."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.shared import introduce
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from cairn.qt.base.theme import theme
from cairn.qt.screens.contacts.panes import OwnPane
from cairn.qt.screens.custody.screen import CustodyScreen
from cairn.qt.screens.exchange.sealed import SealedView
from cairn.qt.screens.interviews.consent import ConsentTab
from cairn.qt.widgets import column, scroll
from cairn.qt.widgets.basic import narrow
from qt.desk import LONG, PlainDesk, settle, show

LONG_WORDS = "Words that go on and on, so that they must be broken at any width whatever. " * 14


def squeezed(widget: QWidget) -> list[str]:
    """Wrapped words that have less height than they need."""
    return [
        each.text()
        for each in widget.findChildren(QLabel)
        if each.isVisible() and each.wordWrap() and each.height() < each.heightForWidth(each.width()) - 1
    ]


def lengthen(widget: QWidget) -> None:
    """As in a longer language: each wrapped text that is there."""
    for each in widget.findChildren(QLabel):
        if each.wordWrap() and each.text():
            each.setText(LONG_WORDS)


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("which", ["custody", "sealed", "consent", "card"])
def test_no_words_are_cut_off_below(
    qtbot: QtBot, qapp: QApplication, field: Session, office: Session, tmp_path: Path, which: str, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    desk = PlainDesk(field)
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made, Interview(title="W-1"))
    if which == "custody":
        shown: QWidget = CustodyScreen(desk)
        shown.enter()
    elif which == "consent":
        shown = ConsentTab(desk, interviews.load(field, made))
    elif which == "card":
        shown = scroll(OwnPane(desk))
    else:
        introduce(field, office)
        consent.set_consent(field, made, agreed_to("share"))
        (bundle,) = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), tmp_path)
        shown = scroll(SealedView([bundle], lambda: None, lambda: None))
    show(qtbot, shown, 1900, 900)
    settle(qtbot)
    lengthen(shown)
    # Parts in parts tell each other one after the other.
    qtbot.waitUntil(lambda: squeezed(shown) == [], timeout=LONG)


def test_what_is_limited_in_a_column_would_be_cut_off_without_a_row(qtbot: QtBot) -> None:
    words = QLabel(LONG_WORDS)
    words.setWordWrap(True)
    inner = QWidget()
    inner.setLayout(column(narrow(words, 300), None))
    area = scroll(inner)
    show(qtbot, area, 1600, 300)
    assert squeezed(area) == [] and words.width() <= theme().px(300)
