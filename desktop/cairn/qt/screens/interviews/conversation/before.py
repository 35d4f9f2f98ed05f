"""Above the recorder: what must be known of how this interview came about before it begins."""

from __future__ import annotations

from collections.abc import Callable

from cairn.app.kernel.views import InterviewView
from cairn.qt.widgets import Banner


class Before(Banner):
    """Nothing was prepared, or it was a first account that stopped here: one sentence, and the way to the tab."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        super().__init__()
        self._prepare = prepare

    def show_view(self, view: InterviewView) -> None:
        """Say what this interview asks for."""
        prepared = view.preparation
        first = prepared.first_account if prepared is not None else None
        if first is not None and first.stopped:
            self._say(
                self.tr(
                    "A first account was taken and stopped there, so that the person need not tell it twice. "
                    "Go on only if those it was referred to agree."
                ),
                "warn",
                self.tr("Look at it"),
            )
        elif first is not None:
            self._say(
                self.tr(
                    "Take a first account only: who, what kind of facts, when and where. Then stop and refer."
                ),
                "neutral",
                self.tr("Look at it"),
            )
        elif prepared is None and view.own and not view.fixed and not view.final:
            self._say(
                self.tr("Nothing is written yet about how this interview came about."),
                "neutral",
                self.tr("Prepare"),
            )
        else:
            self.clear()

    def _say(self, sentence: str, tone: str, action: str) -> None:
        self.show_message(sentence, tone, action=action, clicked=self._prepare, closable=False)
