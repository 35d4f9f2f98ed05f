"""Cobblestone-256: any place can be read, nothing changed or cut short is, and others agree on the bytes."""

from __future__ import annotations

import io
import os
import random
import threading
from collections.abc import Callable

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto import cobblestone
from cairn.crypto.cobblestone import CHUNK, HEADER, TAG, CobReader, CobWriter
from cairn.crypto.streams import read_at_into
from cairn.errors import CairnError, InputError, IntegrityError, MachineError

KEY = bytes(range(32))
CONTEXT = b"cairn/media/1|vault|object"
BATCH = 64 * CHUNK
SIZES = [
    0,
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    3 * CHUNK,
    BATCH - 1,
    BATCH,
    BATCH + 1,
    2 * BATCH + 5 * CHUNK + 77,
]


def sealed(plain: bytes, pieces: int = 1) -> bytes:
    out = io.BytesIO()
    writer = CobWriter(out, KEY, CONTEXT)
    step = max(1, -(-len(plain) // pieces))
    for place in range(0, len(plain), step):
        assert writer.write(plain[place : place + step]) == len(plain[place : place + step])
    writer.finish()
    writer.finish()
    assert writer.size == len(plain)
    return out.getvalue()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pieces", [1, 3, 50])
def test_the_library_opens_ours(size: int, pieces: int) -> None:
    plain = os.urandom(size)
    file = sealed(plain, pieces)
    assert len(file) == 56 + size + 16 * (size // CHUNK + 1)
    other = Cobblestone256Decryptor(KEY, CONTEXT)
    assert other.update(file) + other.finalize() == plain


@pytest.mark.parametrize("size", SIZES)
def test_we_open_the_library_s(size: int) -> None:
    plain = os.urandom(size)
    other = Cobblestone256Encryptor(KEY, CONTEXT)
    reader = CobReader(io.BytesIO(other.update(plain) + other.finalize()), KEY, CONTEXT)
    assert reader.size == size
    assert reader.read_at(0, size + 100) == plain


def test_we_open_a_stored_sample(sample: Callable[[str], bytes]) -> None:
    reader = CobReader(io.BytesIO(sample("plain.cob")), bytes(range(32)), b"vector")
    assert reader.read_at(0, reader.size) == sample("plain.txt")


PLAIN = os.urandom(BATCH + 3 * CHUNK + 99)
FILE = sealed(PLAIN)


@given(st.integers(0, len(PLAIN) + 10), st.integers(0, len(PLAIN) + 10))
@settings(max_examples=60)
def test_any_place_can_be_read(offset: int, length: int) -> None:
    with CobReader(io.BytesIO(FILE), KEY, CONTEXT) as reader:
        assert reader.read_at(offset, length) == PLAIN[offset : offset + length]


@pytest.mark.parametrize("length", [0, 1, 24, 55, 56, 71])
def test_what_is_shorter_than_a_file_can_be_is_cut_short(length: int) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.file-truncated$"):
        CobReader(io.BytesIO(FILE[:length]), KEY, CONTEXT)


def test_it_is_written_by_the_batch_and_not_after_its_end() -> None:
    sizes: list[int] = []

    class Out:
        def write(self, data: bytes | memoryview, /) -> int:
            sizes.append(len(data))
            return len(data)

    writer = CobWriter(Out(), KEY, CONTEXT)
    writer.write(bytes(2 * BATCH + 5))
    writer.finish()
    assert sizes[1:] == [64 * (CHUNK + 16), 64 * (CHUNK + 16), 5 + 16]
    with pytest.raises(ValueError, match="^finished$"):
        writer.write(b"")
    with pytest.raises(ValueError, match="^a Cobblestone-256 key has 32 bytes$"):
        CobWriter(Out(), KEY[1:], CONTEXT)


def test_there_is_no_negative_place() -> None:
    reader = CobReader(io.BytesIO(FILE), KEY, CONTEXT)
    for offset, length in ((-1, 1), (0, -1)):
        with pytest.raises(ValueError, match="^negative offset or length$"):
            reader.read_at(offset, length)
    assert reader.read_at(0, 0) == reader.read_at(7, 0) == b""


class Counted(io.BytesIO):
    """A file that remembers how much was read of it at once."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.reads: list[int] = []

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        found = super().readinto(buffer)
        self.reads.append(found)
        return found


def test_no_more_is_read_than_is_wanted_and_buffers_are_used_again() -> None:
    file = Counted(FILE)
    reader = CobReader(file, KEY, CONTEXT)
    file.reads.clear()
    assert reader.read_at(5 * CHUNK + 1, 10) == PLAIN[5 * CHUNK + 1 : 5 * CHUNK + 11]
    assert file.reads == [CHUNK + 16] and len(reader._spare) == 1
    (before,) = reader._spare
    reader.read_at(0, 1)
    assert len(reader._spare) == 1 and reader._spare[0][0] is before[0]
    reader.close()
    assert file.closed and not reader._spare
    with CobReader(Counted(FILE), KEY, CONTEXT) as reader:
        file = reader._file
    assert file.closed


@pytest.mark.parametrize("size", [BATCH, 2 * BATCH, 2 * BATCH + 1])
def test_whole_batches_are_decrypted_where_they_are_wanted(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.urandom(size)
    reader = CobReader(io.BytesIO(sealed(plain)), KEY, CONTEXT)
    asked: list[tuple[int, int]] = []
    read_at = reader.read_at
    monkeypatch.setattr(reader, "read_at", lambda *at: asked.append(at) or read_at(*at))
    target = memoryview(bytearray(size))
    assert reader.read_into_at(0, target) == size and target == plain
    assert asked == [(size - size % BATCH, size % BATCH)] and len(reader._spare) == 1
    if size > BATCH:
        asked.clear()
        assert (
            reader.read_into_at(CHUNK, target[:BATCH]) == BATCH
            and target[:BATCH] == plain[CHUNK : CHUNK + BATCH]
        )
        assert asked == [(CHUNK + BATCH, 0)]
    asked.clear()
    assert reader.read_into_at(1, target[:BATCH]) == min(BATCH, size - 1)
    assert asked == [(1, BATCH)]


@pytest.mark.parametrize("cut", [1, 15, 16, 99, 98 + 16])
def test_what_shrinks_while_open_is_cut_short_and_not_altered(cut: int) -> None:
    file = io.BytesIO(FILE)
    reader = CobReader(file, KEY, CONTEXT)
    file.truncate(len(FILE) - cut)
    with pytest.raises(IntegrityError, match=r"^crypto\.file-truncated$"):
        reader.read_at(len(PLAIN) - 1, 1)


def test_threads_do_not_disturb_each_other() -> None:
    reader = CobReader(io.BytesIO(FILE), KEY, CONTEXT)
    wrong: list[int] = []

    def read(start: int) -> None:
        for place in range(start, len(PLAIN), 40_001):
            if reader.read_at(place, 1000) != PLAIN[place : place + 1000]:
                wrong.append(place)

    threads = [threading.Thread(target=read, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@given(st.data())
@settings(max_examples=60)
def test_a_changed_byte_is_found_where_it_is_read(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FILE) - 1))
    changed = bytearray(FILE)
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError, match=r"^crypto\.file-altered$"):
        reader = CobReader(io.BytesIO(bytes(changed)), KEY, CONTEXT)
        reader.read_at(0, reader.size)


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=80)
def test_a_file_cut_short_is_found_at_once(end: int) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.file-(truncated|altered)$"):
        CobReader(io.BytesIO(FILE[:end]), KEY, CONTEXT)


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_file_cut_at_a_chunk_is_known_to_be_cut(chunks: int) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.file-truncated$"):
        CobReader(io.BytesIO(FILE[: 56 + chunks * (CHUNK + 16)]), KEY, CONTEXT)


def test_chunks_in_another_order_are_refused() -> None:
    first, second = (FILE[56 + i * (CHUNK + 16) : 56 + (i + 1) * (CHUNK + 16)] for i in range(2))
    reader = CobReader(io.BytesIO(FILE[:56] + second + first + FILE[56 + 2 * (CHUNK + 16) :]), KEY, CONTEXT)
    with pytest.raises(IntegrityError, match=r"^crypto\.file-altered$"):
        reader.read_at(0, 1)


@pytest.mark.parametrize(("key", "context"), [(bytes(32), CONTEXT), (KEY, b"cairn/media/1|vault|other")])
def test_another_key_or_context_does_not_open_it(key: bytes, context: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.file-altered$"):
        CobReader(io.BytesIO(FILE), key, context)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        CobWriter(io.BytesIO(), bytes(16), b"")


def test_a_file_that_shrinks_while_open_is_found() -> None:
    file = io.BytesIO(FILE)
    reader = CobReader(file, KEY, CONTEXT)
    file.truncate(5000)
    with pytest.raises(IntegrityError, match=r"^crypto\.file-truncated$"):
        reader.read_at(0, 10)


def test_the_disk_s_errors_are_the_machine_s(failing: Callable[..., io.BytesIO]) -> None:
    import errno

    out = failing(limit=100, code=errno.ENOSPC)
    writer = CobWriter(out, KEY, CONTEXT)
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"):
        writer.write(PLAIN)
    with pytest.raises(MachineError, match=r"^machine\.disk-failing$"):
        CobReader(failing(FILE, limit=100), KEY, CONTEXT)


def test_a_raw_file_that_takes_a_little_at_a_time_is_enough(trickle: Callable[..., io.RawIOBase]) -> None:
    out = trickle(step=1000)
    writer = CobWriter(out, KEY, CONTEXT)
    writer.write(PLAIN)
    writer.finish()
    reader = CobReader(io.BytesIO(out.getvalue()), KEY, CONTEXT)  # type: ignore[attr-defined]
    assert reader.read_at(0, reader.size) == PLAIN
    with pytest.raises(ValueError, match="finished"):
        writer.write(b"more")


def test_the_number_of_chunks_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cobblestone, "MAX_CHUNKS", 2)
    writer = CobWriter(io.BytesIO(), KEY, CONTEXT)
    writer.write(bytes(2 * CHUNK))
    with pytest.raises(InputError, match=r"^crypto\.file-too-big$"):
        writer.finish()
    out = io.BytesIO()
    writer = CobWriter(out, KEY, CONTEXT)
    begun = out.tell()
    with pytest.raises(InputError, match=r"^crypto\.file-too-big$"):
        writer.write(bytes(3 * CHUNK))
    assert out.tell() == begun and writer.size == 0


HELD_LAST = [(cobblestone._BATCH - 1) * CHUNK, 1, CHUNK - 1, 1, CHUNK - 1]
"""The last chunk of a batch, and the one behind it, were held."""


def test_pieces_of_any_length_give_the_same_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole chunks in one go, one by one, over the border of a batch, and with a rest that is held."""
    monkeypatch.setattr(cobblestone, "random_bytes", bytes)
    data = random.Random(3).randbytes(150 * CHUNK + 77)
    written = []
    for lengths in (
        [len(data)],
        [CHUNK],
        [CHUNK - 1],
        [7 * CHUNK + 5, 1, CHUNK],
        [63 * CHUNK, 2 * CHUNK],
        HELD_LAST,
    ):
        out, place, turn = io.BytesIO(), 0, 0
        writer = CobWriter(out, KEY, CONTEXT)
        while place < len(data):
            step = lengths[turn % len(lengths)]
            assert writer.write(data[place : place + step]) == len(data[place : place + step])
            place, turn = place + step, turn + 1
        writer.finish()
        assert writer.size == len(data)
        written.append(out.getvalue())
    assert len(set(written)) == 1
    with CobReader(io.BytesIO(written[0]), KEY, CONTEXT) as reader:
        assert reader.read_at(0, reader.size) == data


@given(st.binary(max_size=300))
def test_whatever_is_given_opens_or_fails_plainly(data: bytes) -> None:
    with pytest.raises(CairnError):
        CobReader(io.BytesIO(data), KEY, CONTEXT)


@pytest.mark.parametrize(
    ("offset", "length"),
    [
        (0, 10),
        (0, BATCH),
        (CHUNK, BATCH),
        (0, 2 * BATCH),
        (BATCH, 2 * BATCH),
        (7, BATCH),
        (5 * CHUNK, 3 * BATCH),
    ],
)
def test_a_buffer_is_filled_from_any_place(offset: int, length: int) -> None:
    plain = random.Random(3).randbytes(3 * BATCH + 1234)
    with CobReader(io.BytesIO(sealed(plain)), KEY, CONTEXT) as reader:
        buffer = bytearray(b"\xff" * length)
        there = reader.read_into_at(offset, memoryview(buffer))
        expected = plain[offset : offset + length]
        assert there == len(expected) and buffer[:there] == expected
        assert buffer[there:] == b"\xff" * (length - there)
        assert reader.read_into_at(len(plain), memoryview(buffer)) == 0
        with pytest.raises(ValueError, match="negative"):
            reader.read_into_at(-1, memoryview(buffer))


@pytest.mark.parametrize("chunk", [0, 63, 64, 130])
def test_a_changed_byte_is_found_where_a_buffer_is_filled(chunk: int) -> None:
    file = bytearray(sealed(bytes(3 * BATCH)))
    file[HEADER + chunk * (CHUNK + TAG) + 9] ^= 1
    with CobReader(io.BytesIO(file), KEY, CONTEXT) as reader:
        buffer = memoryview(bytearray(3 * BATCH))
        with pytest.raises(IntegrityError) as caught:
            reader.read_into_at(0, buffer)
        assert caught.value.code == "crypto.file-altered"
        assert reader.read_into_at((chunk + 1) * CHUNK, buffer[:CHUNK]) == CHUNK


def test_a_source_that_only_reads_fills_buffers_too() -> None:
    class Only:
        def read_at(self, offset: int, length: int, /) -> bytes:
            return b"0123456789"[offset : offset + length]

    buffer = bytearray(b"......")
    assert read_at_into(Only(), 6, memoryview(buffer)) == 4 and buffer == b"6789.."
    with CobReader(io.BytesIO(sealed(b"0123456789")), KEY, CONTEXT) as reader:
        assert read_at_into(reader, 6, memoryview(buffer)) == 4 and buffer == b"6789.."
