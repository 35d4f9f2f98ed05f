"""Which screens there are, in the order of the rail. A screen's module is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from cairn.qt.desk import Desk, Screen


@dataclass(frozen=True)
class Entry:
    """One entry of the rail. `word` is translated in the context `Rail`."""

    name: str
    word: str
    glyph: str
    make: Callable[[Desk], Screen]
    below: bool = False
    """At the lower end of the rail."""


def _interviews(desk: Desk) -> Screen:
    from cairn.qt.screens.interviews.screen import InterviewsScreen

    return InterviewsScreen(desk)


def _contacts(desk: Desk) -> Screen:
    from cairn.qt.screens.contacts.screen import ContactsScreen

    return ContactsScreen(desk)


def _exchange(desk: Desk) -> Screen:
    from cairn.qt.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(desk)


def _library(desk: Desk) -> Screen:
    from cairn.qt.screens.library.screen import LibraryScreen

    return LibraryScreen(desk)


def _custody(desk: Desk) -> Screen:
    from cairn.qt.screens.custody.screen import CustodyScreen

    return CustodyScreen(desk)


def _settings(desk: Desk) -> Screen:
    from cairn.qt.screens.settings.screen import SettingsScreen

    return SettingsScreen(desk)


def _help(desk: Desk) -> Screen:
    from cairn.qt.screens.help.screen import HelpScreen

    return HelpScreen(desk)


SCREENS: tuple[Entry, ...] = (
    Entry("interviews", str(QT_TRANSLATE_NOOP("Rail", "Interviews")), "interviews", _interviews),
    Entry("library", str(QT_TRANSLATE_NOOP("Rail", "Library")), "library", _library),
    Entry("contacts", str(QT_TRANSLATE_NOOP("Rail", "Contacts")), "contacts", _contacts),
    Entry("exchange", str(QT_TRANSLATE_NOOP("Rail", "Exchange")), "exchange", _exchange),
    Entry("custody", str(QT_TRANSLATE_NOOP("Rail", "Custody")), "custody", _custody),
    Entry("help", str(QT_TRANSLATE_NOOP("Rail", "Help")), "help", _help, below=True),
    Entry("settings", str(QT_TRANSLATE_NOOP("Rail", "Settings")), "settings", _settings, below=True),
)
