"""Armor: one text for each file, apart from white space around it and the end of a line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto.age import ArmorReader, ArmorWriter
from cairn.errors import InputError

BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"
BAD = r"^age\.armor-malformed$"


def armored(data: bytes, step: int = 1000) -> bytes:
    out = io.BytesIO()
    writer = ArmorWriter(out)
    for place in range(0, len(data), step):
        piece = data[place : place + step]
        assert writer.write(memoryview(piece)) == len(piece)
    writer.finish()
    writer.finish()
    with pytest.raises(ValueError, match="^finished$"):
        writer.write(b"more")
    return out.getvalue()


@given(st.binary(max_size=700), st.integers(1, 300))
def test_it_comes_back(data: bytes, step: int) -> None:
    text = armored(data, step)
    assert ArmorReader(io.BytesIO(text)).readall() == data
    assert all(len(line) <= 64 for line in text.splitlines())
    around = b" \t\n\r\n" + text.replace(b"\n", b"\r\n") + b"\n \t"
    assert ArmorReader(io.BytesIO(around)).readall() == data


def test_a_large_one_in_small_reads() -> None:
    data = bytes(range(256)) * 4000
    reader, got = ArmorReader(io.BytesIO(armored(data))), bytearray()
    assert reader.readable()
    while piece := reader.read(999):
        got += piece
    assert got == data
    assert reader.read(1) == b""


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_changed_text_is_refused_or_was_another_file(data: bytes, draw: st.DataObject) -> None:
    text = bytearray(armored(data))
    place = draw.draw(st.integers(0, len(text) - 1))
    text[place] = draw.draw(st.integers(0, 255))
    try:
        got = ArmorReader(io.BytesIO(bytes(text))).readall()
    except InputError as error:
        assert error.code == "age.armor-malformed"
        return
    assert armored(got).strip() == bytes(text).replace(b"\r\n", b"\n").strip()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        BEGIN,
        BEGIN + b"QUJD\n",
        BEGIN + b"QUJD\n\n" + END,
        BEGIN + b"\n" + END,
        BEGIN + b"QUJD\nQUJD\n" + END,
        BEGIN + b"A" * 68 + b"\n" + END,
        BEGIN + b"QUI\n" + END,
        BEGIN + b"QUJ=\n" + END,
        BEGIN + b"QU D\n" + END,
        BEGIN + b"QUJD\n" + END + b"x",
        BEGIN + b"QUJD\n" + END + b" " * 1025,
        b"\n" * 1025 + BEGIN + b"QUJD\n" + END,
        b"x" + BEGIN + END,
        BEGIN + b"\xff\xff\xff\xff\n" + END,
    ],
)
def test_what_is_not_canonical_is_refused(text: bytes) -> None:
    with pytest.raises(InputError, match=BAD):
        ArmorReader(io.BytesIO(text)).readall()


@pytest.mark.parametrize(
    "white", [b"\n" * 1024, b" " * 1023 + b"\n", b"\t\n" * 512, b"\r\n" * 512 + b"\n" * 512]
)
def test_so_much_white_space_may_stand_around_it(white: bytes) -> None:
    text = BEGIN + b"QUJD\n" + END
    assert ArmorReader(io.BytesIO(white + text)).readall() == b"ABC"
    assert ArmorReader(io.BytesIO(text + b" " * 1024)).readall() == b"ABC"
    for more in (b" " * 2 + white, b"\n" + white):
        with pytest.raises(InputError, match=BAD):
            ArmorReader(io.BytesIO(more + text)).readall()


def test_lines_before_the_damage_are_given_out_once_and_the_error_stays() -> None:
    reader = ArmorReader(io.BytesIO(BEGIN + b"QUJD" * 16 + b"\n!!!!\n" + END))
    assert reader.read(100) == b"ABC" * 16
    for _ in range(2):
        with pytest.raises(InputError, match=BAD):
            reader.read(1)
