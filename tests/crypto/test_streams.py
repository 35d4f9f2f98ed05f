"""Reading and writing whole, whatever the file at the other end does."""

from __future__ import annotations

import io

import pytest

from cairn.crypto.streams import read_at_into, read_exactly, read_into, write_all


class Takes:
    """Takes so many bytes at a time, and says so, or nothing."""

    def __init__(self, most: int, said: object = ...) -> None:
        self.most, self.said, self.got = most, said, []

    def write(self, data: memoryview, /) -> object:
        self.got.append(bytes(data[: self.most]))
        return min(self.most, len(data)) if self.said is ... else self.said


@pytest.mark.parametrize("most", [1, 3, 7, 8, 100])
def test_all_of_it_is_written_in_as_few_pieces_as_it_takes(most: int) -> None:
    out = Takes(most)
    write_all(out, b"12345678")  # type: ignore[arg-type]
    assert b"".join(out.got) == b"12345678" and len(out.got) == -(-8 // most)


@pytest.mark.parametrize("said", [None, 99, 8])
def test_who_says_nothing_has_taken_all(said: object) -> None:
    out = Takes(8, said)
    write_all(out, b"12345678")  # type: ignore[arg-type]
    assert out.got == [b"12345678"]


class Reads:
    """A source without `readinto`, which gives little at a time and remembers what it was asked for."""

    def __init__(self, data: bytes, most: int) -> None:
        self.file, self.most, self.asked = io.BytesIO(data), most, []

    def read(self, size: int = -1, /) -> bytes:
        self.asked.append(size)
        return self.file.read(min(self.most, size))


def test_no_more_is_asked_for_than_there_is_room() -> None:
    source, buffer = Reads(b"12345678", 3), bytearray(7)
    assert read_into(source, memoryview(buffer)) == 7 and buffer == b"1234567"
    assert source.asked == [7, 4, 1]
    assert read_exactly(source, 5) == b"8"


class At:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def read_at(self, offset: int, length: int, /) -> bytes:
        self.asked.append("read_at")
        return b"12345678"[offset : offset + length]


class IntoAt(At):
    def read_into_at(self, offset: int, target: memoryview, /) -> int:
        self.asked.append("read_into_at")
        found = b"12345678"[offset : offset + len(target)]
        target[: len(found)] = found
        return len(found)


@pytest.mark.parametrize(("source", "asked"), [(At(), "read_at"), (IntoAt(), "read_into_at")])
def test_a_buffer_is_filled_the_shortest_way(source: At, asked: str) -> None:
    buffer = bytearray(5)
    assert read_at_into(source, 5, memoryview(buffer)) == 3 and buffer == b"678\0\0"
    assert source.asked == [asked]
