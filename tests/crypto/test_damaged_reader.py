"""What is left of a damaged encrypted file: never a byte that is not authentic, never one too few."""

from __future__ import annotations

import errno
import io
import random

import pytest

from cairn.crypto import damaged_reader
from cairn.crypto.cobblestone import CHUNK, HEADER, TAG, CobReader, CobWriter
from cairn.crypto.damaged_reader import DamagedReader
from cairn.errors import Cancelled, IntegrityError, MachineError

KEY, CONTEXT = bytes(range(32)), b"cairn/media/1|test"
SEALED = CHUNK + TAG


def sealed(plain: bytes) -> bytearray:
    out = io.BytesIO()
    writer = CobWriter(out, KEY, CONTEXT)
    writer.write(plain)
    writer.finish()
    return bytearray(out.getvalue())


def opened(data: bytes | bytearray, size: int) -> DamagedReader:
    return DamagedReader(io.BytesIO(data), KEY, CONTEXT, size)


PLAIN = random.Random(5).randbytes(9 * CHUNK + 777)


def test_a_whole_file_reads_as_with_the_strict_reader() -> None:
    data = bytes(sealed(PLAIN))
    with CobReader(io.BytesIO(data), KEY, CONTEXT) as strict, opened(data, len(PLAIN)) as left:
        assert left.damaged() == []
        for offset, length in (
            (0, 10),
            (CHUNK - 5, 10),
            (3 * CHUNK, 2 * CHUNK + 1),
            (len(PLAIN) - 3, 99),
            (0, 1 << 20),
        ):
            assert left.read_at(offset, length) == strict.read_at(offset, length)
        assert left.read_at(len(PLAIN), 5) == b""


def test_leaving_it_closes_the_file() -> None:
    file = io.BytesIO(sealed(b"x"))
    with DamagedReader(file, KEY, CONTEXT, 1) as left:
        assert left.read_at(0, 1) == b"x"
    assert file.closed and not left._cached


@pytest.mark.parametrize("chunk", range(10))
def test_one_flipped_bit_costs_its_chunk_and_no_other(chunk: int) -> None:
    data = sealed(PLAIN)
    data[HEADER + chunk * SEALED + 100] ^= 4
    with opened(data, len(PLAIN)) as left:
        start, end = chunk * CHUNK, min((chunk + 1) * CHUNK, len(PLAIN))
        assert left.damaged() == [(start, end)]
        expected = PLAIN[:start] + bytes(end - start) + PLAIN[end:]
        assert left.read_at(0, len(PLAIN)) == expected


def test_neighbours_are_one_hole_and_a_swap_is_damage() -> None:
    data = sealed(PLAIN)
    one = slice(HEADER + 2 * SEALED, HEADER + 3 * SEALED)
    other = slice(HEADER + 3 * SEALED, HEADER + 4 * SEALED)
    data[one], data[other] = data[other], data[one]
    data[HEADER + 7 * SEALED] ^= 1
    with opened(data, len(PLAIN)) as left:
        assert left.damaged() == [(2 * CHUNK, 4 * CHUNK), (7 * CHUNK, 8 * CHUNK)]
        assert left.read_at(2 * CHUNK, 2 * CHUNK) == bytes(2 * CHUNK)


@pytest.mark.parametrize("left_over", [HEADER, HEADER + 5, HEADER + 4 * SEALED, HEADER + 4 * SEALED + 900])
def test_a_file_cut_short_keeps_its_whole_chunks(left_over: int) -> None:
    whole = max(0, left_over - HEADER) // SEALED
    with opened(sealed(PLAIN)[:left_over], len(PLAIN)) as left:
        assert left.size == len(PLAIN)
        assert left.damaged() == [(whole * CHUNK, len(PLAIN))]
        assert left.read_at(0, len(PLAIN)) == PLAIN[: whole * CHUNK].ljust(len(PLAIN), b"\0")


