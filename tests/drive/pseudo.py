"""Two languages that nobody speaks, made from the sources while they run: they show what a real one would break.

`en-XA` is English with accents, a third longer, every text in ⟦⟧: what stands outside of the brackets was never
translated, and what is cut off here would be cut off in German. `en-XB` is English written from right to left, in
a mirrored window. The codes are those of CLDR's pseudo-locales. Nothing of this is shipped.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication

from cairn import resources
from cairn.app.kernel import sentences
from cairn.qt.base import language

LONGER, MIRRORED = "en-XA", "en-XB"
CODES = (LONGER, MIRRORED)
LEFT, RIGHT = "⟦", "⟧"
MORE = 0.35
"""By how much a text grows. Translations of interface texts from English grow by about a third."""

_ACCENTS = str.maketrans(
    "aceginoprsuyzACDEGIKLNOPRSTUYZ",
    "àçéĝïñôþŕšûýžÀÇĐÉĜÎĶĹÑÔÞŔŠŢÛÝŽ",
)
_FILLING = " ôñé ţŵô ţĥŕéé ƒôûŕ ƒïṽé šïẋ šéṽéñ éïĝĥţ ñïñé ţéñ"
_AS_IT_IS = re.compile(r"(\{[^{}]*\}|%n|%L?\d+|<[^<>]*>|&\w+;|&(?=\w)|https?://\S+)")
"""Places, tags and addresses: a program reads them."""
_MARKUP = re.compile(r"(`[^`]*`|\]\([^)]*\)|\*\*|^\s*(?:#+|[-*]|\d+\.|>)\s|\||^\s*[|:\- ]+$)")
_RIGHT_TO_LEFT, _END = "\u202e", "\u202c"


def longer(text: str) -> str:
    """A text in `en-XA`."""
    return _bracketed(_kept(text, lambda part: part.translate(_ACCENTS)) + _filling(text))


def mirrored(text: str) -> str:
    """A text in `en-XB`. A line that is broken is broken between its words, so each word stands for itself."""
    turned = _kept(text, lambda part: re.sub(r"\w[\w'’-]*", lambda m: f"{_RIGHT_TO_LEFT}{m[0]}{_END}", part))
    return _bracketed(turned)


def page(text: str, say: Callable[[str], str]) -> str:
    """A page of Markdown: its words are said, its marks stay."""
    lines = []
    for line in text.split("\n"):
        parts = _MARKUP.split(line)
        lines.append(
            "".join(
                part if number % 2 or not any(c.isalpha() for c in part) else say(part)
                for number, part in enumerate(parts)
            )
        )
    return "\n".join(lines)


@contextmanager
def spoken(app: QApplication, code: str) -> Iterator[None]:
    """One of the two is in force: windows that are made meanwhile speak it, errors and help too."""
    say = longer if code == LONGER else mirrored
    translator = _Translator(say)
    before = resources.read_bytes

    def read_bytes(name: str) -> bytes:
        data = before(name)
        room, _, rest = name.partition("/")
        if name not in ("kinds/en.json", "consent/en.json", "times/en.json") and not (
            rest.startswith("en/") and room in ("words", "help", "guides")
        ):
            return data
        if room == "help":
            return page(data.decode(), say).encode()
        return json.dumps(_said(json.loads(data), say)).encode()

    language.set_language(app, "en")
    app.installTranslator(translator)
    resources.read_bytes = read_bytes
    sentences._rooms.cache_clear()
    sentences._names.cache_clear()
    resources.table.cache_clear()
    if code == MIRRORED:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        yield
    finally:
        resources.read_bytes = before
        sentences._rooms.cache_clear()
        sentences._names.cache_clear()
        resources.table.cache_clear()
        app.removeTranslator(translator)
        language.set_language(app, "en")


class _Translator(QTranslator):
    """What the catalogue knows is said; Qt's own texts become empty, so that they are told from ours."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say
        self._plurals = dict(_plurals())
        self._known = set(_known())

    def isEmpty(self) -> bool:
        return False

    def translate(  # type: ignore[override]
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if (context, text) not in self._known:
            # Texts with places ("F%1"), which Qt fills, stay as they are: None is no translation.
            return None if "%" in text else ""
        one, many = self._plurals.get((context, text), (text, text))
        text = one if n == 1 else many
        # The patterns of dates are read letter by letter.
        return _bracketed(text) if context == "Dates" else self._say(text)


def _known() -> Iterator[tuple[str, str]]:
    for context, message in _messages("ko"):
        yield context, message.findtext("source", "")


def _plurals() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for context, message in _messages("en"):
        forms = [form.text or "" for form in message.iter("numerusform")]
        if len(forms) == 2:
            yield (context, message.findtext("source", "")), (forms[0], forms[1])


def _messages(code: str) -> Iterator[tuple[str, ET.Element]]:
    tree = ET.parse(resources.path(f"translations/cairn_{code}.ts"))  # noqa: S314  # our own file
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _said(value: object, say: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, dict):
        return {key: _said(each, say) for key, each in value.items()}
    return [_said(each, say) for each in value] if isinstance(value, list) else value


def _kept(text: str, change: Callable[[str], str]) -> str:
    parts = _AS_IT_IS.split(text)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _filling(text: str) -> str:
    wanted = max(1, round(MORE * len(text)))
    return (_FILLING * (wanted // len(_FILLING) + 1))[:wanted].rstrip()


def _bracketed(text: str) -> str:
    return f"{LEFT}{text}{RIGHT}"
