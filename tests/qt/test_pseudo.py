"""The pseudo-languages: what they must keep, what they add, and that they find what nobody translated."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cairn.app.kernel import sentences
from cairn.app.sound import guides
from cairn.qt.base import help_pages, messages
from cairn.qt.shell.window import Window
from drive import pseudo, untranslated


@pytest.mark.parametrize("code", pseudo.CODES)
def test_everything_that_is_said_stands_in_brackets(qapp: QApplication, code: str) -> None:
    plain = sentences.sentence("vault.locked")
    with pseudo.spoken(qapp, code):
        told = [
            QCoreApplication.translate("Heading", "Finalise interview"),
            messages.sentence("vault.locked"),
            guides.load(guides.FIRST, "en").title,
            help_pages.pages()[0].title,
        ]
        assert all(text.startswith(pseudo.LEFT) and text.endswith(pseudo.RIGHT) for text in told), told
        assert "⟦" not in QCoreApplication.translate("Heading", "Nobody ever wrote this")
    assert sentences.sentence("vault.locked") == plain


def test_the_longer_one_is_a_third_longer_and_keeps_what_a_program_reads() -> None:
    text = "Take in {count} of %n interviews from <b>{name}</b>"
    made = pseudo.longer(text)
    assert len(made) - 2 >= len(text) * 1.3
    assert all(part in made for part in ("{count}", "%n", "<b>", "{name}", "</b>"))
    assert "Take" not in made


def test_the_mirrored_one_turns_each_word_and_keeps_what_a_program_reads() -> None:
    made = pseudo.mirrored("Open {name} now")
    assert made == "⟦\u202eOpen\u202c {name} \u202enow\u202c⟧"


def test_a_plural_has_the_form_of_its_number(qapp: QApplication) -> None:
    with pseudo.spoken(qapp, pseudo.LONGER):
        one, two = (QCoreApplication.translate("Exchange", "Seal bundle of %n…", "", n) for n in (1, 2))
    assert "1" in one and "2" in two and "(" not in one + two


def test_a_page_keeps_its_marks() -> None:
    made = pseudo.page(
        "# Title\n\n1. Choose **Seal here**, see [help](consent) or `age`.\n|---|", pseudo.longer
    )
    lines = made.split("\n")
    assert lines[0].startswith("# ⟦") and lines[2].startswith("1. ⟦") and lines[3] == "|---|"
    assert "](consent)" in made and "`age`" in made and made.count("**") == 2


def test_what_nobody_translated_is_told_with_its_widget(
    qtbot: QtBot, qapp: QApplication, window: Window, vault: Path
) -> None:
    with pseudo.spoken(qapp, pseudo.LONGER):
        window.show_unlock(vault)
        qtbot.wait(50)
        assert untranslated.untranslated(window, (vault.name,)) == []
        stray = QLabel("Left as it was", window)
        stray.show()
        assert untranslated.untranslated(window, (vault.name,)) == [
            "QLabel says “Left as it was” in “Left as it was”, which is in no catalogue"
        ]


def test_two_parts_at_the_ends_of_a_line(qtbot: QtBot, qapp: QApplication) -> None:
    from PySide6.QtCore import Qt

    from cairn.qt.widgets.reflow import Ends

    first, second = QLabel("A heading"), QWidget()
    second.setFixedSize(80, 20)
    line = Ends(first, second)
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.show()
    assert first.x() == 0 and second.geometry().right() == 399
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    line.resize(401, 40)
    assert second.x() == 0 and first.geometry().right() == 400
    line.resize(100, 80)
    assert second.y() > first.y()
