"""The files of lines: strict, bounded, and the same bytes when written again."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import begun
from bundle.making import entries, plan, revision, sample_tar, sender, stranger
from cairn.bundle import bag, custody_files, records
from cairn.crypto.hashes import sha256, sha256_hex
from cairn.errors import InputError
from cairn.model import limits
from cairn.model.exchange import MediaEntry, Stub
from cairn.model.kinds.envelope import MAX_REVISION_BYTES
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note


@dataclass
class Lines:
    data: bytes
    step: int = 7

    @property
    def size(self) -> int:
        return len(self.data)

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self.data), self.step):
            yield self.data[start : start + self.step]


def _good() -> bytes:
    return dict(entries(sample_tar()))["bundle/data/records/000001.jsonl"]


def _again(found: records.RootRecords) -> bytes:
    return records.write_records([(r.data, r.signature) for r in found.revisions], found.stubs)


@pytest.mark.parametrize("step", [1, 7, 4096, 1 << 20])
def test_round_trip_in_pieces_of_any_size(step: int) -> None:
    assert _again(records.read_records(Lines(_good(), step))) == _good()


@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_mutations_never_crash(place: int, change: bytes) -> None:
    raw = bytearray(_good())
    place %= len(raw)
    raw[place : place + len(change)] = change
    try:
        found = records.read_records(Lines(bytes(raw), 4096))
    except InputError as error:
        assert error.code == "bundle.malformed"
        return
    for each in found.revisions:
        assert each.data in bytes(raw)


@given(st.lists(st.sampled_from(_good().split(b"\n")), max_size=12))
def test_lines_in_any_order(lines: list[bytes]) -> None:
    data = b"".join(line + b"\n" for line in lines)
    try:
        found = records.read_records(Lines(data, 4096))
    except InputError:
        return
    assert _again(found) == data


def _lines() -> list[bytes]:
    return _good().splitlines()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        _good()[:-1],
        _good() + b"{}\n",
        b"".join(line + b"\n" for line in _lines()[1:]),
        b"".join(line + b"\n" for line in _lines()[:1]),
        b"".join(line + b"\n" for line in [_lines()[-1], *_lines()]),
        _good() + _good(),
        _lines()[-1] + b"\n",
        b"[" * 50_000 + b"\n",
    ],
)
def test_malformed(data: bytes) -> None:
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_records(Lines(data, 4096))


def test_two_roots_in_one_file() -> None:
    made = [revision(Interview()) for _ in range(2)]
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_records(Lines(records.write_records(made, []), 4096))


@pytest.mark.parametrize("change", ["kind", "root", "origin", "nonce", "id", "version-4"])
def test_an_id_that_is_not_derived_from_what_it_says(change: str) -> None:
    """Whoever takes another's id for a record of another kind, root, device or nonce is not read at all."""
    keys, other = sender(), begun.root(stranger())
    root = begun.root(keys)
    data, _ = revision(Note("n"), root=root)
    records.read_records(Lines(records.write_records([(data, bytes(64))], []), 4096))
    fields = msgspec.json.decode(data)
    fields |= {
        "kind": {"kind": "consent", "body": {}},
        "root": {"root": other},
        "origin": {"origin": stranger().fingerprint},
        "nonce": {"nonce": "ab" * 16},
        "id": {"id": begun.part(keys, root, "note")},
        "version-4": {"id": fields["id"][:14] + "4" + fields["id"][15:]},
    }[change]
    raw = msgspec.json.encode(fields)
    sig = {"sha256": sha256_hex(raw), "device": keys.fingerprint}
    sig["ed25519"] = base64.b64encode(keys.sign_revision(sha256(raw))).decode()
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_records(Lines(raw + b"\n" + msgspec.json.encode({"sig": sig}) + b"\n", 4096))


@pytest.mark.parametrize("change", ["hash", "device", "short", "base64", "more", "bits", "field"])
def test_signature_lines(change: str) -> None:
    lines = _lines()
    sig = msgspec.json.decode(lines[1])["sig"]
    sig |= {
        "hash": {"sha256": "ab" * 32},
        "device": {"device": "SHA256:" + "A" * 43},
        "short": {"ed25519": "QUFB"},
        "base64": {"ed25519": "!" * 88},
        "more": {"ed25519": sig["ed25519"][:5] + "!" + sig["ed25519"][5:]},
        # Of the last digit before the signs only two bits are the signature's: the others are zero.
        "bits": {"ed25519": sig["ed25519"][:-3] + chr(ord(sig["ed25519"][-3]) + 1) + "=="},
        "field": {"more": 1},
    }[change]
    lines[1] = msgspec.json.encode({"sig": sig})
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_records(Lines(b"".join(line + b"\n" for line in lines), 4096))


