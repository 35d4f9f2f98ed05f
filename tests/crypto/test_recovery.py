"""Recovery words: BIP39's own vectors, the ways people type, the mistakes they make."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from cairn.crypto.recovery import entropy_from, words_from
from cairn.errors import InputError

SECRET = st.one_of(st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))


@given(SECRET)
def test_words_come_back_and_agree_with_the_reference(secret: bytes) -> None:
    words = words_from(secret)
    assert " ".join(words) == Mnemonic("english").to_mnemonic(secret)
    assert len(words) == len(secret) * 3 // 4
    assert entropy_from(words) == secret


@given(SECRET, st.randoms())
def test_they_may_be_typed_in_many_ways(secret: bytes, rng: random.Random) -> None:
    words = words_from(secret)
    typed = [rng.choice([word, word.upper(), word[:4], word.title(), f"{place}. {word},"])
             for place, word in enumerate(words, 1)]  # fmt: skip
    assert entropy_from("  " + "\n\t".join(typed) + " ") == secret
    assert entropy_from([unicodedata.normalize("NFC", word) for word in typed]) == secret


def test_a_full_width_keyboard_is_understood() -> None:
    words = words_from(bytes(16))
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in words[0])
    assert entropy_from([wide, *words[1:]]) == bytes(16)


@given(SECRET, st.data())
def test_a_swapped_pair_is_found_or_changes_nothing_silently_only_as_often_as_the_checksum_allows(
    secret: bytes, data: st.DataObject
) -> None:
    words = words_from(secret)
    a, b = data.draw(st.tuples(*[st.integers(0, len(words) - 1)] * 2))
    words[a], words[b] = words[b], words[a]
    try:
        assert entropy_from(words) == secret or len(words) in (12, 24)
    except InputError as error:
        assert error.code == "crypto.words-checksum"


def test_the_checksum_catches_a_wrong_word() -> None:
    words = words_from(bytes(range(32)))
    wrong = 0
    for place in range(24):
        changed = [*words]
        changed[place] = "zoo" if words[place] != "zoo" else "able"
        try:
            entropy_from(changed)
        except InputError as error:
            assert error.code == "crypto.words-checksum"
            wrong += 1
    assert wrong >= 23


@pytest.mark.parametrize("count", [0, 1, 11, 13, 15, 18, 21, 23, 25, 48])
def test_another_number_of_words_is_refused(count: int) -> None:
    with pytest.raises(InputError, match=r"^crypto\.words-count$") as caught:
        entropy_from(["abandon"] * count)
    assert caught.value.values == {"count": count}


@pytest.mark.parametrize("word", ["cairn", "abx", "aba", "abandonn", "국경", "zzzz"])
def test_an_unknown_word_is_named_with_its_place(word: str) -> None:
    with pytest.raises(InputError, match=r"^crypto\.words-unknown$") as caught:
        entropy_from(["abandon"] * 5 + [word] + ["abandon"] * 6)
    assert caught.value.values == {"word": unicodedata.normalize("NFKD", word), "place": 6}


@pytest.mark.parametrize("size", [0, 15, 17, 24, 33])
def test_only_16_and_32_bytes_have_words(size: int) -> None:
    with pytest.raises(ValueError, match="^16 or 32 bytes$"):
        words_from(bytes(size))


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["abandon", "zoo", "art", "x", "1", "가"]), max_size=30))
)
def test_whatever_is_typed_gives_bytes_or_a_plain_error(typed: str | list[str]) -> None:
    try:
        assert len(entropy_from(typed)) in (16, 32)
    except InputError as error:
        assert error.code.startswith("crypto.words-")
