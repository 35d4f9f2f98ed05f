"""The question which languages a transcript is in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from cairn.qt.widgets import Field, Line, Sheet, column

translate = QCoreApplication.translate


def ask_languages(
    over: QWidget,
    now: tuple[str, str],
    *,
    beside: bool,
    read_only: bool,
    then: Callable[[str, str, bool], None],
) -> None:
    """Ask for the language spoken, that of the translation, and whether it is shown beside the words."""
    spoken, translated = Line(), Line()
    shown = QCheckBox(translate("TranscriptTab", "Show the translation beside the words"))
    shown.setAccessibleName(shown.text())
    shown.setChecked(beside)
    for line, text in zip((spoken, translated), now, strict=True):
        line.setText(text)
        line.setReadOnly(read_only)
    content = QWidget()
    content.setLayout(
        column(
            Field(
                translate("TranscriptTab", "Language"),
                spoken,
                translate("TranscriptTab", "What is spoken, such as ko or zh."),
            ),
            Field(
                translate("TranscriptTab", "Translated into"),
                translated,
                translate("TranscriptTab", "Such as en; empty without a translation."),
            ),
            shown,
            space=12,
        )
    )
    sheet = Sheet(over, translate("TranscriptTab", "Languages and translation"), content)
    sheet.add(translate("TranscriptTab", "Cancel"))

    def go() -> None:
        sheet.dismiss()
        then(spoken.text().strip(), translated.text().strip(), shown.isChecked())

    sheet.add(translate("TranscriptTab", "Use these"), go, kind="primary")
    sheet.open()
