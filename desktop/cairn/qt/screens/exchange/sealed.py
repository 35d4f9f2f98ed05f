"""A bundle that was sealed: its place, size, hash and words; also for the ones sealed earlier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.app.leaving.views import Sealed, SentRow
from cairn.crypto import recovery
from cairn.model.ids import Sha256
from cairn.qt.base import messages
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import Page
from cairn.qt.widgets import Fingerprint, button, card, column, label, row
from cairn.qt.widgets.basic import narrow
from cairn.qt.widgets.facts import Exact, Facts, Line
from cairn.qt.widgets.reflow import Flow

WIDEST = 800


def _fingerprint(sha256: Sha256, read: Sequence[str], explanation: str) -> QWidget:
    return card(Fingerprint(read, sha256), label(explanation, "caption", wrap=True), space=16)


class SealedView(QWidget):
    """What the person needs to carry each bundle away and to say which one it is."""

    def __init__(self, sealed: Sequence[Sealed], again: Callable[[], Any], done: Callable[[], Any]) -> None:
        super().__init__()
        self.done = button(self.tr("Done"), done, kind="primary")
        self.again = button(self.tr("Seal another"), again)
        self.files: list[Exact] = []
        """The paths of the bundles, in order."""
        parts = [part for each in sealed for part in self._parts(each)]
        self.setLayout(
            column(*(narrow(part, WIDEST) for part in parts), Flow(self.done, self.again), None, space=16)
        )

    def _parts(self, sealed: Sealed) -> list[QWidget]:
        said = self.tr("{interviews} sealed for {names}, not yet confirmed").format(
            interviews=words.interviews(len(sealed.interviews)),
            names=words.together([name for _, name in sealed.recipients]),
        )
        file = Exact(str(sealed.path), self.tr("File"))
        self.files.append(file)
        top = card(
            Line(
                said,
                self.tr(
                    "Only they can open it. Whether it arrives, this vault can't know: the file still has to be carried or sent."
                ),
                tone="good",
            ),
            Facts(
                [
                    (self.tr("File"), file),
                    (self.tr("Size"), messages.size(sealed.size)),
                    (self.tr("SHA-256"), Exact(sealed.sha256, self.tr("SHA-256"))),
                ]
            ),
            space=16,
        )
        explanation = self.tr(
            "Read these words out to the one who receives the file: the same words there mean the same file."
        )
        return [top, _fingerprint(sealed.sha256, sealed.words, explanation)]

    def keyboard(self) -> None:
        """The way on."""
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)


class SentPage(Page):
    """A bundle sealed earlier, as the ledger knows it."""

    def __init__(self, sent: SentRow, back: Callable[[], Any]) -> None:
        super().__init__(self.tr("Exchange › Sealed"), "")
        self._back = back
        self.set_title(self.tr("Sealed {moment}").format(moment=messages.moment(sent.created)))
        facts = card(
            Facts(
                [
                    (self.tr("For"), words.together([name or fp for fp, name in sent.recipients], 20)),
                    (
                        self.tr("Interviews"),
                        words.together([words.title(name) for _, name in sent.interviews], 20),
                    ),
                    (self.tr("Arrived"), self.tr("not yet confirmed")),
                    (self.tr("Size"), messages.size(sent.size)),
                    (self.tr("SHA-256"), Exact(sent.sha256, self.tr("SHA-256"))),
                ]
            )
        )
        explanation = self.tr("The words of the file: the same words at the other side mean the same file.")
        read = recovery.words_from(bytes.fromhex(sent.sha256)[:16])
        self.back = button(self.tr("Back to Exchange"), back, glyph="arrow-left")
        for part in (facts, _fingerprint(sent.sha256, read, explanation)):
            self.body.addLayout(narrow(part, WIDEST))
        self.body.addLayout(row(self.back, None))
        self.body.addStretch(1)

    def keyboard(self) -> None:
        """The way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)
