"""What the ways through the window say in English, as the window says it in the language that it speaks.

From the program's own catalogues: what a person reads there is what was translated.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as tree

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
READERS = {"en": ("eng",), "ko": ("kor", "kor+eng")}
"""Which letters tesseract looks for, one reading after another."""
NAMES = {"en": "English", "ko": "한국어"}
"""What each calls itself on the first screen."""
WORDS = 3
_PLACE = re.compile(r"%n|%L?\d|\{[^}]*\}")
_MARKS = "….!?:"


class Words:
    """One language. `readers` is what tesseract calls its letters."""

    def __init__(self, language: str, resources: Path = RESOURCES) -> None:
        self.language = language
        self.readers = READERS[language]
        found = [] if language == "en" else _pairs(language, resources)
        self._pairs = dict(found)
        self._all: dict[str, list[str]] = {}
        for source, translated in reversed(found):
            self._all.setdefault(source, []).append(translated)

    def ways(self, english: str) -> list[str]:
        """Every way in which this language says `english`: one word on two buttons may be two words here."""
        return list(dict.fromkeys([self.here(english), *self._all.get(english, [])]))

    def here(self, english: str) -> str:
        """`english` as it stands in this language; itself where no catalogue has it, as what a person typed.

        Of the beginning of a longer text it is the beginning, WORDS words of it.
        """
        for known in (english, *(english + mark for mark in _MARKS)):
            if known in self._pairs:
                return self._pairs[known]
        fitting = [
            (source, found)
            for source in self._pairs
            if _PLACE.search(source) and (found := _template(source).fullmatch(english))
        ]
        if fitting:
            source, found = max(fitting, key=lambda each: len(_PLACE.sub("", each[0])))
            values = iter(found.groups())
            return _PLACE.sub(lambda _: next(values, ""), self._pairs[source])
        longer = [source for source in self._pairs if re.match(re.escape(english) + r"\b", source)]
        if longer and " " in english:
            return " ".join(_PLACE.split(self._pairs[min(longer, key=len)])[0].split()[:WORDS])
        return english


def _template(source: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _PLACE.split(source)]
    return re.compile("(.+)".join(parts))


def _pairs(language: str, resources: Path) -> list[tuple[str, str]]:
    found = []
    catalogue = tree.parse(resources / "translations" / f"cairn_{language}.ts")  # noqa: S314  # our own file
    for message in catalogue.iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        if translation is not None:
            form = translation.find("numerusform")
            text = (form if form is not None else translation).text
            found.append((source, text or source))
    for file in sorted((resources / "kinds").glob("en.json")):
        here = file.with_name(f"{language}.json")
        found += _leaves(json.loads(file.read_text("utf-8")), json.loads(here.read_text("utf-8")))
    for file in sorted((resources / "words" / "en").glob("*.json")):
        here = resources / "words" / language / file.name
        found += _leaves(json.loads(file.read_text("utf-8")), json.loads(here.read_text("utf-8")))
    # The first one of a text counts: a dictionary would keep the last.
    return list(reversed(found))


def _leaves(english: object, here: object) -> list[tuple[str, str]]:
    if isinstance(english, dict) and isinstance(here, dict):
        return [pair for key in english for pair in _leaves(english[key], here.get(key))]
    if isinstance(english, str) and isinstance(here, str):
        return [(english, here)]
    return []
