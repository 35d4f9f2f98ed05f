"""The payload: sizes around chunks and batches, damage in every place, and what is given out before it."""

from __future__ import annotations

import base64
import errno
import io
import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto import age
from cairn.crypto.age import format as format_
from cairn.crypto.age import stream
from cairn.crypto.age.format import MAX_HEADER, MAX_STANZAS, Header, Stanza, read_header
from cairn.crypto.age.stream import CHUNK, payload_size
from cairn.errors import CairnError, InputError, IntegrityError, MachineError

ME = age.PQIdentity(bytes(range(32)))
TO_ME = age.parse_recipient(ME.recipient)
OLD = age.X25519Identity(bytes(range(1, 33)))
BATCH = 16 * CHUNK
SEALED = CHUNK + 16
SIZES = [
    0,
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    5 * CHUNK,
    BATCH - 1,
    BATCH,
    BATCH + 1,
    2 * BATCH,
    2 * BATCH + CHUNK + 7,
]


def sealed(plain: bytes, step: int = 0, to: age.Recipient = TO_ME) -> bytes:
    out = io.BytesIO()
    writer = age.AgeWriter(out, [to])
    for place in range(0, len(plain), step or max(len(plain), 1)):
        piece = plain[place : place + (step or len(plain))]
        assert writer.write(piece) == len(piece)
    writer.finish()
    writer.finish()
    return out.getvalue()


def opened(file: bytes) -> bytes:
    return age.AgeReader(io.BytesIO(file), [ME]).read()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [0, 100_000, CHUNK, BATCH])
def test_it_comes_back(size: int, step: int) -> None:
    plain = os.urandom(size)
    file = sealed(plain, step)
    header = read_header(io.BytesIO(file)).serialise()
    assert len(file) == len(header) + payload_size(size)
    assert opened(file) == plain


PLAIN = os.urandom(BATCH + 2 * CHUNK + 99)
FILE = sealed(PLAIN)
START = len(read_header(io.BytesIO(FILE)).serialise()) + 16


def test_nothing_is_given_where_nothing_is_asked_for() -> None:
    reader = age.AgeReader(io.BytesIO(FILE), [ME])
    for _ in range(2):
        assert reader.read(0) == reader.read1(0) == b"" and reader.read(3) == PLAIN[:3]
        assert reader.read1(5) == PLAIN[3:8]
        # Exactly what is ready, and then on from there.
        assert reader.read(BATCH - 8) == PLAIN[8:BATCH] and reader.read(0) == b""
        assert reader.read1() == PLAIN[BATCH:] and reader.read1() == reader.read(0) == b""
        reader = age.AgeReader(io.BytesIO(FILE), [ME])


@given(st.integers(1000, 3 * BATCH))
@settings(max_examples=30)
def test_reads_of_any_size_give_the_whole(size: int) -> None:
    reader, got = age.AgeReader(io.BytesIO(FILE), [ME]), []
    while piece := reader.read(size):
        got.append(piece)
    assert b"".join(got) == PLAIN
    assert all(len(piece) == size for piece in got[:-1])
    assert reader.read(None) == b""
    assert reader.readable()


@given(st.data())
@settings(max_examples=60)
def test_damage_gives_out_only_what_came_before_it(data: st.DataObject) -> None:
    place = data.draw(st.integers(START, len(FILE) - 1))
    changed = bytearray(FILE)
    changed[place] ^= data.draw(st.integers(1, 255))
    reader, got = age.AgeReader(io.BytesIO(bytes(changed)), [ME]), bytearray()
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        while piece := reader.read(100_000):
            got += piece
    assert got == PLAIN[: (place - START) // SEALED * CHUNK]
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        reader.read(1)


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=80)
def test_a_file_cut_short_anywhere_is_refused(end: int) -> None:
    with pytest.raises(CairnError):
        opened(FILE[:end])


@pytest.mark.parametrize("chunks", [1, 2, 16, 17])
def test_a_file_cut_at_a_chunk_is_known_to_be_cut(chunks: int) -> None:
    with pytest.raises(IntegrityError, match=r"^age\.payload-truncated$"):
        opened(FILE[: START + chunks * SEALED])


