"""What is remembered of names so that they need not be heard twice, and how it is forgotten when names are closed."""

from __future__ import annotations

import re

from cairn.model.names import han, heard, in_text, spelled, weighing


def forget() -> None:
    """Hold no name any more, nor a part of one. Whoever closes the names calls it, and throws its `Index` away."""
    for each in (
        heard.heard,
        heard.given_ways,
        heard.word_ways,
        heard.family_heard,
        heard.family_share,
        spelled.parted,
        spelled.within,
        spelled.fold,
        han.pinyin_syllables,
        in_text.pattern,
        weighing.name_points,
        weighing.slot_points,
        weighing.span,
    ):
        each.cache_clear()
    # The library of regular expressions remembers each pattern that it was given, and a name is one.
    re.purge()
