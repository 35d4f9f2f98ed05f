"""Hashing beside other work: the same hashes, the first failure, bounded, and no thread left behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest
from cryptography.utils import Buffer
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto import pipeline
from cairn.crypto.hashes import RunningSha256, sha256
from cairn.crypto.pipeline import PIECE, Behind, Lending
from cairn.errors import Cancelled, MachineError


class Stuck(RunningSha256):
    """A hash that waits to be let go, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.begun = threading.Event()

    def update(self, data: Buffer) -> None:
        self.begun.set()
        assert self.go.wait(10)
        super().update(data)


class Broken(RunningSha256):
    def update(self, data: Buffer) -> None:
        if len(memoryview(data)):
            raise MemoryError


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == "behind"]


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2 * PIECE)), max_size=8))
@settings(max_examples=20)
def test_the_hashes_are_those_of_the_pieces_in_order(jobs: list[tuple[int, int]]) -> None:
    states, whole = (RunningSha256(), RunningSha256()), (bytearray(), bytearray())
    with Behind() as hashing:
        for which, size in jobs:
            piece = os.urandom(size)
            hashing.do(states[which].update, piece)
            whole[which].extend(piece)
        hashing.wait()
    assert [state.digest() for state in states] == [sha256(each) for each in whole]


def test_a_buffer_can_be_used_again_at_once() -> None:
    state, buffer = Stuck(), bytearray(b"a" * PIECE)
    with Behind() as hashing:
        hashing.do(state.update, memoryview(buffer))
        buffer[:] = b"b" * PIECE
        state.go.set()
        hashing.wait()
    assert state.digest() == sha256(b"a" * PIECE)


def test_a_slow_thread_holds_the_caller_up() -> None:
    state, handed = Stuck(), []
    with Behind() as hashing:

        def feed() -> None:
            for number in range(30):
                hashing.do(state.update, bytes(PIECE))
                handed.append(number)

        feeding = threading.Thread(target=feed)
        feeding.start()
        assert state.begun.wait(10)
        # One is being done, and six may wait for it.
        until = time.monotonic() + 10
        while len(handed) < 7 and time.monotonic() < until:
            feeding.join(0.01)
        feeding.join(0.2)
        assert feeding.is_alive()
        assert len(handed) == 7
        state.go.set()
        feeding.join(10)
        hashing.wait()
    assert state.digest() == sha256(bytes(30 * PIECE))


def test_a_failure_reaches_the_caller_at_each_next_call() -> None:
    with Behind() as hashing:
        hashing.do(Broken().update, bytes(PIECE))
        with pytest.raises(MemoryError):
            hashing.wait()
        with pytest.raises(MemoryError):
            hashing.do(RunningSha256().update, bytes(PIECE))
    # Also of what is done at once.
    with Behind() as hashing, pytest.raises(MemoryError):
        hashing.do(Broken().update, b"small")


@pytest.mark.parametrize("size", [100, PIECE])
def test_nothing_is_done_after_a_failure(size: int) -> None:
    done: list[bytes] = []

    def write(piece: bytes) -> None:
        if piece.startswith(b"2"):
            raise MachineError("machine.disk-full")
        done.append(piece)

    pieces = [name + bytes(size) for name in (b"1", b"2", b"3", b"4")]
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"), Behind() as writing:
        for piece in pieces:
            writing.do(write, piece)
        writing.wait()
    assert done == pieces[:1]


def test_a_failure_frees_a_caller_who_waits_for_room() -> None:
    with Behind() as hashing, pytest.raises(MemoryError):
        for _ in range(30):
            hashing.do(Broken().update, bytes(PIECE))


def test_leaving_by_an_exception_drops_what_is_queued() -> None:
    state = Stuck()
    with pytest.raises(Cancelled), Behind() as hashing:
        for _ in range(3):
            hashing.do(state.update, bytes(PIECE))
        assert state.begun.wait(10)
        threading.Timer(0.05, state.go.set).start()
        raise Cancelled
    assert state.digest() == sha256(bytes(PIECE))


def test_closed_is_closed() -> None:
    hashing = Behind()
    hashing.close()
    hashing.close()
    with pytest.raises(ValueError, match="^closed$"):
        hashing.do(RunningSha256().update, b"x")
    with pytest.raises(ValueError, match="^closed$"):
        hashing.wait()


def test_what_was_dropped_is_not_waited_for() -> None:
    state = Stuck()
    hashing = Behind()
    for _ in range(3):
        hashing.do(state.update, bytes(PIECE))
    assert state.begun.wait(10)
    threading.Timer(0.05, state.go.set).start()
    hashing.close()
    assert not hashing._pieces
    with pytest.raises(ValueError, match="^closed$"):
        hashing.wait()


