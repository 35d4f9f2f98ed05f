"""Errors and acts in the person's language: the bridge from codes to the words of `cairn.app.kernel.sentences`.

Dates are written with patterns of their own, translated like all words: the locale's short form can't be
read safely across borders (3/4/26), and a date in a testimony must not be guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from cairn.app.kernel import sentences
from cairn.decode import sorts
from cairn.errors import CairnError
from cairn.model.values import LengthMs

if TYPE_CHECKING:
    from cairn.app.kernel.views import Problem

_language = ["en"]


def set_language(language: str) -> None:
    """The language of sentences from now on (`en`, `ko`)."""
    _language[0] = language


def language() -> str:
    """The language in force."""
    return _language[0]


def locale() -> QLocale:
    """Dates, numbers and sizes as the language writes them."""
    return QLocale(_language[0])


def sentence(error: CairnError | str) -> str:
    """One clear sentence for an error or a bare code."""
    return sentences.sentence(error, None, _language[0])


def kind(name: str) -> str:
    """What a record of this kind is called; a kind that only a newer version knows shows as its name."""
    return sentences.kind(name, _language[0])


def kinds(name: str, count: int) -> str:
    """How many records of a kind: `Notes: 3`."""
    return sentences.kinds(name, count, _language[0])


def file_sort(media_type: str, name: str = "") -> str:
    """What sort of file it is, in words: Picture, Word document."""
    return sentences.file_sort(sorts.sort_of(media_type, name), _language[0])


def field(kind: str, name: str) -> str:
    """What a field of a kind is called; one that has no word shows as its name."""
    return sentences.field(kind, name, _language[0])


def value(field: str, text: str) -> str:
    """A code in a field, in words; any other text as it is."""
    return sentences.value(field, text, _language[0])


def problem(what: Problem) -> str:
    """One clear sentence for a problem that a use case reports."""
    return sentences.of_problem(what, _language[0])


def act(name: str) -> str:
    """What an act of the custody log is called."""
    return sentences.act(name, _language[0])


def moment(utc: str) -> str:
    """A stored moment (`2026-03-14T09:26:53Z`) in the laptop's own time, as the language writes it."""
    at = QDateTime.fromString(utc, Qt.DateFormat.ISODate)
    if not at.isValid():
        return utc
    return locale().toString(at.toLocalTime(), QCoreApplication.translate("Dates", "d MMM yyyy, HH:mm"))


def date(utc: str) -> str:
    """The date of a stored moment in the laptop's own time, short: 14 Mar 2031."""
    at = QDateTime.fromString(utc, Qt.DateFormat.ISODate)
    if not at.isValid():
        return utc
    return locale().toString(at.toLocalTime().date(), QCoreApplication.translate("Dates", "d MMM yyyy"))


def day(date: str) -> str:
    """A stored date (`2026-03-14`, or the date of a moment), as the language writes it."""
    found = QDate.fromString(date[:10], Qt.DateFormat.ISODate)
    if not found.isValid():
        return date
    return locale().toString(found, QCoreApplication.translate("Dates", "d MMMM yyyy"))


def size(octets: int) -> str:
    """A size in bytes as people read it: 115.1 kB."""
    form = QLocale.DataSizeFormat.DataSizeSIFormat
    return locale().formattedDataSize(octets, 1 if octets >= 1000 else 0, form)


def length(ms: LengthMs) -> str:
    """How long a sound is, as people say it: 2 h 4 min, 3 min 20 s, 12 s."""
    seconds = max(1, round(ms / 1000)) if ms > 0 else 0
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return QCoreApplication.translate("Lengths", "{hours} h {minutes} min").format(
            hours=hours, minutes=minutes
        )
    if minutes:
        return QCoreApplication.translate("Lengths", "{minutes} min {seconds} s").format(
            minutes=minutes, seconds=rest
        )
    return QCoreApplication.translate("Lengths", "{seconds} s").format(seconds=rest)


def number(count: int) -> str:
    """A count as the language writes it: 10,000."""
    return locale().toString(count)
