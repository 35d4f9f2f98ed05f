"""Copying a transcript out of the vault: which form, which words, where to."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cairn.app.leaving import names, transcript_copies
from cairn.app.leaving.names import NamesLook
from cairn.app.leaving.transcript_copies import Form, Which
from cairn.app.leaving.views import CopyPreview
from cairn.app.sound.transcripts import TranscriptView
from cairn.model.ports import Progress
from cairn.paths import safe_name
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.widgets import Sheet, column, label
from cairn.qt.widgets.choose import choose_new_file


class Export(QWidget):
    """Asks, and writes the file. It belongs to the tab that asks and goes with it."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        shown: TranscriptView,
        name: str,
        *,
        unsaved: bool,
        translated: bool,
    ) -> None:
        """`unsaved`: words are on the screen that are in no version; `translated`: the version has some."""
        super().__init__(over)
        self.hide()
        self._over = over
        self._desk = desk
        self._shown = shown
        self._name = name
        self._unsaved = unsaved
        self._translated = translated
        self._unlogged = False
        self._forms: dict[str, QRadioButton] = {}
        self._words: dict[str, QRadioButton] = {}

    def begin(self) -> None:
        """Ask the gate first, then the person."""
        session, shown = self._desk.session, self._shown
        if not shown.source:
            self._desk.say(messages.sentence("transcript.nothing"), "warn")
            self.deleteLater()
            return

        def look(progress: Progress) -> tuple[CopyPreview, NamesLook]:
            found = transcript_copies.preview(session, shown.source)
            return found, names.NOTHING if found.refused else names.of_copy(session, found, progress)

        tasks.run(self, look, then=self._decided, lane="long")

    def _decided(self, seen: tuple[CopyPreview, NamesLook]) -> None:
        found, named = seen
        if found.refused:
            self._desk.say(messages.sentence(found.refused), "warn")
            self.deleteLater()
            return
        self._forms = self._choices(
            [("docx", self.tr("DOCX, for a word processor")), ("vtt", self.tr("WebVTT, for a player"))]
        )
        words = [("spoken", self.tr("The words as they were said"))]
        if self._translated:
            words = [
                ("both", self.tr("The words and the translation")),
                *words,
                ("translation", self.tr("The translation alone")),
            ]
        self._words = self._choices(words)
        text = self.tr("The file is readable by anyone who finds it. The custody log keeps that it was made.")
        self._unlogged = bool(found.unlogged)
        parts: list[QWidget] = [*LeavingWords(self).before_a_copy(found, named)]
        if not self._unlogged:
            parts.append(label(text, "soft", wrap=True))
        if self._unsaved:
            hint = self.tr("What was typed since the last version is not in it.")
            parts.append(label(hint, "soft", wrap=True))
        parts += [label(self.tr("Form"), "strong"), *self._forms.values()]
        if self._translated:
            parts += [label(self.tr("Words"), "strong"), *self._words.values()]
        content = QWidget()
        content.setLayout(column(*parts, space=8))
        sheet = Sheet(self._over, self.tr("Copy the transcript out of the vault?"), content)
        sheet.add(self.tr("Cancel"))

        def go() -> None:
            sheet.dismiss()
            self._where()

        sheet.add(self.tr("Choose where…"), go, kind="primary")
        sheet.open()

    def _choices(self, offered: list[tuple[str, str]]) -> dict[str, QRadioButton]:
        group = QButtonGroup(self)
        found = {}
        for code, word in offered:
            radio = QRadioButton(word, self)
            radio.setAccessibleName(word)
            group.addButton(radio)
            found[code] = radio
        next(iter(found.values())).setChecked(True)
        return found

    def _where(self) -> None:
        form = cast(Form, _checked(self._forms))
        which = cast(Which, _checked(self._words))
        choose_new_file(
            self._over,
            self.tr("Copy the transcript to"),
            safe_name(f"{self._name}.{form}"),
            lambda target: self._write(target, form, which),
            ending=form,
            verb=self.tr("Copy it here"),
        )

    def _write(self, target: Path, form: Form, which: Which) -> None:
        session, shown, unlogged = self._desk.session, self._shown, self._unlogged
        tasks.run(
            self,
            lambda progress: transcript_copies.copy_out(
                session,
                shown.source,
                target,
                form,
                which,
                progress,
                along=shown.recording,
                unlogged=unlogged,
            ),
            then=lambda _done: self._desk.show_saved(self.tr("Transcript copied out")),
            lane="long",
            job=self.tr("A transcript is being copied out."),
        )


def _checked(radios: dict[str, QRadioButton]) -> str:
    return next(code for code, radio in radios.items() if radio.isChecked())
