"""Blocks of a page (`cairn.model.kinds.page`) as HTML: everything escaped, nothing that loads or runs.

Also the page's fixed words, from `resources/readme`.
"""

from __future__ import annotations

import html
import re
from functools import cache

import msgspec

from cairn import resources
from cairn.model.kinds.described import word_keys
from cairn.model.kinds.page import (
    Block,
    Coded,
    Entry,
    Facts,
    Heading,
    Line,
    Moment,
    Mono,
    Octets,
    Paragraphs,
    Sentence,
    Time,
    Value,
    When,
    Word,
)
from cairn.model.time import described
from cairn.model.time.told import Told
from cairn.model.values import clock_text
from cairn.vocab.terms import Terms

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Words:
    """The page's fixed words, escaped, with `{named}` places filled by `values`, which are HTML already."""

    def __init__(self, language: str) -> None:
        self.language = language if _table(language) else "en"
        grid = resources.table("consent", self.language)
        self._times = described.saying(resources.table("times", self.language))
        kinds = {**resources.table("kinds", "en"), **resources.table("kinds", self.language)}
        self._table = {**grid, **kinds, **_table("en"), **_table(self.language)}

    def __call__(self, key: str, **values: str) -> str:
        text = self._table.get(key)
        if text is None and key.startswith("field."):
            _, kind, name = key.split(".", 2)
            text = next((self._table[each] for each in word_keys(kind, name) if each in self._table), name)
        if text is None:
            # A kind without words of its own is called by its name.
            return escaped(key.removeprefix("kind."))
        return _PLACE.sub(lambda match: values.get(match[1], "…"), escaped(text))

    def code(self, prefix: str, code: str) -> str:
        """The word for a code of a vocabulary, or the label of a term; an unknown one is shown as it is."""
        if prefix == "term":
            return escaped(Terms().label(code, self.language))
        if f"{prefix}.{code}" in self._table:
            return self(f"{prefix}.{code}")
        return self(f"{prefix}-{code}") if f"{prefix}-{code}" in self._table else escaped(code)

    def time(self, told: Told) -> str:
        """A time as it was told, and after it what that was taken to mean."""
        said = [told.words, described.beside(told, self._times)]
        return escaped(" · ".join(part for part in said if part))


@cache
def _table(language: str) -> dict[str, str]:
    name = f"readme/{language}.json"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not resources.path(name).is_file():
        return {}
    return msgspec.json.decode(resources.read_bytes(name), type=dict[str, str])


def blocks_html(say: Words, blocks: list[Block]) -> str:
    """The blocks one after the other."""
    return "\n".join(part for part in (_block(say, each) for each in blocks) if part)


def _block(say: Words, block: Block) -> str:
    match block:
        case Heading(word, name, level):
            said = say(word) if word else ""
            text = f"{said}: {escaped(name)}" if said and name else said or escaped(name)
            return f"<h{level}>{text}</h{level}>"
        case Facts(rows):
            return facts_html([(say(word), line_html(say, line)) for word, line in rows])
        case Sentence(line):
            return f"<p>{line_html(say, line)}</p>"
        case Paragraphs(text, word, faint):
            heading = f"<h3>{say(word)}</h3>\n" if word else ""
            return f'{heading}<p class="text{" faint" if faint else ""}">{escaped(text)}</p>'
        case Entry(texts, line, below):
            said = line_html(say, line)
            about = f"<p class=faint>{said}</p>" if said else ""
            written = "".join(
                f'<p class="text{" faint" if number else ""}">{escaped(text)}</p>'
                for number, text in enumerate(texts)
            )
            return f'<div class="note">{written + about if below else about + written}</div>'
        case _:
            return "<ul>" + "".join(f"<li>{line_html(say, line)}</li>" for line in block.lines) + "</ul>"


def line_html(say: Words, line: Line) -> str:
    """Values beside each other; nothing where every one of them is empty."""
    return "".join(_value(say, each) for each in line)


def _value(say: Words, value: Value) -> str:
    match value:
        case Coded(prefix, code):
            return say.code(prefix, code)
        case Word(key, values):
            return say(key, **{name: _value(say, each) for name, each in values.items()})
        case Moment(ms):
            return clock_text(ms)
        case When(time):
            return escaped(when(time))
        case Time(told):
            return say.time(told)
        case Octets(size):
            return _size(size)
        case Mono(text):
            return f"<code>{escaped(text)}</code>" if text else ""
        case _:
            return escaped(value)


def facts_html(facts: list[tuple[str, str]]) -> str:
    """Rows of a name and its value, both HTML already; rows without a value are left out."""
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return f"<dl>{rows}</dl>"


def when(time: str) -> str:
    """A time as people read it."""
    return time.replace("T", " ").replace("Z", " UTC")


def _size(size: int) -> str:
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{size} {_UNITS[0]}"


def escaped(text: str) -> str:
    """Text as HTML."""
    return html.escape(text, quote=True)
