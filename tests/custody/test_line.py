"""Parsing and writing of lines, payloads and checkpoints: one form each, and nothing else is read."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto.hashes import sha256_hex
from cairn.custody import checkpoint, line, payload
from cairn.errors import CairnError, InputError

HASH = st.binary(min_size=32, max_size=32).map(bytes.hex)
LINES = st.builds(line.Line, seq=st.integers(1, line.MAX_SEQ), commit=HASH)
STATEMENTS = st.builds(
    checkpoint.Statement,
    device=st.binary(min_size=32, max_size=32).map(
        lambda raw: "SHA256:" + base64.b64encode(raw).decode().rstrip("=")
    ),
    size=st.integers(0, line.MAX_SEQ),
    root=HASH,
    at=st.just("2026-11-22T03:00:00Z"),
)


@given(LINES)
def test_a_line_comes_back(item: line.Line) -> None:
    assert line.parse(line.serialise(item)) == item


@given(LINES, st.integers(0, 170), st.integers(0, 255))
def test_whatever_is_read_is_written_the_same(item: line.Line, place: int, byte: int) -> None:
    data = bytearray(line.serialise(item))
    data[place % len(data)] = byte
    try:
        again = line.parse(bytes(data))
    except InputError as error:
        assert error.code == "custody.line-malformed"
    else:
        assert line.serialise(again) == bytes(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    for parse in (line.parse, payload.parse, checkpoint.parse, line.split):
        with contextlib.suppress(InputError):
            parse(data)  # type: ignore[operator]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + b"\n",
        lambda text: b" " + text,
        lambda text: text.replace(b'"seq":7', b'"seq":07'),
        lambda text: text.replace(b'"seq":7', b'"seq":0'),
        lambda text: text.replace(b'"seq":7', b'"seq":-7'),
        lambda text: text.replace(b'"seq":7', b'"seq":7.0'),
        lambda text: text.replace(b'"v":2', b'"v":1'),
        lambda text: text.replace(b"ab", b"AB"),
        lambda text: text.replace(b'"v":2,', b'"v":2, '),
        lambda text: text.replace(b',"commit"', b',"prev":"' + b"ab" * 32 + b'","commit"'),
        lambda text: text[:-1] + b',"more":1}',
        lambda text: text.replace(b"7", "７".encode()),
    ],
)
def test_another_spelling_is_refused(change: object) -> None:
    good = line.serialise(line.Line(7, "ab" * 32))
    assert line.parse(good).seq == 7
    with pytest.raises(InputError, match=r"custody\.line-malformed"):
        line.parse(change(good))  # type: ignore[operator]


def test_a_line_is_its_number_and_its_commitment_and_nothing_else() -> None:
    data = line.serialise(line.Line(1, "ab" * 32))
    assert data == b'{"v":2,"seq":1,"commit":"' + b"ab" * 32 + b'"}'
    assert len(line.serialise(line.Line(line.MAX_SEQ, "ab" * 32))) <= line.MAX_LINE_BYTES
    assert line.split(data + b"\n" + data + b"\n") == [data, data]
    assert line.split(b"") == []
    with pytest.raises(InputError):
        line.split(data)


@given(STATEMENTS)
def test_a_checkpoint_comes_back(statement: checkpoint.Statement) -> None:
    assert checkpoint.parse(checkpoint.serialise(statement)) == statement


@given(STATEMENTS, st.integers(0, 200), st.integers(0, 255))
def test_whatever_checkpoint_is_read_is_written_the_same(
    statement: checkpoint.Statement, place: int, byte: int
) -> None:
    data = bytearray(checkpoint.serialise(statement))
    data[place % len(data)] = byte
    try:
        again = checkpoint.parse(bytes(data))
    except InputError as error:
        assert error.code == "custody.checkpoint-malformed"
    else:
        assert checkpoint.serialise(again) == bytes(data)


def test_payload_refuses_what_could_be_read_in_two_ways() -> None:
    good = payload.serialise(
        payload.Payload(act="erase", obj="", root="", at="", device="", author="", detail={"a": 1})
    )
    assert payload.parse(good).detail == {"a": 1}
    assert payload.serialise(payload.parse(good)) == good
    for bad in (
        good.replace(b'"a":1', b'"a":1,"a":2'),
        good.replace(b'"act":"erase"', b'"act":"erase","act":"backup"'),
        good.replace(b'"erase"', b'""'),
        good.replace(b'"v":1', b'"v":0'),
        b"[" * 100_000,
        b'{"v":1}',
    ):
        with pytest.raises(CairnError, match=r"custody\.not-a-payload"):
            payload.parse(bad)


def test_the_salt_is_part_of_the_commitment() -> None:
    a, b = payload.commitment(b"a" * 32, b"told"), payload.commitment(b"b" * 32, b"told")
    assert a != b
    assert a == sha256_hex(b"a" * 32 + b"told")
    with pytest.raises(InputError):
        # A salt of another length could be moved into the payload and back.
        payload.commitment(b"a" * 31, b"atold")


def test_a_payload_has_a_limit() -> None:
    big = payload.serialise(
        payload.Payload(
            act="copy-out",
            obj="",
            root="",
            at="",
            device="",
            author="",
            detail={"words": "x" * payload.MAX_PAYLOAD_BYTES},
        )
    )
    with pytest.raises(InputError, match=r"custody\.not-a-payload"):
        payload.parse(big)


def test_the_root_of_a_checkpoint_has_one_spelling() -> None:
    good = checkpoint.serialise(
        checkpoint.Statement("SHA256:" + "a" * 43, 7, "ab" * 32, "2026-11-22T03:00:00Z")
    )
    root = good.split(b"\n")[2]
    # The last character before the = carries two bits that no byte needs.
    for spare in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/":
        other = good.replace(root, root[:-2] + bytes([spare]) + b"=")
        if other != good:
            with contextlib.suppress(InputError):
                assert checkpoint.serialise(checkpoint.parse(other)) == other
