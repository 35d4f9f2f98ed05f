"""How a waveform is painted: bars kept as pictures, everything that moves drawn over them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cairn.model.kinds.recording import Mark
from cairn.model.values import LengthMs, MomentMs, Span
from cairn.qt.base.icons import paint as paint_icon
from cairn.qt.base.theme import theme
from cairn.qt.media.sound.columns import View, clock, heights, steps

GLYPHS = {
    "mark": ("flag", "accent"),
    "break": ("cup", "ink_soft"),
    "distress": ("heart", "danger"),
    "question": ("help", "ink_soft"),
    "off": ("mic-off", "danger"),
    "pause": ("pause", "ink_soft"),
    "gap": ("warn", "warn"),
    "damaged": ("warn", "danger"),
}
"""The icon of each kind of mark and the token of its colour; a newer kind is drawn as a plain mark."""
_STRIP = 20
_SCALE = 16
_GLYPH = 14
_BAR = 2
_GAP = 1
_CURVE = 0.6
"""Speech is mostly quiet: drawn by amplitude alone it would be a flat line."""


def mark_name(kind: str) -> str:
    """What a kind of mark is called."""
    names = {
        "mark": QCoreApplication.translate("Marks", "Mark"),
        "break": QCoreApplication.translate("Marks", "Break"),
        "distress": QCoreApplication.translate("Marks", "Distress"),
        "question": QCoreApplication.translate("Marks", "Question"),
        "off": QCoreApplication.translate("Marks", "Off the record"),
        "pause": QCoreApplication.translate("Marks", "Pause"),
        "gap": QCoreApplication.translate("Marks", "Gap"),
        "damaged": QCoreApplication.translate("Marks", "Damaged"),
    }
    return names.get(kind, names["mark"])


def mark_words(mark: Mark) -> str:
    """A mark in words: when, what, how long nothing was recorded, and its text. Safe as a tool tip."""
    parts = [clock(mark.at), mark_name(mark.kind)]
    if mark.away:
        away = QCoreApplication.translate("Marks", "{time} not recorded")
        parts.append(away.format(time=clock(mark.away)))
    if mark.text:
        parts.append(mark.text)
    return tip(" · ".join(parts))


def tip(words: str) -> str:
    """Words as a tool tip. Qt reads what looks like markup as markup, so it is markup, with the words escaped."""
    return f"<qt>{escape(words)}</qt>"


class Drawing:
    """What a waveform shows, and the pictures of its bars while nothing about them changes."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.peaks = b""
        self.marks: tuple[Mark, ...] = ()
        self.notes: tuple[tuple[MomentMs, str], ...] = ()
        self.excluded: tuple[Span, ...] = ()
        self.damaged: tuple[Span, ...] = ()
        self.selection: Span | None = None
        self.loop: Span | None = None
        self.live = False
        self._bars: dict[str, QPixmap] = {}

    def forget(self) -> None:
        """The bars have changed."""
        self._bars = {}

    def strip(self) -> int:
        """Height of the line of marks above the sound."""
        return theme().px(_STRIP)

    def scale_strip(self) -> int:
        """Height of the time scale below it."""
        return theme().px(_SCALE)

    def paint(
        self, widget: QWidget, part: QRect, box: QRectF, view: View, position: MomentMs, duration: LengthMs
    ) -> None:
        """Paint `part` of the widget."""
        painter = QPainter(widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wave = box.adjusted(0, self.strip(), 0, -self.scale_strip())
        self._draw_spans(painter, wave, view)
        self._draw_middle(painter, wave)
        self._draw_bars(painter, widget, part, wave, view, position)
        self._draw_damaged(painter, wave, view)
        self._draw_scale(painter, box, view, duration)
        self._draw_marks(painter, wave, view)
        self._draw_position(painter, wave, view, position)
        if widget.hasFocus():
            ring = QPen(QColor(theme().tokens.accent), 2)
            painter.setPen(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _between(self, wave: QRectF, view: View, span: Span) -> QRectF:
        left, right = max(wave.left(), view.x(span.start)), min(wave.right(), view.x(span.end))
        return QRectF(left, wave.top(), max(0.0, right - left), wave.height())

    def _draw_spans(self, painter: QPainter, wave: QRectF, view: View) -> None:
        tokens = theme().tokens
        for span in self.excluded:
            self._hatch(painter, self._between(wave, view, span), tokens.danger_soft, tokens.danger)
        for chosen in (self.loop, self.selection):
            if chosen is None:
                continue
            place = self._between(wave, view, chosen)
            if place.width() <= 0:
                continue
            painter.fillRect(place, QColor(tokens.accent_soft))
            painter.setPen(QPen(QColor(tokens.accent), 2))
            for edge, inside in ((place.left(), 1), (place.right(), -1)):
                painter.drawLine(QPointF(edge, place.top()), QPointF(edge, place.bottom()))
                for y in (place.top() + 1, place.bottom() - 1):
                    painter.drawLine(QPointF(edge, y), QPointF(edge + inside * theme().px(5), y))

    def _hatch(
        self, painter: QPainter, place: QRectF, ground: str, ink: str, *, falling: bool = False
    ) -> None:
        """Shade a stretch, and hatch it as well: colour alone tells nothing to who can't see it."""
        if place.width() <= 0:
            return
        painter.fillRect(place, QColor(ground))
        painter.save()
        painter.setClipRect(place)
        painter.setPen(QPen(QColor(ink), 1))
        begin, end = (place.top(), place.bottom()) if falling else (place.bottom(), place.top())
        step, x = theme().px(9), place.left() - place.height()
        x -= x % step
        while x < place.right():
            painter.drawLine(QPointF(x, begin), QPointF(x + place.height(), end))
            x += step
        painter.restore()

    def _draw_damaged(self, painter: QPainter, wave: QRectF, view: View) -> None:
        """Over the bars, which were drawn when the sound was still there."""
        tokens = theme().tokens
        for span in self.damaged:
            place = self._between(wave, view, span)
            # However short it is, it must be seen.
            place.setWidth(max(place.width(), 3.0) if view.start <= span.start <= view.end else place.width())
            self._hatch(painter, place, tokens.warn_soft, tokens.warn, falling=True)
            if place.width() > 0:
                painter.setPen(QPen(QColor(tokens.warn), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_middle(self, painter: QPainter, wave: QRectF) -> None:
        painter.setPen(QPen(QColor(theme().tokens.control_line), 1, Qt.PenStyle.DotLine))
        y = round(wave.center().y()) + 0.5
        painter.drawLine(QPointF(wave.left(), y), QPointF(wave.right(), y))

    def _draw_bars(
        self, painter: QPainter, widget: QWidget, part: QRect, wave: QRectF, view: View, position: MomentMs
    ) -> None:
        if not self.peaks or wave.height() < 4:
            return
        ratio = widget.devicePixelRatioF()
        tokens = theme().tokens
        at = wave.right() if self.live else max(wave.left(), min(view.x(position), wave.right()))
        halves = (
            (tokens.accent, QRectF(wave.left(), wave.top(), at - wave.left(), wave.height())),
            (tokens.control_line, QRectF(at, wave.top(), wave.right() - at, wave.height())),
        )
        for colour, half in halves:
            shown = half.intersected(QRectF(part))
            if shown.width() <= 0:
                continue
            picture = self._picture(colour, wave, view, ratio)
            source = QRectF(shown.x() * ratio, (shown.y() - wave.top()) * ratio,
                            shown.width() * ratio, shown.height() * ratio)  # fmt: skip
            painter.drawPixmap(shown, picture, source)

    def _picture(self, colour: str, wave: QRectF, view: View, ratio: float) -> QPixmap:
        known = self._bars.get(colour)
        if known is not None:
            return known
        picture = QPixmap(round(wave.width() * ratio), round(wave.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        bar, pitch = theme().px(_BAR), theme().px(_BAR) + max(1, theme().px(_GAP))
        count = max(1, int(wave.width() // pitch))
        stretch = View(view.start, view.start + view.per_pixel * count * pitch, count)
        most, middle = wave.height() - 2, wave.height() / 2
        tall = (heights(self.peaks, stretch, count) / 255.0) ** _CURVE * most
        known_until = len(self.peaks) * 50
        bars = []
        for number, high in enumerate(tall.tolist()):
            if stretch.ms(number) < known_until:
                high = max(high, bar)
                bars.append(QRectF(number * pitch, middle - high / 2, bar, high))
        painter.drawRects(bars)
        painter.end()
        self._bars[colour] = picture
        return picture

    def _draw_scale(self, painter: QPainter, box: QRectF, view: View, duration: LengthMs) -> None:
        font = QFont(painter.font())
        font.setPixelSize(theme().px(11))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        painter.setPen(QColor(theme().tokens.ink_soft))
        hours = max(duration, view.end) >= 3_600_000
        least = round(metrics.horizontalAdvance("00:00:00" if hours else "00:00") + theme().px(28))
        step = steps(view.end - view.start, view.width, least)
        top = box.bottom() - self.scale_strip()
        at = -(-int(view.start) // step) * step
        while at <= view.end:
            words, x = clock(MomentMs(at), hours=hours), view.x(at)
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, box.left()), box.right() - wide)
            painter.drawText(
                QRectF(left, top, wide + 2, self.scale_strip()), Qt.AlignmentFlag.AlignBottom, words
            )
            at += step
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().tokens.warn))
        reach = theme().px(3)
        for ms, _text in self.notes:
            if view.start <= ms <= view.end:
                painter.drawEllipse(QPointF(view.x(ms), top + 1), reach, reach)

    def _draw_marks(self, painter: QPainter, wave: QRectF, view: View) -> None:
        tokens, edge = theme().tokens, theme().px(_GLYPH)
        taken = -1e9
        for mark in sorted(self.marks, key=lambda one: one.at):
            if not view.start <= mark.at <= view.end:
                continue
            glyph, token = GLYPHS.get(mark.kind, GLYPHS["mark"])
            x, colour = view.x(mark.at), getattr(tokens, token)
            painter.setPen(QPen(QColor(colour), 1))
            painter.drawLine(QPointF(x, wave.top() - 1), QPointF(x, wave.bottom()))
            left = min(max(x - edge / 2, 0.0), wave.right() - edge)
            # Where icons would lie upon each other only the first is drawn; the lines all stand.
            if left >= taken:
                paint_icon(painter, glyph, QRectF(left, theme().px(2), edge, edge), colour)
                taken = left + edge

    def _draw_position(self, painter: QPainter, wave: QRectF, view: View, position: MomentMs) -> None:
        if not view.start <= position <= view.end:
            return
        tokens = theme().tokens
        x = min(max(view.x(position), 1.0), wave.right() - 1)
        painter.setPen(QPen(QColor(tokens.danger if self.live else tokens.ink), 1.5))
        painter.drawLine(QPointF(x, wave.top() - theme().px(4)), QPointF(x, wave.bottom() + theme().px(2)))
