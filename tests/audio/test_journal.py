"""The journal: what is written is read, and whatever happens to the file, what is whole in it is found."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from audio.source import INTERVIEW, KEY, OTHER, RECORDING, header, new_journal, reader
from cairn.audio import journal
from cairn.audio.journal import (
    END,
    HEADER,
    MARK,
    PEAKS,
    PREAMBLE,
    SOUND,
    JournalReader,
    JournalWriter,
    in_use,
)
from cairn.errors import IntegrityError, MachineError
from cairn.model.kinds.recording import Mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ab.jnl"


def small(path: Path, *, ended: bool = True) -> list[tuple[int, int]]:
    """A journal of a few frames. Returns where each frame begins and ends."""
    writer, edges = new_journal(path), [len(journal.MAGIC)]

    def wrote() -> None:
        edges.append(writer.size)

    wrote()
    for step in (
        lambda: writer.preamble(b"how to read it"),
        lambda: writer.sound(b"first second", 48_000),
        lambda: writer.peaks(bytes(range(20))),
        lambda: writer.mark(Mark(at=500, text="물음"), 0),
        lambda: writer.sound(b"second second", 96_000),
        lambda: writer.sound(b"third second", 144_000),
    ):
        step()
        wrote()
    if ended:
        writer.end("stopped", 144_000)
        wrote()
    writer.close()
    return list(pairwise(edges))


def kinds(path: Path) -> list[int]:
    return [frame.kind for frame in reader(path).frames()]


def test_what_is_written_is_read(path: Path) -> None:
    small(path)
    found = reader(path)
    frames = list(found.frames())
    assert [frame.kind for frame in frames] == [HEADER, PREAMBLE, SOUND, PEAKS, MARK, SOUND, SOUND, END]
    assert found.header == header() and found.lost == 0
    assert found.ended is not None and (found.ended.reason, found.ended.frames) == ("stopped", 144_000)
    assert journal.sound_of(frames[2].data) == (48_000, b"first second")


def test_nothing_of_it_is_readable_and_only_its_owner_may_try(path: Path) -> None:
    small(path)
    data = path.read_bytes()
    for word in (b"FieldMic", b"first second", RECORDING.encode(), INTERVIEW.encode(), "물음".encode()):
        assert word not in data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("ended", [True, False])
def test_cut_off_at_any_byte_it_gives_every_whole_frame(path: Path, ended: bool) -> None:
    edges = small(path, ended=ended)
    whole, all_kinds = path.read_bytes(), kinds(path)
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        expected = sum(end <= size for _, end in edges)
        if expected == 0:
            with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
                reader(path)
            continue
        found = reader(path)
        assert [frame.kind for frame in found.frames()] == all_kinds[:expected], size
        assert found.ended is None and found.lost == 0


def test_a_bit_flipped_anywhere_costs_its_frame_and_no_other(path: Path) -> None:
    edges = small(path)
    whole, all_kinds = path.read_bytes(), kinds(path)
    for at in range(len(journal.MAGIC), len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        hit = next(number for number, (start, end) in enumerate(edges) if start <= at < end)
        if hit == 0:
            with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
                reader(path)
            continue
        found = reader(path)
        assert [frame.kind for frame in found.frames()] == all_kinds[:hit] + all_kinds[hit + 1 :], at
        assert found.lost == (0 if hit == len(edges) - 1 else 1)


def test_without_its_first_block_it_is_read_from_what_is_said_again(path: Path) -> None:
    writer = new_journal(path)
    writer.preamble(b"how to read it")
    writer.sound(b"lost" * 2000, 48_000)
    writer.again()
    writer.sound(b"found", 96_000)
    writer.close()
    data = bytearray(path.read_bytes())
    data[:4096] = bytes(4096)
    path.write_bytes(data)
    assert kinds(path) == [HEADER, PREAMBLE, SOUND]
    assert reader(path).header == header()


def test_frames_put_elsewhere_or_twice_are_not_taken(path: Path) -> None:
    edges = small(path)
    whole = path.read_bytes()
    frame = [whole[start:end] for start, end in edges]
    swapped = [*frame[:2], frame[5], frame[3], frame[4], frame[2], *frame[6:]]
    path.write_bytes(journal.MAGIC + b"".join(swapped))
    found = [journal.sound_of(f.data)[0] for f in reader(path).frames() if f.kind == SOUND]
    assert found == sorted(found) and len(found) <= 3
    path.write_bytes(journal.MAGIC + b"".join([*frame, *frame]))
    assert kinds(path) == [HEADER, PREAMBLE, SOUND, PEAKS, MARK, SOUND, SOUND, END]


@pytest.mark.parametrize(
    ("recording", "interview", "key"),
    [(OTHER, INTERVIEW, KEY), (RECORDING, OTHER, KEY), (RECORDING, INTERVIEW, bytes(32))],
)
def test_it_belongs_to_one_recording_of_one_interview(
    path: Path, recording: str, interview: str, key: bytes
) -> None:
    small(path)
    with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
        JournalReader(path, key, recording=recording, interview=interview)


def test_two_recordings_with_frames_of_the_same_number_don_t_mix(tmp_path: Path) -> None:
    edges = small(tmp_path / "one.jnl")
    small(tmp_path / "two.jnl")
    one = (tmp_path / "one.jnl").read_bytes()
    other = JournalWriter.create(tmp_path / "other.jnl", bytes(32), header())
    other.preamble(b"how to read it")
    other.close()
    start, end = edges[1]
    foreign = (tmp_path / "other.jnl").read_bytes()[-(end - start) :]
    (tmp_path / "mixed.jnl").write_bytes(one[:start] + foreign + one[end:])
    assert PREAMBLE not in kinds(tmp_path / "mixed.jnl")


def test_it_is_in_use_until_it_is_closed_and_never_written_twice(path: Path) -> None:
    writer = new_journal(path)
    assert in_use(path)
    with pytest.raises(MachineError, match=r"machine\.exists"):
        new_journal(path)
    writer.close()
    writer.close()
    assert not in_use(path)
    with pytest.raises(MachineError, match=r"machine\.exists"):
        new_journal(path)
    with pytest.raises(MachineError, match=r"machine\.gone"):
        writer.sync()


def test_a_journal_that_could_not_be_begun_leaves_no_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: memoryview) -> int:
        raise OSError(28, "")

    monkeypatch.setattr(journal.os, "write", full)
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        new_journal(path)
    monkeypatch.undo()
    assert not path.exists()


def test_the_disk_full_at_any_byte_leaves_whole_frames(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edges = small(path)
    room = [0]
    write = os.write

    def little(handle: int, data: memoryview) -> int:
        if room[0] <= 0:
            raise OSError(28, "")
        taken = write(handle, data[: min(len(data), room[0])])
        room[0] -= taken
        return taken

    monkeypatch.setattr(journal.os, "write", little)
    for size in range(edges[0][1], edges[-1][1] - 1, 7):
        path.unlink()
        room[0] = size
        with pytest.raises(MachineError, match=r"machine\.disk-full"):
            small(path)
        # What there was room for, less what a frame begun in vain took.
        assert path.stat().st_size in {end for _, end in edges}
        assert reader(path).header == header()


def test_rubbish_is_no_journal(path: Path) -> None:
    for data in (b"", b"\0" * 100_000, b"CJf1" * 20_000, journal.MAGIC, os.urandom(300_000)):
        path.write_bytes(data)
        with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
            reader(path)
    with pytest.raises(MachineError, match=r"machine\.gone"):
        reader(path.with_name("nothing.jnl"))


def test_it_can_be_asked_about_while_it_is_being_made(tmp_path: Path) -> None:
    over = threading.Event()
    path = tmp_path / "ab.jnl"

    def ask() -> None:
        while not over.is_set():
            with suppress(MachineError):
                in_use(path)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(100):
            new_journal(path).close()
            path.unlink()
    finally:
        over.set()
        asking.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_link_or_a_pipe_in_its_place_is_nobodys_journal(path: Path, tmp_path: Path) -> None:
    writer = new_journal(path)
    link = tmp_path / "link.jnl"
    link.symlink_to(path)
    pipe = tmp_path / "pipe.jnl"
    os.mkfifo(pipe)
    for other in (link, pipe, tmp_path):
        assert not in_use(other)
        with pytest.raises(IntegrityError, match=r"audio\.no-journal"):
            reader(other)
    assert in_use(path)
    writer.close()
    assert reader(path).header == writer.header
