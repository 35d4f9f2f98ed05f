"""A card on its way through mail: what handling does to a text is undone, what changes it is found."""

from __future__ import annotations

import quopri
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from bundle.making import sender
from cairn.bundle.card_mail import MAX_BYTES, looks_like_card, mended
from cairn.bundle.cards import read_card, write_card
from cairn.errors import InputError, IntegrityError

CARD = (Path(__file__).parents[1] / "vectors" / "bundle-1" / "office.contact").read_bytes()

BEGIN, END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"


def each_line(change: Callable[[bytes], bytes]) -> bytes:
    return b"".join(change(line) for line in CARD.splitlines(keepends=True))


def wrapped(width: int, mark: str = "", card: bytes = CARD) -> bytes:
    lines: list[str] = []
    for line in card.decode().splitlines():
        lines += textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    return "\n".join(mark + line for line in lines).encode()


def run_together(card: bytes) -> bytes:
    """Line ends within the signatures become blanks, as where a text passes through a web page."""
    text, *blocks = card.split(BEGIN)
    for block in blocks:
        lines = block.removesuffix(END).split()
        text += BEGIN + b" ".join(lines) + b"\n" + END
    return text


HANDLED = {
    "as it is": CARD,
    "line ends": CARD.replace(b"\n", b"\r\n"),
    "old line ends": CARD.replace(b"\n", b"\r"),
    "byte order mark": b"\xef\xbb\xbf" + CARD,
    "UTF-16": CARD.decode().encode("utf-16"),
    "no last line end": CARD.rstrip(),
    "trailing blanks": each_line(lambda line: line.rstrip() + b"  \r\n"),
    "quoted": each_line(lambda line: b"> " + line),
    "quoted twice": each_line(lambda line: b">> " + line),
    "set in": each_line(lambda line: b"    " + line),
    "no-break blanks": each_line(lambda line: line.rstrip() + b"\xc2\xa0\n"),
    "empty lines": each_line(lambda line: line + b"\n"),
    "a letter around it": b"Dear colleague,\n\nhere is my card:\n\n" + CARD + b"\n-- \nOffice North\n",
    "wrapped": wrapped(72),
    "wrapped narrow": wrapped(40),
    "wrapped and quoted": wrapped(60, "> "),
    "quoted-printable": quopri.encodestring(CARD),
    "quoted-printable, no line broken": quopri.encodestring(CARD).replace(b"=\n", b""),
    "a letter in Latin-1 around it": b"Gr\xfc\xdfe!\n\n" + CARD,
    "that letter in quoted-printable": b"Gr=FC=DFe!\n\n" + quopri.encodestring(CARD),
    "what is left of another below it": CARD + b"-----END SSH SIGNATURE-----\n",
    "a line behind its first": CARD.replace(b"\n", b"\n[image: logo]\n", 1),
    "signatures in one line": run_together(CARD),
    "everything": b"\xef\xbb\xbfHello,\r\n" + wrapped(66, "> ").replace(b"\n", b" \r\n") + b"\r\n> bye\r\n",
}


@pytest.mark.parametrize("how", list(HANDLED))
def test_what_mail_does_is_undone_to_the_byte(how: str) -> None:
    assert mended(HANDLED[how]) == CARD
    assert read_card(mended(HANDLED[how])) == read_card(CARD)


def test_a_name_that_was_broken_at_its_blanks_has_them_again() -> None:
    long = write_card(
        sender(), label="Northern office of the documentation project, second team", role="field"
    )
    for width in (30, 40, 60):
        assert mended(wrapped(width, card=long)) == long


def test_a_letter_may_be_as_long_as_is_looked_at() -> None:
    letter = b"x" * (MAX_BYTES - len(CARD) - 1) + b"\n"
    assert mended(letter + CARD) == CARD
    with pytest.raises(InputError, match=r"card\.malformed"):
        mended(b"x" + letter + CARD)


@pytest.mark.parametrize("how", list(HANDLED))
def test_it_is_known_for_a_card(how: str) -> None:
    assert looks_like_card(HANDLED[how][:4096])


def test_what_was_altered_is_found() -> None:
    altered = CARD.replace("서울".encode(), "부산".encode()).replace(b"\n", b"\r\n")
    with pytest.raises(IntegrityError, match=r"card\.signature-bad"):
        read_card(mended(altered))
    key = CARD.index(b"age: age1pq1") + 60
    swapped = CARD[:key] + (b"q" if CARD[key : key + 1] != b"q" else b"p") + CARD[key + 1 :]
    with pytest.raises((InputError, IntegrityError)):
        read_card(mended(b"> " + swapped.replace(b"\n", b"\n> ")))


def test_what_is_no_card_stays_as_it_is() -> None:
    for data in (b"", b"a letter\n", CARD[: len(CARD) // 2], b"cairn-card/2\nlabel: x\n", b"\xff\xfe\x00"):
        assert mended(data) == data
    assert looks_like_card(b"\n" * 39 + CARD) and not looks_like_card(b"\n" * 40 + CARD)
    assert not looks_like_card(b"a letter about cards\n") and not looks_like_card(b"age-encryption.org/v1\n")
    with pytest.raises(InputError, match=r"card\.malformed"):
        mended(b"x" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"card\.newer"):
        read_card(mended(CARD.replace(b"cairn-card/2", b"cairn-card/3")))


def test_the_card_that_stands_last_is_taken() -> None:
    other = CARD.replace("서울".encode(), "부산".encode())
    assert mended(other + b"\n> and before:\n" + CARD) == CARD


@pytest.mark.parametrize("lost", [b"role: ", b"age: "])
def test_what_lost_a_line_on_the_way_is_not_made_up(lost: bytes) -> None:
    start = CARD.index(b"\n" + lost) + 1
    torn = CARD[:start] + CARD[CARD.index(b"\n", start) + 1 :]
    assert mended(torn) == torn
    # Nor where an earlier whole one stands above it: the last that is whole is taken.
    assert mended(CARD + b"\n" + torn) == CARD


def test_what_stands_in_another_order_is_not_put_into_its_own() -> None:
    role, label = b"role: office\n", CARD[CARD.index(b"label: ") : CARD.index(b"role: ")]
    turned = CARD.replace(label + role, role + label)
    assert turned != CARD and mended(turned) == turned
    # Nor is a field that comes again behind the last one any of the card's.
    again = CARD.replace(b"expires:\n", b"expires:\nlabel: North\n")
    with pytest.raises(InputError, match=r"card\.malformed"):
        read_card(mended(again))


def test_what_lost_a_key_or_the_beginning_of_a_signature_is_no_card() -> None:
    key = CARD.index(b"age: ") + len(b"age: ")
    for torn in (
        CARD[:key] + CARD[CARD.index(b"\n", key) :],
        CARD.replace(BEGIN, b""),
        CARD.replace(BEGIN, b"", 1),
    ):
        with pytest.raises((InputError, IntegrityError)):
            read_card(mended(torn))