class Slow(RunningSha256):
    """Lets the caller run ahead as far as it may."""

    def update(self, data: Buffer) -> None:
        time.sleep(0.002)
        super().update(data)


@pytest.mark.parametrize("buffers", [2, 3, 5])
@pytest.mark.parametrize("size", [10, PIECE // 2])
def test_what_is_lent_from_a_ring_is_used_before_it_is_filled_again(buffers: int, size: int) -> None:
    ring = [bytearray(size) for _ in range(buffers)]
    state, expected = Slow(), bytearray()
    with Behind() as hashing:
        lending = Lending(hashing, buffers)
        for number in range(25):
            lending.turn()
            mine = ring[number % buffers]
            mine[:] = bytes([number]) * size
            for part in (memoryview(mine)[: size // 3], memoryview(mine)[size // 3 :]):
                hashing.do(state.update, part, lent=True)
            expected += mine
        hashing.wait()
        assert hashing.given == 50
    assert state.digest() == sha256(expected)


def test_lent_pieces_are_not_copied_and_the_caller_runs_ahead() -> None:
    state, buffer = Stuck(), bytearray(b"a" * PIECE)
    with Behind() as hashing:
        hashing.do(state.update, memoryview(buffer), lent=True)
        hashing.settle(0)  # nothing to wait for
        buffer[:] = b"b" * PIECE
        state.go.set()
        hashing.settle(1)
        assert state.digest() == sha256(b"b" * PIECE)


def test_whoever_waits_for_its_buffers_hears_of_the_failure() -> None:
    with Behind() as hashing:
        lending = Lending(hashing, 2)
        hashing.do(Broken().update, memoryview(bytes(PIECE)), lent=True)
        with pytest.raises(MemoryError):
            for _ in range(2):
                lending.turn()
                hashing.wait()


def test_glibc_keeps_what_was_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    class Library:
        def mallopt(self, what: int, value: int) -> None:
            asked.append((what, value))

    monkeypatch.setattr(pipeline.sys, "platform", "linux")
    monkeypatch.setattr(pipeline.ctypes, "CDLL", lambda _name: Library())
    pipeline._keep_freed_memory.__wrapped__()
    # M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of <malloc.h>, in bytes.
    assert asked == [(-3, 32 << 20), (-1, 128 << 20)]


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_an_allocator_that_is_not_glibc_s_is_left_alone(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def library(name: object) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(pipeline.sys, "platform", platform)
    monkeypatch.setattr(pipeline.ctypes, "CDLL", library)
    pipeline._keep_freed_memory.__wrapped__()
    assert asked == ([None] if platform == "linux" else [])


def test_its_thread_is_known_and_never_keeps_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(pipeline, "_keep_freed_memory", lambda: asked.append(True))
    with Behind() as hashing:
        assert (hashing._thread.name, hashing._thread.daemon) == ("behind", True)
    assert asked == [True]


def test_a_small_piece_does_not_overtake_what_is_being_done() -> None:
    state, done = Stuck(), []
    with Behind() as hashing:
        hashing.do(state.update, bytes(PIECE))
        assert state.begun.wait(10)
        # Nothing is queued, and one is under way.
        hashing.do(done.append, b"small")
        assert done == []
        state.go.set()
        hashing.wait()
    assert done == [b"small"]


class Failing(Stuck):
    """Fails once it is let go."""

    def update(self, data: Buffer) -> None:
        super().update(data)
        raise MemoryError


def test_whoever_waits_for_room_hears_of_the_failure_at_once() -> None:
    state, handed, heard = Failing(), [], []
    with Behind() as hashing:

        def feed() -> None:
            try:
                for number in range(8):
                    hashing.do(state.update, bytes(PIECE))
                    handed.append(number)
            except MemoryError:
                heard.append(len(handed))

        feeding = threading.Thread(target=feed)
        feeding.start()
        assert state.begun.wait(10)
        until = time.monotonic() + 10
        while len(handed) < 7 and time.monotonic() < until:
            feeding.join(0.01)
        feeding.join(0.05)
        state.go.set()
        feeding.join(10)
        assert not feeding.is_alive() and heard == [7]


@pytest.mark.parametrize(("size", "here"), [(0, True), (64 * 1024, True), (64 * 1024 + 1, False)])
def test_what_is_small_is_done_at_once_where_nothing_waits(size: int, here: bool) -> None:
    ran: list[bool] = []

    def step(data: Buffer) -> None:
        ran.append(threading.current_thread() is threading.main_thread())

    with Behind() as hashing:
        hashing.do(RunningSha256().update, bytes(PIECE))
        hashing.wait()
        for _ in range(2):
            hashing.do(step, bytes(size))
            hashing.wait()
        assert hashing._done == hashing.given == 3
    assert ran == [here, here]
