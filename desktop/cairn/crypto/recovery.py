"""Recovery words: secret bytes as words that can be written down, read out and typed back (BIP39).

16 bytes become 12 words, 32 bytes become 24. A checksum catches a wrong or swapped word (4 of 132
bits, 8 of 264). The words *are* the secret bytes: BIP39's PBKDF2 step for wallets is not used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cairn.crypto import wordlists
from cairn.crypto.hashes import sha256
from cairn.errors import InputError

_BITS = 11
_COUNT_OF = {16: 12, 32: 24}
_SIZE_OF = {count: size for size, count in _COUNT_OF.items()}
# Four letters are enough to tell all words of the list apart (a rule of BIP39's English list).
_SHORTEST_PREFIX = 4
# People copy the numbering and commas of a printed sheet along with the words.
_BETWEEN = re.compile(r"[\s\d.,;:()\-_/|]+")


def words_from(entropy: bytes) -> list[str]:
    """12 words for 16 bytes, 24 words for 32. Other lengths are a ValueError."""
    count = _COUNT_OF.get(len(entropy))
    if count is None:
        raise ValueError("16 or 32 bytes")
    check_bits = len(entropy) // 4
    number = int.from_bytes(entropy + sha256(entropy)[:1], "big") >> (8 - check_bits)
    listed = wordlists.words()
    return [listed[(number >> (_BITS * (count - 1 - place))) & 2047] for place in range(count)]


def entropy_from(words: Sequence[str] | str) -> bytes:
    """The bytes that `words_from` turned into these words.

    Accepts any case, any spacing, numbering, and words shortened to at least four letters. Raises
    InputError `crypto.words-unknown` (word, place), `crypto.words-count` (count) or
    `crypto.words-checksum` (all words exist, but together they are not a set that was given out).
    """
    typed = words if isinstance(words, str) else " ".join(words)
    given = [word for word in _BETWEEN.split(unicodedata.normalize("NFKD", typed).casefold()) if word]
    numbers = [_number_of(word, place) for place, word in enumerate(given, start=1)]
    size = _SIZE_OF.get(len(given))
    if size is None:
        raise InputError("crypto.words-count", count=len(given))
    total = 0
    for number in numbers:
        total = total << _BITS | number
    check_bits = size // 4
    entropy = (total >> check_bits).to_bytes(size, "big")
    if total & ((1 << check_bits) - 1) != sha256(entropy)[0] >> (8 - check_bits):
        raise InputError("crypto.words-checksum")
    return entropy


def _number_of(word: str, place: int) -> int:
    known = wordlists.positions()
    if word in known:
        return known[word]
    if len(word) >= _SHORTEST_PREFIX:
        for candidate, number in known.items():
            if candidate.startswith(word):
                return number
    raise InputError("crypto.words-unknown", word=word, place=place)
