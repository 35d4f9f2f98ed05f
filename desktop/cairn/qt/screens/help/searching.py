"""Finding words in the pages: every word must stand in the page, the title counts most."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cairn.qt.base.help_pages import Page

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]|^\s*(?:#+|-|\d+\.|\|)\s*|^\|?[-| :]+\|$", re.MULTILINE)
_AROUND = 24


def words_of(typed: str) -> list[str]:
    """What was typed, as words to look for."""
    return _folded(typed).split()


def plain(text: str) -> str:
    """A page's text without Markdown's signs, in one line, without its title."""
    body = text.lstrip().split("\n", 1)[-1]
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", body)).replace("|", " ").split())


def search(pages: Sequence[Page], typed: str) -> list[tuple[Page, str]]:
    """The pages that have all the words, best first, each with what stands around the first word."""
    words = words_of(typed)
    found: list[tuple[int, int, Page, str]] = []
    for number, page in enumerate(pages):
        title, body = _folded(page.title), plain(page.text)
        folded = _folded(body)
        if not all(word in title or word in folded for word in words):
            continue
        in_title = sum(1 for word in words if word in title)
        found.append((-in_title, number, page, _around(body, folded, words)))
    return [(page, line) for _, _, page, line in sorted(found, key=lambda one: one[:2])]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _around(body: str, folded: str, words: Sequence[str]) -> str:
    at = next((place for word in words if (place := folded.find(word)) >= 0), -1)
    if at < 0:
        return ""
    start = max(0, at - _AROUND)
    if start:
        # From the beginning of a word on.
        start = body.find(" ", start, at) + 1 or at
    return ("…" if start else "") + body[start : start + 120]
