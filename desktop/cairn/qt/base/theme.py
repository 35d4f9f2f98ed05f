"""Colours, sizes and the style sheet: the one place where they stand.

The tokens are those of the house's look. Everything on the screen takes its colour from here, either
through the palette, through the style sheet, or by asking `tokens()` when it paints itself. Text size
follows the settings (90-200 %): every length in the style sheet is multiplied by it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from cairn import resources
from cairn.qt.base.stylesheet import style_sheet
from cairn.qt.base.tokens import DARK, LIGHT, Tokens

SCALES = (90, 100, 110, 125, 150, 175, 200)
MODES = ("system", "light", "dark")


class Theme(QObject):
    """The theme in force. One for the process: `theme()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"
        self.scale = 100
        self._dark = False

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._dark

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self._dark else LIGHT

    @property
    def check_image(self) -> str:
        """The tick of a checked box, as the style sheet wants it: a path with forward slashes."""
        return resources.path(f"icons/check-on-{'dark' if self._dark else 'light'}.svg").as_posix()

    @property
    def arrow_image(self) -> str:
        """The arrow of a box that opens a list."""
        return resources.path(f"icons/arrow-on-{'dark' if self._dark else 'light'}.svg").as_posix()

    def px(self, length: float) -> int:
        """A length of the design at the text size in force, in logical pixels."""
        return round(length * self.scale / 100)

    def apply(self, app: QApplication, *, mode: str | None = None, scale: int | None = None) -> None:
        """Bring mode (`system`, `light`, `dark`) and text size (90-200) into force everywhere."""
        self.mode = mode if mode in MODES else self.mode
        self.scale = min(200, max(90, scale)) if scale else self.scale
        system_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = self.mode == "dark" or (self.mode == "system" and system_dark)
        font = QFont(app.font())
        font.setFamilies(_families())
        font.setPixelSize(self.px(14))
        app.setFont(font)
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(self))
        self.changed.emit()

    def forget_widgets(self, app: QApplication) -> None:
        """Let Qt forget what it remembers of widgets that are gone.

        With a style sheet it keeps some hundred bytes of each list, table and box that opens a list, for ever. A
        sheet that is set anew drops them all; quick where few widgets are there, as on a locked window.
        """
        app.setStyleSheet(app.styleSheet())

    def _palette(self) -> QPalette:
        t, palette, role = self.tokens, QPalette(), QPalette.ColorRole
        for name, colour in {
            role.Window: t.paper, role.WindowText: t.ink, role.Base: t.surface, role.AlternateBase: t.sunken,
            role.Text: t.ink, role.Button: t.surface, role.ButtonText: t.ink, role.BrightText: t.danger,
            role.Highlight: t.accent, role.HighlightedText: t.on_accent, role.Link: t.accent,
            role.LinkVisited: t.accent, role.PlaceholderText: t.ink_soft, role.ToolTipBase: t.surface,
            role.ToolTipText: t.ink, role.Accent: t.accent, role.Mid: t.line, role.Midlight: t.line,
            role.Dark: t.control_line, role.Light: t.surface, role.Shadow: t.line,
        }.items():  # fmt: skip
            palette.setColor(name, QColor(colour))
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.control_line))
        return palette


def _families() -> list[str]:
    """The system's UI font first, then fonts that have Korean."""
    from PySide6.QtGui import QFontDatabase

    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    wanted = [
        "Inter",
        "Noto Sans",
        "Noto Sans CJK KR",
        "Noto Sans KR",
        "Malgun Gothic",
        "Apple SD Gothic Neo",
    ]
    return [system, *[name for name in wanted if name != system]]


_theme: list[Theme] = []


def theme() -> Theme:
    """The theme of this process."""
    if not _theme:
        _theme.append(Theme())
    return _theme[0]
