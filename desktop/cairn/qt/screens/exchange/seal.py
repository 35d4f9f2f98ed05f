"""Sealing a bundle, step by step: interviews, recipients, consent, seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.leaving import sealing
from cairn.app.leaving.views import Sealed, SealGroup, SealPreview
from cairn.app.sound import recording_copies, transcripts
from cairn.errors import CairnError, Cancelled
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.choosing import InterviewStep, RecipientStep
from cairn.qt.screens.exchange.consent import ConsentStep, blocking
from cairn.qt.screens.exchange.looking import LookThrough
from cairn.qt.screens.exchange.page import Page, emptied
from cairn.qt.screens.exchange.sealed import SealedView
from cairn.qt.widgets import Banner, ProgressPanel, ask, button, card, column, label, row
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.facts import Facts, Notice
from cairn.qt.widgets.reflow import Beside

SIDE = 300
INTERVIEWS, RECIPIENTS, CONSENT, SEAL = range(4)


class SealFlow(Page):
    """The four steps. `finish` is called when the person is through, or goes back from the first step."""

    def __init__(
        self, desk: Desk, finish: Callable[[], Any], again: Callable[[], Any], chosen: Sequence[str] = ()
    ) -> None:
        super().__init__(
            self.tr("Exchange › Seal a bundle"),
            "",
            (self.tr("Interviews"), self.tr("Recipients"), self.tr("Consent"), self.tr("Seal")),
        )
        self._desk = desk
        self._finish = finish
        self._again = again
        self._preview: SealPreview | None = None
        self._missing = 0
        """Recordings of which a cut could leave and is not made yet."""
        self._task: tasks.Task | None = None
        self._save_drafts = True
        self._waits = False
        """The focus goes on to what seals once that can be pressed."""
        self._asking = False
        """The gate is asked anew: what is shown may no longer hold."""
        self.done = False
        """The bundle is sealed."""
        self.step = INTERVIEWS
        self.interviews = InterviewStep(desk, chosen)
        self.interviews.changed.connect(self._refresh)
        self.recipients = RecipientStep(desk)
        self.recipients.changed.connect(self._refresh)
        self.consent = ConsentStep()
        self._through = LookThrough(self, desk, self.consent, self._looked)
        self.consent.drafts_wanted.connect(self._drafts)
        self.consent.words_wanted.connect(self._save_words)
        self.consent.corrections_wanted.connect(self._ask_corrections)
        self.consent.cuts_wanted.connect(self._make_cuts)
        self.consent.held_changed.connect(self._hold)
        self.consent.progress.cancelled.connect(self._cancel)
        self.consent.names.wanted.connect(partial(desk.open, "interviews"))
        self.consent.names.settled.connect(self._refresh)
        self.seal = self._seal_step()
        self._main = QWidget()
        self._parts: list[QWidget] = [self.interviews, self.recipients, self.consent, self.seal]
        self._main.setLayout(column(*self._parts, space=0))
        self._side_box = column(space=16)
        self._side = QWidget()
        self._side.setLayout(column(self._side_box, None, space=16))
        self._primary: QPushButton | None = None
        self.banner = Banner()
        self.body.addWidget(self.banner)
        self.body.addWidget(Beside(self._main, self._side, second_width=SIDE, least=440), 1)
        self._go(INTERVIEWS)
        self.interviews.load()

    def _seal_step(self) -> QWidget:
        self.choose = button(self.tr("Choose a folder…"), self._choose_folder, kind="primary", glyph="folder")
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._cancel)
        where = label(
            self.tr(
                "Choose where the bundle is written: a USB stick, or a folder that you carry on from. The "
                "place is remembered inside this vault alone."
            ),
            "soft",
            wrap=True,
        )
        self._where = QWidget()
        self._where.setLayout(
            column(label(self.tr("Where to?"), "heading"), where, row(self.choose, None), space=12)
        )
        self._seal_card = card(self._where, self.progress)
        made = QWidget()
        self._seal_layout = column(self._seal_card, None, space=16)
        made.setLayout(self._seal_layout)
        return made

    # Steps

    def _go(self, step: int) -> None:
        self.step = step
        titles = (
            self.tr("Which interviews shall leave?"),
            self.tr("Who shall be able to open them?"),
            self.tr("What leaves, and what stays"),
            self.tr("Seal the bundle"),
        )
        self.set_title(titles[step])
        if self.steps is not None:
            self.steps.go(step)
        for number, part in enumerate(self._parts):
            part.setVisible(number == step)
        self._refresh()
        self.to_top()

    @property
    def busy(self) -> bool:
        """Whether a bundle is being written."""
        return self._task is not None

    def look_again(self) -> None:
        """The person was elsewhere: contacts and interviews may have changed."""
        if self.busy or self.done:
            return
        if self.step == INTERVIEWS:
            self.interviews.load()
        elif self.step == RECIPIENTS:
            self.recipients.load()
        else:
            self._look(self._show_preview)

    def keyboard(self) -> None:
        """Set the focus where this step begins."""
        if self.step == INTERVIEWS:
            self.interviews.keyboard()
        elif self.step == RECIPIENTS:
            self.recipients.keyboard()
        elif self.step == SEAL:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._primary is not None:
            ready = self._primary.isEnabled()
            target = self._primary if ready else self._back_button
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._waits = not ready

    def back(self) -> None:
        """One step back; from the first one, out. Not while it seals."""
        if self._task is not None:
            return
        if self.done or self.step == INTERVIEWS:
            self._finish()
            return
        self.banner.clear()
        self._go(self.step - 1)
        self.keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        super().keyPressEvent(event)

    def _next(self) -> None:
        self.banner.clear()
        if self.step == INTERVIEWS:
            self._go(RECIPIENTS)
            self.recipients.load(self.keyboard)
        elif self.step == RECIPIENTS:
            if self.recipients.check():
                self._look(self._to_consent)
        elif self.step == CONSENT:
            self._go(SEAL)
            self.keyboard()
            self._choose_folder()

    def _look(self, then: Callable[[SealPreview], None]) -> None:
        """Ask the gate what would leave, and which cuts could leave besides."""
        session, ids = self._desk.session, self.interviews.chosen
        fingerprints = [each.fingerprint for each in self.recipients.chosen]
        override, save = self.recipients.override, self._save_drafts
        held = frozenset(self.consent.held)

        def work(_progress: object) -> tuple[SealPreview, int]:
            preview = sealing.preview(
                session, ids, fingerprints, override=override, save_drafts=save, hold_back=held
            )
            return preview, len(recording_copies.missing_cuts(session, ids))

        def seen(found: tuple[SealPreview, int]) -> None:
            if held != self.consent.held:
                # Another item was held back meanwhile: that answer is on its way.
                return
            self._asking = False
            preview, self._missing = found
            then(preview)

        self._asking = True

        tasks.run(self, work, then=seen, failed=self._failed)

    def _hold(self) -> None:
        self._look(self._show_preview)
        self._refresh()

    def _make_cuts(self) -> None:
        if self._task is not None:
            return
        session, decoder, ids = self._desk.session, self._desk.decoder, self.interviews.chosen
        self.banner.clear()
        self.consent.progress.begin(self.tr("Making copies without what is off the record"), counted=False)
        self._task = tasks.run(
            self,
            lambda progress: recording_copies.ensure_cuts(session, decoder, ids, progress),
            then=lambda _made: self._cuts_ended(),
            failed=self._cuts_ended,
            progress=self.consent.progress.report,
            lane="long",
            job=self.tr("Copies without what is off the record are being made."),
        )
        self._refresh()
        self.consent.progress.setFocus()

    def _cuts_ended(self, error: CairnError | None = None) -> None:
        self._task = None
        self.consent.progress.end()
        if error is not None:
            tone = "neutral" if isinstance(error, Cancelled) else "danger"
            self.banner.show_message(messages.sentence(error), tone)
        # Those made until then stay, so what leaves is asked anew in any case.
        self._look(self._show_preview)

    def _to_consent(self, preview: SealPreview) -> None:
        self._show_preview(preview)
        self._go(CONSENT)
        self.keyboard()

    def _show_preview(self, preview: SealPreview) -> None:
        self._preview = preview
        self.consent.names.for_whom([each.fingerprint for each in self.recipients.chosen])
        self.consent.show_preview(preview, self._missing)
        self._refresh()
        self._through.look(preview, panel=self._task is None)

    def _looked(self) -> None:
        """A look has begun, or ended: sealing may go on."""
        if self.step == SEAL and self.consent.names.open:
            # It changed while the person was elsewhere, in the last step.
            self._go(CONSENT)
            self.keyboard()
        self._refresh()
        if self._waits and self._back_button.hasFocus():
            self.keyboard()

    def _drafts(self, save: bool) -> None:
        self._save_drafts = save
        self._look(self._show_preview)

    def _save_words(self) -> None:
        """Make versions of what is typed of recordings, and look again what leaves."""
        if self._preview is None or self._task is not None:
            return
        session = self._desk.session
        ids = [interview for interview, _ in self._preview.open_transcripts]
        self.banner.clear()

        def work(_progress: object) -> None:
            for interview in ids:
                transcripts.save_drafts(session, interview)

        def refused(error: CairnError) -> None:
            self.banner.show_message(messages.sentence(error), "danger")
            self._look(self._show_preview)

        tasks.run(self, work, then=lambda _done: self._look(self._show_preview), failed=refused)

    def _ask_corrections(self) -> None:
        ask(
            self,
            self.tr("Save a correction"),
            self.tr("The earlier version stays. Say why this one is needed; the reason stays with it."),
            yes=self.tr("Save correction"),
            reason=self.tr("Reason"),
            then=self._save_corrections,
        )

    def _save_corrections(self, reason: str) -> None:
        """Make versions of corrections, and look again what leaves."""
        preview = self._preview
        if preview is None or self._task is not None:
            return
        session = self._desk.session
        self.banner.clear()

        def refused(error: CairnError) -> None:
            self.banner.show_message(messages.sentence(error), "danger")
            self._look(self._show_preview)

        tasks.run(
            self,
            lambda _progress: sealing.save_corrections(session, preview, reason),
            then=lambda _done: self._look(self._show_preview),
            failed=refused,
        )

    # The column beside

    def _refresh(self) -> None:
        if not hasattr(self, "_side_box"):
            return
        count = len(self.interviews.chosen)
        names = [each.label for each in self.recipients.chosen]
        ready, text, back = count > 0, self.tr("Choose recipients"), self.tr("Cancel")
        facts: list[tuple[str, str | QWidget]] = [(self.tr("Interviews"), str(count))]
        notices: list[QWidget] = []
        if self.step == RECIPIENTS:
            ready, text, back = bool(names), self.tr("See what leaves"), self.tr("Back to interviews")
            facts.append((self.tr("For"), words.together(names) or self.tr("nobody yet")))
        elif self.step >= CONSENT and self._preview is not None:
            preview = self._preview
            bundles = preview.bundles
            leaving = len({one.id for group in bundles for one in group.interviews if one.leaves})
            who = words.together([row.label for group in bundles for row in group.recipients])
            back = self.tr("Back to recipients") if self.step == CONSENT else self.tr("Back to consent")
            idle = self._task is None and not self._through.busy and not self._asking
            unsettled = len(self.consent.names.open)
            ready, text = preview.ready and idle and not unsettled, words.seal(leaving)
            facts = [(self.tr("For"), who), (self.tr("Interviews"), messages.number(leaving))]
            facts += self._amounts(preview)
            if len(bundles) > 1:
                facts.insert(0, (self.tr("Bundles"), str(len(bundles))))
            if unsettled:
                said = self.tr("Settle %n name(s) first: change the text, hold it back, or let it leave.", "", unsettled)  # fmt: skip
                notices.append(Notice(said, "warn"))
            if preview.ready:
                said = self.tr(
                    "Once the bundle is sealed, only {names} can read it. This laptop can't open it again."
                )
                notices.append(
                    Notice(
                        said.format(names=who),
                        "warn",
                        glyph="key",
                    )
                )
            else:
                notices += [Notice(messages.problem(each), "danger") for each in blocking(preview)]
        self._fill_side(facts, notices, ready, text, back)

    def _amounts(self, preview: SealPreview) -> list[tuple[str, str | QWidget]]:
        """How much leaves, and how much stays for which reason, of all bundles together."""
        shown = [each for group in preview.bundles for each in group.interviews]
        held = sum(each.held for each in shown)
        stay = sum(len(each.stays) for each in shown) - held
        sound = sum(group.length for group in preview.bundles)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("Leave"), messages.number(sum(len(each.leaves) for each in shown))),
            (self.tr("Stay"), messages.number(stay)),
        ]
        if held:
            facts.append(
                (self.tr("Held back"), self.tr("{count} by you").format(count=messages.number(held)))
            )
        if sound:
            facts.append((self.tr("Sound"), messages.length(sound)))
        size = messages.size(_size(preview.bundles))
        return [
            *facts,
            (self.tr("Size"), self.tr("about {size}").format(size=size)),
            (self.tr("Opens with"), self.tr("Cairn, or stock tools")),
        ]

    def _fill_side(
        self,
        facts: Sequence[tuple[str, str | QWidget]],
        notices: Sequence[QWidget],
        ready: bool,
        text: str,
        back: str,
    ) -> None:
        if self._primary is None:
            self._about = Facts()
            self._notices = column(space=12)
            self._primary = button(text, self._next, kind="primary", tall=True)
            self._back_button = button(back, self.back, kind="quiet", tall=True)
            heading = label(self.tr("This bundle"), "strong")
            for part in (card(heading, self._about, space=12),):
                self._side_box.addWidget(part)
            self._side_box.addLayout(self._notices)
            self._side_box.addWidget(self._primary)
            self._side_box.addWidget(self._back_button)
        self._about.show_facts(facts)
        emptied(self._notices)
        for notice in notices:
            self._notices.addWidget(notice)
        self._primary.setVisible(self.step != SEAL)
        self._primary.setEnabled(ready)
        for each, word in ((self._primary, text), (self._back_button, back)):
            each.setText(word)
            each.setAccessibleName(word)
        self._back_button.setVisible(self._task is None)

    # Sealing

    def _choose_folder(self) -> None:
        choose_folder(
            self, self.tr("Choose where the bundle is written"), self._start, verb=self.tr("Seal bundle here")
        )

    def _start(self, folder: Path) -> None:
        preview = self._preview
        if preview is None or self._task is not None:
            return
        if self._asking or self._through.busy or self.consent.names.open:
            # Something changed while a place was chosen: it is looked at before it leaves.
            self._go(CONSENT)
            self.keyboard()
            return
        session = self._desk.session
        self.banner.clear()
        self._where.hide()
        self.progress.begin(self.tr("Sealing the bundle"))
        self._task = tasks.run(
            self,
            lambda progress: sealing.seal(session, preview, folder, progress),
            then=self._sealed,
            failed=self._failed,
            progress=self.progress.report,
            lane="long",
            job=self.tr("A bundle is being sealed."),
        )
        self._refresh()
        self.progress.setFocus()

    def _cancel(self) -> None:
        self._through.cancel()
        if self._task is not None:
            self._task.cancel()

    def _failed(self, error: CairnError) -> None:
        self._task = None
        self._asking = False
        self.progress.end()
        self._where.show()
        tone = "neutral" if isinstance(error, Cancelled) else "danger"
        self.banner.show_message(messages.sentence(error), tone)
        self._refresh()
        self.to_top()
        if error.code == "sealing.changed":
            self._look(self._to_consent)
        else:
            self.keyboard()

    def _sealed(self, sealed: Sequence[Sealed]) -> None:
        self._task = None
        self.done = True
        self.progress.end()
        several = self.tr("%n bundle(s) are sealed", "", len(sealed))
        self.set_title(several if len(sealed) > 1 else self.tr("The bundle is sealed"))
        self.result = SealedView(sealed, self._again, self._finish)
        emptied(self.body)
        self.body.addWidget(self.result)
        self.result.show()
        self.to_top()
        self.result.keyboard()


def _size(bundles: Sequence[SealGroup]) -> int:
    """Bytes of all sealed files together, about."""
    return sum(group.size_estimate for group in bundles)