def _file(*lines: bytes) -> Lines:
    return Lines(b"".join(line + b"\n" for line in lines), 4096)


STUB = Stub(msgspec.json.decode(_lines()[0])["id"], "cd" * 32, "k" * 40, [f"{n:064x}" for n in range(64)])


def test_a_stub_of_a_record_that_travels() -> None:
    stubs = [STUB, msgspec.structs.replace(STUB, sha256="ef" * 32, kind="n", parents=[])]
    lines = [msgspec.json.encode({"stub": stub}) for stub in stubs]
    assert records.read_records(_file(*_lines()[:2], *lines)).stubs == stubs


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"id": begun.root(sender())},
        {"sha256": "cd"},
        {"sha256": sha256_hex(_lines()[0])},
        {"kind": ""},
        {"kind": "k" * 41},
        {"parents": ["cd" * 32]},
        {"parents": ["x"]},
        {"parents": [f"{n:064x}" for n in range(65)]},
    ],
)
def test_stubs(change: dict[str, object]) -> None:
    bad = msgspec.structs.replace(STUB, **change)
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_records(_file(*_lines()[:2], msgspec.json.encode({"stub": bad})))


def test_the_id_of_a_stub_is_one_whatever_the_records_are_called() -> None:
    assert records._checked_stub(STUB) == STUB
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records._checked_stub(msgspec.structs.replace(STUB, id="x"))


def test_every_revision_has_its_signature_and_all_stand_before_the_stubs() -> None:
    first, second, stub = _lines()[:2], _lines()[2:4], msgspec.json.encode({"stub": STUB})
    assert records.read_records(_file(*first, *second, stub))
    for bad in (
        [*first, stub, *second],
        [*first, second[0]],
        [*first, second[1], second[0]],
        [*first, second[1]],
        [*first, *second, second[1]],
        [*first, stub, first[1]],
        # And nothing stands there twice.
        [*first, *first],
        [*first, stub, stub],
    ):
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            records.read_records(_file(*bad))


def test_a_line_without_end() -> None:
    class Endless:
        size = MAX_REVISION_BYTES * 3

        def chunks(self) -> Iterator[bytes]:
            for _ in range(24):
                yield b"x" * (1 << 20)

    with pytest.raises(InputError, match=r"bundle\.too-big"):
        records.read_records(Endless())


def test_caps() -> None:
    class Huge:
        size = limits.RECORDS_FILE.most + 1

        def chunks(self) -> Iterator[bytes]:
            raise AssertionError("must not be read")

    with pytest.raises(InputError, match=r"bundle\.too-big"):
        records.read_records(Huge())
    for name in bag.CUSTODY:
        with pytest.raises(InputError, match=r"bundle\.too-big"):
            custody_files.Collected().take(Huge(), name)


def _index() -> list[MediaEntry]:
    return [
        MediaEntry(bag.media_name(n), f"{n:064x}", n, begun.root(sender()), begun.root(sender()))
        for n in (1, 2)
    ]


def _listed(index: list[MediaEntry]) -> list[tuple[bag.Listed, int]]:
    return [(bag.Listed(bag.README, "ab" * 32), 9), *((bag.Listed(e.file, e.sha256), e.size) for e in index)]


def test_media_index() -> None:
    index = _index()
    data = records.write_media_index(index)
    assert records.read_media_index(Lines(data), _listed(index)) == index
    assert records.read_media_index(Lines(b""), []) == []
    for bad in (
        index[:1],
        index[::-1],
        [index[0], index[0]],
        [index[0], msgspec.structs.replace(index[1], size=9)],
    ):
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            records.read_media_index(Lines(records.write_media_index(bad)), _listed(index))
    for change in ({"record": "x"}, {"root": "../x"}):
        named = [index[0], msgspec.structs.replace(index[1], **change)]
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            records.read_media_index(Lines(records.write_media_index(named)), _listed(named))
    same = [index[0], msgspec.structs.replace(index[1], record=index[0].record)]
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        records.read_media_index(Lines(records.write_media_index(same)), _listed(same))


