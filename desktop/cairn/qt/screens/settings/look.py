"""Look and language: plain settings outside the vault, in force at once, everywhere."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from cairn.app.kernel import preferences
from cairn.app.kernel.preferences import Outside
from cairn.app.kernel.sentences import languages
from cairn.model.ports import Progress
from cairn.qt.base.language import first_language, set_language
from cairn.qt.base.theme import SCALES, theme
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.group import Group
from cairn.qt.widgets.settings import Choice

_NAMES = {"en": "English", "ko": "한국어"}


def language_name(code: str) -> str:
    """What a language calls itself."""
    name = _NAMES.get(code) or QLocale(code).nativeLanguageName() or code
    return name[:1].upper() + name[1:]


class _Everywhere(Group):
    """A group whose changes need the window to be built anew."""

    def _app(self) -> QApplication:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise TypeError("there is no application")
        return app

    def _renew(self, **changed: str | int) -> None:
        """Keep the settings, and build the window anew once this event is over."""
        window = self.desk.settings

        def keep(_progress: Progress) -> Outside:
            return preferences.change_outside(**changed)  # type: ignore[arg-type]  # names and types fit

        # The window, not this widget, is who asked: this widget is gone before the answer comes.
        window.run_on(keep)
        window.rebuild_soon()


class LookGroup(_Everywhere):
    """Theme and text size."""

    key = "look"
    glyph = "eye"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("Look"))
        modes = (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        )
        self.mode = Choice(self.tr("Theme"), modes, theme().mode)
        self.mode.picked.connect(self._set_mode)
        sizes = [(size, self.tr("{percent} %").format(percent=size)) for size in SCALES]
        if theme().scale not in SCALES:
            sizes.append((theme().scale, self.tr("{percent} %").format(percent=theme().scale)))
        self.text_size = Choice(self.tr("Text size"), sizes, theme().scale)
        self.text_size.picked.connect(self._set_size)
        self.line(self.tr("Theme"), self.tr("Dark is easier on the eyes at night."), self.mode)
        help_text = self.tr("Larger when two people look at the screen together.")
        self.line(self.tr("Text size"), help_text, self.text_size)
        self.anchors = {"theme": self.mode, "size": self.text_size}

    def _set_mode(self, mode: object) -> None:
        if mode != theme().mode:
            theme().apply(self._app(), mode=str(mode))
            self._renew(theme=str(mode))

    def _set_size(self, size: object) -> None:
        if isinstance(size, int) and size != theme().scale:
            theme().apply(self._app(), scale=size)
            self._renew(text_size=size)


class LanguageGroup(_Everywhere):
    """The languages that are present, each by its own name."""

    key = "language"
    glyph = "language"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("Language"))
        system = self.tr("As the system ({language})")
        options = [("", system.format(language=language_name(first_language())))]
        options += [(code, language_name(code)) for code in languages()]
        chosen = preferences.outside().language
        self.choice = Choice(self.tr("Language"), options, chosen if chosen in languages() else "")
        self.choice.picked.connect(self._set)
        self.line(self.tr("Language"), self.tr("The whole window changes at once."), self.choice)
        self.anchors = {"language": self.choice}

    def _set(self, language: object) -> None:
        set_language(self._app(), str(language) or first_language())
        self._renew(language=str(language))
