"""Argon2id: its floor and ceiling, how a cost is chosen, and what makes a passphrase good."""

from __future__ import annotations

import inspect
import os
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto import passphrase, strength, wordlists
from cairn.crypto.passphrase import Argon2Cost, derive, strength_bits, suggest_passphrase
from cairn.errors import InputError, MachineError

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
SALT = bytes(16)


def test_the_floor_and_the_ceiling_themselves_are_allowed() -> None:
    FLOOR.check()
    Argon2Cost(m_kib=65536, t=1, p=1).check()
    Argon2Cost(m_kib=4 * 1024 * 1024, t=16, p=8).check()
    Argon2Cost().check()


@pytest.mark.parametrize(
    "cost",
    [
        Argon2Cost(m_kib=65535, t=3, p=4),
        Argon2Cost(m_kib=4 * 1024 * 1024 + 1, t=3, p=4),
        Argon2Cost(m_kib=65536, t=0, p=4),
        Argon2Cost(m_kib=65536, t=17, p=4),
        Argon2Cost(m_kib=65536, t=1, p=0),
        Argon2Cost(m_kib=65536, t=1, p=9),
        Argon2Cost(m_kib=-1, t=-1, p=-1),
    ],
)
def test_outside_them_nothing_is_derived(cost: Argon2Cost) -> None:
    with pytest.raises(InputError, match=r"^vault\.cost-refused$"):
        derive("anything", SALT, cost)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(InputError, match=r"^vault\.cost-refused$"):
        derive("anything", SALT[1:], FLOOR)


def test_keyboards_that_compose_differently_give_one_key() -> None:
    composed, decomposed, wide = "\uac00\u00e9 1", "\u1100\u1161e\u0301 1", "\uac00\u00e9\u3000\uff11"
    assert composed != decomposed
    key = derive(composed, SALT, FLOOR)
    assert len(key) == 32
    assert derive(decomposed, SALT, FLOOR) == key == derive(wide, SALT, FLOOR)
    assert derive(composed, b"\1" * 16, FLOOR) != key


def test_half_a_surrogate_is_a_passphrase_too() -> None:
    assert derive("\ud800", SALT, FLOOR) != derive("?", SALT, FLOOR)


def test_too_little_memory_is_the_machine_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoom:
        def __init__(self, **_: object) -> None:
            raise MemoryError

    monkeypatch.setattr(passphrase, "Argon2id", NoRoom)
    with pytest.raises(MachineError, match=r"^machine\.out-of-memory$"):
        derive("anything", SALT, FLOOR)


@pytest.mark.parametrize(
    ("floor_seconds", "memory_gib", "mib"),
    [
        (0.14, 16, 256),
        (0.01, 16, 1024),
        (0.01, 64, 1024),
        (0.01, 2, 512),
        (0.01, 0.2, 64),
        (5.0, 16, 64),
        (0.25, 16, 128),
        (0.4, 16, 128),
        (0.41, 16, 64),
    ],
)
def test_the_cost_fits_time_and_memory(floor_seconds: float, memory_gib: float, mib: int) -> None:
    cost = passphrase._fitting(floor_seconds, 0.8, int(memory_gib * 1024 * 1024))
    assert cost == Argon2Cost(m_kib=mib * 1024, t=3, p=4)
    cost.check()


def test_a_calibrated_cost_is_one_that_a_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests remember what was derived once: that takes no time, and time is what is measured here.
    monkeypatch.setattr(passphrase, "derive", inspect.unwrap(passphrase.derive))
    cost = passphrase.calibrate(0.01)
    assert cost.m_kib == 65536
    cost.check()
    assert passphrase._memory_kib() > 65536


@pytest.mark.parametrize(("language", "listed"), [("en", "english"), ("ko", "korean")])
def test_suggested_words_come_from_the_list(language: str, listed: str) -> None:
    words = suggest_passphrase(8, language=language).split(" ")
    assert len(words) == 8
    assert set(words) <= set(wordlists.words(listed))
    assert len(set(wordlists.words(listed))) == 2048
    assert suggest_passphrase(language=language) != suggest_passphrase(language=language)
    # A few words of the list are also common passwords ("secret") and rightly count for less; ten of the
    # list that are not count for what they were drawn with.
    uncommon = [word for word in wordlists.words(listed) if strength_bits(word) >= 11][::200][:10]
    assert strength_bits(" ".join(uncommon)) >= 11 * len(uncommon)


