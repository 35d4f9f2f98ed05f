"""Two threads for one stream: the same bytes, the first failure, and no thread left behind."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator

import pytest
from cryptography.utils import Buffer
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto.age import AgeReader, AgeWriter, PQIdentity, parse_recipient
from cairn.crypto.pipeline import PIECE, ReadAhead, WriteBehind
from cairn.errors import Cancelled, IntegrityError, MachineError


class Sink:
    def __init__(self, *, fail_after: int | None = None, fail_finish: bool = False) -> None:
        self.data = bytearray()
        self.finished = 0
        self._fail_after = fail_after
        self._fail_finish = fail_finish

    def write(self, data: Buffer, /) -> int:
        self.data += memoryview(data)
        if self._fail_after is not None and len(self.data) > self._fail_after:
            raise MachineError("machine.disk-full")
        return len(memoryview(data))

    def finish(self) -> None:
        if self._fail_finish:
            raise MachineError("machine.gone")
        self.finished += 1


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name in ("write-behind", "read-ahead")]
    assert not left


@given(st.lists(st.integers(0, 3 * PIECE), max_size=6))
@settings(max_examples=20)
def test_everything_arrives_in_order(sizes: list[int]) -> None:
    pieces = [os.urandom(size) for size in sizes]
    sink = Sink()
    with WriteBehind(sink) as behind:
        for piece in pieces:
            assert behind.write(piece) == len(piece)
        behind.finish()
    assert bytes(sink.data) == b"".join(pieces)
    assert sink.finished == 1


def test_a_buffer_can_be_used_again_at_once() -> None:
    sink = Sink()
    with WriteBehind(sink) as behind:
        buffer = bytearray(PIECE * 2)
        for value in range(20):
            buffer[:] = bytes([value]) * len(buffer)
            behind.write(memoryview(buffer))
    assert sink.finished == 1
    assert [sink.data[place] for place in range(0, len(sink.data), PIECE * 2)] == list(range(20))


@pytest.mark.parametrize("fail_after", [0, PIECE, 10 * PIECE])
def test_what_the_sink_raised_reaches_the_caller(fail_after: int) -> None:
    sink = Sink(fail_after=fail_after)
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"), WriteBehind(sink) as behind:
        for _ in range(50):
            behind.write(bytes(PIECE))
        behind.finish()
    assert sink.finished == 0


def test_a_failure_at_the_end_reaches_the_caller() -> None:
    with pytest.raises(MachineError, match=r"^machine\.gone$"), WriteBehind(Sink(fail_finish=True)) as behind:
        behind.write(b"x")


def test_cancelling_finishes_nothing() -> None:
    sink = Sink()
    with pytest.raises(Cancelled), WriteBehind(sink) as behind:
        behind.write(bytes(PIECE * 30))
        raise Cancelled
    assert sink.finished == 0


def test_after_the_end_nothing_can_be_written() -> None:
    sink = Sink()
    with WriteBehind(sink) as behind:
        behind.finish()
        with pytest.raises(ValueError, match="finished"):
            behind.write(b"more")
        behind.finish()
    assert sink.finished == 1


def test_a_failure_is_not_lost_when_nobody_asks_for_it_again() -> None:
    with (
        pytest.raises(MachineError, match=r"^machine\.disk-full$"),
        WriteBehind(Sink(fail_after=0)) as behind,
    ):
        behind.write(bytes(PIECE))


def test_a_failure_that_was_caught_is_raised_again_at_the_end() -> None:
    behind = WriteBehind(Sink(fail_finish=True))
    for _ in range(2):
        with pytest.raises(MachineError, match=r"^machine\.gone$"):
            behind.finish()


@given(st.integers(0, 5 * PIECE), st.integers(10_000, 2 * PIECE))
@settings(max_examples=20)
def test_reading_ahead_gives_the_same_bytes(size: int, step: int) -> None:
    plain = os.urandom(size)
    with ReadAhead(io.BytesIO(plain), piece=100_003) as ahead:
        got = [ahead.read(step)]
        while got[-1]:
            assert len(got[-1]) == step or sum(map(len, got)) == size
            got.append(ahead.read(step))
        assert b"".join(got) == plain
        assert ahead.read() == b""
    with ReadAhead(io.BytesIO(plain)) as ahead:
        assert ahead.read() == plain


def test_what_the_source_raised_reaches_the_caller_after_what_came_before(
    failing: Callable[..., io.BytesIO],
) -> None:
    class Source(io.RawIOBase):
        left = 3

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise IntegrityError("age.payload-altered")
            return b"x" * size

    with ReadAhead(Source(), piece=1000) as ahead:
        assert ahead.read(2500) == b"x" * 2500
        assert ahead.read(2500) == b"x" * 500
        for _ in range(2):
            with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
                ahead.read(1)


def test_a_reader_that_stops_early_leaves_the_source_open() -> None:
    source = io.BytesIO(bytes(100 * PIECE))
    with ReadAhead(source) as ahead:
        assert ahead.read(10) == bytes(10)
    ahead.close()
    assert not source.closed
    assert ahead.read(5 * PIECE) == bytes(PIECE - 10)
    assert source.tell() < 100 * PIECE


def test_a_reader_can_be_left_while_its_thread_waits_for_room() -> None:
    with ReadAhead(io.BytesIO(bytes(100)), piece=1) as ahead:
        assert ahead.read(1) == bytes(1)
        # The channel is full of single bytes by now or will be: leaving must not wait for anybody.


def test_sealing_and_opening_through_both(keys: object) -> None:
    identity = PQIdentity.generate()
    plain, sealed = os.urandom(5 * PIECE + 17), io.BytesIO()
    with WriteBehind(AgeWriter(sealed, [parse_recipient(identity.recipient)])) as behind:
        behind.write(plain)
    sealed.seek(0)
    with ReadAhead(AgeReader(sealed, [identity])) as ahead:
        assert ahead.read() == plain
