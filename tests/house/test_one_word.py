"""One word, one meaning: interviews are finalised, recordings are stopped, bundles are sealed and nothing else is."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
LANGUAGES = sorted(folder.name for folder in (RESOURCES / "words").iterdir())

SAYS_SEAL = {"en": re.compile(r"(?i)\b(?:un|re)?seal"), "ko": re.compile("봉인")}
SAYS_BUNDLE = {"en": re.compile(r"(?i)\bbundles?\b"), "ko": re.compile("묶음")}
OF_ANOTHER = {
    "en": re.compile(
        r"(?i)\bseal(?:s|ed|ing)?\s+(?:the |this |an? |every |each )?"
        r"(?:interview|recording|note|version|transcript|consent|vault)"
        r"|\b(?:interviews?|recordings?|notes?|versions?|transcripts?|vault)"
        r"\s+(?:is|are|was|were|be|being|not)\s+sealed"
    ),
    "ko": re.compile("(?:면담|녹음|녹취록|메모|판)(?:을|를|이|가|은|는|의)? ?봉인"),
}
"""Said of something else outright: no exception makes that right."""

ABOUT_BUNDLES = {
    "age.json": "speaks of the encrypted file, which is the outside of a bundle",
    "HomePage": "lists the bundles that were sealed",
    "SealFlow": "the steps of sealing a bundle",
    "OpenedPane": "a bundle that was opened",
    "OutsideCard": "a bundle seen from outside",
    "SealedView": "the bundle that was sealed just now",
    "SentPage": "a bundle that was sent",
    "readme": "the page inside each bundle",
}
"""Where a bundle is the only thing spoken of, so that it need not be named in each sentence."""

ALONE = {
    "cli.sealed-by": "the line below the name of the bundle that was opened",
    "cli.whole-and-signed": "the same",
}
"""Single texts that say it without the word bundle, and why that is clear."""


def texts(language: str) -> Iterator[tuple[str, str, str]]:
    """(place, name, text) of everything that a person can read in a language."""
    for file in sorted((RESOURCES / "words" / language).glob("*.json")):
        for code, text in json.loads(file.read_text("utf-8")).items():
            yield file.name, code, text
    for room in ("readme", "kinds"):
        for name, text in json.loads((RESOURCES / room / f"{language}.json").read_text("utf-8")).items():
            yield room, name, text
    for folder in ("help", "guides"):
        for file in sorted((RESOURCES / folder / language).iterdir()):
            lines = file.read_text("utf-8").splitlines()
            for number, line in enumerate(lines, 1):
                yield f"{folder}/{file.name}", f"line {number}", line
    tree = ET.fromstring((RESOURCES / "translations" / "cairn_ko.ts").read_bytes())  # noqa: S314  # our own file
    for context in tree.iter("context"):
        for message in context.iter("message"):
            source, translation = message.findtext("source", ""), message.find("translation")
            told = source if language == "en" or translation is None else "".join(translation.itertext())
            yield context.findtext("name", ""), source, told.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_bundles_are_sealed(language: str) -> None:
    wrong = []
    for place, name, text in texts(language):
        if not SAYS_SEAL[language].search(text):
            continue
        clear = place in ABOUT_BUNDLES or name in ALONE or SAYS_BUNDLE[language].search(text)
        if not clear or OF_ANOTHER[language].search(text):
            wrong.append(f"{place}, {name}: {text}")
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_still_needed() -> None:
    said = {language: list(texts(language)) for language in LANGUAGES}
    for kept, reason in (ABOUT_BUNDLES | ALONE).items():
        assert reason
        assert any(
            kept in (place, name)
            and SAYS_SEAL[language].search(text)
            and not SAYS_BUNDLE[language].search(text)
            for language, found in said.items()
            for place, name, text in found
        ), f"{kept} needs no exception any more"
