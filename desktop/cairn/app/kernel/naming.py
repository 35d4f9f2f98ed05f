"""Spellings of names, and why two names or people may be one, in words of a language."""

from __future__ import annotations

from cairn import resources
from cairn.app.kernel import sentences
from cairn.model.names.proposing import Spelling
from cairn.model.names.weighing import Reason


def way(spelling: Spelling, language: str) -> str:
    """How a spelling came about: the name of its system, and whether it is one of several that may be meant."""
    words = resources.table("names", language)
    system = words[f"system-{spelling.system}"]
    return system if spelling.sure else words["system-maybe"].format(system=system)


def why(reason: Reason, language: str) -> str:
    """The sentence of a reason; a relative's role is put in as a word, or as it is where there is none for it."""
    words = resources.table("names", language)
    values: dict[str, str | int] = dict(reason.values)
    if role := reason.values.get("role"):
        values["role"] = words.get(f"role-{role}", role)
    return sentences.sentence(reason.code, values, language)
