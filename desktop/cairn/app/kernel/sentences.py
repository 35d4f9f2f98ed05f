"""Codes to sentences: the only place where an error or a problem gets its words.

The sentences are resources, one flat JSON object per room and language (`resources/words/en/vault.json`);
a code's first part names the file. A language that lacks a sentence falls back to English, and a code
that has none at all to a plain sentence that shows the code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from cairn import paths, resources
from cairn.errors import CairnError, MachineError, Value
from cairn.model.kinds.described import word_keys
from cairn.model.time import described
from cairn.model.time.told import MEANING

if TYPE_CHECKING:
    from cairn.app.kernel.views import Problem

ENGLISH = "en"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_UNNAMED = {
    "en": "Something went wrong that has no sentence of its own yet. Its code is {code}.",
    "ko": "아직 설명이 준비되지 않은 문제가 일어났습니다. 코드는 {code}입니다.",
}


def languages() -> list[str]:
    """The languages that have sentences, English first."""
    try:
        present = sorted(p.name for p in resources.path("words").iterdir() if p.is_dir())
    except OSError:
        present = []
    return [ENGLISH, *(name for name in present if name != ENGLISH)]


def sentence(
    what: CairnError | str, values: Mapping[str, Value] | None = None, language: str = ENGLISH
) -> str:
    """The sentence for an error, or for a code with values. Never raises."""
    if isinstance(what, CairnError):
        values, what = what.values, what.code
    found = _rooms(language).get(what) or _rooms(ENGLISH).get(what)
    if found is None:
        found, values = _UNNAMED.get(language, _UNNAMED[ENGLISH]), {"code": what}
    return fill(found, values or {})


def of_problem(problem: Problem, language: str = ENGLISH) -> str:
    """The sentence of a problem that a use case reports."""
    return sentence(problem.code, problem.values, language)


def act(name: str, language: str = ENGLISH) -> str:
    """The sentence for an act of the custody log; an act that only a newer version knows shows as its name."""
    code = f"act.{name}"
    return sentence(code, None, language) if known(code) else name


def kind(name: str, language: str = ENGLISH) -> str:
    """What a record of a kind is called. A kind without a word shows as its name."""
    return _word(f"kind.{name}", name, language)


def kinds(name: str, count: int, language: str = ENGLISH) -> str:
    """How many records of a kind; an empty name means those that a newer version wrote."""
    return fill(_word(f"kinds.{name or 'newer'}", name + ": {count}", language), {"count": count})


def file_sort(code: str, language: str = ENGLISH) -> str:
    """What a sort of file (`cairn.decode.sorts`) is called: Picture, Word document."""
    return _word(f"file.{code}", code, language)


def field(kind: str, name: str, language: str = ENGLISH) -> str:
    """What a field of a kind is called. A field without a word shows as its name."""
    if name.endswith(MEANING):
        said = field(kind, name.removesuffix(MEANING), language)
        return resources.table("times", language)["field"].format(field=said)
    known = _names(ENGLISH)
    return _word(next((key for key in word_keys(kind, name) if key in known), ""), name, language)


def value(field: str, text: str, language: str = ENGLISH) -> str:
    """A code in a field, or what a time was taken to mean, in words; any other text as it is."""
    if field.endswith(MEANING):
        return described.of_field(text, described.saying(resources.table("times", language)))
    return _word(f"value.{field}.{text}", text, language) if text.isidentifier() else text


def _word(code: str, otherwise: str, language: str) -> str:
    return _names(language).get(code) or _names(ENGLISH).get(code) or otherwise


def fill(text: str, values: Mapping[str, Value]) -> str:
    """`text` with its `{named}` places filled; a place without a value shows as …

    Values are put in as they are and never looked at for further places.
    """
    return _PLACE.sub(lambda match: paths.readable_name(str(values.get(match[1], "…"))), text)


def places(text: str) -> set[str]:
    """The named places of a sentence."""
    return set(_PLACE.findall(text))


def known(code: str, language: str = ENGLISH) -> bool:
    """Whether `language` itself has a sentence for `code`."""
    return code in _rooms(language)


def faults() -> list[str]:
    """What is wrong with the sentences of this build: missing in a language, or with other places.

    Each fault is `language code`; the list is empty in a good build.
    """
    english = _rooms(ENGLISH)
    wrong = [] if english else [ENGLISH]
    for language in languages():
        other = _rooms(language)
        wrong += [
            f"{language} {code}"
            for code in sorted(english.keys() | other.keys())
            if code not in english or code not in other or places(english[code]) != places(other[code])
        ]
    return wrong


@cache
def _names(language: str) -> dict[str, str]:
    """What kinds of records, their fields and the codes in them are called: `resources/kinds`."""
    if not re.fullmatch(r"[A-Za-z-]{2,20}", language):
        return {}
    try:
        return msgspec.json.decode(resources.read_bytes(f"kinds/{language}.json"), type=dict[str, str])
    except (msgspec.MsgspecError, MachineError):
        return {}


@cache
def _rooms(language: str) -> dict[str, str]:
    """All sentences of a language. A file that is missing or unreadable must not hide the error itself."""
    sentences: dict[str, str] = {}
    if not re.fullmatch(r"[A-Za-z-]{2,20}", language):
        return sentences
    try:
        names = resources.names(f"words/{language}", ".json")
    except (OSError, MachineError):
        return sentences
    for name in names:
        try:
            sentences |= msgspec.json.decode(
                resources.read_bytes(f"words/{language}/{name}"), type=dict[str, str]
            )
        except (msgspec.MsgspecError, MachineError):
            continue
    return sentences
