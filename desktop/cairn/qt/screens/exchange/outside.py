"""The outside of a file: what anybody can see without a key. Also reached before any vault is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.app.arriving import opening
from cairn.app.kernel import contacts
from cairn.app.kernel.views import OutsideView
from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.paths import readable_name
from cairn.qt.base import messages, tasks
from cairn.qt.base.files import require_file
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange.page import Page, emptied
from cairn.qt.widgets import Banner, button, card, column, label, row
from cairn.qt.widgets.basic import restyle
from cairn.qt.widgets.choose import choose_file
from cairn.qt.widgets.drop import DropZone
from cairn.qt.widgets.entrance import Entrance
from cairn.qt.widgets.facts import Exact, Facts, Line, Notice

ENDING = "age"
WIDEST = 760


def claim(name: str) -> str:
    """What a contact's card says of itself, and what that is worth."""
    sentence = QCoreApplication.translate(
        "OutsideCard",
        "The card says that it belongs to “{name}”. Whether that is true, only comparing its words tells.",
    )
    return sentence.format(name=name)


class OutsideCard(QWidget):
    """What a file is, as far as its outside tells."""

    def __init__(self, view: OutsideView, path: Path, card_of: str = "") -> None:
        """`card_of`: whose card it is, as the card itself says."""
        super().__init__()
        title, soft, tone = self._kind(view)
        if card_of:
            soft = claim(card_of)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("File"), Exact(readable_name(path.name), self.tr("File"))),
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
        # That it is no bundle is no problem where a card was meant.
        problems = [] if card_of else view.problems
        notices = [Notice(messages.problem(each), "warn") for each in problems]
        self.setLayout(column(card(Line(title, soft, tone=tone), *notices, Facts(facts), space=16)))

    def _recipients(self, count: int) -> str:
        # Bundles have entries beyond their recipients, so that their number doesn't tell either.
        return self.tr("at most {count} recipients; the outside doesn't tell who").format(count=count)

    def _kind(self, view: OutsideView) -> tuple[str, str, str]:
        if view.kind == "bundle":
            if view.problems:
                return self.tr("A bundle that is not complete"), "", "warn"
            soft = self.tr(
                "The bundle's outside is as it should be. Who sealed it, and what is inside, only its key tells."
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


class OutsideScreen(Entrance, Page):
    """Look at a bundle without a vault. `back` leads to where the person came from.

    `go_on` opens a vault for the file that is shown. With `path` it is looked at right away.
    """

    def __init__(
        self, back: Callable[[], Any], *, go_on: Callable[[Path], Any] | None = None, path: Path | None = None
    ) -> None:
        super().__init__("", "", narrow=WIDEST)
        self.set_title(self.tr("Look at a bundle"))
        self._back = back
        self._go_on = go_on
        self._path: Path | None = None
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
        self.open = button(self.tr("Open your vault for it"), self._open_vault, kind="primary")
        self._elsewhere = label(
            self.tr(
                "If your vault is open in another Cairn window, this one can't open it too: drop the file on "
                "Exchange or Contacts there."
            ),
            "caption",
            wrap=True,
        )
        self._next = QWidget()
        self._next.setLayout(column(row(self.open, None), self._elsewhere, space=8))
        self._next.hide()
        self._found = column(space=16)
        for part in (intro, self.banner, self.zone):
            self.body.addWidget(part)
        self.zone.setMaximumHeight(theme().px(190))
        self.body.addLayout(self._found)
        self.body.addWidget(self._next)
        self.body.addLayout(row(self.back_button, None))
        self.body.addStretch(1)
        self.setFocusProxy(self.choose)
        if path is not None:
            # What was double-clicked comes first; another file can still be chosen below it.
            intro.hide()
            self.body.removeWidget(self.zone)
            self.body.insertWidget(self.body.count() - 2, self.zone)
            restyle(self.choose, kind="")
            self.look(path)

    def help_page(self) -> str:
        return "taking-in"

    def tell(self, sentence: str) -> None:
        self.banner.show_message(sentence, "warn")

    def look(self, path: Path) -> None:
        """Look at the outside of a file."""
        self.banner.clear()
        self._next.hide()

        def work(_progress: Progress) -> tuple[OutsideView, str]:
            require_file(path)
            view = opening.look(path)
            return view, contacts.read_file(path)[1].label if view.kind == "card" else ""

        tasks.run(
            self,
            work,
            then=lambda found: self._show(*found, path),
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

    def _show(self, view: OutsideView, card_of: str, path: Path) -> None:
        emptied(self._found)
        self.set_title(self.tr("Look at a card") if view.kind == "card" else self.tr("Look at a bundle"))
        self._found.addWidget(OutsideCard(view, path, card_of))
        if self._go_on is not None and view.kind in ("bundle", "card"):
            self._path = path
            word = (
                self.tr("Open your vault for it")
                if view.kind == "bundle"
                else self.tr("Open your vault to add it")
            )
            self.open.setText(word)
            self.open.setAccessibleName(word)
            restyle(self.choose, kind="")
            self._next.show()
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_vault(self) -> None:
        if self._go_on is not None and self._path is not None:
            self._go_on(self._path)

    def _failed(self, error: CairnError) -> None:
        emptied(self._found)
        self.banner.show_message(messages.sentence(error), "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)
