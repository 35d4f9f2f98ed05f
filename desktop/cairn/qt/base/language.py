"""The language of the window: which it begins with, and bringing one into force."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.qt.base import messages


def first_language() -> str:
    """The system's language where Cairn speaks it, else English."""
    wanted = QLocale.system().name()[:2]
    return wanted if wanted in languages() else "en"


def set_language(app: QApplication, language: str) -> None:
    """Bring a language into force; screens built afterwards speak it."""
    for old in getattr(app, "cairn_translators", []):
        app.removeTranslator(old)
    translators = []
    own = QTranslator(app)
    # English has a catalogue too: its plurals ("1 interview found") are translations.
    if own.load(str(resources.path(f"translations/cairn_{language}.qm"))):
        translators.append(own)
    qt = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(f"qtbase_{language}", folder):
        translators.append(qt)
    for translator in translators:
        app.installTranslator(translator)
    app.cairn_translators = translators  # type: ignore[attr-defined]  # kept alive as long as the application
    messages.set_language(language)
    QLocale.setDefault(QLocale(language))
    app.setLayoutDirection(QLocale(language).textDirection())
