"""The picture of a sound: its loudness over time, with what happened in it.

Time runs from left to right in every language, as on every recorder. A click goes there, Shift and
dragging chooses a stretch, Ctrl and the wheel look closer. It also draws a sound that still grows.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cairn.model.kinds.recording import Mark
from cairn.model.values import BEGINNING, NO_LENGTH, LengthMs, MomentMs, Span
from cairn.qt.base.theme import theme
from cairn.qt.media.sound.columns import View, clock, exact
from cairn.qt.media.sound.drawing import Drawing, mark_words, tip

STEP_MS = 3_000
PAGE_MS = 30_000
_NEAR = 6
"""How many design pixels beside a mark still are the mark."""
_LIVE_LEAST = 60_000
_SAID = 5
"""Most damaged places that are read out."""


class Waveform(QWidget):
    """A sound from its peaks. All times are milliseconds of the sound.

    It asks for a place by `seek_wanted` and shows what it is told: whoever plays calls `set_position`.
    """

    seek_wanted = Signal(int)
    """The person wants to hear from here."""
    selected = Signal(object)
    """The Span that was chosen, or None when nothing is any more."""
    zoomed = Signal()
    """Another stretch is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing()
        self._duration = NO_LENGTH
        self._position = BEGINNING
        self._live = False
        self._live_span = _LIVE_LEAST
        self._view = View(0, 1, 1)
        self._whole = True
        self._anchor: MomentMs | None = None
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Sound over time"))
        theme().changed.connect(self._redraw)

    # What is shown

    @property
    def duration(self) -> LengthMs:
        """How long the sound is."""
        return self._duration

    @property
    def position(self) -> MomentMs:
        """Where the sound is heard, or how far it has been recorded."""
        return self._position

    @property
    def selection(self) -> Span | None:
        """The stretch that was chosen."""
        return self._drawing.selection

    @property
    def view(self) -> View:
        """The stretch that is shown."""
        return self._view

    def set_peaks(self, peaks: bytes) -> None:
        """One byte for each 50 ms of sound; may grow with each call."""
        self._drawing.peaks = peaks
        self._redraw()

    def set_duration(self, ms: LengthMs) -> None:
        """How long the sound is. While recording: so far."""
        self._duration = max(NO_LENGTH, ms)
        if self._live:
            while self._duration > self._live_span * 0.9:
                self._live_span = self._live_span * 3 // 2
            self._position = MomentMs(self._duration)
        if self._whole or self._view.end > self._shown_length():
            self._show_whole()
        self._redraw()

    def set_position(self, ms: MomentMs) -> None:
        """Where the sound is heard. Closer looks turn the page by themselves."""
        ms = max(BEGINNING, ms)
        if ms == self._position:
            return
        before, self._position = self._position, ms
        if not self._whole and not self._dragging:
            turned = self._view.showing(ms, self._shown_length())
            if turned != self._view:
                self._set_view(turned)
                return
        self._update_line(before)
        self._update_line(ms)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """What happened; each stands as an icon over its moment."""
        self._drawing.marks = tuple(marks)
        self.update()

    def set_notes(self, notes: Sequence[tuple[MomentMs, str]]) -> None:
        """Moments at which a note was begun, with its words; each stands as a point below."""
        self._drawing.notes = tuple(notes)
        self.update()

    def set_excluded(self, spans: Sequence[Span]) -> None:
        """What is off the record; shaded and hatched."""
        self._drawing.excluded = tuple(spans)
        self.update()

    def set_damaged(self, spans: Sequence[Span]) -> None:
        """What can't be read any more; hatched the other way, and without bars."""
        self._drawing.damaged = tuple(spans)
        self._describe()
        self.update()

    def set_loop(self, span: Span | None) -> None:
        """The stretch that is played again and again."""
        self._drawing.loop = span
        self.update()

    def set_selection(self, span: Span | None) -> None:
        """Choose a stretch, or none."""
        if span == self._drawing.selection:
            return
        self._drawing.selection = span
        self._describe()
        self.update()
        self.selected.emit(span)

    def set_live(self, live: bool) -> None:
        """Draw a sound that still grows: with room to the right, and a red line where it ends now."""
        self._live = live
        self._live_span = _LIVE_LEAST
        self._drawing.live = live
        self.setCursor(Qt.CursorShape.ArrowCursor if live else Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if live else Qt.FocusPolicy.StrongFocus)
        self._whole = True
        self.set_duration(self._duration)

    def clear(self) -> None:
        """Forget the sound."""
        self._drawing.clear()
        self._duration, self._position = NO_LENGTH, BEGINNING
        self._whole = True
        self._show_whole()

    # Looking closer

    def zoom(self, factor: float, about: MomentMs | None = None) -> None:
        """Look `factor` times closer, around `about` or the position."""
        if self._live or not self._duration:
            return
        self._set_view(self._view.zoomed(factor, self._middle() if about is None else about, self._duration))

    def show_all(self) -> None:
        """The whole sound again."""
        self._show_whole()
        self._redraw()
        self.zoomed.emit()

    @property
    def shows_all(self) -> bool:
        """Whether the whole sound is shown."""
        return self._whole

    def _middle(self) -> float:
        if self._view.start <= self._position <= self._view.end:
            return self._position
        return (self._view.start + self._view.end) / 2

    def _shown_length(self) -> LengthMs:
        return LengthMs(max(1, self._live_span if self._live else self._duration))

    def _show_whole(self) -> None:
        self._whole = True
        self._view = View(0, self._shown_length(), max(1, self.width()))

    def _set_view(self, view: View) -> None:
        self._view = view
        self._whole = view.end - view.start >= self._shown_length()
        self._redraw()
        self.zoomed.emit()

    def _redraw(self) -> None:
        self._drawing.forget()
        self._describe()
        self.update()

    def _update_line(self, ms: MomentMs) -> None:
        x = self._view.x(ms)
        reach = theme().px(8)
        # The bars beside the line change from heard to not yet heard.
        self.update(int(x) - reach, 0, 2 * reach, self.height())

    def _describe(self) -> None:
        words = self.tr("{now} of {whole}").format(now=clock(self._position), whole=clock(self._duration))
        span = self._drawing.selection
        if span is not None:
            chosen = self.tr("chosen: {start} to {end}")
            words += ", " + chosen.format(start=clock(span.start), end=clock(span.end))
        for lost in self._drawing.damaged[:_SAID]:
            damaged = self.tr("damaged: {start} to {end}")
            words += ", " + damaged.format(
                start=clock(lost.start), end=clock(MomentMs(-(-lost.end // 1000) * 1000))
            )
        self.setAccessibleDescription(words)

    # Hands

    def _at(self, x: float) -> MomentMs:
        return self._inside(self._view.ms(x))

    def _inside(self, reckoned: int) -> MomentMs:
        return MomentMs(max(0, min(reckoned, self._duration)))

    def _go(self, reckoned: int) -> None:
        self.set_position(self._inside(reckoned))
        self._describe()
        self.seek_wanted.emit(self._position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._live or event.button() != Qt.MouseButton.LeftButton or not self._duration:
            super().mousePressEvent(event)
            return
        at = self._at(event.position().x())
        self._dragging = True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = at
            return
        mark = self._mark_near(event.position())
        self._go(mark.at if mark is not None else at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:
            return
        at = self._at(event.position().x())
        if self._anchor is None:
            self._go(at)
        else:
            self._select(self._anchor, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and self._anchor is not None:
            self._select(self._anchor, self._at(event.position().x()))
        self._dragging = False
        self._anchor = None

    def _select(self, one: MomentMs, other: MomentMs) -> None:
        start, end = min(one, other), max(one, other)
        # A click with Shift held chooses nothing.
        tiny = (end - start) / self._view.per_pixel < 3
        self.set_selection(None if tiny else Span(start, end))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if self._live or not self._duration:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 ** (turn.y() / 120), self._at(event.position().x()))
            event.accept()
        elif not self._whole and (turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            span = self._view.end - self._view.start
            way = -(turn.x() or turn.y()) / 120 * span / 10
            self._set_view(self._view.placed(self._view.start + way, span, self._duration))
            event.accept()
        else:
            event.ignore()  # the page around it scrolls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mods = Qt.Key(event.key()), event.modifiers()
        ways = {
            Qt.Key.Key_Left: -STEP_MS,
            Qt.Key.Key_Right: STEP_MS,
            Qt.Key.Key_PageUp: -PAGE_MS,
            Qt.Key.Key_PageDown: PAGE_MS,
            Qt.Key.Key_Home: -self._duration,
            Qt.Key.Key_End: self._duration,
        }
        plain = not mods & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in ways and plain:
            before = self._position
            self._go(before + ways[key])
            if mods & Qt.KeyboardModifier.ShiftModifier:
                self._extend(before)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and plain:
            self.zoom(2)
        elif key == Qt.Key.Key_Minus and plain:
            self.zoom(0.5)
        elif key == Qt.Key.Key_0 and plain:
            self.show_all()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P) and plain:
            self._go_to_mark(later=key == Qt.Key.Key_N)
        elif key == Qt.Key.Key_Escape and self._drawing.selection is not None:
            self.set_selection(None)
        else:
            super().keyPressEvent(event)

    def _go_to_mark(self, *, later: bool) -> None:
        """The next mark, or the one before."""
        moments = sorted(mark.at for mark in self._drawing.marks)
        if later:
            found = next((at for at in moments if at > self._position), None)
        else:
            found = next((at for at in reversed(moments) if at < self._position), None)
        if found is not None:
            self._go(found)

    def _extend(self, before: MomentMs) -> None:
        span = self._drawing.selection
        fixed = before
        if span is not None and before in (span.start, span.end):
            fixed = span.start if before == span.end else span.end
        start, end = min(fixed, self._position), max(fixed, self._position)
        self.set_selection(Span(start, end) if end > start else None)

    # What stands under the pointer

    def _mark_near(self, at: QPointF) -> Mark | None:
        if at.y() > self._drawing.strip():
            return None
        near = [
            mark for mark in self._drawing.marks if abs(self._view.x(mark.at) - at.x()) <= theme().px(_NEAR)
        ]
        return min(near, key=lambda mark: abs(self._view.x(mark.at) - at.x()), default=None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, at: QPointF) -> str:
        mark = self._mark_near(at)
        if mark is not None:
            return mark_words(mark)
        reach = theme().px(_NEAR)
        low = at.y() > self.height() - self._drawing.scale_strip() - reach
        for ms, text in self._drawing.notes:
            if low and abs(self._view.x(ms) - at.x()) <= reach:
                return tip(f"{clock(ms)} · {text}")
        moment = self._view.ms(at.x())
        for span in self._drawing.damaged:
            if span.start <= moment < span.end:
                words = self.tr("Damaged on the disk, {start} to {end}. Silence is played instead.")
                return tip(words.format(start=exact(span.start), end=exact(span.end)))
        for span in self._drawing.excluded:
            if span.start <= moment < span.end:
                words = self.tr("Off the record, {start} to {end}. It never leaves the vault.")
                return tip(words.format(start=clock(span.start), end=clock(span.end)))
        return clock(moment) if 0 <= moment <= self._duration else ""

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(72))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view = View(self._view.start, self._view.end, max(1, self.width()))
        if self._whole:
            self._show_whole()
        self._drawing.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        self._drawing.paint(self, event.rect(), box, self._view, self._position, self._duration)
