"""Ways through the room of bundles that no ordinary bundle takes."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from itertools import pairwise

import pytest

from bundle import making
from cairn.bundle import bag, cards, custody_files, manifest, outside, page, writer
from cairn.bundle.padme import padded_size
from cairn.bundle.reader import BundleReader
from cairn.bundle.writer import Recipient, write_bundle
from cairn.crypto import age
from cairn.crypto.hashes import RunningSha256, sha256, sha256_hex
from cairn.crypto.pipeline import Behind
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model import limits
from cairn.model.kinds.note import Note


def code(error: pytest.ExceptionInfo[InputError | IntegrityError | MachineError]) -> str:
    return error.value.code


def reader(bundle: bytes | None = None) -> BundleReader:
    return BundleReader(io.BytesIO(bundle or making.sample()), making.office().age_identity)


def test_a_card_has_a_known_role() -> None:
    with pytest.raises(InputError) as caught:
        cards.write_card(making.sender(), label="Field", role="boss")
    assert code(caught) == "card.malformed"


def test_a_log_needs_all_its_files() -> None:
    with pytest.raises(InputError) as caught:
        custody_files.Collected().excerpt()
    assert code(caught) == "bundle.malformed"


@pytest.mark.parametrize("line", [b"", b"x", b"0", b"01", b"-1", b"1 "])
def test_an_earlier_size_is_a_plain_number(line: bytes) -> None:
    assert custody_files._head(b"17") == 17
    with pytest.raises(InputError) as caught:
        custody_files._head(line)
    assert code(caught) == "bundle.malformed"


@pytest.mark.parametrize(
    ("seq", "prev", "good"),
    [
        (1, "", True),
        (2, "a" * 64, True),
        (0, "", False),
        (1, "a" * 64, False),
        (2, "", False),
        (limits.NUMBER.most + 1, "a" * 64, False),
    ],
)
def test_a_place_in_the_sequence_names_the_one_before(seq: int, prev: str, good: bool) -> None:
    assert manifest._is_place(manifest.Addressee("f" * 64, seq, prev)) is good


def test_text_armor_is_no_bundle() -> None:
    out = io.BytesIO()
    armor = age.ArmorWriter(out)
    armor.write(making.sample())
    armor.finish()
    with pytest.raises(InputError) as caught:
        outside.look(io.BytesIO(out.getvalue()))
    assert code(caught) == "bundle.malformed"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (5 << 20, "5.0 MiB"),
        (3 << 50, "3072.0 TiB"),
    ],
)
def test_sizes_in_words(size: int, said: str) -> None:
    assert page._size(size) == said


def test_what_was_removed_is_not_in_the_page() -> None:
    made = making.plan()
    root = made.roots[0]
    gone = making.revision(Note(text="her sister's name", removed=True), root=root.id)
    more = making.custody(making.sender(), [*root.revisions, gone])
    made = replace(made, roots=[replace(root, revisions=[*root.revisions, gone])], custody=more)
    files = dict(making.entries(making.plaintext(making.sealed(made)[0])))
    said = files[bag.ROOT + bag.README].decode("utf-8")
    assert "손이 떨렸다" in said and "sister" not in said


def test_bytes_that_prove_themselves_are_not_hashed_again() -> None:
    made = making.plan()
    wrong = replace(made, media=[replace(each, sha256="0" * 64, authentic=True) for each in made.media])
    # They are held against what the manifest says by whoever opens it.
    with pytest.raises(IntegrityError) as caught:
        making.opened(making.sealed(wrong)[0])
    assert code(caught) == "bundle.hash-wrong"


@pytest.mark.parametrize(("seq", "prev"), [(0, ""), (1, "a" * 64), (2, ""), (2, "z")])
def test_a_sequence_without_the_one_before_is_a_mistake_of_ours(seq: int, prev: str) -> None:
    made = replace(making.plan(), recipients=[Recipient(making.office().public, seq, prev)])
    with pytest.raises(ValueError, match=r"^sequence without its previous bundle$"):
        write_bundle(io.BytesIO(), made, making.sender())


def test_an_iterator_that_was_left_goes_on_to_its_end() -> None:
    with reader() as bundle:
        for file in bundle.payload():
            pieces = file.views()
            seen = len(next(pieces, b""))
            file.drain()
            assert file.verified and bool(seen) == bool(file.size)
            assert list(pieces) == []
    assert bundle.complete


def test_a_bundle_that_was_not_read_to_its_end_is_not_whole() -> None:
    with reader() as bundle:
        next(bundle.payload())
        bundle.payload().close()  # type: ignore[attr-defined]
        with pytest.raises(IntegrityError) as caught:
            bundle.finish()
        assert code(caught) == "bundle.truncated"


def test_before_its_head_is_known_nothing_is_hashed() -> None:
    with reader() as bundle:
        hashing, bundle._hashing, bundle._lending = bundle._hashing, None, None
        with pytest.raises(ValueError, match="head"):
            bundle.hash(RunningSha256(), memoryview(b"x"))
        bundle.hash_settled()
        bundle.close()
        bundle._hashing = hashing


def test_the_disk_s_errors_stay_what_they_are() -> None:
    class Failing(io.BytesIO):
        left = 20_000

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.left -= len(buffer)
            if self.left < 0:
                raise OSError(5, "the disk")
            return super().readinto(buffer)

    with pytest.raises(MachineError) as caught:
        BundleReader(Failing(making.sample()), making.office().age_identity)
    assert code(caught) == "machine.disk-failing"


def outside_of(payload: int, header: bytes = b"") -> io.BytesIO:
    """A file of an age header and so many bytes, from its seventh byte on."""
    out = io.BytesIO(b"before" + (header or HEADER) + bytes(payload))
    out.seek(6)
    return out


HEADER = making.sample()[: outside.sealed_size(0, 4) - 32]
BROKEN = HEADER.replace(b"-> ", b"=> ")
LEAST = outside.sealed_size(1 << 20, 1)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (100, "bundle.truncated"),
        (LEAST - 1, "bundle.truncated"),
        (LEAST, "bundle.malformed"),
        (LEAST + 10, "bundle.malformed"),
    ],
)
def test_a_broken_header_breaks_off_where_the_file_is_shorter_than_any(size: int, expected: str) -> None:
    source = outside_of(0, (BROKEN + bytes(LEAST))[:size])
    with pytest.raises((InputError, IntegrityError)) as caught:
        outside.look(source)
    assert code(caught) == expected and source.tell() == 6


@pytest.mark.parametrize(
    ("payload", "plausible"),
    [
        (16 + 16 * (65536 + 16), True),  # a mebibyte in sixteen chunks
        (16 + 16 * (65536 + 16) + 16, False),  # and one that would hold nothing
        (16 + 16 * (65536 + 16) - 1, False),
        (16 + 16 * (65536 + 16) + 17, False),
        (0, False),
        (16, False),
        (32, False),
    ],
)
def test_a_size_that_a_bundle_can_have(payload: int, plausible: bool) -> None:
    source = outside_of(payload)
    found = outside.look(source)
    assert (found.plausible, found.size, len(found.stanzas)) == (plausible, len(HEADER) + payload, 4)
    assert source.tell() == 6


def test_a_payload_file_passes_by_once_and_is_hashed_whatever_is_taken_of_it() -> None:
    with reader() as found:
        names = []
        for file in found.payload():
            names.append(file.name)
            pieces = file.views()
            next(pieces, None)
            with pytest.raises(ValueError, match="^a payload file passes by once$"):
                list(file.views())
            file.drain()
            assert file.verified
            with pytest.raises(ValueError, match="^a payload file passes by once$"):
                list(file.chunks())
        assert found.complete and names == [listed.name for listed, _ in found.head.files]


def test_progress_counts_the_bytes_of_the_whole() -> None:
    for drained in (False, True):
        seen: list[tuple[int, int | None]] = []

        def progress(done: int, total: int | None, /, seen: list[tuple[int, int | None]] = seen) -> None:
            seen.append((done, total))

        with BundleReader(
            io.BytesIO(making.sample()), making.office().age_identity, progress=progress
        ) as found:
            for file in found.payload():
                before = len(seen)
                if drained:
                    file.drain()
                else:
                    list(file.chunks())
                    assert len(seen) >= before + 1
        totals = {total for _, total in seen}
        assert len(totals) == 1 and [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[-1][0] <= (totals.pop() or 0)


@pytest.mark.parametrize("drained", [False, True])
def test_progress_goes_on_within_a_long_file(drained: bool) -> None:
    """A person sees each mebibyte that was read, wanted or not, and the padding behind the last."""
    data, _ = making.sealed(making.plan({"a": bytes(9 << 20)}))
    seen = [0]
    with BundleReader(
        io.BytesIO(data), making.office().age_identity, progress=lambda done, _: seen.append(done)
    ) as found:
        if drained:
            found.finish()
        else:
            for file in found.payload():
                before = len(seen)
                assert sum(map(len, file.views())) == file.size
                assert len(seen) > before
    assert max(after - before for before, after in pairwise(seen)) < 3 << 19
    assert seen[-1] == padded_size(seen[-1])


def test_a_hash_that_lags_behind_takes_in_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decrypted next does not lie over what is still to be hashed, and nothing is judged before it was."""
    update = RunningSha256.update

    def lagging(self: RunningSha256, piece: bytes | memoryview) -> None:
        sha256(bytes(24 << 20))
        update(self, piece)

    data, _ = making.sealed(making.plan({"a": random.Random(0).randbytes(6 << 20)}))
    monkeypatch.setattr(RunningSha256, "update", lagging)
    with reader(data) as found:
        found.finish()
        assert found.complete


