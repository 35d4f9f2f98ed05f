"""The BIP39 word lists, from the `mnemonic` package: 2,048 words, 11 bits each."""

from __future__ import annotations

import unicodedata
from functools import cache

from mnemonic import Mnemonic


@cache
def words(language: str = "english") -> tuple[str, ...]:
    """The list in its order, NFC (the package stores some lists decomposed). English or Korean."""
    listed = Mnemonic(language).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in listed)


@cache
def positions(language: str = "english") -> dict[str, int]:
    """Word → its number in the list."""
    return {word: number for number, word in enumerate(words(language))}


WORDS = words()
"""The English list: recovery words and fingerprints are made of these."""