@pytest.mark.parametrize("size", [0, 5, CHUNK, BATCH, 2 * BATCH])
@pytest.mark.parametrize("more", [b"x", bytes(SEALED), bytes(2 * BATCH)])
def test_nothing_may_follow_the_end(size: int, more: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        opened(sealed(bytes(size)) + more)


def test_the_first_that_is_wrong_is_what_is_told() -> None:
    """Of a file that was altered, and of which then a piece was lost."""
    altered = bytearray(FILE[: START + 3 * SEALED + 5])
    altered[START + 100] ^= 1
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        opened(bytes(altered))


def test_chunks_in_another_order_are_refused() -> None:
    first, second = FILE[START : START + SEALED], FILE[START + SEALED : START + 2 * SEALED]
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        opened(FILE[:START] + second + first + FILE[START + 2 * SEALED :])


def test_each_file_has_its_own_key() -> None:
    assert sealed(b"same") != sealed(b"same")
    mixed = sealed(b"one")[:-19] + sealed(b"two")[-19:]
    with pytest.raises(IntegrityError, match=r"^age\.payload-altered$"):
        opened(mixed)


def test_it_is_written_by_the_batch_and_not_after_its_end() -> None:
    sizes: list[int] = []

    class Out:
        def write(self, data: bytes | memoryview, /) -> int:
            sizes.append(len(data))
            return len(data)

    writer = age.AgeWriter(Out(), [TO_ME])
    writer.write(bytes(2 * BATCH + 5))
    writer.finish()
    assert sizes[1:] == [16 * SEALED, 16 * SEALED, 5 + 16]
    with pytest.raises(ValueError, match="^finished$"):
        writer.write(b"")


def test_kinds_are_not_mixed() -> None:
    words, classic = age.ScryptRecipient("w", 1), age.parse_recipient(OLD.recipient)
    for recipients in ([], [TO_ME, classic], [words, words], [words, TO_ME]):
        with pytest.raises(InputError, match=r"^age\.mixed-recipients$"):
            age.AgeWriter(io.BytesIO(), recipients)


def test_the_number_of_addressees_can_be_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    for count in (1, 3, 4, 5):
        out = io.BytesIO()
        writer = age.AgeWriter(out, [TO_ME] * count, pad=4)
        writer.finish()
        out.seek(0)
        assert len(age.inspect(out).stanza_types) == max(count, 4)
        assert age.AgeReader(out, [ME]).read() == b""
    # In an order that says nothing of who was meant; where nothing is hidden, in the order given.
    turned: list[int] = []

    class Turning(random.SystemRandom):
        def shuffle(self, x: list[age.Recipient]) -> None:  # type: ignore[override]
            turned.append(len(x))
            x.reverse()

    monkeypatch.setattr(stream.random, "SystemRandom", Turning)
    for pad, places in ((3, [2]), (0, [0]), (1, [0])):
        out = io.BytesIO()
        age.AgeWriter(out, [TO_ME], pad=pad).finish()
        header = read_header(io.BytesIO(out.getvalue()))
        assert [at for at, each in enumerate(header.stanzas) if ME.unwrap(each)] == places
    assert turned == [3, 1]
    out = io.BytesIO()
    age.AgeWriter(out, [age.ScryptRecipient("w", 1)], pad=4).finish()
    assert age.inspect(io.BytesIO(out.getvalue())).stanza_types == ["scrypt"]


def test_a_file_for_someone_else_is_not_for_us() -> None:
    file = sealed(b"x", to=age.parse_recipient(age.PQIdentity.generate().recipient))
    with pytest.raises(InputError, match=r"^age\.no-match$"):
        opened(file)
    with pytest.raises(InputError, match=r"^age\.no-match$"):
        age.AgeReader(io.BytesIO(FILE), [])


def test_what_the_outside_tells() -> None:
    source = io.BytesIO(b"before" + FILE)
    source.seek(6)
    outside = age.inspect(source)
    assert source.tell() == 6
    assert outside == age.Outside(["mlkem768x25519"], START - 16, armored=False)
    assert outside.header_bytes == 1627
    assert outside.post_quantum
    text = io.BytesIO()
    armor = age.ArmorWriter(text)
    armor.write(sealed(b"x", to=age.parse_recipient(OLD.recipient)))
    armor.finish()
    text.seek(0)
    outside = age.inspect(text)
    assert outside.armored
    assert outside.stanza_types == ["X25519"]
    assert not outside.post_quantum


def test_the_disk_s_errors_are_the_machine_s(failing: Callable[..., io.BytesIO]) -> None:
    writer = age.AgeWriter(failing(limit=2000, code=errno.ENOSPC), [TO_ME])
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"):
        writer.write(PLAIN)
    reader = age.AgeReader(failing(FILE, limit=START + 100_000), [ME])
    for _ in range(2):
        with pytest.raises(MachineError, match=r"^machine\.disk-failing$"):
            reader.read(1)
    with pytest.raises(ValueError, match="finished"):
        finished = age.AgeWriter(io.BytesIO(), [TO_ME])
        finished.finish()
        finished.write(b"x")


def test_a_disk_that_fails_after_the_last_chunk_is_noticed(failing: Callable[..., io.BytesIO]) -> None:
    class FailsAtTheEnd(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if self.tell() == len(file):
                raise OSError(errno.EIO, "the disk")
            return super().readinto(buffer)

    plain = bytes(BATCH)
    file = sealed(plain)
    reader = age.AgeReader(FailsAtTheEnd(file), [ME])
    assert reader.read(BATCH) == plain
    with pytest.raises(MachineError, match=r"^machine\.disk-failing$"):
        reader.read(1)


def test_raw_files_that_move_a_little_at_a_time_are_enough(trickle: Callable[..., io.RawIOBase]) -> None:
    out = trickle(step=5000)
    writer = age.AgeWriter(out, [TO_ME])
    writer.write(PLAIN)
    writer.finish()
    file = out.getvalue()  # type: ignore[attr-defined]
    assert age.AgeReader(trickle(file, step=5000), [ME]).read() == PLAIN


def test_a_source_that_can_only_read_is_enough() -> None:
    class OnlyRead:
        def __init__(self) -> None:
            inside = io.BytesIO(FILE)
            self.read, self.readline = inside.read, inside.readline

    assert age.AgeReader(OnlyRead(), [ME]).read() == PLAIN


# The header.

ARGUMENT = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)
STANZA = st.builds(Stanza, st.lists(ARGUMENT, min_size=1, max_size=4).map(tuple), st.binary(max_size=200))
HEADER = st.builds(
    Header, st.lists(STANZA, min_size=1, max_size=5).map(tuple), st.binary(min_size=32, max_size=32)
)


@given(HEADER)
def test_a_header_comes_back(header: Header) -> None:
    data = header.serialise()
    source = io.BytesIO(data + b"payload")
    assert read_header(source) == header
    assert source.read() == b"payload"
    assert data.startswith(header.covered())


@given(HEADER, st.data())
def test_a_changed_header_is_refused_or_written_the_same(header: Header, data: st.DataObject) -> None:
    changed = bytearray(header.serialise())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        what = data.draw(st.sampled_from(["flip", "cut", "put"]))
        if what == "flip":
            changed[place] = data.draw(st.integers(0, 255))
        elif what == "cut" and len(changed) > 1:
            del changed[place]
        else:
            changed.insert(place, data.draw(st.sampled_from(b"\n\r =->A\x00\xff")))
    source = io.BytesIO(bytes(changed))
    try:
        parsed = read_header(source)
    except InputError as error:
        assert error.code in ("age.not-age", "age.header-malformed")
        return
    assert parsed.serialise() == bytes(changed)[: source.tell()]


@given(st.binary(max_size=200))
def test_whatever_is_given_is_not_age(data: bytes) -> None:
    for file in (data, b"age-encryption.org/v1\n" + data, b"age-encryption.org/v1\n-> X25519 " + data):
        with pytest.raises(InputError, match=r"^age\.(not-age|header-malformed)$"):
            opened(file)


def test_headers_have_a_size_and_a_number_of_stanzas() -> None:
    stanza = Stanza(("grease",), b"x" * 10)
    read_header(io.BytesIO(Header((stanza,) * MAX_STANZAS, bytes(32)).serialise()))
    for stanzas in ((stanza,) * (MAX_STANZAS + 1), (Stanza(("a" * MAX_HEADER,), b""),)):
        with pytest.raises(InputError, match=r"^age\.header-malformed$"):
            read_header(io.BytesIO(Header(stanzas, bytes(32)).serialise()))


def long_header(size: int) -> bytes:
    """A header whose lines after the first have so many bytes together."""
    rest = len(Header((Stanza(("a",), b""), Stanza(("b",), b"")), bytes(32)).serialise()) - len(format_.INTRO)
    each = size - rest
    stanzas = (Stanza(("a" + "a" * (each // 2),), b""), Stanza(("b" + "b" * (each - each // 2),), b""))
    return Header(stanzas, bytes(32)).serialise()


def test_a_header_has_a_longest() -> None:
    longest = long_header(MAX_HEADER)
    assert len(longest) == len(format_.INTRO) + MAX_HEADER
    assert read_header(io.BytesIO(longest + b"more")).serialise() == longest
    for bad in (long_header(MAX_HEADER + 1), long_header(MAX_HEADER + 2), long_header(2 * MAX_HEADER)):
        with pytest.raises(InputError, match=r"^age\.header-malformed$"):
            read_header(io.BytesIO(bad))


def test_a_header_ends_in_its_own_line() -> None:
    good = Header((Stanza(("a",), b"x"),), bytes(32)).serialise()
    assert read_header(io.BytesIO(good)).serialise() == good
    changes = [
        good[:-1],
        good[:-1] + b"x",  # the line feed is what makes it whole
        good.replace(b"--- ", b"---x"),
        good.replace(b"--- ", b"----"),
        Header((), bytes(32)).serialise(),
        Header((Stanza(("a",), b"x"),), bytes(31)).serialise(),
    ]
    for bad in changes:
        with pytest.raises(InputError, match=r"^age\.header-malformed$"):
            read_header(io.BytesIO(bad))


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (b"age-encryption.org/v2\n", "age.header-malformed"),
        (b"age-encryption.org/v1\r\n", "age.header-malformed"),
        (b"age-encryption.org/v11\n", "age.header-malformed"),
        (b"age-encryption.org\n", "age.not-age"),
        (b"Age-encryption.org/v1\n", "age.not-age"),
        (b"", "age.not-age"),
    ],
)
def test_another_version_is_told_from_what_is_not_age(first: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_header(io.BytesIO(first + Header((Stanza(("a",), b"x"),), bytes(32)).serialise()[22:]))
    assert caught.value.code == code


@pytest.mark.parametrize("size", range(130))
def test_the_lines_of_a_body(size: int) -> None:
    """Full ones, and a last one that is shorter, empty where the others are full."""
    text = base64.b64encode(bytes(size)).decode().rstrip("=")
    expected = "-> a\n" + "".join(text[at : at + 64] + "\n" for at in range(0, len(text), 64))
    if len(text) % 64 == 0:
        expected += "\n"
    assert Stanza(("a",), bytes(size)).serialise().decode() == expected


def test_base64_without_padding() -> None:
    for data in (
        b"",
        *(bytes([a, 0xC7, b])[:n] for a in (0, 0xC7, 255) for b in range(256) for n in (1, 2, 3)),
    ):
        text = base64.b64encode(data).decode()
        assert format_.encode(data) == text.replace("=", "")
        assert format_.decode(format_.encode(data)) == data
    for bad in ("AB=", "AB==", "A", "AAAAA", "AB", "AAB", "A-_A", " AAA", "AA\n", "ＡＡＡＡ"):
        with pytest.raises(InputError, match=r"^age\.header-malformed$"):
            format_.decode(bad)


def test_a_changed_stanza_that_is_not_ours_is_found_by_the_mac() -> None:
    header = read_header(io.BytesIO(FILE))
    more = Header((*header.stanzas, Stanza(("grease",), b"")), header.mac)
    with pytest.raises(IntegrityError, match=r"^age\.header-mac$"):
        opened(more.serialise() + FILE[START - 16 :])


def test_a_passphrase_beside_another_stanza_is_malformed() -> None:
    stanzas = (age.ScryptRecipient("w", 1).wrap(bytes(16)), TO_ME.wrap(bytes(16)))
    file = Header(stanzas, stream._mac(bytes(16), stanzas)).serialise() + bytes(48)
    with pytest.raises(InputError, match=r"^age\.header-malformed$"):
        opened(file)


@pytest.mark.parametrize("buffers", [1, 2, 4])
def test_pieces_are_lent_for_as_long_as_is_said(buffers: int) -> None:
    """What is written stays for `buffers` writes less one; what is read for as many batches."""
    plain = random.Random(2).randbytes(5 * (1 << 20) + 77)
    kept: list[tuple[memoryview, bytes]] = []

    class Keeps:
        def write(self, data: bytes | memoryview, /) -> int:
            kept.append((memoryview(data), bytes(data)))
            for view, as_it_was in kept[-buffers:]:
                assert view == as_it_was
            return len(data)

    writer = age.AgeWriter(Keeps(), [TO_ME], buffers=buffers)
    for start in range(0, len(plain), 300_000):
        writer.write(plain[start : start + 300_000])
    writer.finish()
    file = b"".join(piece for _, piece in kept)

    turns: list[int] = []
    seen: list[tuple[int, memoryview, bytes]] = []
    reader = age.AgeReader(
        io.BytesIO(file), [ME], buffers=buffers, reuse=lambda: turns.append(sum(len(b) for _, _, b in seen))
    )
    while piece := reader.read_view(400_000):
        assert piece.readonly
        seen.append((len(turns), piece, bytes(piece)))
        assert all(view == was for turn, view, was in seen if len(turns) - turn < buffers)
    assert b"".join(was for *_, was in seen) == plain == opened(file)
    assert turns == [n << 20 for n in range(6)]
    assert reader.read_view() == b""