def test_whoever_leaves_early_ends_the_thread_too() -> None:
    with reader() as found:
        next(found.payload())
        assert found._hashing is not None and found._hashing._thread.is_alive()
    assert not found._hashing._thread.is_alive()


def test_a_ring_of_buffers_is_not_filled_again_before_its_hash_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update = RunningSha256.update

    def lagging(self: RunningSha256, piece: bytes | memoryview) -> None:
        sha256(bytes(8 << 20))
        update(self, piece)

    monkeypatch.setattr(RunningSha256, "update", lagging)
    ring, out = [bytearray(1 << 18) for _ in range(writer._BUFFERS)], io.BytesIO()
    with Behind() as hashing:
        target = writer._Hashed(out, hashing)
        for number in range(12):
            buffer = ring[number % len(ring)]
            buffer[:] = bytes([number]) * len(buffer)
            target.write(buffer)
        hashing.wait()
    assert target.hash.hexdigest() == sha256_hex(out.getvalue()) and target.size == 12 << 18


def test_reading_ends_the_thread_that_hashes() -> None:
    found = reader()
    found.finish()
    assert found.complete and found._hashing is not None and not found._hashing._thread.is_alive()
    with pytest.raises(ValueError, match="^the head was not read$"):
        unread = BundleReader.__new__(BundleReader)
        unread._hashing = None
        unread.hash(RunningSha256(), memoryview(b""))
