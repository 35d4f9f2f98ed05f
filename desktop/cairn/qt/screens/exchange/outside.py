"""The outside of a file: what anybody can see without a key. Also reached before any vault is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.app import opening
from cairn.app.views import OutsideView
from cairn.errors import CairnError
from cairn.qt import messages, tasks
from cairn.qt.screens.exchange.page import Page, emptied
from cairn.qt.theme import theme
from cairn.qt.widgets import Banner, button, card, column, label, row
from cairn.qt.widgets.choose import choose_file
from cairn.qt.widgets.drop import DropZone
from cairn.qt.widgets.facts import Exact, Facts, Line, Notice

ENDING = "age"
WIDEST = 760


class OutsideCard(QWidget):
    """What a file is, as far as its outside tells."""

    def __init__(self, view: OutsideView, path: Path) -> None:
        super().__init__()
        title, soft, tone = self._kind(view)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("File"), Exact(path.name, self.tr("File"))),
            (self.tr("Size"), messages.size(view.size)),
        ]
        if view.recipients_count:
            facts.append((self.tr("Sealed for"), self._recipients(view.recipients_count)))
        if view.post_quantum:
            facts.append(
                (
                    self.tr("Encryption"),
                    self.tr("ML-KEM-768 with X25519, made to hold against quantum computers too"),
                )
            )
        notices = [Notice(messages.problem(each), "warn") for each in view.problems]
        self.setLayout(column(card(Line(title, soft, tone=tone), *notices, Facts(facts), space=16)))

    def _recipients(self, count: int) -> str:
        # Bundles have entries beyond their recipients, so that their number doesn't tell either.
        return self.tr("at most {count} recipients; the outside doesn't tell who").format(count=count)

    def _kind(self, view: OutsideView) -> tuple[str, str, str]:
        if view.kind == "bundle":
            if view.problems:
                return self.tr("A bundle that is not complete"), "", "warn"
            soft = self.tr(
                "Its outside is as it should be. Who sealed it, and what is inside, only its key tells."
            )
            return self.tr("A sealed bundle"), soft, "good"
        if view.kind == "card":
            return self.tr("A contact card"), "", "neutral"
        if view.kind == "age":
            return self.tr("Something else that is encrypted"), "", "warn"
        return self.tr("This is not a bundle"), "", "danger"


def bundle_filters() -> tuple[str, ...]:
    """What the file dialog offers."""
    return (
        QCoreApplication.translate("Exchange", "Bundles (*.{ending})").format(ending=ENDING),
        QCoreApplication.translate("Exchange", "All files (*)"),
    )


class OutsideScreen(Page):
    """Look at a bundle without a vault. `back` leads to where the person came from."""

    def __init__(self, back: Callable[[], Any]) -> None:
        super().__init__("", "", narrow=WIDEST)
        self.set_title(self.tr("Look at a bundle"))
        self._back = back
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.choose = button(self.tr("Choose a bundle…"), self._choose, kind="primary")
        self.zone = DropZone(self.tr("Drop a bundle here"), self.choose)
        self.zone.dropped.connect(lambda files: self.look(files[0]))
        self.banner = Banner()
        self.back_button = button(self.tr("Back"), back, kind="quiet", glyph="arrow-left")
        intro = label(
            self.tr(
                "Without a key anybody can see that a file is a bundle, how big it is and whether it is "
                "complete at first sight. To see who sealed it and to take it in, open your vault."
            ),
            "soft",
            wrap=True,
        )
        self._found = column(space=16)
        for part in (intro, self.banner, self.zone):
            self.body.addWidget(part)
        self.zone.setMaximumHeight(theme().px(190))
        self.body.addLayout(self._found)
        self.body.addLayout(row(self.back_button, None))
        self.body.addStretch(1)
        self.setFocusProxy(self.choose)

    def help_page(self) -> str:
        return "taking-in"

    def tell(self, sentence: str) -> None:
        """Say something above."""
        self.banner.show_message(sentence, "warn")

    def look(self, path: Path) -> None:
        """Look at the outside of a file."""
        self.banner.clear()
        tasks.run(
            self,
            lambda _progress: opening.look(path),
            then=lambda view: self._show(view, path),
            failed=self._failed,
            lane="long",
        )

    def _choose(self) -> None:
        choose_file(
            self,
            self.tr("Choose a bundle"),
            self.look,
            filters=bundle_filters(),
            verb=self.tr("Look at it"),
        )

    def _show(self, view: OutsideView, path: Path) -> None:
        emptied(self._found)
        self._found.addWidget(OutsideCard(view, path))

    def _failed(self, error: CairnError) -> None:
        emptied(self._found)
        self.banner.show_message(messages.sentence(error), "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)
