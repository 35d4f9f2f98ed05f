"""What can be done with a recording besides hearing it: an excerpt, a copy, off the record, its name, out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from cairn.app.files import telling
from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.leaving import copying
from cairn.app.sound import recording_copies, recordings
from cairn.model.ports import Progress
from cairn.model.values import BEGINNING, MomentMs, Span
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.media.keeping import Jobs, Keeping, Uses, Words
from cairn.qt.media.sound.columns import clock
from cairn.qt.media.sound.listening import Listening
from cairn.qt.media.sound.times import TimeField
from cairn.qt.widgets import Field, ProgressPanel, Sheet, ask, button, column, icon_button, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Flow


class RecordingActions(QWidget):
    """Buttons for the recording that `listening` shows. Call `show_interview` when either has changed."""

    changed = Signal(str)
    """Something was changed or made; the id of the recording to show now."""

    def __init__(self, desk: Desk, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._listening = listening
        self._interview: InterviewView | None = None
        self.progress = ProgressPanel()
        self._jobs = Jobs(desk, self.progress)
        session = desk.session
        self._keeping = Keeping(
            self,
            desk,
            self._jobs,
            Words(
                rename=self.tr("Rename the recording"),
                rename_now=self.tr("Rename recording"),
                removed=self.tr(
                    "It no longer leaves with bundles. You can bring it back; its sound stays in the vault."
                ),
                remove_now=self.tr("Remove recording"),
                bring_back=self.tr("Bring the recording back?"),
                copy_out=self.tr("Copy the recording out of the vault?"),
                copied_is=self.tr(
                    "The copy can be heard by anyone who finds it. The custody log keeps that it was made."
                ),
                copy_to=self.tr("Copy the recording to"),
                copied=self.tr("Recording copied out"),
            ),
            Uses(
                partial(recordings.rename, session),
                partial(recordings.remove, session),
                partial(recordings.bring_back, session),
                partial(copying.preview, session),
                partial(telling.of_record, session, desk.decoder),
                partial(copying.copy_out, session),
            ),
            needs_reason=self._needs_reason,
            changed=self.changed.emit,
        )
        self.excerpt = button(self.tr("Excerpt…"), self._ask_excerpt, kind="quiet", glyph="cut")
        self.off = button(self.tr("Off the record…"), self._ask_off, kind="quiet", glyph="mic-off")
        only_where_kept(self.excerpt, self.off)
        self.more = icon_button("more", self.tr("More for this recording"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.on_again = menu.addAction(self.tr("Put on the record again…"), self._ask_on)
        self.cut = menu.addAction(self.tr("Make the copy that may leave"), self._cut)
        self.copy = menu.addAction(self.tr("Make a listening copy"), self._copy)
        self.copy_out = menu.addAction(
            self.tr("Copy out of the vault…"), lambda: self._with(self._keeping.copy_out)
        )
        self.rename = menu.addAction(self.tr("Rename…"), lambda: self._with(self._keeping.rename))
        self.remove = menu.addAction(self.tr("Remove…"), lambda: self._with(self._keeping.remove))
        self.bring_back = menu.addAction(self.tr("Bring back…"), lambda: self._with(self._keeping.bring_back))
        only_where_kept(self.on_again, self.cut, self.copy, self.rename, self.remove, self.bring_back)
        self.more.setMenu(menu)
        self.hint = label("", "caption", wrap=True)
        flow = Flow(self.excerpt, self.off, self.more, gap=4)
        self.setLayout(column(self.progress, flow, self.hint, space=6))
        self._look()

    def show_interview(self, view: InterviewView) -> None:
        """Take over what may be changed here."""
        self._interview = view
        self._look()

    # What is possible

    def _recording(self) -> RecordingView | None:
        return self._listening.view

    def _with(self, act: Callable[[RecordingView], None]) -> None:
        view = self._recording()
        if view is not None:
            act(view)

    def _look(self) -> None:
        view, interview = self._recording(), self._interview
        self.setVisible(view is not None)
        if view is None:
            return
        # A copy changes nothing of what is finalised, and asks for no reason.
        here = interview is not None and not interview.read_only and view.present and not view.removed
        can = interview is not None and not interview.fixed
        show_if(self.excerpt, here)
        show_if(self.off, here and can)
        self.on_again.setVisible(here and can and bool(view.excluded))
        self.cut.setVisible(here and bool(view.excluded))
        self.copy.setVisible(here and not view.of)
        self.copy_out.setVisible(view.present and not view.removed)
        self.rename.setVisible(can)
        self.remove.setVisible(can and not view.removed)
        self.bring_back.setVisible(can and view.removed)
        self.hint.setText(self._words(view))
        show_if(self.hint, bool(self.hint.text()))

    def _words(self, view: RecordingView) -> str:
        if view.excluded:
            return self.tr(
                "Parts of this recording are off the record. It stays in the vault; only a copy without those "
                "parts can leave."
            )
        if view.interrupted:
            return self.tr(
                "This recording was interrupted: by a crash, a power cut or a full disk. All that was on the "
                "disk is here."
            )
        return ""

    def _needs_reason(self) -> bool:
        view = self._interview
        return view is not None and (view.final or not view.own)

    # New sound from this one

    def _ask_excerpt(self) -> None:
        view = self._recording()
        if view is None:
            return
        span = self._listening.selection or Span(BEGINNING, MomentMs(view.duration))
        name = QLineEdit(_excerpt_name(view.name))
        content, read = self._span_fields(view, span, name=name)
        sheet = Sheet(self, self.tr("Make an excerpt"), content)
        sheet.add(self.tr("Cancel"))
        session, decoder = self._desk.session, self._desk.decoder

        def go() -> None:
            chosen = read()
            if chosen is None:
                return
            title = name.text()
            sheet.dismiss()
            self._make(
                self.tr("Making the excerpt"),
                lambda progress: recording_copies.excerpt(session, decoder, view.id, chosen, title, progress),
            )

        sheet.add(self.tr("Make excerpt"), go, kind="primary")
        sheet.open()

    def _copy(self) -> None:
        view = self._recording()
        if view is None:
            return
        session, decoder = self._desk.session, self._desk.decoder
        self._make(
            self.tr("Making the listening copy"),
            lambda progress: recording_copies.listening_copy(session, decoder, view.id, "", progress),
        )

    def _cut(self) -> None:
        view = self._recording()
        if view is None:
            return
        session, decoder = self._desk.session, self._desk.decoder
        self._make(
            self.tr("Making the copy without what is off the record"),
            lambda progress: recording_copies.cut(session, decoder, view.id, progress),
        )

    def _make(self, words: str, work: Callable[[Progress], RecordingView]) -> None:
        self._listening.pause()
        self._jobs.begin(words, work, self._made, counted=False)

    def _made(self, view: RecordingView) -> None:
        self._desk.show_saved(self.tr("“{name}” is kept").format(name=view.name))
        self.changed.emit(view.id)

    # Off the record

    def _ask_off(self) -> None:
        view = self._recording()
        if view is None:
            return
        span = self._listening.selection
        if span is None:
            at = self._listening.position
            span = Span(MomentMs(max(0, at - 10_000)), max(at, MomentMs(min(10_000, view.duration))))
        why = QLineEdit()
        content, read = self._span_fields(
            view,
            span,
            words=self.tr(
                "This stretch never leaves the vault: not in a bundle, not in a copy, not in a transcript. "
                "The recording itself stays as it is."
            ),
            why=why if self._needs_reason() else None,
        )
        sheet = Sheet(self, self.tr("Take a stretch off the record"), content)
        sheet.add(self.tr("Cancel"))
        session = self._desk.session

        def go() -> None:
            chosen, reason = read(), why.text().strip()
            if chosen is None or (self._needs_reason() and not reason):
                return
            sheet.dismiss()
            self._listening.waveform.set_selection(None)
            self._change(lambda: recordings.exclude(session, view.id, [chosen], reason))

        sheet.add(self.tr("Take it off the record"), go, kind="primary")
        sheet.open()

    def _ask_on(self) -> None:
        view = self._recording()
        if view is None:
            return
        span = self._listening.selection
        inside = [
            one for one in view.excluded if span is None or (one.start < span.end and span.start < one.end)
        ]
        if not inside:
            return
        lines = ", ".join(
            self.tr("{start} to {end}").format(start=clock(one.start), end=clock(one.end)) for one in inside
        )
        session = self._desk.session
        ask(
            self,
            self.tr("Put it on the record again?"),
            self.tr(
                "{spans}. Only where the person now wishes it. It can then leave with bundles that consent allows."
            ).format(spans=lines),
            yes=self.tr("Put on the record"),
            reason=self.tr("Reason"),
            then=lambda reason: self._change(lambda: recordings.include(session, view.id, inside, reason)),
        )

    def _span_fields(
        self,
        view: RecordingView,
        span: Span,
        *,
        name: QLineEdit | None = None,
        words: str = "",
        why: QLineEdit | None = None,
    ) -> tuple[QWidget, Callable[[], Span | None]]:
        start, end = TimeField(self.tr("From")), TimeField(self.tr("To"))
        start.set_ms(span.start)
        end.set_ms(span.end)
        content = QWidget()
        parts: list[QWidget] = []
        if words:
            parts.append(label(words, wrap=True))
        if name is not None:
            parts.append(Field(self.tr("Name"), name))
        times = QWidget()
        times.setLayout(row(start, end, space=16))
        parts.append(times)
        hint = self.tr("Hold Shift and drag over the sound to choose a stretch. The recording lasts {whole}.")
        parts.append(label(hint.format(whole=clock(view.duration)), "caption", wrap=True))
        if why is not None:
            parts.append(Field(self.tr("Reason"), why))
        content.setLayout(column(*parts, space=12))

        def read() -> Span | None:
            first, last = start.ms(view.duration), end.ms(view.duration)
            if first is None or last is None:
                return None
            if last <= first:
                end.show_error(self.tr("The end comes after the beginning."))
                return None
            return Span(first, last)

        return content, read

    # Its record

    def _change(self, work: Callable[[], RecordingView]) -> None:
        tasks.run(self, lambda _progress: work(), then=lambda view: self.changed.emit(view.id))


def _excerpt_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem if dot and len(ending) <= 5 else name}-excerpt.opus"
