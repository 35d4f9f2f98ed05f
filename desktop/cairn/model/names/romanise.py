"""A Korean name in Latin letters by rule: the North's own system, Revised Romanisation, McCune-Reischauer.

What people write of themselves follows none of them; these are proposals, and the parser (`spelled`) takes whatever comes.
Family and given name are spelled apart and change nothing in each other; within a given name McCune-Reischauer joins the
syllables and writes what is heard (학길 Hakkil, 옥은 Ogŭn, 철호 Ch'ŏrho, 정민 Chŏngmin, 국만 Kungman).
"""

from __future__ import annotations

from typing import Literal

from cairn.model.names.hangul import FINALS, INITIALS, VOWELS, letters, southern

System = Literal["dprk", "rr", "mr"]


def _list(spellings: str) -> list[str]:
    """In the order of the letters; two blanks are a letter that is not written."""
    return spellings.split(" ")


_RR_INITIAL = dict(zip(INITIALS, _list("g kk n d tt r m b pp s ss  j jj ch k t p h"), strict=True))
_RR_VOWEL = dict(
    zip(VOWELS, _list("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"), strict=True)
)
_RR_FINAL = dict(zip(FINALS, _list(" k k k n n n t l k m l l l p l m p p t t ng t t k t p t"), strict=True))
_MR_INITIAL = dict(zip(INITIALS, _list("k kk n t tt r m p pp s ss  ch tch ch' k' t' p' h"), strict=True))
_MR_VOWEL = dict(zip(VOWELS, _list("a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i"), strict=True))
_DPRK_INITIAL = dict(zip(INITIALS, _list("k kk n t tt r m p pp s ss  j jj ch kh th ph h"), strict=True))
_DPRK_VOWEL = dict(
    zip(VOWELS, _list("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"), strict=True)
)
_VOICED = {"k": "g", "t": "d", "p": "b", "ch": "j"}
_DPRK_VOICED = {"k": "g", "t": "d", "p": "b"}
_WITH_VOICE = ("", "n", "m", "ng", "l")
_NASAL = {"k": "ng", "t": "n", "p": "m"}


def spelled(family: str, given: str, system: System) -> str:
    """The name by one system. Parts that are no Hangul stay as they are."""
    if system == "dprk":
        words = [_dprk(family)] if family else []
        for at, syllable in enumerate(given):
            words.append(_dprk(syllable, given[at - 1] if at else ""))
        return " ".join(map(_capital, words))
    if system == "rr":
        # The South's system follows the South's spelling: 리 is I, 룡 at the beginning of a given name Yong.
        head, tail = southern(family), southern(given)
        return " ".join(_capital(_rr(part)) for part in (head, tail) if part)
    head = _MR_FAMILY.get(family) or _capital(_mr(southern(family)))
    return " ".join(part for part in (head if family else "", _capital(_mr(given))) if part)


_MR_FAMILY = {"이": "Yi", "리": "Yi"}


def _dprk(part: str, before: str = "") -> str:
    """Syllables as the North writes them: k, t and p are g, d and b behind a sound with voice."""
    written = ""
    for syllable in part:
        parts = _letters(syllable)
        if parts is None:
            written += syllable
        else:
            initial, vowel, final = parts
            onset = _DPRK_INITIAL[initial]
            last = _letters(before) if before else None
            voiced = last is not None and _RR_FINAL[last[2]] in _WITH_VOICE
            written += (_DPRK_VOICED.get(onset, onset) if voiced else onset) + _DPRK_VOWEL[vowel]
            written += _RR_FINAL[final]
        before = syllable
    return written


def _rr(part: str) -> str:
    written = ""
    for syllable in part:
        parts = _letters(syllable)
        if parts is None:
            written += syllable
            continue
        initial, vowel, final = parts
        if initial == "ㄹ" and written.endswith("l"):
            written += "l"
        else:
            written += _RR_INITIAL[initial]
        written += _RR_VOWEL[vowel] + _RR_FINAL[final]
    return written


def _mr(part: str) -> str:
    written = ""
    final = ""
    for syllable in part:
        parts = _letters(syllable)
        if parts is None:
            written, final = written + final + syllable, ""
            continue
        initial, vowel, next_final = parts
        written += _joined(final, initial, vowel, at_start=not written)
        written += _MR_VOWEL[vowel]
        final = _RR_FINAL[next_final]
    return written + final


def _joined(final: str, initial: str, vowel: str, *, at_start: bool) -> str:
    """What stands between two vowels: the final of one syllable with the initial of the next, as it is heard."""
    onset = _MR_INITIAL[initial]
    if initial == "ㅅ" and vowel == "ㅟ":
        onset = "sh"
    if at_start:
        return onset
    if final in _NASAL and onset in ("n", "m", "r"):
        return _NASAL[final] + ("n" if onset == "r" else onset)
    if final in ("m", "ng") and onset == "r":
        return final + "n"
    if final == "l":
        if onset in ("", "h"):
            return "r" + onset
        if onset in ("r", "n"):
            return "ll"
    if final == "n" and onset == "r":
        return "ll"
    if final in _VOICED and onset == "":
        return _VOICED[final]
    if final == "n" and onset == "k":
        return "n'g"  # 춘경 is Ch'un'gyŏng, 충영 is Ch'ungyŏng
    voices = final in _WITH_VOICE
    return final + (
        _VOICED.get(onset, onset) if voices and not (final == "l" and onset in ("t", "ch")) else onset
    )


def _letters(syllable: str) -> tuple[str, str, str] | None:
    try:
        return letters(syllable)
    except ValueError:
        return None


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


SYSTEMS: tuple[System, ...] = ("dprk", "rr", "mr")


def all_systems(family: str, given: str) -> list[tuple[System, str]]:
    """The name in each of the systems."""
    return [(system, spelled(family, given, system)) for system in SYSTEMS]