def test_what_people_choose_is_judged_weaker_than_what_is_suggested() -> None:
    weak = ["", "   ", "password", "Password1", "qwerty", "ytrewq", "12345678", "aaaaaaaa", "1985", "가나다라",
            "비밀번호", "password password password", "........", "ㅋㅋㅋㅋㅋㅋㅋㅋ", "11111111"]  # fmt: skip
    for passphrase_ in weak:
        assert strength_bits(passphrase_) < 30, passphrase_
    assert strength_bits("") == strength_bits("   ") == 0.0
    assert strength_bits(suggest_passphrase()) >= 56
    assert strength_bits("yfq8 zmw2 37kd !p ѫ") > 50
    assert strength_bits("나는 어제 국경에서 강물 소리를 들었습니다") > 60


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("abandon", 11.0),  # a word of the list
        ("abandon abandon", 12.0),  # said twice
        ("Abandon", 11.5),
        ("ABANDON" * 2, 38.0),  # no word, and eight capitals of it count
        ("가격", 11.0),
        ("password", 3.0),
        ("비밀번호", 3.0),
        ("qwerty", 4.0),  # runs on the keyboard, either way
        ("ytrewq", 4.0),
        ("123", 4.0),
        ("321", 4.0),
        ("다나가", 4.0),
        ("qw", 8.0),  # too short for a run
        ("aaaa", 5.5),  # one letter over and over
        ("7777", 4.5),
        ("1985", 6.0),  # years
        ("2031", 6.0),
        ("1885", 12.0),
        ("20314", 15.0),
        ("97", 6.0),
        ("yfqz", 14.0),
        ("yf", 8.0),
        ("뷁궭", 11.0),
        ("가각", 11.0),  # from the first syllable
        ("힣힢", 11.0),  # to the last
        ("각7", 10.0),
        ("$", 4.0),
        ("ѫ", 7.0),
        ("$ѫ", 11.0),
        ("$$$", 6.0),  # each a piece, the second and third said again
        (" \t\n", 0.0),
        ("", 0.0),
    ],
)
def test_what_each_piece_is_taken_to_be_worth(text: str, bits: float) -> None:
    assert strength_bits(text) == bits


@given(st.text(max_size=60), st.text(max_size=10))
def test_more_is_never_judged_weaker_by_much_and_nothing_crashes(text: str, more: str) -> None:
    assert strength_bits(text) >= 0.0
    assert strength.strength_bits(text + " " + more) >= 0.0


def test_it_is_measured_how_long_the_floor_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, float, int]] = []
    clock = iter([100.0, 100.25])
    monkeypatch.setattr(passphrase.time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(passphrase, "_fitting", lambda *of: asked.append(of) or Argon2Cost())
    passphrase.calibrate(0.5)
    assert asked == [(0.25, 0.5, passphrase._memory_kib())]


@pytest.mark.skipif(sys.platform == "win32", reason="asks Unix for its memory")
def test_the_memory_is_that_of_the_computer() -> None:
    assert passphrase._memory_kib() == os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024


def test_all_the_memory_there_is_may_be_asked_for_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_memory_kib", lambda: FLOOR.m_kib)
    assert len(derive("words", SALT, FLOOR)) == 32
    monkeypatch.setattr(passphrase, "_memory_kib", lambda: FLOOR.m_kib - 1)
    monkeypatch.setattr(passphrase, "Argon2id", lambda **_: pytest.fail("must not be begun"))
    with pytest.raises(MachineError, match=r"^machine\.out-of-memory$"):
        derive("words", SALT, FLOOR)


def test_more_memory_than_the_machine_has_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile header may ask for 4 GiB: the system would kill the program, the vault still locked."""
    monkeypatch.setattr(passphrase, "_memory_kib", lambda: 1024 * 1024)
    with pytest.raises(MachineError, match=r"machine\.out-of-memory"):
        passphrase.derive("x", bytes(16), passphrase.Argon2Cost(m_kib=4 * 1024 * 1024, t=1, p=1))


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("가격", "rkrur"),
        ("빨래", "Qkffo"),
        ("학교 왜", "gkrry dho"),
        ("값 의자", "rkqt dmlwk"),
        ("abc 1", "abc 1"),
    ],
)
def test_korean_words_have_the_letters_of_their_keys(words: str, keys: str) -> None:
    assert strength.latin_keys(words) == keys == strength.latin_keys(unicodedata.normalize("NFD", words))


def test_every_korean_word_has_keys_of_its_own() -> None:
    listed = wordlists.words("korean")
    keys = {strength.latin_keys(word) for word in listed}
    assert len(keys) == len(listed) and all(each.isascii() and each.isalpha() for each in keys)


def test_keys_of_a_word_are_worth_what_the_word_is() -> None:
    words = suggest_passphrase(language="ko")
    assert strength_bits(strength.latin_keys(words)) == strength_bits(words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a b\n", "a b"),
        ("a b\r\n", "a b"),
        ("\n a", " a"),
        ("a\r\nb", "a b"),
        ("a\u2028", "a"),
        (" a ", " a "),
    ],
)
def test_a_line_end_is_no_part_of_a_secret(typed: str, meant: str) -> None:
    assert strength.without_line_ends(typed) == meant
    assert strength.has_blank_ends(meant) == (meant != meant.strip())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a\n", "a"),
        ("a\r\n", "a"),
        ("\na\nb\n", "a b"),
        ("a\r\nb", "a b"),
        (" a ", " a "),
        ("xax", "xax"),
        ("x\n", "x"),
    ],
)
def test_line_ends_are_no_part_of_what_was_meant(text: str, meant: str) -> None:
    assert strength.without_line_ends(text) == meant


def test_the_keys_of_the_first_and_the_last_syllable() -> None:
    assert strength.latin_keys("가힣a") == "rk" + "glg" + "a"
    assert strength.latin_keys("\uabff\ud7a4") == "\uabff\ud7a4"