SALTED = b'{"seq":1,"salt":"%s","payload":"%s"}\n'


def test_custody_payloads() -> None:
    good = SALTED % (b"ab" * 32, b"e30=")
    assert custody_files.read_payloads(Lines(good)) == [(1, b"\xab" * 32, b"{}")]
    made = list(plan().custody.payloads)
    data = custody_files.write_payloads(made)
    assert custody_files.read_payloads(Lines(data)) == made
    for bad in (
        data[:-1],
        data + b"{}\n",
        SALTED % (b"zz" * 32, b"e30="),
        SALTED % (b"", b"e30="),
        SALTED % (b"ab" * 31, b"e30="),
        # As FORMAT.md says: one way to write hexadecimal, and one to write base64.
        SALTED % (b"AB" * 32, b"e30="),
        SALTED % (b"ab " * 32, b"e30="),
        SALTED % (b"ab" * 32, b"!"),
        SALTED % (b"ab" * 32, b"e!30="),
        SALTED % (b"ab" * 32, b"e31="),
        SALTED % (b"ab" * 32, b"e30"),
    ):
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            custody_files.read_payloads(Lines(bad))
    for size, good in ((limits.CUSTODY_PAYLOAD.most, True), (limits.CUSTODY_PAYLOAD.most + 1, False)):
        data = custody_files.write_payloads([(1, bytes(32), bytes(size))])
        if good:
            assert custody_files.read_payloads(Lines(data, 1 << 20)) == [(1, bytes(32), bytes(size))]
        else:
            with pytest.raises(InputError, match=r"bundle\.too-big"):
                custody_files.read_payloads(Lines(data, 1 << 20))


def test_an_excerpt_of_the_log_is_read_as_it_was_written() -> None:
    excerpt = plan().custody
    collected = custody_files.Collected()
    for name, data in custody_files.write(excerpt):
        assert collected.take(Lines(data), name) is True
    assert collected.excerpt() == excerpt
    long = msgspec.structs.replace(excerpt, proof=bytes(limits.CUSTODY_PROOF.most + 1))
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        custody_files.write(long)


def test_korean_text_is_kept_to_the_byte() -> None:
    id = begun.root(sender())
    made = [
        revision(Interview(title="국경", account="가나다\n\u1100\u1161"), root=id),
        revision(Note(text="각"), root=id),
    ]
    found = records.read_records(Lines(records.write_records(made, [])))
    assert [each.data for each in found.revisions] == [data for data, _ in made]
    assert all(each.envelope.device == sender().fingerprint for each in found.revisions)


def test_what_is_no_size_or_is_missing_of_the_custody_log() -> None:
    for bad in (b"0\n", b"01\n", b"-1\n", b"1.0\n", b"\n", b"1000000000000\n", b"7"):
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            custody_files.Collected().take(Lines(bad), bag.HEADS)
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        custody_files.Collected().take(Lines(b"".join(b"%d\n" % n for n in range(1, 66))), bag.HEADS)
    collected = custody_files.Collected()
    assert collected.take(Lines(b""), bag.MEDIA_INDEX) is False
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        collected.excerpt()


def test_custody_payloads_come_in_rising_order() -> None:
    """One order of the same lines: else a signature would hold for many files."""
    payloads = [(seq, bytes((seq,)) * 32, b"{}") for seq in (1, 2, 5)]
    for order in ([2, 1, 0], [0, 0, 1], [0, 2, 1]):
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            custody_files.read_payloads(Lines(custody_files.write_payloads([payloads[at] for at in order])))
    whole = custody_files.write_payloads(payloads)
    assert custody_files.read_payloads(Lines(whole)) == payloads


def test_a_line_of_too_many_values_is_too_big() -> None:
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        records.parse_line(b"[" + b"[]," * (limits.JSON_VALUES.most + 1) + b"[]]", dict)


def test_as_many_lines_as_there_may_be() -> None:
    most = limits.LINES.most
    lines = b"\n" * most
    assert len(list(records.lines_of(Lines(lines, 30_011), limits.RECORDS_FILE))) == most
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        list(records.lines_of(Lines(lines + b"\n", 30_011), limits.RECORDS_FILE))