def test_without_its_salt_nothing_is_left() -> None:
    data = sealed(PLAIN)
    data[3] ^= 1
    with opened(data, len(PLAIN)) as left:
        assert left.damaged() == [(0, len(PLAIN))]
        assert left.read_at(0, len(PLAIN)) == bytes(len(PLAIN))
    with pytest.raises(IntegrityError, match="file-truncated"):
        opened(data[:10], len(PLAIN))


class _BadSector(io.BytesIO):
    """A disk on which some bytes can't be read."""

    def __init__(self, data: bytes, bad: range, error: int) -> None:
        super().__init__(data)
        self.bad, self.error = bad, error

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        at = self.tell()
        if at < self.bad.stop and at + len(buffer) > self.bad.start:
            raise OSError(self.error, "")
        return super().readinto(buffer)


def test_a_sector_that_cannot_be_read_is_damage_and_a_disk_that_went_is_not() -> None:
    data = bytes(sealed(PLAIN))
    bad = range(HEADER + 5 * SEALED + 10, HEADER + 5 * SEALED + 522)
    with DamagedReader(_BadSector(data, bad, errno.EIO), KEY, CONTEXT, len(PLAIN)) as left:
        assert left.damaged() == [(5 * CHUNK, 6 * CHUNK)]
    with (
        DamagedReader(_BadSector(data, bad, errno.ENODEV), KEY, CONTEXT, len(PLAIN)) as left,
        pytest.raises(MachineError, match="gone"),
    ):
        left.damaged()


def test_looking_through_it_can_be_cancelled() -> None:
    def stop(_done: int, _total: int | None, /) -> None:
        raise Cancelled

    with opened(sealed(PLAIN), len(PLAIN)) as left, pytest.raises(Cancelled):
        left.damaged(stop)


@pytest.mark.parametrize(("offset", "length"), [(-1, 1), (0, -1)])
def test_nothing_lies_before_the_beginning(offset: int, length: int) -> None:
    with opened(bytes(sealed(PLAIN)), len(PLAIN)) as left:
        with pytest.raises(ValueError, match="^negative offset or length$"):
            left.read_at(offset, length)
        assert left.read_at(0, 0) == left.read_at(3, 0) == b""


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK])
def test_it_is_read_to_its_end_wherever_the_file_stood(size: int) -> None:
    file = io.BytesIO(sealed(PLAIN[:size]))
    file.seek(9)
    with DamagedReader(file, KEY, CONTEXT, size) as left:
        assert left.read_at(0, size) == left.read_at(0, size + 5) == PLAIN[:size]
        assert left.damaged() == []


def test_progress_counts_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damaged_reader, "_BATCH", 4)
    seen: list[tuple[int, int | None]] = []
    with opened(bytes(sealed(PLAIN)), len(PLAIN)) as left:
        left.damaged(lambda done, total, /: seen.append((done, total)))
    assert seen == [(at, len(PLAIN)) for at in (0, 4 * CHUNK, 8 * CHUNK, len(PLAIN))]


def test_so_many_chunks_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damaged_reader, "_KEPT", 3)
    with opened(bytes(sealed(PLAIN)), len(PLAIN)) as left:
        for number in range(6):
            left.read_at(number * CHUNK, 1)
        assert list(left._cached) == [3, 4, 5]


def test_a_few_chunks_are_kept_not_all() -> None:
    class Counting(io.BytesIO):
        reads = 0

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            Counting.reads += 1
            return super().readinto(buffer)

    plain = random.Random(6).randbytes(40 * CHUNK)
    with DamagedReader(Counting(sealed(plain)), KEY, CONTEXT, len(plain)) as left:
        before = Counting.reads
        for _ in range(5):
            left.read_at(7, 5)
        assert Counting.reads == before + 1
        for chunk in range(1, 40):
            left.read_at(chunk * CHUNK, 1)
        assert Counting.reads == before + 40
        # The newest is still there, the oldest has given way.
        left.read_at(39 * CHUNK, 1)
        assert Counting.reads == before + 40
        assert left.read_at(7, 5) == plain[7:12] and Counting.reads == before + 41
