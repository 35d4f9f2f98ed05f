"""What a form says: labels, hints, messages, in several languages, with answers woven in.

A missing translation is written as `-` by the usual converter: it counts as absent, and another language stands in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cairn.forms.definition import Wording
from cairn.forms.markup import Mark

if TYPE_CHECKING:
    from cairn.forms.reading import Reader

ABSENT = "-"
_CALL = re.compile(r"\s*jr:itext\((.*)\)\s*\Z", re.DOTALL)
_QUOTED = re.compile(r"""\s*(['"])([^'"]*)\1\s*\Z""")
FORMS = frozenset({"image", "big-image", "audio", "video", "guidance", "long", "short"})
"""What a text may have beside its words."""


def read(reader: Reader, model: Mark) -> tuple[dict[str, dict[str, dict[str, Wording]]], tuple[str, ...]]:
    """The texts by language, id and form; the languages, the default one first."""
    texts: dict[str, dict[str, dict[str, Wording]]] = {}
    first: list[str] = []
    later: list[str] = []
    for itext in model.marks("itext"):
        for translation in itext.marks("translation"):
            language = translation.get("lang") or ""
            (first if translation.get("default") is not None else later).append(language)
            here = texts.setdefault(language, {})
            for text in translation.marks("text"):
                name = text.get("id") or ""
                for value in text.marks("value"):
                    here.setdefault(name, {})[value.get("form") or ""] = pieces(reader, value, name)
    return texts, tuple(dict.fromkeys([*first, *later]))


def of_mark(reader: Reader, mark: Mark | None, path: str) -> Wording | None:
    """What a `label` or `hint` says."""
    if mark is None:
        return None
    ref = mark.get("ref")
    if ref is not None:
        return of_ref(reader, ref, path)
    return pieces(reader, mark, path)


def of_ref(reader: Reader, ref: str, path: str) -> Wording:
    """What an expression names."""
    called = _CALL.match(ref)
    if called is None:
        return Wording(ref=reader.expression(ref, path, "label"))
    quoted = _QUOTED.match(called[1])
    if quoted is not None:
        return Wording(id=quoted[2])
    return Wording(id_of=reader.expression(called[1], path, "label"))


def of_attribute(reader: Reader, said: str, path: str) -> Wording:
    """What a message says: `jr:itext('…')`, or words as they stand."""
    if said.strip().startswith("jr:itext("):
        return of_ref(reader, said, path)
    return Wording(pieces=[said])


def pieces(reader: Reader, mark: Mark, path: str) -> Wording:
    """Words, with `output` in between."""
    found = Wording()
    for part in mark.parts:
        if isinstance(part, str):
            found.pieces.append(part)
        elif part.name == "output":
            made = reader.expression(part.get("value") or part.get("ref"), path, "output")
            if made is not None:
                found.pieces.append(made)
        else:
            # Markup inside a label: its words are kept, its tags are not.
            found.pieces.extend(pieces(reader, part, path).pieces)
    return found
