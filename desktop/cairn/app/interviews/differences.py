"""What differs between two versions: by words, and inside a Korean word by syllables.

Pure. Lines are compared first and only lines that differ are compared by words, so that an account of
a hundred pages is compared at once. Chinese and Japanese characters count as words of their own; a
Korean word (eojeol) that only changed its ending shows just the ending as changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from cairn.app.kernel.views import FieldChange
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body
from cairn.model.time.told import MEANING

Piece = tuple[str, str]
Say = Callable[[Body | None], dict[str, str]]
"""The fields of a body in words, as `fields` gives them as they are."""

_TOKEN = re.compile(
    # A code is compared whole: half of one has no word in any language.
    r"\b(?:answer|use|part|to|until|role|mark)-[a-z]+(?:-[a-z]+)*|[\u3400-\u9fff\u3040-\u30ff]|[^\W\u3400-\u9fff\u3040-\u30ff]+|\s+|.",
    re.DOTALL,
)
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_MOST_TOKENS = 3000
"""Above this a changed passage is shown as gone and new whole: comparing grows with the square."""


def fields(body: Body | None) -> dict[str, str]:
    """The fields of a body as text, in the order in which they are shown. Lists are one line each."""
    return {} if body is None else registry.of_body(body).fields(body)


def between(old: Body | None, new: Body, say: Say = fields) -> list[FieldChange]:
    """The fields that differ, each with its pieces. `old` None: everything in `new` is new."""
    before = say(old)
    return [
        FieldChange(name, tuple(_compared(name, before.get(name, ""), text)))
        for name, text in say(new).items()
        if text != before.get(name, "")
    ]


def _compared(name: str, old: str, new: str) -> Iterable[Piece]:
    if not name.endswith(MEANING):
        return pieces(old, new)
    # Whole: half of what a time was taken to mean is nothing that could be read.
    return [piece for piece in (("gone", old), ("new", new)) if piece[1]]


def pieces(old: str, new: str) -> list[Piece]:
    """("same" | "gone" | "new", text) in order; without "gone" they read `new`, without "new" `old`."""
    found: list[Piece] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for same, a, b in _blocks(old_lines, new_lines):
        if same:
            found.append(("same", "".join(a)))
        else:
            found += _words("".join(a), "".join(b))
    return _joined(found)


def _words(old: str, new: str) -> Iterable[Piece]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) > _MOST_TOKENS or len(b) > _MOST_TOKENS:
        return [("gone", old), ("new", new)]
    found: list[Piece] = []
    for same, gone, fresh in _blocks(a, b):
        if same:
            found.append(("same", "".join(gone)))
        elif len(gone) == len(fresh) == 1 and _HANGUL.search(gone[0]) and _HANGUL.search(fresh[0]):
            found += _syllables(gone[0], fresh[0])
        else:
            found += [("gone", "".join(gone)), ("new", "".join(fresh))]
    return found


def _syllables(old: str, new: str) -> list[Piece]:
    """A common beginning and end of two Korean words, and what differs between them."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return [
        ("same", old[:start]),
        ("gone", old[start : len(old) - end]),
        ("new", new[start : len(new) - end]),
        ("same", old[len(old) - end :]),
    ]


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterable[tuple[bool, Sequence[str], Sequence[str]]]:
    if len(a) > _MOST_TOKENS * 4 or len(b) > _MOST_TOKENS * 4:
        yield a == b, a, b
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield tag == "equal", a[i1:i2], b[j1:j2]


def _joined(found: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for how, text in found:
        if not text:
            continue
        if joined and joined[-1][0] == how:
            joined[-1] = (how, joined[-1][1] + text)
        else:
            joined.append((how, text))
    return joined
