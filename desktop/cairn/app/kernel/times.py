"""A time as people read it: `cairn.model.time.described` with the words of a language, and the sentences about words
that are not sure."""

from __future__ import annotations

from cairn import resources
from cairn.app.kernel import sentences
from cairn.model.time import described as saying
from cairn.model.time.described import Say
from cairn.model.time.told import Told
from cairn.model.time.understanding import Understood, understood


def _say(language: str) -> Say:
    return saying.saying(resources.table("times", language))


def described(told: Told, language: str) -> str:
    """What the time was taken to mean: `spring 1999`, `about 14 March 1998`. The words themselves where that is nothing."""
    return saying.described(told, _say(language))


def written(told: Told, language: str) -> str:
    """The time in a form that has one meaning, by itself: in words where they are understood so, else EDTF."""
    text = described(told, language)
    again = understood(text)
    return text if again.kind == "sure" and again.readings[0].edtf == told.edtf else told.edtf


def understood_as(told: Told, language: str) -> str:
    """That the words were taken to mean this."""
    return _say(language)("sure", time=described(told, language))


def verdict(found: Understood, language: str) -> str:
    """The sentence about words that are not sure."""
    code, values = judged(found)
    return sentences.sentence(code, values, language)


def judged(found: Understood) -> tuple[str, dict[str, str | int]]:
    """The same as a code and its values."""
    if found.anchor is not None and found.anchor.kind == "interview":
        return "time.from-a-day", {}
    if found.why:
        return f"time.impossible-{found.why}", dict(found.values)
    ref = (found.anchor.ref or found.anchor.kind) if found.anchor else ""
    return f"time.{found.kind}", {"count": len(found.readings), "ref": ref}


def meant(told: Told, language: str) -> str:
    """A question after an impossible day."""
    return _say(language)("suggested", time=described(told, language))


def days(told: Told, language: str) -> str:
    """First and last day that it may be; nothing where that says no more than the time itself, or is not known."""
    return saying.days(told, _say(language))


def notes(told: Told, language: str) -> str:
    """Calendar, reckoning and anchor in words; nothing where they are the usual ones."""
    return saying.notes(told, _say(language))


def beside(told: Told, language: str) -> str:
    """What the words were taken to mean, in one line, without what they say themselves."""
    return saying.beside(told, _say(language))


def whole(told: Told, language: str) -> str:
    """The words, and after them what they were taken to mean where that says more."""
    if not told.edtf or told.words == described(told, language):
        return told.words
    return f"{told.words} ({described(told, language)})" if told.words else described(told, language)
